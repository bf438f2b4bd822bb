package selling

import (
	"testing"

	"tillsight/app/desk/kit"
	"tillsight/shared/barcode"
)

func TestLabExamples(t *testing.T) {
	tests := []struct {
		kind barcode.Kind
		text string
		want []barcode.Example
		line int
	}{
		{barcode.Weight, "2100123007509 123 750\n\n 2100124007506;124;0,750", []barcode.Example{{Code: "2100123007509", Article: "123", Value: 750}, {Code: "2100124007506", Article: "124", Value: 750}}, 0},
		{barcode.Price, "2300123012507\t123\t12.50", []barcode.Example{{Code: "2300123012507", Article: "123", Value: 1250}}, 0},
		{barcode.Card, "9900000000175 17", []barcode.Example{{Code: "9900000000175", Article: "17"}}, 0},
		{barcode.Weight, "2100123007509 123 750\n2100123007509 123", nil, 2},
		{barcode.Pieces, "2200012000063 12 six", nil, 1},
		{barcode.Weight, " \n", nil, 1},
	}
	for _, test := range tests {
		v := &lab{d: &kit.Desk{}, kind: test.kind, text: test.text}
		got, line := v.examples()
		if line != test.line || len(got) != len(test.want) {
			t.Errorf("%q: %+v, line %d", test.text, got, line)
			continue
		}
		for i := range got {
			if got[i] != test.want[i] {
				t.Errorf("%q: %+v, want %+v", test.text, got[i], test.want[i])
			}
		}
	}
}
