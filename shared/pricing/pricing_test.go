package pricing_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/tax"
)

// A spread gives all that fits, never more than a line has room for, and equal
// lines differ by a minor unit at most.
func TestSpread(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "lines")
		sums, rooms := make([]money.Amount, n), make([]money.Amount, n)
		var room money.Amount
		for i := range n {
			sums[i] = money.Amount(rapid.Int64Range(0, 1000_00).Draw(t, "sum"))
			rooms[i] = money.Amount(rapid.Int64Range(0, int64(sums[i])).Draw(t, "room"))
			room += rooms[i]
		}
		off := money.Amount(rapid.Int64Range(0, 50_000_00).Draw(t, "off"))
		parts := pricing.Spread(off, sums, rooms)
		var given money.Amount
		for i, part := range parts {
			if part < 0 || part > rooms[i] {
				t.Fatalf("line %d gets %d of %d", i, part, rooms[i])
			}
			given += part
		}
		if given != min(off, room) {
			t.Fatalf("%d of %d given, room for %d", given, off, room)
		}
		for i := range parts {
			for j := range parts[:i] {
				if sums[i] == sums[j] && rooms[i] == rooms[j] && (parts[i]-parts[j] > 0 || parts[j]-parts[i] > 1) {
					t.Fatalf("equal lines %d and %d get %d and %d", j, i, parts[j], parts[i])
				}
			}
		}
	})
}

func drawItem(t *rapid.T) pricing.Item {
	item := pricing.Item{
		Quantity: quantity.Milli(rapid.Int64Range(1, 20_000).Draw(t, "quantity")),
		Price:    money.Amount(rapid.Int64Range(0, 500_00).Draw(t, "price")),
		Tax:      tax.Rate{BP: rapid.SampledFrom([]int64{0, 1000, 2200}).Draw(t, "bp"), Exclusive: rapid.Bool().Draw(t, "added")},
	}
	if rapid.Bool().Draw(t, "has a minimum") {
		item.MinPrice = money.Amount(rapid.Int64Range(0, 600_00).Draw(t, "min"))
	}
	if rapid.Bool().Draw(t, "has a label") {
		item.LabelSum = money.Amount(rapid.Int64Range(1, 1000_00).Draw(t, "label"))
	}
	if rapid.Bool().Draw(t, "percent") {
		item.Manual.BP = rapid.Int64Range(0, 10000).Draw(t, "off")
	} else {
		item.Manual.Amount = money.Amount(rapid.Int64Range(0, 2000_00).Draw(t, "off"))
	}
	return item
}

func TestPriceKeepsItsSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := pricing.Basket{Items: rapid.SliceOfN(rapid.Custom(drawItem), 0, 30).Draw(t, "items")}
		if rapid.Bool().Draw(t, "percent") {
			b.Manual.BP = rapid.Int64Range(0, 10000).Draw(t, "off")
		} else {
			b.Manual.Amount = money.Amount(rapid.Int64Range(0, 20_000_00).Draw(t, "off"))
		}
		before := slices.Clone(b.Items)
		priced := pricing.Price(b, nil)
		if !reflect.DeepEqual(before, b.Items) {
			t.Fatal("pricing changed its basket")
		}
		for i, p := range priced {
			var off money.Amount
			for _, a := range p.Applied {
				if a.Amount <= 0 {
					t.Fatalf("item %d: %+v", i, p.Applied)
				}
				off += a.Amount
			}
			net := p.Gross - p.Discount
			if b.Items[i].Tax.Exclusive {
				net += p.Tax
			}
			if off != p.Discount || net != p.Net || p.Gross-p.Discount < b.Items[i].Floor() || p.Tax < 0 {
				t.Fatalf("item %d %+v: %+v, floor %d", i, b.Items[i], p, b.Items[i].Floor())
			}
		}
	})
}

// Values that a receipt refuses do no harm here either.
func TestPriceSurvivesNonsense(t *testing.T) {
	rules := chain(t, 100, 3)
	for _, q := range []quantity.Milli{0, -1000} {
		b := cart(3)
		for i := range b.Items {
			b.Items[i].Quantity = q
		}
		if got := len(pricing.Price(b, rules)); got != 3 {
			t.Errorf("quantity %d: %d items", q, got)
		}
	}
	if got := pricing.Price(pricing.Basket{}, rules); len(got) != 0 {
		t.Errorf("an empty basket has %d items", len(got))
	}
}
