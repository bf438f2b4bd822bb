package marketing

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
)

// ruleText is a rule as the JSON view shows it.
func ruleText(r pricing.Rule) string {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return "" // a rule is plain data
	}
	return string(text)
}

// ruleProblems reads the text of a rule and says what is wrong where.
func ruleProblems(text string) (pricing.Problems, pricing.Rule) {
	const before, after = `{"rules":[`, `]}`
	set, err := pricing.Parse([]byte(before + text + after))
	var problems pricing.Problems
	if errors.As(err, &problems) {
		for i := range problems {
			const list = "rules[0]."
			if len(problems[i].Path) > len(list) && problems[i].Path[:len(list)] == list {
				problems[i].Path = problems[i].Path[len(list):]
			}
			if problems[i].Line == 1 {
				problems[i].Column = max(1, problems[i].Column-len(before))
			}
		}
		return problems, pricing.Rule{}
	}
	if err != nil || len(set.Rules) != 1 {
		return pricing.Problems{{Code: pricing.ProblemFormat, Line: 1, Column: 1}}, pricing.Rule{}
	}
	return nil, set.Rules[0]
}

// example is a line of the basket on which a draft is tried out.
type example struct {
	Goods string // category or article; "" for something else
	Price money.Amount
	Count int
}

// Prices of the example.
const (
	examplePrice = money.Amount(100_00)
	exampleOther = money.Amount(60_00)
)

// exampleOf makes a basket that the rule is about.
func exampleOf(r pricing.Rule) []example {
	other := example{Price: exampleOther, Count: 1}
	switch r.Kind {
	case pricing.MultiRule:
		each := max(1, min(r.Buy+r.Get, 20))
		return []example{{goodsName(r.Goods), examplePrice, each - each/2}, {goodsName(r.Goods), examplePrice * 8 / 10, each / 2}, other}
	case pricing.BundleRule:
		var list []example
		for i, part := range r.Parts {
			list = append(list, example{goodsName(part.Goods), examplePrice + money.Amount(i)*20_00, max(1, min(part.Count, 20))})
		}
		return append(list, other)
	case pricing.ReceiptRule:
		from := examplePrice
		if len(r.Steps) > 0 {
			from = max(from, r.Steps[0].From)
		}
		return []example{{goodsName(r.Goods), from - from/3, 1}, {goodsName(r.Goods), from / 2, 1}}
	case pricing.GiftRule:
		return []example{{goodsName(r.Goods), max(r.From, examplePrice), 1}, {goodsName(r.Gift), examplePrice, max(1, min(r.Count, 20))}}
	}
	return []example{{goodsName(r.Goods), examplePrice, 2}, other}
}

// goodsName names something that a selection wants.
func goodsName(g pricing.Goods) string {
	switch {
	case len(g.Categories) > 0:
		return g.Categories[0]
	case len(g.SKUs) > 0:
		return string(g.SKUs[0])
	case len(g.Marks) > 0:
		return markSign + g.Marks[0]
	}
	return ""
}

// markSign begins the name of goods that have a markdown label.
const markSign = "✂ "

// previewOf prices the example by the rule alone, at a moment and for a customer
// that its conditions want.
func previewOf(r pricing.Rule, basket []example, tree []catalogue.Category, today string) ([]pricing.Priced, pricing.Verdict, error) {
	rules, err := pricing.Compile(pricing.Set{Rules: []pricing.Rule{r}}, tree)
	if err != nil {
		return nil, pricing.Verdict{}, err
	}
	b := pricing.Basket{Card: "example", Groups: r.Who.Groups, Store: "example"}
	if len(r.Stores) > 0 {
		b.Store = r.Stores[0]
	}
	if code := couponOf(r.Coupon); code != "" {
		b.Coupons = []string{code}
	}
	b.Date, b.At = suitableTime(r.When, today)
	for i, line := range basket {
		item := pricing.Item{SKU: catalogue.SKU("example-" + string(rune('a'+i))), Unit: quantity.Piece,
			Quantity: quantity.Milli(line.Count) * quantity.One, Price: line.Price}
		item.Category = line.Goods
		if mark, is := strings.CutPrefix(line.Goods, markSign); is {
			item.Category, item.Mark = "", mark
		}
		if wantsArticle(r, line.Goods) {
			item.SKU, item.Category = catalogue.SKU(line.Goods), ""
		}
		b.Items = append(b.Items, item)
	}
	priced, verdicts := pricing.Explain(b, rules)
	if len(verdicts) == 0 {
		return nil, pricing.Verdict{}, errcode.New(errcode.Internal, "page.previewOf", errors.New("no verdict"))
	}
	return priced, verdicts[0], nil
}

// couponOf is a code that opens a rule, "" when it needs none.
func couponOf(k pricing.Coupon) string {
	switch {
	case k.Key != "" && k.Serials() > 0:
		return k.Serial(1)
	case k.Prefix != "":
		return k.Prefix + strings.Repeat("0", max(0, k.Length-len(k.Prefix)))
	}
	return k.Code
}

// wantsArticle reports whether name is an article of the rule, not a category.
func wantsArticle(r pricing.Rule, name string) bool {
	goods := []pricing.Goods{r.Goods, r.Gift}
	for _, part := range r.Parts {
		goods = append(goods, part.Goods)
	}
	for _, g := range goods {
		for _, sku := range g.SKUs {
			if string(sku) == name {
				return true
			}
		}
	}
	return false
}

// suitableTime is a moment at which a rule runs, by a clock that shows UTC.
func suitableTime(w pricing.When, today string) (date string, at int64) {
	date = max(w.From, today)
	if w.Until != "" {
		date = min(date, w.Until)
	}
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return today, 0
	}
	for range 7 {
		weekday := (int(day.Weekday())+6)%7 + 1
		fits := len(w.Days) == 0
		for _, wanted := range w.Days {
			fits = fits || wanted == weekday
		}
		if fits {
			break
		}
		day = day.AddDate(0, 0, 1)
	}
	clock := 12 * time.Hour
	if len(w.Hours) > 0 {
		if from, err := time.Parse("15:04", w.Hours[0].From); err == nil {
			clock = time.Duration(from.Hour())*time.Hour + time.Duration(from.Minute())*time.Minute
		}
	}
	return day.Format(time.DateOnly), day.Add(clock).UnixMilli()
}

// promotionState says when a promotion runs.
type promotionState string

// States.
const (
	promoActive  promotionState = "active"
	promoPlanned promotionState = "planned"
	promoEnded   promotionState = "ended"
)

// stateOf tells the state on a date.
func stateOf(r pricing.Rule, stopped bool, today string) promotionState {
	switch {
	case stopped || r.When.Until != "" && r.When.Until < today:
		return promoEnded
	case r.When.From > today:
		return promoPlanned
	}
	return promoActive
}
