// Package cohort follows groups of customers who began in the same period.
package cohort

// Triangle counts customers: Counts[c][k] of those whose first period is c were
// active k periods later. Counts[c][0] is the cohort's size.
type Triangle struct {
	Counts [][]int
}

// New returns an empty triangle over a number of periods.
func New(periods int) *Triangle {
	t := &Triangle{Counts: make([][]int, periods)}
	for c := range t.Counts {
		t.Counts[c] = make([]int, periods-c)
	}
	return t
}

// Add counts one customer by the numbers of the periods in which he was
// active, ascending and not empty.
func (t *Triangle) Add(periods []int) {
	row := t.Counts[periods[0]]
	for _, p := range periods {
		row[p-periods[0]]++
	}
}
