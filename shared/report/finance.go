package report

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/segment"
)

// FinanceRequest asks what was earned, and where it went.
type FinanceRequest struct {
	cube.Slice
	Against
}

// Span implements the period that must be at hand.
func (r FinanceRequest) Span() (from, to string) { return r.spanOf(r.Slice) }

// Finance is the result of a period, line by line, and of the compared one.
type Finance struct {
	From     string       `json:"from"`
	To       string       `json:"to"`
	Before   *cube.Period `json:"before,omitempty"`
	Now      Account      `json:"now"`
	Then     *Account     `json:"then,omitempty"`
	Expenses []Spent      `json:"expenses"` // by kind, the largest first
	Stores   []StoreSpent `json:"stores"`   // in the order of their keys
	// Whole says that expenses can be held against the figures: no condition
	// but that of stores cuts goods, customers or hours off.
	Whole bool `json:"whole"`
	// Chain is the expenses of the whole chain that are not in Expenses, since
	// only some stores are looked at.
	Chain     int64        `json:"chain,omitempty"`
	Discounts []DiscountBy `json:"discounts"` // by rule, the largest first: together Now.Discount
	ByHand    []HandOff    `json:"by_hand"`   // by who gave it, the largest first
}

// Account is the lines of a result. Gross less Discount is Sales, less Returns
// Revenue, less Tax Net, less Cost Margin, less Spent Result.
type Account struct {
	Gross    int64 `json:"gross"`    // sold, before discounts
	Discount int64 `json:"discount"` // on what was sold
	Sales    int64 `json:"sales"`
	Returns  int64 `json:"returns"`
	Revenue  int64 `json:"revenue"`
	Tax      int64 `json:"tax"`
	Net      int64 `json:"net"`
	Cost     int64 `json:"cost"`
	Uncosted int64 `json:"uncosted"` // part of Revenue whose cost is unknown: it counts as 0
	Margin   int64 `json:"margin"`
	Spent    int64 `json:"spent"`
	Result   int64 `json:"result"`
	Receipts int64 `json:"receipts"`
}

// Spent is the expenses of a kind. Months that lie in the period in part count
// by their days.
type Spent struct {
	Kind string `json:"kind"`
	Now  int64  `json:"now"`
	Then int64  `json:"then"`
}

// StoreSpent is a store's result.
type StoreSpent struct {
	Key     string         `json:"key"`
	Name    catalogue.Text `json:"name,omitzero"`
	Revenue int64          `json:"revenue"`
	Net     int64          `json:"net"`
	Margin  int64          `json:"margin"`
	Spent   int64          `json:"spent"` // its own expenses
	Result  int64          `json:"result"`
}

// Ways in which something is taken off.
const (
	OffByRule = "rule" // a promotion
	OffByMark = "mark" // a markdown label
	OffByHand = "hand" // a person
)

// DiscountBy is what a rule took off, returns taken off.
type DiscountBy struct {
	Rule   string         `json:"rule"` // ID
	Name   catalogue.Text `json:"name,omitzero"`
	Way    string         `json:"way"`
	Amount int64          `json:"amount"`
	Lines  int            `json:"lines"` // sold with it
}

// HandOff is what one employee took off by hand.
type HandOff struct {
	Cashier string         `json:"cashier"`
	Name    catalogue.Text `json:"name,omitzero"`
	Amount  int64          `json:"amount"`
	Lines   int            `json:"lines"`
	Sales   int64          `json:"sales"` // of all his receipts, to hold it against
}

var financeMeasures = []cube.MeasureID{cube.Revenue, cube.Discount, cube.Tax, cube.Margin, cube.Uncosted, cube.Receipts}

// NameFinance is what FinanceOf is asked for by.
var NameFinance = define("finance", FinanceOf)

// FinanceOf answers r.
func FinanceOf(ctx context.Context, c *cube.Cube, r FinanceRequest) (*Finance, error) {
	f, err := c.Figures(ctx, r.query(r.Slice, financeMeasures, cube.Store))
	if err != nil {
		return nil, err
	}
	out := &Finance{From: f.From, To: f.To, Before: f.Before, Now: accountOf(f.Now), Expenses: []Spent{}, Stores: []StoreSpent{}}
	if f.Then != nil {
		then := accountOf(f.Then)
		out.Then = &then
	}
	out.spend(c, r, f)
	for _, row := range f.Rows {
		a := accountOf(row.Now)
		s := StoreSpent{Key: row.Keys[0], Revenue: a.Revenue, Net: a.Net, Margin: a.Margin}
		s.Name, _ = c.Name(cube.Store, s.Key)
		if out.Whole {
			s.Spent = sumOf(c.Expenses(), out.From, out.To, func(e segment.Expense) bool { return e.Store == s.Key })
		}
		s.Result = s.Margin - s.Spent
		if a.Receipts > 0 || a.Revenue != 0 {
			out.Stores = append(out.Stores, s)
		}
	}
	return out, out.leak(ctx, c, r.Slice)
}

func accountOf(b *[cube.Bases]int64) Account {
	a := Account{
		Gross: b[cube.SaleNet] + b[cube.SaleDiscount], Discount: b[cube.SaleDiscount], Sales: b[cube.SaleNet], Returns: -b[cube.ReturnNet],
		Tax: b[cube.SaleTax] + b[cube.ReturnTax], Cost: b[cube.SaleCost] + b[cube.ReturnCost],
		Uncosted: b[cube.SaleUncosted] + b[cube.ReturnUncosted], Receipts: b[cube.SaleReceipts],
	}
	a.Revenue = a.Sales - a.Returns
	a.Net = a.Revenue - a.Tax
	a.Margin = a.Net - a.Cost
	a.Result = a.Margin
	return a
}

// spend adds the expenses that belong to the figures.
func (out *Finance) spend(c *cube.Cube, r FinanceRequest, f *cube.Figures) {
	out.Whole = true
	chain := true
	for _, w := range r.Where {
		out.Whole = out.Whole && (w.Dim == cube.Store || w.Dim == cube.Region)
		chain = false
	}
	if !out.Whole || f.From == "" {
		return
	}
	counts := func(e segment.Expense) bool { return storePasses(c, e.Store, r.Where) }
	kinds := map[string]*[2]byDays{} // now and then
	for _, e := range c.Expenses() {
		if e.Store == "" && !chain || e.Store != "" && !counts(e) {
			continue
		}
		sums := kinds[e.Kind]
		if sums == nil {
			sums = &[2]byDays{}
			kinds[e.Kind] = sums
		}
		sums[0].add(e, out.From, out.To)
		if out.Before != nil {
			sums[1].add(e, out.Before.From, out.Before.To)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		if s := (Spent{Kind: kind, Now: kinds[kind][0].rounded(), Then: kinds[kind][1].rounded()}); s.Now != 0 || s.Then != 0 {
			out.Expenses = append(out.Expenses, s)
			out.Now.Spent += s.Now
			if out.Then != nil {
				out.Then.Spent += s.Then
			}
		}
	}
	slices.SortStableFunc(out.Expenses, func(a, b Spent) int { return cmp.Compare(b.Now, a.Now) })
	out.Now.Result = out.Now.Margin - out.Now.Spent
	if out.Then != nil {
		out.Then.Result = out.Then.Margin - out.Then.Spent
	}
	if !chain {
		out.Chain = sumOf(c.Expenses(), out.From, out.To, func(e segment.Expense) bool { return e.Store == "" })
	}
}

// storePasses reports whether a store passes conditions on stores and regions.
func storePasses(c *cube.Cube, store string, where []cube.Filter) bool {
	region := ""
	for _, s := range c.Stores() {
		if s.ID == store {
			region = s.Region
		}
	}
	for _, w := range where {
		key := store
		if w.Dim == cube.Region {
			key = region
		}
		if slices.Contains(w.In, key) == w.Not {
			return false
		}
	}
	return true
}

// sumOf is what the expenses that count are in a period.
func sumOf(all []segment.Expense, from, to string, counts func(segment.Expense) bool) int64 {
	var sum byDays
	for _, e := range all {
		if counts(e) {
			sum.add(e, from, to)
		}
	}
	return sum.rounded()
}

// leak says what was taken off, by which rule and by whom.
func (out *Finance) leak(ctx context.Context, c *cube.Cube, s cube.Slice) error {
	out.Discounts, out.ByHand = []DiscountBy{}, []HandOff{}
	cuts, err := c.Cuts(ctx, s)
	if err != nil {
		return err
	}
	rules, hands := map[string]int{}, map[string]int{}
	for _, cut := range cuts {
		n, ok := rules[cut.Rule.ID]
		if !ok {
			n = len(out.Discounts)
			rules[cut.Rule.ID] = n
			out.Discounts = append(out.Discounts, DiscountBy{Rule: cut.Rule.ID, Name: cut.Rule.Name, Way: wayOf(cut.Rule)})
		}
		out.Discounts[n].Amount += cut.Amount
		out.Discounts[n].Lines += cut.Lines
		if !cut.Rule.Manual() {
			continue
		}
		n, ok = hands[cut.Cashier]
		if !ok {
			n = len(out.ByHand)
			hands[cut.Cashier] = n
			name, _ := c.Name(cube.Cashier, cut.Cashier)
			out.ByHand = append(out.ByHand, HandOff{Cashier: cut.Cashier, Name: name})
		}
		out.ByHand[n].Amount += cut.Amount
		out.ByHand[n].Lines += cut.Lines
	}
	slices.SortFunc(out.Discounts, func(a, b DiscountBy) int { return cmp.Or(cmp.Compare(b.Amount, a.Amount), cmp.Compare(a.Rule, b.Rule)) })
	slices.SortFunc(out.ByHand, func(a, b HandOff) int {
		return cmp.Or(cmp.Compare(b.Amount, a.Amount), cube.Natural(a.Cashier, b.Cashier))
	})
	f, err := c.Figures(ctx, cube.Query{Measures: []cube.MeasureID{cube.Sales}, By: []cube.DimID{cube.Cashier}, From: s.From, To: s.To, Where: s.Where})
	if err != nil {
		return err
	}
	for _, row := range f.Rows {
		if n, ok := hands[row.Keys[0]]; ok {
			out.ByHand[n].Sales = row.Now[cube.SaleNet]
		}
	}
	return nil
}

func wayOf(r segment.Rule) string {
	switch {
	case r.Manual():
		return OffByHand
	case r.Marked:
		return OffByMark
	}
	return OffByRule
}
