package desk

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/app/ui"
)

// part is a titled piece of a page: a sentence, a chart, its table, or something
// of its own. The frame draws the head, the switch between chart and table, and
// the menu that saves, copies and chooses columns.
type part struct {
	id      string // among all pages' parts; element IDs are made of it
	title   string
	reading string // one sentence about what is to be seen
	span    int    // of twelve columns; 0: six
	tall    int    // height of the chart in pixels; 0: 300
	key     string // what chart and grid depend on besides answer, language and colours

	chart func(chart.Colours) (*chart.Drawing, error) // nil: none
	pick  func(point int)                             // opens what is behind a mark; nil: nothing
	grid  func() *grid                                // nil: none
	both  bool                                        // the table is below the chart, not in its place
	acts  []app.UI                                    // choices beside the title
	body  []app.UI                                    // between head and chart
}

// drawPart draws a part.
func (v *studyView) drawPart(p *part) app.UI {
	d := v.d
	m := v.make(p.id, p.key, p.chart, p.grid)
	asTable := m.drawing == nil || p.both || d.tables[p.id]
	acts := p.acts
	if m.drawing != nil && m.grid != nil && !p.both {
		acts = append(acts, d.tableSwitch(p.id))
	}
	if m.drawing != nil || m.grid != nil {
		acts = append(acts, d.exportMenu(p.id, p.title, m.drawing, m.grid))
	}
	body := append([]app.UI{}, p.body...)
	if m.fault != nil {
		body = append(body, d.errorBox(m.fault))
	}
	if m.drawing != nil && (p.both || !d.tables[p.id]) {
		body = append(body, d.canvas(p.id, p.title+". "+p.reading, p.tall, m.drawing, m.rev, p.pick))
	}
	if m.grid != nil && asTable {
		body = append(body, &gridView{ID: p.id, Grid: m.grid, Rev: m.rev, D: d, Look: d.rev})
	}
	return d.panel(p.id, p.title, p.reading, p.span, acts, body...)
}

// panel is the frame of a part.
func (d *desk) panel(id, title, reading string, span int, acts []app.UI, body ...app.UI) app.UI {
	if span == 0 {
		span = 6
	}
	return app.Section().ID("%s", "report-"+id).Class("widget").Class("span-" + strconv.Itoa(span)).Body(append([]app.UI{
		app.Header().Class("widget-head").Body(
			app.Div().Body(app.H2().Class("widget-title").Text(title), app.P().Class("widget-reading").Text(reading)),
			app.Div().Class("widget-acts").Body(acts...),
		)}, body...)...)
}

// canvas shows a drawing.
func (d *desk) canvas(id, name string, tall int, drawing *chart.Drawing, rev int, pick func(int)) app.UI {
	c := &chart.Canvas{ID: "chart-" + id, Name: name, Class: "chart-" + id, Tall: tall, Drawing: drawing, Rev: rev}
	if pick != nil {
		c.OnPick = func(_ app.Context, i int) {
			d.rev++
			pick(i)
		}
	}
	return c
}

// tableSwitch is the button that shows the table in place of the chart.
func (d *desk) tableSwitch(id string) app.UI {
	label := d.lang.T(i18n.WidgetTable)
	if d.tables[id] {
		label = d.lang.T(i18n.WidgetChart)
	}
	return &ui.Button{ID: "table-" + id, Label: label, Kind: ui.Quiet, Class: "widget-table",
		OnPress: d.press(func() { d.tables[id] = !d.tables[id] })}
}

// pick is a button among others of which one is on.
func (d *desk) pick(id, label string, on bool, do func()) app.UI {
	return &ui.Button{ID: id, Label: label, Kind: ui.Quiet, Class: "widget-table", Toggle: true, Pressed: on, OnPress: d.press(do)}
}

// formula says how a report is counted.
func (d *desk) formula(text string) app.UI {
	return app.Details().Class("formula wide-widget").Body(app.Summary().Text(d.lang.T(i18n.ReportHow)), app.P().Text(text))
}

// few is the number of customers below which a group says little.
const few = 30

// note marks what is too small to say much.
func (d *desk) note(n int) string {
	if n > 0 && n < few {
		return d.lang.T(i18n.ReportFew, "n", n)
	}
	return ""
}
