package cube

import (
	"cmp"
	"slices"
)

// sortable is a cell with the values that it is sorted by.
type sortable struct {
	n     int64
	index int32
	first Value
	more  []Value
}

// sortCells puts cells into the order that q asks for, then that of their keys.
func sortCells(cells []cell, q Query, measures []Measure, e executor) {
	if len(q.Sort) == 0 {
		slices.SortFunc(cells, func(a, b cell) int { return cmp.Compare(a.n, b.n) })
		return
	}
	if len(q.Sort) == 1 && q.Sort[0].Measure != "" {
		sortByValue(cells, measures[slices.Index(q.Measures, q.Sort[0].Measure)], q.Sort[0])
		return
	}
	list := make([]sortable, len(cells))
	for i, c := range cells {
		list[i] = sortable{n: c.n, index: int32(i)}
		for k, s := range q.Sort {
			var v Value
			if s.Measure != "" {
				v = sortValue(measures[slices.Index(q.Measures, s.Measure)], s, c)
			}
			if k == 0 {
				list[i].first = v
			} else {
				list[i].more = append(list[i].more, v)
			}
		}
	}
	slices.SortFunc(list, func(a, b sortable) int {
		if order := compareBy(a.n, b.n, a.first, b.first, q, q.Sort[0], e); order != 0 {
			return order
		}
		for k, s := range q.Sort[1:] {
			if order := compareBy(a.n, b.n, a.more[k], b.more[k], q, s, e); order != 0 {
				return order
			}
		}
		return cmp.Compare(a.n, b.n)
	})
	sorted := make([]cell, len(cells))
	for i := range list {
		sorted[i] = cells[list[i].index]
	}
	copy(cells, sorted)
}

// sortByValue is sortCells by one measure, which most reports ask for: the order
// is that of two numbers.
func sortByValue(cells []cell, m Measure, s Sort) {
	type valued struct {
		nothing bool
		v, n    int64
		index   int32
	}
	list := make([]valued, len(cells))
	for i, c := range cells {
		value := sortValue(m, s, c)
		list[i] = valued{!value.OK, value.N, c.n, int32(i)}
		if s.Desc {
			list[i].v = -value.N
		}
	}
	slices.SortFunc(list, func(a, b valued) int {
		switch {
		case a.nothing != b.nothing && b.nothing, a.nothing == b.nothing && a.v < b.v:
			return -1
		case a.nothing != b.nothing, a.v > b.v:
			return 1
		}
		return cmp.Compare(a.n, b.n)
	})
	sorted := make([]cell, len(cells))
	for i := range list {
		sorted[i] = cells[list[i].index]
	}
	copy(cells, sorted)
}

// compareBy compares cells m and n by one of the query's sorts, x and y being
// their values. Nothing comes last, whatever the direction.
func compareBy(m, n int64, x, y Value, q Query, s Sort, e executor) int {
	var order int
	switch {
	case s.Dim != "":
		dim := slices.Index(q.By, s.Dim)
		order = Natural(e.key(m, dim), e.key(n, dim))
	case x.OK != y.OK && x.OK:
		return -1
	case x.OK != y.OK:
		return 1
	case x.N < y.N:
		order = -1
	case x.N > y.N:
		order = 1
	}
	if s.Desc {
		return -order
	}
	return order
}

func sortValue(m Measure, s Sort, c cell) Value {
	now := m.Of(c.now)
	if !s.Change {
		return now
	}
	before := c.beforeOf(&m)
	if !now.OK || !before.OK {
		return Value{}
	}
	return Some(now.N - before.N)
}
