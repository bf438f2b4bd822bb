package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/ui"
)

// Lost is shown at an address that is no page's.
type Lost struct {
	app.Compo

	lang i18n.Lang
}

// OnMount finds the language.
func (p *Lost) OnMount(ctx app.Context) {
	p.lang = prefs.Language(ctx)
	ui.SetLang(string(p.lang))
}

// Render says so and leads back.
func (p *Lost) Render() app.UI {
	if p.lang == "" {
		return app.Div().Class("page")
	}
	return app.Div().Class("page").Body(ui.Gate(p.lang.T(i18n.LostTitle), nil,
		ui.GateText(p.lang.T(i18n.LostHow)),
		app.A().ID("lost-start").Href("/").Class("way").Body(app.Span().Class("way-title").Text(p.lang.T(i18n.LostBack))),
	))
}
