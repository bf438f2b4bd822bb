package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
)

// screenHead is the title of a screen with the way back.
func (r *register) screenHead(title string) app.UI {
	return app.Header().Class("screen-head").Body(
		app.H1().Class("screen-title").Text(title),
		&ui.Button{ID: "screen-back", Label: r.Lang.T(i18n.Back), Key: "Esc", Kind: ui.Quiet, OnPress: r.Press(r.escape)},
	)
}

// drawReport draws an X or Z report.
func (r *register) drawReport() app.UI {
	l := r.Lang
	title := l.T(i18n.ReportX)
	if r.report.Z {
		title = l.T(i18n.ReportZ) + " · " + l.T(i18n.ShiftOver)
	}
	return app.Section().ID("report").Class("report").Body(
		r.screenHead(title),
		app.Div().Class("paper-frame").Body(r.paper().Report(r.report)),
		&ui.Button{ID: "print", Label: l.T(i18n.Print), Key: "F6", Kind: ui.Primary, Class: "tender", OnPress: r.Press(r.printShown)},
	)
}
