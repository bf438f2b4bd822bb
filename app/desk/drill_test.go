package desk

import (
	"testing"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
)

func TestBehindACell(t *testing.T) {
	heat := chart.Heat{Rows: []string{"Mon", "Tue"}, Columns: []string{"09", "10", "11"}}
	d := &desk{lang: i18n.EN}
	if got := d.behindHour(widget{Measure: cube.Revenue}, heat, 4).cell; got[0].In[0] != "2" || got[1].In[0] != "10" {
		t.Errorf("Tuesday at ten is %v", got)
	}
	d.narrow = true // hours are rows
	heat = chart.Heat{Rows: []string{"09", "10"}, Columns: []string{"Mon", "Tue", "Wed"}}
	if got := d.behindHour(widget{Measure: cube.Revenue}, heat, 5).cell; got[0].In[0] != "3" || got[1].In[0] != "10" {
		t.Errorf("Wednesday at ten is %v", got)
	}
	r := answer(cube.Store, "2026-11-01", "2026-11-22", []string{"1", "2"}, []int64{600, 400}, nil)
	own := []cube.Filter{{Dim: cube.Department, In: []string{"food"}}}
	b := d.behindBar(widget{Measure: cube.Margin, Where: own}, r, 1)
	if b.measure != cube.Margin || len(b.cell) != 2 || b.cell[0].Dim != cube.Department || b.cell[1].In[0] != "2" || b.only == nil {
		t.Errorf("got %+v", b)
	}
	if len(own) != 1 {
		t.Error("the widget's own filter was changed")
	}
}

func TestDrillTakesPages(t *testing.T) {
	page := func(n int, sku string) *cube.Listing {
		return &cube.Listing{Receipts: 2, Rows: []cube.Listed{{Number: n}},
			Names: map[cube.DimID]map[string]catalogue.Text{cube.Product: {sku: {RU: sku}}}}
	}
	p := &drill{}
	p.take(page(1, "a"))
	p.take(page(2, "b"))
	if len(p.rows) != 2 || p.rows[1].Number != 2 || len(p.list.Names[cube.Product]) != 2 {
		t.Errorf("got %+v", p)
	}
}
