package people

import (
	"cmp"
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/mining/rfm"
	"tillsight/shared/money"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// profit is the page of what customers bring and have brought.
type profit struct {
	d       *kit.Desk
	r       *report.Profit
	before  *report.Profit // of the compared period; nil: none
	cohorts *report.Cohorts
	by      cube.DimID
}

func newProfit(d *kit.Desk) kit.Study { return &profit{d: d, by: report.ByRFM} }

// profitBy are the groups of customers that are offered.
var profitBy = []struct {
	dim   cube.DimID
	label *i18n.Message
}{
	{report.ByRFM, i18n.TabRFM}, {cube.CustomerGroup, i18n.TraitGroup}, {cube.Segment, i18n.TraitSegment}, {cube.Age, i18n.TraitAge},
	{cube.Sex, i18n.TraitSex}, {cube.City, i18n.TraitCity}, {cube.HomeStore, i18n.TraitStore}, {cube.Household, i18n.TraitHousehold}, {cube.Income, i18n.TraitIncome},
}

func (p *profit) request() report.ProfitRequest {
	from, to := p.d.Dates()
	return report.ProfitRequest{Slice: cube.Slice{From: from, To: to, Where: p.d.Filter.Conditions()}, By: p.by}
}

func (p *profit) Questions() []kit.Question {
	_, to := p.d.Dates()
	list := []kit.Question{
		kit.Asks(report.NameProfit, p.request(), &p.r),
		kit.Asks(report.NameCohorts, report.CohortRequest{To: to, Where: p.d.Filter.Conditions(), Limit: 25}, &p.cohorts),
	}
	p.before = nil
	if from, to := beforeDates(p.d); to != "" {
		r := p.request()
		r.From, r.To = from, to
		list = append(list, kit.Asks(report.NameProfit, r, &p.before))
	}
	return list
}

// earlier is the margin of a part in the compared period.
func (p *profit) earlier(key string) cube.Value {
	for _, part := range p.before.Parts {
		if part.Key == key {
			return cube.Some(part.Margin)
		}
	}
	return cube.Value{}
}

func (p *profit) Formula() string { return p.d.Lang.T(i18n.ProfitFormula) }

func (p *profit) Parts() []kit.Part {
	l, r := p.d.Lang, p.r
	if r.All.Customers == 0 {
		return nil
	}
	var choices []app.UI
	for _, by := range profitBy {
		choices = append(choices, p.d.Pick("profit-"+string(by.dim), l.T(by.label), p.by == by.dim, func() {
			p.by = by.dim
			p.d.RefreshPage()
		}))
	}
	return []kit.Part{
		{ID: "profit-parts", Span: 12, Title: l.T(i18n.ProfitBy), Reading: p.readParts(), Acts: choices, Grid: p.parting},
		{ID: "ltv", Span: 7, Tall: 320, Title: l.T(i18n.LTVTitle), Reading: p.readLTV(), Body: []app.UI{lineLegend(p.lines().Names)}, Chart: p.curves, Grid: p.ltv, Both: true},
		{ID: "profit-lorenz", Span: 5, Tall: 320, Title: l.T(i18n.ProfitLorenz), Reading: p.read(), Chart: p.lorenz, Grid: p.lorenzGrid, Acts: p.lists(),
			Pick: func(int) { p.open("", true, false) }},
	}
}

// lists open all customers, or those at a loss.
func (p *profit) lists() []app.UI {
	l := p.d.Lang
	list := []app.UI{p.d.Pick("profit-best", l.T(i18n.ProfitBest), false, func() { p.open("", true, false) })}
	if p.r.Losing > 0 {
		list = append(list, p.d.Pick("profit-losing", l.T(i18n.ProfitLosing, "n", p.r.Losing), false, func() { p.open("", true, true) }))
	}
	return list
}

// read says how much the best bring and how many cost.
func (p *profit) read() string {
	l, r := p.d.Lang, p.r
	return l.T(i18n.ProfitRead, "n", r.Losing, "share", l.Percent(kit.Whole(r.Tenth)), "gini", l.Percent(kit.Whole(r.Gini)), "loss", roughly(p.d, r.Loss))
}

// readParts says who brings most, and what is missing.
func (p *profit) readParts() string {
	l, r := p.d.Lang, p.r
	text := ""
	if len(r.Parts) > 0 && r.All.Margin > 0 {
		best := r.Parts[0]
		text = l.T(i18n.ProfitByRead, "name", p.partName(&best), "sum", roughly(p.d, best.Each), "share", l.Percent(kit.Whole(kit.Share(best.Margin, r.All.Margin)))) + " "
	}
	text += l.T(i18n.ProfitKnown, "share", l.Percent(kit.Whole(r.Known)))
	if r.Uncosted > 0 {
		text += " " + l.T(i18n.ProfitUncosted, "share", l.Percent(kit.Whole(r.Uncosted)))
	}
	if r.Overlap {
		text += " " + l.T(i18n.ProfitOverlap)
	}
	return text
}

// partName names a part.
func (p *profit) partName(part *report.ProfitPart) string {
	if p.r.By == report.ByRFM {
		return segmentName(p.d, rfm.Segment(part.Key))
	}
	return cmp.Or(part.Name.In(string(p.d.Lang)), traitKey(p.d, p.r.By, part.Key))
}

func (p *profit) parting() *kit.Grid {
	l, r := p.d.Lang, p.r
	by := i18n.TabRFM
	for _, one := range profitBy {
		if one.dim == r.By {
			by = one.label
		}
	}
	// The total is of all customers, who are no sum of the parts where these overlap.
	type row = *report.ProfitPart
	column := func(title *i18n.Message, format kit.Format, hidden bool, cell func(row) sheet.Cell) kit.TableColumn[row] {
		return kit.TableColumn[row]{Title: title, Format: format, Hidden: hidden, Cell: cell, Total: cell(&r.All)}
	}
	return kit.Table[row]{
		Name: "profit-" + r.To, Rows: pointers(r.Parts),
		Open: func(part row) { p.open(part.Key, false, false) }, Note: func(part row) string { return p.d.Note(part.Customers) },
		Columns: []kit.TableColumn[row]{
			{Title: by, Cell: func(part row) sheet.Cell { return sheet.TextOf(p.partName(part)) }},
			column(i18n.ColCustomers, kit.AsCount, false, func(part row) sheet.Cell { return number(part.Customers) }),
			column(i18n.ColReceipts, kit.AsCount, true, func(part row) sheet.Cell { return number(part.Receipts) }),
			column(i18n.ColRevenue, kit.AsMoney, false, func(part row) sheet.Cell { return sheet.Of(part.Revenue) }),
			column(i18n.CardDiscount, kit.AsMoney, true, func(part row) sheet.Cell { return sheet.Of(part.Discount) }),
			column(i18n.PeopleMargin, kit.AsMoney, false, func(part row) sheet.Cell { return sheet.Of(part.Margin) }),
			column(i18n.ProfitShare, kit.AsShare, false, func(part row) sheet.Cell {
				return sheet.Cell{N: kit.Share0(part.Margin, r.All.Margin), OK: r.All.Margin > 0}
			}),
			column(i18n.ProfitEach, kit.AsMoney, false, func(part row) sheet.Cell { return sheet.Cell{N: part.Each, OK: part.Customers > 0} }),
			column(i18n.ProfitHalf, kit.AsMoney, false, func(part row) sheet.Cell { return sheet.Cell{N: part.Half, OK: part.Half >= 0} }),
			p.change(),
		},
	}.Grid(l)
}

// change compares the margin with the compared period.
func (p *profit) change() kit.TableColumn[*report.ProfitPart] {
	if p.before == nil {
		return kit.TableColumn[*report.ProfitPart]{Without: true}
	}
	return kit.TableColumn[*report.ProfitPart]{Text: p.d.Lang.T(i18n.ProfitChange, "date", p.d.Date(p.before.From)), Format: kit.AsChange, Better: 1,
		Total: kit.Changed(cube.Some(p.r.All.Margin), cube.Some(p.before.All.Margin)),
		Cell: func(part *report.ProfitPart) sheet.Cell {
			return kit.Changed(cube.Some(part.Margin), p.earlier(part.Key))
		}}
}

// open opens the customers of a part, of all, or those at a loss.
func (p *profit) open(key string, all, losing bool) {
	l := p.d.Lang
	c := peopleList{title: l.T(i18n.ProfitBest), file: "profit-customers-" + p.r.To,
		ask:     listed(report.NameProfitPeople, report.ProfitPeopleRequest{ProfitRequest: p.request(), Key: key, All: all, Losing: losing}),
		words:   []string{l.T(i18n.DrillPeriod, "from", p.d.Date(p.r.From), "to", p.d.Date(p.r.To))},
		columns: []personColumn{valueColumn(l.T(i18n.PeopleMargin))}}
	if losing {
		c.title = l.T(i18n.ProfitLosers)
	}
	for i := range p.r.Parts {
		if part := &p.r.Parts[i]; !all && part.Key == key {
			c.title = p.partName(part)
		}
	}
	openPeople(p.d, c)
}

// ltvMonths are the months after the first that the table of cohorts shows.
var ltvMonths = []int{0, 1, 2, 3, 6, 12}

// full is how many whole periods a cohort has.
func (p *profit) full(row *report.Cohort) int {
	if p.cohorts.Whole {
		return len(row.Counts)
	}
	return len(row.Counts) - 1
}

// readLTV says what a customer brought on average in half a year, or if no
// cohort is as old in a month.
func (p *profit) readLTV() string {
	mean := func(k int) (sum int64, n int) {
		for i := range p.cohorts.Rows {
			row := &p.cohorts.Rows[i]
			if row.Since || p.full(row) <= k {
				continue
			}
			for _, v := range row.Margin[:k+1] {
				sum += v
			}
			n += row.Size
		}
		return sum, n
	}
	for _, try := range []struct {
		k    int
		text *i18n.Message
	}{{6, i18n.LTVRead}, {1, i18n.LTVReadShort}} {
		if sum, n := mean(try.k); n > 0 {
			return p.d.Lang.T(try.text, "n", n, "sum", roughly(p.d, money.MulDiv(sum, 1, int64(n))))
		}
	}
	return ""
}

// lines are what a customer of each of the latest cohorts has brought.
func (p *profit) lines() chart.Lines {
	lines := chart.Lines{}
	for i := len(p.cohorts.Rows) - 1; i >= 0 && len(lines.Names) < curvesShown; i-- {
		row := &p.cohorts.Rows[i]
		n := p.full(row)
		if n < 2 || row.Size < kit.Few {
			continue
		}
		var values []float64
		for k := range n {
			values = append(values, float64(each(row.Margin, k, row.Size)))
		}
		lines.Names, lines.Values = append(lines.Names, row.Period), append(lines.Values, values)
		for k := len(lines.Labels); k < n; k++ {
			lines.Labels = append(lines.Labels, p.d.Lang.Int(int64(k)))
		}
	}
	return lines
}

// curves draws them.
func (p *profit) curves(colours chart.Colours) (*chart.Drawing, error) {
	l, lines := p.d.Lang, p.lines()
	drawing, err := lines.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return kit.Short(cube.Revenue, v, l, p.d.Currency()) }
	drawing.Tip = func(i int) []string {
		text := []string{l.T(i18n.LTVMonth, "n", i)}
		for n, values := range lines.Values {
			if i < len(values) {
				text = append(text, lines.Names[n]+": "+roughly(p.d, int64(values[i])))
			}
		}
		return text
	}
	return drawing, nil
}

// ltv is what each cohort cost and has brought, the latest first. What
// advertising cost says nothing of a cohort with earlier customers in it.
func (p *profit) ltv() *kit.Grid {
	l, r := p.d.Lang, p.cohorts
	page := &cohorts{d: p.d, r: r, grain: cube.Month}
	type row = *report.Cohort
	told := func(row row) bool { return row.Ads > 0 && !row.Since }
	cost := func(row row) int64 { return money.MulDiv(row.Ads, 1, int64(max(row.Size, 1))) }
	pays := func(row row) sheet.Cell {
		for k := 0; told(row) && k < len(row.Margin); k++ {
			if each(row.Margin, k, row.Size) >= cost(row) {
				return number(k)
			}
		}
		return sheet.Cell{}
	}
	table := kit.Table[row]{
		Name: "ltv-" + r.To, Rows: pointers(r.Rows), Open: func(row row) { page.open(row, -1) }, Note: page.note,
		Columns: []kit.TableColumn[row]{
			{Title: i18n.CohortPeriod, Cell: func(row row) sheet.Cell { return sheet.TextOf(row.Period) }},
			{Title: i18n.CohortSize, Format: kit.AsCount, Cell: func(row row) sheet.Cell { return number(row.Size) }},
			{Title: i18n.LTVAds, Format: kit.AsMoney, Hidden: true, Cell: func(row row) sheet.Cell { return sheet.Cell{N: row.Ads, OK: row.Ads > 0} }},
			{Title: i18n.LTVCAC, Format: kit.AsMoney, Cell: func(row row) sheet.Cell { return sheet.Cell{N: cost(row), OK: told(row)} }},
			{Title: i18n.LTVPays, Format: kit.AsCount, Cell: pays},
		},
	}
	slices.Reverse(table.Rows)
	for _, k := range ltvMonths {
		table.Columns = append(table.Columns, kit.TableColumn[row]{Text: l.T(i18n.LTVMonth, "n", k), Format: kit.AsMoney, Cell: func(row row) sheet.Cell {
			if k >= p.full(row) {
				return sheet.Cell{}
			}
			return sheet.Of(each(row.Margin, k, row.Size))
		}})
	}
	return table.Grid(l)
}

// lorenz draws what the best 0 … 100 % bring.
func (p *profit) lorenz(colours chart.Colours) (*chart.Drawing, error) {
	l := p.d.Lang
	lines := chart.Lines{Names: []string{l.T(i18n.PeopleMargin)}, Values: [][]float64{nil}, Even: true, Most: 100}
	for i, bp := range p.r.Curve {
		lines.Labels = append(lines.Labels, l.Percent(int64(i)*100))
		lines.Values[0] = append(lines.Values[0], float64(bp)/100)
	}
	drawing, err := lines.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Value = func(v float64) string { return l.Percent(int64(v) * 100) }
	drawing.Tip = func(i int) []string {
		return []string{l.T(i18n.ABCTip, "part", l.Percent(int64(i)*100), "share", l.Percent(kit.Whole(p.r.Curve[i])))}
	}
	return drawing, nil
}

func (p *profit) lorenzGrid() *kit.Grid {
	l := p.d.Lang
	table := kit.Table[int]{Name: "lorenz-" + p.r.To, Columns: []kit.TableColumn[int]{
		{Text: l.T(i18n.ColCustomers) + ", %", Cell: func(i int) sheet.Cell { return sheet.TextOf(l.Percent(int64(i) * 100)) }},
		{Title: i18n.ProfitShare, Format: kit.AsShare, Cell: func(i int) sheet.Cell { return sheet.Of(p.r.Curve[i]) }},
	}}
	for i := range p.r.Curve {
		table.Rows = append(table.Rows, i)
	}
	return table.Grid(l)
}
