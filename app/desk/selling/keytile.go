package selling

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/ui"
)

// keyTab is a group as the till shows it.
type keyTab struct {
	app.Compo

	ID, Text, Colour string
	On               bool
	Go               ui.Press
}

// Render draws the tab.
func (t *keyTab) Render() app.UI {
	return app.Button().Type("button").ID("%s", t.ID).Class("tab").Role("tab").DataSet("colour", t.Colour).Aria("selected",
		t.On).OnClick(t.click).Text(t.Text)
}

func (t *keyTab) click(ctx app.Context, _ app.Event) { t.Go(ctx) }

// keyTile is a key: pressed it is chosen; dragged, or with Alt and arrows, it moves.
type keyTile struct {
	app.Compo

	K                         *keysView
	I                         int
	Name, Sign, Price, Colour string
	On                        bool
}

// Render draws the key.
func (t *keyTile) Render() app.UI {
	class := "tile quick-cell"
	if t.On {
		class += " chosen"
	}
	return app.Button().Type("button").ID("key-%d", t.I).Class(class).DataSet("colour", t.Colour).Draggable(true).Aria("pressed", t.On).
		OnClick(t.click).OnKeyDown(t.key).OnDragStart(t.drag).OnDragOver(t.over).OnDrop(t.drop).Body(
		app.Span().Class("tile-sign").Aria("hidden", true).Text(t.Sign),
		app.Span().Class("tile-name").Text(t.Name),
		app.Span().Class("tile-price").Text(t.Price),
	)
}

func (t *keyTile) click(app.Context, app.Event) {
	t.K.d.On(func() {
		if t.K.key == t.I {
			t.K.key = -1
		} else {
			t.K.key = t.I
		}
		t.K.grid.Rev++
	})
}

// key moves the key by keyboard.
func (t *keyTile) key(_ app.Context, e app.Event) {
	if !e.Get("altKey").Bool() {
		return
	}
	step := map[string]int{"ArrowLeft": -1, "ArrowUp": -1, "ArrowRight": 1, "ArrowDown": 1}[e.Get("key").String()]
	if step != 0 {
		e.PreventDefault()
		t.K.d.On(func() { t.K.moveKey(t.I, t.I+step) })
	}
}

func (t *keyTile) drag(_ app.Context, e app.Event) {
	t.K.dragged = t.I
	e.Get("dataTransfer").Call("setData", "text/plain", t.Name) // some browsers drag nothing without data
}

func (t *keyTile) over(_ app.Context, e app.Event) { e.PreventDefault() }

func (t *keyTile) drop(_ app.Context, e app.Event) {
	e.PreventDefault()
	t.K.d.On(func() { t.K.moveKey(t.K.dragged, t.I) })
}

// swatch is a colour to choose.
type swatch struct {
	app.Compo

	ID, Colour, Name string
	On               bool
	Go               ui.Press
}

// Render draws the colour.
func (s *swatch) Render() app.UI {
	return app.Button().Type("button").ID("%s", s.ID).Class("swatch").DataSet("colour", s.Colour).Aria("label",
		s.Name).Title(s.Name).Aria("pressed", s.On).OnClick(s.click)
}

func (s *swatch) click(ctx app.Context, _ app.Event) { s.Go(ctx) }
