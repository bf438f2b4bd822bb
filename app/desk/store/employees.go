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
	return p.d.Lang.T(peopleFormula, "weeks", runrate.Weeks, "few", p.r.Few)
}

func (p *employees) Parts() []kit.Part {
	l, r := p.d.Lang, p.r
	if len(r.Rows) == 0 {
		return nil
	}
	list := []kit.Part{{ID: "employees", Span: 12, Title: l.T(peopleTitle), Reading: p.read(), Grid: p.grid}}
	if r.Month != "" {
		list = append(list,
			kit.Part{ID: "month-end", Span: 7, Title: l.T(peoplePlan, "month", r.Month), Reading: p.readPlan(), Body: []app.UI{p.gauge()}, Grid: p.planGrid},
			kit.Part{ID: "tried", Span: 5, Title: l.T(peopleTried), Reading: p.readTried(), Grid: p.triedGrid})
	}
	if len(r.Weeks) > 1 {
		list = append(list, kit.Part{ID: "weeks", Span: 12, Title: l.T(peopleCourse), Reading: l.T(peopleCourseRead, "n", len(r.Weeks)),
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
		return l.T(peopleReadAll, pairs...)
	}
	return l.T(peopleRead, pairs...)
}

func (p *employees) grid() *kit.Grid {
	l, word := p.d.Lang, p.d.MeasureWord
	column := func(title string, format kit.Format, cell func(report.Employee) sheet.Cell) kit.TableColumn[report.Employee] {
		return kit.TableColumn[report.Employee]{Text: title, Format: format, Cell: cell, Total: cell(p.r.Total)}
	}
	lost := column(l.T(peopleLost), kit.AsCount, func(e report.Employee) sheet.Cell { return sheet.Of(int64(e.Lost)) })
	lost.Without = !p.r.KnowsLost
	return kit.Table[report.Employee]{Name: p.d.FileOf("employees"), Rows: p.r.Rows, Open: p.open, Note: p.note, Columns: []kit.TableColumn[report.Employee]{
		{Text: p.d.DimWord(cube.Cashier), Cell: func(e report.Employee) sheet.Cell { return sheet.TextOf(p.name(e)) }},
		{Text: p.d.DimWord(cube.Store), Cell: func(e report.Employee) sheet.Cell { return sheet.TextOf(p.d.KeyWord(cube.Store, e.Store, "")) }},
		column(l.T(peopleDaysWorked), kit.AsCount, func(e report.Employee) sheet.Cell { return sheet.Of(int64(e.Days)) }),
		column(word(cube.Receipts), kit.AsCount, func(e report.Employee) sheet.Cell { return sheet.Of(e.Receipts) }),
		column(word(cube.Revenue), kit.AsMoney, func(e report.Employee) sheet.Cell { return sheet.Of(e.Revenue) }),
		column(word(cube.AverageReceipt), kit.AsMoney, func(e report.Employee) sheet.Cell { return kit.Valued(e.Average) }),
		column(word(cube.ItemsPerMinute), kit.AsMilli, func(e report.Employee) sheet.Cell { return kit.Valued(e.PerMinute) }),
		column(l.T(peopleVoids), kit.AsShare, func(e report.Employee) sheet.Cell { return kit.Valued(e.VoidedShare) }),
		lost,
		column(word(cube.ManualDiscount), kit.AsMoney, func(e report.Employee) sheet.Cell { return sheet.Of(e.Manual) }),
		column(word(cube.Returns), kit.AsMoney, func(e report.Employee) sheet.Cell { return sheet.Of(e.Returns) }),
		column(word(cube.KnownShare), kit.AsShare, func(e report.Employee) sheet.Cell { return kit.Valued(e.KnownShare) }),
		column(l.T(peoplePlanned), kit.AsMoney, func(e report.Employee) sheet.Cell { return kit.Valued(e.Target.Plan) }),
		column(l.T(peopleExpected), kit.AsMoney, func(e report.Employee) sheet.Cell { return kit.Valued(e.Target.Expected) }),
		column(l.T(peopleReach), kit.AsShare, reached),
	}}.Grid(l)
}

// open opens the receipts of somebody.
func (p *employees) open(e report.Employee) {
	p.d.DrillInto(kit.Drill{Measure: cube.Revenue, Cell: []cube.Filter{{Dim: cube.Cashier, In: []string{e.ID}}}, Names: map[string]string{e.ID: p.name(e)}})
}

func (p *employees) note(e report.Employee) string {
	if !e.Small {
		return ""
	}
	return p.d.Lang.T(i18n.ReportFew, "n", e.Receipts)
}

// reached is the share of the plan that will be reached.
func reached(e report.Employee) sheet.Cell {
	pace, ok := e.Target.Pace()
	return sheet.Cell{N: pace, OK: ok}
}

// readPlan says where the month goes, and against which plan.
func (p *employees) readPlan() string {
	l, t := p.d.Lang, p.r.Total.Target
	if !t.Expected.OK {
		return l.T(peopleShort)
	}
	text := l.T(peoplePlanRead, "date", p.d.Date(p.r.Through), "done", p.d.Sum(t.Done), "expected", p.d.Sum(t.Expected.N),
		"low", p.d.Sum(t.Low), "high", p.d.Sum(t.High))
	if pace, ok := t.Pace(); ok {
		return text + " " + l.T(peoplePlanOf, "share", l.Percent(kit.Whole(pace)), "plan", p.d.Sum(t.Plan.N))
	}
	return text + " " + l.T(peoplePlanNone)
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
	column := func(title *i18n.Message, format kit.Format, cell func(report.Employee) sheet.Cell) kit.TableColumn[report.Employee] {
		return kit.TableColumn[report.Employee]{Title: title, Format: format, Cell: cell, Total: cell(p.r.Total)}
	}
	return kit.Table[report.Employee]{Name: p.d.FileOf("month-end"), Rows: p.r.Rows, Columns: []kit.TableColumn[report.Employee]{
		{Text: p.d.DimWord(cube.Cashier), Cell: func(e report.Employee) sheet.Cell { return sheet.TextOf(p.name(e)) }},
		column(peopleDone, kit.AsMoney, func(e report.Employee) sheet.Cell { return sheet.Of(e.Target.Done) }),
		column(peopleExpected, kit.AsMoney, func(e report.Employee) sheet.Cell { return kit.Valued(e.Target.Expected) }),
		column(peopleLow, kit.AsMoney, func(e report.Employee) sheet.Cell { return sheet.Cell{N: e.Target.Low, OK: e.Target.Expected.OK} }),
		column(peopleHigh, kit.AsMoney, func(e report.Employee) sheet.Cell { return sheet.Cell{N: e.Target.High, OK: e.Target.Expected.OK} }),
		column(peoplePlanned, kit.AsMoney, func(e report.Employee) sheet.Cell { return kit.Valued(e.Target.Plan) }),
		column(peopleReach, kit.AsShare, reached),
	}}.Grid(p.d.Lang)
}

func (p *employees) readTried() string {
	l, within, missed := p.d.Lang, 0, int64(0)
	n := len(p.r.Tried)
	if n == 0 {
		return l.T(peopleShort)
	}
	for _, t := range p.r.Tried {
		if held(t) {
			within++
		}
		missed += missedBy(t)
	}
	return l.T(peopleTriedRead, "error", l.Percent(kit.Whole(missed/int64(n))), "held", within, "n", n)
}

// missedBy is how far a forecast was off, basis points of what came.
func missedBy(t report.Tried) int64 {
	return kit.Share(max(t.Actual-t.Expected, t.Expected-t.Actual), t.Actual)
}

func (p *employees) triedGrid() *kit.Grid {
	l := p.d.Lang
	sum := func(title *i18n.Message, of func(report.Tried) int64) kit.TableColumn[report.Tried] {
		return kit.TableColumn[report.Tried]{Title: title, Format: kit.AsMoney, Cell: func(t report.Tried) sheet.Cell { return sheet.Of(of(t)) }}
	}
	word := map[bool]*i18n.Message{true: peopleYes, false: peopleNo}
	return kit.Table[report.Tried]{Name: p.d.FileOf("forecast-tried"), Rows: p.r.Tried, Columns: []kit.TableColumn[report.Tried]{
		{Title: i18n.ColMonth, Cell: func(t report.Tried) sheet.Cell { return sheet.TextOf(t.Month) }},
		sum(peopleActual, func(t report.Tried) int64 { return t.Actual }),
		sum(peopleExpected, func(t report.Tried) int64 { return t.Expected }),
		sum(peopleLow, func(t report.Tried) int64 { return t.Low }),
		sum(peopleHigh, func(t report.Tried) int64 { return t.High }),
		{Title: peopleMissed, Format: kit.AsShare, Cell: func(t report.Tried) sheet.Cell { return sheet.Of(missedBy(t)) }},
		{Title: peopleHeld, Cell: func(t report.Tried) sheet.Cell { return sheet.TextOf(l.T(word[held(t)])) }},
	}}.Grid(l)
}

// held reports whether a month ended within its forecast.
func held(t report.Tried) bool { return t.Low <= t.Actual && t.Actual <= t.High }

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
	t := kit.Table[report.Employee]{Name: p.d.FileOf("weeks"), Rows: p.r.Rows, Columns: []kit.TableColumn[report.Employee]{
		{Text: p.d.DimWord(cube.Cashier), Cell: func(e report.Employee) sheet.Cell { return sheet.TextOf(p.name(e)) }}}}
	for i, week := range p.r.Weeks {
		revenue := func(e report.Employee) sheet.Cell {
			if i >= len(e.Course) {
				return sheet.Of(0)
			}
			return sheet.Of(e.Course[i])
		}
		t.Columns = append(t.Columns, kit.TableColumn[report.Employee]{Text: kit.StepLabel(cube.Day, week, p.d.Lang), Format: kit.AsMoney,
			Cell: revenue, Total: revenue(p.r.Total)})
	}
	return t.Grid(p.d.Lang)
}
