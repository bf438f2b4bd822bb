package desk

import (
	"cmp"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

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
	d *desk
	r *report.Employees
}

func newEmployees(d *desk) study { return &employees{d: d} }

func (p *employees) questions() []question {
	return []question{asks(report.NameEmployees, report.EmployeesRequest{Slice: p.d.slice()}, &p.r)}
}

func (p *employees) formula() string {
	return p.d.lang.T(i18n.PeopleFormula, "weeks", runrate.Weeks, "few", p.r.Few)
}

func (p *employees) parts() []part {
	l, r := p.d.lang, p.r
	if len(r.Rows) == 0 {
		return nil
	}
	list := []part{{id: "employees", span: 12, title: l.T(i18n.PeopleTitle), reading: p.read(), grid: p.grid}}
	if r.Month != "" {
		list = append(list,
			part{id: "month-end", span: 7, title: l.T(i18n.PeoplePlan, "month", r.Month), reading: p.readPlan(), body: []app.UI{p.gauge()}, grid: p.planGrid},
			part{id: "tried", span: 5, title: l.T(i18n.PeopleTried), reading: p.readTried(), grid: p.triedGrid})
	}
	if len(r.Weeks) > 1 {
		list = append(list, part{id: "weeks", span: 12, title: l.T(i18n.PeopleCourse), reading: l.T(i18n.PeopleCourseRead, "n", len(r.Weeks)),
			body: []app.UI{p.multiples()}, grid: p.weeksGrid})
	}
	return list
}

func (p *employees) name(e report.Employee) string {
	return p.d.keyWord(cube.Cashier, e.ID, e.Name.In(string(p.d.lang)))
}

// read names the quickest, the median, and who is slow.
func (p *employees) read() string {
	l := p.d.lang
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
	speed := func(v cube.Value) string { return figure(cube.ItemsPerMinute, v, l, p.d.currency()) }
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

func (p *employees) grid() *grid {
	l := p.d.lang
	word := p.d.measureWord
	g := &grid{name: p.d.fileOf("employees"), columns: []column{{title: p.d.dimWord(cube.Cashier)}, {title: p.d.dimWord(cube.Store)},
		{title: l.T(i18n.PeopleDaysWorked), form: asCount}, {title: word(cube.Receipts), form: asCount}, {title: word(cube.Revenue), form: asMoney},
		{title: word(cube.AverageReceipt), form: asMoney}, {title: word(cube.ItemsPerMinute), form: asMilli}, {title: l.T(i18n.PeopleVoids), form: asShare},
		{title: l.T(i18n.PeopleLost), form: asCount, hidden: !p.r.KnowsLost}, {title: word(cube.ManualDiscount), form: asMoney}, {title: word(cube.Returns), form: asMoney},
		{title: word(cube.KnownShare), form: asShare}, {title: l.T(i18n.PeoplePlanned), form: asMoney}, {title: l.T(i18n.PeopleExpected), form: asMoney},
		{title: l.T(i18n.PeopleReach), form: asShare}}}
	line := func(name, store string, e report.Employee) []sheet.Cell {
		pace, ok := e.Target.Pace()
		return []sheet.Cell{sheet.TextOf(name), sheet.TextOf(store), sheet.Of(int64(e.Days)), sheet.Of(e.Receipts), sheet.Of(e.Revenue), valued(e.Average), valued(e.PerMinute),
			valued(e.VoidedShare), {N: int64(e.Lost), OK: p.r.KnowsLost}, sheet.Of(e.Manual), sheet.Of(e.Returns), valued(e.KnownShare), valued(e.Target.Plan),
			valued(e.Target.Expected), {N: pace, OK: ok}}
	}
	for _, e := range p.r.Rows {
		row := gridRow{cells: line(p.name(e), p.d.keyWord(cube.Store, e.Store, ""), e), open: func() {
			p.d.drillInto(behind{measure: cube.Revenue, cell: []cube.Filter{{Dim: cube.Cashier, In: []string{e.ID}}}, names: map[string]string{e.ID: p.name(e)}})
		}}
		if e.Small {
			row.note = l.T(i18n.ReportFew, "n", e.Receipts)
		}
		g.rows = append(g.rows, row)
	}
	g.total = line("", "", p.r.Total)
	return g
}

// readPlan says where the month goes, and against which plan.
func (p *employees) readPlan() string {
	l, t := p.d.lang, p.r.Total.Target
	if !t.Expected.OK {
		return l.T(i18n.PeopleShort)
	}
	text := l.T(i18n.PeoplePlanRead, "date", p.d.date(p.r.Through), "done", p.d.sum(t.Done), "expected", p.d.sum(t.Expected.N),
		"low", p.d.sum(t.Low), "high", p.d.sum(t.High))
	if pace, ok := t.Pace(); ok {
		return text + " " + l.T(i18n.PeoplePlanOf, "share", l.Percent(whole(pace)), "plan", p.d.sum(t.Plan.N))
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

func (p *employees) planGrid() *grid {
	l, r := p.d.lang, p.r
	g := &grid{name: p.d.fileOf("month-end"), columns: []column{{title: p.d.dimWord(cube.Cashier)}, {title: l.T(i18n.PeopleDone), form: asMoney},
		{title: l.T(i18n.PeopleExpected), form: asMoney}, {title: l.T(i18n.PeopleLow), form: asMoney}, {title: l.T(i18n.PeopleHigh), form: asMoney},
		{title: l.T(i18n.PeoplePlanned), form: asMoney}, {title: l.T(i18n.PeopleReach), form: asShare}}}
	line := func(name string, t report.Target) []sheet.Cell {
		pace, ok := t.Pace()
		return []sheet.Cell{sheet.TextOf(name), sheet.Of(t.Done), valued(t.Expected), {N: t.Low, OK: t.Expected.OK}, {N: t.High, OK: t.Expected.OK}, valued(t.Plan), {N: pace, OK: ok}}
	}
	for _, e := range r.Rows {
		g.rows = append(g.rows, gridRow{cells: line(p.name(e), e.Target)})
	}
	g.total = line("", r.Total.Target)
	return g
}

func (p *employees) readTried() string {
	l, held, missed := p.d.lang, 0, int64(0)
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
	return l.T(i18n.PeopleTriedRead, "error", l.Percent(whole(missed/int64(n))), "held", held, "n", n)
}

// missedBy is how far a forecast was off, basis points of what came.
func missedBy(t report.Tried) int64 {
	return share(max(t.Actual-t.Expected, t.Expected-t.Actual), t.Actual)
}

func (p *employees) triedGrid() *grid {
	l := p.d.lang
	g := &grid{name: p.d.fileOf("forecast-tried"), columns: []column{{title: l.T(i18n.ColMonth)}, {title: l.T(i18n.PeopleActual), form: asMoney},
		{title: l.T(i18n.PeopleExpected), form: asMoney}, {title: l.T(i18n.PeopleLow), form: asMoney}, {title: l.T(i18n.PeopleHigh), form: asMoney},
		{title: l.T(i18n.PeopleMissed), form: asShare}, {title: l.T(i18n.PeopleHeld)}}}
	for _, t := range p.r.Tried {
		held := i18n.PeopleNo
		if t.Low <= t.Actual && t.Actual <= t.High {
			held = i18n.PeopleYes
		}
		g.rows = append(g.rows, gridRow{cells: []sheet.Cell{sheet.TextOf(t.Month), sheet.Of(t.Actual), sheet.Of(t.Expected), sheet.Of(t.Low), sheet.Of(t.High),
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
			app.FigCaption().Body(app.Span().Text(p.name(e)), app.Span().Class("muted").Text(p.d.brief(last, false))),
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

func (p *employees) weeksGrid() *grid {
	l := p.d.lang
	g := &grid{name: p.d.fileOf("weeks"), columns: []column{{title: p.d.dimWord(cube.Cashier)}}}
	for _, week := range p.r.Weeks {
		g.columns = append(g.columns, column{title: stepLabel(cube.Day, week, l), form: asMoney})
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
		g.rows = append(g.rows, gridRow{cells: line(p.name(e), e)})
	}
	g.total = line("", p.r.Total)
	return g
}
