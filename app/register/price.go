package register

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
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
			name = r.Lang.T(i18n.CustomerUnknown, "card", b.Card)
		}
		chips = append(chips, r.chip("card-off", "◉", name, r.Lang.T(i18n.CardRemove), r.removeCard))
	}
	for _, code := range b.Coupons {
		chips = append(chips, r.chip("coupon-off-"+code, "✂", code, r.Lang.T(i18n.CouponRemove, "code", code), func() { r.removeCoupon(code) }))
	}
	return app.Div().ID("customer").Class("shown-row").Body(chips...)
}

// chip is something on the receipt that a press takes off.
func (r *register) chip(id, sign, text, hint string, off func()) app.UI {
	return app.Button().ID(id).Class("shown").Type("button").Title(hint).Aria("label", text+". "+hint).OnClick(func(ctx app.Context, _ app.Event) {
		r.Press(off)(ctx)
	}).Body(
		app.Span().Aria("hidden", true).Text(sign),
		app.Span().Class("shown-text").Text(text),
		app.Span().Class("shown-off").Aria("hidden", true).Text("×"),
	)
}

// removeCard takes the customer's card off, and the prices that come with it.
func (r *register) removeCard() {
	r.Strip = kit.Strip{}
	kit.Order(r.Page, bridge.TillRemoveCard, bridge.Nothing{}, func(d bridge.Delta, e *errcode.Error) {
		if e != nil {
			r.Fail(e)
			return
		}
		r.changed(d)
		r.Say(ui.Busy, i18n.CardRemoved)
		r.repriced(d.Repriced)
	})
}

// removeCoupon takes a coupon back.
func (r *register) removeCoupon(code string) {
	r.Strip = kit.Strip{}
	kit.Order(r.Page, bridge.TillRemoveCoupon, bridge.Coupon{Code: code}, func(d bridge.Delta, e *errcode.Error) {
		if e != nil {
			r.Fail(e)
			return
		}
		r.changed(d)
		r.Say(ui.Busy, i18n.CouponRemoved, "code", code)
	})
}

// repriced says what became of the prices because the customer is another.
func (r *register) repriced(change *bridge.Repriced) {
	if change == nil {
		return
	}
	sum := r.Sum(change.Sum)
	if change.Sum > 0 {
		sum = "+" + sum
	}
	message, tone := i18n.RepricedBy, ui.Good
	if !change.Card || len(change.Lists) == 0 {
		message, tone = i18n.RepricedBack, ui.Busy
	}
	var names []string
	for _, name := range change.Lists {
		names = append(names, name.In(string(r.Lang)))
	}
	r.Say(tone, message, "n", change.Lines, "sum", sum, "names", strings.Join(names, ", "))
}
