package pricing_test

import (
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
)

// A list of priority 0 never makes anything dearer, whoever the customer is and
// whichever lists there are.
func TestListsOfTheLowestPriorityAreNeverDearer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var set pricing.Set
		for i := range 4 {
			set.Lists = append(set.Lists, pricing.List{ID: string(rune('a' + i)), Name: catalogue.Text{EN: "l"}})
		}
		rules, err := pricing.Compile(set, nil)
		if err != nil {
			t.Fatal(err)
		}
		item := pricing.Item{SKU: "x", Unit: quantity.Piece, Quantity: quantity.One, Price: money.Amount(rapid.IntRange(0, 100).Draw(t, "shelf"))}
		least := item.Price
		for i := range rapid.IntRange(0, 5).Draw(t, "offers") { // the fifth is of a list that is gone
			price := money.Amount(rapid.IntRange(0, 100).Draw(t, "price"))
			item.Offers = append(item.Offers, pricing.Offer{List: string(rune('a' + i)), Price: price})
			if i < 4 {
				least = min(least, price)
			}
		}
		if p := pricing.Price(pricing.Basket{Items: []pricing.Item{item}}, rules)[0]; p.Price != least || p.Gross != least || (p.List == "") != (least == item.Price) {
			t.Fatalf("%+v: %+v, want %d", item, p, least)
		}
	})
}

// What the state says holds whatever the rules, lists and hands at the till want.
func TestRegulationsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var set pricing.Set
		for i := range rapid.IntRange(0, 5).Draw(t, "rules") {
			set.Rules = append(set.Rules, drawRule(t, string(rune('a'+i))))
		}
		set.Lists = []pricing.List{{ID: "l0", Name: catalogue.Text{EN: "l"}, Priority: 1}, {ID: "l1", Name: catalogue.Text{EN: "l"}}}
		g := pricing.Regulation{ID: "g", Name: catalogue.Text{EN: "g"}, Goods: pricing.Goods{All: true},
			Min: money.Amount(rapid.IntRange(0, 60_00).Draw(t, "least")), Fixed: rapid.Bool().Draw(t, "fixed")}
		g.Max = g.Min + money.Amount(rapid.IntRange(1, 200_00).Draw(t, "room"))
		set.Regulations = []pricing.Regulation{g}
		rules, err := pricing.Compile(set, categories)
		if err != nil {
			t.Fatal(err)
		}
		b := pricing.Basket{Items: rapid.SliceOfN(rapid.Custom(drawGood), 0, 8).Draw(t, "items")}
		b.Manual.BP = rapid.Int64Range(0, 10000).Draw(t, "by hand")
		for i, p := range pricing.Price(b, rules) {
			q := b.Items[i].Quantity
			if left := p.Gross - p.Discount; p.Gross > q.Cost(g.Max) || left < q.Cost(g.Min) || g.Fixed && p.Discount != 0 {
				t.Fatalf("%+v: %+v under %+v", b.Items[i], p, g)
			}
		}
	})
}

// Serial codes of our own are told from invented ones.
func TestSerialCoupons(t *testing.T) {
	k := pricing.Coupon{Prefix: "TS", Length: 12, Key: "secret", Issued: 500}
	if k.Serials() != 9999 {
		t.Fatalf("room for %d", k.Serials())
	}
	seen := map[string]bool{}
	for n := 1; n <= 500; n++ {
		code := k.Serial(n)
		if len(code) != 12 || seen[code] || len(k.Taken([]string{code})) != 1 {
			t.Fatalf("number %d: %q", n, code)
		}
		seen[code] = true
	}
	other := k
	other.Key = "Secret"
	for _, code := range []string{k.Serial(501), k.Serial(0), other.Serial(1), "", "TS0001", "TS0001000000", "TS-001" + k.Serial(1)[6:]} {
		if len(k.Taken([]string{code})) != 0 {
			t.Errorf("%q is taken for ours", code)
		}
	}
}
