package cube

import (
	"fmt"
	"math"
	"strconv"

	"tillsight/shared/errcode"
	"tillsight/shared/segment"
)

// reject marks a source value that a filter excludes. A row's contributions
// are added up; one reject makes the sum negative whatever the others are.
const reject = math.MinInt64 / (4 * int64(sources))

// cellsMax keeps the numbers of cells far from reject.
const cellsMax = 1 << 48

// plan is a query compiled for one pass over the data: for each source a table
// that gives a value's contribution to the row's cell number, or reject.
type plan struct {
	tables   [sources][]int64 // nil: contributes nothing
	firstDay int              // what tables[fromDay] counts from
	lastDay  uint16           // of the window, as the data has it
	until    uint8            // hour from which on lastDay does not count; 0: all of it does
	cells    int64            // cell numbers are below it
	by       []mapping
	strides  []int64
	doubled  []int64 // twice tables[fromProduct]: contributions to slots
	lines    bool    // lines of a receipt may fall into different cells or out
	needs    [Bases]bool
	stores   map[string]int
	manual   []bool // by rule: a person gave it
}

// compile makes the plan of a window.
func compile(c *Cube, w window) (*plan, error) {
	p := &plan{firstDay: int(c.bounds.FirstDay), cells: 1, stores: map[string]int{}, until: uint8(w.until())}
	if last := int(w.to) - w.shift; last >= 0 && last <= math.MaxUint16 {
		p.lastDay = uint16(last)
	}
	for i, store := range c.data.Dims.Stores {
		p.stores[store.ID] = i
	}
	for _, id := range w.q.By {
		p.by = append(p.by, c.mapping(id, w))
	}
	p.strides = make([]int64, len(p.by))
	for i := len(p.by) - 1; i >= 0; i-- {
		p.strides[i] = p.cells
		p.cells *= int64(max(1, len(p.by[i].keys)))
		if p.cells > cellsMax {
			return nil, errcode.New(errcode.DataLimit, "cube.compile", fmt.Errorf("too many cells")).
				With("limit", strconv.Itoa(RowsMax))
		}
	}
	for i, mapped := range p.by {
		table := p.table(mapped)
		for v, code := range mapped.codes {
			table[v] += int64(code) * p.strides[i]
		}
	}
	for _, f := range w.q.Where {
		if f.Dim == Segment {
			p.filterMembers(c.members(f.In), f.Not)
			continue
		}
		p.filter(c.mapping(f.Dim, w), f)
	}
	p.period(c.bounds, w)
	p.lines = p.tables[fromProduct] != nil
	for _, contribution := range p.tables[fromProduct] {
		p.doubled = append(p.doubled, 2*contribution)
	}
	p.needs = w.q.needs()
	for _, rule := range c.data.Dims.Rules {
		p.manual = append(p.manual, rule.Manual())
	}
	return p, nil
}

func (p *plan) table(mapped mapping) []int64 {
	if p.tables[mapped.source] == nil {
		p.tables[mapped.source] = make([]int64, len(mapped.codes))
	}
	return p.tables[mapped.source]
}

func (p *plan) filter(mapped mapping, f Filter) {
	in := make(map[string]bool, len(f.In))
	for _, key := range f.In {
		in[key] = true
	}
	out := make([]bool, len(mapped.keys))
	for code, key := range mapped.keys {
		out[code] = in[key] == f.Not
	}
	table := p.table(mapped)
	for v, code := range mapped.codes {
		if out[code] && table[v] >= 0 {
			table[v] = reject
		}
	}
}

// filterMembers rejects the customers who are not in, or with not those who are.
func (p *plan) filterMembers(in []bool, not bool) {
	table := p.table(mapping{source: fromCustomer, codes: make([]int32, len(in))})
	for v := range in {
		if in[v] == not && table[v] >= 0 {
			table[v] = reject
		}
	}
}

// period rejects the days that are outside the window.
func (p *plan) period(bounds segment.Bounds, w window) {
	first, last := EpochDay(p.firstDay+w.shift), EpochDay(int(bounds.LastDay)+w.shift)
	if w.from <= first && last <= w.to {
		return
	}
	if p.tables[fromDay] == nil {
		p.tables[fromDay] = make([]int64, last-first+1)
	}
	for v := range p.tables[fromDay] {
		if day := first + EpochDay(v); day < w.from || day > w.to {
			p.tables[fromDay][v] = reject
		}
	}
}

// either reports whether base (one of sales) or its twin of returns is needed.
func (p *plan) either(base Base) bool { return p.needs[base] || p.needs[int(base)+perKind] }

// key returns the key of a cell in dimension dim.
func (p *plan) key(cell int64, dim int) string {
	return p.by[dim].keys[cell/p.strides[dim]%int64(len(p.by[dim].keys))]
}

// part returns the contribution of the store of s and whether any of its rows
// can pass.
func (p *plan) part(s *segment.Sales) (int64, bool) {
	if s.Receipts() == 0 {
		return 0, false
	}
	if p.tables[fromDay] != nil {
		passes := false
		for day := int(s.Bounds.FirstDay); day <= int(s.Bounds.LastDay) && !passes; day++ {
			passes = p.tables[fromDay][day-p.firstDay] >= 0
		}
		if !passes {
			return 0, false
		}
	}
	if p.tables[fromStore] == nil {
		return 0, true
	}
	contribution := p.tables[fromStore][p.stores[s.Store]]
	return contribution, contribution >= 0
}

// boundsOf joins the bounds of all sales and checks that they were checked and
// that their stores are known.
func boundsOf(data Data) (segment.Bounds, error) {
	known := map[string]bool{}
	for _, store := range data.Dims.Stores {
		known[store.ID] = true
	}
	all := segment.Bounds{Till: -1, Cashier: -1, Product: -1, CustomerKey: -1}
	for _, s := range data.Sales {
		b := s.Bounds
		if !b.Checked || !known[s.Store] {
			return all, errcode.New(errcode.Internal, "cube.New",
				fmt.Errorf("sales of store %s, %s: not checked or of an unknown store", s.Store, s.Month))
		}
		if s.Receipts() == 0 {
			continue
		}
		if !all.Checked || b.FirstDay < all.FirstDay {
			all.FirstDay = b.FirstDay
		}
		all.LastDay = max(all.LastDay, b.LastDay)
		all.Till, all.Cashier = max(all.Till, b.Till), max(all.Cashier, b.Cashier)
		all.Product, all.CustomerKey = max(all.Product, b.Product), max(all.CustomerKey, b.CustomerKey)
		all.Checked = true
	}
	return all, nil
}
