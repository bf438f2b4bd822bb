package desk

import (
	"slices"
	"strings"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/shared/mining/rfm"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// scores is the page of customers by recency, frequency and money.
type scores struct {
	d     *desk
	r     *report.RFM
	draft *bordersDraft // being edited; nil: not
}

func newScores(d *desk) study { return &scores{d: d} }

func (p *scores) questions() []question {
	return []question{asks(report.NameRFM, p.request(), &p.r)}
}

// request is the scores at the end of the period and, when it is compared, at
// the end of the period before.
func (p *scores) request() report.RFMRequest {
	_, to := p.d.dates()
	return report.RFMRequest{To: to, Before: p.d.beforeDate(), Where: p.d.filter.where(), Borders: p.d.borders}
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
		{id: "rfm-grid", span: 6, tall: 340, title: l.T(i18n.RFMGrid), reading: span, chart: p.draw,
			pick: func(i int) { p.open(rfm.SegmentOf(rfm.Scores-i/rfm.Scores, i%rfm.Scores+1)) }},
		p.bordersPart(),
		{id: "rfm-table", span: 12, title: l.T(i18n.RFMTable), reading: readRFM(r, l), grid: p.segments},
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
	text := i18n.RFMFormula
	if r.Fixed {
		text = i18n.RFMFixed
	}
	return l.T(text, "recency", join(r.Recency, 0), "frequency", join(r.Frequency, 0),
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
		{title: l.T(i18n.ColRevenue) + ", %", form: asShare}, {title: l.T(i18n.PeopleMargin), form: asMoney, hidden: true}, {title: l.T(i18n.ColDays), form: asCount}}}
	g.total = []sheet.Cell{{}, sheet.Of(int64(r.Customers)), sheet.Of(10000), sheet.Of(r.Revenue), sheet.Of(10000), sheet.Of(r.Margin), {}}
	if r.Before != nil {
		g.columns = append(g.columns, column{title: l.T(i18n.ColChange), form: asDifference})
		g.total = append(g.total, sheet.Of(int64(r.Customers-r.Before.Customers)))
	}
	g.columns, g.total = append(g.columns, column{title: l.T(i18n.RFMAction)}), append(g.total, sheet.Cell{})
	for i, s := range r.Segments {
		row := gridRow{note: p.d.note(s.Customers), open: func() { p.open(s.ID) }, cells: []sheet.Cell{sheet.TextOf(p.name(s.ID)), sheet.Of(int64(s.Customers)),
			sheet.Of(share(int64(s.Customers), int64(r.Customers))), sheet.Of(s.Revenue), sheet.Of(share(s.Revenue, r.Revenue)), sheet.Of(s.Margin),
			{N: int64(s.Days), OK: s.Customers > 0}}}
		if r.Before != nil {
			row.cells = append(row.cells, sheet.Of(int64(s.Customers-r.Before.Segments[i])))
		}
		row.cells = append(row.cells, sheet.TextOf(l.T(i18n.RFMActions[string(s.ID)])))
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
	ids := append(slices.Clone(rfm.Segments), report.RFMNobody)
	for i, row := range b.Moves {
		line := gridRow{cells: []sheet.Cell{sheet.TextOf(names[i])}, opens: map[int]func(){}}
		for j, n := range row {
			line.cells = append(line.cells, sheet.Of(int64(n)))
			if n > 0 {
				line.opens[j+1] = func() { p.openMove(ids[i], ids[j]) }
			}
		}
		g.rows = append(g.rows, line)
	}
	return g
}

// open opens the customers of a segment.
func (p *scores) open(segment rfm.Segment) {
	d := p.d
	d.openCrowd(crowd{
		title: p.name(segment), words: []string{d.lang.T(i18n.RFMActions[string(segment)])}, file: "rfm-" + string(segment) + "-" + p.r.To,
		ask: report.NamePeople, request: report.PeopleRequest{RFMRequest: p.request(), Segment: segment}, columns: d.scoreColumns(),
	})
}

// openMove opens the customers who went from one segment to another.
func (p *scores) openMove(from, to rfm.Segment) {
	d := p.d
	d.openCrowd(crowd{
		title: d.segmentName(from) + " → " + d.segmentName(to), file: "rfm-move-" + p.r.To,
		ask: report.NamePeople, request: report.PeopleRequest{RFMRequest: p.request(), Move: true, From: from, Segment: to}, columns: d.scoreColumns(),
	})
}
