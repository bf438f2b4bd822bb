package desk

import (
	"slices"
	"time"

	"tillsight/app/i18n"
	"tillsight/shared/cube"
)

// period is a range of business dates that a manager can pick by one press.
type period string

const (
	today      period = "today"
	yesterday  period = "yesterday"
	week       period = "7"
	month      period = "30"
	thisMonth  period = "month"
	lastMonth  period = "last-month"
	quarter    period = "90"
	year       period = "365"
	ownDates   period = "own"
	startsWith        = month
)

// periods in the order in which they are offered.
var periods = []struct {
	period period
	label  *i18n.Message
}{
	{today, i18n.PeriodToday}, {yesterday, i18n.PeriodYester}, {week, i18n.PeriodWeek}, {month, i18n.PeriodMonth},
	{thisMonth, i18n.PeriodThis}, {lastMonth, i18n.PeriodLast}, {quarter, i18n.PeriodQuarter}, {year, i18n.PeriodYear},
}

// filter is what the reports are about. All of them share it, and this browser
// remembers it.
type filter struct {
	Period  period       `json:"period"`
	From    string       `json:"from,omitempty"` // of ownDates
	To      string       `json:"to,omitempty"`
	Compare cube.Compare `json:"compare"`
	Stores  []string     `json:"stores,omitempty"` // none: all
	Goods   []string     `json:"goods,omitempty"`  // departments; none: all
}

func firstFilter() filter { return filter{Period: startsWith, Compare: cube.Previous} }

// dates returns the first and the last business date of the period, at now.
func (f filter) dates(now time.Time) (from, to string) {
	day := func(t time.Time) string { return t.Format(time.DateOnly) }
	back := func(days int) (string, string) { return day(now.AddDate(0, 0, 1-days)), day(now) }
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, now.Location())
	switch f.Period {
	case today:
		return back(1)
	case yesterday:
		return day(now.AddDate(0, 0, -1)), day(now.AddDate(0, 0, -1))
	case week:
		return back(7)
	case thisMonth:
		return day(first), day(now)
	case lastMonth:
		return day(first.AddDate(0, -1, 0)), day(first.AddDate(0, 0, -1))
	case quarter:
		return back(90)
	case year:
		return day(now.AddDate(-1, 0, 1)), day(now)
	case ownDates:
		if validDates(f.From, f.To) {
			return f.From, f.To
		}
	}
	return back(30)
}

// validDates reports whether both are dates in order.
func validDates(from, to string) bool {
	_, errFrom := cube.ParseDay(from)
	_, errTo := cube.ParseDay(to)
	return errFrom == nil && errTo == nil && from <= to
}

// days counts the dates from from to to, both included.
func days(from, to string) int {
	a, errA := cube.ParseDay(from)
	b, errB := cube.ParseDay(to)
	if errA != nil || errB != nil {
		return 0
	}
	return int(b-a) + 1
}

// grain is the step of the course that shows the period best.
func grain(from, to string) cube.DimID {
	switch n := days(from, to); {
	case n <= 1:
		return cube.Hour
	case n <= 100:
		return cube.Day
	case n <= 400:
		return cube.Week
	}
	return cube.Month
}

// where is the filter's conditions.
func (f filter) where() []cube.Filter {
	var list []cube.Filter
	if len(f.Stores) > 0 {
		list = append(list, cube.Filter{Dim: cube.Store, In: f.Stores})
	}
	if len(f.Goods) > 0 {
		list = append(list, cube.Filter{Dim: cube.Department, In: f.Goods})
	}
	return list
}

// toggled returns list without key, or with it.
func toggled(list []string, key string) []string {
	if i := slices.Index(list, key); i >= 0 {
		return slices.Delete(slices.Clone(list), i, i+1)
	}
	return append(slices.Clone(list), key)
}

// narrowed reports whether anything but the period is set.
func (f filter) narrowed() bool { return len(f.Stores)+len(f.Goods) > 0 }

// Questions of the overview.
const (
	askTotal    = "total"
	askCourse   = "course"
	askHeat     = "heat"
	askStores   = "stores"
	askProducts = "products"
	askGroups   = "groups"
)

// cards are the measures of the row of numbers, in order.
var cards = []struct {
	id    cube.MeasureID
	label *i18n.Message
}{
	{cube.Revenue, i18n.MeasureRevenue}, {cube.Receipts, i18n.MeasureCount},
	{cube.AverageReceipt, i18n.MeasureAverage}, {cube.ItemsPerReceipt, i18n.MeasureItems},
}

const bestSellers = 10

// queries are the overview's questions.
func (f filter) queries(now time.Time) map[string]cube.Query {
	from, to := f.dates(now)
	var all []cube.MeasureID
	for _, card := range cards {
		all = append(all, card.id)
	}
	base := cube.Query{From: from, To: to, Where: f.where(), Compare: f.Compare}
	ask := func(measures []cube.MeasureID, limit int, by ...cube.DimID) cube.Query {
		q := base
		q.Measures, q.By = measures, by
		if limit > 0 {
			q.Sort, q.Limit, q.Rest = []cube.Sort{{Measure: cube.Revenue, Desc: true}}, limit, true
		}
		return q
	}
	heat := ask([]cube.MeasureID{cube.Revenue}, 0, cube.Weekday, cube.Hour)
	heat.Compare = cube.NoCompare
	return map[string]cube.Query{
		askTotal:    ask(all, 0),
		askCourse:   ask(all, 0, grain(from, to)),
		askHeat:     heat,
		askStores:   ask([]cube.MeasureID{cube.Revenue, cube.Receipts}, 50, cube.Store),
		askProducts: ask([]cube.MeasureID{cube.Revenue, cube.Units}, bestSellers, cube.Product),
		askGroups:   ask([]cube.MeasureID{cube.Revenue}, 12, cube.Department),
	}
}
