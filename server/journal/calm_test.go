package journal

import (
	"testing"
	"time"
)

func TestStorm(t *testing.T) {
	start := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	var s storm
	at := func(ms int) time.Time { return start.Add(time.Duration(ms) * time.Millisecond) }
	if s.rages(at(0)) {
		t.Error("a storm before the first fact")
	}
	for ms := 0; ms < 2000; ms += 20 { // forty tills selling briskly
		if s.note(at(ms), 1); s.rages(at(ms)) {
			t.Fatalf("selling is a storm after %d ms", ms)
		}
	}
	s.note(at(2000), 120)
	s.note(at(2050), 120)
	if !s.rages(at(2051)) || !s.rages(at(2250)) {
		t.Error("240 facts at once are no storm")
	}
	if s.rages(at(2320)) {
		t.Error("the storm does not end")
	}
}
