package kit

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

// Study is a report page: questions about the filter and the answers laid out.
// The frame asks, shows progress, cancels what is no longer wanted, and draws
// the states that all reports share: first download, error, nothing found.
type Study interface {
	// Questions are what the page asks for the filter of the moment.
	Questions() []Question
	// Parts lays the answers out, once all have come; nil when there is
	// nothing in the period. It is called for every drawing and must be cheap:
	// charts and grids are made by the parts' own functions, once per answer.
	Parts() []Part
	// Formula says how the figures are counted; "" for nothing to say.
	Formula() string
}

// Question is one thing that is asked and what happens with the answer.
type Question func(ctx context.Context, d *Desk, done func(*errcode.Error))

// Asks is a question for a report; the answer goes to place.
func Asks[Q, A any](what report.Report[Q, A], question Q, place **A) Question {
	return func(ctx context.Context, d *Desk, done func(*errcode.Error)) {
		Ask(ctx, d, what, question, func(answer A, e *errcode.Error) {
			if e == nil {
				*place = &answer
			}
			done(e)
		})
	}
}

// Counts is a question for the cube; the answer goes to place.
func Counts(q cube.Query, place **cube.Result) Question {
	return func(ctx context.Context, d *Desk, done func(*errcode.Error)) {
		Query(ctx, d, bridge.InsightQuery, q, func(answer cube.Result, e *errcode.Error) {
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

// Batch is questions under way.
type Batch struct {
	round   int
	Waiting int
	slow    bool
	long    bool
	stopped bool // by the person
	stop    context.CancelFunc
	fault   *errcode.Error
}

// Run asks the questions in place of those under way. then is called when all
// are answered without a fault.
func (e *Batch) Run(d *Desk, list []Question, then func()) {
	e.End()
	ctx, stop := context.WithCancel(context.Background())
	d.Work = bridge.Progress{}
	e.stop, e.Waiting, e.fault, e.slow, e.long, e.stopped = stop, len(list), nil, false, false, false
	round := e.round
	d.later(slow, func() { e.slow = round == e.round && e.Waiting > 0 })
	d.later(long, func() { e.long = round == e.round && e.Waiting > 0 })
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
			if e.Waiting--; e.Waiting == 0 {
				stop()
				if e.fault == nil {
					then()
				}
			}
		})
	}
}

// Fault is why a question was not answered; nil: nothing.
func (e *Batch) Fault() *errcode.Error { return e.fault }

// End lets go of the questions under way.
func (e *Batch) End() {
	if e.stop != nil {
		e.stop()
	}
	e.round++
	e.Waiting = 0
}

// cancel ends the questions because the person asked for it.
func (e *Batch) cancel() {
	e.End()
	e.stopped = true
}

// ProgressLine shows that work is under way once it takes long.
func ProgressLine(d *Desk, e *Batch) app.UI {
	if e.Waiting == 0 || !e.slow {
		return app.Span().Hidden(true)
	}
	return app.Div().Class("working").Role("status").Body(
		app.Span().Text(d.Lang.T(i18n.WorkBusy)),
		ui.ProgressBar(d.Work.Done, d.Work.Total),
		app.If(e.long, func() app.UI {
			return &ui.Button{ID: "work-cancel", Label: d.Lang.T(i18n.WorkCancel), OnPress: d.Press(e.cancel)}
		}),
	)
}

// StudyView shows a study.
type StudyView struct {
	D      *Desk
	Study  Study
	Batch  Batch
	Answer int // rises with every answer
	Made   map[string]Made
}

// Made is a chart or a grid of a part, and what it was made for.
type Made struct {
	key     string
	drawing *chart.Drawing
	grid    *Grid
	rev     int
	fault   *errcode.Error
}

// Studied makes the constructor of a page from that of its study.
func Studied(of func(*Desk) Study) func(*Desk) View {
	return func(d *Desk) View { return &StudyView{D: d, Study: of(d), Made: map[string]Made{}} }
}

func (v *StudyView) Refresh() {
	if !v.D.Insight.Ready {
		return
	}
	v.Batch.Run(v.D, v.Study.Questions(), func() { v.Answer++ })
}

func (v *StudyView) Redraw() {}

func (v *StudyView) Leave() { v.Batch.End() }

// Draw draws the report, or why there is none.
func (v *StudyView) Draw() app.UI {
	d, l := v.D, v.D.Lang
	if state := ReportState(d, &v.Batch, v.Answer > 0); state != nil {
		return state
	}
	parts := v.Study.Parts()
	if len(parts) == 0 {
		return ui.EmptyState("◔", l.T(i18n.ReportNone), l.T(i18n.WidgetEmptyHow))
	}
	body := []app.UI{ProgressLine(d, &v.Batch)}
	if v.Batch.fault != nil {
		body = append(body, app.Div().Class("wide-widget").Body(d.ErrorBox(v.Batch.fault)))
	}
	for i := range parts {
		body = append(body, v.DrawPart(&parts[i]))
	}
	if text := v.Study.Formula(); text != "" {
		body = append(body, formula(d, text))
	}
	return app.Div().Class("board").Aria("busy", v.Batch.Waiting > 0).Body(body...)
}

// ReportState is what a page shows while it has no answer; nil when it has one.
func ReportState(d *Desk, e *Batch, answered bool) app.UI {
	l := d.Lang
	again := func(do func()) app.UI {
		return &ui.Button{ID: "again", Label: l.T(i18n.DeskAgain), OnPress: d.Press(do)}
	}
	state := func(body ...app.UI) app.UI { return app.Div().Class("board-state").Body(body...) }
	switch {
	case d.Fault != nil:
		return state(d.ErrorBox(d.Fault), again(func() { d.Fault = nil; d.Frame.Connect() }))
	case answered && !e.stopped:
		return nil
	case d.Insight.Fault != nil && e.Waiting == 0:
		return state(d.ErrorBox(d.Insight.Fault), again(d.AskServer))
	case e.fault != nil:
		return state(d.ErrorBox(e.fault), again(d.RefreshPage))
	case e.stopped:
		return state(app.P().Text(l.T(i18n.WorkStopped)), again(d.RefreshPage))
	case d.Heard && !d.Insight.Ready:
		return drawFirst(d)
	}
	return app.Div().Class("board board-wait").Aria("busy", true).Body(ProgressLine(d, e))
}

// drawFirst shows how the first download goes.
func drawFirst(d *Desk) app.UI {
	l, p := d.Lang, d.Progress
	return app.Div().Class("board-state").Body(
		app.P().Text(l.T(i18n.DataFirst)),
		ui.ProgressBar(p.Done, p.Total),
		app.P().Class("muted").Text(l.T(i18n.DataLoading, "done", l.Bytes(p.Done), "total", l.Bytes(p.Total))),
	)
}

// make makes a part's chart or grid when what it depends on has changed.
func (v *StudyView) make(id, key string, chartOf func(chart.Colours) (*chart.Drawing, error), gridOf func() *Grid) Made {
	key += "|" + strconv.Itoa(v.Answer) + "|" + strconv.Itoa(v.D.Looks)
	m := v.Made[id]
	if m.key == key {
		return m
	}
	m.key, m.rev, m.fault = key, m.rev+1, nil
	if chartOf != nil {
		drawing, err := chartOf(v.D.Colours)
		m.drawing, m.fault = drawing, errcode.As(err)
	}
	if gridOf != nil {
		m.grid = gridOf()
	}
	v.Made[id] = m
	return m
}
