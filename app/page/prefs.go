package page

import (
	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/shell"
	"tillsight/app/ui"
)

// loadPreferences reads what this browser remembers and shows it.
func (r *register) loadPreferences() {
	r.lang = prefs.Language(r.ctx)
	r.prefs = prefs.Load(r.ctx)
	ui.SetLang(string(r.lang))
	ui.SetTheme(r.prefs.Theme)
}

func (r *register) setLang(lang i18n.Lang) {
	r.lang = lang
	prefs.SetLanguage(r.ctx, lang)
	ui.SetLang(string(lang))
	r.basket.redraw(lang, r.currency())
	r.strip = strip{}
}

func (r *register) setTheme(theme string) {
	r.prefs.Theme = theme
	prefs.Save(r.ctx, r.prefs)
	ui.SetTheme(theme)
}

func (r *register) setMute(mute bool) {
	r.prefs.Mute = mute
	prefs.Save(r.ctx, r.prefs)
	if !mute {
		r.sound(true)
	}
}

func (r *register) setPrint(every bool) {
	r.prefs.Print = every
	prefs.Save(r.ctx, r.prefs)
}

func (r *register) setNarrow(narrow bool) {
	r.prefs.Narrow = narrow
	prefs.Save(r.ctx, r.prefs)
}

// updatable reports whether a newer program is ready and may be started.
func (r *register) updatable() bool { return shell.Next() != "" && !r.basket.open() }

// update starts the newer program.
func (r *register) update() { shell.Switch() }
