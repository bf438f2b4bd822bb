package desk

import (
	"context"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/cycle"
	"tillsight/shared/money"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// dueShown is how many customers the page lists; the file has all.
const dueShown = 1000

// due is the page of customers whose own pause between purchases is over.
type due struct {
	d     *desk
	r     *report.Due
	state cycle.Due // "" for due and overdue
}

func newDue(d *desk) study { return &due{d: d} }

func (p *due) request(limit int) report.DueRequest {
	_, to := p.d.dates()
	return report.DueRequest{To: to, Where: p.d.filter.where(), State: p.state, Limit: limit}
}

func (p *due) questions() []question {
	return []question{asks(report.NameDue, p.request(dueShown), &p.r)}
}

func (p *due) formula() string {
	return p.d.lang.T(i18n.DueFormula, "to", p.d.date(p.r.To), "n", p.r.GapsMin)
}

func (p *due) parts() []part {
	l, r := p.d.lang, p.r
	if r.Customers == 0 {
		return nil
	}
	var choices []app.UI
	pick := func(state cycle.Due, label string) {
		choices = append(choices, p.d.pick("due-"+string(state), label, p.state == state, func() {
			p.state = state
			p.d.refreshPage()
		}))
	}
	pick("", l.T(i18n.DueNames[string(cycle.Now)])+" + "+l.T(i18n.DueNames[string(cycle.Overdue)]))
	for _, id := range []cycle.Due{cycle.Now, cycle.Overdue, cycle.Gone} {
		pick(id, l.T(i18n.DueNames[string(id)]))
	}
	return []part{
		{id: "due", span: 12, title: l.T(i18n.DueTitle), reading: p.read(), acts: choices, grid: p.grid, key: string(p.state)},
		{id: "due-states", span: 6, title: l.T(i18n.DueStates), reading: l.T(i18n.DueFew, "n", r.Few), grid: p.states},
		{id: "due-gaps", span: 6, tall: 240, title: l.T(i18n.DueGaps), reading: p.readGaps(), chart: p.gaps, grid: p.gapsGrid},
	}
}

// read says how many should have come and what a visit of each is worth.
func (p *due) read() string {
	n, worth := 0, int64(0)
	for _, s := range p.r.States {
		if s.ID == cycle.Now || s.ID == cycle.Overdue {
			n += s.Customers
			worth += int64(s.Customers) * s.Receipt
		}
	}
	return p.d.lang.T(i18n.DueRead, "n", n, "sum", p.d.roughly(worth))
}

// readGaps says how often the middle one comes.
func (p *due) readGaps() string {
	n, seen := 0, 0
	for _, count := range p.r.Gaps {
		n += count
	}
	for i, count := range p.r.Gaps {
		if seen += count; n > 0 && 2*seen >= n {
			return p.d.lang.T(i18n.DueGapsRead, "n", i+1)
		}
	}
	return ""
}

// roughly writes a sum as a headline does.
func (d *desk) roughly(n int64) string {
	return headline(cube.Revenue, cube.Some(n), d.lang, d.currency())
}

func (p *due) gaps(colours chart.Colours) (*chart.Drawing, error) {
	return p.d.drawDays(colours, p.r.Gaps, p.d.lang.T(i18n.ColCustomers))
}

func (p *due) gapsGrid() *grid { return p.d.daysGrid("rhythms-"+p.r.To, p.r.Gaps, i18n.ColCustomers) }

func (p *due) states() *grid {
	l, r := p.d.lang, p.r
	g := &grid{name: "due-states-" + r.To, columns: []column{{title: l.T(i18n.DueState)}, {title: l.T(i18n.ColCustomers), form: asCount},
		{title: l.T(i18n.ColCustomers) + ", %", form: asShare, hidden: true}, {title: l.T(i18n.DueYear), form: asMoney}, {title: l.T(i18n.DueVisit), form: asMoney}}}
	for _, s := range r.States {
		g.rows = append(g.rows, gridRow{note: p.d.note(s.Customers), cells: []sheet.Cell{sheet.TextOf(l.T(i18n.DueNames[string(s.ID)])), sheet.Of(int64(s.Customers)),
			sheet.Of(share(int64(s.Customers), int64(r.Customers))), sheet.Of(s.Revenue), {N: s.Receipt, OK: s.Customers > 0}}})
	}
	g.rows = append(g.rows, gridRow{cells: []sheet.Cell{sheet.TextOf(l.T(i18n.DueToo)), sheet.Of(int64(r.Few)), sheet.Of(share(int64(r.Few), int64(r.Customers))), {}, {}}})
	g.total = []sheet.Cell{{}, sheet.Of(int64(r.Customers)), sheet.Of(10000), {}, {}}
	return g
}

// unsure is the number of pauses below which a rhythm is a guess.
const unsure = 8

func (p *due) grid() *grid {
	d, l := p.d, p.d.lang
	g := p.people(p.r)
	if len(p.r.Rows) < dueShown {
		return g
	}
	n := 0
	for _, s := range p.r.States {
		if s.ID == p.state || p.state == "" && (s.ID == cycle.Now || s.ID == cycle.Overdue) {
			n += s.Customers
		}
	}
	g.rest = l.T(i18n.WidgetRest, "n", n-len(p.r.Rows))
	g.all = func(ctx context.Context, then func(*grid, *errcode.Error)) {
		ask(ctx, d, report.NameDue, p.request(0), func(all report.Due, e *errcode.Error) {
			if e != nil {
				then(nil, e)
				return
			}
			then(p.people(&all), nil)
		})
	}
	return g
}

func (p *due) people(r *report.Due) *grid {
	l := p.d.lang
	count := func(title *i18n.Message, of func(*report.Person) int) personColumn {
		return personColumn{column{title: l.T(title), form: asCount}, func(p *report.Person) sheet.Cell { return sheet.Of(int64(of(p))) }}
	}
	g := p.d.peopleGrid("due-"+r.To, r.Rows, r.To, []personColumn{
		{column{title: l.T(i18n.DueState)}, func(p *report.Person) sheet.Cell { return sheet.TextOf(l.T(i18n.DueNames[string(p.Due)])) }},
		count(i18n.DueSilent, func(p *report.Person) int { return p.Days - 1 }),
		count(i18n.DueGap, func(p *report.Person) int { return p.Gap }),
		count(i18n.DueLong, func(p *report.Person) int { return p.Long }),
		count(i18n.DueCount, func(p *report.Person) int { return p.Gaps }),
		{column{title: l.T(i18n.DueSure), form: asShare}, func(p *report.Person) sheet.Cell { return sheet.Of(share(int64(p.Shorter), int64(p.Gaps))) }},
		{column{title: l.T(i18n.DueVisit), form: asMoney}, func(p *report.Person) sheet.Cell {
			if p.Receipts == 0 {
				return sheet.Cell{}
			}
			return sheet.Of(money.MulDiv(p.Revenue, 1, int64(p.Receipts)))
		}},
	})
	for i := range r.Rows {
		if n := r.Rows[i].Gaps; n < unsure {
			g.rows[i].note = l.T(i18n.ReportFew, "n", n)
		}
	}
	return g
}

// drawDays draws how many there are of 1, 2, … days; the last bar are all longer ones.
func (d *desk) drawDays(colours chart.Colours, counts []int, name string) (*chart.Drawing, error) {
	bars := chart.Stack{Names: []string{name}, Values: [][]float64{nil}}
	for i, n := range counts {
		bars.Labels = append(bars.Labels, dayLabel(i, len(counts)))
		bars.Values[0] = append(bars.Values[0], float64(n))
	}
	drawing, err := bars.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return d.lang.Int(int64(v)) }
	drawing.Tip = func(i int) []string {
		return []string{d.lang.T(i18n.BaseDays, "n", i+1), name + ": " + d.lang.Int(int64(counts[i]))}
	}
	return drawing, nil
}

func dayLabel(i, n int) string {
	if i == n-1 {
		return strconv.Itoa(n) + "+"
	}
	return strconv.Itoa(i + 1)
}

func (d *desk) daysGrid(file string, counts []int, what *i18n.Message) *grid {
	g := &grid{name: file, columns: []column{{title: d.lang.T(i18n.BaseDaysColumn)}, {title: d.lang.T(what), form: asCount}}}
	for i, n := range counts {
		g.rows = append(g.rows, gridRow{cells: []sheet.Cell{sheet.TextOf(dayLabel(i, len(counts))), sheet.Of(int64(n))}})
	}
	return g
}
