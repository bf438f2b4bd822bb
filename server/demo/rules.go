package demo

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"tillsight/shared/ban"
	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
	"tillsight/shared/shelflife"
)

// saleRuleRows are the bans of the home market and of some of its regions, and
// how fresh goods are treated before their dates. Federal law 171-FZ, article 16:
// no alcohol from 23:00 to 8:00; regions forbid more.
func saleRuleRows() []refdata.Row {
	bans := []ban.Rule{
		{ID: "alcohol-night", Name: named("алкоголь не продаётся с 23:00 до 8:00", "no alcohol from 23:00 to 8:00"),
			Categories: []string{"alcohol"}, Hours: []ban.Span{{From: "23:00", To: "08:00"}}},
		{ID: "alcohol-tver", Name: named("в Тверской области алкоголь не продаётся с 22:00", "no alcohol from 22:00 in Tver Oblast"),
			Categories: []string{"alcohol"}, Regions: []string{"Тверская область"}, Hours: []ban.Span{{From: "22:00", To: "08:00"}}},
		{ID: "alcohol-knowledge", Name: named("в День знаний алкоголь не продаётся", "no alcohol on the first day of school"),
			Categories: []string{"alcohol"}, Dates: []string{"09-01"}},
		{ID: "alcohol-youth", Name: named("в День защиты детей и День молодёжи алкоголь не продаётся", "no alcohol on Children's and Youth Day"),
			Categories: []string{"alcohol"}, Regions: []string{"Республика Татарстан"}, Dates: []string{"06-01", "06-27"}},
	}
	lives := []shelflife.Rule{
		{Category: "fresh_meat", Hint: 2, MarkdownBP: 3000}, {Category: "poultry", Hint: 2, MarkdownBP: 3000},
		{Category: "milk", Hint: 2, MarkdownBP: 3000}, {Category: "fermented", Hint: 2, MarkdownBP: 3000},
		{Category: "pastry", Hint: 1, MarkdownBP: 5000}, {Category: "baby_food", Refuse: 1},
	}
	var rows []refdata.Row
	for _, rule := range bans {
		rows = append(rows, refdata.Row{Table: refdata.SaleBans, Value: rule})
	}
	for _, rule := range lives {
		rows = append(rows, refdata.Row{Table: refdata.ShelfLives, Value: rule})
	}
	return rows
}

// kits are sets of the kinds that go into them. Breakfast has two rates of tax,
// football asks for an age because of its beer.
var kits = []struct {
	name     catalogue.Text
	category string
	picture  string
	parts    []kitPart
}{
	{named("Набор «Завтрак»", "Breakfast set"), "breakfast", "🍳", []kitPart{{"Eggs", 1}, {"Milk", 1}, {"Ground coffee", 1}}},
	{named("Набор «Чаепитие»", "Tea-time set"), "tea", "🫖", []kitPart{{"Black tea", 1}, {"Chocolate candies", 1}, {"Wafers", 2}}},
	{named("Набор «Футбол»", "Football set"), "beer", "⚽", []kitPart{{"Lager", 4}, {"Potato chips", 2}}},
}

type kitPart struct {
	kind  string
	count quantity.Milli
}

// kitMaker is the manufacturer of sets inside barcodes: the chain itself.
const kitMaker = 99_999

// kitRows are the sets, a tenth cheaper than their parts.
func kitRows(m *material, list []article, current []catalogue.Price) []refdata.Row {
	first := map[string]*article{}
	for i := range list {
		if kind := m.types[list[i].kind].name.EN; first[kind] == nil && list[i].Unit == quantity.Piece && !list[i].Stopped {
			first[kind] = &list[i]
		}
	}
	shelf := map[catalogue.SKU]catalogue.Price{}
	for _, price := range current {
		if price.Store == "" && price.From >= shelf[price.SKU].From {
			shelf[price.SKU] = price
		}
	}
	var rows []refdata.Row
	for i, kit := range kits {
		sku := catalogue.SKU(strconv.Itoa(firstSKU + len(list) + i))
		digits := fmt.Sprintf("46%05d%05d", kitMaker, i+1)
		p := catalogue.Product{SKU: sku, Name: kit.name, Category: kit.category, Unit: quantity.Piece, Tax: "standard", Picture: kit.picture}
		price := catalogue.Price{SKU: sku}
		var parts []catalogue.Component
		var worth money.Amount
		for _, part := range kit.parts {
			a := first[part.kind]
			if a == nil {
				break
			}
			q := part.count * quantity.One
			parts = append(parts, catalogue.Component{SKU: a.SKU, Quantity: q})
			worth += q.Cost(shelf[a.SKU].Amount)
			price.Cost += q.Cost(shelf[a.SKU].Cost)
			price.From = max(price.From, shelf[a.SKU].From)
			p.MinAge = max(p.MinAge, a.MinAge)
		}
		if len(parts) < len(kit.parts) {
			continue // a chain too small to have all of them
		}
		price.Amount = roundPrice(float64(worth) * 0.9)
		rows = append(rows,
			refdata.Row{Table: refdata.Products, Value: p},
			refdata.Row{Table: refdata.Barcodes, Value: catalogue.Barcode{GTIN: "0" + digits + string(barcode.CheckDigit(digits)), SKU: sku, Factor: quantity.One}},
			refdata.Row{Table: refdata.Prices, Value: price},
			refdata.Row{Table: refdata.Kits, Value: catalogue.Kit{SKU: sku, Parts: parts}})
	}
	return rows
}

// counted is of how many articles each store knows what it has: the most bought.
const counted = 1500

// stockRows are what the shelves hold when the demo begins: more of what is
// bought more, of a few things next to nothing.
func (g *generator) stockRows() []refdata.Row {
	popular := make([]*article, len(g.list))
	for i := range g.list {
		popular[i] = &g.list[i]
	}
	slices.SortStableFunc(popular, func(a, b *article) int { return cmp.Compare(b.weight, a.weight) })
	popular = popular[:min(len(popular), counted)]
	r := stream(g.opt.Seed, streamStock)
	var rows []refdata.Row
	for i := range g.stores {
		for _, a := range popular {
			units := 8 + r.IntN(60)
			switch r.IntN(25) {
			case 0:
				units = 0
			case 1:
				units = 1 + r.IntN(5)
			}
			left := quantity.Milli(units) * quantity.One
			if !a.Unit.Whole() {
				left = left/4 + quantity.Milli(r.IntN(1000))
			}
			rows = append(rows, refdata.Row{Table: refdata.Stocks, Value: refdata.Stock{Store: g.stores[i].ID, SKU: a.SKU, Left: left}})
		}
	}
	return rows
}
