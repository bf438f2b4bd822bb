package price

import (
	"testing"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

func TestWhatItCostsForWhomAndWhen(t *testing.T) {
	w := &wire.PriceWhen{SKU: "1", Category: "milk", Shelf: pricing.Offer{Price: 90_00}, Zone: 180,
		Offers: []pricing.Offer{{List: "morning", Price: 80_00}, {List: "staff", Price: 85_00}},
		Lists: []pricing.List{
			{ID: "morning", Name: catalogue.Text{RU: "Утро"}, Who: pricing.Who{Groups: []string{"seniors"}},
				When: pricing.When{Days: []int{1, 2, 3, 4, 5}, Hours: []pricing.Span{{From: "08:00", To: "12:00"}}}},
			{ID: "staff", Name: catalogue.Text{RU: "Свои"}, Who: pricing.Who{Groups: []string{"staff"}}},
			{ID: "other", Name: catalogue.Text{RU: "Без цен"}, When: pricing.When{Hours: []pricing.Span{{From: "20:00", To: "21:00"}}}},
		}}
	spans, rows, err := whenTable(w, "", "2026-11-23") // a Monday
	if err != nil || len(spans) != 3 || spans[1] != 8*60 || spans[2] != 12*60 {
		t.Fatalf("%v, %v", spans, err)
	}
	want := map[string][]money.Amount{"": {90_00, 90_00, 90_00}, "seniors": {90_00, 80_00, 90_00}, "staff": {85_00, 85_00, 85_00}}
	if len(rows) != len(want) {
		t.Fatalf("%+v", rows)
	}
	for _, row := range rows {
		for i, cell := range row.cells {
			if cell.price != want[row.group][i] {
				t.Errorf("%q at %d: %+v, want %d", row.group, spans[i], cell, want[row.group][i])
			}
		}
	}
	if _, rows, err = whenTable(w, "", "2026-11-22"); err != nil || rows[1].cells[1].price != 90_00 {
		t.Errorf("on Sunday: %+v, %v", rows, err)
	}
	w.Regulations = []pricing.Regulation{{ID: "g", Goods: pricing.Goods{All: true}, Name: catalogue.Text{RU: "Закон"}, Min: 95_00}}
	if _, rows, err = whenTable(w, "", "2026-11-23"); err != nil || !rows[0].cells[0].forbid {
		t.Errorf("below the least price: %+v, %v", rows, err)
	}
	if _, _, err = whenTable(w, "", "yesterday"); err == nil {
		t.Error("a date that is none is taken")
	}
}
