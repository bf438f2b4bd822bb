package desk

import (
	"context"
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
)

// study is a report page: questions about the filter and the answers laid out.
// The frame asks, shows progress, cancels what is no longer wanted, and draws
// the states that all reports share: first download, error, nothing found.
type study interface {
	// questions are what the page asks for the filter of the moment.
	questions() []question
	// parts lays the answers out, once all have come; nil when there is
	// nothing in the period. It is called for every drawing and must be cheap:
	// charts and grids are made by the parts' own functions, once per answer.
	parts() []part
	// formula says how the figures are counted; "" for nothing to say.
	formula() string
}

// question is one thing that is asked and what happens with the answer.
type question func(ctx context.Context, d *desk, done func(*errcode.Error))

// asks is a question for a report; the answer goes to place.
func asks[T any](name report.Name, request any, place **T) question {
	return func(ctx context.Context, d *desk, done func(*errcode.Error)) {
		ask(ctx, d, name, request, func(answer T, e *errcode.Error) {
			if e == nil {
				*place = &answer
			}
			done(e)
		})
	}
}

// counts is a question for the cube; the answer goes to place.
func counts(q cube.Query, place **cube.Result) question {
	return func(ctx context.Context, d *desk, done func(*errcode.Error)) {
		query(ctx, d, bridge.InsightQuery, q, func(answer cube.Result, e *errcode.Error) {
			if e == nil {
				*place = &answer
			}
			done(e)
		})
	}
}

// Work that takes longer than slow shows how far it is, longer than long it can
// be stopped.
const (
	slow = time.Second
	long = 5 * time.Second
)

// errand is questions under way.
type errand struct {
	round   int
	waiting int
	slow    bool
	long    bool
	stopped bool // by the person
	stop    context.CancelFunc
	fault   *errcode.Error
}

// run asks the questions in place of those under way. then is called when all
// are answered without a fault.
func (e *errand) run(d *desk, list []question, then func()) {
	e.end()
	ctx, stop := context.WithCancel(context.Background())
	d.work = bridge.Progress{}
	e.stop, e.waiting, e.fault, e.slow, e.long, e.stopped = stop, len(list), nil, false, false, false
	round := e.round
	d.later(slow, func() { e.slow = round == e.round && e.waiting > 0 })
	d.later(long, func() { e.long = round == e.round && e.waiting > 0 })
	if len(list) == 0 {
		stop()
		then()
	}
	for _, q := range list {
		q(ctx, d, func(fault *errcode.Error) {
			if round != e.round {
				return
			}
			if fault != nil && e.fault == nil {
				e.fault = fault
			}
			if e.waiting--; e.waiting == 0 {
				stop()
				if e.fault == nil {
					then()
				}
			}
		})
	}
}

// end lets go of the questions under way.
func (e *errand) end() {
	if e.stop != nil {
		e.stop()
	}
	e.round++
	e.waiting = 0
}

// cancel ends the questions because the person asked for it.
func (e *errand) cancel() {
	e.end()
	e.stopped = true
}

// progressLine shows that work is under way once it takes long.
func (d *desk) progressLine(e *errand) app.UI {
	if e.waiting == 0 || !e.slow {
		return app.Span().Hidden(true)
	}
	return app.Div().Class("working").Role("status").Body(
		app.Span().Text(d.lang.T(i18n.WorkBusy)),
		ui.ProgressBar(d.work.Done, d.work.Total),
		app.If(e.long, func() app.UI {
			return &ui.Button{ID: "work-cancel", Label: d.lang.T(i18n.WorkCancel), OnPress: d.press(e.cancel)}
		}),
	)
}

// later calls f on the UI goroutine after a while.
func (d *desk) later(after time.Duration, f func()) {
	d.ctx.After(after, func(app.Context) {
		d.rev++
		f()
	})
}

// studyView shows a study.
type studyView struct {
	d      *desk
	study  study
	errand errand
	answer int // rises with every answer
	made   map[string]made
}

// made is a chart or a grid of a part, and what it was made for.
type made struct {
	key     string
	drawing *chart.Drawing
	grid    *grid
	rev     int
	fault   *errcode.Error
}

// studied makes the constructor of a page from that of its study.
func studied(of func(*desk) study) func(*desk) view {
	return func(d *desk) view { return &studyView{d: d, study: of(d), made: map[string]made{}} }
}

func (v *studyView) refresh() {
	if !v.d.insight.Ready {
		return
	}
	v.errand.run(v.d, v.study.questions(), func() { v.answer++ })
}

func (v *studyView) redraw() {}

func (v *studyView) leave() { v.errand.end() }

// draw draws the report, or why there is none.
func (v *studyView) draw() app.UI {
	d, l := v.d, v.d.lang
	if state := d.reportState(&v.errand, v.answer > 0); state != nil {
		return state
	}
	parts := v.study.parts()
	if len(parts) == 0 {
		return ui.EmptyState("◔", l.T(i18n.ReportNone), l.T(i18n.WidgetEmptyHow))
	}
	body := []app.UI{d.progressLine(&v.errand)}
	if v.errand.fault != nil {
		body = append(body, app.Div().Class("wide-widget").Body(d.errorBox(v.errand.fault)))
	}
	for i := range parts {
		body = append(body, v.drawPart(&parts[i]))
	}
	if text := v.study.formula(); text != "" {
		body = append(body, d.formula(text))
	}
	return app.Div().Class("board").Aria("busy", v.errand.waiting > 0).Body(body...)
}

// reportState is what a page shows while it has no answer; nil when it has one.
func (d *desk) reportState(e *errand, answered bool) app.UI {
	l := d.lang
	again := func(do func()) app.UI {
		return &ui.Button{ID: "again", Label: l.T(i18n.DeskAgain), OnPress: d.press(do)}
	}
	state := func(body ...app.UI) app.UI { return app.Div().Class("board-state").Body(body...) }
	switch {
	case d.fault != nil:
		return state(d.errorBox(d.fault), again(func() { d.fault = nil; d.connect() }))
	case answered && !e.stopped:
		return nil
	case d.insight.Fault != nil && e.waiting == 0:
		return state(d.errorBox(d.insight.Fault), again(d.askServer))
	case e.fault != nil:
		return state(d.errorBox(e.fault), again(d.refreshPage))
	case e.stopped:
		return state(app.P().Text(l.T(i18n.WorkStopped)), again(d.refreshPage))
	case d.heard && !d.insight.Ready:
		return d.drawFirst()
	}
	return app.Div().Class("board board-wait").Aria("busy", true).Body(d.progressLine(e))
}

// drawFirst shows how the first download goes.
func (d *desk) drawFirst() app.UI {
	l, p := d.lang, d.progress
	return app.Div().Class("board-state").Body(
		app.P().Text(l.T(i18n.DataFirst)),
		ui.ProgressBar(p.Done, p.Total),
		app.P().Class("muted").Text(l.T(i18n.DataLoading, "done", l.Bytes(p.Done), "total", l.Bytes(p.Total))),
	)
}

// make makes a part's chart or grid when what it depends on has changed.
func (v *studyView) make(id, key string, chartOf func(chart.Colours) (*chart.Drawing, error), gridOf func() *grid) made {
	key += "|" + strconv.Itoa(v.answer) + "|" + strconv.Itoa(v.d.looks)
	m := v.made[id]
	if m.key == key {
		return m
	}
	m.key, m.rev, m.fault = key, m.rev+1, nil
	if chartOf != nil {
		drawing, err := chartOf(v.d.colours)
		m.drawing, m.fault = drawing, errcode.As(err)
	}
	if gridOf != nil {
		m.grid = gridOf()
	}
	v.made[id] = m
	return m
}
