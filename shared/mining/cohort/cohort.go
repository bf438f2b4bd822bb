// Package cohort follows groups of customers who began in the same period.
package cohort

// Triangle counts customers: Counts[c][k] of those who began in period c were
// active k periods later.
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

// Add counts one customer of the cohort that began in a period, by the numbers
// of the periods in which he was active; those before do not count.
func (t *Triangle) Add(began int, periods []int) {
	row := t.Counts[began]
	for _, p := range periods {
		if p >= began {
			row[p-began]++
		}
	}
}
