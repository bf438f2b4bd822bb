package pricing_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/tax"
)

func drawGoods(t *rapid.T) pricing.Goods {
	var g pricing.Goods
	switch rapid.IntRange(0, 3).Draw(t, "goods") {
	case 0:
		g.All = true
	case 1:
		g.Categories = []string{rapid.SampledFrom([]string{"food", "dairy", "cheese", "other"}).Draw(t, "category")}
	default:
		for range rapid.IntRange(1, 3).Draw(t, "skus") {
			g.SKUs = append(g.SKUs, catalogue.SKU(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}).Draw(t, "sku")))
		}
	}
	if rapid.IntRange(0, 4).Draw(t, "not") == 0 {
		g.Not = &pricing.Goods{SKUs: []catalogue.SKU{"c"}}
	}
	return g
}

func drawOff(t *rapid.T) pricing.Off {
	switch rapid.IntRange(0, 2).Draw(t, "off") {
	case 0:
		return pricing.Off{BP: rapid.Int64Range(1, 10000).Draw(t, "bp")}
	case 1:
		return pricing.Off{Amount: money.Amount(rapid.Int64Range(1, 200_00).Draw(t, "amount"))}
	}
	price := money.Amount(rapid.Int64Range(0, 100_00).Draw(t, "price"))
	return pricing.Off{Price: &price}
}

func drawRule(t *rapid.T, id string) pricing.Rule {
	r := pricing.Rule{
		ID: id, Name: catalogue.Text{EN: id}, Priority: rapid.IntRange(0, 2).Draw(t, "priority"),
		Stack: rapid.Bool().Draw(t, "stack"), Group: rapid.SampledFrom([]string{"", "", "g"}).Draw(t, "group"),
		Kind: rapid.SampledFrom([]pricing.Kind{pricing.LineRule, pricing.LineRule, pricing.MultiRule, pricing.BundleRule, pricing.ReceiptRule, pricing.GiftRule}).Draw(t, "kind"),
	}
	if r.Kind != pricing.ReceiptRule {
		r.Limit = rapid.SampledFrom([]int{0, 0, 1, 3}).Draw(t, "limit")
		r.Off = drawOff(t)
	}
	switch r.Kind {
	case pricing.MultiRule:
		r.Goods, r.Buy, r.Get = drawGoods(t), rapid.IntRange(1, 3).Draw(t, "buy"), rapid.IntRange(1, 2).Draw(t, "get")
		r.Same = rapid.Bool().Draw(t, "same")
	case pricing.BundleRule:
		for range rapid.IntRange(2, 3).Draw(t, "parts") {
			r.Parts = append(r.Parts, pricing.Part{Goods: drawGoods(t), Count: rapid.IntRange(1, 2).Draw(t, "count"), Off: rapid.Bool().Draw(t, "off part")})
		}
	case pricing.ReceiptRule:
		r.Goods = drawGoods(t)
		r.Steps = []pricing.Step{{From: 50_00, Off: pricing.Off{BP: 500}}, {From: 500_00, Off: pricing.Off{Amount: 70_00}}}
	case pricing.GiftRule:
		r.Goods, r.Gift, r.From, r.Count = drawGoods(t), drawGoods(t), 100_00, rapid.IntRange(1, 2).Draw(t, "count")
		r.Repeat = rapid.Bool().Draw(t, "repeat")
	default:
		r.Goods = drawGoods(t)
	}
	return r
}

func drawRules(t *rapid.T) *pricing.Rules {
	var set pricing.Set
	for i := range rapid.IntRange(0, 8).Draw(t, "rules") {
		set.Rules = append(set.Rules, drawRule(t, fmt.Sprintf("r%d", i)))
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "lists") {
		list := pricing.List{ID: fmt.Sprintf("l%d", i), Name: catalogue.Text{EN: "l"}, Priority: rapid.IntRange(0, 1).Draw(t, "list priority")}
		list.Final = rapid.Bool().Draw(t, "final")
		set.Lists = append(set.Lists, list)
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "regulations") {
		g := pricing.Regulation{ID: fmt.Sprintf("g%d", i), Name: catalogue.Text{EN: "g"}, Goods: drawGoods(t), Fixed: rapid.Bool().Draw(t, "fixed")}
		g.Min = money.Amount(rapid.IntRange(1, 120_00).Draw(t, "least"))
		if rapid.Bool().Draw(t, "highest too") {
			g.Max = g.Min + money.Amount(rapid.IntRange(0, 300_00).Draw(t, "highest"))
		}
		set.Regulations = append(set.Regulations, g)
	}
	rules, err := pricing.Compile(set, categories)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// drawGood draws an item whose price follows from its article, as in a shop.
func drawGood(t *rapid.T) pricing.Item {
	n := rapid.IntRange(0, 4).Draw(t, "article")
	item := pricing.Item{
		SKU: catalogue.SKU("abcde"[n : n+1]), Category: []string{"food", "dairy", "cheese", "other", "cheese"}[n],
		Unit: quantity.Piece, Quantity: quantity.One * quantity.Milli(rapid.IntRange(1, 7).Draw(t, "pieces")),
		Price: []money.Amount{100_00, 49_90, 33_33, 250_00, 899_00}[n], MinPrice: []money.Amount{0, 40_00, 33_33, 0, 500_00}[n],
		Tax: tax.Rate{BP: []int64{2200, 1000, 2200, 0, 1000}[n]},
	}
	if n == 4 {
		item.Unit, item.Quantity = quantity.Kilogram, quantity.Milli(rapid.IntRange(1, 3000).Draw(t, "grams"))
	}
	if n < 3 {
		item.Offers = []pricing.Offer{{List: "l0", Price: []money.Amount{90_00, 49_90, 40_00}[n]}, {List: "l1", Price: 45_00, Min: 44_00}}
	}
	return item
}

// Whatever the rules: sums agree, nothing below its minimum, the same again, and
// explaining changes nothing.
func TestPromotionsKeepSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := drawRules(t)
		b := pricing.Basket{Date: "2026-11-22", Items: rapid.SliceOfN(rapid.Custom(drawGood), 0, 12).Draw(t, "items")}
		priced, verdicts := pricing.Explain(b, rules)
		if again := pricing.Price(b, rules); !reflect.DeepEqual(again, priced) {
			t.Fatalf("%+v\nexplained %+v", again, priced)
		}
		byRule := map[string]money.Amount{}
		for i, p := range priced {
			var off money.Amount
			for _, a := range p.Applied {
				if a.Amount <= 0 {
					t.Fatalf("item %d: %+v", i, p.Applied)
				}
				off += a.Amount
				byRule[a.Rule] += a.Amount
			}
			if off != p.Discount || p.Gross-p.Discount != p.Net || p.Net < min(p.Gross, b.Items[i].Quantity.Cost(p.MinPrice)) {
				t.Fatalf("item %d %+v: %+v", i, b.Items[i], p)
			}
		}
		for _, v := range verdicts {
			if v.Amount != byRule[v.Rule] || (v.Why == pricing.WhyApplied) != (v.Amount > 0) || (v.Why == pricing.WhyLost) != (v.By != "") {
				t.Fatalf("%+v, took %d", v, byRule[v.Rule])
			}
		}
	})
}

// The order of scanning does not change the total.
func TestPromotionsIgnoreOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := drawRules(t)
		items := rapid.SliceOfN(rapid.Custom(drawGood), 0, 8).Draw(t, "items")
		other := rapid.Permutation(items).Draw(t, "order")
		if a, b := total(items, rules), total(other, rules); a != b {
			t.Fatalf("%d scanned so, %d so: %v %v", a, b, items, other)
		}
	})
}

func total(items []pricing.Item, rules *pricing.Rules) money.Amount {
	var sum money.Amount
	for _, p := range pricing.Price(pricing.Basket{Date: "2026-11-22", Items: items}, rules) {
		sum += p.Net
	}
	return sum
}

// chain returns n rules of all kinds over 5 000 articles in 100 categories, and
// as many price lists: for everybody, for a group, and one that may be dearer;
// with lists there are regulations too.
func chain(tb testing.TB, n, lists int) *pricing.Rules {
	var set pricing.Set
	for i := range lists {
		list := pricing.List{ID: fmt.Sprintf("l%d", i), Name: catalogue.Text{EN: "l"}, Priority: i / 2, Final: i == 1}
		if i%2 == 1 {
			list.Who.Groups = []string{"seniors"}
		}
		set.Lists = append(set.Lists, list)
		set.Regulations = append(set.Regulations, pricing.Regulation{ID: fmt.Sprintf("g%d", i), Name: catalogue.Text{EN: "g"},
			Goods: pricing.Goods{Categories: []string{fmt.Sprintf("c%d", i*7), fmt.Sprintf("c%d", i*5+1)}},
			Min:   money.Amount(i * 60_00), Max: money.Amount(3-i) * 150_00, Fixed: i != 1})
	}
	var tree []catalogue.Category
	for i := range 100 {
		tree = append(tree, catalogue.Category{ID: fmt.Sprintf("c%d", i)})
	}
	sku := func(i int) catalogue.SKU { return catalogue.SKU(fmt.Sprintf("s%d", i%5000)) }
	for i := range n {
		r := pricing.Rule{ID: fmt.Sprintf("r%04d", i), Name: catalogue.Text{EN: "r"}, Version: 1, Priority: i % 5, Stack: i%3 == 0}
		goods := pricing.Goods{SKUs: []catalogue.SKU{sku(i * 7), sku(i*7 + 1), sku(i*7 + 2)}}
		if i%4 == 0 {
			goods = pricing.Goods{Categories: []string{fmt.Sprintf("c%d", i%100)}}
		}
		switch {
		case i%100 == 99:
			r.Kind, r.Goods, r.Steps = pricing.ReceiptRule, pricing.Goods{All: true}, []pricing.Step{{From: 1000_00, Off: pricing.Off{BP: 300}}}
		case i%10 == 7:
			r.Kind, r.Goods, r.Buy, r.Get = pricing.MultiRule, goods, 2, 1
		case i%10 == 8:
			r.Kind, r.Off = pricing.BundleRule, pricing.Off{BP: 1500}
			r.Parts = []pricing.Part{{Goods: goods, Count: 1}, {Goods: pricing.Goods{Categories: []string{fmt.Sprintf("c%d", (i+1)%100)}}, Count: 1}}
		default:
			r.Kind, r.Goods, r.Off = pricing.LineRule, goods, pricing.Off{BP: int64(500 + i%20*100)}
		}
		set.Rules = append(set.Rules, r)
	}
	rules, err := pricing.Compile(set, tree)
	if err != nil {
		tb.Fatal(err)
	}
	return rules
}

func cart(n int) pricing.Basket {
	b := pricing.Basket{Date: "2026-11-22", At: 1_795_340_000_000, Zone: 180, Store: "12"}
	for i := range n {
		b.Items = append(b.Items, pricing.Item{
			SKU: catalogue.SKU(fmt.Sprintf("s%d", i*13%5000)), Category: fmt.Sprintf("c%d", i%100),
			Unit: quantity.Piece, Quantity: quantity.One * quantity.Milli(1+i%3), Price: money.Amount(50_00 + i%900*10),
			MinPrice: 40_00, Tax: tax.Rate{BP: 2200},
		})
	}
	return b
}

func BenchmarkPrice(b *testing.B) {
	with, without := chain(b, 2000, 3), chain(b, 2000, 0)
	for _, n := range []int{1, 30, 300, 1000} {
		price := func(basket pricing.Basket, rules *pricing.Rules) func(*testing.B) {
			return func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					pricing.Price(basket, rules)
				}
			}
		}
		basket := cart(n)
		b.Run(fmt.Sprintf("%dx2000plain", n), price(basket, without))
		basket.Groups = []string{"seniors"}
		basket.Items = slices.Clone(basket.Items)
		for i := range basket.Items {
			item := &basket.Items[i]
			item.Offers = []pricing.Offer{{List: "l0", Price: item.Price - 6_00}, {List: "l1", Price: item.Price - 5_00}}
		}
		b.Run(fmt.Sprintf("%dx2000", n), price(basket, with)) // with price lists and regulated prices
	}
}
