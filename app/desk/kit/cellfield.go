package kit

import (
	"fmt"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/ui"
)

// CellField is a number in a table that is edited in its place. What was typed
// is handed over when the person leaves the cell or presses Enter; raise Rev to
// put Value in its place.
type CellField struct {
	app.Compo

	Table    string // names the table; cells are Table-row-column
	Row, Col int
	Value    string
	Rev      int
	Name     string // for screen readers
	OnPut    func(text string)

	shown int
}

func (f *CellField) id(row int) string { return fmt.Sprintf("%s-%d-%d", f.Table, row, f.Col) }

// OnMount puts the first value in.
func (f *CellField) OnMount(ctx app.Context) { f.put(ctx) }

// OnUpdate puts in what the program has set, unless the person is typing there.
func (f *CellField) OnUpdate(ctx app.Context) {
	if f.Rev != f.shown {
		f.put(ctx)
	}
}

func (f *CellField) put(ctx app.Context) {
	f.shown = f.Rev
	id, value := f.id(f.Row), f.Value
	ctx.Defer(func(app.Context) {
		if cell := app.Window().GetElementByID(id); cell.Truthy() && cell.Get("value").String() != value {
			cell.Set("value", value)
		}
	})
}

// Render draws the cell.
func (f *CellField) Render() app.UI {
	return app.Input().ID("%s", f.id(f.Row)).Class("cell-field").Type("text").Attr("inputmode", "decimal").
		Attr("autocomplete", "off").Aria("label", f.Name).OnChange(f.change).OnKeyDown(f.key)
}

func (f *CellField) change(ctx app.Context, _ app.Event) {
	f.OnPut(ctx.JSSrc().Get("value").String())
}

// key goes down with Enter and the arrows, and back with Escape.
func (f *CellField) key(ctx app.Context, e app.Event) {
	switch e.Get("key").String() {
	case "Enter", "ArrowDown":
		e.PreventDefault()
		f.leave(f.Row + 1)
	case "ArrowUp":
		e.PreventDefault()
		f.leave(f.Row - 1)
	case "Escape":
		ctx.JSSrc().Set("value", f.Value)
		ui.Blur()
	}
}

// leave goes to another row, which hands over what was typed.
func (f *CellField) leave(row int) {
	if app.Window().GetElementByID(f.id(row)).Truthy() {
		ui.Focus(f.id(row))
		return
	}
	ui.Blur()
}
