package report

import (
	"testing"

	"tillsight/shared/cube"
)

// TestDoneEndsWithThrough: what is done up to a day has no sales of the next one,
// which may be under way.
func TestDoneEndsWithThrough(t *testing.T) {
	month, err := cube.ParseDay("2026-11-01")
	if err != nil {
		t.Fatal(err)
	}
	d := &daily{first: month, last: month + 28, through: month + 27, month: month, days: map[string][]int64{"": make([]int64, 29)}}
	for i := range d.days[""] {
		d.days[""][i] = 100
	}
	if got := d.target("", d.through).Done; got != 2800 {
		t.Errorf("done up to the 28th is %d, want 2800", got)
	}
}
