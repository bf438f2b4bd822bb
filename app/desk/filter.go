package desk

import (
	"net/url"
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

// comparison is one that is offered.
type comparison struct {
	compare cube.Compare
	label   *i18n.Message
}

// compares are the comparisons in the order in which they are offered.
var compares = []comparison{{cube.Previous, i18n.ComparePrev}, {cube.LastYear, i18n.CompareYear}, {cube.Plan, i18n.ComparePlan}, {cube.NoCompare, i18n.CompareNone}}

// filter is what the reports are about. All of them share it, this browser
// remembers it, and an address can carry it.
type filter struct {
	Period  period        `json:"period"`
	From    string        `json:"from,omitempty"` // of ownDates
	To      string        `json:"to,omitempty"`
	Compare cube.Compare  `json:"compare"`
	Where   []cube.Filter `json:"where,omitempty"` // one for a dimension, in the order of facets
}

// facet is a dimension that the filter offers.
type facet struct {
	dim  cube.DimID
	menu string // the button below which it is
	name *i18n.Message
	say  *i18n.Message // the condition in words
}

// Menus of facets.
const (
	menuStores = "stores"
	menuPeople = "people"
	menuGoods  = "goods"
	menuMore   = "more"
)

// facets are the dimensions that the filter offers, in order.
var facets = []facet{
	{cube.Store, menuStores, i18n.FilterStores, i18n.DrillStore},
	{cube.Region, menuStores, i18n.FacetRegion, i18n.FacetIsRegion},
	{cube.Segment, menuPeople, i18n.FacetSegment, i18n.DrillSegment},
	{cube.CustomerGroup, menuPeople, i18n.FacetGroup, i18n.FacetIsGroup},
	{cube.Sex, menuPeople, i18n.FacetSex, i18n.FacetIsSex},
	{cube.Age, menuPeople, i18n.FacetAge, i18n.FacetIsAge},
	{cube.City, menuPeople, i18n.FacetCity, i18n.FacetIsCity},
	{cube.Department, menuGoods, i18n.FacetDepartment, i18n.DrillGoods},
	{cube.Group, menuGoods, i18n.FacetPart, i18n.DrillGoods},
	{cube.Category, menuGoods, i18n.FacetCategory, i18n.DrillGoods},
	{cube.Product, menuGoods, i18n.FacetProduct, i18n.DrillProduct},
	{cube.Cashier, menuMore, i18n.FacetCashier, i18n.FacetIsCashier},
	{cube.Weekday, menuMore, i18n.FacetWeekday, i18n.DrillWeekday},
	{cube.Hour, menuMore, i18n.FacetHour, i18n.DrillHour},
	{cube.Kind, menuMore, i18n.FacetKind, i18n.FacetIsKind},
}

// facetOf returns the facet of a dimension.
func facetOf(dim cube.DimID) (facet, bool) {
	i := slices.IndexFunc(facets, func(f facet) bool { return f.dim == dim })
	if i < 0 {
		return facet{}, false
	}
	return facets[i], true
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

// earlier is where the compared period begins when that is not right before:
// the month so far is compared with the same days of the month before.
func (f filter) earlier(now time.Time) string {
	if f.Compare != cube.Previous || f.Period != thisMonth {
		return ""
	}
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	before := first.AddDate(0, -1, 0)
	if before.AddDate(0, 0, now.Day()).After(first) {
		return "" // the month before is shorter
	}
	return before.Format(time.DateOnly)
}

// until is the hour before which the compared days count, 0 for all of them: a
// day that is not over is compared with the same part of another.
func (f filter) until(now time.Time) int {
	from, to := f.dates(now)
	if f.Compare != cube.Previous && f.Compare != cube.LastYear || from != to || to != now.Format(time.DateOnly) {
		return 0
	}
	return max(1, now.Hour()+(now.Minute()+30)/60)
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
func (f filter) where() []cube.Filter { return slices.Clone(f.Where) }

// keys are those that a dimension is limited to; none: it is not.
func (f filter) keys(dim cube.DimID) []string {
	for _, c := range f.Where {
		if c.Dim == dim {
			return c.In
		}
	}
	return nil
}

// set limits a dimension to keys, or frees it when there are none.
func (f *filter) set(dim cube.DimID, keys []string) {
	var list []cube.Filter
	for _, facet := range facets {
		in := f.keys(facet.dim)
		if facet.dim == dim {
			in = keys
		}
		if len(in) > 0 {
			list = append(list, cube.Filter{Dim: facet.dim, In: in})
		}
	}
	f.Where = list
}

// toggle takes a key in or out.
func (f *filter) toggle(dim cube.DimID, key string) { f.set(dim, toggled(f.keys(dim), key)) }

// toggled returns list without key, or with it.
func toggled(list []string, key string) []string {
	if i := slices.Index(list, key); i >= 0 {
		return slices.Delete(slices.Clone(list), i, i+1)
	}
	return append(slices.Clone(list), key)
}

// narrowed reports whether anything but the period is set.
func (f filter) narrowed() bool { return len(f.Where) > 0 }

// Names of the filter in an address. Conditions go by their dimension.
const (
	inPeriod  = "period"
	inFrom    = "from"
	inTo      = "to"
	inCompare = "compare"
	noCompare = "none"
)

// values writes the filter as the query of an address.
func (f filter) values() url.Values {
	v := url.Values{inPeriod: {string(f.Period)}, inCompare: {string(f.Compare)}}
	if f.Compare == cube.NoCompare {
		v.Set(inCompare, noCompare)
	}
	if f.Period == ownDates {
		v.Set(inFrom, f.From)
		v.Set(inTo, f.To)
	}
	for _, c := range f.Where {
		v[string(c.Dim)] = c.In
	}
	return v
}

// filterOf reads the filter of an address; not ok when it carries none. What is
// not understood is left out.
func filterOf(v url.Values) (f filter, ok bool) {
	if !v.Has(inPeriod) {
		return f, false
	}
	f = filter{Period: period(v.Get(inPeriod)), From: v.Get(inFrom), To: v.Get(inTo), Compare: cube.Compare(v.Get(inCompare))}
	if f.Compare == noCompare {
		f.Compare = cube.NoCompare
	}
	known := f.Period == ownDates && validDates(f.From, f.To)
	for _, p := range periods {
		known = known || p.period == f.Period
	}
	if !known {
		f.Period = startsWith
	}
	if f.Period != ownDates {
		f.From, f.To = "", ""
	}
	if !slices.ContainsFunc(compares, func(c comparison) bool { return c.compare == f.Compare }) {
		f.Compare = cube.Previous
	}
	left := cube.KeysMax
	for _, facet := range facets {
		keys := v[string(facet.dim)]
		keys = keys[:min(len(keys), left)]
		left -= len(keys)
		if len(keys) > 0 {
			f.Where = append(f.Where, cube.Filter{Dim: facet.dim, In: slices.Clone(keys)})
		}
	}
	return f, true
}

// cubeQuery is a query of measures for the filter of the moment: period,
// comparison and conditions.
func (d *desk) cubeQuery(measures []cube.MeasureID, by ...cube.DimID) cube.Query {
	now := d.now()
	from, to := d.filter.dates(now)
	return cube.Query{Measures: measures, By: by, From: from, To: to, Where: d.filter.where(),
		Compare: d.filter.Compare, Earlier: d.filter.earlier(now), Until: d.filter.until(now)}
}
