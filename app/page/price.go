package page

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
)

// drawCustomer shows whose receipt it is and which coupons were shown; each can
// be taken off again.
func (r *register) drawCustomer() app.UI {
	b := &r.basket
	if b.Card == "" && len(b.Coupons) == 0 {
		return app.Span().Hidden(true)
	}
	var chips []app.UI
	if b.Card != "" {
		name := b.Customer
		if name == "" {
			name = r.lang.T(i18n.CustomerUnknown, "card", b.Card)
		}
		chips = append(chips, r.chip("card-off", "◉", name, r.lang.T(i18n.CardRemove), r.removeCard))
	}
	for _, code := range b.Coupons {
		chips = append(chips, r.chip("coupon-off-"+code, "✂", code, r.lang.T(i18n.CouponRemove, "code", code), func() { r.removeCoupon(code) }))
	}
	return app.Div().ID("customer").Class("shown-row").Body(chips...)
}

// chip is something on the receipt that a press takes off.
func (r *register) chip(id, sign, text, hint string, off func()) app.UI {
	return app.Button().ID(id).Class("shown").Type("button").Title(hint).Aria("label", text+". "+hint).OnClick(func(ctx app.Context, _ app.Event) {
		r.press(off)(ctx)
	}).Body(
		app.Span().Aria("hidden", true).Text(sign),
		app.Span().Class("shown-text").Text(text),
		app.Span().Class("shown-off").Aria("hidden", true).Text("×"),
	)
}

// removeCard takes the customer's card off, and the prices that come with it.
func (r *register) removeCard() {
	r.strip = strip{}
	order(r, bridge.TillRemoveCard, bridge.Nothing{}, func(d bridge.Delta, e *errcode.Error) {
		if e != nil {
			r.fail(e)
			return
		}
		r.changed(d)
		r.say(ui.Busy, i18n.CardRemoved)
		r.repriced(d.Repriced)
	})
}

// removeCoupon takes a coupon back.
func (r *register) removeCoupon(code string) {
	r.strip = strip{}
	order(r, bridge.TillRemoveCoupon, bridge.Coupon{Code: code}, func(d bridge.Delta, e *errcode.Error) {
		if e != nil {
			r.fail(e)
			return
		}
		r.changed(d)
		r.say(ui.Busy, i18n.CouponRemoved, "code", code)
	})
}

// repriced says what became of the prices because the customer is another.
func (r *register) repriced(change *bridge.Repriced) {
	if change == nil {
		return
	}
	sum := r.sum(change.Sum)
	if change.Sum > 0 {
		sum = "+" + sum
	}
	message, tone := i18n.RepricedBy, ui.Good
	if !change.Card || len(change.Lists) == 0 {
		message, tone = i18n.RepricedBack, ui.Busy
	}
	var names []string
	for _, name := range change.Lists {
		names = append(names, name.In(string(r.lang)))
	}
	r.say(tone, message, "n", change.Lines, "sum", sum, "names", strings.Join(names, ", "))
}

// priceSource is what a price comes from when it is not the shelf's.
func priceSource(line receipt.Line, sources []receipt.Source, lang i18n.Lang) string {
	if line.List == "" && line.Regulated == pricing.OnPack {
		return lang.T(i18n.PriceOnPack)
	}
	for _, s := range sources {
		if line.List != "" && s.List == line.List || line.List == "" && line.Regulated != "" && s.Regulation == line.Regulated {
			return s.Name.In(string(lang))
		}
	}
	return ""
}

// insteadOf tells the shelf's price where another one counts, "" where it does.
func insteadOf(line receipt.Line, lang i18n.Lang, currency money.Currency) string {
	if line.Price == line.Shelf() || line.LabelSum != 0 {
		return ""
	}
	return lang.T(i18n.InsteadOf, "sum", lang.Money(line.Shelf(), currency))
}

// whyPrices says which price lists and regulations there are for the line's goods.
func (r *register) whyPrices(w *bridge.Why) []app.UI {
	var body []app.UI
	for _, c := range w.Prices {
		sign, class := "○", "why-rule"
		if c.Why == pricing.WhyApplied {
			sign, class = "✓", "why-rule why-won"
		}
		body = append(body, app.Div().Class(class).DataSet("list", c.Name.In(string(r.lang))).Body(
			app.Span().Class("why-sign").Aria("hidden", true).Text(sign),
			app.Span().Class("why-text").Body(
				app.Span().Class("why-rule-name").Text(c.Name.In(string(r.lang))),
				app.Span().Class("why-reason").Text(r.priceReason(c)),
			),
		))
	}
	return body
}

// priceReason says in words what became of a price list, or what a regulation bounds.
func (r *register) priceReason(c bridge.PriceChoice) string {
	l, sum := r.lang, r.sum(c.Price)
	if c.Regulation {
		var parts []string
		if c.Min > 0 {
			parts = append(parts, l.T(i18n.WhyLawMin, "sum", r.sum(c.Min)))
		}
		if c.Max > 0 {
			parts = append(parts, l.T(i18n.WhyLawMax, "sum", r.sum(c.Max)))
		}
		if c.Fixed {
			parts = append(parts, l.T(i18n.WhyLawFixed))
		}
		return l.T(i18n.PriceRegulated) + ": " + strings.Join(parts, ", ")
	}
	switch c.Why {
	case pricing.WhyApplied:
		return l.T(i18n.WhyListApplied, "sum", sum)
	case pricing.WhyCustomer:
		return l.T(i18n.WhyListCustomer, "sum", sum)
	case pricing.WhyTime:
		return l.T(i18n.WhyListTime, "sum", sum)
	case pricing.WhyStore:
		return l.T(i18n.WhyListStore, "sum", sum)
	}
	if name := c.By.In(string(l)); name != "" {
		return l.T(i18n.WhyListLost, "sum", sum, "name", name)
	}
	return l.T(i18n.WhyListLostShelf, "sum", sum)
}

// offerText tells the customer what is nearly reached: one more and the third is
// free. The promotion's name follows, for the cashier.
func (r *register) offerText(p bridge.Prompt) string {
	l, off := r.lang, r.offText(p.Off)
	switch {
	case p.Kind == pricing.MultiRule && p.Get == 1:
		return l.T(i18n.OfferEvery, "n", int(p.Pieces), "nth", l.Nth(p.Of), "off", off)
	case p.Kind == pricing.MultiRule:
		return l.T(i18n.OfferSome, "n", int(p.Pieces), "get", p.Get, "of", p.Of, "off", off)
	case p.Kind == pricing.BundleRule:
		return l.T(i18n.OfferBundle, "n", int(p.Pieces), "off", off)
	case p.Kind == pricing.GiftRule && p.Sum > 0:
		return l.T(i18n.OfferGift, "sum", r.sum(money.Amount(p.Sum)))
	case p.Sum > 0:
		return l.T(i18n.OfferSum, "sum", r.sum(money.Amount(p.Sum)), "off", off)
	}
	return l.T(i18n.OfferPieces, "n", int(p.Pieces), "off", off)
}

// offText writes a discount: free, −30 %, −100 ₽, for 1 ₽.
func (r *register) offText(o pricing.Off) string {
	switch {
	case o.Price != nil && *o.Price > 0:
		return r.lang.T(i18n.OfferFor, "sum", r.sum(*o.Price))
	case o.Price != nil || o.BP >= 10000:
		return r.lang.T(i18n.OfferFree)
	case o.Amount > 0:
		return r.sum(-o.Amount)
	}
	return i18n.Minus + r.lang.Percent(o.BP)
}

// paperPrice says on paper which list a price is of, and what it would be without.
func (r *register) paperPrice(line receipt.Line, sources []receipt.Source) []app.UI {
	name := priceSource(line, sources, r.lang)
	if name == "" || line.List == "" { // what a law bounds is the cashier's to know
		return nil
	}
	text := name
	if line.Price < line.Shelf() {
		text += " · " + r.lang.T(i18n.PaperShelf, "sum", r.lang.Money(line.Shelf(), r.currency()))
	}
	return []app.UI{app.P().Class("paper-small").Text(text)}
}
