package desk

import (
	"context"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/rfm"
	"tillsight/shared/money"
	"tillsight/shared/report"
)

// people is the panel with the customers of a segment.
type people struct {
	open    bool
	busy    bool
	segment rfm.Segment
	list    []report.Person
	shown   int
	fault   *errcode.Error
	round   int
}

// peoplePage is how many customers the panel shows at a time; the file has all.
const peoplePage = 60

func (d *desk) segmentName(id rfm.Segment) string { return d.lang.T(i18n.RFMSegments[string(id)]) }

// drawRFMGrid draws customers by recency, lately on top, and value.
func (d *desk) drawRFMGrid(r *report.RFM) (*chart.Drawing, error) {
	l := d.lang
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
	drawing, err := heat.Draw(d.colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		n, id := at(i/rfm.Scores, i%rfm.Scores)
		return []string{d.segmentName(id), l.Int(int64(n)) + " · " + l.Percent(whole(share(int64(n), int64(r.Customers))))}
	}
	return drawing, nil
}

func (d *desk) rfmBody(r *report.RFM) []app.UI {
	if r.Customers == 0 {
		return nil
	}
	l := d.lang
	span := l.T(i18n.ReportYear, "from", d.date(r.From), "to", d.date(r.To))
	if r.Customers < 5*few {
		span += ". " + l.T(i18n.ReportSmall, "n", r.Customers)
	}
	body := []app.UI{
		panel("rfm-grid", "", l.T(i18n.RFMGrid), span, app.Span(),
			d.reportCanvas(l.T(i18n.RFMGrid), func(i int) { d.openPeople(rfm.SegmentOf(rfm.Scores-i/rfm.Scores, i%rfm.Scores+1)) })),
		panel("rfm-table", "", l.T(i18n.RFMTable), readRFM(r, l),
			d.csvButton("rfm", func() { d.savePeople("") }), d.segmentTable(r)),
	}
	if r.Before != nil && r.Before.Customers > 0 {
		body = append(body, panel("rfm-moves", "wide-widget", l.T(i18n.RFMMoves, "date", d.date(r.Before.To)), d.readMoves(r.Before),
			d.csvButton("moves", func() { d.save(d.movesTable(r.Before)) }), d.drawMoves(r.Before)))
	}
	return append(body, d.formula(d.rfmFormula(r)))
}

func (d *desk) rfmFormula(r *report.RFM) string {
	l := d.lang
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
		"money", join(r.Money, d.currency().Exponent)+" "+l.Sign(d.currency().Code))
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

func (d *desk) segmentTable(r *report.RFM) app.UI {
	l := d.lang
	head := []string{l.T(i18n.ColSegment), l.T(i18n.ColCustomers), l.T(i18n.ColShare), l.T(i18n.ColRevenue), l.T(i18n.ColShare), l.T(i18n.ColDays)}
	if r.Before != nil {
		head = append(head, l.T(i18n.ColChange))
	}
	var rows []linkedRow
	for i, s := range r.Segments {
		cells := []string{l.Int(int64(s.Customers)), l.Percent(whole(share(int64(s.Customers), int64(r.Customers)))),
			headline(cube.Revenue, cube.Some(s.Revenue), l, d.currency()), l.Percent(whole(share(s.Revenue, r.Revenue))), l.Int(int64(s.Days))}
		if s.Customers == 0 {
			cells[4] = "–"
		}
		if r.Before != nil {
			cells = append(cells, signed(int64(s.Customers-r.Before.Segments[i]), l))
		}
		rows = append(rows, linkedRow{
			&linked{Text: d.segmentName(s.ID), Note: d.note(s.Customers), Go: d.press(func() { d.openPeople(s.ID) })}, cells})
	}
	total := []string{l.T(i18n.WidgetTotal), l.Int(int64(r.Customers)), l.Percent(10000), headline(cube.Revenue, cube.Some(r.Revenue), l, d.currency()), l.Percent(10000), ""}
	if r.Before != nil {
		total = append(total, signed(int64(r.Customers-r.Before.Customers), l))
	}
	return linkedTable(head, rows, total)
}

// signed writes a difference with its sign.
func signed(n int64, l i18n.Lang) string {
	if n > 0 {
		return "+" + l.Int(n)
	}
	return l.Int(n)
}

// readMoves counts who went down. Segments are listed from the best.
func (d *desk) readMoves(b *report.RFMBefore) string {
	worse := 0
	for i := range b.Moves[:len(b.Moves)-1] {
		for j := i + 1; j < len(b.Moves); j++ {
			worse += b.Moves[i][j]
		}
	}
	return d.lang.T(i18n.RFMMoved, "n", worse)
}

// moveNames are the segments and, last, nobody.
func (d *desk) moveNames() []string {
	var names []string
	for _, id := range rfm.Segments {
		names = append(names, d.segmentName(id))
	}
	return append(names, d.lang.T(i18n.RFMNobody))
}

func (d *desk) drawMoves(b *report.RFMBefore) app.UI {
	names := d.moveNames()
	var rows [][]string
	for i, row := range b.Moves {
		cells := []string{names[i]}
		for _, n := range row {
			text := "·"
			if n > 0 {
				text = d.lang.Int(int64(n))
			}
			cells = append(cells, text)
		}
		rows = append(rows, cells)
	}
	return table(append([]string{""}, names...), rows)
}

func (d *desk) movesTable(b *report.RFMBefore) tableFile {
	names := d.moveNames()
	s := tableFile{name: "rfm-moves-" + b.To, head: append([]string{d.lang.T(i18n.ColSegment)}, names...)}
	for i, row := range b.Moves {
		cells := []string{names[i]}
		for _, n := range row {
			cells = append(cells, bare(int64(n), 0, d.lang))
		}
		s.rows = append(s.rows, cells)
	}
	return s
}

// openPeople opens the panel with a segment's customers.
func (d *desk) openPeople(segment rfm.Segment) {
	d.closeDrill()
	p := &d.reports.people
	p.round++
	round := p.round
	*p = people{open: true, busy: true, segment: segment, shown: peoplePage, round: round}
	ask(context.Background(), d, report.NamePeople, d.rfmRequest(segment), func(list []report.Person, e *errcode.Error) {
		if p := &d.reports.people; round == p.round {
			p.busy, p.fault, p.list = false, e, list
		}
	})
	d.ctx.Defer(func(app.Context) { ui.Focus("people-close") })
}

// savePeople saves all customers of a segment, or of all, with their scores.
func (d *desk) savePeople(segment rfm.Segment) {
	request := d.rfmRequest(segment)
	request.Before = ""
	ask(context.Background(), d, report.NamePeople, request, func(list []report.Person, e *errcode.Error) {
		if e != nil {
			d.reports.fault = e
			return
		}
		d.save(d.peopleTable(list, request.To))
	})
}

func (d *desk) peopleTable(list []report.Person, to string) tableFile {
	l := d.lang
	s := tableFile{name: "rfm-" + to, head: []string{l.T(i18n.ColCustomer), l.T(i18n.ColSegment), l.T(i18n.ColDays), l.T(i18n.ColReceipts), l.T(i18n.ColRevenue), "R", "F", "M"}}
	for _, p := range list {
		n := func(v int) string { return bare(int64(v), 0, l) }
		s.rows = append(s.rows, []string{p.ID, d.segmentName(p.Segment), n(p.Days), n(p.Receipts), d.bareSum(p.Revenue), n(p.Recency), n(p.Frequency), n(p.Money)})
	}
	return s
}

// drawPeople draws the panel of a segment's customers.
func (d *desk) drawPeople() app.UI {
	l, p := d.lang, &d.reports.people
	return app.Aside().ID("people").Class("drill").Role("dialog").Aria("label", d.segmentName(p.segment)).Aria("busy", p.busy).Body(
		app.Header().Class("drill-head").Body(
			app.H2().Class("widget-title").Text(l.T(i18n.PeopleOf, "name", d.segmentName(p.segment), "n", len(p.list))),
			&ui.Button{ID: "people-close", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: d.press(func() { p.open = false })},
		),
		app.Div().Class("drill-acts").Body(&ui.Button{ID: "people-csv", Label: l.T(i18n.ExportCSV), Disabled: len(p.list) == 0,
			OnPress: d.press(func() { d.savePeople(p.segment) })}),
		app.If(p.fault != nil, func() app.UI { return d.errorBox(p.fault) }),
		app.Div().Class("drill-list").Body(
			app.Range(p.list[:min(p.shown, len(p.list))]).Slice(func(i int) app.UI { return d.drawPerson(p.list[i]) }),
			app.If(p.shown < len(p.list), func() app.UI {
				return &ui.Button{ID: "people-more", Label: l.T(i18n.DrillMore), Class: "wide", OnPress: d.press(func() { p.shown += peoplePage })}
			}),
		),
	)
}

func (d *desk) drawPerson(p report.Person) app.UI {
	l := d.lang
	return app.Div().Class("drill-row").Body(&drillButton{
		Time: shortID(p.ID), Sum: l.Sum(money.Amount(p.Revenue), d.currency()),
		Place: l.T(i18n.PeopleBought, "n", p.Receipts) + " · " + l.T(i18n.PeopleDays, "n", p.Days),
		Who:   "R" + l.Int(int64(p.Recency)) + " F" + l.Int(int64(p.Frequency)) + " M" + l.Int(int64(p.Money)),
		Go: d.press(func() {
			from := d.reports.rfm.From
			_, to := d.filter.dates(d.now())
			d.drillInto(behind{measure: cube.Revenue, from: from, to: to, cell: []cube.Filter{{Dim: cube.Customer, In: []string{p.ID}}}})
		}),
	})
}
