package desk

import (
	"slices"
	"strconv"
	"strings"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
)

// promotionKind is a kind of promotion as a manager thinks of it.
type promotionKind string

// Kinds of the form.
const (
	promoPercent   promotionKind = "percent"   // % off the goods
	promoAmount    promotionKind = "amount"    // a sum off each piece
	promoPrice     promotionKind = "price"     // a fixed price
	promoMulti     promotionKind = "multi"     // N + M free
	promoNth       promotionKind = "nth"       // every Nth with a discount
	promoCheapest  promotionKind = "cheapest"  // the cheapest of N free
	promoBundle    promotionKind = "bundle"    // two kinds of goods together
	promoThreshold promotionKind = "threshold" // from a sum on
	promoGift      promotionKind = "gift"      // a gift from a sum on
)

// promotionKinds in the order of the form.
var promotionKinds = []promotionKind{promoPercent, promoAmount, promoPrice, promoMulti, promoNth, promoCheapest, promoBundle, promoThreshold, promoGift}

// promotionDraft is a rule as the form has it: texts that a person types.
type promotionDraft struct {
	ID       string
	Version  int
	RU, EN   string
	Kind     promotionKind
	Value    string // per cent, or a sum
	Money    bool   // a threshold's discount is a sum
	Buy, Get string
	From     string // sum from which a threshold or gift counts
	All      bool
	Goods    []string // categories
	SKUs     string
	Other    []string // categories of the bundle's second part, or the gift's
	OtherSKU string
	Except   []string // categories left out

	Start, End       string // dates
	Days             []int
	HourFrom, HourTo string
	Card             bool
	Groups           string
	Coupon           string
	Stores           []string
	Priority         string
	Stack            bool
	Group            string
	Limit, LimitWho  string
}

// newPromotion is the draft that a person begins with.
func newPromotion(id, today string) promotionDraft {
	return promotionDraft{ID: id, Kind: promoPercent, Value: "10", Buy: "2", Get: "1", Start: today}
}

// list splits what a person typed between commas and blanks; nil when it is nothing.
func list(text string) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' || r == '\t' })
	if len(parts) == 0 {
		return nil
	}
	return parts
}

func count(text string) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return -1 // refused by the rule's check, with its place
	}
	return n
}

// optional is count of a field that may be empty.
func optional(text string) int {
	if strings.TrimSpace(text) == "" {
		return 0
	}
	return count(text)
}

func amountOf(text string, c money.Currency) money.Amount {
	a, err := money.Parse(strings.TrimSpace(text), c)
	if err != nil {
		return -1
	}
	return a
}

func goodsOf(all bool, categories []string, skus string) pricing.Goods {
	g := pricing.Goods{All: all}
	if all {
		return g
	}
	g.Categories = slices.Clone(categories)
	for _, sku := range list(skus) {
		g.SKUs = append(g.SKUs, catalogue.SKU(sku))
	}
	return g
}

// rule makes the rule of the draft. What is missing or wrong is found by the
// rule's own check.
func (p *promotionDraft) rule(c money.Currency) pricing.Rule {
	r := pricing.Rule{
		ID: p.ID, Version: p.Version, Name: catalogue.Text{RU: strings.TrimSpace(p.RU), EN: strings.TrimSpace(p.EN)},
		Priority: optional(p.Priority), Stack: p.Stack, Group: strings.TrimSpace(p.Group),
		When: pricing.When{From: p.Start, Until: p.End, Days: slices.Clone(p.Days)}, Stores: slices.Clone(p.Stores),
		Who: pricing.Who{Card: p.Card, Groups: list(p.Groups)}, Coupon: pricing.Coupon{Code: strings.TrimSpace(p.Coupon)},
		Limit: optional(p.Limit), LimitCustomer: optional(p.LimitWho),
	}
	if p.HourFrom != "" || p.HourTo != "" {
		r.When.Hours = []pricing.Span{{From: p.HourFrom, To: p.HourTo}}
	}
	p.work(&r, c)
	goods := &r.Goods
	if r.Kind == pricing.BundleRule {
		goods = &r.Parts[0].Goods
	}
	if len(p.Except) > 0 {
		goods.Not = &pricing.Goods{Categories: slices.Clone(p.Except)}
	}
	return r
}

// work fills in what the kind does.
func (p *promotionDraft) work(r *pricing.Rule, c money.Currency) {
	goods := goodsOf(p.All, p.Goods, p.SKUs)
	share := pricing.Off{BP: int64(amountOf(p.Value, money.RUB))} // a percentage has two decimals, as money has
	r.Kind, r.Goods = pricing.LineRule, goods
	switch p.Kind {
	case promoPercent:
		r.Off = share
	case promoAmount:
		r.Off.Amount = amountOf(p.Value, c)
	case promoPrice:
		price := amountOf(p.Value, c)
		r.Off.Price = &price
	case promoMulti:
		r.Kind, r.Buy, r.Get = pricing.MultiRule, count(p.Buy), count(p.Get)
	case promoNth:
		r.Kind, r.Buy, r.Get, r.Off = pricing.MultiRule, count(p.Buy)-1, 1, share
	case promoCheapest:
		r.Kind, r.Buy, r.Get = pricing.MultiRule, count(p.Buy)-1, 1
	case promoBundle:
		r.Kind, r.Goods, r.Off = pricing.BundleRule, pricing.Goods{}, share
		r.Parts = []pricing.Part{{Goods: goods, Count: 1}, {Goods: goodsOf(false, p.Other, p.OtherSKU), Count: 1}}
	case promoThreshold:
		r.Kind = pricing.ReceiptRule
		step := pricing.Step{From: amountOf(p.From, c), Off: share}
		if p.Money {
			step.Off = pricing.Off{Amount: amountOf(p.Value, c)}
		}
		r.Steps = []pricing.Step{step}
	case promoGift:
		r.Kind, r.From, r.Gift, r.Count = pricing.GiftRule, amountOf(p.From, c), goodsOf(false, p.Other, p.OtherSKU), 1
	}
}

// figureText writes a figure without superfluous decimals.
func figureText(n int64) string {
	return strings.TrimSuffix(money.FormatDecimal(n, 2), ".00")
}

func optionalText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func joined(skus []catalogue.SKU) string {
	texts := make([]string, len(skus))
	for i, sku := range skus {
		texts[i] = string(sku)
	}
	return strings.Join(texts, ", ")
}

// draftOf reads a rule into the form; false when the form can't show all of it.
func draftOf(r pricing.Rule, c money.Currency) (promotionDraft, bool) {
	p := promotionDraft{
		ID: r.ID, Version: r.Version, RU: r.Name.RU, EN: r.Name.EN, Priority: optionalText(r.Priority), Stack: r.Stack, Group: r.Group,
		Start: r.When.From, End: r.When.Until, Days: slices.Clone(r.When.Days), Stores: slices.Clone(r.Stores),
		Card: r.Who.Card, Groups: strings.Join(r.Who.Groups, ", "), Coupon: r.Coupon.Code,
		Limit: optionalText(r.Limit), LimitWho: optionalText(r.LimitCustomer), Buy: "2", Get: "1",
	}
	if len(r.When.Hours) > 0 {
		p.HourFrom, p.HourTo = r.When.Hours[0].From, r.When.Hours[0].To
	}
	goods := r.Goods
	if len(r.Parts) == 2 {
		goods = r.Parts[0].Goods
		p.Other, p.OtherSKU = r.Parts[1].Goods.Categories, joined(r.Parts[1].Goods.SKUs)
	}
	p.All, p.Goods, p.SKUs = goods.All, goods.Categories, joined(goods.SKUs)
	if goods.Not != nil {
		p.Except = goods.Not.Categories
	}
	p.read(r)
	back := p.rule(c)
	return p, sameRule(back, r)
}

// read finds the kind of a rule and what it takes off.
func (p *promotionDraft) read(r pricing.Rule) {
	off := r.Off
	switch r.Kind {
	case pricing.LineRule:
		p.Kind = promoPercent
	case pricing.MultiRule:
		p.Kind, p.Buy, p.Get = promoMulti, strconv.Itoa(r.Buy), strconv.Itoa(r.Get)
		if off.BP != 0 {
			p.Kind, p.Buy = promoNth, strconv.Itoa(r.Buy+1)
		}
	case pricing.BundleRule:
		p.Kind = promoBundle
	case pricing.ReceiptRule:
		p.Kind = promoThreshold
		if len(r.Steps) > 0 {
			off, p.From = r.Steps[0].Off, figureText(int64(r.Steps[0].From))
		}
	case pricing.GiftRule:
		p.Kind, p.From = promoGift, figureText(int64(r.From))
		p.Other, p.OtherSKU = r.Gift.Categories, joined(r.Gift.SKUs)
	}
	switch {
	case off.BP != 0:
		p.Value = figureText(off.BP)
	case off.Amount != 0:
		p.Value, p.Money = figureText(int64(off.Amount)), r.Kind == pricing.ReceiptRule
		if r.Kind == pricing.LineRule {
			p.Kind = promoAmount
		}
	case off.Price != nil:
		p.Value = figureText(int64(*off.Price))
		if r.Kind == pricing.LineRule {
			p.Kind = promoPrice
		}
	}
}

// sameRule compares rules by their texts: empty and absent lists are the same.
func sameRule(a, b pricing.Rule) bool { return ruleText(a) == ruleText(b) }
