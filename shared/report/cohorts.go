package report

import (
	"context"

	"tillsight/shared/cube"
	"tillsight/shared/mining/cohort"
)

// months is how many months the reports by month show.
const months = 13

// BaseRequest asks for the customers of the months up to a date. All purchases
// before it count, since whoever bought earlier is not new.
type BaseRequest struct {
	To    string        `json:"to"`
	Where []cube.Filter `json:"where,omitempty"`
}

// Span implements the period that must be at hand.
func (r BaseRequest) Span() (from, to string) { return "", r.To }

// Cohorts follows customers by the month of their first purchase.
type Cohorts struct {
	To    string   `json:"to"`
	Whole bool     `json:"whole"` // the last month is over
	Rows  []Cohort `json:"rows"`  // oldest first
}

// Cohort is the customers who bought first in a month. Counts[k] of them bought
// k months later too, for Revenue[k].
type Cohort struct {
	Month   string  `json:"month"`
	Since   bool    `json:"since"` // the data begin here: older customers are among them
	Counts  []int   `json:"counts"`
	Revenue []int64 `json:"revenue"`
}

// CohortsOf answers r.
func CohortsOf(ctx context.Context, c *cube.Cube, r BaseRequest) (*Cohorts, error) {
	m, err := c.Matrix(ctx, cube.Slice{To: r.To, Where: r.Where}, cube.Customer, cube.Month)
	if err != nil {
		return nil, err
	}
	a, err := c.Activity(ctx, cube.Slice{To: r.To, Where: r.Where}, cube.Month)
	if err != nil {
		return nil, err
	}
	last := columnOf(a.Periods, r.To)
	t := cohort.New(len(a.Periods))
	first := map[string]int{}
	a.Each(func(key int32, periods []int) {
		t.Add(periods)
		first[c.CustomerID(key)] = periods[0]
	})
	revenue := make([][]int64, len(a.Periods))
	for i := range revenue {
		revenue[i] = make([]int64, len(a.Periods)-i)
	}
	for i, net := range m.Net {
		customer, at := m.Rows[m.Row[i]], int(m.Column[i])
		if began, ok := first[customer]; ok && customer != "" && at >= began {
			revenue[began][at-began] += net
		}
	}
	out := &Cohorts{To: r.To, Whole: whole(r.To), Rows: []Cohort{}}
	for i := max(0, last-months+1); i <= last; i++ {
		if len(t.Counts[i]) == 0 || t.Counts[i][0] == 0 {
			continue
		}
		out.Rows = append(out.Rows, Cohort{
			Month: a.Periods[i], Since: i == 0, Counts: t.Counts[i][:last-i+1], Revenue: revenue[i][:last-i+1],
		})
	}
	return out, nil
}

// columnOf is the number of the last month up to a date; −1 when there is none.
func columnOf(periods []string, to string) int {
	last := -1
	for i, period := range periods {
		if to == "" || period <= to[:len("2006-01")] {
			last = i
		}
	}
	return last
}

// whole reports whether date is the last of its month.
func whole(date string) bool {
	day, err := cube.ParseDay(date)
	return err == nil && (day+1).Key(cube.Month) != day.Key(cube.Month)
}

// Base is the active customer base month by month.
type Base struct {
	To     string      `json:"to"`
	Whole  bool        `json:"whole"` // the last month is over
	Months []BaseMonth `json:"months"`
	// Gap is the median number of days between two days of purchase of a
	// customer, over Gaps of them; 0 when there are none.
	Gap  int `json:"gap"`
	Gaps int `json:"gaps"`
}

// BaseMonth is the customers of a month.
type BaseMonth struct {
	Month string `json:"month"`
	Since bool   `json:"since"` // the data begin here: everybody looks new
	cohort.Period
}

// BaseOf answers r.
func BaseOf(ctx context.Context, c *cube.Cube, r BaseRequest) (*Base, error) {
	s := cube.Slice{To: r.To, Where: r.Where}
	a, err := c.Activity(ctx, s, cube.Month)
	if err != nil {
		return nil, err
	}
	days, err := c.Activity(ctx, s, cube.Day)
	if err != nil {
		return nil, err
	}
	b := cohort.NewBase(len(a.Periods))
	a.Each(func(_ int32, periods []int) { b.Add(periods) })
	out := &Base{To: r.To, Whole: whole(r.To), Months: []BaseMonth{}}
	last := columnOf(a.Periods, r.To)
	for i := max(0, last-months+1); i <= last; i++ {
		out.Months = append(out.Months, BaseMonth{Month: a.Periods[i], Since: i == 0, Period: b.Periods[i]})
	}
	out.Gap, out.Gaps = median(days)
	return out, nil
}

// median returns the median of the gaps between customers' days of purchase.
func median(days *cube.Activity) (gap, gaps int) {
	counts := make([]int, len(days.Periods)+1)
	days.Each(func(_ int32, at []int) {
		for i := 1; i < len(at); i++ {
			counts[at[i]-at[i-1]]++
			gaps++
		}
	})
	seen := 0
	for gap, n := range counts {
		if seen += n; n > 0 && 2*seen >= gaps {
			return gap, gaps
		}
	}
	return 0, gaps
}
