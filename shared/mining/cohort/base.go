package cohort

// Period is the active customers of a period and how they came and went.
// Active = Kept + New + Returned, and Active less that of the period before is
// New + Returned − Lost.
type Period struct {
	Active   int
	Kept     int // active in the period before too
	New      int // for the first time
	Returned int // before, but not in the period before
	Lost     int // active in the period before, not in this
}

// Base follows the active customer base over periods.
type Base struct {
	Periods []Period
}

// NewBase returns an empty base over a number of periods.
func NewBase(periods int) *Base { return &Base{Periods: make([]Period, periods)} }

// Add counts one customer by the numbers of the periods in which he was active,
// ascending.
func (b *Base) Add(periods []int) {
	for i, p := range periods {
		now := &b.Periods[p]
		now.Active++
		switch {
		case i == 0:
			now.New++
		case periods[i-1] == p-1:
			now.Kept++
		default:
			now.Returned++
		}
		if gone := p + 1; gone < len(b.Periods) && (i+1 == len(periods) || periods[i+1] != gone) {
			b.Periods[gone].Lost++
		}
	}
}
