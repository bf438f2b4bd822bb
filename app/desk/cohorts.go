package desk

import (
	"fmt"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/report"
)

// What the triangle of cohorts shows; shares of the cohort are the usual.
const (
	cohortShares  = ""
	cohortCounts  = "counts"
	cohortRevenue = "revenue"
)

// cohortWidth is how many months after the first the longest row has.
func cohortWidth(r *report.Cohorts) int {
	width := 0
	for _, row := range r.Rows {
		width = max(width, len(row.Counts))
	}
	return width
}

// drawTriangle draws cohorts as rows and months after the first as columns. The
// first month, everybody's, is in the names.
func (d *desk) drawTriangle(r *report.Cohorts) (*chart.Drawing, error) {
	l, width := d.lang, cohortWidth(r)
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
	unit := scaleOf(most, d.currency())
	for _, row := range r.Rows {
		heat.Rows = append(heat.Rows, d.cohortName(row))
		cells, labels := make([]*float64, max(width-1, 0)), make([]string, max(width-1, 0))
		for k := 1; k < len(row.Counts); k++ {
			v, label := 0.0, ""
			switch d.reports.shown {
			case cohortCounts:
				v, label = float64(row.Counts[k]), l.Int(int64(row.Counts[k]))
			case cohortRevenue:
				v, label = max(float64(row.Revenue[k]), 0), unit.write(float64(row.Revenue[k]), l)
			default:
				bp := share(int64(row.Counts[k]), int64(row.Counts[0]))
				v, label = float64(bp), l.Int((bp+50)/100)
			}
			cells[k-1], labels[k-1] = &v, label
		}
		heat.Cells, heat.Labels = append(heat.Cells, cells), append(heat.Labels, labels)
	}
	drawing, err := heat.Draw(d.colours)
	if err != nil {
		return nil, err
	}
	rows, columns := r.Rows, len(heat.Columns)
	drawing.Tip = func(i int) []string {
		row, k := rows[i/columns], i%columns+1
		if k >= len(row.Counts) {
			return nil
		}
		return []string{row.Month + " + " + l.Int(int64(k)), l.T(i18n.CohortTip, "n", row.Counts[k],
			"share", l.Percent(whole(share(int64(row.Counts[k]), int64(row.Counts[0])))), "sum", figure(cube.Revenue, cube.Some(row.Revenue[k]), l, d.currency()))}
	}
	return drawing, nil
}

// cohortName is the month, how many came, and that they are few.
func (d *desk) cohortName(row report.Cohort) string {
	name := row.Month + "  n=" + d.lang.Int(int64(row.Counts[0]))
	if row.Since {
		name += " *"
	}
	return name
}

func (d *desk) cohortBody(r *report.Cohorts) []app.UI {
	if len(r.Rows) == 0 {
		return nil
	}
	l := d.lang
	choice := func(shown string, label *i18n.Message) app.UI {
		return &ui.Button{ID: "cohort-" + shown, Label: l.T(label), Kind: ui.Quiet, Class: "widget-table", Toggle: true, Pressed: d.reports.shown == shown,
			OnPress: d.press(func() { d.reports.shown = shown; d.drawReport(sectionCohorts) })}
	}
	acts := app.Div().Class("widget-acts").Body(choice(cohortShares, i18n.CohortShares), choice(cohortCounts, i18n.CohortCounts),
		choice(cohortRevenue, i18n.CohortRevenue), d.csvButton("cohorts", func() { d.save(d.cohortFile(r)) }))
	reading := readCohorts(r, l) + " " + l.T(i18n.ReportMonths, "to", d.date(r.To))
	return []app.UI{
		panel("cohorts", "wide-widget", l.T(i18n.CohortTitle), reading, acts, d.reportCanvas(l.T(i18n.CohortTitle), nil)),
		panel("cohort-table", "wide-widget", l.T(i18n.WidgetTable), l.T(i18n.CohortFormula), app.Span(), d.cohortTable(r)),
	}
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

// cohortTable is the triangle in customers and shares, with what is few marked.
func (d *desk) cohortTable(r *report.Cohorts) app.UI {
	l, width := d.lang, cohortWidth(r)
	head := []string{l.T(i18n.ColMonth), l.T(i18n.CohortSize)}
	for k := 1; k < width; k++ {
		head = append(head, "+"+l.Int(int64(k)))
	}
	var rows [][]string
	for _, row := range r.Rows {
		name := row.Month
		if row.Since {
			name += " · " + l.T(i18n.CohortSince)
		}
		if note := d.note(row.Counts[0]); note != "" {
			name += " · " + note
		}
		cells := []string{name, l.Int(int64(row.Counts[0]))}
		for k := 1; k < width; k++ {
			text := ""
			if k < len(row.Counts) {
				text = fmt.Sprintf("%s · %s", l.Int(int64(row.Counts[k])), l.Percent((share(int64(row.Counts[k]), int64(row.Counts[0]))+50)/100*100))
			}
			cells = append(cells, text)
		}
		rows = append(rows, cells)
	}
	return table(head, rows)
}

// cohortFile has a row for each cohort and month after.
func (d *desk) cohortFile(r *report.Cohorts) tableFile {
	l := d.lang
	s := tableFile{name: "cohorts-" + r.To, head: []string{l.T(i18n.ColMonth), "k", l.T(i18n.ColCustomers), l.T(i18n.ColShare) + ", %", l.T(i18n.ColRevenue)}}
	for _, row := range r.Rows {
		for k, n := range row.Counts {
			s.rows = append(s.rows, []string{row.Month, bare(int64(k), 0, l), bare(int64(n), 0, l), bare(share(int64(n), int64(row.Counts[0])), 2, l), d.bareSum(row.Revenue[k])})
		}
	}
	return s
}
