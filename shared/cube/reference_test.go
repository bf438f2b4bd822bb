package cube

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tillsight/shared/catalogue"
	"tillsight/shared/segment"
)

// reference answers queries the slow and obvious way: a map of key tuples,
// looked up once per line, sets of receipts and customers.
type reference struct {
	data  Data
	cube  *Cube // for names only
	cells map[int64][]string
}

// fact is one line with everything known about it.
type fact struct {
	day      EpochDay
	keys     map[DimID]string
	receipt  string
	customer string
	kind     int
	amounts  [7]int64 // net, discount, tax, cost, quantity, net without a cost, discount by hand
	beside   [4]int64 // of the receipt: ms, positions of that, voided lines, positions
}

// told are the keys of the customers of randomData, written by hand.
var told = map[string]map[DimID]string{
	"c1": {Customer: "c1", CustomerGroup: "gold", Sex: "f", Age: "65+", City: "Tver", HomeRegion: "North", HomeStore: "3",
		Household: "5+", Children: "3+", Offers: "no", Segment: " vip "},
	"c2": {Customer: "c2"},
	"c10": {Customer: "c10", CustomerGroup: "gold", Sex: "m", Age: "35-44", City: "Tver", HomeRegion: "North", Income: "low",
		Home: "owner", Household: "4", Children: "3+", Offers: "yes", Segment: " vip new "},
}

func (r *reference) facts(shift int) []fact {
	var list []fact
	d := r.data.Dims
	for _, s := range r.data.Sales {
		store := slices.IndexFunc(d.Stores, func(x segment.Store) bool { return x.ID == s.Store })
		for n := range s.At {
			day := EpochDay(s.Day[n])
			keys := map[DimID]string{
				Hour:    fmt.Sprintf("%02d", s.Hour[n]),
				Weekday: day.Key(Weekday),
				Kind:    []string{KindSale, KindReturn}[s.Kind[n]],
				Store:   s.Store,
				Region:  d.Stores[store].Region,
				Till:    d.Tills[s.Till[n]].ID,
				Cashier: d.Cashiers[s.Cashier[n]].ID,
			}
			day += EpochDay(shift)
			for _, grain := range []DimID{Day, Week, Month, Quarter, Year} {
				keys[grain] = day.Key(grain)
			}
			if c := s.Customer[n]; c >= 0 {
				maps.Copy(keys, told[d.Customers[c].ID])
			}
			for line := s.First[n]; line < s.First[n+1]; line++ {
				f := fact{day: day, keys: map[DimID]string{}, receipt: fmt.Sprint(s.Store, s.Month, n), kind: int(s.Kind[n])}
				for id, key := range keys {
					f.keys[id] = key
				}
				f.customer = f.keys[Customer]
				product := d.Products[s.Product[line]]
				f.keys[Product] = product.SKU
				if product.Category >= 0 {
					path := CategoryPath(d.Categories, int(product.Category))
					f.keys[Department] = d.Categories[path[0]].ID
					f.keys[Group] = d.Categories[path[min(1, len(path)-1)]].ID
					f.keys[Category] = d.Categories[product.Category].ID
				}
				i := int(line)
				f.amounts = [7]int64{s.Line.Net.At(i), s.Line.Discount.At(i), s.Line.Tax.At(i), s.Line.Cost.At(i), s.Line.Quantity.At(i)}
				if f.amounts[3] == 0 {
					f.amounts[5] = f.amounts[0]
				}
				for c, of := range s.Cut.Line {
					if of == line && d.Rules[s.Cut.Rule[c]].ID != "spring" {
						f.amounts[6] += s.Cut.Amount.At(c)
					}
				}
				f.beside = [4]int64{0, 0, int64(s.Voided[n]), int64(s.First[n+1] - s.First[n])}
				if took := int64(s.Took[n]); took >= 1 && took <= 1_800_000 {
					f.beside[0], f.beside[1] = took, f.beside[3]
				}
				list = append(list, f)
			}
		}
	}
	return list
}

func (r *reference) span() (from, to EpochDay, ok bool) {
	for i, f := range r.facts(0) {
		if i == 0 {
			from, to, ok = f.day, f.day, true
		}
		from, to = min(from, f.day), max(to, f.day)
	}
	return from, to, ok
}

func (r *reference) Name(id DimID, key string) (catalogue.Text, bool) { return r.cube.Name(id, key) }

func (r *reference) key(cell int64, dim int) string { return r.cells[cell][dim] }

func (r *reference) office() (Office, error) {
	return Office{
		Plans:     r.data.Dims.Plans,
		Regions:   map[string]string{"3": "North", "12": "South", "2": "North"},
		Employees: map[string]bool{"e1": true, "e2": true},
	}, nil
}

func (r *reference) expect([][]string) {} // list did it

func (r *reference) cell(keys []string) int64 { return r.number(keys) }

func (r *reference) ask(q Query) (*Result, error) { return runReference(r.data, r.cube, q) }

type tally struct {
	bases    [Bases]int64
	receipts map[string]bool
	buyers   map[string]bool
}

func (t *tally) add(f fact) {
	if t.receipts == nil {
		t.receipts, t.buyers = map[string]bool{}, map[string]bool{}
	}
	kind := Base(f.kind * perKind)
	for i, v := range f.amounts {
		t.bases[Base(i)+kind] += v
	}
	t.bases[SaleLines+kind]++
	if !t.receipts[f.receipt] {
		t.receipts[f.receipt] = true
		t.bases[SaleReceipts+kind]++
		for i, v := range f.beside {
			t.bases[SaleTook+Base(i)+kind] += v
		}
		if f.customer != "" {
			t.bases[SaleKnown+kind]++
		}
	}
	if f.customer != "" && f.kind == segment.KindSale && !t.buyers[f.customer] {
		t.buyers[f.customer] = true
		t.bases[Buyers]++
	}
}

func (r *reference) pass(w window) (*pass, error) {
	tallies := map[int64]*tally{}
	all := &tally{}
	for _, f := range r.facts(w.shift) {
		if f.day < w.from || f.day > w.to || !matches(f, w.q.Where) {
			continue
		}
		if f.day == w.to && w.shift > 0 && w.q.Until > 0 && f.keys[Hour] >= fmt.Sprintf("%02d", w.q.Until) {
			continue
		}
		var tuple []string
		for _, id := range w.q.By {
			tuple = append(tuple, f.keys[id])
		}
		n := r.number(tuple)
		if w.keep != nil && !w.keep.has(n) {
			continue
		}
		if tallies[n] == nil {
			tallies[n] = &tally{}
		}
		tallies[n].add(f)
		all.add(f)
	}
	out := &pass{total: all.bases}
	for n, t := range tallies {
		out.cells = append(out.cells, n)
		out.bases = append(out.bases, t.bases)
	}
	return out, nil
}

func matches(f fact, filters []Filter) bool {
	for _, filter := range filters {
		in := slices.Contains(filter.In, f.keys[filter.Dim])
		if filter.Dim == Segment {
			in = slices.ContainsFunc(filter.In, func(id string) bool { return strings.Contains(f.keys[Segment], " "+id+" ") })
		}
		if in == filter.Not {
			return false
		}
	}
	return true
}

// number gives tuples numbers in the natural order of all tuples of the data.
func (r *reference) number(tuple []string) int64 {
	for n, have := range r.cells {
		if slices.Equal(have, tuple) {
			return n
		}
	}
	panic(fmt.Sprintf("tuple %q was not listed", tuple))
}

// list numbers all tuples that q can have.
func (r *reference) list(q Query) {
	_, ahead := EpochDay(0), 0
	if w, ok, err := newWindow(r, q); ok && err == nil {
		ahead = w.ahead
	}
	var tuples [][]string
	for _, shift := range []int{0, ahead} {
		for _, f := range r.facts(shift) {
			var tuple []string
			for _, id := range q.By {
				tuple = append(tuple, f.keys[id])
			}
			tuples = append(tuples, tuple)
		}
	}
	if w, ok, err := newWindow(r, q); ok && err == nil && q.Compare == Plan {
		plan, err := targetOf(r, w)
		if err != nil {
			panic(err)
		}
		tuples = append(tuples, plan.tuples()...)
	}
	slices.SortFunc(tuples, func(a, b []string) int {
		return slices.CompareFunc(a, b, func(x, y string) int { return cmp.Or(Natural(x, y), cmp.Compare(x, y)) })
	})
	r.cells = map[int64][]string{}
	for i, tuple := range slices.CompactFunc(tuples, slices.Equal) {
		r.cells[int64(i)] = tuple
	}
}

func runReference(data Data, cube *Cube, q Query) (*Result, error) {
	r := &reference{data: data, cube: cube}
	r.list(q)
	return answer(r, q)
}
