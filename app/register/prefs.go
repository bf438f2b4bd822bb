package register

import (
	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/register/kit"
	"tillsight/app/shell"
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

func (r *register) setTheme(theme string) {
	r.Prefs.Theme = theme
	prefs.Save(r.Ctx, r.Prefs)
	ui.SetTheme(theme)
}

func (r *register) setMute(mute bool) {
	r.Prefs.Mute = mute
	prefs.Save(r.Ctx, r.Prefs)
	if !mute {
		r.Sound(true)
	}
}

func (r *register) setPrint(every bool) {
	r.Prefs.Print = every
	prefs.Save(r.Ctx, r.Prefs)
}

func (r *register) setNarrow(narrow bool) {
	r.Prefs.Narrow = narrow
	prefs.Save(r.Ctx, r.Prefs)
}

// updatable reports whether a newer program is ready and may be started.
func (r *register) updatable() bool { return shell.Next() != "" && !r.basket.Open() }

// update starts the newer program.
func (r *register) update() { shell.Switch() }
