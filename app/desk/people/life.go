package people

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/mining/cycle"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// lifeWindows are the windows that are offered, in days.
var lifeWindows = []int{14, 30, 60, 90}

// life is the page of the stages of customers' lives as such.
type life struct {
	d      *kit.Desk
	r      *report.Life
	window int
}

func newLife(d *kit.Desk) kit.Study { return &life{d: d, window: 30} }

func (p *life) request() report.StageRequest {
	_, to := p.d.Dates()
	return report.StageRequest{To: to, Before: beforeDate(p.d), Where: p.d.Filter.Conditions(), Window: p.window}
}

// beforeDates is the compared period, "" when nothing is compared: as many days
// right before, or 364 days before.
func beforeDates(d *kit.Desk) (from, to string) {
	from, to = d.Dates()
	first, errFrom := cube.ParseDay(from)
	last, errTo := cube.ParseDay(to)
	if errFrom != nil || errTo != nil {
		return "", ""
	}
	switch d.Filter.Compare {
	case cube.Previous:
		return max(0, 2*first-last-1).String(), (first - 1).String()
	case cube.LastYear:
		return max(0, first-364).String(), (last - 364).String()
	}
	return "", ""
}

// beforeDate is the end of the compared period, "" when nothing is compared.
func beforeDate(d *kit.Desk) string {
	_, to := beforeDates(d)
	return to
}

func (p *life) Questions() []kit.Question {
	return []kit.Question{kit.Asks(report.NameLife, p.request(), &p.r)}
}

func (p *life) Formula() string {
	before := "–"
	if p.r.Before != nil {
		before = p.d.Date(p.r.Before.To)
	}
	return p.d.Lang.T(i18n.LifeFormula, "to", p.d.Date(p.r.To), "window", p.r.Window, "before", before)
}

func (p *life) Parts() []kit.Part {
	l, r := p.d.Lang, p.r
	if r.Customers == 0 {
		return nil
	}
	var choices []app.UI
	for _, n := range lifeWindows {
		choices = append(choices, p.d.Pick("life-"+l.Int(int64(n)), l.T(i18n.LifeWindow, "n", n), p.window == n, func() {
			p.window = n
			p.d.RefreshPage()
		}))
	}
	list := []kit.Part{{ID: "life", Span: 12, Tall: 280, Title: l.T(i18n.LifeTitle), Reading: p.read(), Acts: choices, Both: true,
		Chart: p.draw, Pick: func(i int) { p.open(cycle.Stages[i], -1) }, Grid: p.grid}}
	if r.Before == nil {
		return append(list, kit.Part{ID: "life-moves", Span: 12, Title: l.T(i18n.LifeMoves, "date", "…"), Reading: l.T(i18n.LifeNone)})
	}
	return append(list, kit.Part{ID: "life-moves", Span: 12, Tall: 380, Title: l.T(i18n.LifeMoves, "date", p.d.Date(r.Before.To)), Reading: p.readMoves(),
		Chart: p.drawMoves, Grid: p.moves,
		Pick: func(i int) { p.open(cycle.Stages[i%len(cycle.Stages)], i/len(cycle.Stages)) }})
}

func stageName(d *kit.Desk, id cycle.Stage) string { return d.Lang.T(i18n.StageNames[string(id)]) }

func (p *life) read() string {
	count := map[cycle.Stage]int{}
	for _, s := range p.r.Stages {
		count[s.ID] = s.Customers
	}
	active := p.r.Customers - count[cycle.Sleeping] - count[cycle.Lost]
	text := p.d.Lang.T(i18n.LifeRead, "active", p.d.Lang.Int(int64(active)), "n", p.r.Customers, "window", p.r.Window, "fading", p.d.Lang.Int(int64(count[cycle.Fading])))
	if p.r.Short {
		text += " " + p.d.Lang.T(i18n.LifeShort)
	}
	return text
}

// readMoves says how many left and how many came back.
func (p *life) readMoves() string {
	away := func(id cycle.Stage) bool { return id == cycle.Sleeping || id == cycle.Lost }
	left, back := 0, 0
	for i, from := range cycle.Stages {
		for j, to := range cycle.Stages {
			switch {
			case !away(from) && away(to):
				left += p.r.Before.Moves[i][j]
			case away(from) && !away(to):
				back += p.r.Before.Moves[i][j]
			}
		}
	}
	return p.d.Lang.T(i18n.LifeMoved, "n", left, "back", p.d.Lang.Int(int64(back)))
}

// draw draws the stages, beside those of the compared date.
func (p *life) draw(colours chart.Colours) (*chart.Drawing, error) {
	l := p.d.Lang
	bars := chart.Ranking{Room: 120}
	for i, s := range p.r.Stages {
		bars.Names = append(bars.Names, stageName(p.d, s.ID))
		bars.Now = append(bars.Now, float64(s.Customers))
		bars.Labels = append(bars.Labels, l.Int(int64(s.Customers)))
		if p.r.Before != nil {
			bars.Before = append(bars.Before, float64(p.r.Before.Stages[i]))
		}
	}
	drawing, err := bars.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return l.Int(int64(v)) }
	drawing.Tip = func(i int) []string {
		s := p.r.Stages[i]
		lines := []string{stageName(p.d, s.ID), l.Int(int64(s.Customers)) + " · " + l.Percent(kit.Whole(kit.Share(int64(s.Customers), int64(p.r.Customers))))}
		if b := p.r.Before; b != nil {
			lines = append(lines, p.d.Date(b.To)+": "+l.Int(int64(b.Stages[i])))
		}
		return lines
	}
	return drawing, nil
}

func (p *life) grid() *kit.Grid {
	l, r := p.d.Lang, p.r
	before, all := map[cycle.Stage]int{}, 0
	var receipts, revenue int64
	for i, s := range r.Stages {
		receipts, revenue = receipts+int64(s.Receipts), revenue+s.Revenue
		if r.Before != nil {
			before[s.ID] = r.Before.Stages[i]
		}
	}
	if r.Before != nil {
		all = r.Before.Customers
	}
	type row = *report.LifeStage
	return kit.Table[row]{
		Name: "life-" + r.To, Rows: pointers(r.Stages),
		Open: func(s row) { p.open(s.ID, -1) }, Note: func(s row) string { return p.d.Note(s.Customers) },
		Columns: []kit.TableColumn[row]{
			{Title: i18n.PeopleStage, Cell: func(s row) sheet.Cell { return sheet.TextOf(stageName(p.d, s.ID)) }},
			{Title: i18n.ColCustomers, Format: kit.AsCount, Total: number(r.Customers), Cell: func(s row) sheet.Cell { return number(s.Customers) }},
			{Text: l.T(i18n.ColCustomers) + ", %", Format: kit.AsShare, Total: sheet.Of(10000), Cell: func(s row) sheet.Cell { return partOf(s.Customers, r.Customers) }},
			{Title: i18n.ColReceipts, Format: kit.AsCount, Total: sheet.Of(receipts), Cell: func(s row) sheet.Cell { return number(s.Receipts) }},
			{Title: i18n.ColRevenue, Format: kit.AsMoney, Total: sheet.Of(revenue), Cell: func(s row) sheet.Cell { return sheet.Of(s.Revenue) }},
			{Title: i18n.ColChange, Format: kit.AsDifference, Without: r.Before == nil, Total: number(r.Customers - all),
				Cell: func(s row) sheet.Cell { return number(s.Customers - before[s.ID]) }},
		},
	}.Grid(l)
}

// moveRow names a row of the table of moves.
func (p *life) moveRow(i int) string {
	if i == len(cycle.Stages) {
		return p.d.Lang.T(i18n.LifeNotYet)
	}
	return stageName(p.d, cycle.Stages[i])
}

func (p *life) drawMoves(colours chart.Colours) (*chart.Drawing, error) {
	l, b := p.d.Lang, p.r.Before
	heat := chart.Heat{}
	for _, id := range cycle.Stages {
		heat.Columns = append(heat.Columns, stageName(p.d, id))
	}
	for i, row := range b.Moves {
		heat.Rows = append(heat.Rows, p.moveRow(i))
		cells, labels := make([]*float64, len(row)), make([]string, len(row))
		for j, n := range row {
			if n > 0 {
				v := float64(n)
				cells[j], labels[j] = &v, l.Int(int64(n))
			}
		}
		heat.Cells, heat.Labels = append(heat.Cells, cells), append(heat.Labels, labels)
	}
	drawing, err := heat.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		from, to := i/len(cycle.Stages), i%len(cycle.Stages)
		n, all := b.Moves[from][to], 0
		for _, count := range b.Moves[from] {
			all += count
		}
		if n == 0 {
			return nil
		}
		return []string{p.moveRow(from) + " → " + stageName(p.d, cycle.Stages[to]), l.Int(int64(n)) + " · " + l.Percent(kit.Whole(kit.Share(int64(n), int64(all))))}
	}
	return drawing, nil
}

func (p *life) moves() *kit.Grid {
	moves := p.r.Before.Moves
	table := kit.Table[int]{Name: "life-moves-" + p.r.To, Columns: []kit.TableColumn[int]{
		{Title: i18n.PeopleStage, Cell: func(i int) sheet.Cell { return sheet.TextOf(p.moveRow(i)) }}}}
	for i := range moves {
		table.Rows = append(table.Rows, i)
	}
	for j, to := range cycle.Stages {
		table.Columns = append(table.Columns, kit.TableColumn[int]{Text: stageName(p.d, to), Format: kit.AsCount,
			Cell: func(i int) sheet.Cell { return number(moves[i][j]) },
			Open: func(i int) { p.open(to, i) }, Opens: func(i int) bool { return moves[i][j] > 0 }})
	}
	return table.Grid(p.d.Lang)
}

// open opens the customers of a stage; with from they are those who came from
// that row of the table of moves.
func (p *life) open(stage cycle.Stage, from int) {
	l := p.d.Lang
	r := report.StagePeopleRequest{StageRequest: p.request(), Stage: stage}
	c := peopleList{title: stageName(p.d, stage), file: "life-" + string(stage) + "-" + p.r.To,
		columns: []personColumn{valueColumn(l.T(i18n.LifeWindow, "n", p.window))}}
	if from >= 0 {
		r.Move = true
		if from < len(cycle.Stages) {
			r.From = cycle.Stages[from]
		}
		c.title = p.moveRow(from) + " → " + c.title
		c.file = "life-move-" + p.r.To
	}
	c.ask = listed(report.NameLifePeople, r)
	openPeople(p.d, c)
}
