package cube

import (
	"context"
	"fmt"

	"tillsight/shared/segment"
)

// Figures are the bases behind a query: what reports compute more from than its
// measures tell.
type Figures struct {
	From, To  string
	Before    *Period // compared with; nil when nothing is
	Rows      []FigureRow
	Now, Then *[Bases]int64 // of everything together; Then is nil when nothing is compared
}

// FigureRow is the bases of a combination of keys.
type FigureRow struct {
	Keys      []string
	Now, Then *[Bases]int64 // Then is nil when nothing is compared
}

// Figures collects the bases that the measures of q are made of, however many
// rows there are, in the order of their keys. Bases that no measure asks for may
// be anything. Order and limit of q do not count, a comparison with the plan is
// none.
func (c *Cube) Figures(ctx context.Context, q Query) (*Figures, error) {
	q.Sort, q.Limit, q.Rest = nil, 0, false
	if q.Compare == Plan {
		q.Compare, q.Until = NoCompare, 0
	}
	if err := q.Validate(); err != nil {
		return nil, err
	}
	e := &columns{Cube: c, ctx: ctx}
	w, ok, err := newWindow(e, q)
	if err != nil {
		return nil, err
	}
	if !ok {
		f := &Figures{Now: &nothing}
		if q.Compare != NoCompare {
			f.Then = &nothing
		}
		return f, nil
	}
	now, before, err := passes(e, w)
	if err != nil {
		return nil, err
	}
	f := &Figures{From: w.from.String(), To: w.to.String(), Now: &now.total}
	if before != nil {
		f.Then = &before.total
		f.Before = &Period{From: (w.from - EpochDay(w.ahead)).String(), To: (w.to - EpochDay(w.ahead)).String()}
	}
	if len(q.By) == 0 {
		return f, nil
	}
	cells := join(now, before)
	sortCells(cells, q, nil, e)
	keys := make([]string, 0, len(cells)*len(q.By))
	for _, cell := range cells {
		at := len(keys)
		for i := range q.By {
			keys = append(keys, e.key(cell.n, i))
		}
		f.Rows = append(f.Rows, FigureRow{Keys: keys[at:len(keys):len(keys)], Now: cell.now, Then: cell.before})
	}
	return f, nil
}

// Orders calls run for every receipt of sale of s with the amounts of its lines
// that pass.
func (c *Cube) Orders(ctx context.Context, s Slice, run func(ListedSum)) error {
	return c.each(ctx, s, func(x *scan, part *segment.Sales, from, to int) {
		table := x.p.tables[fromProduct]
		for r := from; r < to; r++ {
			if x.keys[r-from] < 0 || part.Kind[r] != segment.KindSale {
				continue
			}
			if table == nil {
				run(sumAt(&part.Sum, r))
				continue
			}
			var sum ListedSum
			lines := 0
			for l := int(part.First[r]); l < int(part.First[r+1]); l++ {
				if table[part.Product[l]] >= 0 {
					sum.add(sumAt(&part.Line, l))
					lines++
				}
			}
			if lines > 0 {
				run(sum)
			}
		}
	})
}

func sumAt(a *segment.Amounts, i int) ListedSum {
	return ListedSum{Quantity: a.Quantity.At(i), Net: a.Net.At(i), Discount: a.Discount.At(i), Tax: a.Tax.At(i), Cost: a.Cost.At(i)}
}

// Cut is what a rule took off in receipts of one cashier.
type Cut struct {
	Rule    segment.Rule
	Cashier string // ID
	Amount  int64  // returns taken off
	Lines   int    // of sale that got it
}

// Cuts sums up what took something off the lines of s, by rule and cashier: all
// together it is their discount.
func (c *Cube) Cuts(ctx context.Context, s Slice) ([]Cut, error) {
	type place struct {
		rule    int32
		cashier uint16
	}
	at := map[place]int{}
	var list []Cut
	err := c.each(ctx, s, func(x *scan, part *segment.Sales, from, to int) {
		i, table := firstCut(part, int(part.First[from])), x.p.tables[fromProduct]
		for r := from; r < to && i < len(part.Cut.Line); r++ {
			for ; i < len(part.Cut.Line) && part.Cut.Line[i] < part.First[r+1]; i++ {
				if x.keys[r-from] < 0 || table != nil && table[part.Product[part.Cut.Line[i]]] < 0 {
					continue
				}
				p := place{part.Cut.Rule[i], part.Cashier[r]}
				n, ok := at[p]
				if !ok {
					n = len(list)
					at[p] = n
					list = append(list, c.newCut(p.rule, p.cashier))
				}
				list[n].Amount += part.Cut.Amount.At(i)
				if part.Kind[r] == segment.KindSale {
					list[n].Lines++
				}
			}
		}
	})
	return list, err
}

func (c *Cube) newCut(rule int32, cashier uint16) Cut {
	cut := Cut{Cashier: at(c.data.Dims.Cashiers, func(c segment.Cashier) string { return c.ID })(int(cashier))}
	if int(rule) < len(c.data.Dims.Rules) {
		cut.Rule = c.data.Dims.Rules[rule]
	}
	return cut
}

// Lost is receipts of one cashier that were given up.
type Lost struct {
	Cashier  string // ID
	Receipts int
	Total    int64 // of what had been scanned
}

// Lost sums up the receipts that were given up, by cashier. It is not ok when s
// has a condition that such a receipt can't be held against: what was to be
// sold, and to whom.
func (c *Cube) Lost(s Slice) (list []Lost, ok bool, err error) {
	q := Query{Measures: []MeasureID{Revenue}, From: s.From, To: s.To, Where: s.Where}
	if err := q.Validate(); err != nil {
		return nil, false, err
	}
	w, any, err := newWindow(&columns{Cube: c}, q)
	if err != nil || !any {
		return nil, err == nil, err
	}
	index := map[string]int{}
	for _, part := range c.data.Sales {
		for i, day := range part.Lost.Day {
			if EpochDay(day) < w.from || EpochDay(day) > w.to {
				continue
			}
			passes, known := c.lostPasses(part, i, s.Where)
			if !known {
				return nil, false, nil
			}
			if !passes {
				continue
			}
			id := at(c.data.Dims.Cashiers, func(c segment.Cashier) string { return c.ID })(int(part.Lost.Cashier[i]))
			n, seen := index[id]
			if !seen {
				n = len(list)
				index[id] = n
				list = append(list, Lost{Cashier: id})
			}
			list[n].Receipts++
			list[n].Total += part.Lost.Total.At(i)
		}
	}
	return list, true, nil
}

// lostPasses reports whether a receipt that was given up passes the conditions,
// and whether they can be held against it.
func (c *Cube) lostPasses(part *segment.Sales, i int, where []Filter) (passes, known bool) {
	for _, f := range where {
		key := ""
		switch f.Dim {
		case Day, Week, Month, Quarter, Year, Weekday:
			key = EpochDay(part.Lost.Day[i]).Key(f.Dim)
		case Hour:
			key = fmt.Sprintf("%02d", part.Lost.Hour[i])
		case Store:
			key = part.Store
		case Region:
			for _, store := range c.data.Dims.Stores {
				if store.ID == part.Store {
					key = store.Region
				}
			}
		case Till:
			key = at(c.data.Dims.Tills, func(t segment.Till) string { return t.ID })(int(part.Lost.Till[i]))
		case Cashier:
			key = at(c.data.Dims.Cashiers, func(c segment.Cashier) string { return c.ID })(int(part.Lost.Cashier[i]))
		default:
			return false, false
		}
		if contains(f.In, key) == f.Not {
			return false, true
		}
	}
	return true, true
}

// Stores returns the stores of the data with where they stand.
func (c *Cube) Stores() []segment.Store { return c.data.Dims.Stores }

// Cashiers returns the employees who have worked at a till.
func (c *Cube) Cashiers() []segment.Cashier { return c.data.Dims.Cashiers }

// Plans returns the plan figures of the stores of the data.
func (c *Cube) Plans() []segment.Plan { return c.data.Dims.Plans }

// Expenses returns the expenses of the stores of the data.
func (c *Cube) Expenses() []segment.Expense { return c.data.Dims.Expenses }
