package page

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/prefs"
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
	l := r.lang
	return app.Div().ID("age").Class("agebar").Role("status").Body(
		app.Span().Class("agebar-sign").Aria("hidden", true).Text(strconv.Itoa(years)+"+"),
		app.Span().Class("agebar-text").Body(
			app.Span().Class("agebar-ask").Text(l.T(i18n.AgeAsk, "years", years)),
			app.Span().Class("agebar-born").Text(l.T(i18n.AgeBorn, "date", l.Date(r.basket.Born))),
		),
		&ui.Button{ID: "age-no", Label: l.T(i18n.AgeNo), Key: "⇧F4", Class: "agebar-no", OnPress: r.press(r.tooYoung)},
		&ui.Button{ID: "age-yes", Label: l.T(i18n.AgeYes, "years", years), Key: "⇧F3", Kind: ui.Primary, OnPress: r.press(r.oldEnough)},
	)
}

// oldEnough says that the cashier made sure of the age that is asked for.
func (r *register) oldEnough() {
	years := r.basket.Age
	if years == 0 {
		r.say(ui.Warn, i18n.AgeNothing)
		return
	}
	order(r, bridge.TillConfirmAge, bridge.ConfirmAge{Years: years}, func(d bridge.Delta, e *errcode.Error) {
		if e != nil {
			r.fail(e)
			r.refresh()
			return
		}
		r.changed(d)
		r.say(ui.Good, i18n.AgeDone, "years", years)
	})
}

// tooYoung takes off what the customer is too young for.
func (r *register) tooYoung() {
	if r.basket.Age == 0 {
		r.say(ui.Warn, i18n.AgeNothing)
		return
	}
	r.refuse(receipt.VoidUnderAge)
}

// refuse takes lines off that may not be sold, for one reason.
func (r *register) refuse(reason receipt.VoidReason) {
	order(r, bridge.TillRefuse, bridge.Refuse{Reason: reason}, func(d bridge.Delta, e *errcode.Error) {
		if e != nil {
			r.fail(e)
			return
		}
		before := r.basket.Count
		r.changed(d)
		r.pay.fault, r.pay.note = nil, ""
		if r.screen == screenPay && r.basket.Count == 0 {
			r.screen = screenSell
		}
		if reason == receipt.VoidUnderAge {
			r.say(ui.Warn, i18n.AgeRefused, "n", before-r.basket.Count)
		}
	})
}

// askMayPay shows on the payment screen what may not be sold at this hour, before
// the customer gives money.
func (r *register) askMayPay() {
	id := r.basket.ID
	order(r, bridge.TillMayPay, bridge.Nothing{}, func(_ bridge.Delta, e *errcode.Error) {
		if e != nil && r.screen == screenPay && r.pay.id == id {
			r.pay.fault = e
			r.sound(false)
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
	return &ui.Button{ID: "ban-off", Label: r.lang.T(i18n.BanTakeOff), Kind: ui.Primary, OnPress: r.press(func() { r.refuse(reason) })}
}

// hint shows what the cashier is to know of the goods just scanned.
func (r *register) hint(e *errcode.Error) {
	if e != nil {
		r.strip = strip{Tone: ui.Warn, Text: r.lang.ErrorIn(e, r.currency())}
	}
}

// weigh asks for the weight of goods that were scanned without one.
func (r *register) weigh(e *errcode.Error) {
	p := bridge.Product{Product: catalogue.Product{
		SKU: catalogue.SKU(e.Data["sku"]), Name: catalogue.Text{RU: e.Data["name"], EN: e.Data["name.en"]}, Unit: quantity.Unit(e.Data["unit"]),
	}}
	r.wantWeight(p)
}

// leftText says what is left of a product, "" when nobody counts it.
func (r *register) leftText(p bridge.Product) string {
	switch {
	case !p.Counted:
		return ""
	case p.Left <= 0:
		return r.lang.T(i18n.LeftNone)
	}
	amount := r.lang.Quantity(p.Left, p.Unit) + "\u00a0" + r.lang.Unit(p.Unit)
	return r.lang.T(i18n.LeftAbout, "amount", amount)
}

// lineFacts are what a line says about its package, its age and its parts.
func lineFacts(line receipt.Line, lang i18n.Lang) []string {
	var facts []string
	if line.MinAge > 0 {
		facts = append(facts, lang.T(i18n.LineAge, "years", line.MinAge))
	}
	if line.Expires != "" {
		facts = append(facts, lang.T(i18n.LineUseBy, "date", lang.Date(line.Expires)))
	} else if line.Best != "" {
		facts = append(facts, lang.T(i18n.LineBest, "date", lang.Date(line.Best)))
	}
	if line.Batch != "" {
		facts = append(facts, lang.T(i18n.LineBatch, "batch", line.Batch))
	}
	if n := len(line.Parts); n > 0 {
		facts = append(facts, lang.T(i18n.LineKit, "n", n))
	}
	return facts
}

// voidText says why a line is struck through.
func voidText(reason receipt.VoidReason, lang i18n.Lang) string {
	switch reason {
	case receipt.VoidUnderAge:
		return lang.T(i18n.VoidedAge)
	case receipt.VoidBanned:
		return lang.T(i18n.VoidedBan)
	case receipt.VoidExpired:
		return lang.T(i18n.VoidedOld)
	}
	return lang.T(i18n.Voided)
}

// partsText lists what a kit is made of, for the printed receipt.
func partsText(line receipt.Line, lang i18n.Lang) string {
	var parts []string
	for _, p := range line.Parts {
		text := p.Name.In(string(lang))
		if p.Quantity != quantity.One {
			text += " × " + lang.Quantity(p.Quantity, quantity.Kilogram)
		}
		parts = append(parts, text)
	}
	return lang.T(i18n.PaperKit, "parts", strings.Join(parts, ", "))
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
		on := r.prefs.Grouping == nil && g.way == nil || r.prefs.Grouping != nil && g.way != nil && *r.prefs.Grouping == *g.way
		choices = append(choices, r.choice("grouping-"+g.id, r.lang.T(g.label), on, func() {
			r.prefs.Grouping = g.way
			prefs.Save(r.ctx, r.prefs)
		}))
	}
	return group(r.lang.T(i18n.GroupEqual), choices...)
}
