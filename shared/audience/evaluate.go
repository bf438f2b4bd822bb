package audience

import "slices"

// Column is the values of one comparison's field for a row of customers. A
// customer without a value (no birthday is known, nothing was bought) fulfils no
// comparison of it, but for NotIn.
type Column struct {
	N     []int64  // numbers and money; truths as 0 and 1
	Text  []string // texts
	Any   []bool   // sets: whether any of the comparison's values is in it
	Known []bool   // nil: all are
}

func (c Column) known(i int) bool { return c.Known == nil || c.Known[i] }

// holds reports whether comparison l is true of customer i.
func (l Condition) holds(c Column, i int) bool {
	d, _ := FieldOf(l.Field)
	switch d.Kind {
	case Set:
		return c.Any[i] == (l.Op == In)
	case Text:
		return (c.known(i) && slices.Contains(l.Text, c.Text[i])) == (l.Op == In)
	case Truth:
		return c.known(i) && (c.N[i] != 0) == *l.Yes
	}
	if !c.known(i) {
		return false
	}
	switch l.Op {
	case Least:
		return c.N[i] >= *l.N
	case Most:
		return c.N[i] <= *l.N
	}
	return c.N[i] == *l.N
}

// Evaluate answers a condition for n customers. columns are those of Leaves.
func (w Condition) Evaluate(n int, columns []Column) []bool {
	next := 0
	return w.evaluate(n, columns, &next)
}

func (w Condition) evaluate(n int, columns []Column, next *int) []bool {
	in := make([]bool, n)
	switch {
	case w.Field != "":
		column := columns[*next]
		*next++
		for i := range in {
			in[i] = w.holds(column, i)
		}
	case w.Not != nil:
		for i, is := range w.Not.evaluate(n, columns, next) {
			in[i] = !is
		}
	default:
		all := len(w.All) > 0
		for i := range in {
			in[i] = all
		}
		for _, part := range append(slices.Clone(w.All), w.Any...) {
			for i, is := range part.evaluate(n, columns, next) {
				if all {
					in[i] = in[i] && is
				} else {
					in[i] = in[i] || is
				}
			}
		}
	}
	return in
}

// Why returns what customer i had in each comparison.
func Why(leaves []Condition, columns []Column, i int) (list []Value) {
	for n, l := range leaves {
		v := Value{Field: l.Field, Days: l.Days}
		c := columns[n]
		switch d, _ := FieldOf(l.Field); {
		case d.Kind == Set:
			held := int64(0)
			if c.Any[i] {
				held = 1
			}
			v.N = &held
		case !c.known(i):
		case d.Kind == Text:
			v.Text = c.Text[i]
		default:
			value := c.N[i]
			v.N = &value
		}
		list = append(list, v)
	}
	return list
}
