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

func (p *finance) Formula() string { return p.d.Lang.T(financeFormula) }

func (p *finance) Parts() []kit.Part {
	l, r := p.d.Lang, p.r
	if r.Now.Receipts == 0 && r.Now.Spent == 0 {
		return nil
	}
	list := []kit.Part{
		{ID: "account", Span: 7, Title: l.T(financeAccount), Reading: p.readAccount(), Body: p.notes(), Both: true, Tall: 300, Chart: p.drawAccount, Grid: p.accountGrid},
		{ID: "spend", Span: 5, Title: l.T(financeSpend), Reading: p.readSpend(), Both: true, Tall: p.spendTall(), Chart: p.drawSpend, Grid: p.spendGrid},
		{ID: "profit", Span: 12, Title: l.T(financeBy, "dim", kit.Lower(p.d.DimWord(p.by))), Reading: p.readProfit(), Key: string(p.by),
			Grid: p.profitGrid, Acts: []app.UI{
				kit.Chooser(p.d, "profit-by", l.T(i18n.SalesBy), string(p.by), kit.DimChoices(p.d, profitDims...), func(id string) {
					p.by = cube.DimID(id)
					p.d.RefreshPage()
				})}},
		{ID: "plan", Title: l.T(financePlan), Reading: p.readPlan(), Grid: p.planGrid},
		{ID: "off", Title: l.T(financeOff), Reading: p.readOff(), Grid: p.offGrid},
		{ID: "hands", Title: l.T(financeHands), Reading: p.readHands()},
	}
	if len(r.ByHand) > 0 {
		list[len(list)-1].Grid = p.handsGrid
	}
	if r.Whole && len(r.Stores) > 1 {
		list = slices.Insert(list, 4, kit.Part{ID: "store-results", Title: l.T(financeStores), Reading: p.readStores(), Grid: p.storesGrid})
	}
	return list
}

func (p *finance) readAccount() string {
	l, a := p.d.Lang, p.r.Now
	pairs := []any{"revenue", p.d.Sum(a.Revenue), "margin", p.d.Sum(a.Margin), "share", l.Percent(kit.Whole(kit.Share0(a.Margin, a.Net)))}
	switch {
	case a.Spent == 0:
		return l.T(financeReadNone, pairs...)
	case a.Result < 0:
		return l.T(financeReadLoss, append(pairs, "result", p.d.Sum(-a.Result))...)
	}
	return l.T(financeRead, append(pairs, "result", p.d.Sum(a.Result))...)
}

// notes say what the result does not know.
func (p *finance) notes() []app.UI {
	l, r := p.d.Lang, p.r
	var notes []string
	if r.Now.Uncosted != 0 {
		notes = append(notes, l.T(financeUncosted, "share", l.Percent(kit.Whole(kit.Share0(r.Now.Uncosted, r.Now.Revenue))), "sum", p.d.Sum(r.Now.Uncosted)))
	} else {
		notes = append(notes, l.T(financeCosted))
	}
	if !r.Whole {
		notes = append(notes, l.T(financePart))
	}
	if r.Chain != 0 {
		notes = append(notes, l.T(financeChain, "sum", p.d.Sum(r.Chain)))
	}
	return []app.UI{app.Ul().Class("notes").Body(app.Range(notes).Slice(func(i int) app.UI { return app.Li().Text(notes[i]) }))}
}

// accountLine is a line of the result.
type accountLine struct {
	name  string
	now   int64
	then  int64
	level bool // a sum of the lines above; else what is taken off, less than zero
}

// accountLines are the lines from shelf prices to the result.
func (p *finance) accountLines() []accountLine {
	l, now := p.d.Lang, p.r.Now
	then := report.Account{}
	if p.r.Then != nil {
		then = *p.r.Then
	}
	list := []accountLine{
		{l.T(financeGross), now.Gross, then.Gross, true}, {l.T(financeDiscount), -now.Discount, -then.Discount, false},
		{l.T(financeReturns), -now.Returns, -then.Returns, false}, {l.T(financeRevenue), now.Revenue, then.Revenue, true},
		{l.T(financeTax), -now.Tax, -then.Tax, false}, {l.T(financeNet), now.Net, then.Net, true},
		{l.T(financeCost), -now.Cost, -then.Cost, false}, {l.T(financeMargin), now.Margin, then.Margin, true},
	}
	if !p.r.Whole {
		return list
	}
	for _, s := range p.r.Expenses {
		list = append(list, accountLine{p.kind(s.Kind), -s.Now, -s.Then, false})
	}
	return append(list, accountLine{l.T(financeResult), now.Result, then.Result, true})
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
	w := chart.Waterfall{Room: kit.NamesRoom(p.d), Total: l.T(financeMargin), Sum: kit.Brief(p.d, a.Margin, false)}
	add := func(name string, n int64) {
		w.Names, w.Steps, w.Labels = append(w.Names, name), append(w.Steps, float64(n)), append(w.Labels, kit.Brief(p.d, n, false))
	}
	less := func(line string, n int64) { add(l.T(financeLess, "line", line), -n) }
	add(l.T(financeGross), a.Gross)
	less(l.T(financeDiscount), a.Discount)
	less(l.T(financeReturns), a.Returns)
	less(l.T(financeTax), a.Tax)
	less(l.T(financeCost), a.Cost)
	if a.Spent != 0 {
		less(kit.Lower(l.T(financeSpend)), a.Spent)
		w.Total, w.Sum = l.T(financeResult), kit.Brief(p.d, a.Result, false)
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
	compared := p.r.Then != nil
	return kit.Table[accountLine]{Name: p.d.FileOf("result"), Rows: p.accountLines(), Less: func(line accountLine) bool { return !line.level },
		Columns: []kit.TableColumn[accountLine]{
			{Title: financeLine, Cell: func(line accountLine) sheet.Cell {
				if line.level {
					return sheet.TextOf(line.name)
				}
				return sheet.TextOf("– " + line.name)
			}},
			{Title: financeSum, Format: kit.AsMoney, Cell: func(line accountLine) sheet.Cell { return sheet.Of(line.now) }},
			{Title: financeOfNet, Format: kit.AsShare, Cell: func(line accountLine) sheet.Cell { return p.ofNet(line.now) }},
			{Title: i18n.WidgetThen, Format: kit.AsMoney, Cell: func(line accountLine) sheet.Cell { return sheet.Of(line.then) }, Without: !compared},
			{Title: i18n.ColChange, Format: kit.AsChange, Better: 1, Cell: accountLine.change, Without: !compared},
		}}.Grid(p.d.Lang)
}

// change is how much more a line is; of what is taken off, how much more is.
func (line accountLine) change() sheet.Cell {
	if line.level {
		return changed(line.now, line.then)
	}
	return changed(-line.now, -line.then)
}

// changed is the change of a sum.
func changed(now, then int64) sheet.Cell { return kit.Changed(cube.Some(now), cube.Some(then)) }

// ofNet is a sum as a share of net revenue.
func (p *finance) ofNet(sum int64) sheet.Cell {
	return sheet.Cell{N: kit.Share0(sum, p.r.Now.Net), OK: p.r.Now.Net > 0}
}

func (p *finance) readSpend() string {
	l, r := p.d.Lang, p.r
	switch {
	case !r.Whole:
		return l.T(financePart)
	case len(r.Expenses) == 0:
		return l.T(financeSpendNone)
	}
	return l.T(financeSpendRead, "share", l.Percent(kit.Whole(kit.Share(r.Now.Spent, r.Now.Net))), "kind", p.kind(r.Expenses[0].Kind), "sum", p.d.Sum(r.Expenses[0].Now))
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
	r := p.r
	then := int64(0)
	for _, s := range r.Expenses {
		then += s.Then
	}
	return kit.Table[report.Spent]{Name: p.d.FileOf("expenses"), Rows: r.Expenses, Columns: []kit.TableColumn[report.Spent]{
		{Title: financeKind, Cell: func(s report.Spent) sheet.Cell { return sheet.TextOf(p.kind(s.Kind)) }},
		{Title: financeSum, Format: kit.AsMoney, Cell: func(s report.Spent) sheet.Cell { return sheet.Of(s.Now) }, Total: sheet.Of(r.Now.Spent)},
		{Title: financeOfNet, Format: kit.AsShare, Cell: func(s report.Spent) sheet.Cell { return p.ofNet(s.Now) }, Total: p.ofNet(r.Now.Spent)},
		{Title: i18n.WidgetThen, Format: kit.AsMoney, Cell: func(s report.Spent) sheet.Cell { return sheet.Of(s.Then) }, Total: sheet.Of(then),
			Without: r.Then == nil},
		{Title: i18n.ColChange, Format: kit.AsChange, Better: -1, Cell: func(s report.Spent) sheet.Cell { return changed(s.Now, s.Then) },
			Total: changed(r.Now.Spent, then), Without: r.Then == nil},
	}}.Grid(p.d.Lang)
}

// profitName names a row of profitability.
func (p *finance) profitName(row cube.Row) string {
	return p.d.KeyWord(p.by, row.Keys[0], kit.NameIn(p.profit, row, p.d.Lang))
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
	return l.T(financeByRead, "name", p.profitName(best), "sum", p.d.Sum(best.Values[0].N), "worst", p.profitName(worst),
		"share", kit.Figure(cube.MarginShare, worst.Values[1], l, p.d.Currency()))
}

func (p *finance) profitGrid() *kit.Grid {
	r := p.profit
	t := kit.Table[cube.Row]{Name: p.d.FileOf("profit-" + string(p.by)), Rows: r.Rows, Columns: []kit.TableColumn[cube.Row]{
		{Text: p.d.DimWord(p.by), Cell: func(row cube.Row) sheet.Cell { return sheet.TextOf(p.profitName(row)) }}},
		Open: func(row cube.Row) { p.d.DrillInto(drillOf(cube.Margin, p.by, row.Keys[0], p.profitName(row))) }}
	for i, id := range r.Measures {
		t.Columns = append(t.Columns, measured(p.d, r, i, p.d.MeasureWord(id)))
		if i == 0 {
			t.Columns = append(t.Columns, changeOf(p.d, r, i))
		}
	}
	if r.Rest != nil {
		t.Rest = p.d.Lang.T(i18n.WidgetRest, "n", r.RestOf)
	}
	return t.Grid(p.d.Lang)
}

func (p *finance) readStores() string {
	n := 0
	for _, s := range p.r.Stores {
		if s.Result < 0 {
			n++
		}
	}
	if n == 0 {
		return p.d.Lang.T(financeStoresGood)
	}
	return p.d.Lang.T(financeStoresRead, "n", n)
}

func (p *finance) storesGrid() *kit.Grid {
	var total report.StoreSpent
	for _, s := range p.r.Stores {
		total.Net, total.Margin = total.Net+s.Net, total.Margin+s.Margin
		total.Spent, total.Result = total.Spent+s.Spent, total.Result+s.Result
	}
	name := func(s report.StoreSpent) string { return p.d.KeyWord(cube.Store, s.Key, s.Name.In(string(p.d.Lang))) }
	sum := func(title *i18n.Message, of func(report.StoreSpent) int64) kit.TableColumn[report.StoreSpent] {
		return kit.TableColumn[report.StoreSpent]{Title: title, Format: kit.AsMoney, Total: sheet.Of(of(total)),
			Cell: func(s report.StoreSpent) sheet.Cell { return sheet.Of(of(s)) }}
	}
	share := func(s report.StoreSpent) sheet.Cell { return sheet.Cell{N: kit.Share0(s.Result, s.Net), OK: s.Net > 0} }
	return kit.Table[report.StoreSpent]{Name: p.d.FileOf("stores"), Rows: p.r.Stores, Columns: []kit.TableColumn[report.StoreSpent]{
		{Text: p.d.DimWord(cube.Store), Cell: func(s report.StoreSpent) sheet.Cell { return sheet.TextOf(name(s)) }},
		sum(financeNet, func(s report.StoreSpent) int64 { return s.Net }),
		sum(financeMargin, func(s report.StoreSpent) int64 { return s.Margin }),
		sum(financeOwn, func(s report.StoreSpent) int64 { return s.Spent }),
		sum(financeResult, func(s report.StoreSpent) int64 { return s.Result }),
		{Title: financeOfNet, Format: kit.AsShare, Cell: share, Total: share(total)},
	}, Open: func(s report.StoreSpent) { p.d.DrillInto(drillOf(cube.Margin, cube.Store, s.Key, name(s))) }}.Grid(p.d.Lang)
}

func (p *finance) readPlan() string {
	l := p.d.Lang
	if len(p.plan.Total.Before) == 0 || !p.plan.Total.Before[0].OK {
		return l.T(financePlanNone)
	}
	return l.T(financePlanRead, "share", l.Percent(kit.Whole(kit.Share(p.plan.Total.Values[0].N, p.plan.Total.Before[0].N))))
}

func (p *finance) planGrid() *kit.Grid {
	l, r := p.d.Lang, p.plan
	name := func(row cube.Row) string { return p.d.KeyWord(cube.Store, row.Keys[0], kit.NameIn(r, row, l)) }
	t := kit.Table[cube.Row]{Name: p.d.FileOf("plan"), Rows: r.Rows, Columns: []kit.TableColumn[cube.Row]{
		{Text: p.d.DimWord(cube.Store), Cell: func(row cube.Row) sheet.Cell { return sheet.TextOf(name(row)) }}}}
	for i, id := range r.Measures {
		title := func(m *i18n.Message) string { // of revenue by itself: it is what is shown at first
			if i == 0 {
				return l.T(m)
			}
			return p.d.MeasureWord(id) + ", " + kit.Lower(l.T(m))
		}
		reached := func(row cube.Row) sheet.Cell {
			now, plan := row.Values[i], beforeOf(row, i)
			return sheet.Cell{N: kit.Share0(now.N, plan.N), OK: plan.OK && now.OK && plan.N > 0}
		}
		planned, fact := before(p.d, r, i, title(financePlanned)), measured(p.d, r, i, title(financeFact))
		planned.Hidden, planned.Without, fact.Hidden = i > 0, false, i > 0
		t.Columns = append(t.Columns, planned, fact,
			kit.TableColumn[cube.Row]{Text: title(financeReached), Format: kit.AsShare, Hidden: i > 0, Cell: reached, Total: reached(r.Total)})
	}
	return t.Grid(l)
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
	return l.T(financeOffRead, "sum", p.d.Sum(all), "share", l.Percent(kit.Whole(kit.Share(all, p.r.Now.Gross))), "hand", p.d.Sum(hand), "mark", p.d.Sum(mark))
}

var wayNames = map[string]*i18n.Message{report.OffByRule: financeWayRule, report.OffByMark: financeWayMark, report.OffByHand: financeWayHand}

// ruleName names a rule: by its words, or what a person did.
func (p *finance) ruleName(x report.DiscountBy) string {
	l := p.d.Lang
	switch {
	case x.Rule == pricing.RuleManual:
		return l.T(financeOnLine)
	case x.Rule == pricing.RuleReceipt:
		return l.T(financeOnAll)
	case x.Name.In(string(l)) != "":
		return x.Name.In(string(l))
	}
	return x.Rule
}

func (p *finance) offGrid() *kit.Grid {
	l := p.d.Lang
	all, lines := int64(0), 0
	for _, x := range p.r.Discounts {
		all, lines = all+x.Amount, lines+x.Lines
	}
	return kit.Table[report.DiscountBy]{Name: p.d.FileOf("discounts"), Rows: p.r.Discounts, Columns: []kit.TableColumn[report.DiscountBy]{
		{Title: financeRule, Cell: func(x report.DiscountBy) sheet.Cell { return sheet.TextOf(p.ruleName(x)) }},
		{Title: financeWay, Cell: func(x report.DiscountBy) sheet.Cell { return sheet.TextOf(l.T(wayNames[x.Way])) }},
		{Title: financeSum, Format: kit.AsMoney, Cell: func(x report.DiscountBy) sheet.Cell { return sheet.Of(x.Amount) }, Total: sheet.Of(all)},
		{Title: i18n.ColShare, Format: kit.AsShare, Cell: func(x report.DiscountBy) sheet.Cell { return sheet.Of(kit.Share0(x.Amount, all)) },
			Total: sheet.Of(10000)},
		{Title: financeLines, Format: kit.AsCount, Cell: func(x report.DiscountBy) sheet.Cell { return sheet.Of(int64(x.Lines)) },
			Total: sheet.Of(int64(lines))},
	}}.Grid(l)
}

func (p *finance) handName(x report.HandOff) string {
	return p.d.KeyWord(cube.Cashier, x.Cashier, x.Name.In(string(p.d.Lang)))
}

func (p *finance) readHands() string {
	l := p.d.Lang
	if len(p.r.ByHand) == 0 {
		return l.T(financeHandsNone)
	}
	lead := p.r.ByHand[0]
	return l.T(financeHandsRead, "name", p.handName(lead), "sum", p.d.Sum(lead.Amount), "share", l.Percent(kit.Whole(kit.Share(lead.Amount, lead.Sales))))
}

func (p *finance) handsGrid() *kit.Grid {
	return kit.Table[report.HandOff]{Name: p.d.FileOf("by-hand"), Rows: p.r.ByHand, Columns: []kit.TableColumn[report.HandOff]{
		{Text: p.d.DimWord(cube.Cashier), Cell: func(x report.HandOff) sheet.Cell { return sheet.TextOf(p.handName(x)) }},
		{Title: financeSum, Format: kit.AsMoney, Cell: func(x report.HandOff) sheet.Cell { return sheet.Of(x.Amount) }},
		{Title: financeOfSales, Format: kit.AsShare,
			Cell: func(x report.HandOff) sheet.Cell { return sheet.Cell{N: kit.Share(x.Amount, x.Sales), OK: x.Sales > 0} }},
		{Title: financeLines, Format: kit.AsCount, Cell: func(x report.HandOff) sheet.Cell { return sheet.Of(int64(x.Lines)) }},
	}, Open: func(x report.HandOff) {
		p.d.DrillInto(drillOf(cube.ManualDiscount, cube.Cashier, x.Cashier, p.handName(x)))
	}}.Grid(p.d.Lang)
}
