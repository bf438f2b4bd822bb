package people

import (
	"context"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
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
	d     *kit.Desk
	r     *report.Due
	state cycle.Due // "" for due and overdue
}

func newDue(d *kit.Desk) kit.Study { return &due{d: d} }

func (p *due) request(limit int) report.DueRequest {
	_, to := p.d.Dates()
	return report.DueRequest{To: to, Where: p.d.Filter.Conditions(), State: p.state, Limit: limit}
}

func (p *due) Questions() []kit.Question {
	return []kit.Question{kit.Asks(report.NameDue, p.request(dueShown), &p.r)}
}

func (p *due) Formula() string {
	return p.d.Lang.T(i18n.DueFormula, "to", p.d.Date(p.r.To), "n", p.r.GapsMin)
}

func (p *due) Parts() []kit.Part {
	l, r := p.d.Lang, p.r
	if r.Customers == 0 {
		return nil
	}
	var choices []app.UI
	pick := func(state cycle.Due, label string) {
		choices = append(choices, p.d.Pick("due-"+string(state), label, p.state == state, func() {
			p.state = state
			p.d.RefreshPage()
		}))
	}
	pick("", l.T(i18n.DueNames[string(cycle.Now)])+" + "+l.T(i18n.DueNames[string(cycle.Overdue)]))
	for _, id := range []cycle.Due{cycle.Now, cycle.Overdue, cycle.Gone} {
		pick(id, l.T(i18n.DueNames[string(id)]))
	}
	return []kit.Part{
		{ID: "due", Span: 12, Title: l.T(i18n.DueTitle), Reading: p.read(), Acts: choices, Grid: p.grid, Key: string(p.state)},
		{ID: "due-states", Span: 6, Title: l.T(i18n.DueStates), Reading: l.T(i18n.DueFew, "n", r.Few), Grid: p.states},
		{ID: "due-gaps", Span: 6, Tall: 240, Title: l.T(i18n.DueGaps), Reading: p.readGaps(), Chart: p.gaps, Grid: p.gapsGrid},
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
	return p.d.Lang.T(i18n.DueRead, "n", n, "sum", roughly(p.d, worth))
}

// readGaps says how often the middle one comes.
func (p *due) readGaps() string {
	n, seen := 0, 0
	for _, count := range p.r.Gaps {
		n += count
	}
	for i, count := range p.r.Gaps {
		if seen += count; n > 0 && 2*seen >= n {
			return p.d.Lang.T(i18n.DueGapsRead, "n", i+1)
		}
	}
	return ""
}

// roughly writes a sum as a headline does.
func roughly(d *kit.Desk, n int64) string {
	return kit.Headline(cube.Revenue, cube.Some(n), d.Lang, d.Currency())
}

func (p *due) gaps(colours chart.Colours) (*chart.Drawing, error) {
	return drawDays(p.d, colours, p.r.Gaps, p.d.Lang.T(i18n.ColCustomers))
}

func (p *due) gapsGrid() *kit.Grid {
	return daysGrid(p.d, "rhythms-"+p.r.To, p.r.Gaps, i18n.ColCustomers)
}

func (p *due) states() *kit.Grid {
	l, r := p.d.Lang, p.r
	// The last row are those without a rhythm.
	rows := append(pointers(r.States), &report.DueState{Customers: r.Few})
	rhythmic := func(s *report.DueState) bool { return s.ID != "" }
	name := func(s *report.DueState) sheet.Cell {
		if !rhythmic(s) {
			return sheet.TextOf(l.T(i18n.DueToo))
		}
		return sheet.TextOf(l.T(i18n.DueNames[string(s.ID)]))
	}
	return kit.Table[*report.DueState]{
		Name: "due-states-" + r.To, Rows: rows,
		Note: func(s *report.DueState) string { return p.d.Note(s.Customers) },
		Columns: []kit.TableColumn[*report.DueState]{
			{Title: i18n.DueState, Cell: name},
			{Title: i18n.ColCustomers, Format: kit.AsCount, Total: number(r.Customers), Cell: func(s *report.DueState) sheet.Cell { return number(s.Customers) }},
			{Text: l.T(i18n.ColCustomers) + ", %", Format: kit.AsShare, Hidden: true, Total: sheet.Of(10000),
				Cell: func(s *report.DueState) sheet.Cell { return partOf(s.Customers, r.Customers) }},
			{Title: i18n.DueYear, Format: kit.AsMoney, Cell: func(s *report.DueState) sheet.Cell { return sheet.Cell{N: s.Revenue, OK: rhythmic(s)} }},
			{Title: i18n.DueVisit, Format: kit.AsMoney, Cell: func(s *report.DueState) sheet.Cell {
				return sheet.Cell{N: s.Receipt, OK: rhythmic(s) && s.Customers > 0}
			}},
		},
	}.Grid(l)
}

// unsure is the number of pauses below which a rhythm is a guess.
const unsure = 8

func (p *due) grid() *kit.Grid {
	d, l := p.d, p.d.Lang
	table := p.people(p.r)
	if len(p.r.Rows) < dueShown {
		return table.Grid(l)
	}
	n := 0
	for _, s := range p.r.States {
		if s.ID == p.state || p.state == "" && (s.ID == cycle.Now || s.ID == cycle.Overdue) {
			n += s.Customers
		}
	}
	table.Rest = l.T(i18n.WidgetRest, "n", n-len(p.r.Rows))
	table.All = func(ctx context.Context, then func(*kit.Grid, *errcode.Error)) {
		kit.Ask(ctx, d, report.NameDue, p.request(0), func(all report.Due, e *errcode.Error) {
			if e != nil {
				then(nil, e)
				return
			}
			then(p.people(&all).Grid(l), nil)
		})
	}
	return table.Grid(l)
}

func (p *due) people(r *report.Due) kit.Table[*report.Person] {
	l := p.d.Lang
	count := func(title *i18n.Message, of func(*report.Person) int) personColumn {
		return personColumn{Title: title, Format: kit.AsCount, Cell: func(p *report.Person) sheet.Cell { return number(of(p)) }}
	}
	table := peopleTable(p.d, "due-"+r.To, r.Rows, r.To, []personColumn{
		{Title: i18n.DueState, Cell: func(p *report.Person) sheet.Cell { return sheet.TextOf(l.T(i18n.DueNames[string(p.Due)])) }},
		{Title: i18n.DueVisit, Format: kit.AsMoney, Cell: visit},
		count(i18n.DueSilent, func(p *report.Person) int { return p.Days }),
		count(i18n.DueGap, func(p *report.Person) int { return p.Gap }),
		count(i18n.DueLong, func(p *report.Person) int { return p.Long }),
		count(i18n.DueCount, func(p *report.Person) int { return p.Gaps }),
		{Title: i18n.DueSure, Format: kit.AsShare, Cell: func(p *report.Person) sheet.Cell { return partOf(p.Shorter, p.Gaps) }},
	})
	for i := range table.Columns {
		if c := &table.Columns[i]; c.Title == i18n.ColDays {
			c.Hidden = true // the silence is as long
		}
	}
	table.Note = func(p *report.Person) string {
		if p.Gaps < unsure {
			return l.T(i18n.ReportFew, "n", p.Gaps)
		}
		return ""
	}
	return table
}

// visit is what a visit of a customer brings.
func visit(p *report.Person) sheet.Cell {
	if p.Receipts == 0 {
		return sheet.Cell{}
	}
	return sheet.Of(money.MulDiv(p.Revenue, 1, int64(p.Receipts)))
}

// drawDays draws how many there are of 1, 2, … days; the last bar are all longer ones.
func drawDays(d *kit.Desk, colours chart.Colours, counts []int, name string) (*chart.Drawing, error) {
	bars := chart.Stack{Names: []string{name}, Values: [][]float64{nil}}
	for i, n := range counts {
		bars.Labels = append(bars.Labels, dayLabel(i, len(counts)))
		bars.Values[0] = append(bars.Values[0], float64(n))
	}
	drawing, err := bars.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return d.Lang.Int(int64(v)) }
	drawing.Tip = func(i int) []string {
		return []string{d.Lang.T(i18n.BaseDays, "n", i+1), name + ": " + d.Lang.Int(int64(counts[i]))}
	}
	return drawing, nil
}

func dayLabel(i, n int) string {
	if i == n-1 {
		return strconv.Itoa(n) + "+"
	}
	return strconv.Itoa(i + 1)
}

func daysGrid(d *kit.Desk, file string, counts []int, what *i18n.Message) *kit.Grid {
	table := kit.Table[int]{Name: file, Columns: []kit.TableColumn[int]{
		{Title: i18n.BaseDaysColumn, Cell: func(i int) sheet.Cell { return sheet.TextOf(dayLabel(i, len(counts))) }},
		{Title: what, Format: kit.AsCount, Cell: func(i int) sheet.Cell { return number(counts[i]) }},
	}}
	for i := range counts {
		table.Rows = append(table.Rows, i)
	}
	return table.Grid(d.Lang)
}
