package demo

import (
	"slices"
	"time"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/refdata"
)

// staffGroup is the customer group of the employees' own cards.
const staffGroup = "staff"

// IDs of the chain's price lists.
const (
	morningList = "seniors-morning"
	staffList   = "staff"
)

// inStaff reports whether the customer n works for the chain: one of 149.
func inStaff(n int) bool { return n%149 == 7 }

// listRows are the chain's price lists with their prices: for pensioners on
// weekday mornings, for those who work here always and with nothing on top.
func listRows(last time.Time, list []article, current []catalogue.Price) []refdata.Row {
	lists := []pricing.List{
		{ID: morningList, Version: 1, Name: named("Утро пенсионера", "Seniors' morning"), Who: pricing.Who{Groups: []string{seniors}},
			When: pricing.When{Days: []int{1, 2, 3, 4, 5}, Hours: []pricing.Span{{From: "08:00", To: "12:00"}}}},
		{ID: staffList, Version: 1, Name: named("Цены для сотрудников", "Staff prices"), Who: pricing.Who{Groups: []string{staffGroup}}, Final: true},
	}
	var rows []refdata.Row
	for i := range lists {
		rows = append(rows, refdata.Row{Table: refdata.PriceLists, Value: refdata.PriceList{List: lists[i], By: "demo", At: last.UnixMilli()}})
	}
	bySKU := map[catalogue.SKU]*article{}
	for i := range list {
		bySKU[list[i].SKU] = &list[i]
	}
	for _, shelf := range current {
		a := bySKU[shelf.SKU]
		if slices.Contains([]string{"milk", "fermented", "butter", "eggs", "bread", "cereal", "pasta", "flour_sugar", "tea"}, a.Category) {
			rows = appendListPrice(rows, a, shelf, morningList, 9300)
		}
		if a.MinAge == 0 {
			rows = appendListPrice(rows, a, shelf, staffList, 9200)
		}
	}
	return rows
}

// appendListPrice adds the price of an article in a list, a share of the shelf's
// in basis points, unless its least price is above that.
func appendListPrice(rows []refdata.Row, a *article, shelf catalogue.Price, list string, share int64) []refdata.Row {
	amount := roundPrice(float64(shelf.Amount) * float64(share) / 10000)
	if least := a.least(shelf.Amount); amount < shelf.Amount && amount >= least {
		rows = append(rows, refdata.Row{Table: refdata.ListPrices, Value: catalogue.Price{
			List: list, SKU: shelf.SKU, Store: shelf.Store, From: shelf.From, Amount: amount, Min: least,
		}})
	}
	return rows
}

// regulationRows are regulated prices: nothing off tobacco, a least price of
// vodka, a highest of plain bread. The bounds fit the chain's own prices.
func regulationRows(last time.Time, m *material, list []article, current []catalogue.Price) []refdata.Row {
	vodka, bread := pricing.Goods{}, pricing.Goods{}
	goods := map[catalogue.SKU]*pricing.Goods{}
	for i := range list {
		switch m.types[list[i].kind].name.EN {
		case "Vodka":
			vodka.SKUs = append(vodka.SKUs, list[i].SKU)
			goods[list[i].SKU] = &vodka
		case "White bread":
			bread.SKUs = append(bread.SKUs, list[i].SKU)
			goods[list[i].SKU] = &bread
		}
	}
	least, most := money.Amount(0), money.Amount(0)
	for _, p := range current {
		switch goods[p.SKU] {
		case &vodka:
			if least == 0 || p.Amount < least {
				least = p.Amount
			}
		case &bread:
			most = max(most, p.Amount)
		}
	}
	const rouble = 100
	rules := []pricing.Regulation{
		{ID: "tobacco", Name: named("Табак: скидки запрещены (15-ФЗ)", "Tobacco: no discounts by law"), Goods: pricing.Goods{Categories: []string{"tobacco"}}, Fixed: true},
	}
	if least > 0 {
		rules = append(rules, pricing.Regulation{ID: "vodka", Name: named("Минимальная цена водки", "Least price of vodka"), Goods: vodka, Min: least / rouble * rouble})
	}
	if most > 0 {
		rules = append(rules, pricing.Regulation{ID: "bread", Name: named("Социально значимые товары: хлеб", "Socially important goods: bread"), Goods: bread,
			Max: (most + 10*rouble - 1) / (10 * rouble) * (10 * rouble)})
	}
	var rows []refdata.Row
	for i := range rules {
		rules[i].Version = 1
		rows = append(rows, refdata.Row{Table: refdata.Regulations, Value: refdata.Regulation{Regulation: rules[i], By: "demo", At: last.UnixMilli()}})
	}
	return rows
}
