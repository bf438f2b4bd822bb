package audit_test

import (
	"testing"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
)

// lists gives milk a price for the staff and a highest price by law.
func (c *chain) lists() {
	c.Helper()
	c.put(
		refdata.Row{Table: refdata.PriceLists, Value: refdata.PriceList{List: pricing.List{ID: "staff", Version: 1, Name: catalogue.Text{RU: "Свои"},
			Who: pricing.Who{Groups: []string{"staff"}}}}},
		refdata.Row{Table: refdata.ListPrices, Value: catalogue.Price{List: "staff", SKU: "1", From: 1, Amount: 80_00}},
		refdata.Row{Table: refdata.Regulations, Value: refdata.Regulation{Regulation: pricing.Regulation{ID: "bread", Version: 1, Name: catalogue.Text{RU: "Хлеб"},
			Goods: pricing.Goods{SKUs: []catalogue.SKU{"2"}}, Max: 45_00}}},
	)
}

// scanIn scans milk with the prices that a till found in the lists.
func (c *chain) scanIn(r *receipt.Receipt, offers ...receipt.Offer) {
	c.Helper()
	_, err := r.AddLine(receipt.Line{SKU: "1", Name: catalogue.Text{RU: "Молоко"}, Category: "dairy", Unit: quantity.Piece, Quantity: quantity.One,
		Price: 100_00, Offers: offers, TaxClass: "reduced", TaxBP: 1000, At: now.UnixMilli()})
	if err != nil {
		c.Fatal(err)
	}
}

// A receipt at the prices of a list, the card before or after the goods, is what
// the server comes to; a regulated price too.
func TestPricesOfLists(t *testing.T) {
	shelf, staff := receipt.Offer{Price: 100_00}, receipt.Offer{List: "staff", Price: 80_00}
	for name, tt := range map[string]struct {
		offers []receipt.Offer
		card   bool
		total  money.Amount
		alarm  []string
	}{
		"with the card":              {[]receipt.Offer{shelf, staff}, true, 125_00, nil},
		"without":                    {[]receipt.Offer{shelf, staff}, false, 145_00, nil},
		"a price that never was":     {[]receipt.Offer{shelf, {List: "staff", Price: 70_00}}, true, 115_00, []string{"price"}},
		"the list was not asked":     {nil, true, 145_00, []string{"price"}},
		"a list that has no price":   {[]receipt.Offer{shelf, staff, {List: "none", Price: 1}}, false, 145_00, nil}, // and does not count
		"another price on the shelf": {[]receipt.Offer{{Price: 99_00}, staff}, true, 125_00, []string{"price"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := newChain(t)
			c.lists()
			r := c.open()
			c.scanIn(r, tt.offers...)
			c.scan(r, "2", 50_00) // 45.00 by law
			if tt.card {
				if _, err := r.SetCard("777", "c7", "staff"); err != nil {
					t.Fatal(err)
				}
			}
			c.pay(r)
			if r.Total != tt.total {
				t.Errorf("total %d, want %d", r.Total, tt.total)
			}
			c.alarms(tt.alarm...)
		})
	}
}

// An open receipt keeps the prices of its lists, a withdrawn list, a corrected
// price and a new limit notwithstanding, and the server knows.
func TestListsThatChangeMeanwhile(t *testing.T) {
	c := newChain(t)
	c.lists()
	r := c.open()
	c.scanIn(r, receipt.Offer{Price: 100_00}, receipt.Offer{List: "staff", Price: 80_00})
	c.put(refdata.Row{Table: refdata.ListPrices, Value: catalogue.Price{List: "staff", SKU: "1", From: 1, Amount: 81_00}})
	c.put(refdata.Row{Table: refdata.PriceLists, Value: refdata.PriceList{Stopped: true, List: pricing.List{ID: "staff", Version: 2, Name: catalogue.Text{RU: "Свои"}}}})
	if _, err := r.SetCard("777", "c7", "staff"); err != nil {
		t.Fatal(err)
	}
	c.pay(r)
	if r.Total != 80_00 {
		t.Errorf("total %d", r.Total)
	}
	c.alarms()
}

// Two tills that do not know of each other give more than there is.
func TestPromotionsLimitedInAll(t *testing.T) {
	c := newChain(t)
	rule := half()
	rule.LimitTotal = 2
	c.promote(rule)
	sell := func(pieces int) {
		r := c.open()
		for range pieces {
			c.scan(r, "1", 100_00)
		}
		c.pay(r)
	}
	sell(1)
	c.alarms()
	var used map[string]int
	if err := c.feed.View(func(q refdata.Querier) (err error) { used, err = refdata.UsedBy(q, "*"); return err }); err != nil || used["half"] != 1 {
		t.Errorf("used %v, %v", used, err)
	}
	sell(3) // it was told of none
	if a := c.alarms("limit")[0]; a.Found != 3 || a.Expected != 2 {
		t.Errorf("alarm %+v", a)
	}
}
