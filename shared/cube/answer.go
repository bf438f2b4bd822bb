package cube

import (
	"cmp"
	"slices"
	"strconv"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
)

// executor collects bases. Whatever it works on, answer makes the Result, so
// that two executors can only differ in what they counted.
type executor interface {
	// span returns the first and last business date of the data.
	span() (from, to EpochDay, ok bool)
	// pass collects the bases of every cell that has facts in a window.
	pass(w window) (*pass, error)
	// key returns the key of a cell in the query's dimension number dim.
	// Cells are numbered in the order of their keys.
	key(cell int64, dim int) string
	// Name returns the name of a key.
	Name(id DimID, key string) (catalogue.Text, bool)
	// office returns what a comparison with the plan needs.
	office() (Office, error)
	// expect says, before the first pass, that there are cells with these keys
	// too, of stores and employees that sold and of days in the window.
	expect(keys [][]string)
	// cell returns the number of a cell that was expected.
	cell(keys []string) int64
	// ask answers another query over the same facts.
	ask(q Query) (*Result, error)
}

// window is what one pass looks at: the facts whose business date, moved shift
// days forward, is from … to.
type window struct {
	q        Query
	from, to EpochDay
	shift    int
	ahead    int      // largest shift of all passes
	margin   int      // days before and after the data that have keys too
	keep     *cellSet // nil: all cells
}

// until is the hour from which on facts of the window's last day do not count;
// 0: all do.
func (w window) until() int {
	if w.shift == 0 {
		return 0
	}
	return w.q.Until
}

// pass is what an executor collected.
type pass struct {
	cells []int64
	bases [][Bases]int64 // of each cell
	total [Bases]int64   // of all cells together
	// receiptsAdd says that no receipt is in two cells.
	receiptsAdd bool
}

// cellSet is a set of cells.
type cellSet struct {
	dense  []bool
	sparse map[int64]bool
}

const cellSetDense = 1 << 22

func newCellSet(cells []cell) *cellSet {
	var top int64
	for _, c := range cells {
		top = max(top, c.n)
	}
	s := &cellSet{}
	if top < cellSetDense {
		s.dense = make([]bool, top+1)
		for _, c := range cells {
			s.dense[c.n] = true
		}
		return s
	}
	s.sparse = make(map[int64]bool, len(cells))
	for _, c := range cells {
		s.sparse[c.n] = true
	}
	return s
}

func (s *cellSet) has(cell int64) bool {
	if s.sparse != nil {
		return s.sparse[cell]
	}
	return cell < int64(len(s.dense)) && s.dense[cell]
}

// cell is a row in the making.
type cell struct {
	n           int64
	now, before *[Bases]int64
	plan        *planned // nil: none, or no comparison with it
}

// YearShift is how many days before LastYear is: the same weekdays.
const YearShift = 364

var nothing [Bases]int64

// answer makes the Result of a valid query.
func answer(e executor, q Query) (*Result, error) {
	r := &Result{By: q.By, Measures: q.Measures, Rows: []Row{}, Names: []map[string]catalogue.Text{}}
	if r.By == nil {
		r.By = []DimID{}
	}
	w, ok, err := newWindow(e, q)
	if err != nil {
		return nil, err
	}
	measures := make([]Measure, len(q.Measures))
	for i, id := range q.Measures {
		measures[i], _ = q.measureOf(id)
	}
	if !ok {
		r.Total = makeRow(measures, cell{now: &nothing}, []string{})
		return r, nil
	}
	r.From, r.To = w.from.String(), w.to.String()
	var plan *target
	if q.Compare == Plan {
		if plan, err = targetOf(e, w); err != nil {
			return nil, err
		}
		e.expect(plan.tuples())
	}
	now, before, err := passes(e, w)
	if err != nil {
		return nil, err
	}
	total := cell{now: &now.total}
	if plan != nil {
		total.plan = &plan.total
		r.Before = &Period{From: r.From, To: r.To}
	}
	if before != nil {
		total.before = &before.total
		from, to := w.from-EpochDay(w.ahead), w.to-EpochDay(w.ahead)
		r.Before = &Period{From: from.String(), To: to.String()}
	}
	r.Total = makeRow(measures, total, []string{})
	cells := join(now, before)
	if plan != nil {
		cells = plan.lay(cells)
	}
	sortCells(cells, q, measures, e)
	limit := q.Limit
	if limit == 0 && len(cells) > RowsMax {
		return nil, errcode.New(errcode.DataLimit, "cube.Run", nil).With("limit", strconv.Itoa(RowsMax))
	}
	if limit > 0 && len(cells) > limit {
		if q.Rest {
			rest, err := restOf(e, w, cells[limit:], now.receiptsAdd && (before == nil || before.receiptsAdd))
			if err != nil {
				return nil, err
			}
			row := makeRow(measures, rest, []string{})
			r.Rest, r.RestOf = &row, len(cells)-limit
		}
		cells = cells[:limit]
	}
	if len(q.By) > 0 {
		fill(r, e, measures, cells)
	}
	return r, nil
}

// newWindow resolves the period of q. It is not ok when there is no data.
func newWindow(e executor, q Query) (w window, ok bool, err error) {
	w.q = q
	w.from, w.to, ok = e.span()
	if !ok {
		return w, false, nil
	}
	if q.From != "" {
		if w.from, err = ParseDay(q.From); err != nil {
			return w, false, err
		}
	}
	if q.To != "" {
		if w.to, err = ParseDay(q.To); err != nil {
			return w, false, err
		}
	}
	switch q.Compare {
	case Previous:
		w.ahead = int(w.to-w.from) + 1
		if q.Earlier != "" {
			earlier, err := ParseDay(q.Earlier)
			if err != nil {
				return w, false, err
			}
			w.ahead = int(w.from - earlier)
		}
	case LastYear:
		w.ahead = YearShift
	case Plan:
		first, last, _ := e.span()
		w.margin = max(0, int(first-w.from), int(w.to-last))
	}
	return w, true, nil
}

// passes collects the window and, when there is a comparison, the one before.
func passes(e executor, w window) (now, before *pass, err error) {
	if now, err = e.pass(w); err != nil || w.ahead == 0 {
		return now, nil, err
	}
	w.shift = w.ahead
	before, err = e.pass(w)
	return now, before, err
}

// join puts the cells of two passes together.
func join(now, before *pass) []cell {
	cells := make([]cell, len(now.cells))
	for i, n := range now.cells {
		cells[i] = cell{n: n, now: &now.bases[i]}
	}
	if before == nil {
		return cells
	}
	at := make(map[int64]int, len(cells))
	for i := range cells {
		cells[i].before = &nothing
		at[cells[i].n] = i
	}
	for i, n := range before.cells {
		if have, ok := at[n]; ok {
			cells[have].before = &before.bases[i]
		} else {
			cells = append(cells, cell{n: n, now: &nothing, before: &before.bases[i]})
		}
	}
	return cells
}

// restOf makes one cell of many. What is counted distinctly is counted again,
// unless receiptsAdd says that adding is right and nothing else is asked for.
func restOf(e executor, w window, cells []cell, receiptsAdd bool) (cell, error) {
	distinct := false
	for _, id := range w.q.Measures {
		m, _ := w.q.measureOf(id)
		for _, t := range slices.Concat(m.Num, m.Den) {
			switch {
			case t.Base == Buyers:
				distinct = true
			case t.Base.ofReceipt():
				distinct = distinct || !receiptsAdd
			}
		}
	}
	if distinct {
		w.keep = newCellSet(cells)
		now, before, err := passes(e, w)
		if err != nil {
			return cell{}, err
		}
		rest := cell{now: &now.total, plan: planOf(cells)}
		if before != nil {
			rest.before = &before.total
		}
		return rest, nil
	}
	rest := cell{now: &[Bases]int64{}, plan: planOf(cells)}
	if w.ahead > 0 {
		rest.before = &[Bases]int64{}
	}
	for _, c := range cells {
		for b := range Bases {
			rest.now[b] += c.now[b]
			if rest.before != nil {
				rest.before[b] += c.before[b]
			}
		}
	}
	return rest, nil
}

// fill makes the rows and their names.
func fill(r *Result, e executor, measures []Measure, cells []cell) {
	named := make([]bool, len(r.By))
	for i, id := range r.By {
		dim, _ := DimOf(id)
		named[i] = dim.Named
		r.Names = append(r.Names, nil)
		if dim.Named {
			r.Names[i] = make(map[string]catalogue.Text, len(cells))
		}
	}
	r.Rows = make([]Row, len(cells))
	sides := 1
	if r.Before != nil {
		sides = 2
	}
	texts := make([]string, len(cells)*len(r.By))
	values := make([]Value, sides*len(cells)*len(measures))
	for n, c := range cells {
		row := &r.Rows[n]
		row.Keys, texts = texts[:len(r.By):len(r.By)], texts[len(r.By):]
		for i, id := range r.By {
			row.Keys[i] = e.key(c.n, i)
			if !named[i] {
				continue
			}
			if name, ok := e.Name(id, row.Keys[i]); ok {
				r.Names[i][row.Keys[i]] = name
			}
		}
		row.Values, values = takeValues(measures, c.nowOf, values)
		if sides == 2 {
			row.Before, values = takeValues(measures, c.beforeOf, values)
		}
	}
}

// takeValues computes the measures into the beginning of space and returns
// them and what is left of it.
func takeValues(measures []Measure, of func(*Measure) Value, space []Value) (values, left []Value) {
	values, left = space[:len(measures):len(measures)], space[len(measures):]
	for i := range measures {
		values[i] = of(&measures[i])
	}
	return values, left
}

func (c *cell) nowOf(m *Measure) Value { return m.Of(c.now) }

// beforeOf returns what the measure is compared with.
func (c *cell) beforeOf(m *Measure) Value {
	if c.plan == nil {
		return m.Of(c.before)
	}
	if m.compute != nil {
		return m.compute(func(part *Measure) Value { return c.plan.of(part.ID) })
	}
	return c.plan.of(m.ID)
}

func makeRow(measures []Measure, c cell, keys []string) Row {
	row := Row{Keys: keys}
	row.Values, _ = takeValues(measures, c.nowOf, make([]Value, len(measures)))
	if c.before != nil || c.plan != nil {
		row.Before, _ = takeValues(measures, c.beforeOf, make([]Value, len(measures)))
	}
	return row
}

// Natural compares keys as people order them: runs of digits by their number,
// the rest by bytes, so that store 3 comes before store 12.
func Natural(a, b string) int {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		if isDigit(a[i]) && isDigit(b[j]) {
			x, y := digits(a, i), digits(b, j)
			if order := compareDigits(a[i:x], b[j:y]); order != 0 {
				return order
			}
			i, j = x, y
			continue
		}
		if a[i] != b[j] {
			return cmp.Compare(a[i], b[j])
		}
		i, j = i+1, j+1
	}
	if order := cmp.Compare(len(a)-i, len(b)-j); order != 0 {
		return order
	}
	return cmp.Compare(a, b) // 007 and 7
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func digits(s string, from int) int {
	for from < len(s) && isDigit(s[from]) {
		from++
	}
	return from
}

func compareDigits(a, b string) int {
	for len(a) > 1 && a[0] == '0' {
		a = a[1:]
	}
	for len(b) > 1 && b[0] == '0' {
		b = b[1:]
	}
	if order := cmp.Compare(len(a), len(b)); order != 0 {
		return order
	}
	return cmp.Compare(a, b)
}
