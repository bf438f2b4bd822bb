package people

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/money"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// base is the page of the active customers: who stayed, came, came back, left.
type base struct {
	d *kit.Desk
	r *report.Base
}

func newBase(d *kit.Desk) kit.Study { return &base{d: d} }

func (p *base) Questions() []kit.Question {
	return []kit.Question{kit.Asks(report.NameBase, p.request(), &p.r)}
}

func (p *base) request() report.BaseRequest {
	_, to := p.d.Dates()
	return report.BaseRequest{To: to, Where: p.d.Filter.Conditions()}
}

func (p *base) Formula() string { return p.d.Lang.T(i18n.BaseFormula, "n", p.r.Gaps) }

func (p *base) Parts() []kit.Part {
	l := p.d.Lang
	if len(p.r.Months) == 0 {
		return nil
	}
	return []kit.Part{{
		ID: "base", Span: 12, Title: l.T(i18n.BaseTitle), Reading: readBase(p.r, l), Both: true,
		Body:  []app.UI{p.legend()},
		Chart: p.draw, Pick: func(i int) { p.open(p.r.Months[i].Month, 0) }, Grid: p.grid,
	}, {
		ID: "base-gaps", Span: 12, Tall: 220, Title: l.T(i18n.BaseGaps), Chart: p.gaps, Grid: p.gapsGrid,
		Reading: l.T(i18n.BaseGapsRead, "n", p.r.Gap, "low", p.r.Low, "high", p.r.High),
	}}
}

// baseParts are the parts of a month's base in the order of the chart.
var baseParts = []*i18n.Message{i18n.BaseKept, i18n.BaseReturned, i18n.BaseNew, i18n.BaseLost}

func (p *base) legend() app.UI {
	marks := []string{"kept", "returned", "new", "lost"}
	return app.P().Class("legend stack-legend").Body(app.Range(baseParts).Slice(func(i int) app.UI {
		return app.Span().Body(app.Span().Class("legend-mark stack-"+marks[i]), app.Text(p.d.Lang.T(baseParts[i])))
	}))
}

// draw draws who stayed, came back and came, and below who left.
func (p *base) draw(colours chart.Colours) (*chart.Drawing, error) {
	l, list := p.d.Lang, p.r.Months
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

func (p *base) grid() *kit.Grid {
	l, r := p.d.Lang, p.r
	type row = *report.BaseMonth
	table := kit.Table[row]{
		Name: "base-" + r.To, Rows: pointers(r.Months), Note: p.note, Open: func(m row) { p.open(m.Month, 0) },
		Columns: []kit.TableColumn[row]{{Title: i18n.ColMonth, Cell: func(m row) sheet.Cell { return sheet.TextOf(m.Month) }}},
	}
	slices.Reverse(table.Rows)
	for k, move := range baseMoves {
		table.Columns = append(table.Columns, kit.TableColumn[row]{Title: move.label, Format: kit.AsCount,
			Cell: func(m row) sheet.Cell { return number(move.of(m)) },
			Open: func(m row) { p.open(m.Month, k) }, Opens: func(m row) bool { return move.of(m) > 0 }})
	}
	table.Columns = append(table.Columns,
		kit.TableColumn[row]{Title: i18n.BaseRepeat, Format: kit.AsShare, Cell: func(m row) sheet.Cell { return partOf(m.Kept+m.Returned, m.Active) }},
		kit.TableColumn[row]{Title: i18n.BaseSeveral, Format: kit.AsShare, Cell: func(m row) sheet.Cell { return partOf(m.Repeated, m.Active) }},
		kit.TableColumn[row]{Title: i18n.ColRevenue, Format: kit.AsMoney, Cell: func(m row) sheet.Cell { return sheet.Of(m.Revenue) }},
		kit.TableColumn[row]{Title: i18n.BaseNewRevenue, Format: kit.AsShare,
			Cell: func(m row) sheet.Cell { return sheet.Cell{N: kit.Share(m.NewRevenue, m.Revenue), OK: m.Revenue > 0} }},
		kit.TableColumn[row]{Title: i18n.BaseVisits, Format: kit.AsDecimal, Cell: visits},
	)
	return table.Grid(l)
}

// visits is how many receipts there are for each who bought in a month, in hundredths.
func visits(m *report.BaseMonth) sheet.Cell {
	if m.Active == 0 {
		return sheet.Cell{}
	}
	return sheet.Of(money.MulDiv(int64(m.Receipts), 100, int64(m.Active)))
}

// note says of a month what keeps it from being compared with the others.
func (p *base) note(m *report.BaseMonth) string {
	var notes []string
	if m.Since {
		notes = append(notes, p.d.Lang.T(i18n.CohortSince))
	}
	if !p.r.Whole && m == &p.r.Months[len(p.r.Months)-1] {
		notes = append(notes, p.d.Lang.T(i18n.BaseOpen))
	}
	return dotted(append(notes, p.d.Note(m.Active))...)
}

// open opens the customers of a part of a month.
func (p *base) open(month string, part int) {
	l, move := p.d.Lang, baseMoves[part]
	paid := l.T(i18n.BaseInMonth)
	if move.move == report.MoveLost {
		paid = l.T(i18n.BaseInMonthBefore)
	}
	openPeople(p.d, peopleList{
		title: l.T(move.label) + ", " + month, words: []string{l.T(i18n.DrillMonth, "name", month)}, file: "base-" + string(move.move) + "-" + month,
		ask:     listed(report.NameBasePeople, report.BasePeopleRequest{BaseRequest: p.request(), Month: month, Move: move.move}),
		columns: []personColumn{valueColumn(paid)},
	})
}

// gaps draws how many pauses between purchases were of which length.
func (p *base) gaps(colours chart.Colours) (*chart.Drawing, error) {
	return drawDays(p.d, colours, p.r.Course, p.d.Lang.T(i18n.BasePauses))
}

func (p *base) gapsGrid() *kit.Grid {
	return daysGrid(p.d, "pauses-"+p.r.To, p.r.Course, i18n.BasePauses)
}
