package board

import (
	"fmt"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
)

// slot is the place of a widget on its dashboard. While the board is arranged it
// has a handle: dragged it moves the widget, its corner makes it larger, and
// with the focus on it arrows do the same.
type slot struct {
	app.Compo

	B       *board
	ID      string
	At      int
	Wide    int
	Number  bool
	Editing bool
	Dragged bool
	Inner   app.UI
	Rev     int

	startX, startY int // of a pointer that drags the corner
	pulling        bool
}

// Render draws the widget with what arranges it.
func (s *slot) Render() app.UI {
	place := app.Div().ID("%s", "slot-"+s.ID).Class("slot").Class(fmt.Sprintf("span-%d", s.Wide))
	if s.Number {
		place.Class("slot-number")
	}
	if !s.Editing {
		return place.Body(s.Inner)
	}
	if s.Dragged {
		place.Class("slot-dragged")
	}
	return place.OnDragOver(s.over).OnDrop(s.dropped).Body(s.drawHandle(), s.Inner,
		app.Span().Class("slot-corner").Aria("hidden", true).On("pointerdown", s.pull).On("pointermove", s.pulled).On("pointerup", s.release))
}

func (s *slot) drawHandle() app.UI {
	d, l := s.B.D, s.B.D.Lang
	button := func(id, sign string, name *i18n.Message, do func()) app.UI {
		return &ui.Button{ID: id + "-" + s.ID, Label: sign, Name: l.T(name), Kind: ui.Quiet, OnPress: d.Press(do)}
	}
	return app.Div().Class("slot-bar").Body(
		app.Button().ID("%s", "handle-"+s.ID).Type("button").Class("slot-handle").Draggable(true).Title(l.T(boardHandle)).
			Aria("label", l.T(boardHandle)).OnDragStart(s.dragged).OnDragEnd(s.ended).OnKeyDown(s.key).Text("⠿"),
		button("earlier", "←", boardEarlier, func() { s.B.move(s.ID, -1) }),
		button("later", "→", boardLater, func() { s.B.move(s.ID, 1) }),
		button("narrower", "−", boardNarrower, func() { s.B.resize(s.ID, -1, 0) }),
		button("wider", "+", boardWider, func() { s.B.resize(s.ID, 1, 0) }),
		button("configure", "⚙", boardWidget, func() { s.B.configure(s.ID) }),
		button("remove", "✕", boardRemove, func() { s.B.remove(s.ID) }),
	)
}

func (s *slot) dragged(_ app.Context, e app.Event) {
	if transfer := e.Get("dataTransfer"); transfer.Truthy() {
		transfer.Set("effectAllowed", "move")
		transfer.Call("setData", "text/plain", s.ID)
	}
	s.B.drag = s.ID
	s.B.D.Rev++
}

func (s *slot) ended(app.Context, app.Event) {
	s.B.drag = ""
	s.B.D.Rev++
}

func (s *slot) over(ctx app.Context, e app.Event) {
	if s.B.drag != "" {
		e.PreventDefault()
	}
	ctx.PreventUpdate()
}

func (s *slot) dropped(ctx app.Context, e app.Event) {
	e.PreventDefault()
	s.B.drop(s.ID)
	s.B.D.RedrawAll(ctx)
}

// key moves and sizes by arrows, removes by Delete.
func (s *slot) key(ctx app.Context, e app.Event) {
	wide, tall := 0, 0
	name := strings.TrimPrefix(e.Get("key").String(), "Arrow")
	switch name {
	case "Left", "Up":
		wide, tall = -1, -1
	case "Right", "Down":
		wide, tall = 1, 1
	case "Delete":
		s.B.remove(s.ID)
		s.B.D.RedrawAll(ctx)
		return
	default:
		return
	}
	e.PreventDefault()
	switch {
	case !e.Get("shiftKey").Bool():
		s.B.move(s.ID, wide)
		ctx.Defer(func(app.Context) { ui.Focus("handle-" + s.ID) })
	case name == "Left" || name == "Right":
		s.B.resize(s.ID, wide, 0)
	default:
		s.B.resize(s.ID, 0, tall)
	}
	s.B.D.RedrawAll(ctx)
}

// pull begins to drag the corner.
func (s *slot) pull(ctx app.Context, e app.Event) {
	e.PreventDefault()
	s.pulling, s.startX, s.startY = true, e.Get("clientX").Int(), e.Get("clientY").Int()
	ctx.JSSrc().Call("setPointerCapture", e.Get("pointerId").Int())
	ctx.PreventUpdate()
}

// pulled sizes the widget by whole columns and steps.
func (s *slot) pulled(ctx app.Context, e app.Event) {
	if !s.pulling {
		ctx.PreventUpdate()
		return
	}
	column := app.Window().GetElementByID("board").Get("clientWidth").Int() / wideMax
	x, y := e.Get("clientX").Int(), e.Get("clientY").Int()
	wide, tall := 0, (y-s.startY)/tallStep
	if column > 0 {
		wide = (x - s.startX) / column
	}
	if wide == 0 && tall == 0 {
		ctx.PreventUpdate()
		return
	}
	s.startX, s.startY = s.startX+wide*column, s.startY+tall*tallStep
	s.B.resize(s.ID, wide, tall)
	s.B.D.RedrawAll(ctx)
}

func (s *slot) release(app.Context, app.Event) { s.pulling = false }

// numberCard is a number with its change and its course in small.
type numberCard struct {
	app.Compo

	ID, Label, Number, Exact, Delta, Note, Words string

	Value    int64
	Up, Down bool
	Spark    string
	Go       ui.Press
}

// Render draws the card.
func (c *numberCard) Render() app.UI {
	tone := ""
	switch {
	case c.Up:
		tone = "up"
	case c.Down:
		tone = "down"
	}
	return app.Button().Type("button").ID("%s", c.ID).Class("card").Title(c.Exact).DataSet("value", c.Value).OnClick(c.click).Body(
		app.Span().Class("card-label").Text(c.Label),
		app.Span().Class("card-number").Text(c.Number),
		app.Span().Class("card-change").Body(
			app.Span().Class("delta").Class(tone).Text(c.Delta),
			app.Span().Class("card-note").Text(c.Note),
		),
		app.If(c.Spark != "", func() app.UI { return app.Raw(c.Spark) }),
		app.If(c.Words != "", func() app.UI { return app.Span().Class("card-words").Text(c.Words) }),
	)
}

func (c *numberCard) click(ctx app.Context, _ app.Event) { c.Go(ctx) }

// spark draws values as a line without axes.
func spark(values []*float64) string {
	const width, height = 120.0, 28.0
	low, high, n := 0.0, 0.0, 0
	for _, v := range values {
		if v == nil {
			continue
		}
		if n == 0 || *v < low {
			low = *v
		}
		high, n = max(high, *v), n+1
	}
	if n < 2 || high == low {
		return ""
	}
	var path strings.Builder
	for i, v := range values {
		if v != nil {
			fmt.Fprintf(&path, "%.1f,%.1f ", float64(i)*width/float64(len(values)-1), 2+(height-4)*(1-(*v-low)/(high-low)))
		}
	}
	return fmt.Sprintf(`<svg class="spark" viewBox="0 0 %.0f %.0f" preserveAspectRatio="none" aria-hidden="true"><polyline points="%s"/></svg>`,
		width, height, strings.TrimSpace(path.String()))
}
