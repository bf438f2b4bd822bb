package ui

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Field is a labelled line of text. The browser owns the text while a person
// types; raise Rev to put Value in its place.
type Field struct {
	app.Compo

	ID      string
	Label   string
	Hint    string // below the field
	Example string // in the empty field
	Value   string
	Rev     int
	Class   string
	Mode    string // keyboard of a touch screen: "decimal", "numeric", "text"
	Unit    string // behind the text: "₽"
	Secret  bool
	Fill    string // what the browser may fill in: "username"; "" for nothing
	Focus   bool   // take the focus when the field appears
	OnText  func(app.Context, string)
	OnEnter Press

	shown int
}

// OnMount puts the first value in.
func (f *Field) OnMount(ctx app.Context) {
	f.put(ctx)
	if f.Focus {
		ctx.Defer(func(app.Context) { Focus(f.ID) })
	}
}

// OnUpdate puts a value that the program has set in place of the text.
func (f *Field) OnUpdate(ctx app.Context) {
	if f.Rev != f.shown {
		f.put(ctx)
	}
}

func (f *Field) put(ctx app.Context) {
	f.shown = f.Rev
	value := f.Value
	field := app.Window().GetElementByID(f.ID)
	if !field.Truthy() { // it was another field until now, or none: what stands there is nobody's
		ctx.Defer(func(app.Context) { set(f.ID, value) })
		return
	}
	was := field.Get("value").String()
	ctx.Defer(func(app.Context) { Rewrite(f.ID, was, value) })
}

// Render draws the field.
func (f *Field) Render() app.UI {
	kind, fill := "text", "off"
	if f.Fill != "" {
		fill = f.Fill
	}
	if f.Secret {
		kind = "password"
	}
	input := app.Input().ID("%s", f.ID).Type(kind).Class("field-input").
		Attr("inputmode", f.Mode).Placeholder("%s", f.Example).
		Attr("autocomplete", fill).Attr("autocapitalize", "off").Spellcheck(false).
		OnInput(f.input).OnKeyDown(f.key)
	if f.Focus {
		input.AutoFocus(true)
	}
	return app.Div().Class("field").Class(f.Class).Body(
		app.If(f.Label != "", func() app.UI {
			return app.Label().Class("field-label").For(f.ID).Text(f.Label)
		}),
		app.Div().Class("field-box").Body(
			input,
			app.If(f.Unit != "", func() app.UI { return app.Span().Class("field-unit").Text(f.Unit) }),
		),
		app.If(f.Hint != "", func() app.UI { return app.P().Class("field-hint").Text(f.Hint) }),
	)
}

func (f *Field) input(ctx app.Context, _ app.Event) {
	if f.OnText != nil {
		f.OnText(ctx, ctx.JSSrc().Get("value").String())
	}
}

func (f *Field) key(ctx app.Context, e app.Event) {
	if f.OnEnter != nil && e.Get("key").String() == "Enter" {
		f.OnEnter(ctx)
	}
}

// Focus gives the keyboard's focus to the element id.
func Focus(id string) {
	if element := app.Window().GetElementByID(id); element.Truthy() {
		element.Call("focus")
	}
}

// Reveal scrolls the element id into sight, no further than needed.
func Reveal(id string) {
	if element := app.Window().GetElementByID(id); element.Truthy() {
		element.Call("scrollIntoView", map[string]any{"block": "nearest"})
	}
}

// Turn scrolls the element id by so many of its heights.
func Turn(id string, pages int) {
	if element := app.Window().GetElementByID(id); element.Truthy() {
		element.Call("scrollBy", 0, pages*(element.Get("clientHeight").Int()-8))
	}
}

// Blur takes the focus from whatever has it.
func Blur() {
	if element := app.Window().Get("document").Get("activeElement"); element.Truthy() {
		element.Call("blur")
	}
}

// ShowModal opens the native dialog id, which keeps the focus inside until it
// is closed, with the focus on its first field.
func ShowModal(id string) {
	dialog := app.Window().GetElementByID(id)
	if !dialog.Truthy() {
		return
	}
	if !dialog.Get("open").Truthy() {
		dialog.Call("showModal")
	}
	if field := dialog.Call("querySelector", "input"); field.Truthy() {
		field.Call("focus")
	}
}
