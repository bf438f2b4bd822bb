package desk

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// base is the page of the active customers: who stayed, came, came back, left.
type base struct {
	d *desk
	r *report.Base
}

func newBase(d *desk) study { return &base{d: d} }

func (p *base) questions() []question {
	_, to := p.d.dates()
	return []question{asks(report.NameBase, report.BaseRequest{To: to, Where: p.d.filter.where()}, &p.r)}
}

func (p *base) formula() string { return p.d.lang.T(i18n.BaseFormula, "n", p.r.Gaps) }

func (p *base) parts() []part {
	l := p.d.lang
	if len(p.r.Months) == 0 {
		return nil
	}
	return []part{{
		id: "base", span: 12, title: l.T(i18n.BaseTitle), reading: readBase(p.r, l), both: true,
		body:  []app.UI{p.legend()},
		chart: p.draw, pick: func(i int) { p.d.drillInto(behindMonth(p.r, i)) }, grid: p.grid,
	}}
}

// baseParts are the parts of a month's base in the order of the chart.
var baseParts = []*i18n.Message{i18n.BaseKept, i18n.BaseReturned, i18n.BaseNew, i18n.BaseLost}

func (p *base) legend() app.UI {
	marks := []string{"kept", "returned", "new", "lost"}
	return app.P().Class("legend stack-legend").Body(app.Range(baseParts).Slice(func(i int) app.UI {
		return app.Span().Body(app.Span().Class("legend-mark stack-"+marks[i]), app.Text(p.d.lang.T(baseParts[i])))
	}))
}

// draw draws who stayed, came back and came, and below who left.
func (p *base) draw(colours chart.Colours) (*chart.Drawing, error) {
	l, list := p.d.lang, p.r.Months
	bars := chart.Stack{Values: make([][]float64, len(baseParts))}
	for _, name := range baseParts {
		bars.Names = append(bars.Names, l.T(name))
	}
	for _, m := range list {
		bars.Labels = append(bars.Labels, m.Month)
		for i, n := range []int{m.Kept, m.Returned, m.New, -m.Lost} {
			bars.Values[i] = append(bars.Values[i], float64(n))
		}
	}
	drawing, err := bars.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return l.Int(int64(v)) }
	drawing.Tip = func(i int) []string {
		m := list[i]
		line := func(name *i18n.Message, n int) string { return l.T(name) + ": " + l.Int(int64(n)) }
		return []string{m.Month, line(i18n.BaseActive, m.Active), line(i18n.BaseKept, m.Kept), line(i18n.BaseReturned, m.Returned),
			line(i18n.BaseNew, m.New), line(i18n.BaseLost, m.Lost)}
	}
	return drawing, nil
}

// behindMonth is the receipts of a month's active customers.
func behindMonth(r *report.Base, i int) behind {
	month := r.Months[i].Month
	return behind{measure: cube.Customers, from: month + "-01", to: min(monthEnd(month), r.To), cell: []cube.Filter{
		{Dim: cube.Customer, In: []string{""}, Not: true},
	}}
}

// monthEnd is the last date of a month.
func monthEnd(month string) string {
	first, err := cube.ParseDay(month + "-01")
	if err != nil {
		return month
	}
	last := first + 27
	for (last + 1).Key(cube.Month) == month {
		last++
	}
	return last.String()
}

// readBase says how the latest whole month went.
func readBase(r *report.Base, l i18n.Lang) string {
	at := len(r.Months) - 1
	if !r.Whole {
		at--
	}
	if at < 0 {
		return ""
	}
	m := r.Months[at]
	return l.T(i18n.BaseRead, "month", m.Month, "n", m.Active, "new", m.New, "back", m.Returned, "lost", m.Lost, "gap", r.Gap)
}

func (p *base) grid() *grid {
	l, r := p.d.lang, p.r
	g := &grid{name: "base-" + r.To, columns: []column{{title: l.T(i18n.ColMonth)}, {title: l.T(i18n.BaseActive), form: asCount},
		{title: l.T(i18n.BaseKept), form: asCount}, {title: l.T(i18n.BaseReturned), form: asCount}, {title: l.T(i18n.BaseNew), form: asCount},
		{title: l.T(i18n.BaseLost), form: asCount}, {title: l.T(i18n.BaseRepeat), form: asShare}}}
	for i, m := range r.Months {
		var notes []string
		if m.Since {
			notes = append(notes, l.T(i18n.CohortSince))
		}
		if i == len(r.Months)-1 && !r.Whole {
			notes = append(notes, l.T(i18n.BaseOpen))
		}
		if note := p.d.note(m.Active); note != "" {
			notes = append(notes, note)
		}
		row := gridRow{cells: []sheet.Cell{sheet.TextOf(m.Month)}, note: strings.Join(notes, " · "),
			open: func() { p.d.drillInto(behindMonth(r, i)) }}
		for _, n := range []int{m.Active, m.Kept, m.Returned, m.New, m.Lost} {
			row.cells = append(row.cells, sheet.Of(int64(n)))
		}
		row.cells = append(row.cells, sheet.Cell{N: share(int64(m.Kept+m.Returned), int64(m.Active)), OK: m.Active > 0})
		g.rows = append(g.rows, row)
	}
	return g
}
