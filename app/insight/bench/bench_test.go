package main

import "testing"

// The checksums are those of the comparison of browser databases for 200 000
// lines: DuckDB, SQLite and hand-written loops agree on them.
func TestAnswersAreThoseOfOtherEngines(t *testing.T) {
	r, err := measure(200_000, 1)
	if err != nil {
		t.Fatal(err)
	}
	if r.FactsSum != "b9226924" {
		t.Fatalf("other facts: %s", r.FactsSum)
	}
	want := map[string]string{
		"q1": "9dd0d61f:9976", "q2": "6a4479f5:7476", "q3": "1714a220:299",
		"q4": "ae24c60b:9832", "q5": "d270db7a:100", "q6": "72c15d80:12",
	}
	for name, sum := range want {
		if r.Sums[name] != sum {
			t.Errorf("%s: got %s, want %s", name, r.Sums[name], sum)
		}
	}
}
