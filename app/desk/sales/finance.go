package sales

import (
	"cmp"
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/pricing"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// profitDims are what profitability can be laid out by.
var profitDims = []cube.DimID{cube.Department, cube.Category, cube.Product, cube.Store, cube.CustomerGroup, cube.Cashier, cube.Month}

// profitMeasures are the columns of profitability.
var profitMeasures = []cube.MeasureID{cube.Margin, cube.MarginShare, cube.Revenue, cube.Tax, cube.Cost, cube.Discount, cube.DiscountShare, cube.Uncosted}

// finance is the page of what was earned and where it went.
type finance struct {
	d *kit.Desk

	r      *report.Finance
	profit *cube.Result
	plan   *cube.Result
	by     cube.DimID
}

func newFinance(d *kit.Desk) kit.Study { return &finance{d: d, by: cube.Department} }

func (p *finance) Questions() []kit.Question {
	profit := p.d.CubeQuery(profitMeasures, p.by)
	profit.Limit, profit.Rest = salesShown, true
	if p.by != cube.Month {
		profit.Sort = []cube.Sort{{Measure: cube.Margin, Desc: true}}
	}
	plan := p.d.CubeQuery([]cube.MeasureID{cube.Revenue, cube.Receipts, cube.Margin, cube.AverageReceipt}, cube.Store)
	plan.Compare, plan.Earlier, plan.Until = cube.Plan, "", 0
	return []kit.Question{
		kit.Asks(report.NameFinance, report.FinanceRequest{Slice: p.d.Slice(), Against: p.d.Against()}, &p.r),
		kit.Counts(profit, &p.profit), kit.Counts(plan, &p.plan),
	}
}

func (p *finance) Formula() string { return p.d.Lang.T(i18n.FinanceFormula) }

func (p *finance) Parts() []kit.Part {
	l, r := p.d.Lang, p.r
	if r.Now.Receipts == 0 && r.Now.Spent == 0 {
		return nil
	}
	list := []kit.Part{
		{ID: "account", Span: 7, Title: l.T(i18n.FinanceAccount), Reading: p.readAccount(), Body: p.notes(), Both: true, Tall: 300, Chart: p.drawAccount, Grid: p.accountGrid},
		{ID: "spend", Span: 5, Title: l.T(i18n.FinanceSpend), Reading: p.readSpend(), Both: true, Tall: p.spendTall(), Chart: p.drawSpend, Grid: p.spendGrid},
		{ID: "profit", Span: 12, Title: l.T(i18n.FinanceBy, "dim", kit.Lower(p.d.DimWord(p.by))), Reading: p.readProfit(), Key: string(p.by),
			Grid: p.profitGrid, Acts: []app.UI{
				kit.Chooser(p.d, "profit-by", l.T(i18n.SalesBy), string(p.by), kit.DimChoices(p.d, profitDims...), func(id string) {
					p.by = cube.DimID(id)
					p.d.RefreshPage()
				})}},
		{ID: "plan", Title: l.T(i18n.FinancePlan), Reading: p.readPlan(), Grid: p.planGrid},
		{ID: "off", Title: l.T(i18n.FinanceOff), Reading: p.readOff(), Grid: p.offGrid},
		{ID: "hands", Title: l.T(i18n.FinanceHands), Reading: p.readHands()},
	}
	if len(r.ByHand) > 0 {
		list[len(list)-1].Grid = p.handsGrid
	}
	if r.Whole && len(r.Stores) > 1 {
		list = slices.Insert(list, 4, kit.Part{ID: "store-results", Title: l.T(i18n.FinanceStores), Reading: p.readStores(), Grid: p.storesGrid})
	}
	return list
}

func (p *finance) readAccount() string {
	l, a := p.d.Lang, p.r.Now
	pairs := []any{"revenue", p.d.Sum(a.Revenue), "margin", p.d.Sum(a.Margin), "share", l.Percent(kit.Whole(kit.Share0(a.Margin, a.Net)))}
	switch {
	case a.Spent == 0:
		return l.T(i18n.FinanceReadNone, pairs...)
	case a.Result < 0:
		return l.T(i18n.FinanceReadLoss, append(pairs, "result", p.d.Sum(-a.Result))...)
	}
	return l.T(i18n.FinanceRead, append(pairs, "result", p.d.Sum(a.Result))...)
}

// notes say what the result does not know.
func (p *finance) notes() []app.UI {
	l, r := p.d.Lang, p.r
	var notes []string
	if r.Now.Uncosted != 0 {
		notes = append(notes, l.T(i18n.FinanceUncosted, "share", l.Percent(kit.Whole(kit.Share0(r.Now.Uncosted, r.Now.Revenue))), "sum", p.d.Sum(r.Now.Uncosted)))
	} else {
		notes = append(notes, l.T(i18n.FinanceCosted))
	}
	if !r.Whole {
		notes = append(notes, l.T(i18n.FinancePart))
	}
	if r.Chain != 0 {
		notes = append(notes, l.T(i18n.FinanceChain, "sum", p.d.Sum(r.Chain)))
	}
	return []app.UI{app.Ul().Class("notes").Body(app.Range(notes).Slice(func(i int) app.UI { return app.Li().Text(notes[i]) }))}
}

// accountLine is a line of the result.
type accountLine struct {
	name  string
	now   int64
	then  int64
	level bool // a sum of the lines above, not a step
}

// accountLines are the lines from shelf prices to the result.
func (p *finance) accountLines() []accountLine {
	l, now := p.d.Lang, p.r.Now
	then := report.Account{}
	if p.r.Then != nil {
		then = *p.r.Then
	}
	list := []accountLine{
		{l.T(i18n.FinanceGross), now.Gross, then.Gross, true}, {l.T(i18n.FinanceDiscount), -now.Discount, -then.Discount, false},
		{l.T(i18n.FinanceReturns), -now.Returns, -then.Returns, false}, {l.T(i18n.FinanceRevenue), now.Revenue, then.Revenue, true},
		{l.T(i18n.FinanceTax), -now.Tax, -then.Tax, false}, {l.T(i18n.FinanceNet), now.Net, then.Net, true},
		{l.T(i18n.FinanceCost), -now.Cost, -then.Cost, false}, {l.T(i18n.FinanceMargin), now.Margin, then.Margin, true},
	}
	if !p.r.Whole {
		return list
	}
	for _, s := range p.r.Expenses {
		list = append(list, accountLine{l.T(i18n.FinanceSpent, "kind", p.kind(s.Kind)), -s.Now, -s.Then, false})
	}
	return append(list, accountLine{l.T(i18n.FinanceResult), now.Result, then.Result, true})
}

// kind names a kind of expense.
func (p *finance) kind(kind string) string {
	if name := i18n.ExpenseKinds[kind]; name != nil {
		return p.d.Lang.T(name)
	}
	return kind
}

// drawAccount draws how shelf prices become the result.
func (p *finance) drawAccount(colours chart.Colours) (*chart.Drawing, error) {
	a, l := p.r.Now, p.d.Lang
	w := chart.Waterfall{Room: kit.NamesRoom(p.d), Total: l.T(i18n.FinanceMargin), Sum: kit.Brief(p.d, a.Margin, false)}
	add := func(name string, n int64) {
		w.Names, w.Steps, w.Labels = append(w.Names, name), append(w.Steps, float64(n)), append(w.Labels, kit.Brief(p.d, n, false))
	}
	add(l.T(i18n.FinanceGross), a.Gross)
	add(l.T(i18n.FinanceDiscount), -a.Discount)
	add(l.T(i18n.FinanceReturns), -a.Returns)
	add(l.T(i18n.FinanceTax), -a.Tax)
	add(l.T(i18n.FinanceCost), -a.Cost)
	if a.Spent != 0 {
		add(kit.Lower(l.T(i18n.FinanceSpend)), -a.Spent)
		w.Total, w.Sum = l.T(i18n.FinanceResult), kit.Brief(p.d, a.Result, false)
	}
	drawing, err := w.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		if i < len(w.Steps) {
			return []string{w.Names[i], p.d.Sum(int64(w.Steps[i]))}
		}
		return []string{w.Total, w.Sum}
	}
	return drawing, nil
}

func (p *finance) accountGrid() *kit.Grid {
	l, r := p.d.Lang, p.r
	g := &kit.Grid{Name: p.d.FileOf("result"), Columns: []kit.Column{{Title: l.T(i18n.FinanceLine)}, {Title: l.T(i18n.FinanceSum), Format: kit.AsMoney},
		{Title: l.T(i18n.FinanceOfNet), Format: kit.AsShare}}}
	if r.Then != nil {
		g.Columns = append(g.Columns, kit.Column{Title: l.T(i18n.WidgetThen), Format: kit.AsMoney}, kit.Column{Title: l.T(i18n.ColChange), Format: kit.AsChange})
	}
	for _, line := range p.accountLines() {
		name := line.name
		if !line.level {
			name = "– " + trimLess(name)
		}
		cells := []sheet.Cell{sheet.TextOf(name), sheet.Of(line.now), {N: kit.Share0(line.now, r.Now.Net), OK: r.Now.Net > 0}}
		if r.Then != nil {
			now, then := line.now, line.then
			if !line.level { // what is taken off grows when it is more
				now, then = -now, -then
			}
			cells = append(cells, sheet.Of(line.then), kit.Changed(cube.Some(now), cube.Some(then)))
		}
		g.Rows = append(g.Rows, kit.GridRow{Cells: cells})
	}
	return g
}

// trimLess takes the word for minus off a line's name, which has the sign.
func trimLess(name string) string {
	for _, word := range []string{"less ", "минус "} {
		if len(name) > len(word) && name[:len(word)] == word {
			return name[len(word):]
		}
	}
	return name
}

func (p *finance) readSpend() string {
	l, r := p.d.Lang, p.r
	switch {
	case !r.Whole:
		return l.T(i18n.FinancePart)
	case len(r.Expenses) == 0:
		return l.T(i18n.FinanceSpendNone)
	}
	return l.T(i18n.FinanceSpendRead, "share", l.Percent(kit.Whole(kit.Share(r.Now.Spent, r.Now.Net))), "kind", p.kind(r.Expenses[0].Kind), "sum", p.d.Sum(r.Expenses[0].Now))
}

func (p *finance) spendTall() int { return max(80, 40*len(p.r.Expenses)) }

func (p *finance) drawSpend(colours chart.Colours) (*chart.Drawing, error) {
	bars := chart.Ranking{Room: kit.NamesRoom(p.d)}
	for _, s := range p.r.Expenses {
		bars.Names, bars.Labels = append(bars.Names, p.kind(s.Kind)), append(bars.Labels, kit.Brief(p.d, s.Now, false))
		bars.Now = append(bars.Now, float64(s.Now))
		if p.r.Then != nil {
			bars.Before = append(bars.Before, float64(s.Then))
		}
	}
	drawing, err := bars.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		s := p.r.Expenses[i]
		return []string{p.kind(s.Kind), p.d.Sum(s.Now), p.d.Lang.T(i18n.WidgetThen) + ": " + p.d.Sum(s.Then)}
	}
	return drawing, nil
}

func (p *finance) spendGrid() *kit.Grid {
	l, r := p.d.Lang, p.r
	g := &kit.Grid{Name: p.d.FileOf("expenses"), Columns: []kit.Column{{Title: l.T(i18n.FinanceKind)}, {Title: l.T(i18n.FinanceSum), Format: kit.AsMoney},
		{Title: l.T(i18n.FinanceOfNet), Format: kit.AsShare}}}
	if r.Then != nil {
		g.Columns = append(g.Columns, kit.Column{Title: l.T(i18n.WidgetThen), Format: kit.AsMoney}, kit.Column{Title: l.T(i18n.ColChange), Format: kit.AsChange})
	}
	line := func(name string, now, then int64) []sheet.Cell {
		cells := []sheet.Cell{sheet.TextOf(name), sheet.Of(now), {N: kit.Share(now, r.Now.Net), OK: r.Now.Net > 0}}
		if r.Then != nil {
			cells = append(cells, sheet.Of(then), kit.Changed(cube.Some(now), cube.Some(then)))
		}
		return cells
	}
	var then int64
	for _, s := range r.Expenses {
		g.Rows = append(g.Rows, kit.GridRow{Cells: line(p.kind(s.Kind), s.Now, s.Then)})
		then += s.Then
	}
	g.Total = line("", r.Now.Spent, then)
	return g
}

// profitName names a row of profitability.
func (p *finance) profitName(row cube.Row) string {
	name := ""
	if len(p.profit.Names) > 0 {
		name = p.profit.Names[0][row.Keys[0]].In(string(p.d.Lang))
	}
	return p.d.KeyWord(p.by, row.Keys[0], name)
}

func (p *finance) readProfit() string {
	l, rows := p.d.Lang, p.profit.Rows
	if len(rows) == 0 || p.profit.Total.Values[0].N <= 0 {
		return ""
	}
	best := slices.MaxFunc(rows, func(a, b cube.Row) int { return cmp.Compare(a.Values[0].N, b.Values[0].N) })
	worst := best
	for _, row := range rows { // of those that matter: at least a hundredth of revenue
		if row.Values[1].OK && row.Values[1].N < worst.Values[1].N && 100*row.Values[2].N >= p.profit.Total.Values[2].N {
			worst = row
		}
	}
	return l.T(i18n.FinanceByRead, "name", p.profitName(best), "sum", p.d.Sum(best.Values[0].N), "worst", p.profitName(worst),
		"share", kit.Figure(cube.MarginShare, worst.Values[1], l, p.d.Currency()))
}

func (p *finance) profitGrid() *kit.Grid {
	l, r := p.d.Lang, p.profit
	g := &kit.Grid{Name: p.d.FileOf("profit-" + string(p.by)), Columns: []kit.Column{{Title: p.d.DimWord(p.by)}}}
	for i, id := range r.Measures {
		g.Columns = append(g.Columns, kit.Measured(id, p.d.MeasureWord(id)))
		if i == 0 && r.Before != nil {
			g.Columns = append(g.Columns, kit.Column{Title: l.T(i18n.ColChange), Format: kit.AsChange})
		}
	}
	line := func(first sheet.Cell, row cube.Row) []sheet.Cell {
		cells := []sheet.Cell{first}
		for i := range r.Measures {
			cells = append(cells, kit.Valued(row.Values[i]))
			if i == 0 && r.Before != nil {
				before := cube.Value{}
				if len(row.Before) > 0 {
					before = row.Before[0]
				}
				cells = append(cells, kit.Changed(row.Values[0], before))
			}
		}
		return cells
	}
	for _, row := range r.Rows {
		name, key := p.profitName(row), row.Keys[0]
		g.Rows = append(g.Rows, kit.GridRow{Cells: line(sheet.TextOf(name), row), Open: func() {
			p.d.DrillInto(kit.Drill{Measure: cube.Margin, Cell: []cube.Filter{{Dim: p.by, In: []string{key}}}, Names: map[string]string{key: name}})
		}})
	}
	g.Total = line(sheet.Cell{}, r.Total)
	if r.Rest != nil {
		g.Rest = l.T(i18n.WidgetRest, "n", r.RestOf)
	}
	return g
}

func (p *finance) readStores() string {
	n := 0
	for _, s := range p.r.Stores {
		if s.Result < 0 {
			n++
		}
	}
	if n == 0 {
		return p.d.Lang.T(i18n.FinanceStoresGood)
	}
	return p.d.Lang.T(i18n.FinanceStoresRead, "n", n)
}

func (p *finance) storesGrid() *kit.Grid {
	l := p.d.Lang
	g := &kit.Grid{Name: p.d.FileOf("stores"), Columns: []kit.Column{{Title: p.d.DimWord(cube.Store)}, {Title: l.T(i18n.FinanceNet), Format: kit.AsMoney},
		{Title: l.T(i18n.FinanceMargin), Format: kit.AsMoney}, {Title: l.T(i18n.FinanceOwn), Format: kit.AsMoney}, {Title: l.T(i18n.FinanceResult), Format: kit.AsMoney},
		{Title: l.T(i18n.FinanceOfNet), Format: kit.AsShare}}}
	var total report.StoreSpent
	line := func(name string, s report.StoreSpent) []sheet.Cell {
		return []sheet.Cell{sheet.TextOf(name), sheet.Of(s.Net), sheet.Of(s.Margin), sheet.Of(s.Spent), sheet.Of(s.Result), {N: kit.Share0(s.Result, s.Net), OK: s.Net > 0}}
	}
	for _, s := range p.r.Stores {
		name := p.d.KeyWord(cube.Store, s.Key, s.Name.In(string(l)))
		g.Rows = append(g.Rows, kit.GridRow{Cells: line(name, s), Open: func() {
			p.d.DrillInto(kit.Drill{Measure: cube.Margin, Cell: []cube.Filter{{Dim: cube.Store, In: []string{s.Key}}}, Names: map[string]string{s.Key: name}})
		}})
		total.Net, total.Margin, total.Spent, total.Result = total.Net+s.Net, total.Margin+s.Margin, total.Spent+s.Spent, total.Result+s.Result
	}
	g.Total = line("", total)
	return g
}

func (p *finance) readPlan() string {
	l := p.d.Lang
	if len(p.plan.Total.Before) == 0 || !p.plan.Total.Before[0].OK {
		return l.T(i18n.FinancePlanNone)
	}
	return l.T(i18n.FinancePlanRead, "share", l.Percent(kit.Whole(kit.Share(p.plan.Total.Values[0].N, p.plan.Total.Before[0].N))))
}

func (p *finance) planGrid() *kit.Grid {
	l, r := p.d.Lang, p.plan
	g := &kit.Grid{Name: p.d.FileOf("plan"), Columns: []kit.Column{{Title: p.d.DimWord(cube.Store)}}}
	for i, id := range r.Measures {
		name := func(m *i18n.Message) string { // of revenue by itself: it is what is shown at first
			if i == 0 {
				return l.T(m)
			}
			return p.d.MeasureWord(id) + ", " + kit.Lower(l.T(m))
		}
		g.Columns = append(g.Columns, kit.Column{Title: name(i18n.FinancePlanned), Format: formOfMeasure(id), Hidden: i > 0},
			kit.Column{Title: name(i18n.FinanceFact), Format: formOfMeasure(id), Hidden: i > 0},
			kit.Column{Title: name(i18n.FinanceReached), Format: kit.AsShare, Hidden: i > 0})
	}
	line := func(first sheet.Cell, row cube.Row) []sheet.Cell {
		cells := []sheet.Cell{first}
		for i, now := range row.Values {
			plan := cube.Value{}
			if i < len(row.Before) {
				plan = row.Before[i]
			}
			cells = append(cells, kit.Valued(plan), kit.Valued(now), sheet.Cell{N: kit.Share0(now.N, plan.N), OK: plan.OK && now.OK && plan.N > 0})
		}
		return cells
	}
	for _, row := range r.Rows {
		name := ""
		if len(r.Names) > 0 {
			name = r.Names[0][row.Keys[0]].In(string(l))
		}
		g.Rows = append(g.Rows, kit.GridRow{Cells: line(sheet.TextOf(p.d.KeyWord(cube.Store, row.Keys[0], name)), row)})
	}
	g.Total = line(sheet.Cell{}, r.Total)
	return g
}

func formOfMeasure(id cube.MeasureID) kit.Format {
	m, _ := cube.MeasureOf(id)
	return kit.FormOf(m.Format)
}

func (p *finance) readOff() string {
	l := p.d.Lang
	var all, hand, mark int64
	for _, x := range p.r.Discounts {
		all += x.Amount
		switch x.Way {
		case report.OffByHand:
			hand += x.Amount
		case report.OffByMark:
			mark += x.Amount
		}
	}
	return l.T(i18n.FinanceOffRead, "sum", p.d.Sum(all), "share", l.Percent(kit.Whole(kit.Share(all, p.r.Now.Gross))), "hand", p.d.Sum(hand), "mark", p.d.Sum(mark))
}

var wayNames = map[string]*i18n.Message{report.OffByRule: i18n.FinanceWayRule, report.OffByMark: i18n.FinanceWayMark, report.OffByHand: i18n.FinanceWayHand}

// ruleName names a rule: by its words, or what a person did.
func (p *finance) ruleName(x report.DiscountBy) string {
	l := p.d.Lang
	switch {
	case x.Rule == pricing.RuleManual:
		return l.T(i18n.FinanceOnLine)
	case x.Rule == pricing.RuleReceipt:
		return l.T(i18n.FinanceOnAll)
	case x.Name.In(string(l)) != "":
		return x.Name.In(string(l))
	}
	return x.Rule
}

func (p *finance) offGrid() *kit.Grid {
	l := p.d.Lang
	g := &kit.Grid{Name: p.d.FileOf("discounts"), Columns: []kit.Column{{Title: l.T(i18n.FinanceRule)}, {Title: l.T(i18n.FinanceWay)}, {Title: l.T(i18n.FinanceSum), Format: kit.AsMoney},
		{Title: l.T(i18n.ColShare), Format: kit.AsShare}, {Title: l.T(i18n.FinanceLines), Format: kit.AsCount}}}
	var all int64
	lines := 0
	for _, x := range p.r.Discounts {
		all, lines = all+x.Amount, lines+x.Lines
	}
	for _, x := range p.r.Discounts {
		g.Rows = append(g.Rows, kit.GridRow{Cells: []sheet.Cell{sheet.TextOf(p.ruleName(x)), sheet.TextOf(l.T(wayNames[x.Way])), sheet.Of(x.Amount),
			sheet.Of(kit.Share0(x.Amount, all)), sheet.Of(int64(x.Lines))}})
	}
	g.Total = []sheet.Cell{{}, {}, sheet.Of(all), sheet.Of(10000), sheet.Of(int64(lines))}
	return g
}

func (p *finance) handName(x report.HandOff) string {
	return p.d.KeyWord(cube.Cashier, x.Cashier, x.Name.In(string(p.d.Lang)))
}

func (p *finance) readHands() string {
	l := p.d.Lang
	if len(p.r.ByHand) == 0 {
		return l.T(i18n.FinanceHandsNone)
	}
	lead := p.r.ByHand[0]
	return l.T(i18n.FinanceHandsRead, "name", p.handName(lead), "sum", p.d.Sum(lead.Amount), "share", l.Percent(kit.Whole(kit.Share(lead.Amount, lead.Sales))))
}

func (p *finance) handsGrid() *kit.Grid {
	l := p.d.Lang
	g := &kit.Grid{Name: p.d.FileOf("by-hand"), Columns: []kit.Column{{Title: p.d.DimWord(cube.Cashier)}, {Title: l.T(i18n.FinanceSum), Format: kit.AsMoney},
		{Title: l.T(i18n.FinanceOfSales), Format: kit.AsShare}, {Title: l.T(i18n.FinanceLines), Format: kit.AsCount}}}
	for _, x := range p.r.ByHand {
		name := p.handName(x)
		g.Rows = append(g.Rows, kit.GridRow{Cells: []sheet.Cell{sheet.TextOf(name), sheet.Of(x.Amount), {N: kit.Share(x.Amount, x.Sales), OK: x.Sales > 0}, sheet.Of(int64(x.Lines))},
			Open: func() {
				p.d.DrillInto(kit.Drill{Measure: cube.ManualDiscount, Cell: []cube.Filter{{Dim: cube.Cashier, In: []string{x.Cashier}}}, Names: map[string]string{x.Cashier: name}})
			}})
	}
	return g
}
