package register

import (
	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
)

// loadPreferences reads what this browser remembers and shows it.
func (r *register) loadPreferences() {
	r.Lang = prefs.Language(r.Ctx)
	r.Prefs = prefs.Load(r.Ctx)
	ui.SetLang(string(r.Lang))
	ui.SetTheme(r.Prefs.Theme)
}

func (r *register) setLang(lang i18n.Lang) {
	r.Lang = lang
	prefs.SetLanguage(r.Ctx, lang)
	ui.SetLang(string(lang))
	r.basket.Redraw()
	r.Strip = kit.Strip{}
}
