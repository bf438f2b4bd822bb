package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
)

// cancelSheet asks before the whole receipt is cancelled.
type cancelSheet struct {
	form
	why reason
}

func newCancel(r *register) sheet {
	return &cancelSheet{form: r.form(), why: reason{usual: []*i18n.Message{i18n.ReasonLeft, i18n.ReasonNoMoney, i18n.ReasonMistake}}}
}

func (s *cancelSheet) id() string          { return "sheet-cancel" }
func (s *cancelSheet) hold() *i18n.Message { return i18n.ScanRefused }

func (s *cancelSheet) cancel() {
	s.busy = true
	kit.Order(s.Page, bridge.TillCancelReceipt, bridge.Reason{Reason: s.why.text}, s.taken)
}

func (s *cancelSheet) draw() app.UI {
	l, b := s.Lang, &s.r.basket
	return ui.Sheet(s.id(), l.T(i18n.CancelAsk, "number", b.Number), "", s.closing(),
		app.P().Class("sheet-sum").Text(l.T(i18n.CancelSum, "lines", l.T(i18n.Positions, "n", b.Count), "sum", s.Sum(b.Total))),
		app.P().Class("sheet-how").Text(l.T(i18n.CancelHow)),
		s.why.draw(&s.form, i18n.CancelReason),
		s.problem(),
		app.Div().Class("sheet-actions").Body(
			&ui.Button{Label: l.T(i18n.CancelKeep), OnPress: s.Press(s.r.closeSheet)},
			&ui.Button{ID: "cancel-receipt", Label: l.T(i18n.CancelGo), Kind: ui.Danger, Disabled: s.busy, OnPress: s.Press(s.cancel)}),
	)
}
