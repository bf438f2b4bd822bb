package register

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/receipt"
)

// drawAge asks for the customer's age, between the lines and the total: scanning
// goes on meanwhile, only paying waits for the answer.
func (b *basket) drawAge() app.UI {
	years := b.Age
	if years == 0 {
		return app.Span().Hidden(true)
	}
	l := b.Lang
	return app.Div().ID("age").Class("agebar").Role("status").Body(
		app.Span().Class("agebar-sign").Aria("hidden", true).Text(strconv.Itoa(years)+"+"),
		app.Span().Class("agebar-text").Body(
			app.Span().Class("agebar-ask").Text(l.T(i18n.AgeAsk, "years", years)),
			app.Span().Class("agebar-born").Text(l.T(i18n.AgeBorn, "date", l.Date(b.Born))),
		),
		&ui.Button{ID: "age-no", Label: l.T(i18n.AgeNo), Key: "⇧F4", Class: "agebar-no", OnPress: b.Press(b.tooYoung)},
		&ui.Button{ID: "age-yes", Label: l.T(i18n.AgeYes, "years", years), Key: "⇧F3", Kind: ui.Primary, OnPress: b.Press(b.oldEnough)},
	)
}

// oldEnough says that the cashier made sure of the age that is asked for.
func (b *basket) oldEnough() {
	years := b.Age
	if years == 0 {
		b.Say(ui.Warn, i18n.AgeNothing)
		return
	}
	kit.Order(b.Page, bridge.TillConfirmAge, bridge.ConfirmAge{Years: years}, func(d bridge.Delta, e *errcode.Error) {
		if e != nil {
			b.Fail(e)
			b.r.refresh()
			return
		}
		b.changed(d)
		b.Say(ui.Good, i18n.AgeDone, "years", years)
	})
}

// tooYoung takes off what the customer is too young for.
func (b *basket) tooYoung() {
	if b.Age == 0 {
		b.Say(ui.Warn, i18n.AgeNothing)
		return
	}
	b.refuse(receipt.VoidUnderAge)
}

// refuse takes lines off that may not be sold, for one reason.
func (b *basket) refuse(reason receipt.VoidReason) {
	kit.Order(b.Page, bridge.TillRefuse, bridge.Refuse{Reason: reason}, func(d bridge.Delta, e *errcode.Error) {
		if e != nil {
			b.Fail(e)
			return
		}
		before := b.Count
		b.changed(d)
		b.r.pay.fault, b.r.pay.note = nil, ""
		if b.r.screen == screenPay && b.Count == 0 {
			b.r.screen = screenSell
		}
		if reason == receipt.VoidUnderAge {
			b.Say(ui.Warn, i18n.AgeRefused, "n", before-b.Count)
		}
	})
}

// hint shows what the cashier is to know of the goods just scanned.
func (b *basket) hint(e *errcode.Error) {
	if e != nil {
		b.Strip = kit.Strip{Tone: ui.Warn, Text: b.Lang.ErrorIn(e, b.Currency())}
	}
}
