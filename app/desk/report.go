package desk

import (
	"context"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/rfm"
	"tillsight/shared/report"
)

// Sections of the customer reports.
const (
	sectionRFM     section = "rfm"
	sectionCohorts section = "cohorts"
	sectionABC     section = "abc"
	sectionBase    section = "base"
)

// reportTabs are the customer reports in their order.
var reportTabs = []struct {
	section section
	label   *i18n.Message
}{{sectionRFM, i18n.TabRFM}, {sectionCohorts, i18n.TabCohorts}, {sectionABC, i18n.TabABC}, {sectionBase, i18n.TabBase}}

// isReport reports whether s is a customer report.
func isReport(s section) bool {
	for _, tab := range reportTabs {
		if tab.section == s {
			return true
		}
	}
	return false
}

// few is the number of customers below which a group says little.
const few = 30

// reports is the customer reports: the latest answer of each, kept until the
// next one comes.
type reports struct {
	rfm     *report.RFM
	cohorts *report.Cohorts
	abc     *report.ABC
	base    *report.Base

	drawings map[section]*chart.Drawing
	revs     map[section]int
	busy     bool
	fault    *errcode.Error
	round    int
	stop     context.CancelFunc

	item   cube.DimID // of ABC
	shown  string     // of the cohorts: "" shares, "counts", "revenue"
	people people
}

// askReport asks for the report of the section, if it is one.
func (d *desk) askReport() {
	p := &d.reports
	if p.stop != nil {
		p.stop()
	}
	if p.drawings == nil {
		p.drawings, p.revs, p.item = map[section]*chart.Drawing{}, map[section]int{}, cube.Product
	}
	if !isReport(d.section) || !d.insight.Ready {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	p.round++
	p.stop, p.busy, p.fault = stop, true, nil
	from, to := d.filter.dates(d.now())
	where := d.filter.where()
	switch d.section {
	case sectionRFM:
		askFor(ctx, d, report.NameRFM, d.rfmRequest(""), &p.rfm)
	case sectionCohorts:
		askFor(ctx, d, report.NameCohorts, report.BaseRequest{To: to, Where: where}, &p.cohorts)
	case sectionBase:
		askFor(ctx, d, report.NameBase, report.BaseRequest{To: to, Where: where}, &p.base)
	case sectionABC:
		askFor(ctx, d, report.NameABC, report.ABCRequest{Slice: cube.Slice{From: from, To: to, Where: where}, Item: p.item, Limit: abcShown}, &p.abc)
	}
}

// askFor asks the report worker and puts the answer into place.
func askFor[T any](ctx context.Context, d *desk, name report.Name, request any, place **T) {
	round, at := d.reports.round, d.section
	ask(ctx, d, name, request, func(answer T, e *errcode.Error) {
		if round != d.reports.round {
			return
		}
		d.reports.busy, d.reports.fault = false, e
		if e == nil {
			*place = &answer
			d.drawReport(at)
		}
	})
}

// rfmRequest is the scores at the end of the period and, when it is compared,
// at the end of the period before.
func (d *desk) rfmRequest(segment rfm.Segment) report.RFMRequest {
	from, to := d.filter.dates(d.now())
	r := report.RFMRequest{To: to, Where: d.filter.where(), Segment: segment}
	first, errFrom := cube.ParseDay(from)
	last, errTo := cube.ParseDay(to)
	if errFrom != nil || errTo != nil || segment != "" {
		return r
	}
	switch d.filter.Compare {
	case cube.Previous:
		r.Before = (first - 1).String()
	case cube.LastYear:
		r.Before = (last - 364).String()
	}
	return r
}

// drawReport makes the drawing of a report's answer.
func (d *desk) drawReport(s section) {
	p := &d.reports
	var drawing *chart.Drawing
	var err error
	switch {
	case s == sectionRFM && p.rfm != nil:
		drawing, err = d.drawRFMGrid(p.rfm)
	case s == sectionCohorts && p.cohorts != nil:
		drawing, err = d.drawTriangle(p.cohorts)
	case s == sectionABC && p.abc != nil:
		drawing, err = d.drawPareto(p.abc)
	case s == sectionBase && p.base != nil:
		drawing, err = d.drawBaseCourse(p.base)
	default:
		return
	}
	if err != nil {
		p.fault = errcode.As(err)
		return
	}
	p.drawings[s] = drawing
	p.revs[s]++
}

// drawReportPage draws the section's report with what all reports share.
func (d *desk) drawReportPage() app.UI {
	l := d.lang
	return app.Div().Class("overview").Body(
		app.Header().Class("desk-head").Body(
			app.H1().Class("desk-title").Text(l.T(i18n.DeskReports)),
			d.drawFreshness(),
		),
		d.drawTabs(),
		d.drawFilters(),
		d.drawReportBody(),
	)
}

func (d *desk) drawTabs() app.UI {
	return app.Nav().Class("tabs").Aria("label", d.lang.T(i18n.DeskReports)).Body(
		app.Range(reportTabs).Slice(func(i int) app.UI {
			tab := reportTabs[i]
			a := app.A().ID("tab-" + string(tab.section)).Class("tab").Href(sectionPath[tab.section]).Text(d.lang.T(tab.label))
			if d.section == tab.section {
				a.Class("tab-here").Aria("current", "page")
			}
			return a
		}),
	)
}

func (d *desk) drawReportBody() app.UI {
	l, p := d.lang, &d.reports
	has := map[section]bool{sectionRFM: p.rfm != nil, sectionCohorts: p.cohorts != nil, sectionABC: p.abc != nil, sectionBase: p.base != nil}
	switch {
	case d.fault != nil:
		return app.Div().Class("board-state").Body(d.errorBox(d.fault))
	case p.fault != nil:
		return app.Div().Class("board-state").Body(d.errorBox(p.fault),
			&ui.Button{ID: "again", Label: l.T(i18n.DeskAgain), OnPress: d.press(d.askReport)})
	case !has[d.section] && d.heard && !d.insight.Ready:
		return d.drawFirst()
	case !has[d.section]:
		return app.Div().Class("board").Aria("busy", true)
	}
	var body []app.UI
	switch d.section {
	case sectionRFM:
		body = d.rfmBody(p.rfm)
	case sectionCohorts:
		body = d.cohortBody(p.cohorts)
	case sectionABC:
		body = d.abcBody(p.abc)
	case sectionBase:
		body = d.baseBody(p.base)
	}
	if body == nil {
		return ui.EmptyState("◔", l.T(i18n.ReportNone), l.T(i18n.WidgetEmptyHow))
	}
	return app.Div().Class("board").Aria("busy", p.busy).Body(body...)
}

// panel is a titled part of a report.
func panel(id, class, title, reading string, acts app.UI, body ...app.UI) app.UI {
	return app.Section().ID("%s", "report-"+id).Class("widget").Class(class).Body(append([]app.UI{
		app.Header().Class("widget-head").Body(
			app.Div().Body(app.H2().Class("widget-title").Text(title), app.P().Class("widget-reading").Text(reading)),
			app.Div().Class("widget-acts").Body(acts),
		)}, body...)...)
}

// csvButton saves a table.
func (d *desk) csvButton(id string, save func()) app.UI {
	return &ui.Button{ID: "csv-" + id, Label: d.lang.T(i18n.ExportCSV), Kind: ui.Quiet, Class: "widget-table", OnPress: d.press(save)}
}

// formula says how a report is counted.
func (d *desk) formula(text string) app.UI {
	return app.Details().Class("formula wide-widget").Body(app.Summary().Text(d.lang.T(i18n.ReportHow)), app.P().Text(text))
}

// reportCanvas shows the section's drawing.
func (d *desk) reportCanvas(name string, pick func(int)) app.UI {
	return &chart.Canvas{ID: "chart-" + string(d.section), Name: name, Class: "chart-" + string(d.section),
		Drawing: d.reports.drawings[d.section], Rev: d.reports.revs[d.section], OnPick: func(_ app.Context, i int) {
			if pick != nil {
				d.rev++
				pick(i)
			}
		}}
}

// note marks what is too small to say much.
func (d *desk) note(n int) string {
	if n > 0 && n < few {
		return d.lang.T(i18n.ReportFew, "n", n)
	}
	return ""
}

// linked is a name in a table that opens what is behind it.
type linked struct {
	app.Compo

	Text string
	Note string
	Go   ui.Press
}

// Render draws the name.
func (b *linked) Render() app.UI {
	return app.Span().Body(
		app.Button().Type("button").Class("linked").OnClick(b.click).Text(b.Text),
		app.If(b.Note != "", func() app.UI { return app.Span().Class("few").Text(b.Note) }),
	)
}

func (b *linked) click(ctx app.Context, _ app.Event) { b.Go(ctx) }

// linkedRow is a row of a table: its name opens what is behind it.
type linkedRow struct {
	name  *linked
	cells []string
}

// linkedTable draws rows of figures whose names can be pressed.
func linkedTable(head []string, rows []linkedRow, total []string) app.UI {
	return app.Div().Class("table-frame").Body(
		app.Table().Class("figures").Body(
			app.THead().Body(app.Tr().Body(app.Range(head).Slice(func(i int) app.UI { return app.Th().Scope("col").Text(head[i]) }))),
			app.TBody().Body(app.Range(rows).Slice(func(i int) app.UI {
				cells := []app.UI{app.Th().Scope("row").Body(rows[i].name)}
				for _, text := range rows[i].cells {
					cells = append(cells, app.Td().Text(text))
				}
				return app.Tr().Body(cells...)
			})),
			app.If(total != nil, func() app.UI {
				return app.TFoot().Body(app.Tr().Body(app.Range(total).Slice(func(i int) app.UI {
					if i == 0 {
						return app.Th().Scope("row").Text(total[i])
					}
					return app.Td().Text(total[i])
				})))
			}),
		),
	)
}
