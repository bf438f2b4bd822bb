package selling

import (
	"strings"
	"testing"

	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/barcode"
	"tillsight/shared/money"
	wire "tillsight/shared/wire/office"
)

func TestLabExamples(t *testing.T) {
	tests := []struct {
		kind barcode.Kind
		text string
		want []barcode.Example
		line int
	}{
		{barcode.Weight, "2100123007509 123 750\n\n 2100124007506;124;0,750",
			[]barcode.Example{{Code: "2100123007509", Article: "123", Value: 750}, {Code: "2100124007506", Article: "124", Value: 750}}, 0},
		{barcode.Price, "2300123012507\t123\t12.50", []barcode.Example{{Code: "2300123012507", Article: "123", Value: 1250}}, 0},
		{barcode.Card, "9900000000175 17", []barcode.Example{{Code: "9900000000175", Article: "17"}}, 0},
		{barcode.Weight, "2100123007509 123 750\n2100123007509 123", nil, 2},
		{barcode.Pieces, "2200012000063 12 six", nil, 1},
		{barcode.Weight, " \n", nil, 1},
	}
	for _, test := range tests {
		b := &build{kind: test.kind, text: test.text}
		got, line := b.examples(money.RUB)
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

// openLab opens the page of barcodes.
func openLab(t *testing.T, saved wire.SavedMask) (*kittest.Opened, *lab) {
	t.Helper()
	o := kittest.Open(t, Pages()[1], i18n.EN, kittest.Answers{Server: map[string]any{
		"GET " + wire.GetMasks.Path: wire.Masks{Masks: []barcode.Mask{{Pattern: "21NNNNNQQQQQC", Kind: barcode.Weight}},
			Samples: []barcode.Sample{{Code: "2100123007509", Kind: barcode.Weight, Article: "123", Quantity: 750}}},
		wire.GetMasks.Path: saved, wire.LookCode.Path: wire.Looked{Card: "17"},
	}})
	return o, o.View.(*lab)
}

// TestLabReads a code step by step, and says what it stands for.
func TestLabReads(t *testing.T) {
	o, v := openLab(t, wire.SavedMask{})
	v.examine("2100123007509")
	o.Settle()
	sees(t, o, i18n.EN.T(i18n.CodeIsCard))
	sees(t, o, "lab-keep")
	if v.examine(" "); v.reading.read != nil || strings.Contains(o.HTML(), "lab-keep") {
		t.Error("nothing is read as something")
	}
}

// TestLabProposes masks that read the examples, and says what is wrong with them.
func TestLabProposes(t *testing.T) {
	_, v := openLab(t, wire.SavedMask{})
	v.build.text = "2200123007509 123"
	if v.propose(); v.build.wrong == "" || v.build.proposed != nil {
		t.Errorf("%+v", v.build)
	}
	v.build.text = "2100123007509 123 750\n2100124012503 124 1250"
	if v.propose(); v.build.wrong != "" || v.said != i18n.EN.T(labAllThere) && len(v.build.proposed) == 0 {
		t.Errorf("%+v, %q", v.build, v.said)
	}
}

// TestLabKeepsSamples: a mask that reads a sample otherwise is not taken.
func TestLabKeepsSamples(t *testing.T) {
	sample := barcode.Sample{Code: "2100123007509", Kind: barcode.Weight}
	o, v := openLab(t, wire.SavedMask{Broken: []wire.BrokenSample{{Want: sample, Have: sample}}})
	v.saveMask(wire.MaskChange{Mask: barcode.Mask{Pattern: "21NNNNNPPPPPC", Kind: barcode.Price}}, "saved")
	o.Settle()
	sees(t, o, "lab-broken")
	if v.said != "" || len(v.known().Masks) != 1 {
		t.Errorf("said %q, %+v", v.said, v.known().Masks)
	}
	o, v = openLab(t, wire.SavedMask{Masks: wire.Masks{Samples: []barcode.Sample{sample}}})
	v.drop(v.known().Masks[0])
	o.Settle()
	if len(v.known().Masks) != 0 || len(v.build.proposed) != 1 {
		t.Errorf("%+v, to bring back: %+v", v.known().Masks, v.build.proposed)
	}
	v.runSamples()
	sees(t, o, "lab-samples")
	if !v.tried || len(v.ran) != 1 {
		t.Errorf("without its mask a sample reads as before: %+v", v.ran)
	}
}
