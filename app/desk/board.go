package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
)

// board is the overview: dashboards of widgets that the person arranges.
type board struct {
	studyView

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

// inBoard names the dashboard in an address.
const inBoard = "board"

func newBoard(d *desk) view {
	b := &board{answers: map[string]*cube.Result{}, faults: map[string]*errcode.Error{}}
	b.studyView = studyView{d: d, study: b, made: map[string]made{}}
	return b
}

// refresh takes the dashboard of the address and asks what its widgets show.
func (b *board) refresh() {
	id := b.d.ctx.Page().URL().Query().Get(inBoard)
	if id == "" {
		id = homeBoard
	}
	if id != b.id {
		b.id, b.editing, b.draft = id, false, nil
	}
	b.layout = b.d.layoutOf(id)
	b.studyView.refresh()
}

// layoutOf is a dashboard as it is kept, or the usual one.
func (d *desk) layoutOf(id string) layout {
	var l layout
	if item, ok := d.keptItem(keptBoard, id); ok {
		if err := json.Unmarshal(item.Body, &l); err == nil {
			return l.mended()
		}
	}
	return usualLayout()
}

// questions asks once for all numbers that have the same conditions, and once
// for every other widget.
func (b *board) questions() []question {
	d := b.d
	numbers := map[string][]widget{}
	var order []string
	var list []question
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
			list = append(list, b.ask(d.widgetQuery(w), func(r *cube.Result, e *errcode.Error) { b.take(w.ID, r, e) }))
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
func (b *board) askNumbers(widgets []widget) question {
	q := b.d.widgetQuery(widgets[0])
	q.Measures = nil
	for _, w := range widgets {
		if !slices.Contains(q.Measures, w.Measure) {
			q.Measures = append(q.Measures, w.Measure)
		}
	}
	q.Own = b.d.ownOf(q.Measures...)
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
func (b *board) ask(q cube.Query, take func(*cube.Result, *errcode.Error)) question {
	return func(ctx context.Context, d *desk, done func(*errcode.Error)) {
		query(ctx, d, bridge.InsightQuery, q, func(r cube.Result, e *errcode.Error) {
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

func (b *board) formula() string { return "" }

// parts are the widgets.
func (b *board) parts() []part {
	list := make([]part, 0, len(b.layout.Widgets))
	for _, w := range b.layout.Widgets {
		list = append(list, b.part(w))
	}
	return list
}

// part draws a widget from its answer.
func (b *board) part(w widget) part {
	d, r := b.d, b.answers[w.ID]
	p := part{id: w.ID, title: d.widgetTitle(w), span: w.Wide, tall: w.Tall, key: fmt.Sprint(w)}
	if w.Kind == widgetText {
		p.body = []app.UI{app.Div().Class("widget-text").Body(app.Range(strings.Split(w.Text, "\n")).Slice(func(i int) app.UI {
			return app.P().Text(strings.Split(w.Text, "\n")[i])
		}))}
		return p
	}
	if e := b.faults[w.ID]; e != nil {
		p.body = []app.UI{d.errorBox(e)}
		return p
	}
	if r == nil || len(r.Measures) != 1 || r.Measures[0] != w.Measure {
		return p
	}
	p.reading = d.readWidget(w, r)
	if len(r.Rows) == 0 {
		p.body = []app.UI{ui.EmptyState("–", d.lang.T(i18n.WidgetEmpty), d.lang.T(i18n.WidgetEmptyHow))}
		return p
	}
	p.grid = func() *grid { return d.widgetGrid(w, r) }
	switch w.Kind {
	case widgetCourse:
		b.coursePart(&p, w, r)
	case widgetHeat:
		b.heatPart(&p, w, r)
	case widgetBars:
		p.chart = func(c chart.Colours) (*chart.Drawing, error) { return d.drawBars(w, r, c) }
		p.pick = func(i int) {
			if i < len(r.Rows) {
				d.drillInto(d.behindBar(w, r, i))
			}
		}
		if w.Tall == 0 {
			p.tall = max(140, 30*min(len(r.Rows), barsMax)+20)
		}
	}
	return p
}

func (b *board) coursePart(p *part, w widget, r *cube.Result) {
	d := b.d
	p.chart = func(c chart.Colours) (*chart.Drawing, error) { return d.drawCourse(w, r, c) }
	p.pick = func(i int) {
		if steps := d.points(r).keys; i < len(steps) {
			d.drillInto(d.behindStep(w, r.By[0], steps[i]))
		}
	}
	if w.Tall == 0 {
		p.tall = 260
	}
	if r.Before != nil {
		p.body = []app.UI{d.courseLegend(r)}
	}
}

func (b *board) heatPart(p *part, w widget, r *cube.Result) {
	d := b.d
	if m, _ := d.measureOf(w.Measure); m.Format == cube.FormatMoney {
		p.title += ", " + d.lang.T(heatScale(r, d).name, "sign", d.lang.Sign(d.currency().Code))
	}
	p.chart = func(c chart.Colours) (*chart.Drawing, error) { return d.drawHeat(w, r, c) }
	p.grid = func() *grid { return d.heatGrid(w, r) }
	p.pick = func(i int) { d.drillInto(d.behindHour(w, d.heatOf(w.Measure, r), i)) }
	p.key += strconv.FormatBool(d.narrow)
}

// courseLegend says which line is which period.
func (d *desk) courseLegend(r *cube.Result) app.UI {
	span := func(from, to string) string {
		return d.lang.T(i18n.CompareShown, "from", d.date(from), "to", d.date(to))
	}
	return app.P().Class("legend").Body(
		app.Span().Body(app.Span().Class("legend-mark"), app.Text(span(r.From, r.To))),
		app.Span().Body(app.Span().Class("legend-mark legend-then"), app.Text(span(r.Before.From, r.Before.To))),
	)
}

// allOf gets the whole table of a widget for a file.
func (d *desk) allOf(w widget) func(context.Context, func(*grid, *errcode.Error)) {
	return func(ctx context.Context, then func(*grid, *errcode.Error)) {
		query(ctx, d, bridge.InsightQuery, d.widgetQuery(w), func(r cube.Result, e *errcode.Error) {
			if e != nil {
				then(nil, e)
				return
			}
			then(d.widgetGrid(w, &r), nil)
		})
	}
}

// known reports whether the person has the dashboard: a link may lead to one of
// a colleague who does not share it.
func (b *board) known() bool {
	_, kept := b.d.keptItem(keptBoard, b.id)
	return kept || b.id == homeBoard
}

// draw draws the dashboard.
func (b *board) draw() app.UI {
	d := b.d
	if state := d.reportState(&b.errand, b.answer > 0); state != nil {
		return state
	}
	if d.insight.Receipts == 0 && b.errand.waiting == 0 && !b.editing {
		return ui.EmptyState("◔", d.lang.T(i18n.DataNone), d.lang.T(i18n.WidgetEmptyHow))
	}
	body := []app.UI{d.progressLine(&b.errand)}
	if !b.known() {
		body = append(body, app.P().Class("wide-widget filter-notes").Role("status").Text(d.lang.T(i18n.BoardNotShared)))
	}
	parts := b.parts()
	for i := range parts {
		body = append(body, b.drawWidget(i, &parts[i]))
	}
	if b.editing {
		body = append(body, app.Div().Class("wide-widget board-add").Body(
			&ui.Button{ID: "widget-add", Label: "+ " + d.lang.T(i18n.BoardAdd), OnPress: d.press(b.add)}))
	}
	if b.draft != nil {
		body = append(body, b.drawSettings())
	}
	grid := app.Div().ID("board").Class("board").Aria("busy", b.errand.waiting > 0)
	if b.editing {
		grid.Class("board-editing")
	}
	return grid.Body(body...)
}

// drawWidget draws a widget; while the board is arranged, with its handle.
func (b *board) drawWidget(i int, p *part) app.UI {
	w := b.layout.Widgets[i]
	var inner app.UI
	if w.Kind == widgetNumber && b.faults[w.ID] == nil {
		inner = b.drawNumber(w)
	} else {
		inner = b.drawPart(p)
	}
	return &slot{B: b, ID: w.ID, At: i, Wide: w.Wide, Number: w.Kind == widgetNumber, Editing: b.editing, Dragged: b.drag == w.ID, Inner: inner, Rev: b.d.rev}
}

// drawNumber draws a number with its change. Pressing it opens what is behind.
func (b *board) drawNumber(w widget) app.UI {
	d, l, r := b.d, b.d.lang, b.answers[w.ID]
	c := &numberCard{ID: "card-" + string(w.Measure), Label: d.widgetTitle(w), Number: "…", Go: d.press(func() {
		if !b.editing {
			d.drillInto(behindWidget(w))
		}
	})}
	if r == nil || len(r.Measures) != 1 || r.Measures[0] != w.Measure {
		return c
	}
	value := r.Total.Values[0]
	c.Number, c.Exact, c.Value = d.headline(w.Measure, value), d.figure(w.Measure, value), value.N
	c.Words = strings.Join(d.inWordsOf(w.Where), " · ")
	m, _ := d.measureOf(w.Measure)
	if d.insight.To != "" && r.From > d.insight.To {
		c.Note = l.T(i18n.DataNone) // nothing of the period has come: no fall
		return c
	}
	if r.Before != nil && len(r.Total.Before) > 0 {
		c.Note = l.T(i18n.CompareNothing)
		if bp, ok := change(value, r.Total.Before[0]); ok {
			better := m.Better
			if better == 0 && strings.HasPrefix(string(w.Measure), cube.OwnPrefix) {
				better = 1
			}
			c.Delta, c.Note = delta(bp, l), d.headline(w.Measure, r.Total.Before[0])
			c.Up, c.Down = whole(bp)*int64(better) > 0, whole(bp)*int64(better) < 0
		}
	}
	c.Spark = spark(d.points(r).now)
	return c
}
