package cube

import (
	"context"
	"math/bits"
	"slices"

	"tillsight/shared/errcode"
	"tillsight/shared/segment"
)

// Slice selects facts: the period and filters of a Query.
type Slice struct {
	From  string   `json:"from,omitempty"`
	To    string   `json:"to,omitempty"`
	Where []Filter `json:"where,omitempty"`
}

// CustomerBase is the customer base of a Slice: one row for every known customer who
// bought, in the order of their keys (indices of segment.Dims.Customers).
type CustomerBase struct {
	Key      []int32
	First    []uint32 // unix seconds of his first and latest sale
	Last     []uint32
	LastDay  []uint16 // business date of his latest sale
	Receipts []int32  // of sale
	Net      []int64  // returns taken off
}

// CustomerBase collects the customer base of s.
func (c *Cube) CustomerBase(ctx context.Context, s Slice) (*CustomerBase, error) {
	n := c.bounds.CustomerKey + 1
	all := &CustomerBase{First: make([]uint32, n), Last: make([]uint32, n), LastDay: make([]uint16, n), Receipts: make([]int32, n), Net: make([]int64, n)}
	err := c.each(ctx, s, func(x *scan, part *segment.Sales, from, to int) {
		for r := from; r < to; r++ {
			customer := part.Customer[r]
			if customer < 0 || x.keys[r-from] < 0 {
				continue
			}
			net, ok := part.Sum.Net.At(r), true
			if x.p.lines {
				net, ok = x.lineNet(part, r, x.keys[r-from])
			}
			if !ok {
				continue
			}
			all.Net[customer] += net
			if part.Kind[r] != segment.KindSale {
				continue
			}
			at := part.At[r]
			if all.Receipts[customer] == 0 || at < all.First[customer] {
				all.First[customer] = at
			}
			all.Last[customer] = max(all.Last[customer], at)
			all.LastDay[customer] = max(all.LastDay[customer], part.Day[r])
			all.Receipts[customer]++
		}
	})
	if err != nil {
		return nil, err
	}
	return all.packed(), nil
}

// lineNet sums the lines of receipt r that pass, and reports whether any does.
func (x *scan) lineNet(s *segment.Sales, r int, key int64) (net int64, any bool) {
	table := x.p.tables[fromProduct]
	for l := s.First[r]; l < s.First[r+1]; l++ {
		if key+table[s.Product[l]] >= 0 {
			net += s.Line.Net.At(int(l))
			any = true
		}
	}
	return net, any
}

// packed leaves out the keys without a sale.
func (b *CustomerBase) packed() *CustomerBase {
	count := 0
	for _, receipts := range b.Receipts {
		if receipts > 0 {
			count++
		}
	}
	out := &CustomerBase{
		Key: make([]int32, 0, count), First: make([]uint32, 0, count), Last: make([]uint32, 0, count), LastDay: make([]uint16, 0, count),
		Receipts: make([]int32, 0, count), Net: make([]int64, 0, count),
	}
	for key, receipts := range b.Receipts {
		if receipts == 0 {
			continue
		}
		out.Key = append(out.Key, int32(key))
		out.First = append(out.First, b.First[key])
		out.Last = append(out.Last, b.Last[key])
		out.LastDay = append(out.LastDay, b.LastDay[key])
		out.Receipts = append(out.Receipts, receipts)
		out.Net = append(out.Net, b.Net[key])
	}
	return out
}

// Activity says in which periods each known customer bought.
type Activity struct {
	Periods []string // in order
	words   int      // per customer
	bits    []uint64 // by customer key, then period
}

// Each calls row for every customer who bought, with the numbers of the periods
// in which he did, ascending. The slice is reused.
func (a *Activity) Each(row func(key int32, periods []int)) {
	var periods []int
	for at := 0; at < len(a.bits); at += a.words {
		periods = periods[:0]
		for w, word := range a.bits[at : at+a.words] {
			for ; word != 0; word &= word - 1 {
				periods = append(periods, w*64+bits.TrailingZeros64(word))
			}
		}
		if len(periods) > 0 {
			row(int32(at/a.words), periods)
		}
	}
}

// Activity collects when customers bought, by grain (Day … Year).
func (c *Cube) Activity(ctx context.Context, s Slice, grain DimID) (*Activity, error) {
	dim, ok := DimOf(grain)
	if !ok || !dim.Time {
		return nil, errcode.New(errcode.BadQuery, "cube.Activity", nil).With("field", "grain").With("value", string(grain))
	}
	mapped := c.mapping(grain, window{})
	a := &Activity{Periods: slices.Clone(mapped.keys), words: max(1, (len(mapped.keys)+63)/64)}
	a.bits = make([]uint64, a.words*(c.bounds.CustomerKey+1))
	firstDay := uint16(c.bounds.FirstDay)
	return a, c.each(ctx, s, func(x *scan, part *segment.Sales, from, to int) {
		for r := from; r < to; r++ {
			customer := part.Customer[r]
			if customer < 0 || x.keys[r-from] < 0 || part.Kind[r] != segment.KindSale {
				continue
			}
			if x.p.lines {
				if _, ok := x.lineNet(part, r, x.keys[r-from]); !ok {
					continue
				}
			}
			period := mapped.codes[part.Day[r]-firstDay]
			a.bits[int(customer)*a.words+int(period>>6)] |= 1 << (period & 63)
		}
	})
}

// each calls block for runs of receipts of the parts that can pass, with
// x.keys negative for those that do not.
func (c *Cube) each(ctx context.Context, s Slice, run func(x *scan, part *segment.Sales, from, to int)) error {
	q := Query{Measures: []MeasureID{Revenue}, From: s.From, To: s.To, Where: s.Where}
	if err := q.Validate(); err != nil {
		return err
	}
	w, ok, err := newWindow(&columns{Cube: c}, q)
	if err != nil || !ok {
		return err
	}
	p, err := compile(c, w)
	if err != nil {
		return err
	}
	x := &scan{p: p, ctx: ctx, progress: progressOf(ctx), keys: make([]int64, block)}
	x.size, _ = c.Size()
	for _, part := range c.data.Sales {
		store, passes := p.part(part)
		for from := 0; passes && from < part.Receipts(); from += block {
			to := min(from+block, part.Receipts())
			x.receipts(part, store, from, to)
			run(x, part, from, to)
			if err := x.pause(to - from); err != nil {
				return err
			}
		}
		if !passes {
			x.done += part.Receipts()
		}
	}
	return nil
}

// Baskets calls run for runs of receipts of sale: receipt i of a run has the
// products product[first[i]:first[i+1]].
func (c *Cube) Baskets(run func(first []uint32, product []int32)) {
	for _, part := range c.data.Sales {
		for from := 0; from < part.Receipts(); {
			to := from
			for to < part.Receipts() && part.Kind[to] == segment.KindSale {
				to++
			}
			if to > from {
				run(part.First[from:to+1], part.Product)
			}
			from = to + 1
		}
	}
}

// CustomerID returns the ID of a customer's key.
func (c *Cube) CustomerID(key int32) string {
	return at(c.data.Dims.Customers, func(c segment.Customer) string { return c.ID })(int(key))
}
