package page

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/shell"
	"tillsight/app/ui"
)

// language returns the stored language or the browser's.
func language(ctx app.Context) i18n.Lang {
	var stored string
	if err := ctx.LocalStorage().Get(langKey, &stored); err != nil {
		stored = "" // another form of another version: as good as none
	}
	return i18n.Choose(stored, i18n.Preferred()...)
}

// loadPreferences reads what this browser remembers and shows it.
func (r *register) loadPreferences() {
	r.lang = language(r.ctx)
	if err := r.ctx.LocalStorage().Get(prefsKey, &r.prefs); err != nil {
		r.prefs = preferences{}
	}
	ui.SetLang(string(r.lang))
	ui.SetTheme(r.prefs.Theme)
}

// remember stores a preference. A browser that refuses keeps it for this visit.
func (r *register) remember(key string, value any) {
	if err := r.ctx.LocalStorage().Set(key, value); err != nil {
		app.Log(err)
	}
}

func (r *register) setLang(lang i18n.Lang) {
	r.lang = lang
	r.remember(langKey, string(lang))
	ui.SetLang(string(lang))
	r.basket.redraw(lang, r.currency())
	r.strip = strip{}
}

func (r *register) setTheme(theme string) {
	r.prefs.Theme = theme
	r.remember(prefsKey, r.prefs)
	ui.SetTheme(theme)
}

func (r *register) setMute(mute bool) {
	r.prefs.Mute = mute
	r.remember(prefsKey, r.prefs)
	if !mute {
		r.sound(true)
	}
}

func (r *register) setPrint(every bool) {
	r.prefs.Print = every
	r.remember(prefsKey, r.prefs)
}

func (r *register) setNarrow(narrow bool) {
	r.prefs.Narrow = narrow
	r.remember(prefsKey, r.prefs)
}

// updatable reports whether a newer program is ready and may be started.
func (r *register) updatable() bool { return shell.Next() != "" && !r.basket.open() }

// update starts the newer program.
func (r *register) update() { shell.Switch() }
