package kit

import (
	"testing"

	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
)

func TestDrillTakesPages(t *testing.T) {
	page := func(n int, sku string) *cube.Listing {
		return &cube.Listing{Receipts: 2, Rows: []cube.Listed{{Number: n}},
			Names: map[cube.DimID]map[string]catalogue.Text{cube.Product: {sku: {RU: sku}}}}
	}
	p := &drillPanel{}
	p.take(page(1, "a"))
	p.take(page(2, "b"))
	if len(p.rows) != 2 || p.rows[1].Number != 2 || len(p.list.Names[cube.Product]) != 2 {
		t.Errorf("got %+v", p)
	}
}
