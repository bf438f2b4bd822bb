package cube

import (
	"context"

	"tillsight/shared/segment"
)

// Visit is a receipt of a known customer: the amounts of those of its lines that
// the filters let pass. Amounts of a return are negative.
type Visit struct {
	Customer int32 // key
	At       int64 // unix seconds
	Day      EpochDay
	Hour     uint8
	Store    string
	Return   bool
	Net      int64
	Discount int64
	Tax      int64
	Cost     int64
}

// Margin is what is left of the revenue after tax and purchase cost.
func (v *Visit) Margin() int64 { return v.Net - v.Tax - v.Cost }

// Visits calls visit for every receipt of s that has a known customer, by store
// and month. The Visit is reused.
func (c *Cube) Visits(ctx context.Context, s Slice, visit func(v *Visit)) error {
	var v Visit
	return c.each(ctx, s, func(x *scan, part *segment.Sales, from, to int) {
		v.Store = part.Store
		for r := from; r < to; r++ {
			if part.Customer[r] < 0 || x.keys[r-from] < 0 || !x.amounts(&v, part, r) {
				continue
			}
			v.Customer, v.At, v.Day, v.Hour = part.Customer[r], int64(part.At[r]), EpochDay(part.Day[r]), part.Hour[r]
			v.Return = part.Kind[r] == segment.KindReturn
			visit(&v)
		}
	})
}

// amounts sets the amounts of receipt r, which passes as a whole; it reports
// whether any line of it does.
func (x *scan) amounts(v *Visit, s *segment.Sales, r int) bool {
	if !x.p.lines {
		v.Net, v.Discount, v.Tax, v.Cost = s.Sum.Net.At(r), s.Sum.Discount.At(r), s.Sum.Tax.At(r), s.Sum.Cost.At(r)
		return true
	}
	v.Net, v.Discount, v.Tax, v.Cost = 0, 0, 0, 0
	any, table := false, x.p.tables[fromProduct]
	for l := int(s.First[r]); l < int(s.First[r+1]); l++ {
		if table[s.Product[l]] < 0 {
			continue
		}
		any = true
		v.Net += s.Line.Net.At(l)
		v.Discount += s.Line.Discount.At(l)
		v.Tax += s.Line.Tax.At(l)
		v.Cost += s.Line.Cost.At(l)
	}
	return any
}

// PassingCustomers reports for each key of segment.Dims.Customers whether the
// filters on dimensions of customers let him pass. Other filters say nothing
// about who he is.
func (c *Cube) PassingCustomers(where []Filter) ([]bool, error) {
	q := Query{Measures: []MeasureID{Revenue}, Where: where}
	if err := q.Validate(); err != nil {
		return nil, err
	}
	m := mapper{dims: c.data.Dims, bounds: c.bounds, today: c.Today()}
	p := &plan{}
	for _, f := range where {
		switch {
		case f.Dim == Segment:
			p.filterMembers(c.members(f.In), f.Not)
		case m.customerKey(f.Dim) != nil:
			p.filter(c.mapping(f.Dim, window{}), f)
		}
	}
	pass := make([]bool, m.customers()-1)
	for key := range pass {
		pass[key] = p.tables[fromCustomer] == nil || p.tables[fromCustomer][key+1] >= 0
	}
	return pass, nil
}

// Dims returns the dimension tables. They may not be changed.
func (c *Cube) Dims() *segment.Dims { return c.data.Dims }

// CustomerParts returns every customer's key of a dimension of customers, by his
// own key; nil when it is not one, or somebody can have several.
func (c *Cube) CustomerParts(id DimID) []string {
	m := mapper{dims: c.data.Dims, bounds: c.bounds, today: c.Today()}
	if m.customerKey(id) == nil {
		return nil
	}
	laid := c.mapping(id, window{})
	keys := make([]string, m.customers()-1)
	for key := range keys {
		keys[key] = laid.keys[laid.codes[key+1]]
	}
	return keys
}
