package register

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/shell"
	"tillsight/app/ui"
	"tillsight/shared/staff"
)

// header is the line at the top: where this is, how safe the sales are, the
// time, and who sells.
type header struct {
	app.Compo

	R   *register
	Rev int
}

func (r *register) drawHeader() app.UI { return &header{R: r, Rev: r.Rev} }

// Render draws the header.
func (h *header) Render() app.UI {
	r := h.R
	now := r.Now().UnixMilli()
	tone, text := kit.Light(r.State, r.Lang, now)
	name := ""
	if r.State.Cashier != nil {
		name = r.State.Cashier.Name
	}
	return app.Header().Class("top").Body(
		app.Div().Class("top-place").Body(
			app.Span().Class("top-store").Text(r.State.Store.Name.In(string(r.Lang))),
			app.Span().Text(r.Lang.T(i18n.TillNo, "n", r.State.Till)),
			app.If(r.State.Shift != nil && r.State.Shift.Closed == 0, func() app.UI {
				return app.Span().Class("top-shift").Text(r.Lang.T(i18n.ShiftNo, "n", r.State.Shift.Number))
			}),
		),
		app.If(r.paid.lastText() != "", func() app.UI { return app.Span().ID("last-change").Class("top-last").Text(r.paid.lastText()) }),
		app.If(len(r.State.Notices) > 0 && !r.seen, func() app.UI {
			return app.Button().Type("button").ID("notices").Class("top-button top-notices").
				OnClick(h.notices).Text("ⓘ " + strconv.Itoa(len(r.State.Notices)))
		}),
		app.If(r.unprotected(), func() app.UI {
			return app.Button().Type("button").ID("unprotected").Class("top-button top-notices").OnClick(h.light).
				Aria("label", "⚠ "+r.Lang.T(i18n.Unprotected)).Body(app.Span().Text("⚠"), app.Span().Class("top-unprotected").Text(r.Lang.T(i18n.Unprotected)))
		}),
		app.Button().Type("button").ID("light").Class("top-button").OnClick(h.light).Body(ui.StatusLight(tone, text)),
		app.Time().Class("top-clock").Text(r.Clock(now, i18n.Clock)),
		app.Button().Type("button").ID("menu").Class("top-button top-menu").OnClick(h.menu).
			Aria("label", strings.TrimSpace(name+" ▾ "+r.Lang.T(i18n.Menu))).Body(
			app.Span().Class("top-name").Text(name),
			app.Span().Aria("hidden", true).Text("▾"),
		),
	)
}

func (h *header) light(app.Context, app.Event)   { h.open(sheetLight) }
func (h *header) menu(app.Context, app.Event)    { h.open(sheetMenu) }
func (h *header) notices(app.Context, app.Event) { h.open(sheetNotices); h.R.seen = true }

func (h *header) open(s sheet) {
	h.R.Rev++
	h.R.openSheet(s)
}

// closing is the button in a sheet's corner.
func (r *register) closing() *ui.Button {
	return &ui.Button{ID: "sheet-close-button", Label: "✕", Name: r.Lang.T(i18n.Close), Kind: ui.Quiet, OnPress: r.Press(r.closeSheet)}
}

func fact(name, value string) app.UI {
	return app.Div().Class("fact").Body(app.Dt().Text(name), app.Dd().Text(value))
}

// unprotected reports whether the browser may throw the till's storage away when
// the device runs out of room.
func (r *register) unprotected() bool { return r.State.Storage.Quota > 0 && !r.State.Storage.Persisted }

func (r *register) drawLightSheet() app.UI {
	l, s := r.Lang, r.State
	tone, text := kit.Light(s, l, r.Now().UnixMilli())
	online := l.T(i18n.OfflineWord)
	if s.Sync.Online {
		online = l.T(i18n.Online)
	}
	facts := []app.UI{
		fact(l.T(i18n.LightOnline), online),
		fact(l.T(i18n.LightWaiting), l.Int(int64(s.Sync.Waiting))),
	}
	if s.Sync.Waiting > 0 {
		facts = append(facts, fact(l.T(i18n.LightOldest), r.Clock(s.Sync.Oldest, i18n.Moment)))
	}
	last := l.T(i18n.Never)
	if s.Sync.LastAck > 0 {
		last = r.Clock(s.Sync.LastAck, i18n.Moment)
	}
	persisted := l.T(i18n.LightNoPersist)
	if s.Storage.Persisted {
		persisted = l.T(i18n.Yes)
	}
	facts = append(facts,
		fact(l.T(i18n.LightLastAck), last),
		fact(l.T(i18n.LightPersist), persisted),
		fact(l.T(i18n.LightSpace), l.T(i18n.LightSpaceOf, "used", l.Bytes(s.Storage.Usage), "quota", l.Bytes(s.Storage.Quota))),
		fact(l.T(i18n.LightProducts), l.Int(int64(s.Products))),
		fact(l.T(i18n.LightData), strconv.FormatInt(s.Sync.Data, 10)),
	)
	if off := s.Sync.ClockOff / 1000; off > 30 || off < -30 {
		facts = append(facts, fact(l.T(i18n.LightClock), l.T(i18n.Seconds, "n", int(off))))
	}
	facts = append(facts, fact(l.T(i18n.LightDevice), s.Device), fact(l.T(i18n.LightBuild), cmp.Or(shell.Version(), s.Build)))
	return ui.Sheet(string(sheetLight), l.T(i18n.LightTitle), "", r.closing(),
		ui.StatusLight(tone, text),
		app.If(r.unprotected(), func() app.UI { return ui.Toast(ui.Warn, l.T(i18n.UnprotectedHow), app.Span().Hidden(true)) }),
		r.ErrorBox(s.Sync.Fault),
		r.ErrorBox(r.form.fault),
		app.Dl().Class("facts").Body(facts...),
		app.Div().Class("sheet-actions").Body(
			&ui.Button{ID: "sync-now", Label: l.T(i18n.SyncNow), Kind: ui.Primary, OnPress: r.Press(r.syncNow)},
			app.If(r.May(staff.ExportJournal), func() app.UI {
				return &ui.Button{ID: "export", Label: l.T(i18n.ExportJournal), OnPress: r.Press(r.export)}
			}),
		),
	)
}

func (r *register) drawNoticesSheet() app.UI {
	var list []app.UI
	for _, notice := range r.State.Notices {
		list = append(list, r.ErrorBox(notice))
	}
	return ui.Sheet(string(sheetNotices), r.Lang.T(i18n.NoticesTitle), "", r.closing(), list...)
}

func (r *register) drawKeysSheet() app.UI {
	l := r.Lang
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
	return ui.Sheet(string(sheetKeys), l.T(i18n.KeysTitle), "", r.closing(), app.Div().Class("keys-list").Body(rows...))
}

func keyRow(key, what string) app.UI {
	return app.Div().Class("keys-row").Body(app.Kbd().Text(key), app.Span().Text(what))
}

func (r *register) drawMenuSheet() app.UI {
	l := r.Lang
	buttons := []app.UI{}
	if r.State.Phase == bridge.PhaseSelling {
		for i := range actions {
			a := &actions[i]
			id := "menu-" + a.id
			if a.place == inMenu {
				id = "act-" + a.id
			}
			buttons = append(buttons, &ui.Button{ID: id, Label: l.T(a.label), Key: keyName(a.key), Class: "menu-action",
				OnPress: r.Press(func() { r.sheet = ""; r.act(*a) })})
		}
	}
	buttons = append(buttons,
		&ui.Button{Label: l.T(i18n.KeysTitle), Key: "F1", Class: "menu-action", OnPress: r.Press(func() { r.openSheet(sheetKeys) })},
	)
	if r.updatable() {
		buttons = append(buttons, &ui.Button{ID: "update", Label: l.T(i18n.UpdateNow), Class: "menu-action", OnPress: r.Press(r.update)})
	}
	return ui.Sheet(string(sheetMenu), l.T(i18n.Menu), "", r.closing(),
		app.Div().Class("menu-actions").Body(buttons...),
		r.drawPreferences(),
	)
}

// drawPreferences draws what this browser remembers.
func (r *register) drawPreferences() app.UI {
	l := r.Lang
	var langs []app.UI
	for _, lang := range i18n.Langs {
		name := i18n.LangRU
		if lang == i18n.EN {
			name = i18n.LangEN
		}
		langs = append(langs, r.Choice("lang-"+string(lang), l.T(name), l == lang, func() { r.setLang(lang) }))
	}
	var themes []app.UI
	for _, theme := range []string{"", "light", "dark"} {
		label := map[string]*i18n.Message{"": i18n.ThemeAuto, "light": i18n.Light, "dark": i18n.Dark}[theme]
		themes = append(themes, r.Choice("theme-"+theme, l.T(label), r.Prefs.Theme == theme, func() { r.setTheme(theme) }))
	}
	return app.Div().Class("preferences").Body(
		group(l.T(i18n.Language), langs...),
		group(l.T(i18n.Theme), themes...),
		group(l.T(i18n.Sound),
			r.Choice("sound-on", l.T(i18n.On), !r.Prefs.Mute, func() { r.setMute(false) }),
			r.Choice("sound-off", l.T(i18n.Off), r.Prefs.Mute, func() { r.setMute(true) })),
		group(l.T(i18n.AutoPrint),
			r.Choice("print-on", l.T(i18n.Yes), r.Prefs.Print, func() { r.setPrint(true) }),
			r.Choice("print-off", l.T(i18n.No), !r.Prefs.Print, func() { r.setPrint(false) })),
		r.drawGrouping(),
		r.balance.drawChoice(),
		group(l.T(i18n.PaperWidth),
			r.Choice("paper-80", l.T(i18n.Millimetres, "n", kit.PaperWide), !r.Prefs.Narrow, func() { r.setNarrow(false) }),
			r.Choice("paper-58", l.T(i18n.Millimetres, "n", kit.PaperNarrow), r.Prefs.Narrow, func() { r.setNarrow(true) })),
	)
}

func group(label string, choices ...app.UI) app.UI {
	return app.Div().Class("choices").Role("group").Aria("label", label).Body(
		app.Span().Class("choices-label").Text(label),
		app.Div().Class("choices-row").Body(choices...),
	)
}
