package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/register/kit"
	"tillsight/app/shell"
	"tillsight/app/ui"
	"tillsight/shared/receipt"
)

// menuSheet has all actions, and what this browser remembers.
type menuSheet struct{ form }

func (s *menuSheet) id() string { return "sheet-menu" }

func (s *menuSheet) draw() app.UI {
	l := s.Lang
	buttons := []app.UI{}
	if s.State.Phase == bridge.PhaseSelling {
		for i := range actions {
			a := &actions[i]
			id := "menu-" + a.id
			if a.place == inMenu {
				id = "act-" + a.id
			}
			buttons = append(buttons, &ui.Button{ID: id, Label: l.T(a.label), Key: keyName(a.key), Class: "menu-action",
				OnPress: s.Press(func() { s.r.closeSheet(); s.r.act(*a) })})
		}
	}
	buttons = append(buttons,
		&ui.Button{Label: l.T(i18n.KeysTitle), Key: "F1", Class: "menu-action", OnPress: s.Press(func() { s.r.openSheet(&keysSheet{s.r.form()}) })},
	)
	if s.updatable() {
		buttons = append(buttons, &ui.Button{ID: "update", Label: l.T(i18n.UpdateNow), Class: "menu-action", OnPress: s.Press(s.update)})
	}
	return ui.Sheet(s.id(), l.T(i18n.Menu), "", s.closing(),
		app.Div().Class("menu-actions").Body(buttons...),
		s.drawPreferences(),
	)
}

// drawPreferences draws what this browser remembers.
func (s *menuSheet) drawPreferences() app.UI {
	l := s.Lang
	var langs []app.UI
	for _, lang := range i18n.Langs {
		name := i18n.LangRU
		if lang == i18n.EN {
			name = i18n.LangEN
		}
		langs = append(langs, s.Choice("lang-"+string(lang), l.T(name), l == lang, func() { s.r.setLang(lang) }))
	}
	var themes []app.UI
	for _, theme := range []string{"", "light", "dark"} {
		label := map[string]*i18n.Message{"": i18n.ThemeAuto, "light": i18n.Light, "dark": i18n.Dark}[theme]
		themes = append(themes, s.Choice("theme-"+theme, l.T(label), s.Prefs.Theme == theme, func() { s.setTheme(theme) }))
	}
	return app.Div().Class("preferences").Body(
		group(l.T(i18n.Language), langs...),
		group(l.T(i18n.Theme), themes...),
		group(l.T(i18n.Sound),
			s.Choice("sound-on", l.T(i18n.On), !s.Prefs.Mute, func() { s.setMute(false) }),
			s.Choice("sound-off", l.T(i18n.Off), s.Prefs.Mute, func() { s.setMute(true) })),
		group(l.T(i18n.AutoPrint),
			s.Choice("print-on", l.T(i18n.Yes), s.Prefs.Print, func() { s.setPrint(true) }),
			s.Choice("print-off", l.T(i18n.No), !s.Prefs.Print, func() { s.setPrint(false) })),
		s.drawGrouping(),
		s.r.balance.drawChoice(),
		group(l.T(i18n.PaperWidth),
			s.Choice("paper-80", l.T(i18n.Millimetres, "n", kit.PaperWide), !s.Prefs.Narrow, func() { s.setNarrow(false) }),
			s.Choice("paper-58", l.T(i18n.Millimetres, "n", kit.PaperNarrow), s.Prefs.Narrow, func() { s.setNarrow(true) })),
	)
}

// groupings are the choices of a till, nil being the chain's way.
var groupings = []struct {
	id    string
	label *i18n.Message
	way   *receipt.Grouping
}{
	{"chain", i18n.GroupChain, nil},
	{"any", i18n.GroupAll, grouping(receipt.GroupAny)},
	{"row", i18n.GroupRow, grouping(receipt.GroupConsecutive)},
	{"none", i18n.GroupOff, grouping(receipt.GroupNone)},
}

func grouping(g receipt.Grouping) *receipt.Grouping { return &g }

// drawGrouping lets this till group equal goods otherwise than the chain.
func (s *menuSheet) drawGrouping() app.UI {
	var choices []app.UI
	for _, g := range groupings {
		on := s.Prefs.Grouping == nil && g.way == nil || s.Prefs.Grouping != nil && g.way != nil && *s.Prefs.Grouping == *g.way
		choices = append(choices, s.Choice("grouping-"+g.id, s.Lang.T(g.label), on, func() {
			s.Prefs.Grouping = g.way
			prefs.Save(s.Ctx, s.Prefs)
		}))
	}
	return group(s.Lang.T(i18n.GroupEqual), choices...)
}

func (s *menuSheet) setTheme(theme string) {
	s.Prefs.Theme = theme
	prefs.Save(s.Ctx, s.Prefs)
	ui.SetTheme(theme)
}

func (s *menuSheet) setMute(mute bool) {
	s.Prefs.Mute = mute
	prefs.Save(s.Ctx, s.Prefs)
	if !mute {
		s.Sound(true)
	}
}

func (s *menuSheet) setPrint(every bool) {
	s.Prefs.Print = every
	prefs.Save(s.Ctx, s.Prefs)
}

func (s *menuSheet) setNarrow(narrow bool) {
	s.Prefs.Narrow = narrow
	prefs.Save(s.Ctx, s.Prefs)
}

// updatable reports whether a newer program is ready and may be started.
func (s *menuSheet) updatable() bool { return shell.Next() != "" && !s.r.basket.Open() }

// update starts the newer program.
func (s *menuSheet) update() { shell.Switch() }

// keysSheet lists what each key does.
type keysSheet struct{ form }

func (s *keysSheet) id() string { return "sheet-keys" }

func (s *keysSheet) draw() app.UI {
	l := s.Lang
	rows := []app.UI{
		keyRow("/", l.T(i18n.KeysFind)),
		keyRow("?  F1", l.T(i18n.KeysHelp)),
		keyRow("Esc", l.T(i18n.KeysClose)),
		keyRow("↑ ↓", l.T(i18n.KeysSelect)),
		keyRow("PgUp PgDn", l.T(i18n.KeysPage)),
		keyRow("Home End", l.T(i18n.KeysEnds)),
		keyRow("3 *", l.T(i18n.KeysTimes)),
		keyRow("+ −", l.T(i18n.KeysStep)),
	}
	for _, a := range actions {
		rows = append(rows, keyRow(keyName(a.key), l.T(a.label)))
	}
	rows = append(rows, keyRow("F12", l.T(i18n.ActPay)), keyRow("F11", l.T(i18n.PayCard)))
	return ui.Sheet(s.id(), l.T(i18n.KeysTitle), "", s.closing(), app.Div().Class("keys-list").Body(rows...))
}

func keyRow(key, what string) app.UI {
	return app.Div().Class("keys-row").Body(app.Kbd().Text(key), app.Span().Text(what))
}
