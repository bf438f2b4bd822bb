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
	return []question{asks(report.NameBase, p.request(), &p.r)}
}

func (p *base) request() report.BaseRequest {
	_, to := p.d.dates()
	return report.BaseRequest{To: to, Where: p.d.filter.where()}
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
		chart: p.draw, pick: func(i int) { p.open(p.r.Months[i].Month, 0) }, grid: p.grid,
	}, {
		id: "base-gaps", span: 12, tall: 220, title: l.T(i18n.BaseGaps), chart: p.gaps, grid: p.gapsGrid,
		reading: l.T(i18n.BaseGapsRead, "n", p.r.Gap, "low", p.r.Low, "high", p.r.High),
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
	bars := chart.Stack{Values: make([][]float64, len(baseParts)), Open: !p.r.Whole}
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

// baseMoves are the parts of a month that the table can open, by column.
var baseMoves = []struct {
	move  report.BaseMove
	label *i18n.Message
	of    func(m *report.BaseMonth) int
}{
	{report.MoveActive, i18n.BaseActive, func(m *report.BaseMonth) int { return m.Active }},
	{report.MoveKept, i18n.BaseKept, func(m *report.BaseMonth) int { return m.Kept }},
	{report.MoveReturned, i18n.BaseReturned, func(m *report.BaseMonth) int { return m.Returned }},
	{report.MoveNew, i18n.BaseNew, func(m *report.BaseMonth) int { return m.New }},
	{report.MoveLost, i18n.BaseLost, func(m *report.BaseMonth) int { return m.Lost }},
}

func (p *base) grid() *grid {
	l, r := p.d.lang, p.r
	g := &grid{name: "base-" + r.To, columns: []column{{title: l.T(i18n.ColMonth)}}}
	for _, move := range baseMoves {
		g.columns = append(g.columns, column{title: l.T(move.label), form: asCount})
	}
	g.columns = append(g.columns, column{title: l.T(i18n.BaseRepeat), form: asShare}, column{title: l.T(i18n.BaseSeveral), form: asShare},
		column{title: l.T(i18n.ColRevenue), form: asMoney}, column{title: l.T(i18n.BaseNewRevenue), form: asShare}, column{title: l.T(i18n.BaseVisits), form: asDecimal})
	for i := range r.Months {
		m := &r.Months[i]
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
			open: func() { p.open(m.Month, 0) }, opens: map[int]func(){}}
		for k, move := range baseMoves {
			n := move.of(m)
			row.cells = append(row.cells, sheet.Of(int64(n)))
			if n > 0 {
				row.opens[k+1] = func() { p.open(m.Month, k) }
			}
		}
		some := m.Active > 0
		row.cells = append(row.cells, sheet.Cell{N: share(int64(m.Kept+m.Returned), int64(m.Active)), OK: some},
			sheet.Cell{N: share(int64(m.Repeated), int64(m.Active)), OK: some}, sheet.Of(m.Revenue),
			sheet.Cell{N: share(m.NewRevenue, m.Revenue), OK: m.Revenue > 0}, sheet.Cell{N: share(int64(m.Receipts), int64(m.Active)) / 100, OK: some})
		g.rows = append(g.rows, row)
	}
	return g
}

// open opens the customers of a part of a month.
func (p *base) open(month string, part int) {
	l, move := p.d.lang, baseMoves[part]
	paid := l.T(i18n.BaseInMonth)
	if move.move == report.MoveLost {
		paid = l.T(i18n.BaseInMonthBefore)
	}
	p.d.openCrowd(crowd{
		title: l.T(move.label) + ", " + month, words: []string{l.T(i18n.DrillMonth, "name", month)}, file: "base-" + string(move.move) + "-" + month,
		ask: report.NameBasePeople, request: report.BasePeopleRequest{BaseRequest: p.request(), Month: month, Move: move.move},
		columns: []personColumn{p.d.valueColumn(paid)},
	})
}

// gaps draws how many pauses between purchases were of which length.
func (p *base) gaps(colours chart.Colours) (*chart.Drawing, error) {
	return p.d.drawDays(colours, p.r.Course, p.d.lang.T(i18n.BasePauses))
}

func (p *base) gapsGrid() *grid { return p.d.daysGrid("pauses-"+p.r.To, p.r.Course, i18n.BasePauses) }
