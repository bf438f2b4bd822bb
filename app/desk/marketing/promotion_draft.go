package marketing

import (
	"slices"
	"strconv"
	"strings"

	"tillsight/app/desk/ruleform"
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
	promoMarkdown  promotionKind = "markdown"  // % off goods with a markdown label
)

// promotionKinds in the order of the form.
var promotionKinds = []promotionKind{promoPercent, promoAmount, promoPrice, promoMulti, promoNth, promoCheapest, promoBundle, promoThreshold, promoGift, promoMarkdown}

// promotionDraft is a rule as the form has it: texts that a person types.
type promotionDraft struct {
	ID       string
	Version  int
	RU, EN   string
	Kind     promotionKind
	Value    string // per cent, or a sum
	Buy, Get string
	From     string      // sum from which a gift counts
	Steps    []stepDraft // thresholds
	Goods    ruleform.GoodsDraft
	Other    ruleform.GoodsDraft // the bundle's second part, or the gift
	Except   ruleform.GoodsDraft

	When     ruleform.WhenDraft
	Card     bool
	Groups   string
	Stores   []string
	Priority string
	Stack    bool
	Group    string

	Coupon   string // open code
	Serial   bool   // serial coupons instead
	Prefix   string
	Length   string // of a serial code
	Issued   string // how many of them
	Key      string // given by the server
	Limit    string // on a receipt
	LimitWho string // of a customer
	LimitAll string // of all customers
}

// stepDraft is a threshold on the receipt's sum.
type stepDraft struct {
	From, Value string
	Money       bool // the discount is a sum
}

// newPromotion is the draft that a person begins with.
func newPromotion(id, today string) promotionDraft {
	return promotionDraft{ID: id, Kind: promoPercent, Value: "10", Buy: "2", Get: "1", When: ruleform.WhenDraft{Start: today},
		Length: "14", Steps: []stepDraft{{From: "1000", Value: "5"}}}
}

// rule makes the rule of the draft. What is missing or wrong is found by the
// rule's own check.
func (p *promotionDraft) rule(c money.Currency) pricing.Rule {
	r := pricing.Rule{
		ID: p.ID, Version: p.Version, Name: catalogue.Text{RU: strings.TrimSpace(p.RU), EN: strings.TrimSpace(p.EN)},
		Priority: ruleform.Optional(p.Priority), Stack: p.Stack, Group: strings.TrimSpace(p.Group),
		When: p.When.When(), Stores: slices.Clone(p.Stores),
		Who: pricing.Who{Card: p.Card, Groups: ruleform.List(p.Groups)}, Coupon: p.coupon(),
		Limit: ruleform.Optional(p.Limit), LimitCustomer: ruleform.Optional(p.LimitWho), LimitTotal: ruleform.Optional(p.LimitAll),
	}
	p.work(&r, c)
	goods := &r.Goods
	if r.Kind == pricing.BundleRule {
		goods = &r.Parts[0].Goods
	}
	if !p.Except.Empty() {
		except := p.Except.Goods()
		goods.Not = &except
	}
	return r
}

// coupon is what the rule waits for.
func (p *promotionDraft) coupon() pricing.Coupon {
	if !p.Serial {
		return pricing.Coupon{Code: strings.TrimSpace(p.Coupon)}
	}
	return pricing.Coupon{Prefix: strings.TrimSpace(p.Prefix), Length: ruleform.Count(p.Length), Issued: ruleform.Optional(p.Issued), Key: p.Key}
}

// work fills in what the kind does.
func (p *promotionDraft) work(r *pricing.Rule, c money.Currency) {
	goods := p.Goods.Goods()
	share := pricing.Off{BP: ruleform.PercentOf(p.Value)}
	r.Kind, r.Goods = pricing.LineRule, goods
	switch p.Kind {
	case promoPercent:
		r.Off = share
	case promoMarkdown:
		r.Off, r.Goods = share, pricing.Goods{Marks: ruleform.List(p.Goods.Marks)}
	case promoAmount:
		r.Off.Amount = ruleform.AmountOf(p.Value, c)
	case promoPrice:
		price := ruleform.AmountOf(p.Value, c)
		r.Off.Price = &price
	case promoMulti:
		r.Kind, r.Buy, r.Get = pricing.MultiRule, ruleform.Count(p.Buy), ruleform.Count(p.Get)
	case promoNth:
		r.Kind, r.Buy, r.Get, r.Off = pricing.MultiRule, ruleform.Count(p.Buy)-1, 1, share
	case promoCheapest:
		r.Kind, r.Buy, r.Get = pricing.MultiRule, ruleform.Count(p.Buy)-1, 1
	case promoBundle:
		r.Kind, r.Goods, r.Off = pricing.BundleRule, pricing.Goods{}, share
		r.Parts = []pricing.Part{{Goods: goods, Count: 1}, {Goods: p.Other.Goods(), Count: 1}}
	case promoThreshold:
		r.Kind = pricing.ReceiptRule
		for _, step := range p.Steps {
			made := pricing.Step{From: ruleform.AmountOf(step.From, c), Off: pricing.Off{BP: ruleform.PercentOf(step.Value)}}
			if step.Money {
				made.Off = pricing.Off{Amount: ruleform.AmountOf(step.Value, c)}
			}
			r.Steps = append(r.Steps, made)
		}
	case promoGift:
		r.Kind, r.From, r.Gift, r.Count = pricing.GiftRule, ruleform.AmountOf(p.From, c), p.Other.Goods(), 1
	}
}

func optionalText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// draftOf reads a rule into the form; false when the form can't show all of it.
func draftOf(r pricing.Rule, c money.Currency) (promotionDraft, bool) {
	p := promotionDraft{
		ID: r.ID, Version: r.Version, RU: r.Name.RU, EN: r.Name.EN, Priority: optionalText(r.Priority), Stack: r.Stack, Group: r.Group,
		When: ruleform.WhenDraftOf(r.When), Stores: slices.Clone(r.Stores), Card: r.Who.Card, Groups: strings.Join(r.Who.Groups, ", "),
		Coupon: r.Coupon.Code, Serial: r.Coupon.Prefix != "", Prefix: r.Coupon.Prefix, Length: "14", Issued: optionalText(r.Coupon.Issued), Key: r.Coupon.Key,
		Limit: optionalText(r.Limit), LimitWho: optionalText(r.LimitCustomer), LimitAll: optionalText(r.LimitTotal), Buy: "2", Get: "1",
	}
	if r.Coupon.Length > 0 {
		p.Length = strconv.Itoa(r.Coupon.Length)
	}
	goods := r.Goods
	if len(r.Parts) == 2 {
		goods = r.Parts[0].Goods
		p.Other = ruleform.GoodsDraftOf(r.Parts[1].Goods)
	}
	p.Goods = ruleform.GoodsDraftOf(goods)
	if goods.Not != nil {
		p.Except = ruleform.GoodsDraftOf(*goods.Not)
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
		if len(r.Goods.Marks) > 0 && len(r.Goods.Categories)+len(r.Goods.SKUs) == 0 {
			p.Kind = promoMarkdown
		}
	case pricing.MultiRule:
		p.Kind, p.Buy, p.Get = promoMulti, strconv.Itoa(r.Buy), strconv.Itoa(r.Get)
		if off.BP != 0 {
			p.Kind, p.Buy = promoNth, strconv.Itoa(r.Buy+1)
		}
	case pricing.BundleRule:
		p.Kind = promoBundle
	case pricing.ReceiptRule:
		p.Kind = promoThreshold
		for _, step := range r.Steps {
			draft := stepDraft{From: ruleform.FigureText(int64(step.From)), Value: ruleform.FigureText(step.Off.BP)}
			if step.Off.Amount != 0 {
				draft.Value, draft.Money = ruleform.FigureText(int64(step.Off.Amount)), true
			}
			p.Steps = append(p.Steps, draft)
		}
	case pricing.GiftRule:
		p.Kind, p.From = promoGift, ruleform.FigureText(int64(r.From))
		p.Other = ruleform.GoodsDraftOf(r.Gift)
	}
	switch {
	case off.BP != 0:
		p.Value = ruleform.FigureText(off.BP)
	case off.Amount != 0:
		p.Value = ruleform.FigureText(int64(off.Amount))
		if r.Kind == pricing.LineRule {
			p.Kind = promoAmount
		}
	case off.Price != nil:
		p.Value = ruleform.FigureText(int64(*off.Price))
		if r.Kind == pricing.LineRule {
			p.Kind = promoPrice
		}
	}
}

// sameRule compares rules by their texts: empty and absent lists are the same.
func sameRule(a, b pricing.Rule) bool { return ruleText(a) == ruleText(b) }
