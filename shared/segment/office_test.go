package segment

import (
	"reflect"
	"testing"
)

// TestOfficeFiles: plan figures and expenses of several stores come together in
// one table, whatever the order of the files.
func TestOfficeFiles(t *testing.T) {
	plans := map[string][]Plan{
		"1": {{"1", "2026-11", "revenue", "", 1_000_000_00}, {"1", "2026-11", "revenue", "e7", 200_000_00}},
		"2": {{"2", "2026-12", "receipts", "", 4000}},
	}
	expenses := map[string][]Expense{
		"":  {{"", "2026-11", "ads", 90_000_00, "радио"}},
		"2": {{"2", "2026-11", "rent", 310_000_00, ""}},
		"3": {},
	}
	files := []File{PlanFile("1", plans["1"]), PlanFile("2", plans["2"])}
	for _, store := range []string{"", "2", "3"} {
		files = append(files, ExpenseFile(store, expenses[store]))
	}
	d := &Dims{}
	for _, f := range files {
		b, err := Encode(f)
		if err != nil {
			t.Fatal(err)
		}
		read, err := Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Add(read); err != nil {
			t.Fatal(err)
		}
	}
	if want := append(plans["1"], plans["2"]...); !reflect.DeepEqual(d.Plans, want) {
		t.Errorf("plans %+v, want %+v", d.Plans, want)
	}
	if want := append(expenses[""], expenses["2"]...); !reflect.DeepEqual(d.Expenses, want) {
		t.Errorf("expenses %+v, want %+v", d.Expenses, want)
	}
	broken := PlanFile("1", plans["1"])
	broken.Columns[1].Values = []string{"2026-11"}
	if err := d.Add(broken); err == nil {
		t.Error("a column that is too short was taken")
	}
}
