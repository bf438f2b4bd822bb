package page

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/money"
)

func (r *register) drawPay() app.UI {
	l := r.lang
	return app.Section().ID("payment").Class("payment").Body(
		app.Div().Class("pay-due").Body(
			app.Div().Class("pay-head").Body(
				&ui.Button{ID: "pay-back", Label: l.T(i18n.PayBack), Key: "Esc", Kind: ui.Quiet, OnPress: r.press(r.escape)},
				app.Span().Class("pay-number").Text(l.T(i18n.ReceiptNo, "number", r.basket.Number)+" · "+l.T(i18n.Positions, "n", r.basket.Count)),
			),
			app.Div().Class("pay-sum").Body(
				app.H1().Class("pay-label").Text(r.dueLabel()),
				app.Output().ID("due").Class("pay-total").Text(r.sum(r.left())),
				app.Span().Class("pay-taken").Text(r.takenText()),
				app.If(r.taken() > 0, func() app.UI {
					return &ui.Button{ID: "card-back", Label: r.lang.T(i18n.PayCardBack), Kind: ui.Quiet, Disabled: r.pay.busy,
						OnPress: r.press(func() { r.takeCard(0) })}
				}),
			),
			app.Div().Class("pay-problem").ID("pay-problem").Aria("live", "polite").Body(r.payProblem(), r.takeOffBanned()),
			app.P().Class("pay-mixed").Text(l.T(i18n.PayMixed)),
		),
		app.Div().Class("pay-ways").Body(
			app.Div().Class("pay-typed").Body(
				app.Span().Class("pay-typed-label").Text(l.T(i18n.PaySum)),
				app.Output().ID("typed").Class("pay-typed-sum").Text(r.typedText()),
			),
			app.Div().Class("pay-notes").Body(r.payNotes()...),
			&ui.Keypad{Left: r.decimalSign(), Delete: l.T(i18n.Backspace), OnPress: func(_ app.Context, key string) { r.rev++; r.keypad(key) }},
			app.Div().Class("pay-buttons").Body(
				&ui.Button{ID: "pay-card", Label: l.T(i18n.PayCard), Note: l.T(i18n.PayCardHow), Key: "F11", Class: "tender", Disabled: r.pay.busy, OnPress: r.press(r.payCard)},
				&ui.Button{ID: "pay-cash", Label: l.T(i18n.PayCash), Note: r.cashNote(), Key: "F12", Kind: ui.Primary, Class: "tender", Disabled: r.pay.busy, OnPress: r.press(r.payCash)},
			),
		),
	)
}

func (r *register) dueLabel() string {
	if r.taken() > 0 {
		return r.lang.T(i18n.PayLeft)
	}
	return r.lang.T(i18n.PayTitle)
}

func (r *register) takenText() string {
	if r.taken() == 0 {
		return ""
	}
	return r.lang.T(i18n.PayTaken) + " " + r.sum(r.taken())
}

func (r *register) typedText() string {
	if r.pay.text == "" {
		return "—"
	}
	return r.pay.text + "\u00a0" + r.symbol()
}

// cashNote says what the cash button would do: exact, or the change that it gives.
func (r *register) cashNote() string {
	sum, err := money.Parse(r.pay.text, r.currency())
	switch {
	case r.pay.text == "" || err != nil || sum == r.left():
		return r.lang.T(i18n.PayExact)
	case sum < r.left():
		return r.lang.T(i18n.PayLess, "sum", r.sum(r.left()-sum))
	}
	return r.lang.T(i18n.Change) + " " + r.sum(sum-r.left())
}

func (r *register) payProblem() app.UI {
	switch {
	case r.pay.fault != nil:
		return r.errorBox(r.pay.fault)
	case r.pay.note != "":
		return ui.Toast(ui.Warn, r.pay.note, app.Span().Hidden(true))
	case r.pay.busy:
		return ui.Toast(ui.Busy, r.lang.T(i18n.PayWait), app.Span().Hidden(true))
	}
	return app.Span().Hidden(true)
}

// payNotes are the exact sum and the likely ones.
func (r *register) payNotes() []app.UI {
	left := r.left()
	buttons := []app.UI{&ui.Button{ID: "pay-exact", Label: r.sum(left), Note: r.lang.T(i18n.PayExact), Class: "note",
		Disabled: r.pay.busy, OnPress: r.press(func() { r.payNote(left) })}}
	for _, sum := range likelySums(left, r.currency()) {
		buttons = append(buttons, &ui.Button{Label: r.lang.Int(int64(sum / r.units(1))), Class: "note", Disabled: r.pay.busy,
			Note: r.lang.T(i18n.Change) + " " + r.lang.Money(sum-left, r.currency()), OnPress: r.press(func() { r.payNote(sum) })})
	}
	return buttons
}

func (r *register) drawPaid() app.UI {
	l, p := r.lang, r.paid
	return app.Section().ID("paid").Class("paid").Body(
		app.Div().Class("paper-frame").Body(r.drawPaper(p, false)),
		app.Div().Class("paid-side").Body(
			app.Div().Class("paid-mark").Body(
				ui.StatusLight(ui.Good, l.T(i18n.Paid)+" · "+l.T(i18n.PaidStored)),
				app.Span().Class("paid-number").Text(l.T(i18n.ReceiptNo, "number", p.Number)+" · "+r.sum(p.Total)),
			),
			app.Div().Class("change").Body(
				app.Span().Class("change-label").Text(r.changeLabel()),
				app.Output().ID("change").Class("change-sum").Text(r.sum(p.Change)),
			),
			app.P().Class("paid-how").Text(l.T(i18n.PaidHow)),
			app.Div().Class("paid-actions").Body(
				&ui.Button{ID: "print", Label: l.T(i18n.Print), Key: "F6", Class: "tender", OnPress: r.press(r.printShown)},
				&ui.Button{ID: "next-sale", Label: l.T(i18n.NextSale), Key: "Enter", Kind: ui.Primary, Class: "tender", OnPress: r.press(r.nextSale)},
			),
		),
	)
}

func (r *register) changeLabel() string {
	if r.paid.Change == 0 {
		return r.lang.T(i18n.NoChange)
	}
	return r.lang.T(i18n.Change)
}
