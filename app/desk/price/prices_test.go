package price

import (
	"strings"
	"testing"
	"time"

	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// TestPriceIsSet: the new price stands in the row; what else the old one said stays.
func TestPriceIsSet(t *testing.T) {
	var sent string
	o := kittest.Open(t, Pages()[0], i18n.EN, kittest.Answers{
		Server: map[string]any{wire.GetProducts.Path: wire.Products{Products: []wire.PricedProduct{
			{Product: catalogue.Product{SKU: "7", Name: catalogue.Text{EN: "Loaf"}},
				Price: &catalogue.Price{SKU: "7", Amount: 45_00, Min: 40_00, Cost: 30_00}}}}},
		Heard: func(path string, body []byte) {
			if path == wire.SetPrice.Path {
				sent = string(body)
			}
		}})
	p := o.View.(*prices)
	p.open(p.page.Value().Products[0])
	sees(t, o, "price-amount")
	if p.edit.Draft.amount != "45.00" {
		t.Errorf("the field begins with %q", p.edit.Draft.amount)
	}
	p.edit.Draft.amount = "many"
	p.save()
	o.Settle()
	if sent != "" || p.edit.Fault() == nil || p.edit.Draft.sku != "7" {
		t.Errorf("sent %q, fault %v", sent, p.edit.Fault())
	}
	p.edit.Draft.amount = "47,90"
	p.save()
	o.Settle()
	for _, part := range []string{`"amount":4790`, `"min":4000`, `"cost":3000`} {
		if !strings.Contains(sent, part) {
			t.Errorf("%s is not in %s", part, sent)
		}
	}
	if p.edit.Draft.sku != "" {
		t.Error("the row is open still")
	}
	sees(t, o, "47.90")
}

// TestChangeOfAList: what the panel says is what is sent, from the shops' midnight
// on; a preview is of what the panel says now only.
func TestChangeOfAList(t *testing.T) {
	o, v, _ := openLists(t, wire.SavedPriceList{})
	v.openPrices(lists.Lists[0].List)
	p := v.prices
	p.change = true
	o.Settle()
	sees(t, o, "list-preview")
	if p.form.Draft.from != "2026-11-22" {
		t.Errorf("it begins with %q", p.form.Draft.from)
	}
	p.form.Draft.rows = "7;45.00"
	change, err := p.asked(true)
	want := time.Date(2026, 11, 21, 21, 0, 0, 0, time.UTC).UnixMilli()
	if err != nil || change.From != want || change.Text != "7;45.00" || change.Fill != nil {
		t.Errorf("%+v, %v, want from %d", change, err, want)
	}
	p.form.Draft.filled, p.form.Draft.share, p.form.Draft.step = true, "92,5", "0.50"
	if change, err = p.asked(true); err != nil || change.Text != "" || change.Fill.BP != 9250 || change.Fill.Round != 50 {
		t.Errorf("%+v, %v", change, err)
	}
	p.form.Draft.share = "92 ₽"
	if change, err = p.asked(true); err != nil || change.Fill.BP != -1 {
		t.Errorf("a sum is taken as a percentage: %+v, %v", change.Fill, err)
	}
	p.set = &wire.ListPricesSet{Changed: 1}
	if p.edited(); p.set != nil {
		t.Error("a preview is shown of what the panel does not say any more")
	}
	p.form.Draft.from = "soon"
	p.send(true)
	o.Settle()
	if p.form.Fault() == nil {
		t.Error("a date that is none is sent")
	}
}

// TestRowsOfAPreview says what a change would do, and what is wrong.
func TestRowsOfAPreview(t *testing.T) {
	o, v, _ := openLists(t, wire.SavedPriceList{})
	v.openPrices(pricing.List{ID: "night"})
	was := money.Amount(50_00)
	v.prices.change, v.prices.set = true, &wire.ListPricesSet{Total: 2, Changed: 1, Bad: 1, Rows: []wire.ListPriceRow{
		{Line: 1, Code: "x", Problem: wire.RowUnknown}, {SKU: "7", Name: catalogue.Text{EN: "Loaf"}, Amount: 45_00, Was: &was, Shelf: 60_00}}}
	for _, text := range []string{"1. x", "list-bad", "7 Loaf", "50.00", "60.00", "list-write"} {
		sees(t, o, text)
	}
}
