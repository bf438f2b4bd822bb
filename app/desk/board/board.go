package board

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/chart"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
)

// board is the overview: dashboards of widgets that the person arranges.
type board struct {
	kit.StudyView

	id      string // of the dashboard; homeBoard for the one that everybody has
	layout  layout
	answers map[string]*cube.Result // by widget
	faults  map[string]*errcode.Error
	editing bool
	drag    string  // widget that is being dragged
	draft   *widget // whose settings are open
	fresh   bool    // the draft is not on the board yet
}

// homeBoard is the dashboard that everybody has.
const homeBoard = "home"

func newBoard(d *kit.Desk) kit.View {
	b := &board{answers: map[string]*cube.Result{}, faults: map[string]*errcode.Error{}}
	b.StudyView = kit.StudyView{D: d, Study: b, Made: map[string]kit.Made{}}
	return b
}

// Refresh takes the dashboard of the address and asks what its widgets show.
func (b *board) Refresh() {
	id := b.D.Ctx.Page().URL().Query().Get(kit.InBoard)
	if id == "" {
		id = homeBoard
	}
	if id != b.id {
		b.id, b.editing, b.draft = id, false, nil
	}
	b.layout = layoutOf(b.D, id)
	b.StudyView.Refresh()
}

// layoutOf is a dashboard as it is kept, or the usual one.
func layoutOf(d *kit.Desk, id string) layout {
	var l layout
	if item, ok := kit.KeptItem(d, kit.KeptBoard, id); ok {
		if err := json.Unmarshal(item.Body, &l); err == nil {
			return l.mended()
		}
	}
	return usualLayout()
}

// Questions asks once for all numbers that have the same conditions, and once
// for every other widget.
func (b *board) Questions() []kit.Question {
	d := b.D
	numbers := map[string][]widget{}
	var order []string
	var list []kit.Question
	for _, w := range b.layout.Widgets {
		switch w.Kind {
		case widgetText:
		case widgetNumber:
			key := fmt.Sprint(w.Where)
			if numbers[key] == nil {
				order = append(order, key)
			}
			numbers[key] = append(numbers[key], w)
		default:
			list = append(list, b.ask(widgetQuery(d, w), func(r *cube.Result, e *errcode.Error) { b.take(w.ID, r, e) }))
		}
	}
	for _, key := range order {
		for part := range slices.Chunk(numbers[key], cube.MeasuresMax) {
			list = append(list, b.askNumbers(part))
		}
	}
	return list
}

// askNumbers asks for the measures of several numbers at once.
func (b *board) askNumbers(widgets []widget) kit.Question {
	q := widgetQuery(b.D, widgets[0])
	q.Measures = nil
	for _, w := range widgets {
		if !slices.Contains(q.Measures, w.Measure) {
			q.Measures = append(q.Measures, w.Measure)
		}
	}
	q.Own = kit.OwnOf(b.D, q.Measures...)
	return b.ask(q, func(r *cube.Result, e *errcode.Error) {
		for _, w := range widgets {
			if e != nil {
				b.take(w.ID, nil, e)
				continue
			}
			b.take(w.ID, only(r, slices.Index(r.Measures, w.Measure)), nil)
		}
	})
}

// only is a result with one of its measures.
func only(r *cube.Result, i int) *cube.Result {
	one := func(list []cube.Value) []cube.Value {
		if i >= len(list) {
			return nil
		}
		return list[i : i+1]
	}
	row := func(row cube.Row) cube.Row {
		return cube.Row{Keys: row.Keys, Values: one(row.Values), Before: one(row.Before)}
	}
	out := *r
	out.Measures, out.Total, out.Rows = r.Measures[i:i+1], row(r.Total), make([]cube.Row, len(r.Rows))
	for n := range r.Rows {
		out.Rows[n] = row(r.Rows[n])
	}
	return &out
}

// ask is a question whose failure is its widget's, and not the page's.
func (b *board) ask(q cube.Query, take func(*cube.Result, *errcode.Error)) kit.Question {
	return func(ctx context.Context, d *kit.Desk, done func(*errcode.Error)) {
		kit.Query(ctx, d, bridge.InsightQuery, q, func(r cube.Result, e *errcode.Error) {
			if e != nil && e.Code == errcode.Cancelled {
				done(e)
				return
			}
			take(&r, e)
			done(nil)
		})
	}
}

func (b *board) take(id string, r *cube.Result, e *errcode.Error) {
	b.faults[id] = e
	if e == nil {
		b.answers[id] = r
	}
}

func (b *board) Formula() string { return "" }

// Parts are the widgets.
func (b *board) Parts() []kit.Part {
	list := make([]kit.Part, 0, len(b.layout.Widgets))
	for _, w := range b.layout.Widgets {
		list = append(list, b.part(w))
	}
	return list
}

// part draws a widget from its answer.
func (b *board) part(w widget) kit.Part {
	d, r := b.D, b.answers[w.ID]
	p := kit.Part{ID: w.ID, Title: widgetTitle(d, w), Span: w.Wide, Tall: w.Tall, Key: fmt.Sprint(w)}
	if w.Kind == widgetText {
		p.Body = []app.UI{app.Div().Class("widget-text").Body(app.Range(strings.Split(w.Text, "\n")).Slice(func(i int) app.UI {
			return app.P().Text(strings.Split(w.Text, "\n")[i])
		}))}
		return p
	}
	if e := b.faults[w.ID]; e != nil {
		p.Body = []app.UI{d.ErrorBox(e)}
		return p
	}
	if r == nil || len(r.Measures) != 1 || r.Measures[0] != w.Measure {
		return p
	}
	p.Reading = readWidget(d, w, r)
	if len(r.Rows) == 0 {
		p.Body = []app.UI{ui.EmptyState("–", d.Lang.T(widgetEmpty), d.Lang.T(i18n.WidgetEmptyHow))}
		return p
	}
	p.Grid = func() *kit.Grid { return widgetGrid(d, w, r) }
	switch w.Kind {
	case widgetCourse:
		b.coursePart(&p, w, r)
	case widgetHeat:
		b.heatPart(&p, w, r)
	case widgetBars:
		p.Chart = func(c chart.Colours) (*chart.Drawing, error) { return drawBars(d, w, r, c) }
		p.Pick = func(i int) {
			if i < len(r.Rows) {
				d.DrillInto(behindBar(d, w, r, i))
			}
		}
		if w.Tall == 0 {
			p.Tall = max(140, 30*min(len(r.Rows), barsMax)+20)
		}
	}
	return p
}

func (b *board) coursePart(p *kit.Part, w widget, r *cube.Result) {
	d := b.D
	p.Chart = func(c chart.Colours) (*chart.Drawing, error) { return drawCourse(d, w, r, c) }
	p.Pick = func(i int) {
		if steps := points(d, r).Keys; i < len(steps) {
			d.DrillInto(behindStep(d, w, r.By[0], steps[i]))
		}
	}
	if w.Tall == 0 {
		p.Tall = 260
	}
	if r.Before != nil {
		p.Body = []app.UI{courseLegend(d, r)}
	}
}

func (b *board) heatPart(p *kit.Part, w widget, r *cube.Result) {
	d := b.D
	if m, _ := d.MeasureOf(w.Measure); m.Format == cube.FormatMoney {
		p.Title += ", " + d.Lang.T(kit.HeatScale(r, d).Name, "sign", d.Lang.Sign(d.Currency().Code))
	}
	p.Chart = func(c chart.Colours) (*chart.Drawing, error) { return drawHeat(d, w, r, c) }
	p.Grid = func() *kit.Grid { return heatGrid(d, w, r) }
	p.Pick = func(i int) { d.DrillInto(behindWidget(w, d.HourCells(d.HeatOf(w.Measure, r), i)...)) }
	p.Key += strconv.FormatBool(d.Narrow)
}

// courseLegend says which line is which period.
func courseLegend(d *kit.Desk, r *cube.Result) app.UI {
	span := func(from, to string) string {
		return d.Lang.T(compareShown, "from", d.Date(from), "to", d.Date(to))
	}
	return app.P().Class("legend").Body(
		app.Span().Body(app.Span().Class("legend-mark"), app.Text(span(r.From, r.To))),
		app.Span().Body(app.Span().Class("legend-mark legend-then"), app.Text(span(r.Before.From, r.Before.To))),
	)
}

// allOf gets the whole table of a widget for a file.
func allOf(d *kit.Desk, w widget) func(context.Context, func(*kit.Grid, *errcode.Error)) {
	return func(ctx context.Context, then func(*kit.Grid, *errcode.Error)) {
		kit.Query(ctx, d, bridge.InsightQuery, widgetQuery(d, w), func(r cube.Result, e *errcode.Error) {
			if e != nil {
				then(nil, e)
				return
			}
			then(widgetGrid(d, w, &r), nil)
		})
	}
}

// known reports whether the person has the dashboard: a link may lead to one of
// a colleague who does not share it.
func (b *board) known() bool {
	_, kept := kit.KeptItem(b.D, kit.KeptBoard, b.id)
	return kept || b.id == homeBoard
}

// Draw draws the dashboard.
func (b *board) Draw() app.UI {
	d := b.D
	if state := kit.ReportState(d, &b.Batch, b.Answer > 0); state != nil {
		return state
	}
	if d.Insight.Receipts == 0 && b.Batch.Waiting == 0 && !b.editing {
		return ui.EmptyState("◔", d.Lang.T(i18n.DataNone), d.Lang.T(i18n.WidgetEmptyHow))
	}
	body := []app.UI{kit.ProgressLine(d, &b.Batch)}
	if !b.known() {
		body = append(body, app.P().Class("wide-widget filter-notes").Role("status").Text(d.Lang.T(boardNotShared)))
	}
	parts := b.Parts()
	for i := range parts {
		body = append(body, b.drawWidget(i, &parts[i]))
	}
	if b.editing {
		body = append(body, app.Div().Class("wide-widget board-add").Body(
			&ui.Button{ID: "widget-add", Label: "+ " + d.Lang.T(boardAdd), OnPress: d.Press(b.add)}))
	}
	if b.draft != nil {
		body = append(body, b.drawSettings())
	}
	grid := app.Div().ID("board").Class("board").Aria("busy", b.Batch.Waiting > 0)
	if b.editing {
		grid.Class("board-editing")
	}
	return grid.Body(body...)
}

// drawWidget draws a widget; while the board is arranged, with its handle.
func (b *board) drawWidget(i int, p *kit.Part) app.UI {
	w := b.layout.Widgets[i]
	var inner app.UI
	if w.Kind == widgetNumber && b.faults[w.ID] == nil {
		inner = b.drawNumber(w)
	} else {
		inner = b.DrawPart(p)
	}
	return &slot{B: b, ID: w.ID, At: i, Wide: w.Wide, Number: w.Kind == widgetNumber, Editing: b.editing, Dragged: b.drag == w.ID, Inner: inner, Rev: b.D.Rev}
}

// drawNumber draws a number with its change. Pressing it opens what is behind.
func (b *board) drawNumber(w widget) app.UI {
	d, l, r := b.D, b.D.Lang, b.answers[w.ID]
	c := &numberCard{ID: "card-" + string(w.Measure), Label: widgetTitle(d, w), Number: "…", Go: d.Press(func() {
		if !b.editing {
			d.DrillInto(behindWidget(w))
		}
	})}
	if r == nil || len(r.Measures) != 1 || r.Measures[0] != w.Measure {
		return c
	}
	value := r.Total.Values[0]
	c.Number, c.Exact, c.Value = d.Headline(w.Measure, value), d.Figure(w.Measure, value), value.N
	c.Words = strings.Join(d.InWordsOf(w.Where), " · ")
	if d.Insight.To != "" && r.From > d.Insight.To {
		c.Note = l.T(i18n.DataNone) // nothing of the period has come: no fall
		return c
	}
	if r.Before != nil && len(r.Total.Before) > 0 {
		c.Note = l.T(compareNothing)
		if bp, ok := kit.Change(value, r.Total.Before[0]); ok {
			better := kit.BetterOf(d, w.Measure)
			c.Delta, c.Note = kit.Delta(bp, l), d.Headline(w.Measure, r.Total.Before[0])
			c.Up, c.Down = kit.Whole(bp)*int64(better) > 0, kit.Whole(bp)*int64(better) < 0
		}
	}
	c.Spark = spark(points(d, r).Now)
	return c
}

// Address names the dashboard in an address, unless it is everybody's.
func (b *board) Address(v url.Values) {
	if b.id != "" && b.id != homeBoard {
		v.Set(kit.InBoard, b.id)
	}
}

// Escape closes a widget's settings, or ends the arranging.
func (b *board) Escape() {
	if b.draft != nil {
		b.draft = nil
		return
	}
	b.editing = false
}
