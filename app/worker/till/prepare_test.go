package till

import (
	"testing"

	"tillsight/app/bridge"
	"tillsight/shared/catalogue"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// What this till sells often is found first, also after it was started again.
func TestSoldOftenIsFoundFirst(t *testing.T) {
	p := newSelling(t)
	twin := catalogue.Product{SKU: "1000", Name: catalogue.Text{RU: "Ручка"}, Unit: quantity.Piece}
	err := p.ref.Write(func(tx *sqlite.Tx) error {
		_, err := refdata.Put(tx, []refdata.Row{{Table: refdata.Products, Value: twin}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	first := func() catalogue.SKU {
		t.Helper()
		found, err := p.Search(t.Context(), bridge.Search{Text: "ручк"})
		if err != nil || len(found) != 2 {
			t.Fatalf("%d found, %v", len(found), err)
		}
		return found[0].SKU
	}
	if got := first(); got != "1000" {
		t.Errorf("before any sale %s is first", got)
	}
	p.payCash(p.scan(pen))
	if got := first(); got != "1002" {
		t.Errorf("after a sale %s is first", got)
	}
	p.restart()
	if got := first(); got != "1000" {
		t.Errorf("after a start, with nothing prepared, %s is first", got)
	}
	for !p.prepareStep() {
	}
	if got := first(); got != "1002" {
		t.Errorf("when prepared %s is first", got)
	}
}
