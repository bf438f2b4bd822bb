package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

func (r *register) xReport() {
	kit.Order(r.Page, bridge.TillXReport, bridge.Nothing{}, func(report bridge.ShiftReport, e *errcode.Error) {
		if e != nil {
			r.Fail(e)
			return
		}
		r.report, r.screen = &report, screenReport
	})
}

func (r *register) askClose() {
	if r.basket.Open() && r.basket.Count > 0 { // an empty one ends by itself
		r.Fail(errcode.New(errcode.ReceiptIsOpen, "register.askClose", nil))
		return
	}
	kit.Order(r.Page, bridge.TillXReport, bridge.Nothing{}, func(report bridge.ShiftReport, e *errcode.Error) {
		if e != nil {
			r.Fail(e)
			return
		}
		r.State.Shift = &report.Shift
		r.openSheet(&shiftSheet{form: r.form(), waiting: report})
	})
}

// shiftSheet closes the shift.
type shiftSheet struct {
	form
	waiting bridge.ShiftReport // what waits meanwhile
}

func (s *shiftSheet) id() string          { return "sheet-close" }
func (s *shiftSheet) decimals() int       { return s.Currency().Exponent }
func (s *shiftSheet) hold() *i18n.Message { return i18n.ScanRefused }

func (s *shiftSheet) close() {
	var request bridge.CloseShift
	if s.text != "" {
		counted, err := money.Parse(s.text, s.Currency())
		if err != nil {
			s.fault = errcode.As(err)
			return
		}
		if s.State.Shift != nil && !s.SureCount(counted, s.State.Shift.Cash) {
			return
		}
		request.Counted = &counted
	}
	s.busy = true
	kit.Order(s.Page, bridge.TillCloseShift, request, func(report bridge.ShiftReport, e *errcode.Error) {
		if !s.done(e) {
			return
		}
		s.r.report, s.r.screen = &report, screenReport
		s.r.paid.forget()
		s.r.print(&slip{report: &report})
		s.r.refresh()
	})
}

func (s *shiftSheet) draw() app.UI {
	l := s.Lang
	number, cash := 0, money.Amount(0)
	if s.State.Shift != nil {
		number, cash = s.State.Shift.Number, s.State.Shift.Cash
	}
	return ui.Sheet(s.id(), l.T(i18n.CloseTitle, "n", number), "sheet-pad", s.closing(),
		s.drawParked(),
		s.padded(s.decimals(), app.P().Class("sheet-how").Text(l.T(i18n.CloseHow, "sum", s.Sum(cash))),
			s.field("counted", l.T(i18n.CloseCounted), s.Symbol(), l.T(i18n.CloseSkip), s.close)),
		s.problem(),
		s.actions(&ui.Button{ID: "close-shift", Label: l.T(i18n.CloseGo), Kind: ui.Primary, Disabled: s.busy, OnPress: s.Press(s.close)}),
	)
}

// drawParked tells who closes the shift what still waits, and where it is.
func (s *shiftSheet) drawParked() app.UI {
	if s.waiting.Parked == 0 {
		return app.Span().Hidden(true)
	}
	return app.Div().ID("close-parked").Class("toast warn close-parked").Role("status").Body(
		app.Span().Class("toast-text").Text(s.Lang.T(i18n.CloseParked, "n", s.waiting.Parked, "sum", s.Sum(s.waiting.ParkedSum))),
		&ui.Button{ID: "close-see-parked", Label: s.Lang.T(i18n.ParkedTitle), OnPress: s.Press(s.r.openParked)},
	)
}
