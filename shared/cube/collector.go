package cube

import (
	"cmp"
	"slices"
	"strings"

	"tillsight/shared/catalogue"
)

// Collector counts facts in another engine than columns, for RunOn.
type Collector interface {
	// Span returns the first and last business date; not ok when there is no sale.
	Span() (from, to EpochDay, ok bool, err error)
	// Collect returns the bases of each combination of keys that has facts, and
	// those of all facts together.
	Collect(a Ask) (rows []Collected, total [Bases]int64, err error)
	// Names returns the names of the keys of a dimension that has some.
	Names(id DimID) (map[string]catalogue.Text, error)
	// Office returns what a comparison with the plan needs.
	Office() (Office, error)
}

// Ask says what to count.
type Ask struct {
	By       []DimID
	Where    []Filter
	From, To EpochDay // of the date moved Shift days forward
	// Shift moves dates forward before they are compared and turned into the
	// keys of time, so that a compared period falls on the one it is compared
	// with. The weekday is that of the real date.
	Shift int
	// Until leaves out what was sold on the last day in this hour or later; 0: nothing.
	Until int
	// Except leaves out facts with one of these combinations of keys.
	Except [][]string
	// Needs says which bases matter; the others may be anything.
	Needs [Bases]bool
}

// Collected is the figures of one combination of keys.
type Collected struct {
	Keys  []string
	Bases [Bases]int64
}

// Lines reports whether lines of one receipt may fall into different rows of a, or out.
func (a Ask) Lines() bool {
	for _, id := range a.By {
		if dim, _ := DimOf(id); dim.Line {
			return true
		}
	}
	for _, f := range a.Where {
		if dim, _ := DimOf(f.Dim); dim.Line {
			return true
		}
	}
	return false
}

// RunOn answers q with what c counts: the same Result as Cube.Run over the same facts.
func RunOn(c Collector, q Query) (*Result, error) {
	if err := q.Validate(); err != nil {
		return nil, err
	}
	x := &collected{c: c, q: q, asked: map[int]*pass{}, names: map[DimID]map[string]catalogue.Text{}}
	var err error
	if x.first, x.last, x.any, err = c.Span(); err != nil {
		return nil, err
	}
	for _, id := range q.By {
		if dim, _ := DimOf(id); !dim.Named {
			continue
		}
		if x.names[id], err = c.Names(id); err != nil {
			return nil, err
		}
	}
	return answer(x, q)
}

// collected is the executor of one query over a Collector. Cells are numbers of
// the combinations of keys that occur in any of the query's passes.
type collected struct {
	c           Collector
	q           Query
	first, last EpochDay
	any         bool
	names       map[DimID]map[string]catalogue.Text
	tuples      [][]string
	asked       map[int]*pass // by shift
}

// office implements executor.
func (x *collected) office() (Office, error) { return x.c.Office() }

// expect implements executor.
func (x *collected) expect(keys [][]string) { x.tuples = append(x.tuples, keys...) }

// cell implements executor.
func (x *collected) cell(keys []string) int64 {
	n, _ := slices.BinarySearchFunc(x.tuples, keys, compareKeys)
	return int64(n)
}

// ask implements executor.
func (x *collected) ask(q Query) (*Result, error) { return RunOn(x.c, q) }

// span implements executor.
func (x *collected) span() (from, to EpochDay, ok bool) { return x.first, x.last, x.any }

// key implements executor.
func (x *collected) key(cell int64, dim int) string { return x.tuples[cell][dim] }

// Name implements executor.
func (x *collected) Name(id DimID, key string) (catalogue.Text, bool) {
	name, ok := x.names[id][key]
	return name, ok && key != "" && name != (catalogue.Text{})
}

// pass implements executor.
func (x *collected) pass(w window) (*pass, error) {
	ask := Ask{By: x.q.By, Where: x.q.Where, From: w.from, To: w.to, Shift: w.shift, Until: w.until(), Needs: x.q.needs()}
	if w.keep != nil {
		for n, tuple := range x.tuples {
			if !w.keep.has(int64(n)) {
				ask.Except = append(ask.Except, tuple)
			}
		}
		_, total, err := x.c.Collect(ask)
		return &pass{total: total}, err
	}
	if x.asked[w.shift] == nil {
		windows := []window{w}
		if w.ahead > 0 {
			before := w
			before.shift = w.ahead
			windows = append(windows, before)
		}
		if err := x.collect(ask, windows); err != nil {
			return nil, err
		}
	}
	return x.asked[w.shift], nil
}

// collect makes the passes of all windows and numbers their combinations of keys.
func (x *collected) collect(ask Ask, windows []window) error {
	rows := make([][]Collected, len(windows))
	for i, w := range windows {
		ask.Shift, ask.Until = w.shift, w.until()
		p := &pass{receiptsAdd: !ask.Lines()}
		var err error
		if rows[i], p.total, err = x.c.Collect(ask); err != nil {
			return err
		}
		x.asked[w.shift] = p
		for _, row := range rows[i] {
			x.tuples = append(x.tuples, row.Keys)
		}
	}
	slices.SortFunc(x.tuples, compareKeys)
	x.tuples = slices.CompactFunc(x.tuples, slices.Equal)
	numbers := make(map[string]int64, len(x.tuples))
	for n, tuple := range x.tuples {
		numbers[joined(tuple)] = int64(n)
	}
	for i, w := range windows {
		p := x.asked[w.shift]
		for _, row := range rows[i] {
			p.cells = append(p.cells, numbers[joined(row.Keys)])
			p.bases = append(p.bases, row.Bases)
		}
	}
	return nil
}

// compareKeys compares combinations of keys in their order.
func compareKeys(a, b []string) int {
	return slices.CompareFunc(a, b, func(x, y string) int { return cmp.Or(Natural(x, y), cmp.Compare(x, y)) })
}

// joined makes one text of a combination of keys.
func joined(keys []string) string { return strings.Join(keys, "\x00") }

// needs marks the bases that the query's measures are made of.
func (q Query) needs() (need [Bases]bool) {
	for _, id := range q.Measures {
		m, _ := q.measureOf(id)
		for _, sum := range []Sum{m.Num, m.Den} {
			for _, t := range sum {
				need[t.Base] = true
			}
		}
	}
	return need
}
