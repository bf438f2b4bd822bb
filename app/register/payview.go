package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/money"
)

func (p *payment) draw() app.UI {
	l := p.Lang
	return app.Section().ID("payment").Class("payment").Body(
		app.Div().Class("pay-due").Body(
			app.Div().Class("pay-head").Body(
				&ui.Button{ID: "pay-back", Label: l.T(i18n.PayBack), Key: "Esc", Kind: ui.Quiet, OnPress: p.Press(p.r.escape)},
				app.Span().Class("pay-number").Text(l.T(i18n.ReceiptNo, "number", p.r.basket.Number)+" · "+l.T(i18n.Positions, "n", p.r.basket.Count)),
			),
			app.Div().Class("pay-sum").Body(
				app.H1().Class("pay-label").Text(p.dueLabel()),
				app.Output().ID("due").Class("pay-total").Text(p.Sum(p.left())),
				app.Span().Class("pay-taken").Text(p.takenText()),
				app.If(p.taken() > 0, func() app.UI {
					return &ui.Button{ID: "card-back", Label: p.Lang.T(i18n.PayCardBack), Kind: ui.Quiet, Disabled: p.busy,
						OnPress: p.Press(func() { p.takeCard(0) })}
				}),
			),
			app.Div().Class("pay-problem").ID("pay-problem").Aria("live", "polite").Body(p.problem(), p.takeOffBanned()),
			app.P().Class("pay-mixed").Text(l.T(i18n.PayMixed)),
		),
		app.Div().Class("pay-ways").Body(
			app.Div().Class("pay-typed").Body(
				app.Span().Class("pay-typed-label").Text(l.T(i18n.PaySum)),
				app.Output().ID("typed").Class("pay-typed-sum").Text(p.typedText()),
			),
			app.Div().Class("pay-notes").Body(p.notes()...),
			&ui.Keypad{Left: p.DecimalSign(), Delete: l.T(i18n.Backspace), OnPress: func(_ app.Context, key string) { p.Rev++; p.r.keypad(key) }},
			app.Div().Class("pay-buttons").Body(
				&ui.Button{ID: "pay-card", Label: l.T(i18n.PayCard), Note: l.T(i18n.PayCardHow), Key: "F11", Class: "tender", Disabled: p.busy, OnPress: p.Press(p.card)},
				&ui.Button{ID: "pay-cash", Label: l.T(i18n.PayCash), Note: p.cashNote(), Key: "F12", Kind: ui.Primary, Class: "tender", Disabled: p.busy, OnPress: p.Press(p.cash)},
			),
		),
	)
}

func (p *payment) dueLabel() string {
	if p.taken() > 0 {
		return p.Lang.T(i18n.PayLeft)
	}
	return p.Lang.T(i18n.PayTitle)
}

func (p *payment) takenText() string {
	if p.taken() == 0 {
		return ""
	}
	return p.Lang.T(i18n.PayTaken) + " " + p.Sum(p.taken())
}

func (p *payment) typedText() string {
	if p.text == "" {
		return "—"
	}
	return p.text + "\u00a0" + p.Symbol()
}

// cashNote says what the cash button would do: exact, or the change that it gives.
func (p *payment) cashNote() string {
	sum, err := money.Parse(p.text, p.Currency())
	switch {
	case p.text == "" || err != nil || sum == p.left():
		return p.Lang.T(i18n.PayExact)
	case sum < p.left():
		return p.Lang.T(i18n.PayLess, "sum", p.Sum(p.left()-sum))
	}
	return p.Lang.T(i18n.Change) + " " + p.Sum(sum-p.left())
}

func (p *payment) problem() app.UI {
	switch {
	case p.fault != nil:
		return p.ErrorBox(p.fault)
	case p.note != "":
		return ui.Toast(ui.Warn, p.note, app.Span().Hidden(true))
	case p.busy:
		return ui.Toast(ui.Busy, p.Lang.T(i18n.PayWait), app.Span().Hidden(true))
	}
	return app.Span().Hidden(true)
}

// notes are the exact sum and the likely ones.
func (p *payment) notes() []app.UI {
	left := p.left()
	buttons := []app.UI{&ui.Button{ID: "pay-exact", Label: p.Sum(left), Note: p.Lang.T(i18n.PayExact), Class: "note",
		Disabled: p.busy, OnPress: p.Press(func() { p.handed(left) })}}
	for _, sum := range kit.LikelySums(left, p.Currency()) {
		buttons = append(buttons, &ui.Button{Label: p.Lang.Int(int64(sum / p.Units(1))), Class: "note", Disabled: p.busy,
			Note: p.Lang.T(i18n.Change) + " " + p.Lang.Money(sum-left, p.Currency()), OnPress: p.Press(func() { p.handed(sum) })})
	}
	return buttons
}
