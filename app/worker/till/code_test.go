package till

import (
	"testing"

	"tillsight/app/bridge"
	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
)

// TestTwoScannersAtOnce: codes that came without anything between them are two
// goods when they can be nothing else, and refused otherwise.
func TestTwoScannersAtOnce(t *testing.T) {
	p := newSelling(t)
	d := p.scan(milk + pen)
	if d.Count != 2 || d.Total != 8990+2500 || len(d.Lines) != 2 {
		t.Fatalf("%+v; want milk and a pen", d)
	}
	for _, code := range []string{milk + "4006381333932", milk + "96385074", milk + "20000004"} {
		_, err := p.Scan(t.Context(), bridge.Scan{Code: code})
		if err == nil {
			t.Errorf("%s was sold", code)
		}
		if state := must(t)(p.State(t.Context(), struct{}{})); state.Receipt.Total != d.Total {
			t.Fatalf("%s changed the receipt to %d", code, state.Receipt.Total)
		}
	}
	if _, err := p.Scan(t.Context(), bridge.Scan{Code: milk + "96385074"}); errcode.Of(err) != errcode.UnknownBarcode && errcode.Of(err) != errcode.BadBarcode {
		t.Errorf("the reason is that of the whole: %v", err)
	}
}

// TestMarkedPacks sells packs by marks that carry more than a number.
func TestMarkedPacks(t *testing.T) {
	p := newSelling(t)
	p.office.put(t,
		refdata.Row{Table: refdata.Barcodes, Value: catalogue.Barcode{GTIN: barcode.Key("46198488"), SKU: "1002", Factor: quantity.One}})
	p.hear()
	first := p.scan("00000046198488X?io+qCAB+ZwAYa")
	second := p.scan("00000046198488X?io+qDAB+ZwAYa")
	if second.Count != 2 || first.Lines[0].SKU != "1002" || first.Lines[0].Serial != "X?io+qC" {
		t.Errorf("two packs: %+v", second)
	}
	lost := p.scan("0104601234567893" + "215w9EJp" + "93abc1") // the separator got lost
	if lost.Lines[len(lost.Lines)-1].Serial != "5w9EJp" {
		t.Errorf("%+v", lost.Lines)
	}
}

func TestReadCode(t *testing.T) {
	p := newSelling(t)
	read := func(code string) bridge.CodeRead {
		r, err := p.ReadCode(t.Context(), bridge.Scan{Code: code})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := read(cheeseLabel); r.Product == nil || r.Product.SKU != "1003" || r.Reading.Mask == nil || r.Reading.Sample.Quantity != 750 {
		t.Errorf("%+v", r)
	}
	if r := read(milkCase); r.Product == nil || r.Factor != 6*quantity.One {
		t.Errorf("%+v", r)
	}
	if r := read("2900000000025"); r.Card == "" || r.Holder != "Анна" {
		t.Errorf("%+v", r)
	}
	if r := read("4601234567894"); r.Fault == nil || r.Fault.Code != errcode.BadCheckDigit || r.Reading.Check.Want != "3" {
		t.Errorf("%+v", r)
	}
	if state := p.phase(bridge.PhaseSelling); state.Receipt.State != "" {
		t.Errorf("reading sold something: %+v", state.Receipt)
	}
}
