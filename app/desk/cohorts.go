package desk

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// What the triangle of cohorts shows; shares of the cohort are the usual.
const (
	cohortShares  = ""
	cohortCounts  = "counts"
	cohortRevenue = "revenue"
)

// cohorts is the page of customers by the month in which they came.
type cohorts struct {
	d     *desk
	r     *report.Cohorts
	shown string
}

func newCohorts(d *desk) study { return &cohorts{d: d} }

func (p *cohorts) questions() []question {
	_, to := p.d.dates()
	return []question{asks(report.NameCohorts, report.CohortRequest{To: to, Where: p.d.filter.where()}, &p.r)}
}

func (p *cohorts) formula() string { return p.d.lang.T(i18n.CohortFormula) }

func (p *cohorts) parts() []part {
	l, r := p.d.lang, p.r
	if len(r.Rows) == 0 {
		return nil
	}
	choice := func(shown string, label *i18n.Message) app.UI {
		return p.d.pick("cohort-"+shown, l.T(label), p.shown == shown, func() { p.shown = shown })
	}
	return []part{{
		id: "cohorts", span: 12, tall: 440, title: l.T(i18n.CohortTitle), both: true, key: p.shown,
		reading: readCohorts(r, l) + " " + l.T(i18n.ReportMonths, "to", p.d.date(r.To)),
		acts:    []app.UI{choice(cohortShares, i18n.CohortShares), choice(cohortCounts, i18n.CohortCounts), choice(cohortRevenue, i18n.CohortRevenue)},
		chart:   p.draw, grid: p.grid,
	}}
}

// cohortWidth is how many months after the first the longest row has.
func cohortWidth(r *report.Cohorts) int {
	width := 0
	for _, row := range r.Rows {
		width = max(width, len(row.Counts))
	}
	return width
}

// draw draws cohorts as rows and months after the first as columns. The first
// month, everybody's, is in the names.
func (p *cohorts) draw(colours chart.Colours) (*chart.Drawing, error) {
	l, r, width := p.d.lang, p.r, cohortWidth(p.r)
	heat := chart.Heat{}
	for k := 1; k < width; k++ {
		heat.Columns = append(heat.Columns, l.Int(int64(k)))
	}
	most := 0.0
	for _, row := range r.Rows {
		for _, v := range row.Revenue {
			most = max(most, float64(v))
		}
	}
	unit := scaleOf(most, p.d.currency())
	for _, row := range r.Rows {
		heat.Rows = append(heat.Rows, p.name(row))
		cells, labels := make([]*float64, max(width-1, 0)), make([]string, max(width-1, 0))
		for k := 1; k < len(row.Counts); k++ {
			v, label := p.cell(row, k, unit)
			cells[k-1], labels[k-1] = &v, label
		}
		heat.Cells, heat.Labels = append(heat.Cells, cells), append(heat.Labels, labels)
	}
	drawing, err := heat.Draw(colours)
	if err != nil {
		return nil, err
	}
	rows, columns := r.Rows, len(heat.Columns)
	drawing.Tip = func(i int) []string {
		row, k := rows[i/columns], i%columns+1
		if k >= len(row.Counts) {
			return nil
		}
		return []string{row.Period + " + " + l.Int(int64(k)), l.T(i18n.CohortTip, "n", row.Counts[k],
			"share", l.Percent(whole(share(int64(row.Counts[k]), int64(row.Counts[0])))), "sum", figure(cube.Revenue, cube.Some(row.Revenue[k]), l, p.d.currency()))}
	}
	return drawing, nil
}

// cell is what stands for month k of a cohort.
func (p *cohorts) cell(row report.Cohort, k int, unit scale) (v float64, label string) {
	l := p.d.lang
	switch p.shown {
	case cohortCounts:
		return float64(row.Counts[k]), l.Int(int64(row.Counts[k]))
	case cohortRevenue:
		return max(float64(row.Revenue[k]), 0), unit.write(float64(row.Revenue[k]), l)
	}
	bp := share(int64(row.Counts[k]), int64(row.Counts[0]))
	return float64(bp), l.Int((bp + 50) / 100)
}

// name is the month, how many came, and that the data begins with it.
func (p *cohorts) name(row report.Cohort) string {
	name := row.Period + "  n=" + p.d.lang.Int(int64(row.Counts[0]))
	if row.Since {
		name += " *"
	}
	return name
}

// readCohorts says how many come back after a month, over the cohorts whose
// second month is over and who did not begin with the data.
func readCohorts(r *report.Cohorts, l i18n.Lang) string {
	came, back := 0, 0
	for _, row := range r.Rows {
		if row.Since || len(row.Counts) < 2 || len(row.Counts) == 2 && !r.Whole {
			continue
		}
		came, back = came+row.Counts[0], back+row.Counts[1]
	}
	if came == 0 {
		return ""
	}
	return l.T(i18n.CohortRead, "n", came, "share", l.Percent(whole(share(int64(back), int64(came)))))
}

// grid is the triangle in what is shown; its file has a row for each cohort and
// month after.
func (p *cohorts) grid() *grid {
	l, r, width := p.d.lang, p.r, cohortWidth(p.r)
	how := map[string]form{cohortShares: asShare, cohortCounts: asCount, cohortRevenue: asMoney}[p.shown]
	g := &grid{name: "cohorts-" + r.To, columns: []column{{title: l.T(i18n.ColMonth)}, {title: l.T(i18n.CohortSize), form: asCount}}}
	for k := 1; k < width; k++ {
		g.columns = append(g.columns, column{title: "+" + l.Int(int64(k)), form: how})
	}
	for _, row := range r.Rows {
		line := gridRow{cells: []sheet.Cell{sheet.TextOf(row.Period), sheet.Of(int64(row.Counts[0]))}, note: p.d.note(row.Counts[0])}
		if row.Since {
			line.note = l.T(i18n.CohortSince)
		}
		for k := 1; k < width; k++ {
			cell := sheet.Cell{}
			if k < len(row.Counts) {
				switch p.shown {
				case cohortCounts:
					cell = sheet.Of(int64(row.Counts[k]))
				case cohortRevenue:
					cell = sheet.Of(row.Revenue[k])
				default:
					cell = sheet.Of(share(int64(row.Counts[k]), int64(row.Counts[0])))
				}
			}
			line.cells = append(line.cells, cell)
		}
		g.rows = append(g.rows, line)
	}
	return g
}
