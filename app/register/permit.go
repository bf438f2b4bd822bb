package register

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
)

// drawAge asks for the customer's age, between the lines and the total: scanning
// goes on meanwhile, only paying waits for the answer.
func (r *register) drawAge() app.UI {
	years := r.basket.Age
	if years == 0 {
		return app.Span().Hidden(true)
	}
	l := r.Lang
	return app.Div().ID("age").Class("agebar").Role("status").Body(
		app.Span().Class("agebar-sign").Aria("hidden", true).Text(strconv.Itoa(years)+"+"),
		app.Span().Class("agebar-text").Body(
			app.Span().Class("agebar-ask").Text(l.T(i18n.AgeAsk, "years", years)),
			app.Span().Class("agebar-born").Text(l.T(i18n.AgeBorn, "date", l.Date(r.basket.Born))),
		),
		&ui.Button{ID: "age-no", Label: l.T(i18n.AgeNo), Key: "⇧F4", Class: "agebar-no", OnPress: r.Press(r.tooYoung)},
		&ui.Button{ID: "age-yes", Label: l.T(i18n.AgeYes, "years", years), Key: "⇧F3", Kind: ui.Primary, OnPress: r.Press(r.oldEnough)},
	)
}

// oldEnough says that the cashier made sure of the age that is asked for.
func (r *register) oldEnough() {
	years := r.basket.Age
	if years == 0 {
		r.Say(ui.Warn, i18n.AgeNothing)
		return
	}
	kit.Order(r.Page, bridge.TillConfirmAge, bridge.ConfirmAge{Years: years}, func(d bridge.Delta, e *errcode.Error) {
		if e != nil {
			r.Fail(e)
			r.refresh()
			return
		}
		r.changed(d)
		r.Say(ui.Good, i18n.AgeDone, "years", years)
	})
}

// tooYoung takes off what the customer is too young for.
func (r *register) tooYoung() {
	if r.basket.Age == 0 {
		r.Say(ui.Warn, i18n.AgeNothing)
		return
	}
	r.refuse(receipt.VoidUnderAge)
}

// refuse takes lines off that may not be sold, for one reason.
func (r *register) refuse(reason receipt.VoidReason) {
	kit.Order(r.Page, bridge.TillRefuse, bridge.Refuse{Reason: reason}, func(d bridge.Delta, e *errcode.Error) {
		if e != nil {
			r.Fail(e)
			return
		}
		before := r.basket.Count
		r.changed(d)
		r.pay.fault, r.pay.note = nil, ""
		if r.screen == screenPay && r.basket.Count == 0 {
			r.screen = screenSell
		}
		if reason == receipt.VoidUnderAge {
			r.Say(ui.Warn, i18n.AgeRefused, "n", before-r.basket.Count)
		}
	})
}

// askMayPay shows on the payment screen what may not be sold at this hour, before
// the customer gives money.
func (r *register) askMayPay() {
	id := r.basket.ID
	kit.Order(r.Page, bridge.TillMayPay, bridge.Nothing{}, func(_ bridge.Delta, e *errcode.Error) {
		if e != nil && r.screen == screenPay && r.pay.id == id {
			r.pay.fault = e
			r.Sound(false)
		}
	})
}

// takeOffBanned is the way out of a ban at payment.
func (r *register) takeOffBanned() app.UI {
	if r.pay.fault == nil {
		return app.Span().Hidden(true)
	}
	reason := receipt.VoidBanned
	switch r.pay.fault.Code {
	case errcode.SaleBanNow, errcode.SaleBanned:
	case errcode.Expired:
		reason = receipt.VoidExpired
	default:
		return app.Span().Hidden(true)
	}
	return &ui.Button{ID: "ban-off", Label: r.Lang.T(i18n.BanTakeOff), Kind: ui.Primary, OnPress: r.Press(func() { r.refuse(reason) })}
}

// hint shows what the cashier is to know of the goods just scanned.
func (r *register) hint(e *errcode.Error) {
	if e != nil {
		r.Strip = kit.Strip{Tone: ui.Warn, Text: r.Lang.ErrorIn(e, r.Currency())}
	}
}

// weigh asks for the weight of goods that were scanned without one.
func (r *register) weigh(e *errcode.Error) {
	p := bridge.Product{Product: catalogue.Product{
		SKU: catalogue.SKU(e.Data["sku"]), Name: catalogue.Text{RU: e.Data["name"], EN: e.Data["name.en"]}, Unit: quantity.Unit(e.Data["unit"]),
	}}
	r.wantWeight(p)
}

// groupings are the choices of a till, nil being the chain's way.
var groupings = []struct {
	id    string
	label *i18n.Message
	way   *receipt.Grouping
}{
	{"chain", i18n.GroupChain, nil},
	{"any", i18n.GroupAll, grouping(receipt.GroupAny)},
	{"row", i18n.GroupRow, grouping(receipt.GroupConsecutive)},
	{"none", i18n.GroupOff, grouping(receipt.GroupNone)},
}

func grouping(g receipt.Grouping) *receipt.Grouping { return &g }

// drawGrouping lets this till group equal goods otherwise than the chain.
func (r *register) drawGrouping() app.UI {
	var choices []app.UI
	for _, g := range groupings {
		on := r.Prefs.Grouping == nil && g.way == nil || r.Prefs.Grouping != nil && g.way != nil && *r.Prefs.Grouping == *g.way
		choices = append(choices, r.Choice("grouping-"+g.id, r.Lang.T(g.label), on, func() {
			r.Prefs.Grouping = g.way
			prefs.Save(r.Ctx, r.Prefs)
		}))
	}
	return group(r.Lang.T(i18n.GroupEqual), choices...)
}
