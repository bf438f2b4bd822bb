package desk

import (
	"bytes"
	"testing"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
)

func TestBehindACell(t *testing.T) {
	heat := chart.Heat{Rows: []string{"Mon", "Tue"}, Columns: []string{"09", "10", "11"}}
	d := &desk{lang: i18n.EN}
	if got := d.behindHour(heat, 4).cell; got[0].In[0] != "2" || got[1].In[0] != "10" {
		t.Errorf("Tuesday at ten is %v", got)
	}
	d.narrow = true // hours are rows
	heat = chart.Heat{Rows: []string{"09", "10"}, Columns: []string{"Mon", "Tue", "Wed"}}
	if got := d.behindHour(heat, 5).cell; got[0].In[0] != "3" || got[1].In[0] != "10" {
		t.Errorf("Wednesday at ten is %v", got)
	}
	r := answer(cube.Store, "2026-11-01", "2026-11-22", []string{"1", "2"}, []int64{600, 400}, nil)
	narrowed := ""
	b := behindBar(r, 1, func(key string) { narrowed = key })
	if b.only(); b.measure != cube.Revenue || b.cell[0].Dim != cube.Store || b.cell[0].In[0] != "2" || narrowed != "2" {
		t.Errorf("got %+v, narrowed to %q", b, narrowed)
	}
}

func TestResultGridHasAllRowsAndTheTotal(t *testing.T) {
	d := &desk{lang: i18n.RU}
	r := answer(cube.Store, "2026-11-01", "2026-11-22", []string{"1", "2"}, []int64{60000, 40050}, []int64{100, 200})
	r.Names = []map[string]catalogue.Text{{"1": {RU: "Центр"}}}
	var b bytes.Buffer
	if err := d.writeCSV(&b, d.resultGrid("stores", r)); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffstore;Товар;revenue, ₽;revenue, Период сравнения, ₽\r\n1;Центр;600,00;1,00\r\n2;;400,50;2,00\r\nИтого;;1000,50;3,00\r\n"
	if b.String() != want {
		t.Errorf("got %q", b.String())
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
