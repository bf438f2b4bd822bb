package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
)

// whySheet says why a line costs what it costs.
type whySheet struct {
	form
	why *bridge.Why
}

func (s *whySheet) id() string { return "sheet-why" }

func (s *whySheet) draw() app.UI {
	l := s.Lang
	return ui.Sheet(s.id(), l.T(i18n.WhyTitle), "sheet-wide", s.closing(),
		app.Div().Class("why").Body(s.WhySums(s.why)...),
		app.Div().Class("why-rules").Body(s.WhyRules(s.why)...),
		app.Div().Class("sheet-actions").Body(
			&ui.Button{ID: "print-why", Label: l.T(i18n.Print), OnPress: s.Press(func() { s.r.print(&slip{why: s.why}) })},
			&ui.Button{ID: "close-why", Label: l.T(i18n.DeskClose), Kind: ui.Primary, OnPress: s.Press(s.r.closeSheet)},
		),
	)
}
