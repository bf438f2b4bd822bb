package register

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// cashSheet moves cash into the drawer or out of it.
type cashSheet struct {
	form
	why reason
	out bool
}

func newCash(r *register) sheet {
	return &cashSheet{form: r.form(), why: reason{usual: []*i18n.Message{i18n.ReasonCoins, i18n.ReasonBank, i18n.ReasonExpenses}}}
}

func (s *cashSheet) id() string          { return "sheet-cash" }
func (s *cashSheet) decimals() int       { return s.Currency().Exponent }
func (s *cashSheet) hold() *i18n.Message { return i18n.ScanRefused }

func (s *cashSheet) move() {
	said, ok := s.readSum()
	if !ok || !s.SureSum(said) {
		return
	}
	amount := said
	if s.out {
		amount = -amount
	}
	s.busy = true
	kit.Order(s.Page, bridge.TillMoveCash, bridge.CashMove{Amount: amount, Reason: s.why.text}, func(state bridge.State, e *errcode.Error) {
		if holds, ok := drawerHolds(e); ok && s.r.sheet == s && s.out {
			s.busy = false
			s.Tell(s.Lang.T(i18n.CashHolds, "sum", s.Sum(holds)))
			return
		}
		if s.done(e) {
			s.r.take(state)
			s.Say(ui.Good, i18n.CashDone, "sum", s.Sum(said))
		}
	})
}

// drawerHolds reads from the refusal of a sum how much may be taken out.
func drawerHolds(e *errcode.Error) (money.Amount, bool) {
	if e == nil || e.Code != errcode.BadAmount {
		return 0, false
	}
	least, err := strconv.ParseInt(e.Data["min"], 10, 64)
	return money.Amount(-least), err == nil && least <= 0
}

// hint says what may be taken out at most.
func (s *cashSheet) hint() string {
	if !s.out || s.State.Shift == nil {
		return ""
	}
	return s.Lang.T(i18n.CashHolds, "sum", s.Sum(s.State.Shift.Cash))
}

func (s *cashSheet) draw() app.UI {
	l, name := s.Lang, i18n.CashIn
	if s.out {
		name = i18n.CashOut
	}
	return ui.Sheet(s.id(), l.T(i18n.CashTitle), "sheet-pad", s.closing(),
		app.Div().Class("choices-row").Body(
			s.Choice("cash-in", l.T(i18n.CashIn), !s.out, func() { s.out = false }),
			s.Choice("cash-out", l.T(i18n.CashOut), s.out, func() { s.out = true }),
		),
		s.padded(s.decimals(), s.field("cash-field", l.T(i18n.CashSum), s.Symbol(), s.hint(), s.move), s.why.draw(&s.form, i18n.CashReason)),
		s.problem(),
		s.actions(&ui.Button{ID: "move-cash", Label: l.T(name), Kind: ui.Primary, Disabled: s.busy || s.text == "", OnPress: s.Press(s.move)}),
	)
}
