package people

import (
	"slices"
	"strings"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/mining/rfm"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// scores is the page of customers by recency, frequency and money.
type scores struct {
	d     *kit.Desk
	r     *report.RFM
	draft *bordersDraft // being edited; nil: not
}

func newScores(d *kit.Desk) kit.Study { return &scores{d: d} }

func (p *scores) Questions() []kit.Question {
	return []kit.Question{kit.Asks(report.NameRFM, p.request(), &p.r)}
}

// request is the scores at the end of the period and, when it is compared, at
// the end of the period before.
func (p *scores) request() report.RFMRequest {
	_, to := p.d.Dates()
	return report.RFMRequest{To: to, Before: beforeDate(p.d), Where: p.d.Filter.Conditions(), Borders: setBorders(p.d)}
}

func (p *scores) Parts() []kit.Part {
	l, r := p.d.Lang, p.r
	if r.Customers == 0 {
		return nil
	}
	span := l.T(i18n.ReportYear, "from", p.d.Date(r.From), "to", p.d.Date(r.To))
	if r.Customers < 5*kit.Few {
		span += ". " + l.T(i18n.ReportSmall, "n", r.Customers)
	}
	list := []kit.Part{
		{ID: "rfm-grid", Span: 6, Tall: 340, Title: l.T(i18n.RFMGrid), Reading: span, Chart: p.draw,
			Pick: func(i int) { p.open(rfm.SegmentOf(rfm.Scores-i/rfm.Scores, i%rfm.Scores+1)) }},
		p.bordersPart(),
		{ID: "rfm-table", Span: 12, Title: l.T(i18n.RFMTable), Reading: readRFM(r, l), Grid: p.segments},
	}
	if r.Before != nil && r.Before.Customers > 0 {
		list = append(list, kit.Part{ID: "rfm-moves", Span: 12, Title: l.T(i18n.RFMMoves, "date", p.d.Date(r.Before.To)),
			Reading: p.readMoves(r.Before), Grid: func() *kit.Grid { return p.moves(r.Before) }})
	}
	return list
}

func (p *scores) name(id rfm.Segment) string { return p.d.Lang.T(i18n.RFMSegments[string(id)]) }

// draw draws customers by recency, lately on top, and value.
func (p *scores) draw(colours chart.Colours) (*chart.Drawing, error) {
	l, r := p.d.Lang, p.r
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
		return []string{p.name(id), l.Int(int64(n)) + " · " + l.Percent(kit.Whole(kit.Share(int64(n), int64(r.Customers))))}
	}
	return drawing, nil
}

func (p *scores) Formula() string {
	l, r := p.d.Lang, p.r
	var borders [3]string
	for row, cuts := range cutsOf(r, p.d.Currency()) {
		var list []string
		for _, one := range cuts {
			list = append(list, one.shown(l))
		}
		borders[row] = strings.Join(list, " · ")
	}
	text := i18n.RFMFormula
	if r.Fixed {
		text = i18n.RFMFixed
	}
	return l.T(text, "recency", borders[0], "frequency", borders[1], "money", borders[2]+" "+l.Sign(p.d.Currency().Code))
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
	part := func(n, of int64) string { return l.Percent(kit.Whole(kit.Share(n, of))) }
	return l.T(i18n.RFMRead, "name", l.T(i18n.RFMSegments[string(best.ID)]), "share", part(int64(best.Customers), int64(r.Customers)),
		"money", part(best.Revenue, r.Revenue), "risk", part(int64(risk), int64(r.Customers)))
}

// segments are the figures of each segment; a row opens its customers.
func (p *scores) segments() *kit.Grid {
	l, r := p.d.Lang, p.r
	g := &kit.Grid{Name: "rfm-" + r.To, Columns: []kit.Column{{Title: l.T(i18n.ColSegment)}, {Title: l.T(i18n.ColCustomers), Format: kit.AsCount},
		{Title: l.T(i18n.ColCustomers) + ", %", Format: kit.AsShare}, {Title: l.T(i18n.ColRevenue), Format: kit.AsMoney},
		{Title: l.T(i18n.ColRevenue) + ", %", Format: kit.AsShare}, {Title: l.T(i18n.PeopleMargin), Format: kit.AsMoney, Hidden: true}, {Title: l.T(i18n.ColDays), Format: kit.AsCount}}}
	g.Total = []sheet.Cell{{}, sheet.Of(int64(r.Customers)), sheet.Of(10000), sheet.Of(r.Revenue), sheet.Of(10000), sheet.Of(r.Margin), {}}
	if r.Before != nil {
		g.Columns = append(g.Columns, kit.Column{Title: l.T(i18n.ColChange), Format: kit.AsDifference})
		g.Total = append(g.Total, sheet.Of(int64(r.Customers-r.Before.Customers)))
	}
	g.Columns, g.Total = append(g.Columns, kit.Column{Title: l.T(i18n.RFMAction)}), append(g.Total, sheet.Cell{})
	for i, s := range r.Segments {
		row := kit.GridRow{Note: p.d.Note(s.Customers), Open: func() { p.open(s.ID) }, Cells: []sheet.Cell{sheet.TextOf(p.name(s.ID)), sheet.Of(int64(s.Customers)),
			sheet.Of(kit.Share(int64(s.Customers), int64(r.Customers))), sheet.Of(s.Revenue), sheet.Of(kit.Share(s.Revenue, r.Revenue)), sheet.Of(s.Margin),
			{N: int64(s.Days), OK: s.Customers > 0}}}
		if r.Before != nil {
			row.Cells = append(row.Cells, sheet.Of(int64(s.Customers-r.Before.Segments[i])))
		}
		row.Cells = append(row.Cells, sheet.TextOf(l.T(i18n.RFMActions[string(s.ID)])))
		g.Rows = append(g.Rows, row)
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
	return p.d.Lang.T(i18n.RFMMoved, "n", worse)
}

// moves is who went from which segment to which; the last is nobody's.
func (p *scores) moves(b *report.RFMBefore) *kit.Grid {
	var names []string
	for _, id := range rfm.Segments {
		names = append(names, p.name(id))
	}
	names = append(names, p.d.Lang.T(i18n.RFMNobody))
	g := &kit.Grid{Name: "rfm-moves-" + b.To, Columns: []kit.Column{{Title: p.d.Lang.T(i18n.ColSegment)}}}
	for _, name := range names {
		g.Columns = append(g.Columns, kit.Column{Title: name, Format: kit.AsCount})
	}
	ids := append(slices.Clone(rfm.Segments), report.RFMNobody)
	for i, row := range b.Moves {
		line := kit.GridRow{Cells: []sheet.Cell{sheet.TextOf(names[i])}, Opens: map[int]func(){}}
		for j, n := range row {
			line.Cells = append(line.Cells, sheet.Of(int64(n)))
			if n > 0 {
				line.Opens[j+1] = func() { p.openMove(ids[i], ids[j]) }
			}
		}
		g.Rows = append(g.Rows, line)
	}
	return g
}

// open opens the customers of a segment.
func (p *scores) open(segment rfm.Segment) {
	d := p.d
	openCrowd(d, crowd{
		title: p.name(segment), words: []string{d.Lang.T(i18n.RFMActions[string(segment)])}, file: "rfm-" + string(segment) + "-" + p.r.To,
		ask: behind(report.NamePeople, report.PeopleRequest{RFMRequest: p.request(), Segment: segment}), columns: scoreColumns(d),
	})
}

// openMove opens the customers who went from one segment to another.
func (p *scores) openMove(from, to rfm.Segment) {
	d := p.d
	openCrowd(d, crowd{
		title: segmentName(d, from) + " → " + segmentName(d, to), file: "rfm-move-" + p.r.To,
		ask: behind(report.NamePeople, report.PeopleRequest{RFMRequest: p.request(), Move: true, From: from, Segment: to}), columns: scoreColumns(d),
	})
}
