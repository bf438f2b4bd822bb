package kit

import (
	"net/url"
	"slices"
	"time"

	"tillsight/app/i18n"
	"tillsight/shared/cube"
)

// Period is a range of business dates that a manager can pick by one press.
type Period string

const (
	Today      Period = "today"
	yesterday  Period = "yesterday"
	week       Period = "7"
	month      Period = "30"
	ThisMonth  Period = "month"
	lastMonth  Period = "last-month"
	quarter    Period = "90"
	Year       Period = "365"
	OwnDates   Period = "own"
	startsWith        = month
)

// Periods in the order in which they are offered.
var Periods = []struct {
	Period Period
	Label  *i18n.Message
}{
	{Today, i18n.PeriodToday}, {yesterday, i18n.PeriodYester}, {week, i18n.PeriodWeek}, {month, i18n.PeriodMonth},
	{ThisMonth, i18n.PeriodThis}, {lastMonth, i18n.PeriodLast}, {quarter, i18n.PeriodQuarter}, {Year, i18n.PeriodYear},
}

// comparison is one that is offered.
type comparison struct {
	Compare cube.Compare
	Label   *i18n.Message
}

// Compares are the comparisons in the order in which they are offered.
var Compares = []comparison{{cube.Previous, i18n.ComparePrev}, {cube.LastYear, i18n.CompareYear}, {cube.Plan, i18n.ComparePlan}, {cube.NoCompare, i18n.CompareNone}}

// Filter is what the reports are about. All of them share it, this browser
// remembers it, and an address can carry it.
type Filter struct {
	Period  Period        `json:"period"`
	From    string        `json:"from,omitempty"` // of ownDates
	To      string        `json:"to,omitempty"`
	Compare cube.Compare  `json:"compare"`
	Where   []cube.Filter `json:"where,omitempty"` // one for a dimension, in the order of facets
}

// facet is a dimension that the filter offers.
type facet struct {
	Dim  cube.DimID
	Menu string // the button below which it is
	Name *i18n.Message
	Say  *i18n.Message // the condition in words
}

// Menus of facets.
const (
	MenuStores = "stores"
	MenuPeople = "people"
	MenuGoods  = "goods"
	MenuMore   = "more"
)

// Facets are the dimensions that the filter offers, in order.
var Facets = []facet{
	{cube.Store, MenuStores, i18n.FilterStores, i18n.DrillStore},
	{cube.Region, MenuStores, i18n.FacetRegion, i18n.FacetIsRegion},
	{cube.Segment, MenuPeople, i18n.FacetSegment, i18n.DrillSegment},
	{cube.CustomerGroup, MenuPeople, i18n.FacetGroup, i18n.FacetIsGroup},
	{cube.Sex, MenuPeople, i18n.FacetSex, i18n.FacetIsSex},
	{cube.Age, MenuPeople, i18n.FacetAge, i18n.FacetIsAge},
	{cube.City, MenuPeople, i18n.FacetCity, i18n.FacetIsCity},
	{cube.Department, MenuGoods, i18n.FacetDepartment, i18n.DrillGoods},
	{cube.Group, MenuGoods, i18n.FacetPart, i18n.DrillGoods},
	{cube.Category, MenuGoods, i18n.FacetCategory, i18n.DrillGoods},
	{cube.Product, MenuGoods, i18n.FacetProduct, i18n.DrillProduct},
	{cube.Cashier, MenuMore, i18n.FacetCashier, i18n.FacetIsCashier},
	{cube.Weekday, MenuMore, i18n.FacetWeekday, i18n.DrillWeekday},
	{cube.Hour, MenuMore, i18n.FacetHour, i18n.DrillHour},
	{cube.Kind, MenuMore, i18n.FacetKind, i18n.FacetIsKind},
}

// FacetOf returns the facet of a dimension.
func FacetOf(dim cube.DimID) (facet, bool) {
	i := slices.IndexFunc(Facets, func(f facet) bool { return f.Dim == dim })
	if i < 0 {
		return facet{}, false
	}
	return Facets[i], true
}

func firstFilter() Filter { return Filter{Period: startsWith, Compare: cube.Previous} }

// dates returns the first and the last business date of the period, at now.
func (f Filter) dates(now time.Time) (from, to string) {
	day := func(t time.Time) string { return t.Format(time.DateOnly) }
	back := func(days int) (string, string) { return day(now.AddDate(0, 0, 1-days)), day(now) }
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, now.Location())
	switch f.Period {
	case Today:
		return back(1)
	case yesterday:
		return day(now.AddDate(0, 0, -1)), day(now.AddDate(0, 0, -1))
	case week:
		return back(7)
	case ThisMonth:
		return day(first), day(now)
	case lastMonth:
		return day(first.AddDate(0, -1, 0)), day(first.AddDate(0, 0, -1))
	case quarter:
		return back(90)
	case Year:
		return day(now.AddDate(-1, 0, 1)), day(now)
	case OwnDates:
		if ValidDates(f.From, f.To) {
			return f.From, f.To
		}
	}
	return back(30)
}

// Earlier is where the compared period begins when that is not right before:
// the month so far is compared with the same days of the month before.
func (f Filter) Earlier(now time.Time) string {
	if f.Compare != cube.Previous || f.Period != ThisMonth {
		return ""
	}
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	before := first.AddDate(0, -1, 0)
	if before.AddDate(0, 0, now.Day()).After(first) {
		return "" // the month before is shorter
	}
	return before.Format(time.DateOnly)
}

// Until is the hour before which the last compared day counts, 0 for all of it: a
// period whose last day is not over is compared with as much of another.
func (f Filter) Until(now time.Time) int {
	_, to := f.dates(now)
	if f.Compare != cube.Previous && f.Compare != cube.LastYear || to != now.Format(time.DateOnly) {
		return 0
	}
	return max(1, now.Hour()+(now.Minute()+30)/60)
}

// Compared is the first and the last date of the compared period; "" for none,
// and for the plan, which is of the same days.
func (f Filter) Compared(now time.Time) (from, to string) {
	first, last := f.dates(now)
	a, errFrom := cube.ParseDay(first)
	b, errTo := cube.ParseDay(last)
	if errFrom != nil || errTo != nil {
		return "", ""
	}
	back := b - a + 1
	switch f.Compare {
	case cube.LastYear:
		back = cube.YearShift
	case cube.Previous:
		if earlier, err := cube.ParseDay(f.Earlier(now)); err == nil {
			back = a - earlier
		}
	default:
		return "", ""
	}
	return (a - back).String(), (b - back).String()
}

// ValidDates reports whether both are dates in order.
func ValidDates(from, to string) bool {
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

// Grain is the step of the course that shows the period best.
func Grain(from, to string) cube.DimID {
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

// Conditions is the filter's conditions.
func (f Filter) Conditions() []cube.Filter { return slices.Clone(f.Where) }

// Keys are those that a dimension is limited to; none: it is not.
func (f Filter) Keys(dim cube.DimID) []string {
	for _, c := range f.Where {
		if c.Dim == dim {
			return c.In
		}
	}
	return nil
}

// Set limits a dimension to keys, or frees it when there are none.
func (f *Filter) Set(dim cube.DimID, keys []string) {
	var list []cube.Filter
	for _, facet := range Facets {
		in := f.Keys(facet.Dim)
		if facet.Dim == dim {
			in = keys
		}
		if len(in) > 0 {
			list = append(list, cube.Filter{Dim: facet.Dim, In: in})
		}
	}
	f.Where = list
}

// Toggle takes a key in or out.
func (f *Filter) Toggle(dim cube.DimID, key string) { f.Set(dim, Toggled(f.Keys(dim), key)) }

// Toggled returns list without key, or with it.
func Toggled(list []string, key string) []string {
	if i := slices.Index(list, key); i >= 0 {
		return slices.Delete(slices.Clone(list), i, i+1)
	}
	return append(slices.Clone(list), key)
}

// Narrowed reports whether anything but the period is set.
func (f Filter) Narrowed() bool { return len(f.Where) > 0 }

// Names of the filter in an address. Conditions go by their dimension.
const (
	inPeriod  = "period"
	inFrom    = "from"
	inTo      = "to"
	inCompare = "compare"
	InBoard   = "board" // a dashboard
	noCompare = "none"
)

// Values writes the filter as the query of an address.
func (f Filter) Values() url.Values {
	v := url.Values{inPeriod: {string(f.Period)}, inCompare: {string(f.Compare)}}
	if f.Compare == cube.NoCompare {
		v.Set(inCompare, noCompare)
	}
	if f.Period == OwnDates {
		v.Set(inFrom, f.From)
		v.Set(inTo, f.To)
	}
	for _, c := range f.Where {
		v[string(c.Dim)] = c.In
	}
	return v
}

// FilterOf reads the filter of an address; not ok when it carries none. What is
// not understood is left out.
func FilterOf(v url.Values) (f Filter, ok bool) {
	if !v.Has(inPeriod) {
		return f, false
	}
	f = Filter{Period: Period(v.Get(inPeriod)), From: v.Get(inFrom), To: v.Get(inTo), Compare: cube.Compare(v.Get(inCompare))}
	if f.Compare == noCompare {
		f.Compare = cube.NoCompare
	}
	known := f.Period == OwnDates && ValidDates(f.From, f.To)
	for _, p := range Periods {
		known = known || p.Period == f.Period
	}
	if !known {
		f.Period = startsWith
	}
	if f.Period != OwnDates {
		f.From, f.To = "", ""
	}
	if !slices.ContainsFunc(Compares, func(c comparison) bool { return c.Compare == f.Compare }) {
		f.Compare = cube.Previous
	}
	left := cube.KeysMax
	for _, facet := range Facets {
		keys := v[string(facet.Dim)]
		keys = keys[:min(len(keys), left)]
		left -= len(keys)
		if len(keys) > 0 {
			f.Where = append(f.Where, cube.Filter{Dim: facet.Dim, In: slices.Clone(keys)})
		}
	}
	return f, true
}

// CubeQuery is a query of measures for the filter of the moment: period,
// comparison and conditions.
func (d *Desk) CubeQuery(measures []cube.MeasureID, by ...cube.DimID) cube.Query {
	now := InShops(d, d.Now())
	from, to := d.Filter.dates(now)
	return cube.Query{Measures: measures, By: by, From: from, To: to, Where: d.Filter.Conditions(),
		Compare: d.Filter.Compare, Earlier: d.Filter.Earlier(now), Until: d.Filter.Until(now)}
}

// SetFilter changes what all reports are about.
func (d *Desk) SetFilter(change func(*Filter)) {
	change(&d.Filter)
	d.Keep(FilterKey, d.Filter)
	d.Frame.ShowAddress()
	d.RefreshPage()
}
