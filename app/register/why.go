package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
)

func (r *register) drawWhySheet() app.UI {
	if r.why == nil {
		return app.Span().Hidden(true)
	}
	l := r.Lang
	return ui.Sheet(string(sheetWhy), l.T(i18n.WhyTitle), "sheet-wide", r.closing(),
		app.Div().Class("why").Body(r.WhySums(r.why)...),
		app.Div().Class("why-rules").Body(r.WhyRules(r.why)...),
		app.Div().Class("sheet-actions").Body(
			&ui.Button{ID: "print-why", Label: l.T(i18n.Print), OnPress: r.Press(func() { r.print(&slip{why: r.why}) })},
			&ui.Button{ID: "close-why", Label: l.T(i18n.DeskClose), Kind: ui.Primary, OnPress: r.Press(r.closeSheet)},
		),
	)
}
