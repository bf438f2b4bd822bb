package report

import (
	"context"

	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/cohort"
)

// months is how many months the base by month shows.
const months = 13

// BaseRequest asks for the customers of the months up to a date. All purchases
// before it count, since whoever bought earlier is not new.
type BaseRequest struct {
	To    string        `json:"to"`
	Where []cube.Filter `json:"where,omitempty"`
}

// Span implements the period that must be at hand.
func (r BaseRequest) Span() (from, to string) { return "", r.To }

// Base is the active customer base month by month.
type Base struct {
	To     string      `json:"to"`
	Whole  bool        `json:"whole"` // the last month is over
	Months []BaseMonth `json:"months"`
	// Gap is the median number of days between two days of purchase of a
	// customer, over Gaps of them; 0 when there are none. Low and High are the
	// quartiles.
	Gap  int `json:"gap"`
	Low  int `json:"low"`
	High int `json:"high"`
	Gaps int `json:"gaps"`
	// Course counts the gaps of 1, 2, … days; the last number those of as many
	// days or more.
	Course []int `json:"course"`
}

// gapsShown is how many lengths of gaps are counted apart.
const gapsShown = 61

// BaseMonth is the customers of a month.
type BaseMonth struct {
	Month string `json:"month"`
	Since bool   `json:"since"` // the data begin here: everybody looks new
	cohort.Period
	Revenue    int64 `json:"revenue"`     // of known customers
	NewRevenue int64 `json:"new_revenue"` // of those who are new this month
	Receipts   int   `json:"receipts"`
	Repeated   int   `json:"repeated"` // customers with several receipts in the month
}

// NameBase is what BaseOf is asked for by.
var NameBase = define("base", BaseOf)

// BaseOf answers r.
func BaseOf(ctx context.Context, c *cube.Cube, r BaseRequest) (*Base, error) {
	cal, err := periods(c, cube.Month, r.To)
	if err != nil {
		return nil, err
	}
	s := cube.Slice{To: r.To, Where: r.Where}
	a, err := c.Activity(ctx, s, cube.Month)
	if err != nil {
		return nil, err
	}
	days, err := c.Activity(ctx, s, cube.Day)
	if err != nil {
		return nil, err
	}
	n := len(cal.keys)
	b := cohort.NewBase(n)
	began := make([]int, c.CustomerKeys())
	for key := range began {
		began[key] = -1 // only gave something back
	}
	a.Each(func(key int32, periods []int) {
		b.Add(periods)
		began[key] = periods[0]
	})
	all := make([]BaseMonth, n)
	for i := range all {
		all[i] = BaseMonth{Month: cal.keys[i], Since: i == 0, Period: b.Periods[i]}
	}
	if err := addRepeats(ctx, c, s, cal, all, began); err != nil {
		return nil, err
	}
	out := &Base{To: r.To, Whole: cal.whole, Months: all[max(0, n-months):]}
	out.periodicity(days)
	return out, nil
}

// addRepeats adds the amounts of each month and who came several times in it.
func addRepeats(ctx context.Context, c *cube.Cube, s cube.Slice, cal *calendar, all []BaseMonth, began []int) error {
	seen := make([]uint8, len(began)*len(all)) // receipts of a customer in a month, up to two
	return c.Visits(ctx, s, func(v *cube.Visit) {
		at := cal.at(v.Day)
		m := &all[at]
		m.Revenue += v.Net
		if began[v.Customer] == at {
			m.NewRevenue += v.Net
		}
		if v.Return {
			return
		}
		m.Receipts++
		times := &seen[int(v.Customer)*len(all)+at]
		if *times == 1 {
			m.Repeated++
		}
		*times = min(*times+1, 2)
	})
}

// periodicity counts the gaps between customers' days of purchase. An activity by
// day numbers every day of the data.
func (b *Base) periodicity(days *cube.Activity) {
	counts := make([]int, len(days.Periods)+1)
	days.Each(func(_ int32, at []int) {
		for i := 1; i < len(at); i++ {
			counts[at[i]-at[i-1]]++
			b.Gaps++
		}
	})
	b.Course = make([]int, gapsShown)
	seen := 0
	for gap, n := range counts {
		if n == 0 {
			continue
		}
		b.Course[min(gap, gapsShown)-1] += n
		before := seen
		seen += n
		for _, q := range []struct {
			of    *int
			share int
		}{{&b.Low, 1}, {&b.Gap, 2}, {&b.High, 3}} {
			if 4*before < q.share*b.Gaps && 4*seen >= q.share*b.Gaps {
				*q.of = gap
			}
		}
	}
}

// BaseMove is what part of a month's customers a list has.
type BaseMove string

// Parts of a month's base.
const (
	MoveActive   BaseMove = "active"
	MoveKept     BaseMove = "kept"
	MoveNew      BaseMove = "new"
	MoveReturned BaseMove = "returned"
	MoveLost     BaseMove = "lost"
)

// BasePeopleRequest asks for the customers behind a number of Base.
type BasePeopleRequest struct {
	BaseRequest
	Month string   `json:"month"`
	Move  BaseMove `json:"move"`
}

// NameBasePeople is what BasePeople is asked for by.
var NameBasePeople = people("base-people", BasePeople)

// BasePeople lists them. Values are their revenue of the month; of those who
// were lost, that of the month before.
func BasePeople(ctx context.Context, c *cube.Cube, r BasePeopleRequest) ([]Person, error) {
	cal, err := periods(c, cube.Month, r.To)
	if err != nil {
		return nil, err
	}
	month := cal.find(r.Month)
	switch r.Move {
	case MoveActive, MoveKept, MoveNew, MoveReturned, MoveLost:
	default:
		return nil, errcode.New(errcode.BadQuery, "report.BasePeople", nil).With("field", "move").With("value", string(r.Move))
	}
	s := cube.Slice{To: r.To, Where: r.Where}
	a, err := c.Activity(ctx, s, cube.Month)
	if err != nil {
		return nil, err
	}
	in := make([]bool, c.CustomerKeys())
	a.Each(func(key int32, periods []int) { in[key] = moved(periods, month, r.Move) })
	paid := month
	if r.Move == MoveLost {
		paid--
	}
	f, err := gather(ctx, c, s, func(v *cube.Visit) int64 {
		if cal.at(v.Day) == paid {
			return v.Net
		}
		return 0
	})
	if err != nil {
		return nil, err
	}
	return f.people(c, r.To, func(key int) bool { return in[key] })
}

// moved reports whether somebody who was active in these months, ascending, is
// part of what move names in month.
func moved(periods []int, month int, move BaseMove) bool {
	now, before := false, false
	for _, p := range periods {
		now, before = now || p == month, before || p == month-1
	}
	switch move {
	case MoveActive:
		return now
	case MoveKept:
		return now && before
	case MoveNew:
		return periods[0] == month
	case MoveReturned:
		return now && !before && periods[0] != month
	}
	return !now && before
}
