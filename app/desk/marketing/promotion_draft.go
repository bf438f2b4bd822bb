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
var promotionKinds = []promotionKind{promoPercent, promoAmount, promoPrice, promoMulti, promoNth, promoCheapest,
	promoBundle, promoThreshold, promoGift, promoMarkdown}

// promotionDraft is a rule as the form has it: texts that a person types.
type promotionDraft struct {
	ID      string
	Version int
	RU, EN  string

	Does   doesDraft
	Goods  ruleform.GoodsDraft
	Other  ruleform.GoodsDraft // the bundle's second part, or the gift
	Except ruleform.GoodsDraft

	When   ruleform.WhenDraft
	Who    whoDraft
	Stores []string
	Coupon couponDraft
	Rank   rankDraft
	Limits limitsDraft
}

// doesDraft is what a promotion does.
type doesDraft struct {
	Kind     promotionKind
	Value    string // per cent, or a sum
	Buy, Get string
	From     string      // sum from which a gift counts
	Steps    []stepDraft // thresholds
}

// stepDraft is a threshold on the receipt's sum.
type stepDraft struct {
	From, Value string
	Money       bool // the discount is a sum
}

// whoDraft is the customers that a promotion is for.
type whoDraft struct {
	Card   bool // only with a card
	Groups string
}

// rankDraft is how a promotion stands among others.
type rankDraft struct {
	Priority string
	Stack    bool
	Group    string
}

// couponDraft is the code that opens a promotion.
type couponDraft struct {
	Code   string // that everybody has
	Serial bool   // serial coupons instead
	Prefix string
	Length string // of a serial code
	Issued string // how many of them
	Key    string // given by the server
}

// limitsDraft is how often a promotion counts.
type limitsDraft struct {
	Receipt, Customer, All string
}

// newPromotion is the draft that a person begins with.
func newPromotion(id, today string) promotionDraft {
	return promotionDraft{ID: id, When: ruleform.WhenDraft{Start: today}, Coupon: couponDraft{Length: "14"},
		Does: doesDraft{Kind: promoPercent, Value: "10", Buy: "2", Get: "1", Steps: []stepDraft{{From: "1000", Value: "5"}}}}
}

// setKind changes the kind and fills in what it usually goes with.
func (p *promotionDraft) setKind(kind promotionKind) {
	does := &p.Does
	does.Kind = kind
	switch kind {
	case promoNth:
		does.Buy, does.Value = "2", "50"
	case promoCheapest:
		does.Buy = "3"
	case promoMulti:
		does.Buy, does.Get = "2", "1"
	case promoMarkdown:
		does.Value, p.Goods = "30", ruleform.GoodsDraft{Marks: "30"}
		if p.Rank.Priority == "" {
			p.Rank.Priority = "100"
		}
	case promoThreshold:
		if len(does.Steps) == 0 {
			does.Steps = []stepDraft{{From: "1000", Value: "5"}}
		}
	case promoGift:
		if does.From == "" {
			does.From = "1000"
		}
	}
}

// rule makes the rule of the draft. What is missing or wrong is found by the
// rule's own check.
func (p *promotionDraft) rule(c money.Currency) pricing.Rule {
	r := pricing.Rule{
		ID: p.ID, Version: p.Version, Name: catalogue.Text{RU: strings.TrimSpace(p.RU), EN: strings.TrimSpace(p.EN)},
		Priority: ruleform.Optional(p.Rank.Priority), Stack: p.Rank.Stack, Group: strings.TrimSpace(p.Rank.Group),
		When: p.When.When(), Stores: slices.Clone(p.Stores),
		Who: pricing.Who{Card: p.Who.Card, Groups: ruleform.List(p.Who.Groups)}, Coupon: p.Coupon.coupon(),
		Limit: ruleform.Optional(p.Limits.Receipt), LimitCustomer: ruleform.Optional(p.Limits.Customer),
		LimitTotal: ruleform.Optional(p.Limits.All),
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
func (k *couponDraft) coupon() pricing.Coupon {
	if !k.Serial {
		return pricing.Coupon{Code: strings.TrimSpace(k.Code)}
	}
	return pricing.Coupon{Prefix: strings.TrimSpace(k.Prefix), Length: ruleform.Count(k.Length), Issued: ruleform.Optional(k.Issued),
		Key: k.Key}
}

// couponDraftOf reads a coupon into the form.
func couponDraftOf(k pricing.Coupon) couponDraft {
	draft := couponDraft{Code: k.Code, Serial: k.Prefix != "", Prefix: k.Prefix, Length: "14", Issued: optionalText(k.Issued), Key: k.Key}
	if k.Length > 0 {
		draft.Length = strconv.Itoa(k.Length)
	}
	return draft
}

// work fills in what the kind does.
func (p *promotionDraft) work(r *pricing.Rule, c money.Currency) {
	does, goods := &p.Does, p.Goods.Goods()
	share := pricing.Off{BP: ruleform.PercentOf(does.Value)}
	buy := ruleform.Count(does.Buy)
	r.Kind, r.Goods = pricing.LineRule, goods
	switch does.Kind {
	case promoPercent:
		r.Off = share
	case promoMarkdown:
		r.Off, r.Goods = share, pricing.Goods{Marks: ruleform.List(p.Goods.Marks)}
	case promoAmount:
		r.Off.Amount = ruleform.AmountOf(does.Value, c)
	case promoPrice:
		price := ruleform.AmountOf(does.Value, c)
		r.Off.Price = &price
	case promoMulti:
		r.Kind, r.Buy, r.Get = pricing.MultiRule, buy, ruleform.Count(does.Get)
	case promoNth:
		r.Kind, r.Buy, r.Get = pricing.MultiRule, buy-1, 1
		r.Off = share
	case promoCheapest:
		r.Kind, r.Buy, r.Get = pricing.MultiRule, buy-1, 1
	case promoBundle:
		r.Kind, r.Goods, r.Off = pricing.BundleRule, pricing.Goods{}, share
		r.Parts = []pricing.Part{{Goods: goods, Count: 1}, {Goods: p.Other.Goods(), Count: 1}}
	case promoThreshold:
		r.Kind = pricing.ReceiptRule
		for _, step := range does.Steps {
			r.Steps = append(r.Steps, step.step(c))
		}
	case promoGift:
		r.Kind, r.From = pricing.GiftRule, ruleform.AmountOf(does.From, c)
		r.Gift, r.Count = p.Other.Goods(), 1
	}
}

// step is the threshold of the draft.
func (s stepDraft) step(c money.Currency) pricing.Step {
	step := pricing.Step{From: ruleform.AmountOf(s.From, c)}
	if s.Money {
		step.Off.Amount = ruleform.AmountOf(s.Value, c)
	} else {
		step.Off.BP = ruleform.PercentOf(s.Value)
	}
	return step
}

// stepDraftOf reads a threshold into the form.
func stepDraftOf(step pricing.Step, c money.Currency) stepDraft {
	draft := stepDraft{From: ruleform.AmountText(step.From, c), Value: ruleform.PercentText(step.Off.BP)}
	if step.Off.Amount != 0 {
		draft.Value, draft.Money = ruleform.AmountText(step.Off.Amount, c), true
	}
	return draft
}

// optionalText writes a number of a field that may be empty, nothing for none.
func optionalText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// draftOf reads a rule into the form; false when the form can't show all of it.
func draftOf(r pricing.Rule, c money.Currency) (promotionDraft, bool) {
	p := promotionDraft{
		ID: r.ID, Version: r.Version, RU: r.Name.RU, EN: r.Name.EN,
		When: ruleform.WhenDraftOf(r.When), Who: whoDraft{Card: r.Who.Card, Groups: strings.Join(r.Who.Groups, ", ")},
		Stores: slices.Clone(r.Stores), Coupon: couponDraftOf(r.Coupon),
		Rank:   rankDraft{Priority: optionalText(r.Priority), Stack: r.Stack, Group: r.Group},
		Limits: limitsDraft{Receipt: optionalText(r.Limit), Customer: optionalText(r.LimitCustomer), All: optionalText(r.LimitTotal)},
		Does:   doesDraft{Buy: "2", Get: "1"},
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
	p.read(r, c)
	return p, sameRule(p.rule(c), r)
}

// read finds the kind of a rule and what it takes off.
func (p *promotionDraft) read(r pricing.Rule, c money.Currency) {
	does, off := &p.Does, r.Off
	switch r.Kind {
	case pricing.LineRule:
		does.Kind = lineKind(r)
	case pricing.MultiRule:
		does.Kind, does.Buy, does.Get = promoMulti, strconv.Itoa(r.Buy), strconv.Itoa(r.Get)
		if off.BP != 0 {
			does.Kind, does.Buy = promoNth, strconv.Itoa(r.Buy+1)
		}
	case pricing.BundleRule:
		does.Kind = promoBundle
	case pricing.ReceiptRule:
		does.Kind = promoThreshold
		for _, step := range r.Steps {
			does.Steps = append(does.Steps, stepDraftOf(step, c))
		}
	case pricing.GiftRule:
		does.Kind, does.From = promoGift, ruleform.AmountText(r.From, c)
		p.Other = ruleform.GoodsDraftOf(r.Gift)
	}
	switch {
	case off.BP != 0:
		does.Value = ruleform.PercentText(off.BP)
	case off.Amount != 0:
		does.Value = ruleform.AmountText(off.Amount, c)
	case off.Price != nil:
		does.Value = ruleform.AmountText(*off.Price, c)
	}
}

// lineKind is the kind of a rule about single lines.
func lineKind(r pricing.Rule) promotionKind {
	marked := len(r.Goods.Marks) > 0 && len(r.Goods.Categories)+len(r.Goods.SKUs) == 0
	switch {
	case r.Off.BP != 0 && marked:
		return promoMarkdown
	case r.Off.BP != 0:
		return promoPercent
	case r.Off.Amount != 0:
		return promoAmount
	case r.Off.Price != nil:
		return promoPrice
	case marked:
		return promoMarkdown
	}
	return promoPercent
}

// sameRule compares rules by their texts: empty and absent lists are the same.
func sameRule(a, b pricing.Rule) bool { return ruleText(a) == ruleText(b) }
