package desk

import (
	"strings"
	"testing"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
)

func TestCSV(t *testing.T) {
	s := tableFile{head: []string{"Товар", "Сумма"}, rows: [][]string{
		{`Хлеб «Бородинский»; 400 г`, "-12,50"}, {"=cmd|' /C calc'!A0", "1"}, {"-formula", ""}, {"@x", "+1"},
	}}
	ru := "\ufeffТовар;Сумма\r\n\"Хлеб «Бородинский»; 400 г\";-12,50\r\n'=cmd|' /C calc'!A0;1\r\n'-formula;\r\n'@x;'+1\r\n"
	if got := string(s.csv(i18n.RU)); got != ru {
		t.Errorf("got %q", got)
	}
	if got := string(s.csv(i18n.EN)); !strings.Contains(got, "Товар,Сумма\r\n") || !strings.Contains(got, `"-12,50"`) {
		t.Errorf("got %q", got)
	}
	if got := bare(-123456, 2, i18n.RU) + " " + bare(5, 3, i18n.EN); got != "-1234,56 0.005" {
		t.Error(got)
	}
}

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

func TestResultTableHasAllRowsAndTheTotal(t *testing.T) {
	d := &desk{lang: i18n.RU}
	r := answer(cube.Store, "2026-11-01", "2026-11-22", []string{"1", "2"}, []int64{60000, 40050}, []int64{100, 200})
	r.Names = []map[string]catalogue.Text{{"1": {RU: "Центр"}}}
	s := d.resultTable("stores", r)
	if len(s.rows) != 3 || strings.Join(s.rows[0], "|") != "1|Центр|600,00|1,00" || strings.Join(s.rows[2], "|") != "Итого||1000,50|3,00" {
		t.Errorf("got %v", s.rows)
	}
	if s.name != "stores-2026-11-01-2026-11-22" || len(s.head) != 4 {
		t.Errorf("%s: %v", s.name, s.head)
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
