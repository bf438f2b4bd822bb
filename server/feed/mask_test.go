package feed

import (
	"testing"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	wire "tillsight/shared/wire/office"
)

// TestMaskThatBreaksASample is refused, with what it would have broken.
func TestMaskThatBreaksASample(t *testing.T) {
	f := filled(t, t.TempDir(), 3)
	defer closeFeed(t, f)
	weight := barcode.Mask{Pattern: "21NNNNNQQQQQC", Kind: barcode.Weight}
	saved, err := f.SaveMask(wire.MaskChange{Mask: weight})
	if err != nil || len(saved.Masks.Masks) != 1 || saved.Version != f.Version() {
		t.Fatalf("%+v, %v", saved, err)
	}
	sample := barcode.SampleOf("2100123007509", []barcode.Mask{weight})
	if masks, err := f.SaveSample(wire.SampleChange{Sample: sample}); err != nil || len(masks.Samples) != 1 {
		t.Fatalf("%+v, %v", masks, err)
	}
	before := f.Version()
	other := barcode.Mask{Pattern: "210NNNNQQQQQC", Kind: barcode.Weight}
	saved, err = f.SaveMask(wire.MaskChange{Mask: other})
	if err != nil || len(saved.Broken) != 1 || saved.Broken[0].Have.Article != "0123" || len(saved.Masks.Masks) != 1 || f.Version() != before {
		t.Errorf("a mask that reads the sample otherwise: %+v, %v", saved, err)
	}
	if saved, err = f.SaveMask(wire.MaskChange{Mask: weight, Drop: true}); err != nil || len(saved.Broken) != 1 {
		t.Errorf("dropping the mask of the sample: %+v, %v", saved, err)
	}
	if saved, err = f.SaveMask(wire.MaskChange{Mask: weight, Replaces: weight.Pattern}); err != nil || len(saved.Broken) != 0 {
		t.Errorf("saving it as it is: %+v, %v", saved, err)
	}
	for name, s := range map[string]wire.MaskChange{
		"there already": {Mask: weight}, "nonsense": {Mask: barcode.Mask{Pattern: "2X", Kind: barcode.Weight}},
		"dropping none": {Mask: other, Drop: true},
	} {
		if _, err := f.SaveMask(s); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if masks, err := f.SaveSample(wire.SampleChange{Sample: sample, Drop: true}); err != nil || len(masks.Samples) != 0 {
		t.Fatalf("%+v, %v", masks, err)
	}
	if saved, err = f.SaveMask(wire.MaskChange{Mask: other, Replaces: weight.Pattern}); err != nil || len(saved.Masks.Masks) != 1 || saved.Masks.Masks[0] != other {
		t.Errorf("without the sample: %+v, %v", saved, err)
	}
}

func TestLook(t *testing.T) {
	f := filled(t, t.TempDir(), 3)
	defer closeFeed(t, f)
	if _, err := f.Put([]refdata.Row{
		{Table: refdata.Masks, Value: barcode.Mask{Pattern: "21NNNNNQQQQQC", Kind: barcode.Weight}},
		{Table: refdata.Masks, Value: barcode.Mask{Pattern: "29NNNNNNNNNNC", Kind: barcode.Card}},
		{Table: refdata.Barcodes, Value: catalogue.Barcode{GTIN: "04601234567893", SKU: "101", Factor: 6000}},
	}); err != nil {
		t.Fatal(err)
	}
	label := "210010000750"
	label += string(barcode.CheckDigit(label))
	tests := map[string]func(wire.Looked) bool{
		"4601234567893":        func(l wire.Looked) bool { return l.Product.SKU == "101" && l.Factor == 6000 },
		"0104601234567893":     func(l wire.Looked) bool { return l.Product == nil }, // too short for an element string
		"010460123456789310L5": func(l wire.Looked) bool { return l.Product.SKU == "101" },
		label:                  func(l wire.Looked) bool { return l.Product.SKU == "100" && l.Product.Price != nil },
		"2900000000018":        func(l wire.Looked) bool { return l.Card != "" },
		"4006381333931":        func(l wire.Looked) bool { return l.Product == nil && l.Card == "" },
	}
	for code, fits := range tests {
		looked, err := f.Look(code)
		if err != nil || !fits(looked) {
			t.Errorf("%s: %+v, %v", code, looked, err)
		}
	}
	if _, err := f.SaveMask(wire.MaskChange{Mask: barcode.Mask{Pattern: "2", Kind: barcode.Weight}}); errcode.Of(err) != errcode.Invalid {
		t.Errorf("a mask of nothing: %v", err)
	}
}
