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
func (b *basket) drawCustomer() app.UI {
	if b.Card == "" && len(b.Coupons) == 0 {
		return app.Span().Hidden(true)
	}
	var chips []app.UI
	if b.Card != "" {
		name := b.Customer
		if name == "" {
			name = b.Lang.T(i18n.CustomerUnknown, "card", b.Card)
		}
		chips = append(chips, b.chip("card-off", "◉", name, b.Lang.T(i18n.CardRemove), b.removeCard))
	}
	for _, code := range b.Coupons {
		chips = append(chips, b.chip("coupon-off-"+code, "✂", code, b.Lang.T(i18n.CouponRemove, "code", code), func() { b.removeCoupon(code) }))
	}
	return app.Div().ID("customer").Class("shown-row").Body(chips...)
}

// chip is something on the receipt that a press takes off.
func (b *basket) chip(id, sign, text, hint string, off func()) app.UI {
	return app.Button().ID(id).Class("shown").Type("button").Title(hint).Aria("label", text+". "+hint).OnClick(func(ctx app.Context, _ app.Event) {
		b.Press(off)(ctx)
	}).Body(
		app.Span().Aria("hidden", true).Text(sign),
		app.Span().Class("shown-text").Text(text),
		app.Span().Class("shown-off").Aria("hidden", true).Text("×"),
	)
}

// removeCard takes the customer's card off, and the prices that come with it.
func (b *basket) removeCard() {
	b.Strip = kit.Strip{}
	kit.Order(b.Page, bridge.TillRemoveCard, bridge.Nothing{}, func(d bridge.Delta, e *errcode.Error) {
		if e != nil {
			b.Fail(e)
			return
		}
		b.changed(d)
		b.Say(ui.Busy, i18n.CardRemoved)
		b.repriced(d.Repriced)
	})
}

// removeCoupon takes a coupon back.
func (b *basket) removeCoupon(code string) {
	b.Strip = kit.Strip{}
	kit.Order(b.Page, bridge.TillRemoveCoupon, bridge.Coupon{Code: code}, func(d bridge.Delta, e *errcode.Error) {
		if e != nil {
			b.Fail(e)
			return
		}
		b.changed(d)
		b.Say(ui.Busy, i18n.CouponRemoved, "code", code)
	})
}

// repriced says what became of the prices because the customer is another.
func (b *basket) repriced(change *bridge.Repriced) {
	if change == nil {
		return
	}
	sum := b.Sum(change.Sum)
	if change.Sum > 0 {
		sum = "+" + sum
	}
	message, tone := i18n.RepricedBy, ui.Good
	if !change.Card || len(change.Lists) == 0 {
		message, tone = i18n.RepricedBack, ui.Busy
	}
	var names []string
	for _, name := range change.Lists {
		names = append(names, name.In(string(b.Lang)))
	}
	b.Say(tone, message, "n", change.Lines, "sum", sum, "names", strings.Join(names, ", "))
}
