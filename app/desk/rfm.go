package desk

import (
	"context"
	"strings"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/rfm"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// scores is the page of customers by recency, frequency and money.
type scores struct {
	d *desk
	r *report.RFM
}

func newScores(d *desk) study { return &scores{d: d} }

func (p *scores) questions() []question {
	return []question{asks(report.NameRFM, p.request(), &p.r)}
}

// request is the scores at the end of the period and, when it is compared, at
// the end of the period before.
func (p *scores) request() report.RFMRequest {
	d := p.d
	from, to := d.dates()
	r := report.RFMRequest{To: to, Where: d.filter.where()}
	first, errFrom := cube.ParseDay(from)
	last, errTo := cube.ParseDay(to)
	if errFrom != nil || errTo != nil {
		return r
	}
	switch d.filter.Compare {
	case cube.Previous:
		r.Before = (first - 1).String()
	case cube.LastYear:
		r.Before = (last - 364).String()
	}
	return r
}

func (p *scores) parts() []part {
	l, r := p.d.lang, p.r
	if r.Customers == 0 {
		return nil
	}
	span := l.T(i18n.ReportYear, "from", p.d.date(r.From), "to", p.d.date(r.To))
	if r.Customers < 5*few {
		span += ". " + l.T(i18n.ReportSmall, "n", r.Customers)
	}
	list := []part{
		{id: "rfm-grid", span: 5, tall: 340, title: l.T(i18n.RFMGrid), reading: span, chart: p.draw,
			pick: func(i int) { p.open(rfm.SegmentOf(rfm.Scores-i/rfm.Scores, i%rfm.Scores+1)) }},
		{id: "rfm-table", span: 7, title: l.T(i18n.RFMTable), reading: readRFM(r, l), grid: p.segments},
	}
	if r.Before != nil && r.Before.Customers > 0 {
		list = append(list, part{id: "rfm-moves", span: 12, title: l.T(i18n.RFMMoves, "date", p.d.date(r.Before.To)),
			reading: p.readMoves(r.Before), grid: func() *grid { return p.moves(r.Before) }})
	}
	return list
}

func (p *scores) name(id rfm.Segment) string { return p.d.lang.T(i18n.RFMSegments[string(id)]) }

// draw draws customers by recency, lately on top, and value.
func (p *scores) draw(colours chart.Colours) (*chart.Drawing, error) {
	l, r := p.d.lang, p.r
	heat := chart.Heat{
		Rows:    []string{l.T(i18n.RFMLately), "4", "3", "2", l.T(i18n.RFMLong)},
		Columns: []string{l.T(i18n.RFMLittle), "2", "3", "4", l.T(i18n.RFMMuch)},
		Cells:   make([][]*float64, rfm.Scores), Labels: make([][]string, rfm.Scores),
	}
	at := func(i, j int) (n int, id rfm.Segment) {
		recency := rfm.Scores - i
		return r.Grid[recency-1][j], rfm.SegmentOf(recency, j+1)
	}
	for i := range rfm.Scores {
		for j := range rfm.Scores {
			n, _ := at(i, j)
			v := float64(n)
			heat.Cells[i], heat.Labels[i] = append(heat.Cells[i], &v), append(heat.Labels[i], l.Int(int64(n)))
		}
	}
	drawing, err := heat.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		n, id := at(i/rfm.Scores, i%rfm.Scores)
		return []string{p.name(id), l.Int(int64(n)) + " · " + l.Percent(whole(share(int64(n), int64(r.Customers))))}
	}
	return drawing, nil
}

func (p *scores) formula() string {
	l, r := p.d.lang, p.r
	join := func(cuts []float64, exponent int) string {
		var list []string
		for _, cut := range cuts {
			for range exponent {
				cut /= 10
			}
			list = append(list, l.Decimal(int64(cut*10+0.5), 1))
		}
		return strings.Join(list, " · ")
	}
	return l.T(i18n.RFMFormula, "recency", join(r.Recency, 0), "frequency", join(r.Frequency, 0),
		"money", join(r.Money, p.d.currency().Exponent)+" "+l.Sign(p.d.currency().Code))
}

// readRFM says who brings most and how many are on their way out.
func readRFM(r *report.RFM, l i18n.Lang) string {
	best, risk := r.Segments[0], 0
	for _, s := range r.Segments {
		if s.Revenue > best.Revenue {
			best = s
		}
		switch s.ID {
		case rfm.AtRisk, rfm.CantLose, rfm.Hibernated, rfm.Lost:
			risk += s.Customers
		}
	}
	part := func(n, of int64) string { return l.Percent(whole(share(n, of))) }
	return l.T(i18n.RFMRead, "name", l.T(i18n.RFMSegments[string(best.ID)]), "share", part(int64(best.Customers), int64(r.Customers)),
		"money", part(best.Revenue, r.Revenue), "risk", part(int64(risk), int64(r.Customers)))
}

// segments are the figures of each segment; a row opens its customers.
func (p *scores) segments() *grid {
	l, r := p.d.lang, p.r
	g := &grid{name: "rfm-" + r.To, columns: []column{{title: l.T(i18n.ColSegment)}, {title: l.T(i18n.ColCustomers), form: asCount},
		{title: l.T(i18n.ColCustomers) + ", %", form: asShare}, {title: l.T(i18n.ColRevenue), form: asMoney},
		{title: l.T(i18n.ColRevenue) + ", %", form: asShare}, {title: l.T(i18n.ColDays), form: asCount}}}
	g.total = []sheet.Cell{{}, sheet.Of(int64(r.Customers)), sheet.Of(10000), sheet.Of(r.Revenue), sheet.Of(10000), {}}
	if r.Before != nil {
		g.columns = append(g.columns, column{title: l.T(i18n.ColChange), form: asDifference})
		g.total = append(g.total, sheet.Of(int64(r.Customers-r.Before.Customers)))
	}
	for i, s := range r.Segments {
		row := gridRow{note: p.d.note(s.Customers), open: func() { p.open(s.ID) }, cells: []sheet.Cell{sheet.TextOf(p.name(s.ID)), sheet.Of(int64(s.Customers)),
			sheet.Of(share(int64(s.Customers), int64(r.Customers))), sheet.Of(s.Revenue), sheet.Of(share(s.Revenue, r.Revenue)),
			{N: int64(s.Days), OK: s.Customers > 0}}}
		if r.Before != nil {
			row.cells = append(row.cells, sheet.Of(int64(s.Customers-r.Before.Segments[i])))
		}
		g.rows = append(g.rows, row)
	}
	return g
}

// readMoves counts who went down. Segments are listed from the best.
func (p *scores) readMoves(b *report.RFMBefore) string {
	worse := 0
	for i := range b.Moves[:len(b.Moves)-1] {
		for j := i + 1; j < len(b.Moves); j++ {
			worse += b.Moves[i][j]
		}
	}
	return p.d.lang.T(i18n.RFMMoved, "n", worse)
}

// moves is who went from which segment to which; the last is nobody's.
func (p *scores) moves(b *report.RFMBefore) *grid {
	var names []string
	for _, id := range rfm.Segments {
		names = append(names, p.name(id))
	}
	names = append(names, p.d.lang.T(i18n.RFMNobody))
	g := &grid{name: "rfm-moves-" + b.To, columns: []column{{title: p.d.lang.T(i18n.ColSegment)}}}
	for _, name := range names {
		g.columns = append(g.columns, column{title: name, form: asCount})
	}
	for i, row := range b.Moves {
		line := gridRow{cells: []sheet.Cell{sheet.TextOf(names[i])}}
		for _, n := range row {
			line.cells = append(line.cells, sheet.Of(int64(n)))
		}
		g.rows = append(g.rows, line)
	}
	return g
}

// open opens the panel with a segment's customers.
func (p *scores) open(segment rfm.Segment) {
	d := p.d
	words := append(d.inWords(cube.Slice{From: p.r.From, To: p.r.To, Where: d.filter.where()}), d.lang.T(i18n.DrillSegment, "name", p.name(segment)))
	d.openList(listing{title: p.name(segment), words: words, ask: func(ctx context.Context, then func(*grid, *errcode.Error)) {
		ask(ctx, d, report.NamePeople, report.PeopleRequest{RFMRequest: p.request(), Segment: segment}, func(list []report.Person, e *errcode.Error) {
			if e != nil {
				then(nil, e)
				return
			}
			then(p.people(list), nil)
		})
	}})
}

// people is customers with their scores; a row opens the customer's receipts.
func (p *scores) people(list []report.Person) *grid {
	l, r := p.d.lang, p.r
	g := &grid{name: "rfm-customers-" + r.To, columns: []column{{title: l.T(i18n.ColCustomer)}, {title: l.T(i18n.ColRevenue), form: asMoney},
		{title: l.T(i18n.ColReceipts), form: asCount}, {title: l.T(i18n.ColDays), form: asCount},
		{title: "R", form: asCount}, {title: "F", form: asCount}, {title: "M", form: asCount}, {title: l.T(i18n.ColSegment), hidden: true}}}
	for _, who := range list {
		n := func(v int) sheet.Cell { return sheet.Of(int64(v)) }
		g.rows = append(g.rows, gridRow{
			cells: []sheet.Cell{sheet.TextOf(shortID(who.ID)), sheet.Of(who.Revenue), n(who.Receipts), n(who.Days), n(who.Recency), n(who.Frequency), n(who.Money),
				sheet.TextOf(p.name(who.Segment))},
			open: func() {
				p.d.drillInto(behind{measure: cube.Revenue, from: r.From, to: r.To, cell: []cube.Filter{{Dim: cube.Customer, In: []string{who.ID}}}})
			}})
	}
	return g
}
