package kit

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/app/ui"
)

// Part is a titled piece of a page: a sentence, a chart, its table, or something
// of its own. The frame draws the head, the switch between chart and table, and
// the menu that saves, copies and chooses columns.
type Part struct {
	ID      string // among all pages' parts; element IDs are made of it
	Title   string
	Reading string // one sentence about what is to be seen
	Span    int    // of twelve columns; 0: six
	Tall    int    // height of the chart in pixels; 0: 300
	Key     string // what chart and grid depend on besides answer, language and colours

	Chart func(chart.Colours) (*chart.Drawing, error) // nil: none
	Pick  func(point int)                             // opens what is behind a mark; nil: nothing
	Grid  func() *Grid                                // nil: none
	Both  bool                                        // the table is below the chart, not in its place
	Acts  []app.UI                                    // choices beside the title
	Body  []app.UI                                    // between head and chart
}

// DrawPart draws a part.
func (v *StudyView) DrawPart(p *Part) app.UI {
	d := v.D
	m := v.make(p.ID, p.Key, p.Chart, p.Grid)
	asTable := m.drawing == nil || p.Both || d.Tables[p.ID]
	acts := p.Acts
	if m.drawing != nil && m.grid != nil && !p.Both {
		acts = append(acts, tableSwitch(d, p.ID))
	}
	if m.drawing != nil || m.grid != nil {
		acts = append(acts, exportMenu(d, p.ID, p.Title, m.drawing, m.grid))
	}
	body := append([]app.UI{}, p.Body...)
	if m.fault != nil {
		body = append(body, d.ErrorBox(m.fault))
	}
	if m.drawing != nil && (p.Both || !d.Tables[p.ID]) {
		body = append(body, canvas(d, p.ID, p.Title+". "+p.Reading, p.Tall, m.drawing, m.rev, p.Pick))
	}
	if m.grid != nil && asTable {
		body = append(body, &gridView{ID: p.ID, Grid: m.grid, Rev: m.rev, D: d, Look: d.Rev})
	}
	return Panel(d, p.ID, p.Title, p.Reading, p.Span, acts, body...)
}

// Panel is the frame of a part.
func Panel(d *Desk, id, title, reading string, span int, acts []app.UI, body ...app.UI) app.UI {
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
func canvas(d *Desk, id, name string, tall int, drawing *chart.Drawing, rev int, pick func(int)) app.UI {
	c := &chart.Canvas{ID: "chart-" + id, Name: name, Class: "chart-" + id, Tall: tall, Drawing: drawing, Rev: rev}
	if pick != nil {
		c.OnPick = func(_ app.Context, i int) {
			d.Rev++
			pick(i)
		}
	}
	return c
}

// tableSwitch is the button that shows the table in place of the chart.
func tableSwitch(d *Desk, id string) app.UI {
	label := d.Lang.T(i18n.WidgetTable)
	if d.Tables[id] {
		label = d.Lang.T(i18n.WidgetChart)
	}
	return &ui.Button{ID: "table-" + id, Label: label, Kind: ui.Quiet, Class: "widget-table",
		OnPress: d.Press(func() { d.Tables[id] = !d.Tables[id] })}
}

// Pick is a button among others of which one is on.
func (d *Desk) Pick(id, label string, on bool, do func()) app.UI {
	return &ui.Button{ID: id, Label: label, Kind: ui.Quiet, Class: "widget-table", Toggle: true, Pressed: on, OnPress: d.Press(do)}
}

// formula says how a report is counted.
func formula(d *Desk, text string) app.UI {
	return app.Details().Class("formula wide-widget").Body(app.Summary().Text(d.Lang.T(i18n.ReportHow)), app.P().Text(text))
}

// Few is the number of customers below which a group says little.
const Few = 30

// Note marks what is too small to say much.
func (d *Desk) Note(n int) string {
	if n > 0 && n < Few {
		return d.Lang.T(i18n.ReportFew, "n", n)
	}
	return ""
}
