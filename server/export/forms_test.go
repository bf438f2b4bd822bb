package export

import "testing"

// A text never runs as a formula in a spreadsheet; numbers and dates are as they are.
func TestPlainIsGuarded(t *testing.T) {
	for _, tt := range []struct {
		kind Kind
		v    value
		want string
	}{
		{Text, value{text: `=HYPERLINK("http://x";"y")`}, `'=HYPERLINK("http://x";"y")`}, {Text, value{text: "+7 926"}, "'+7 926"},
		{Text, value{text: "-5 °C"}, "'-5 °C"}, {Text, value{text: "Молоко"}, "Молоко"}, {Money, value{n: -500}, "-5.00"}, {Date, value{text: "2026-11-22"}, "2026-11-22"},
	} {
		if got := plain(tt.kind, tt.v); got != tt.want {
			t.Errorf("%+v is written as %q, want %q", tt.v, got, tt.want)
		}
	}
}
