package frame

import (
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/ui"
)

// palette finds pages, reports and things to do by a few letters.
type palette struct {
	open bool
	text string
	at   int // of the entry that Enter takes
}

// entry is something that the palette finds.
type entry struct {
	id   string
	name string
	kind string // where it is, or what it is
	do   func()
}

// jumpWithin is how long after g the letter of an area counts.
const jumpWithin = 1500 * time.Millisecond

// listenKeys takes the keys that work everywhere.
func (p *Desk) listenKeys() (stop func()) {
	return ui.OnKeys(func(k ui.Key) bool {
		d := p.d
		if d == nil || d.User == nil {
			return false
		}
		act := d.keyDoes(k)
		if act == nil {
			return false
		}
		d.On(act)
		return k.Name != "Escape"
	})
}

// keyDoes is what a key does, nil for nothing. It changes nothing itself but for
// the beginning of a jump.
func (d *frame) keyDoes(k ui.Key) func() {
	letter := strings.ToLower(strings.TrimPrefix(k.Code, "Key"))
	began := d.jumping
	d.jumping = time.Time{}
	switch {
	case k.Command && k.Code == "KeyK":
		return func() { d.openPalette("") }
	case k.Name == "Escape":
		return d.Escape
	case k.Typing || k.Command || k.Alt:
		return nil
	case d.Now().Sub(began) < jumpWithin:
		for _, in := range areas {
			if list := d.offered(in.area); in.key == letter && len(list) > 0 {
				return func() { d.Ctx.Navigate(d.href(list[0])) }
			}
		}
	case k.Code == "KeyG":
		d.jumping = d.Now()
	case k.Name == "?" || k.Name == ",":
		if k.Name == "?" {
			return func() { d.Menu = "keys" }
		}
	case k.Code == "Slash" || k.Name == "/":
		return func() { d.openPalette("") }
	}
	return nil
}

// Escape closes what is open, the topmost first.
func (d *frame) Escape() {
	switch {
	case d.palette.open:
		d.palette.open = false
	case d.Menu != "":
		d.Menu = ""
	case d.DrillPanel.Open:
		d.ClosePanel()
	default:
		if v, ok := d.views[d.page.Path].(kit.Escaper); ok {
			v.Escape()
		}
	}
}

func (d *frame) openPalette(text string) {
	d.Menu = ""
	d.palette = palette{open: true, text: text}
	d.Ctx.Defer(func(app.Context) { ui.Focus("palette-text") })
}

// entries are what the palette can find.
func entries(d *frame) []entry {
	l := d.Lang
	var list []entry
	for _, in := range areas {
		for _, p := range d.offered(in.area) {
			list = append(list, entry{"page-" + p.Path, l.T(p.Name), l.T(in.name), func() { d.Ctx.Navigate(d.href(p)) }})
		}
	}
	for _, item := range kit.Kept(d.Desk, kit.KeptReport) {
		list = append(list, entry{"report-" + item.ID, item.Name, l.T(i18n.KeptReports), func() { d.openReport(item) }})
	}
	for _, item := range kit.Kept(d.Desk, kit.KeptFilter) {
		list = append(list, entry{"filter-" + item.ID, item.Name, l.T(i18n.KeptFilters), func() { d.openFilter(item) }})
	}
	does := func(id string, name *i18n.Message, do func()) {
		list = append(list, entry{"do-" + id, l.T(name), l.T(i18n.PaletteDo), do})
	}
	does("link", i18n.KeepLink, d.copyLink)
	does("print", i18n.ExportPrint, d.Print)
	does("light", i18n.DeskLight, func() { d.setTheme("light") })
	does("dark", i18n.DeskDark, func() { d.setTheme("dark") })
	does("keys", i18n.PaletteKeys, func() { d.Menu = "keys" })
	return list
}

// found are the entries that have every word of the text, those that begin with
// it first.
func found(d *frame) []entry {
	words := strings.Fields(strings.ToLower(d.palette.text))
	var begin, others []entry
	for _, e := range entries(d) {
		name := strings.ToLower(e.name + " " + e.kind)
		all := true
		for _, word := range words {
			all = all && strings.Contains(name, word)
		}
		switch {
		case !all:
		case len(words) > 0 && strings.HasPrefix(name, words[0]):
			begin = append(begin, e)
		default:
			others = append(others, e)
		}
	}
	return append(begin, others...)
}

// take does what an entry says.
func (d *frame) take(e entry) {
	d.palette.open = false
	e.do()
}

// drawPalette draws the field and what is found.
func drawPalette(d *frame) app.UI {
	list := found(d)
	d.palette.at = max(0, min(d.palette.at, len(list)-1))
	return app.Div().Class("palette-back").Body(
		app.Div().ID("palette").Class("palette").Role("dialog").Aria("label", d.Lang.T(i18n.PaletteTitle)).Body(
			&paletteField{D: d, Text: d.palette.text, Example: d.Lang.T(i18n.PaletteTitle)},
			app.Div().Class("palette-list").Role("listbox").Body(
				app.Range(list).Slice(func(i int) app.UI {
					return &paletteItem{Name: list[i].name, Kind: list[i].kind, ID: list[i].id, On: i == d.palette.at, Go: d.Press(func() { d.take(list[i]) })}
				}),
				app.If(len(list) == 0, func() app.UI { return app.P().Class("menu-note").Text(d.Lang.T(i18n.FilterNothing)) }),
			),
		),
	)
}

// paletteField is where the letters are typed; arrows choose, Enter takes.
type paletteField struct {
	app.Compo

	D       *frame
	Text    string
	Example string
}

// Render draws the field.
func (f *paletteField) Render() app.UI {
	return app.Input().ID("palette-text").Type("text").Class("palette-text").Placeholder("%s", f.Example).AutoComplete(false).
		Aria("label", f.Example).OnInput(f.typed).OnKeyDown(f.key)
}

func (f *paletteField) typed(ctx app.Context, _ app.Event) {
	f.D.palette.text, f.D.palette.at = ctx.JSSrc().Get("value").String(), 0
	f.D.RedrawAll(ctx)
}

func (f *paletteField) key(ctx app.Context, e app.Event) {
	switch e.Get("key").String() {
	case "ArrowDown":
		f.D.palette.at++
	case "ArrowUp":
		f.D.palette.at--
	case "Enter":
		if list := found(f.D); f.D.palette.at < len(list) {
			f.D.take(list[f.D.palette.at])
		}
	default:
		return
	}
	e.PreventDefault()
	f.D.RedrawAll(ctx)
}

// paletteItem is something found.
type paletteItem struct {
	app.Compo

	ID, Name, Kind string

	On bool
	Go ui.Press
}

// Render draws the entry.
func (i *paletteItem) Render() app.UI {
	button := app.Button().ID("%s", i.ID).Type("button").Class("palette-item").Role("option").Aria("selected", i.On).OnClick(i.click).Body(
		app.Span().Text(i.Name), app.Span().Class("palette-kind").Text(i.Kind))
	if i.On {
		button.Class("palette-on")
	}
	return button
}

func (i *paletteItem) click(ctx app.Context, _ app.Event) { i.Go(ctx) }

// drawKeyList lists the keys that work everywhere.
func drawKeyList(d *frame) app.UI {
	l := d.Lang
	row := func(key string, what string) app.UI {
		return app.Div().Class("keys-row").Body(app.Kbd().Text(key), app.Span().Text(what))
	}
	rows := []app.UI{row("/", l.T(i18n.PaletteTitle)), row("Ctrl K", l.T(i18n.PaletteTitle)), row("?", l.T(i18n.PaletteKeys)), row("Esc", l.T(i18n.KeysEsc))}
	for _, in := range areas {
		if len(d.offered(in.area)) > 0 {
			rows = append(rows, row("G "+strings.ToUpper(in.key), l.T(in.name)))
		}
	}
	rows = append(rows, row("← →", l.T(i18n.KeysMove)), row("Shift ← → ↑ ↓", l.T(i18n.KeysSize)), row("Delete", l.T(i18n.KeysRemove)))
	return app.Div().Class("palette-back").Body(app.Div().ID("keys").Class("palette").Role("dialog").Aria("label", l.T(i18n.PaletteKeys)).Body(
		app.Header().Class("drill-head").Body(app.H2().Class("widget-title").Text(l.T(i18n.PaletteKeys)),
			&ui.Button{ID: "keys-close", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: d.Press(func() { d.Menu = "" })}),
		app.Div().Class("palette-list").Body(rows...),
	))
}
