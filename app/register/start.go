package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/ui"
)

// Start is the first page: a device becomes a till or a manager's desk.
type Start struct {
	app.Compo

	lang i18n.Lang
}

// OnMount goes to the till when this browser is one.
func (s *Start) OnMount(ctx app.Context) {
	s.lang = prefs.Language(ctx)
	var till bool
	if err := ctx.LocalStorage().Get(tillKey, &till); err == nil && till {
		ctx.Navigate("/till")
	}
}

// Render offers the two uses.
func (s *Start) Render() app.UI {
	if s.lang == "" {
		return app.Div().Class("page")
	}
	l := s.lang
	return app.Div().Class("page").Body(ui.Gate(l.T(i18n.StartTitle), app.Div().Class("gate-langs").Body(
		&ui.Button{ID: "lang-ru", Label: l.T(i18n.LangRU), Class: "choice", Toggle: true, Pressed: l == i18n.RU, OnPress: s.choose(i18n.RU)},
		&ui.Button{ID: "lang-en", Label: l.T(i18n.LangEN), Class: "choice", Toggle: true, Pressed: l == i18n.EN, OnPress: s.choose(i18n.EN)},
	),
		app.A().ID("start-till").Href("/till").Class("way").Body(
			app.Span().Class("way-title").Text(l.T(i18n.StartTill)), app.Span().Class("way-how").Text(l.T(i18n.StartTillHow))),
		app.A().ID("start-manager").Href("/manager").Class("way").Body(
			app.Span().Class("way-title").Text(l.T(i18n.StartManager)), app.Span().Class("way-how").Text(l.T(i18n.StartManagerHow))),
	))
}

func (s *Start) choose(lang i18n.Lang) ui.Press {
	return func(ctx app.Context) {
		s.lang = lang
		ui.SetLang(string(lang))
		prefs.SetLanguage(ctx, lang)
	}
}
