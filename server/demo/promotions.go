package demo

import (
	"time"

	"tillsight/shared/catalogue"
	"tillsight/shared/pricing"
	"tillsight/shared/refdata"
)

// seniors is the customer group of pensioners' cards.
const seniors = "seniors"

// promotionRows are the promotions that the chain runs from its last day on, one
// that is over and one that is planned. The past was sold without them: the
// planted discounts of plant.go made its prices. None promises more than the
// least prices of the goods (assortment.go) let it give.
func promotionRows(last time.Time) []refdata.Row {
	date := func(days int) string { return last.AddDate(0, 0, days).Format(time.DateOnly) }
	running := pricing.When{From: date(-6), Until: date(60)}
	in := func(categories ...string) pricing.Goods { return pricing.Goods{Categories: categories} }
	weekdays := running
	weekdays.Days, weekdays.Hours = []int{1, 2, 3, 4, 5}, []pricing.Span{{From: "09:00", To: "13:00"}}
	evening := running
	evening.Hours = []pricing.Span{{From: "19:00", To: "23:00"}}
	rules := []pricing.Rule{
		{ID: "yogurt-third", Name: named("Каждый третий йогурт −30 %", "Every third yogurt −30 %"), Kind: pricing.MultiRule,
			Priority: 30, When: running, Goods: in("yogurt"), Buy: 2, Get: 1, Off: pricing.Off{BP: 3000}},
		{ID: "chocolate-2nd", Name: named("Вторая шоколадка −30 %", "Second chocolate −30 %"), Kind: pricing.MultiRule,
			Priority: 30, When: running, Goods: in("chocolate"), Buy: 1, Get: 1, Off: pricing.Off{BP: 3000}},
		{ID: "coffee-cookies", Name: named("Кофе и печенье вместе −15 %", "Coffee with cookies −15 %"), Kind: pricing.BundleRule,
			Priority: 20, When: running, Parts: []pricing.Part{{Goods: in("coffee"), Count: 1}, {Goods: in("cookies"), Count: 1}}, Off: pricing.Off{BP: 1500}},
		{ID: "evening-bread", Name: named("Вечерний хлеб −20 %", "Bread in the evening −20 %"), Kind: pricing.LineRule,
			Priority: 10, When: evening, Goods: in("bread"), Off: pricing.Off{BP: 2000}},
		{ID: "fruit-card", Name: named("Фрукты по карте −10 %", "Fruit with the card −10 %"), Kind: pricing.LineRule,
			Priority: 10, When: running, Who: pricing.Who{Card: true}, Goods: in("fruit"), Off: pricing.Off{BP: 1000}},
		{ID: "seniors", Name: named("Пенсионерам −5 % по будням до 13:00", "Seniors −5 % on weekdays until 13:00"), Kind: pricing.LineRule,
			Priority: 5, Stack: true, When: weekdays, Who: pricing.Who{Groups: []string{seniors}},
			Goods: pricing.Goods{All: true, Not: &pricing.Goods{Categories: []string{"alcohol"}}}, Off: pricing.Off{BP: 500}},
		{ID: "big-basket", Name: named("Большая корзина: −3 % от 3000 ₽, −5 % от 5000 ₽", "Big basket: −3 % from 3000 ₽, −5 % from 5000 ₽"),
			Kind: pricing.ReceiptRule, Stack: true, When: running, Goods: pricing.Goods{All: true, Not: &pricing.Goods{Categories: []string{"alcohol"}}},
			Steps: []pricing.Step{{From: 3000_00, Off: pricing.Off{BP: 300}}, {From: 5000_00, Off: pricing.Off{BP: 500}}}},
		{ID: "coupon-100", Name: named("Купон TEPLO100: −100 ₽ от 1000 ₽", "Coupon TEPLO100: −100 ₽ from 1000 ₽"), Kind: pricing.ReceiptRule,
			Stack: true, When: running, Coupon: pricing.Coupon{Code: "TEPLO100"}, Goods: pricing.Goods{All: true},
			Steps: []pricing.Step{{From: 1000_00, Off: pricing.Off{Amount: 100_00}}}},
		{ID: "label-20", Name: named("Уценка −20 % по наклейке", "Markdown label −20 %"), Kind: pricing.LineRule,
			Priority: 100, When: running, Goods: pricing.Goods{Marks: []string{"20"}}, Off: pricing.Off{BP: 2000}},
		{ID: "label-30", Name: named("Уценка −30 % по наклейке", "Markdown label −30 %"), Kind: pricing.LineRule,
			Priority: 100, When: running, Goods: pricing.Goods{Marks: []string{"30"}}, Off: pricing.Off{BP: 3000}},
		{ID: "new-year-sweets", Name: named("Новогодние сладости −15 %", "Sweets for New Year −15 %"), Kind: pricing.LineRule,
			Priority: 15, When: pricing.When{From: date(24), Until: date(40)}, Goods: in("sweets"), Off: pricing.Off{BP: 1500}},
		{ID: "autumn-vegetables", Name: named("Осенний урожай: овощи −12 %", "Harvest: vegetables −12 %"), Kind: pricing.LineRule,
			Priority: 10, When: pricing.When{From: date(-70), Until: date(-10)}, Goods: in("vegetables"), Off: pricing.Off{BP: 1200}},
	}
	rows := []refdata.Row{{Table: refdata.NeverPromoted, Value: refdata.Never{Goods: in("tobacco")}}}
	for i := range rules {
		rules[i].Version = 1
		rows = append(rows, refdata.Row{Table: refdata.Promotions, Value: refdata.Promotion{Rule: rules[i], By: "demo", At: last.UnixMilli()}})
	}
	return rows
}

func named(ru, en string) catalogue.Text { return catalogue.Text{RU: ru, EN: en} }
