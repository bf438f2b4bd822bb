package people

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/mining/interval"
	"tillsight/shared/money"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// What the triangle of cohorts shows; shares of the cohort are the usual.
const (
	cohortShares  = ""
	cohortCounts  = "counts"
	cohortRevenue = "revenue"
	cohortEach    = "each" // revenue per customer of the cohort up to then
)

// cohorts is the page of customers by the period in which they began.
type cohorts struct {
	d     *kit.Desk
	r     *report.Cohorts
	shown string
	grain cube.DimID
	by    report.Beginning
}

func newCohorts(d *kit.Desk) kit.Study { return &cohorts{d: d, grain: cube.Month} }

func (p *cohorts) request() report.CohortRequest {
	_, to := p.d.Dates()
	return report.CohortRequest{To: to, Where: p.d.Filter.Conditions(), Grain: p.grain, By: p.by}
}

func (p *cohorts) Questions() []kit.Question {
	return []kit.Question{kit.Asks(report.NameCohorts, p.request(), &p.r)}
}

func (p *cohorts) Formula() string { return p.d.Lang.T(i18n.CohortHow) }

func (p *cohorts) Parts() []kit.Part {
	l, r := p.d.Lang, p.r
	if len(r.Rows) == 0 {
		return nil
	}
	reading := readCohorts(r, l) + " " + l.T(i18n.ReportMonths, "to", p.d.Date(r.To))
	if !r.Whole {
		reading += ". " + l.T(i18n.CohortOpen)
	}
	if r.Unplaced > 0 {
		reading += " " + l.T(i18n.CohortUnplaced, "n", r.Unplaced)
	}
	title := l.T(i18n.CohortTitleIn)
	if p.shown == cohortRevenue || p.shown == cohortEach {
		title += ", " + l.T(p.unit().Name, "sign", l.Sign(p.d.Currency().Code))
	}
	return []kit.Part{
		{ID: "cohorts", Span: 12, Tall: 440, Title: title, Both: true, Key: p.shown, Reading: reading,
			Acts: p.choices(), Chart: p.draw, Grid: p.grid, Pick: p.pick},
		{ID: "cohort-curves", Span: 12, Tall: 300, Title: l.T(i18n.CohortCurves) + ": " + l.T(cohortLabels[p.shown]), Key: p.shown,
			Reading: l.T(i18n.ReportMonths, "to", p.d.Date(r.To)), Body: []app.UI{lineLegend(p.lines().Names)}, Chart: p.curves, Grid: p.grid},
	}
}

var cohortLabels = map[string]*i18n.Message{
	cohortShares: i18n.CohortShares, cohortCounts: i18n.CohortCounts, cohortRevenue: i18n.CohortRevenue, cohortEach: i18n.CohortEach,
}

// choices are the grain, the beginning and what is shown.
func (p *cohorts) choices() []app.UI {
	l := p.d.Lang
	var list []app.UI
	add := func(id string, label *i18n.Message, on bool, do func()) {
		list = append(list, p.d.Pick("cohort-"+id, l.T(label), on, do))
	}
	for _, g := range []struct {
		grain cube.DimID
		label *i18n.Message
	}{{cube.Week, i18n.CohortWeek}, {cube.Month, i18n.CohortMonth}, {cube.Quarter, i18n.CohortQuarter}} {
		add(string(g.grain), g.label, p.grain == g.grain, func() { p.grain = g.grain; p.d.RefreshPage() })
	}
	list = append(list, app.Span().Class("acts-gap"))
	add("buy", i18n.CohortBuy, p.by == report.ByPurchase, func() { p.by = report.ByPurchase; p.d.RefreshPage() })
	add("signup", i18n.CohortSign, p.by == report.BySignUp, func() { p.by = report.BySignUp; p.d.RefreshPage() })
	list = append(list, app.Span().Class("acts-gap"))
	for _, shown := range []string{cohortShares, cohortCounts, cohortRevenue, cohortEach} {
		add(shown, cohortLabels[shown], p.shown == shown, func() { p.shown = shown })
	}
	return list
}

// first is the first column: the period of the sign-up says something of its
// own, that of the first purchase is everybody's and stands in the names.
func (p *cohorts) first() int {
	if p.r.By == report.BySignUp || p.shown == cohortRevenue || p.shown == cohortEach {
		return 0
	}
	return 1
}

// cohortWidth is how many periods the longest row has.
func cohortWidth(r *report.Cohorts) int {
	width := 0
	for _, row := range r.Rows {
		width = max(width, len(row.Counts))
	}
	return width
}

// value is what stands for period k of a cohort: a share in basis points,
// customers, or minor units.
func (p *cohorts) value(row *report.Cohort, k int) int64 {
	switch p.shown {
	case cohortCounts:
		return int64(row.Counts[k])
	case cohortRevenue:
		return row.Revenue[k]
	case cohortEach:
		return each(row.Revenue, k, row.Size)
	}
	return kit.Share(int64(row.Counts[k]), int64(row.Size))
}

// each is what one of so many customers has brought in the periods up to k.
func each(amounts []int64, k, customers int) int64 {
	var sum int64
	for _, v := range amounts[:k+1] {
		sum += v
	}
	return money.MulDiv(sum, 1, int64(max(customers, 1)))
}

// draw draws cohorts as rows and periods after the first as columns.
func (p *cohorts) draw(colours chart.Colours) (*chart.Drawing, error) {
	l, r, from := p.d.Lang, p.r, p.first()
	width := max(cohortWidth(p.r)-from, 0)
	heat := chart.Heat{}
	for k := range width {
		heat.Columns = append(heat.Columns, l.Int(int64(k+from)))
	}
	unit := p.unit()
	for i := range r.Rows {
		row := &r.Rows[i]
		heat.Rows = append(heat.Rows, p.name(row))
		cells, labels, open := make([]*float64, width), make([]string, width), make([]bool, width)
		for k := from; k < len(row.Counts); k++ {
			n := p.value(row, k)
			v := max(float64(n), 0)
			cells[k-from], labels[k-from] = &v, p.label(n, unit)
			open[k-from] = !r.Whole && k == len(row.Counts)-1
		}
		heat.Cells, heat.Labels, heat.Open = append(heat.Cells, cells), append(heat.Labels, labels), append(heat.Open, open)
	}
	drawing, err := heat.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		row, k := &r.Rows[i/width], i%width+from
		if k >= len(row.Counts) {
			return nil
		}
		lines := []string{row.Period + " + " + l.Int(int64(k)), l.T(i18n.CohortTip, "n", row.Counts[k],
			"share", l.Percent(kit.Whole(kit.Share(int64(row.Counts[k]), int64(row.Size)))), "sum", kit.Figure(cube.Revenue, cube.Some(row.Revenue[k]), l, p.d.Currency()))}
		if p.shown == cohortShares {
			low, high := interval.Share(row.Counts[k], row.Size)
			lines = append(lines, l.T(i18n.CohortSure, "low", l.Percent(kit.Whole(int64(low*10000))), "high", l.Percent(kit.Whole(int64(high*10000)))))
		}
		if !r.Whole && k == len(row.Counts)-1 {
			lines = append(lines, l.T(i18n.BaseOpen))
		}
		return lines
	}
	return drawing, nil
}

// unit is what sums in the cells are written in.
func (p *cohorts) unit() kit.Scale {
	most := 0.0
	for i := range p.r.Rows {
		for k := range p.r.Rows[i].Counts {
			most = max(most, float64(p.value(&p.r.Rows[i], k)))
		}
	}
	return kit.ScaleOf(most, p.d.Currency())
}

// label writes a cell.
func (p *cohorts) label(n int64, unit kit.Scale) string {
	switch p.shown {
	case cohortCounts:
		return p.d.Lang.Int(n)
	case cohortRevenue, cohortEach:
		return unit.Write(float64(n), p.d.Lang)
	}
	return p.d.Lang.Int((n + 50) / 100)
}

// curvesShown is how many of the latest cohorts have a curve.
const curvesShown = 6

// lines are the latest cohorts with a curve. The open period is left out.
func (p *cohorts) lines() chart.Lines {
	l, r := p.d.Lang, p.r
	lines := chart.Lines{}
	if p.shown == cohortShares {
		lines.Most = 100
	}
	for i := len(r.Rows) - 1; i >= 0 && len(lines.Names) < curvesShown; i-- {
		row := &r.Rows[i]
		n := len(row.Counts)
		if !r.Whole {
			n--
		}
		if n < 2 {
			continue
		}
		var values []float64
		for k := range n {
			v := float64(p.value(row, k))
			if p.shown == cohortShares {
				v /= 100
			}
			values = append(values, v)
		}
		lines.Names, lines.Values = append(lines.Names, row.Period), append(lines.Values, values)
		for k := len(lines.Labels); k < n; k++ {
			lines.Labels = append(lines.Labels, l.Int(int64(k)))
		}
	}
	return lines
}

// curves draws them.
func (p *cohorts) curves(colours chart.Colours) (*chart.Drawing, error) {
	l, lines := p.d.Lang, p.lines()
	drawing, err := lines.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = p.axis
	drawing.Tip = func(i int) []string {
		text := []string{"+ " + l.Int(int64(i))}
		for n, values := range lines.Values {
			if i < len(values) {
				text = append(text, lines.Names[n]+": "+p.axis(values[i]))
			}
		}
		return text
	}
	return drawing, nil
}

// axis writes a value of the curves.
func (p *cohorts) axis(v float64) string {
	l := p.d.Lang
	switch p.shown {
	case cohortCounts:
		return l.Int(int64(v))
	case cohortRevenue, cohortEach:
		return kit.Short(cube.Revenue, v, l, p.d.Currency())
	}
	return l.Percent(kit.Whole(int64(v * 100)))
}

// lineLegend names the lines of a drawing.
func lineLegend(names []string) app.UI {
	return app.P().Class("legend stack-legend").Body(app.Range(names).Slice(func(i int) app.UI {
		return app.Span().Body(app.Span().Class("legend-mark").Style("background", chart.LineColour(i)), app.Text(names[i]))
	}))
}

// name is the period, how many began, and that the data begins with it.
func (p *cohorts) name(row *report.Cohort) string {
	name := row.Period + "  n=" + p.d.Lang.Int(int64(row.Size))
	if row.Since {
		name += " *"
	}
	return name
}

// readCohorts says how many come back one period later, over the cohorts whose
// second period is over and who did not begin with the data.
func readCohorts(r *report.Cohorts, l i18n.Lang) string {
	came, back := 0, 0
	for _, row := range r.Rows {
		if row.Since || len(row.Counts) < 2 || len(row.Counts) == 2 && !r.Whole {
			continue
		}
		came, back = came+row.Size, back+row.Counts[1]
	}
	if came == 0 {
		return ""
	}
	text := i18n.CohortReadAny
	if r.Grain == cube.Month && r.By == report.ByPurchase {
		text = i18n.CohortRead
	}
	return l.T(text, "n", came, "share", l.Percent(kit.Whole(kit.Share(int64(back), int64(came)))))
}

// grid is the triangle in what is shown.
func (p *cohorts) grid() *kit.Grid {
	l, r := p.d.Lang, p.r
	format := map[string]kit.Format{cohortShares: kit.AsShare, cohortCounts: kit.AsCount, cohortRevenue: kit.AsMoney, cohortEach: kit.AsMoney}[p.shown]
	table := kit.Table[*report.Cohort]{
		Name: "cohorts-" + r.To, Rows: pointers(r.Rows), Open: func(row *report.Cohort) { p.open(row, -1) }, Note: p.note,
		Columns: []kit.TableColumn[*report.Cohort]{
			{Title: i18n.CohortPeriod, Cell: func(row *report.Cohort) sheet.Cell { return sheet.TextOf(row.Period) }},
			{Title: i18n.CohortSize, Format: kit.AsCount, Cell: func(row *report.Cohort) sheet.Cell { return number(row.Size) }},
		},
	}
	for k := p.first(); k < cohortWidth(r); k++ {
		there := func(row *report.Cohort) bool { return k < len(row.Counts) }
		table.Columns = append(table.Columns, kit.TableColumn[*report.Cohort]{Text: "+" + l.Int(int64(k)), Format: format,
			Cell: func(row *report.Cohort) sheet.Cell {
				if !there(row) {
					return sheet.Cell{}
				}
				return sheet.Of(p.value(row, k))
			},
			Open: func(row *report.Cohort) { p.open(row, k) }, Opens: there})
	}
	return table.Grid(l)
}

// note says of a cohort what keeps it from being compared with the others.
func (p *cohorts) note(row *report.Cohort) string {
	if row.Since {
		return p.d.Lang.T(i18n.CohortSince)
	}
	return p.d.Note(row.Size)
}

// pick opens the customers behind a cell of the drawing.
func (p *cohorts) pick(point int) {
	from := p.first()
	width := cohortWidth(p.r) - from
	row, k := &p.r.Rows[point/width], point%width+from
	if k < len(row.Counts) {
		p.open(row, k)
	}
}

// open opens the customers behind a cell, or of a whole cohort when k is −1.
func (p *cohorts) open(row *report.Cohort, k int) {
	l := p.d.Lang
	request := report.CohortPeopleRequest{CohortRequest: p.request(), Period: row.Period, Age: k, Money: p.shown == cohortRevenue, UpTo: p.shown == cohortEach}
	c := peopleList{
		title: row.Period, file: "cohort-" + row.Period, ask: listed(report.NameCohort, request),
		columns: []personColumn{valueColumn(l.T(i18n.PeopleValue))},
	}
	if k >= 0 {
		c.title = l.T(i18n.CohortCell, "period", row.Period, "n", k)
	}
	openPeople(p.d, c)
}
