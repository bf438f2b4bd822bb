package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/money"
)

func (r *register) drawPay() app.UI {
	l := r.Lang
	return app.Section().ID("payment").Class("payment").Body(
		app.Div().Class("pay-due").Body(
			app.Div().Class("pay-head").Body(
				&ui.Button{ID: "pay-back", Label: l.T(i18n.PayBack), Key: "Esc", Kind: ui.Quiet, OnPress: r.Press(r.escape)},
				app.Span().Class("pay-number").Text(l.T(i18n.ReceiptNo, "number", r.basket.Number)+" · "+l.T(i18n.Positions, "n", r.basket.Count)),
			),
			app.Div().Class("pay-sum").Body(
				app.H1().Class("pay-label").Text(r.dueLabel()),
				app.Output().ID("due").Class("pay-total").Text(r.Sum(r.left())),
				app.Span().Class("pay-taken").Text(r.takenText()),
				app.If(r.taken() > 0, func() app.UI {
					return &ui.Button{ID: "card-back", Label: r.Lang.T(i18n.PayCardBack), Kind: ui.Quiet, Disabled: r.pay.busy,
						OnPress: r.Press(func() { r.takeCard(0) })}
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
			&ui.Keypad{Left: r.DecimalSign(), Delete: l.T(i18n.Backspace), OnPress: func(_ app.Context, key string) { r.Rev++; r.keypad(key) }},
			app.Div().Class("pay-buttons").Body(
				&ui.Button{ID: "pay-card", Label: l.T(i18n.PayCard), Note: l.T(i18n.PayCardHow), Key: "F11", Class: "tender", Disabled: r.pay.busy, OnPress: r.Press(r.payCard)},
				&ui.Button{ID: "pay-cash", Label: l.T(i18n.PayCash), Note: r.cashNote(), Key: "F12", Kind: ui.Primary, Class: "tender", Disabled: r.pay.busy, OnPress: r.Press(r.payCash)},
			),
		),
	)
}

func (r *register) dueLabel() string {
	if r.taken() > 0 {
		return r.Lang.T(i18n.PayLeft)
	}
	return r.Lang.T(i18n.PayTitle)
}

func (r *register) takenText() string {
	if r.taken() == 0 {
		return ""
	}
	return r.Lang.T(i18n.PayTaken) + " " + r.Sum(r.taken())
}

func (r *register) typedText() string {
	if r.pay.text == "" {
		return "—"
	}
	return r.pay.text + "\u00a0" + r.Symbol()
}

// cashNote says what the cash button would do: exact, or the change that it gives.
func (r *register) cashNote() string {
	sum, err := money.Parse(r.pay.text, r.Currency())
	switch {
	case r.pay.text == "" || err != nil || sum == r.left():
		return r.Lang.T(i18n.PayExact)
	case sum < r.left():
		return r.Lang.T(i18n.PayLess, "sum", r.Sum(r.left()-sum))
	}
	return r.Lang.T(i18n.Change) + " " + r.Sum(sum-r.left())
}

func (r *register) payProblem() app.UI {
	switch {
	case r.pay.fault != nil:
		return r.ErrorBox(r.pay.fault)
	case r.pay.note != "":
		return ui.Toast(ui.Warn, r.pay.note, app.Span().Hidden(true))
	case r.pay.busy:
		return ui.Toast(ui.Busy, r.Lang.T(i18n.PayWait), app.Span().Hidden(true))
	}
	return app.Span().Hidden(true)
}

// payNotes are the exact sum and the likely ones.
func (r *register) payNotes() []app.UI {
	left := r.left()
	buttons := []app.UI{&ui.Button{ID: "pay-exact", Label: r.Sum(left), Note: r.Lang.T(i18n.PayExact), Class: "note",
		Disabled: r.pay.busy, OnPress: r.Press(func() { r.payNote(left) })}}
	for _, sum := range kit.LikelySums(left, r.Currency()) {
		buttons = append(buttons, &ui.Button{Label: r.Lang.Int(int64(sum / r.Units(1))), Class: "note", Disabled: r.pay.busy,
			Note: r.Lang.T(i18n.Change) + " " + r.Lang.Money(sum-left, r.Currency()), OnPress: r.Press(func() { r.payNote(sum) })})
	}
	return buttons
}

func (r *register) drawPaid() app.UI {
	l, p := r.Lang, &r.paid.Receipt
	return app.Section().ID("paid").Class("paid").Body(
		app.Div().Class("paper-frame").Body(r.drawSale()),
		app.Div().Class("paid-side").Body(
			app.Div().Class("paid-mark").Body(
				ui.StatusLight(ui.Good, l.T(i18n.Paid)+" · "+l.T(i18n.PaidStored)),
				app.Span().Class("paid-number").Text(l.T(i18n.ReceiptNo, "number", p.Number)+" · "+r.Sum(p.Total)),
			),
			app.Div().Class("change").Body(
				app.Span().Class("change-label").Text(r.changeLabel()),
				app.Output().ID("change").Class("change-sum").Text(r.Sum(p.Change)),
			),
			app.P().Class("paid-how").Text(l.T(i18n.PaidHow)),
			app.Div().Class("paid-actions").Body(
				&ui.Button{ID: "print", Label: l.T(i18n.Print), Key: "F6", Class: "tender", OnPress: r.Press(r.printShown)},
				&ui.Button{ID: "next-sale", Label: l.T(i18n.NextSale), Key: "Enter", Kind: ui.Primary, Class: "tender", OnPress: r.Press(r.nextSale)},
			),
		),
	)
}

func (r *register) changeLabel() string {
	if r.paid.Receipt.Change == 0 {
		return r.Lang.T(i18n.NoChange)
	}
	return r.Lang.T(i18n.Change)
}
