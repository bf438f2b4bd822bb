package register

import (
	"testing"

	"tillsight/shared/quantity"
)

// The line is told of a text when hands may have typed on. Nothing of it is lost,
// in whatever pieces it is told.
func TestNothingTypedQuicklyIsLost(t *testing.T) {
	for _, tt := range []struct {
		name  string
		told  []string
		text  string
		times quantity.Milli
	}{
		{"the key of the line alone", []string{"/", "4", "46"}, "46", 0},
		{"the key of the line and on", []string{"/46"}, "46", 0},
		{"how many, then what", []string{"3*", "4", "46"}, "46", 3 * quantity.One},
		{"how many and what at once", []string{"3*46"}, "46", 3 * quantity.One},
		{"all at once", []string{"/0,5*чай"}, "чай", 500},
		{"absurdly many are no question behind which somebody types on", []string{"500*46"}, "500*46", 0},
		{"absurdly many once", []string{"500*"}, "500", 0},
		{"absurdly many twice", []string{"500*", "500*"}, "", 500 * quantity.One},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := openTill(t, selling())
			for _, text := range tt.told {
				d.do(func(r *register) { r.find.typed(text) })
			}
			if f := &d.till.r.find; f.text != tt.text || f.times != tt.times {
				t.Errorf("%q ×%v, want %q ×%v", f.text, f.times, tt.text, tt.times)
			}
		})
	}
}

// An answer to a text that is no longer there is shown to nobody, though the
// text of now is not searched for.
func TestAnAnswerToAnOlderTextIsNotShown(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) { r.find.typed("chee"); r.find.typed("c-"); r.find.typed("46") })
	if f := &d.till.r.find; f.shown || len(f.results) > 0 {
		t.Errorf("%d results for %q", len(f.results), f.text)
	}
}
