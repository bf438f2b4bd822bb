package desk

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
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
	d      *desk
	r      *report.Life
	window int
}

func newLife(d *desk) study { return &life{d: d, window: 30} }

func (p *life) request() report.StageRequest {
	_, to := p.d.dates()
	return report.StageRequest{To: to, Before: p.d.beforeDate(), Where: p.d.filter.where(), Window: p.window}
}

// beforeDates is the compared period, "" when nothing is compared: as many days
// right before, or 364 days before.
func (d *desk) beforeDates() (from, to string) {
	from, to = d.dates()
	first, errFrom := cube.ParseDay(from)
	last, errTo := cube.ParseDay(to)
	if errFrom != nil || errTo != nil {
		return "", ""
	}
	switch d.filter.Compare {
	case cube.Previous:
		return max(0, 2*first-last-1).String(), (first - 1).String()
	case cube.LastYear:
		return max(0, first-364).String(), (last - 364).String()
	}
	return "", ""
}

// beforeDate is the end of the compared period, "" when nothing is compared.
func (d *desk) beforeDate() string {
	_, to := d.beforeDates()
	return to
}

func (p *life) questions() []question {
	return []question{asks(report.NameLife, p.request(), &p.r)}
}

func (p *life) formula() string {
	before := "–"
	if p.r.Before != nil {
		before = p.d.date(p.r.Before.To)
	}
	return p.d.lang.T(i18n.LifeFormula, "to", p.d.date(p.r.To), "window", p.r.Window, "before", before)
}

func (p *life) parts() []part {
	l, r := p.d.lang, p.r
	if r.Customers == 0 {
		return nil
	}
	var choices []app.UI
	for _, n := range lifeWindows {
		choices = append(choices, p.d.pick("life-"+l.Int(int64(n)), l.T(i18n.LifeWindow, "n", n), p.window == n, func() {
			p.window = n
			p.d.refreshPage()
		}))
	}
	list := []part{{id: "life", span: 12, tall: 280, title: l.T(i18n.LifeTitle), reading: p.read(), acts: choices, both: true,
		chart: p.draw, pick: func(i int) { p.open(cycle.Stages[i], -1) }, grid: p.grid}}
	if r.Before == nil {
		return append(list, part{id: "life-moves", span: 12, title: l.T(i18n.LifeMoves, "date", "…"), reading: l.T(i18n.LifeNone)})
	}
	return append(list, part{id: "life-moves", span: 12, tall: 380, title: l.T(i18n.LifeMoves, "date", p.d.date(r.Before.To)), reading: p.readMoves(),
		chart: p.drawMoves, grid: p.moves,
		pick: func(i int) { p.open(cycle.Stages[i%len(cycle.Stages)], i/len(cycle.Stages)) }})
}

func (d *desk) stageName(id cycle.Stage) string { return d.lang.T(i18n.StageNames[string(id)]) }

func (p *life) read() string {
	count := map[cycle.Stage]int{}
	for _, s := range p.r.Stages {
		count[s.ID] = s.Customers
	}
	active := p.r.Customers - count[cycle.Sleeping] - count[cycle.Lost]
	text := p.d.lang.T(i18n.LifeRead, "active", p.d.lang.Int(int64(active)), "n", p.r.Customers, "window", p.r.Window, "fading", p.d.lang.Int(int64(count[cycle.Fading])))
	if p.r.Short {
		text += " " + p.d.lang.T(i18n.LifeShort)
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
	return p.d.lang.T(i18n.LifeMoved, "n", left, "back", p.d.lang.Int(int64(back)))
}

// draw draws the stages, beside those of the compared date.
func (p *life) draw(colours chart.Colours) (*chart.Drawing, error) {
	l := p.d.lang
	bars := chart.Ranking{Room: 120}
	for i, s := range p.r.Stages {
		bars.Names = append(bars.Names, p.d.stageName(s.ID))
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
		lines := []string{p.d.stageName(s.ID), l.Int(int64(s.Customers)) + " · " + l.Percent(whole(share(int64(s.Customers), int64(p.r.Customers))))}
		if b := p.r.Before; b != nil {
			lines = append(lines, p.d.date(b.To)+": "+l.Int(int64(b.Stages[i])))
		}
		return lines
	}
	return drawing, nil
}

func (p *life) grid() *grid {
	l, r := p.d.lang, p.r
	g := &grid{name: "life-" + r.To, columns: []column{{title: l.T(i18n.PeopleStage)}, {title: l.T(i18n.ColCustomers), form: asCount},
		{title: l.T(i18n.ColCustomers) + ", %", form: asShare}, {title: l.T(i18n.ColReceipts), form: asCount}, {title: l.T(i18n.ColRevenue), form: asMoney}}}
	g.total = []sheet.Cell{{}, sheet.Of(int64(r.Customers)), sheet.Of(10000), {}, {}}
	var receipts, revenue int64
	if r.Before != nil {
		g.columns = append(g.columns, column{title: l.T(i18n.ColChange), form: asDifference})
		g.total = append(g.total, sheet.Of(int64(r.Customers-r.Before.Customers)))
	}
	for i, s := range r.Stages {
		row := gridRow{note: p.d.note(s.Customers), open: func() { p.open(s.ID, -1) }, cells: []sheet.Cell{sheet.TextOf(p.d.stageName(s.ID)), sheet.Of(int64(s.Customers)),
			sheet.Of(share(int64(s.Customers), int64(r.Customers))), sheet.Of(int64(s.Receipts)), sheet.Of(s.Revenue)}}
		if r.Before != nil {
			row.cells = append(row.cells, sheet.Of(int64(s.Customers-r.Before.Stages[i])))
		}
		receipts, revenue = receipts+int64(s.Receipts), revenue+s.Revenue
		g.rows = append(g.rows, row)
	}
	g.total[3], g.total[4] = sheet.Of(receipts), sheet.Of(revenue)
	return g
}

// moveRow names a row of the table of moves.
func (p *life) moveRow(i int) string {
	if i == len(cycle.Stages) {
		return p.d.lang.T(i18n.LifeNotYet)
	}
	return p.d.stageName(cycle.Stages[i])
}

func (p *life) drawMoves(colours chart.Colours) (*chart.Drawing, error) {
	l, b := p.d.lang, p.r.Before
	heat := chart.Heat{}
	for _, id := range cycle.Stages {
		heat.Columns = append(heat.Columns, p.d.stageName(id))
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
		return []string{p.moveRow(from) + " → " + p.d.stageName(cycle.Stages[to]), l.Int(int64(n)) + " · " + l.Percent(whole(share(int64(n), int64(all))))}
	}
	return drawing, nil
}

func (p *life) moves() *grid {
	g := &grid{name: "life-moves-" + p.r.To, columns: []column{{title: p.d.lang.T(i18n.PeopleStage)}}}
	for _, id := range cycle.Stages {
		g.columns = append(g.columns, column{title: p.d.stageName(id), form: asCount})
	}
	for i, row := range p.r.Before.Moves {
		line := gridRow{cells: []sheet.Cell{sheet.TextOf(p.moveRow(i))}, opens: map[int]func(){}}
		for j, n := range row {
			line.cells = append(line.cells, sheet.Of(int64(n)))
			if n > 0 {
				line.opens[j+1] = func() { p.open(cycle.Stages[j], i) }
			}
		}
		g.rows = append(g.rows, line)
	}
	return g
}

// open opens the customers of a stage; with from they are those who came from
// that row of the table of moves.
func (p *life) open(stage cycle.Stage, from int) {
	l := p.d.lang
	r := report.StagePeopleRequest{StageRequest: p.request(), Stage: stage}
	c := crowd{title: p.d.stageName(stage), file: "life-" + string(stage) + "-" + p.r.To, ask: report.NameLifePeople,
		columns: []personColumn{p.d.valueColumn(l.T(i18n.LifeWindow, "n", p.window))}}
	if from >= 0 {
		r.Move = true
		if from < len(cycle.Stages) {
			r.From = cycle.Stages[from]
		}
		c.title = p.moveRow(from) + " → " + c.title
		c.file = "life-move-" + p.r.To
	}
	c.request = r
	p.d.openCrowd(c)
}
