package desk

import (
	"cmp"
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
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
	d *desk

	r      *report.Finance
	profit *cube.Result
	plan   *cube.Result
	by     cube.DimID
}

func newFinance(d *desk) study { return &finance{d: d, by: cube.Department} }

func (p *finance) questions() []question {
	profit := p.d.cubeQuery(profitMeasures, p.by)
	profit.Limit, profit.Rest = salesShown, true
	if p.by != cube.Month {
		profit.Sort = []cube.Sort{{Measure: cube.Margin, Desc: true}}
	}
	plan := p.d.cubeQuery([]cube.MeasureID{cube.Revenue, cube.Receipts, cube.Margin, cube.AverageReceipt}, cube.Store)
	plan.Compare, plan.Earlier, plan.Until = cube.Plan, "", 0
	return []question{
		asks(report.NameFinance, report.FinanceRequest{Slice: p.d.slice(), Against: p.d.against()}, &p.r),
		counts(profit, &p.profit), counts(plan, &p.plan),
	}
}

func (p *finance) formula() string { return p.d.lang.T(i18n.FinanceFormula) }

func (p *finance) parts() []part {
	l, r := p.d.lang, p.r
	if r.Now.Receipts == 0 && r.Now.Spent == 0 {
		return nil
	}
	list := []part{
		{id: "account", span: 7, title: l.T(i18n.FinanceAccount), reading: p.readAccount(), body: p.notes(), both: true, tall: 300, chart: p.drawAccount, grid: p.accountGrid},
		{id: "spend", span: 5, title: l.T(i18n.FinanceSpend), reading: p.readSpend(), both: true, tall: p.spendTall(), chart: p.drawSpend, grid: p.spendGrid},
		{id: "profit", span: 12, title: l.T(i18n.FinanceBy, "dim", lower(p.d.dimWord(p.by))), reading: p.readProfit(), key: string(p.by),
			grid: p.profitGrid, acts: []app.UI{
				p.d.chooser("profit-by", l.T(i18n.SalesBy), string(p.by), p.d.dimChoices(profitDims...), func(id string) {
					p.by = cube.DimID(id)
					p.d.refreshPage()
				})}},
		{id: "plan", title: l.T(i18n.FinancePlan), reading: p.readPlan(), grid: p.planGrid},
		{id: "off", title: l.T(i18n.FinanceOff), reading: p.readOff(), grid: p.offGrid},
		{id: "hands", title: l.T(i18n.FinanceHands), reading: p.readHands()},
	}
	if len(r.ByHand) > 0 {
		list[len(list)-1].grid = p.handsGrid
	}
	if r.Whole && len(r.Stores) > 1 {
		list = slices.Insert(list, 4, part{id: "store-results", title: l.T(i18n.FinanceStores), reading: p.readStores(), grid: p.storesGrid})
	}
	return list
}

func (p *finance) readAccount() string {
	l, a := p.d.lang, p.r.Now
	pairs := []any{"revenue", p.d.sum(a.Revenue), "margin", p.d.sum(a.Margin), "share", l.Percent(whole(share0(a.Margin, a.Net)))}
	switch {
	case a.Spent == 0:
		return l.T(i18n.FinanceReadNone, pairs...)
	case a.Result < 0:
		return l.T(i18n.FinanceReadLoss, append(pairs, "result", p.d.sum(-a.Result))...)
	}
	return l.T(i18n.FinanceRead, append(pairs, "result", p.d.sum(a.Result))...)
}

// notes say what the result does not know.
func (p *finance) notes() []app.UI {
	l, r := p.d.lang, p.r
	var notes []string
	if r.Now.Uncosted != 0 {
		notes = append(notes, l.T(i18n.FinanceUncosted, "share", l.Percent(whole(share0(r.Now.Uncosted, r.Now.Revenue))), "sum", p.d.sum(r.Now.Uncosted)))
	} else {
		notes = append(notes, l.T(i18n.FinanceCosted))
	}
	if !r.Whole {
		notes = append(notes, l.T(i18n.FinancePart))
	}
	if r.Chain != 0 {
		notes = append(notes, l.T(i18n.FinanceChain, "sum", p.d.sum(r.Chain)))
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
	l, now := p.d.lang, p.r.Now
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
		return p.d.lang.T(name)
	}
	return kind
}

// drawAccount draws how shelf prices become the result.
func (p *finance) drawAccount(colours chart.Colours) (*chart.Drawing, error) {
	a, l := p.r.Now, p.d.lang
	w := chart.Waterfall{Room: p.d.namesRoom(), Total: l.T(i18n.FinanceMargin), Sum: p.d.brief(a.Margin, false)}
	add := func(name string, n int64) {
		w.Names, w.Steps, w.Labels = append(w.Names, name), append(w.Steps, float64(n)), append(w.Labels, p.d.brief(n, false))
	}
	add(l.T(i18n.FinanceGross), a.Gross)
	add(l.T(i18n.FinanceDiscount), -a.Discount)
	add(l.T(i18n.FinanceReturns), -a.Returns)
	add(l.T(i18n.FinanceTax), -a.Tax)
	add(l.T(i18n.FinanceCost), -a.Cost)
	if a.Spent != 0 {
		add(lower(l.T(i18n.FinanceSpend)), -a.Spent)
		w.Total, w.Sum = l.T(i18n.FinanceResult), p.d.brief(a.Result, false)
	}
	drawing, err := w.Draw(colours)
	if err != nil {
		return nil, err
	}
	drawing.Tip = func(i int) []string {
		if i < len(w.Steps) {
			return []string{w.Names[i], p.d.sum(int64(w.Steps[i]))}
		}
		return []string{w.Total, w.Sum}
	}
	return drawing, nil
}

func (p *finance) accountGrid() *grid {
	l, r := p.d.lang, p.r
	g := &grid{name: p.d.fileOf("result"), columns: []column{{title: l.T(i18n.FinanceLine)}, {title: l.T(i18n.FinanceSum), form: asMoney},
		{title: l.T(i18n.FinanceOfNet), form: asShare}}}
	if r.Then != nil {
		g.columns = append(g.columns, column{title: l.T(i18n.WidgetThen), form: asMoney}, column{title: l.T(i18n.ColChange), form: asChange})
	}
	for _, line := range p.accountLines() {
		name := line.name
		if !line.level {
			name = "– " + trimLess(name)
		}
		cells := []sheet.Cell{sheet.TextOf(name), sheet.Of(line.now), {N: share0(line.now, r.Now.Net), OK: r.Now.Net > 0}}
		if r.Then != nil {
			now, then := line.now, line.then
			if !line.level { // what is taken off grows when it is more
				now, then = -now, -then
			}
			cells = append(cells, sheet.Of(line.then), changed(cube.Some(now), cube.Some(then)))
		}
		g.rows = append(g.rows, gridRow{cells: cells})
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
	l, r := p.d.lang, p.r
	switch {
	case !r.Whole:
		return l.T(i18n.FinancePart)
	case len(r.Expenses) == 0:
		return l.T(i18n.FinanceSpendNone)
	}
	return l.T(i18n.FinanceSpendRead, "share", l.Percent(whole(share(r.Now.Spent, r.Now.Net))), "kind", p.kind(r.Expenses[0].Kind), "sum", p.d.sum(r.Expenses[0].Now))
}

func (p *finance) spendTall() int { return max(80, 40*len(p.r.Expenses)) }

func (p *finance) drawSpend(colours chart.Colours) (*chart.Drawing, error) {
	bars := chart.Ranking{Room: p.d.namesRoom()}
	for _, s := range p.r.Expenses {
		bars.Names, bars.Labels = append(bars.Names, p.kind(s.Kind)), append(bars.Labels, p.d.brief(s.Now, false))
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
		return []string{p.kind(s.Kind), p.d.sum(s.Now), p.d.lang.T(i18n.WidgetThen) + ": " + p.d.sum(s.Then)}
	}
	return drawing, nil
}

func (p *finance) spendGrid() *grid {
	l, r := p.d.lang, p.r
	g := &grid{name: p.d.fileOf("expenses"), columns: []column{{title: l.T(i18n.FinanceKind)}, {title: l.T(i18n.FinanceSum), form: asMoney},
		{title: l.T(i18n.FinanceOfNet), form: asShare}}}
	if r.Then != nil {
		g.columns = append(g.columns, column{title: l.T(i18n.WidgetThen), form: asMoney}, column{title: l.T(i18n.ColChange), form: asChange})
	}
	line := func(name string, now, then int64) []sheet.Cell {
		cells := []sheet.Cell{sheet.TextOf(name), sheet.Of(now), {N: share(now, r.Now.Net), OK: r.Now.Net > 0}}
		if r.Then != nil {
			cells = append(cells, sheet.Of(then), changed(cube.Some(now), cube.Some(then)))
		}
		return cells
	}
	var then int64
	for _, s := range r.Expenses {
		g.rows = append(g.rows, gridRow{cells: line(p.kind(s.Kind), s.Now, s.Then)})
		then += s.Then
	}
	g.total = line("", r.Now.Spent, then)
	return g
}

// profitName names a row of profitability.
func (p *finance) profitName(row cube.Row) string {
	name := ""
	if len(p.profit.Names) > 0 {
		name = p.profit.Names[0][row.Keys[0]].In(string(p.d.lang))
	}
	return p.d.keyWord(p.by, row.Keys[0], name)
}

func (p *finance) readProfit() string {
	l, rows := p.d.lang, p.profit.Rows
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
	return l.T(i18n.FinanceByRead, "name", p.profitName(best), "sum", p.d.sum(best.Values[0].N), "worst", p.profitName(worst),
		"share", figure(cube.MarginShare, worst.Values[1], l, p.d.currency()))
}

func (p *finance) profitGrid() *grid {
	l, r := p.d.lang, p.profit
	g := &grid{name: p.d.fileOf("profit-" + string(p.by)), columns: []column{{title: p.d.dimWord(p.by)}}}
	for i, id := range r.Measures {
		g.columns = append(g.columns, measured(id, p.d.measureWord(id)))
		if i == 0 && r.Before != nil {
			g.columns = append(g.columns, column{title: l.T(i18n.ColChange), form: asChange})
		}
	}
	line := func(first sheet.Cell, row cube.Row) []sheet.Cell {
		cells := []sheet.Cell{first}
		for i := range r.Measures {
			cells = append(cells, valued(row.Values[i]))
			if i == 0 && r.Before != nil {
				before := cube.Value{}
				if len(row.Before) > 0 {
					before = row.Before[0]
				}
				cells = append(cells, changed(row.Values[0], before))
			}
		}
		return cells
	}
	for _, row := range r.Rows {
		name, key := p.profitName(row), row.Keys[0]
		g.rows = append(g.rows, gridRow{cells: line(sheet.TextOf(name), row), open: func() {
			p.d.drillInto(behind{measure: cube.Margin, cell: []cube.Filter{{Dim: p.by, In: []string{key}}}, names: map[string]string{key: name}})
		}})
	}
	g.total = line(sheet.Cell{}, r.Total)
	if r.Rest != nil {
		g.rest = l.T(i18n.WidgetRest, "n", r.RestOf)
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
		return p.d.lang.T(i18n.FinanceStoresGood)
	}
	return p.d.lang.T(i18n.FinanceStoresRead, "n", n)
}

func (p *finance) storesGrid() *grid {
	l := p.d.lang
	g := &grid{name: p.d.fileOf("stores"), columns: []column{{title: p.d.dimWord(cube.Store)}, {title: l.T(i18n.FinanceNet), form: asMoney},
		{title: l.T(i18n.FinanceMargin), form: asMoney}, {title: l.T(i18n.FinanceOwn), form: asMoney}, {title: l.T(i18n.FinanceResult), form: asMoney},
		{title: l.T(i18n.FinanceOfNet), form: asShare}}}
	var total report.StoreSpent
	line := func(name string, s report.StoreSpent) []sheet.Cell {
		return []sheet.Cell{sheet.TextOf(name), sheet.Of(s.Net), sheet.Of(s.Margin), sheet.Of(s.Spent), sheet.Of(s.Result), {N: share0(s.Result, s.Net), OK: s.Net > 0}}
	}
	for _, s := range p.r.Stores {
		name := p.d.keyWord(cube.Store, s.Key, s.Name.In(string(l)))
		g.rows = append(g.rows, gridRow{cells: line(name, s), open: func() {
			p.d.drillInto(behind{measure: cube.Margin, cell: []cube.Filter{{Dim: cube.Store, In: []string{s.Key}}}, names: map[string]string{s.Key: name}})
		}})
		total.Net, total.Margin, total.Spent, total.Result = total.Net+s.Net, total.Margin+s.Margin, total.Spent+s.Spent, total.Result+s.Result
	}
	g.total = line("", total)
	return g
}

func (p *finance) readPlan() string {
	l := p.d.lang
	if len(p.plan.Total.Before) == 0 || !p.plan.Total.Before[0].OK {
		return l.T(i18n.FinancePlanNone)
	}
	return l.T(i18n.FinancePlanRead, "share", l.Percent(whole(share(p.plan.Total.Values[0].N, p.plan.Total.Before[0].N))))
}

func (p *finance) planGrid() *grid {
	l, r := p.d.lang, p.plan
	g := &grid{name: p.d.fileOf("plan"), columns: []column{{title: p.d.dimWord(cube.Store)}}}
	for i, id := range r.Measures {
		name := func(m *i18n.Message) string { // of revenue by itself: it is what is shown at first
			if i == 0 {
				return l.T(m)
			}
			return p.d.measureWord(id) + ", " + lower(l.T(m))
		}
		g.columns = append(g.columns, column{title: name(i18n.FinancePlanned), form: formOfMeasure(id), hidden: i > 0},
			column{title: name(i18n.FinanceFact), form: formOfMeasure(id), hidden: i > 0},
			column{title: name(i18n.FinanceReached), form: asShare, hidden: i > 0})
	}
	line := func(first sheet.Cell, row cube.Row) []sheet.Cell {
		cells := []sheet.Cell{first}
		for i, now := range row.Values {
			plan := cube.Value{}
			if i < len(row.Before) {
				plan = row.Before[i]
			}
			cells = append(cells, valued(plan), valued(now), sheet.Cell{N: share0(now.N, plan.N), OK: plan.OK && now.OK && plan.N > 0})
		}
		return cells
	}
	for _, row := range r.Rows {
		name := ""
		if len(r.Names) > 0 {
			name = r.Names[0][row.Keys[0]].In(string(l))
		}
		g.rows = append(g.rows, gridRow{cells: line(sheet.TextOf(p.d.keyWord(cube.Store, row.Keys[0], name)), row)})
	}
	g.total = line(sheet.Cell{}, r.Total)
	return g
}

func formOfMeasure(id cube.MeasureID) form {
	m, _ := cube.MeasureOf(id)
	return formOf(m.Format)
}

func (p *finance) readOff() string {
	l := p.d.lang
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
	return l.T(i18n.FinanceOffRead, "sum", p.d.sum(all), "share", l.Percent(whole(share(all, p.r.Now.Gross))), "hand", p.d.sum(hand), "mark", p.d.sum(mark))
}

var wayNames = map[string]*i18n.Message{report.OffByRule: i18n.FinanceWayRule, report.OffByMark: i18n.FinanceWayMark, report.OffByHand: i18n.FinanceWayHand}

// ruleName names a rule: by its words, or what a person did.
func (p *finance) ruleName(x report.DiscountBy) string {
	l := p.d.lang
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

func (p *finance) offGrid() *grid {
	l := p.d.lang
	g := &grid{name: p.d.fileOf("discounts"), columns: []column{{title: l.T(i18n.FinanceRule)}, {title: l.T(i18n.FinanceWay)}, {title: l.T(i18n.FinanceSum), form: asMoney},
		{title: l.T(i18n.ColShare), form: asShare}, {title: l.T(i18n.FinanceLines), form: asCount}}}
	var all int64
	lines := 0
	for _, x := range p.r.Discounts {
		all, lines = all+x.Amount, lines+x.Lines
	}
	for _, x := range p.r.Discounts {
		g.rows = append(g.rows, gridRow{cells: []sheet.Cell{sheet.TextOf(p.ruleName(x)), sheet.TextOf(l.T(wayNames[x.Way])), sheet.Of(x.Amount),
			sheet.Of(share0(x.Amount, all)), sheet.Of(int64(x.Lines))}})
	}
	g.total = []sheet.Cell{{}, {}, sheet.Of(all), sheet.Of(10000), sheet.Of(int64(lines))}
	return g
}

func (p *finance) handName(x report.HandOff) string {
	return p.d.keyWord(cube.Cashier, x.Cashier, x.Name.In(string(p.d.lang)))
}

func (p *finance) readHands() string {
	l := p.d.lang
	if len(p.r.ByHand) == 0 {
		return l.T(i18n.FinanceHandsNone)
	}
	lead := p.r.ByHand[0]
	return l.T(i18n.FinanceHandsRead, "name", p.handName(lead), "sum", p.d.sum(lead.Amount), "share", l.Percent(whole(share(lead.Amount, lead.Sales))))
}

func (p *finance) handsGrid() *grid {
	l := p.d.lang
	g := &grid{name: p.d.fileOf("by-hand"), columns: []column{{title: p.d.dimWord(cube.Cashier)}, {title: l.T(i18n.FinanceSum), form: asMoney},
		{title: l.T(i18n.FinanceOfSales), form: asShare}, {title: l.T(i18n.FinanceLines), form: asCount}}}
	for _, x := range p.r.ByHand {
		name := p.handName(x)
		g.rows = append(g.rows, gridRow{cells: []sheet.Cell{sheet.TextOf(name), sheet.Of(x.Amount), {N: share(x.Amount, x.Sales), OK: x.Sales > 0}, sheet.Of(int64(x.Lines))},
			open: func() {
				p.d.drillInto(behind{measure: cube.ManualDiscount, cell: []cube.Filter{{Dim: cube.Cashier, In: []string{x.Cashier}}}, names: map[string]string{x.Cashier: name}})
			}})
	}
	return g
}
