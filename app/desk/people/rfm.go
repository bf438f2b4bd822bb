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
	before := map[rfm.Segment]int{}
	all := 0
	if r.Before != nil {
		all = r.Before.Customers
		for i, s := range r.Segments {
			before[s.ID] = r.Before.Segments[i]
		}
	}
	type row = *report.RFMSegment
	return kit.Table[row]{
		Name: "rfm-" + r.To, Rows: pointers(r.Segments),
		Open: func(s row) { p.open(s.ID) }, Note: func(s row) string { return p.d.Note(s.Customers) },
		Columns: []kit.TableColumn[row]{
			{Title: i18n.ColSegment, Cell: func(s row) sheet.Cell { return sheet.TextOf(p.name(s.ID)) }},
			{Title: i18n.ColCustomers, Format: kit.AsCount, Total: number(r.Customers), Cell: func(s row) sheet.Cell { return number(s.Customers) }},
			{Text: l.T(i18n.ColCustomers) + ", %", Format: kit.AsShare, Total: sheet.Of(10000), Cell: func(s row) sheet.Cell { return partOf(s.Customers, r.Customers) }},
			{Title: i18n.ColRevenue, Format: kit.AsMoney, Total: sheet.Of(r.Revenue), Cell: func(s row) sheet.Cell { return sheet.Of(s.Revenue) }},
			{Text: l.T(i18n.ColRevenue) + ", %", Format: kit.AsShare, Total: sheet.Of(10000), Cell: func(s row) sheet.Cell { return sheet.Of(kit.Share(s.Revenue, r.Revenue)) }},
			{Title: i18n.PeopleMargin, Format: kit.AsMoney, Hidden: true, Total: sheet.Of(r.Margin), Cell: func(s row) sheet.Cell { return sheet.Of(s.Margin) }},
			{Title: i18n.RFMDays, Format: kit.AsCount, Cell: func(s row) sheet.Cell { return known(s.Days, s.Customers > 0) }},
			{Title: i18n.ColChange, Format: kit.AsDifference, Without: r.Before == nil, Total: number(r.Customers - all),
				Cell: func(s row) sheet.Cell { return number(s.Customers - before[s.ID]) }},
			{Title: i18n.RFMAction, Cell: func(s row) sheet.Cell { return sheet.TextOf(l.T(i18n.RFMActions[string(s.ID)])) }},
		},
	}.Grid(l)
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
	ids := append(slices.Clone(rfm.Segments), report.RFMNobody)
	table := kit.Table[int]{Name: "rfm-moves-" + b.To, Columns: []kit.TableColumn[int]{
		{Title: i18n.ColSegment, Cell: func(i int) sheet.Cell { return sheet.TextOf(segmentName(p.d, ids[i])) }}}}
	for j, to := range ids {
		table.Rows = append(table.Rows, j)
		table.Columns = append(table.Columns, kit.TableColumn[int]{Text: segmentName(p.d, to), Format: kit.AsCount,
			Cell: func(i int) sheet.Cell { return number(b.Moves[i][j]) },
			Open: func(i int) { p.openMove(ids[i], to) }, Opens: func(i int) bool { return b.Moves[i][j] > 0 }})
	}
	return table.Grid(p.d.Lang)
}

// open opens the customers of a segment.
func (p *scores) open(segment rfm.Segment) {
	d := p.d
	openPeople(d, peopleList{
		title: p.name(segment), words: []string{d.Lang.T(i18n.RFMActions[string(segment)])}, file: "rfm-" + string(segment) + "-" + p.r.To,
		ask: listed(report.NamePeople, report.PeopleRequest{RFMRequest: p.request(), Segment: segment}), columns: scoreColumns(),
	})
}

// openMove opens the customers who went from one segment to another.
func (p *scores) openMove(from, to rfm.Segment) {
	d := p.d
	openPeople(d, peopleList{
		title: segmentName(d, from) + " → " + segmentName(d, to), file: "rfm-move-" + p.r.To,
		ask: listed(report.NamePeople, report.PeopleRequest{RFMRequest: p.request(), Move: true, From: from, Segment: to}), columns: scoreColumns(),
	})
}
