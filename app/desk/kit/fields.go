package kit

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
)

// FilterMenu is a button with a panel below it.
func (d *Desk) FilterMenu(name, label, value string, panel func() app.UI) app.UI {
	return d.MenuButton(true, name, label, value, func() { d.ToggleMenu(name) }, panel)
}

// MenuButton is a button that opens a panel, or only its name where it has no
// effect.
func (d *Desk) MenuButton(is bool, name, label, value string, open func(), panel func() app.UI) app.UI {
	if value != "" {
		label += ": " + value
	}
	button := &ui.Button{ID: "filter-" + name, Label: label, Class: "filter-button", Toggle: true, Pressed: d.Menu == name, OnPress: d.Press(open)}
	if !is {
		button.Disabled, button.Name = true, d.Lang.T(i18n.FilterUnused, "name", label)
	}
	return app.Div().Class("filter").Body(button,
		app.If(d.Menu == name, func() app.UI { return app.Div().Class("menu").Body(panel()) }),
	)
}

func (d *Desk) Option(id, label string, on bool, do func()) *ui.Button {
	return &ui.Button{ID: id, Label: label, Kind: ui.Quiet, Class: "option", Toggle: true, Pressed: on, OnPress: d.Press(do)}
}

// DateField is a date that the browser helps to pick.
type DateField struct {
	app.Compo

	ID     string
	Label  string
	Value  string // 2026-11-22
	OnDate func(string)
}

// Render draws the field.
func (f *DateField) Render() app.UI {
	return app.Label().Class("field").Body(
		app.Span().Class("field-label").Text(f.Label),
		app.Span().Class("field-box").Body(
			app.Input().ID("%s", f.ID).Type("date").Class("field-input").Value(f.Value).OnChange(f.change),
		),
	)
}

func (f *DateField) change(ctx app.Context, _ app.Event) {
	f.OnDate(strings.TrimSpace(ctx.JSSrc().Get("value").String()))
}

func (d *Desk) Choice(id, label string, on bool, do func()) *ui.Button {
	return &ui.Button{ID: id, Label: label, Class: "choice", Toggle: true, Pressed: on, OnPress: d.Press(do)}
}

// DrawHead draws the head of a page: its title, what it offers, and below them
// the other pages of the area.
func (d *Desk) DrawHead(parts ...app.UI) app.UI {
	return app.Div().Class("desk-top").Body(app.Header().Class("desk-head").Body(parts...), d.Frame.Tabs())
}

// SectionHead is the head of a part of a page that has a head of its own.
func SectionHead(title string, acts ...app.UI) app.UI {
	return app.Header().Class("desk-head").Body(append([]app.UI{app.H2().Class("desk-title").Text(title)}, acts...)...)
}

// Typed is a short field beside a title that takes what is typed when it is left
// or Enter is pressed.
type Typed struct {
	app.Compo

	ID, Hint, Value string
	On              func(string)
}

// Render draws the field.
func (f *Typed) Render() app.UI {
	return app.Input().ID("%s", f.ID).Class("field-input typed").Type("text").Placeholder(f.Hint).Aria("label", f.Hint).Value(f.Value).OnChange(f.change)
}

func (f *Typed) change(ctx app.Context, _ app.Event) {
	f.On(strings.TrimSpace(ctx.JSSrc().Get("value").String()))
}

// TextArea is a text of several lines. The browser owns it while a person
// types; raise Rev to put Value in its place.
type TextArea struct {
	app.Compo

	ID, Label, Value string
	Rev              int
	OnText           func(string)

	shown int
}

// OnMount puts the first text in.
func (t *TextArea) OnMount(ctx app.Context) { t.put(ctx) }

// OnUpdate puts a text that the program has set in place of the typed one.
func (t *TextArea) OnUpdate(ctx app.Context) {
	if t.Rev != t.shown {
		t.put(ctx)
	}
}

func (t *TextArea) put(ctx app.Context) {
	t.shown = t.Rev
	value := t.Value
	ctx.Defer(func(app.Context) {
		if area := app.Window().GetElementByID(t.ID); area.Truthy() && area.Get("value").String() != value {
			area.Set("value", value)
		}
	})
}

// Render draws the text.
func (t *TextArea) Render() app.UI {
	return app.Label().Class("field").Body(
		app.Span().Class("field-label").Text(t.Label),
		app.Textarea().ID("%s", t.ID).Class("text-area").Spellcheck(false).Rows(24).OnInput(t.input),
	)
}

func (t *TextArea) input(ctx app.Context, _ app.Event) { t.OnText(ctx.JSSrc().Get("value").String()) }

// FieldGroup is a group of fields with a heading.
func FieldGroup(d *Desk, title *i18n.Message, body ...app.UI) app.UI {
	return app.Section().Class("field-group").Body(append([]app.UI{app.H2().Class("field-head").Text(d.Lang.T(title))}, body...)...)
}

func Fields(body ...app.UI) app.UI { return app.Div().Class("field-row").Body(body...) }

// Sign is a product's picture where there is room for one letter.
func Sign(picture string) string {
	if picture == "" || len(picture) > 16 {
		return "▢"
	}
	return picture
}

// ImportShown is how many changes and mistakes are drawn.
const ImportShown = 100

// fileMax is the size of the largest file that the server takes.
const fileMax = 32 << 20

// FileField takes a file from the device.
type FileField struct {
	app.Compo

	Label  string
	OnFile func(name string, data []byte)
}

// Render draws the field.
func (f *FileField) Render() app.UI {
	return app.Label().Class("field file-field").Body(
		app.Span().Class("field-label").Text(f.Label),
		app.Input().ID("import-file").Type("file").Accept(".csv,.txt,text/csv").OnChange(f.change),
	)
}

// change hands over the bytes as they are: what their letters mean is found by
// who reads them.
func (f *FileField) change(ctx app.Context, _ app.Event) {
	files := ctx.JSSrc().Get("files")
	if files.Get("length").Int() == 0 {
		return
	}
	file := files.Index(0)
	name := file.Get("name").String()
	// One byte more than any file may have: the server refuses it by its size.
	file.Call("slice", 0, fileMax+1).Call("arrayBuffer").Then(func(buffer app.Value) {
		bytes := app.Window().Get("Uint8Array").New(buffer)
		data := make([]byte, bytes.Get("length").Int())
		app.CopyBytesToGo(data, bytes)
		f.OnFile(name, data)
	})
}

// Labelled is a row of choices with what they are about.
func Labelled(label string, choices ...app.UI) app.UI {
	return app.Div().Class("labelled").Role("group").Aria("label", label).Body(
		app.Span().Class("field-label").Text(label), app.Div().Class("choices-row").Body(choices...))
}
