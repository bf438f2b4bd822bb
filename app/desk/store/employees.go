package store

import (
	"cmp"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/mining/runrate"
	"tillsight/shared/money"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// employees is the page of the people at the tills, side by side, and of where
// the month goes.
type employees struct {
	d *kit.Desk
	r *report.Employees
}

func newEmployees(d *kit.Desk) kit.Study { return &employees{d: d} }

func (p *employees) Questions() []kit.Question {
	return []kit.Question{kit.Asks(report.NameEmployees, report.EmployeesRequest{Slice: p.d.Slice(), Today: p.d.Today()}, &p.r)}
}

func (p *employees) Formula() string {
	return p.d.Lang.T(i18n.PeopleFormula, "weeks", runrate.Weeks, "few", p.r.Few)
}

func (p *employees) Parts() []kit.Part {
	l, r := p.d.Lang, p.r
	if len(r.Rows) == 0 {
		return nil
	}
	list := []kit.Part{{ID: "employees", Span: 12, Title: l.T(i18n.PeopleTitle), Reading: p.read(), Grid: p.grid}}
	if r.Month != "" {
		list = append(list,
			kit.Part{ID: "month-end", Span: 7, Title: l.T(i18n.PeoplePlan, "month", r.Month), Reading: p.readPlan(), Body: []app.UI{p.gauge()}, Grid: p.planGrid},
			kit.Part{ID: "tried", Span: 5, Title: l.T(i18n.PeopleTried), Reading: p.readTried(), Grid: p.triedGrid})
	}
	if len(r.Weeks) > 1 {
		list = append(list, kit.Part{ID: "weeks", Span: 12, Title: l.T(i18n.PeopleCourse), Reading: l.T(i18n.PeopleCourseRead, "n", len(r.Weeks)),
			Body: []app.UI{p.multiples()}, Grid: p.weeksGrid})
	}
	return list
}

func (p *employees) name(e report.Employee) string {
	return p.d.KeyWord(cube.Cashier, e.ID, e.Name.In(string(p.d.Lang)))
}

// read names the quickest, the median, and who is slow.
func (p *employees) read() string {
	l := p.d.Lang
	var list []report.Employee
	for _, e := range p.r.Rows {
		if e.PerMinute.OK && !e.Small {
			list = append(list, e)
		}
	}
	if len(list) < 2 {
		return ""
	}
	slices.SortFunc(list, func(a, b report.Employee) int { return cmp.Compare(b.PerMinute.N, a.PerMinute.N) })
	speed := func(v cube.Value) string { return kit.Figure(cube.ItemsPerMinute, v, l, p.d.Currency()) }
	median := list[len(list)/2].PerMinute
	var slow []string
	for _, e := range list {
		if 2*e.PerMinute.N <= list[0].PerMinute.N {
			slow = append(slow, p.name(e))
		}
	}
	if n := len(slow) - 3; n > 0 {
		slow = append(slow[:3], l.T(i18n.WidgetRest, "n", n))
	}
	pairs := []any{"name", p.name(list[0]), "speed", speed(list[0].PerMinute), "median", speed(median), "slow", strings.Join(slow, ", ")}
	if len(slow) == 0 {
		return l.T(i18n.PeopleReadAll, pairs...)
	}
	return l.T(i18n.PeopleRead, pairs...)
}

func (p *employees) grid() *kit.Grid {
	l := p.d.Lang
	word := p.d.MeasureWord
	g := &kit.Grid{Name: p.d.FileOf("employees"), Columns: []kit.Column{{Title: p.d.DimWord(cube.Cashier)}, {Title: p.d.DimWord(cube.Store)},
		{Title: l.T(i18n.PeopleDaysWorked), Format: kit.AsCount}, {Title: word(cube.Receipts), Format: kit.AsCount}, {Title: word(cube.Revenue), Format: kit.AsMoney},
		{Title: word(cube.AverageReceipt), Format: kit.AsMoney}, {Title: word(cube.ItemsPerMinute), Format: kit.AsMilli}, {Title: l.T(i18n.PeopleVoids), Format: kit.AsShare},
		{Title: l.T(i18n.PeopleLost), Format: kit.AsCount, Hidden: !p.r.KnowsLost}, {Title: word(cube.ManualDiscount), Format: kit.AsMoney}, {Title: word(cube.Returns), Format: kit.AsMoney},
		{Title: word(cube.KnownShare), Format: kit.AsShare}, {Title: l.T(i18n.PeoplePlanned), Format: kit.AsMoney}, {Title: l.T(i18n.PeopleExpected), Format: kit.AsMoney},
		{Title: l.T(i18n.PeopleReach), Format: kit.AsShare}}}
	line := func(name, store string, e report.Employee) []sheet.Cell {
		pace, ok := e.Target.Pace()
		return []sheet.Cell{sheet.TextOf(name), sheet.TextOf(store), sheet.Of(int64(e.Days)), sheet.Of(e.Receipts), sheet.Of(e.Revenue), kit.Valued(e.Average), kit.Valued(e.PerMinute),
			kit.Valued(e.VoidedShare), {N: int64(e.Lost), OK: p.r.KnowsLost}, sheet.Of(e.Manual), sheet.Of(e.Returns), kit.Valued(e.KnownShare), kit.Valued(e.Target.Plan),
			kit.Valued(e.Target.Expected), {N: pace, OK: ok}}
	}
	for _, e := range p.r.Rows {
		row := kit.GridRow{Cells: line(p.name(e), p.d.KeyWord(cube.Store, e.Store, ""), e), Open: func() {
			p.d.DrillInto(kit.Drill{Measure: cube.Revenue, Cell: []cube.Filter{{Dim: cube.Cashier, In: []string{e.ID}}}, Names: map[string]string{e.ID: p.name(e)}})
		}}
		if e.Small {
			row.Note = l.T(i18n.ReportFew, "n", e.Receipts)
		}
		g.Rows = append(g.Rows, row)
	}
	g.Total = line("", "", p.r.Total)
	return g
}

// readPlan says where the month goes, and against which plan.
func (p *employees) readPlan() string {
	l, t := p.d.Lang, p.r.Total.Target
	if !t.Expected.OK {
		return l.T(i18n.PeopleShort)
	}
	text := l.T(i18n.PeoplePlanRead, "date", p.d.Date(p.r.Through), "done", p.d.Sum(t.Done), "expected", p.d.Sum(t.Expected.N),
		"low", p.d.Sum(t.Low), "high", p.d.Sum(t.High))
	if pace, ok := t.Pace(); ok {
		return text + " " + l.T(i18n.PeoplePlanOf, "share", l.Percent(kit.Whole(pace)), "plan", p.d.Sum(t.Plan.N))
	}
	return text + " " + l.T(i18n.PeoplePlanNone)
}

// gauge draws what is done, the interval of the end, and the plan on one line.
func (p *employees) gauge() app.UI {
	t := p.r.Total.Target
	if !t.Expected.OK {
		return app.Span().Hidden(true)
	}
	most := max(t.High, t.Plan.N, t.Done, 1)
	at := func(n int64) string { return money.FormatDecimal(money.MulDiv(max(n, 0), 10_000, most), 2) + "%" }
	parts := []app.UI{
		app.Span().Class("gauge-done").Style("width", at(t.Done)),
		app.Span().Class("gauge-span").Style("left", at(t.Low)).Style("width", at(t.High-t.Low)),
		app.Span().Class("gauge-end").Style("left", at(t.Expected.N)),
	}
	if t.Plan.OK {
		parts = append(parts, app.Span().Class("gauge-plan").Style("left", at(t.Plan.N)))
	}
	return app.Div().Class("gauge").Role("img").Aria("label", p.readPlan()).Body(parts...)
}

func (p *employees) planGrid() *kit.Grid {
	l, r := p.d.Lang, p.r
	g := &kit.Grid{Name: p.d.FileOf("month-end"), Columns: []kit.Column{{Title: p.d.DimWord(cube.Cashier)}, {Title: l.T(i18n.PeopleDone), Format: kit.AsMoney},
		{Title: l.T(i18n.PeopleExpected), Format: kit.AsMoney}, {Title: l.T(i18n.PeopleLow), Format: kit.AsMoney}, {Title: l.T(i18n.PeopleHigh), Format: kit.AsMoney},
		{Title: l.T(i18n.PeoplePlanned), Format: kit.AsMoney}, {Title: l.T(i18n.PeopleReach), Format: kit.AsShare}}}
	line := func(name string, t report.Target) []sheet.Cell {
		pace, ok := t.Pace()
		return []sheet.Cell{sheet.TextOf(name), sheet.Of(t.Done), kit.Valued(t.Expected), {N: t.Low, OK: t.Expected.OK}, {N: t.High, OK: t.Expected.OK}, kit.Valued(t.Plan), {N: pace, OK: ok}}
	}
	for _, e := range r.Rows {
		g.Rows = append(g.Rows, kit.GridRow{Cells: line(p.name(e), e.Target)})
	}
	g.Total = line("", r.Total.Target)
	return g
}

func (p *employees) readTried() string {
	l, held, missed := p.d.Lang, 0, int64(0)
	n := len(p.r.Tried)
	if n == 0 {
		return l.T(i18n.PeopleShort)
	}
	for _, t := range p.r.Tried {
		if t.Low <= t.Actual && t.Actual <= t.High {
			held++
		}
		missed += missedBy(t)
	}
	return l.T(i18n.PeopleTriedRead, "error", l.Percent(kit.Whole(missed/int64(n))), "held", held, "n", n)
}

// missedBy is how far a forecast was off, basis points of what came.
func missedBy(t report.Tried) int64 {
	return kit.Share(max(t.Actual-t.Expected, t.Expected-t.Actual), t.Actual)
}

func (p *employees) triedGrid() *kit.Grid {
	l := p.d.Lang
	g := &kit.Grid{Name: p.d.FileOf("forecast-tried"), Columns: []kit.Column{{Title: l.T(i18n.ColMonth)}, {Title: l.T(i18n.PeopleActual), Format: kit.AsMoney},
		{Title: l.T(i18n.PeopleExpected), Format: kit.AsMoney}, {Title: l.T(i18n.PeopleLow), Format: kit.AsMoney}, {Title: l.T(i18n.PeopleHigh), Format: kit.AsMoney},
		{Title: l.T(i18n.PeopleMissed), Format: kit.AsShare}, {Title: l.T(i18n.PeopleHeld)}}}
	for _, t := range p.r.Tried {
		held := i18n.PeopleNo
		if t.Low <= t.Actual && t.Actual <= t.High {
			held = i18n.PeopleYes
		}
		g.Rows = append(g.Rows, kit.GridRow{Cells: []sheet.Cell{sheet.TextOf(t.Month), sheet.Of(t.Actual), sheet.Of(t.Expected), sheet.Of(t.Low), sheet.Of(t.High),
			sheet.Of(missedBy(t)), sheet.TextOf(l.T(held))}})
	}
	return g
}

// multiples draws the weeks of everybody in small, all on one scale.
func (p *employees) multiples() app.UI {
	most := int64(1)
	for _, e := range p.r.Rows {
		for _, v := range e.Course {
			most = max(most, v)
		}
	}
	return app.Div().Class("multiples").Body(app.Range(p.r.Rows).Slice(func(i int) app.UI {
		e := p.r.Rows[i]
		if len(e.Course) == 0 {
			return app.Span().Hidden(true)
		}
		last := e.Course[len(e.Course)-1]
		return app.Figure().Class("multiple").Body(
			app.FigCaption().Body(app.Span().Text(p.name(e)), app.Span().Class("muted").Text(kit.Brief(p.d, last, false))),
			app.Raw(barsOf(e.Course, most)),
		)
	}))
}

// barsOf draws values as small bars from zero.
func barsOf(values []int64, most int64) string {
	const height = 40
	var b strings.Builder
	b.WriteString(`<svg class="bars" preserveAspectRatio="none" aria-hidden="true" viewBox="0 0 ` + money.FormatDecimal(int64(len(values)*10), 0) + ` 40">`)
	for i, v := range values {
		tall := money.MulDiv(max(v, 0), height*100, most)
		b.WriteString(`<rect x="` + money.FormatDecimal(int64(i*10+1), 0) + `" y="` + money.FormatDecimal(height*100-tall, 2) + `" width="8" height="` + money.FormatDecimal(tall, 2) + `"/>`)
	}
	b.WriteString(`</svg>`)
	return b.String()
}

func (p *employees) weeksGrid() *kit.Grid {
	l := p.d.Lang
	g := &kit.Grid{Name: p.d.FileOf("weeks"), Columns: []kit.Column{{Title: p.d.DimWord(cube.Cashier)}}}
	for _, week := range p.r.Weeks {
		g.Columns = append(g.Columns, kit.Column{Title: kit.StepLabel(cube.Day, week, l), Format: kit.AsMoney})
	}
	line := func(name string, e report.Employee) []sheet.Cell {
		cells := []sheet.Cell{sheet.TextOf(name)}
		for i := range p.r.Weeks {
			v := int64(0)
			if i < len(e.Course) {
				v = e.Course[i]
			}
			cells = append(cells, sheet.Of(v))
		}
		return cells
	}
	for _, e := range p.r.Rows {
		g.Rows = append(g.Rows, kit.GridRow{Cells: line(p.name(e), e)})
	}
	g.Total = line("", p.r.Total)
	return g
}
