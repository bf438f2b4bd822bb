package report

import (
	"cmp"
	"context"
	"slices"

	"tillsight/shared/cube"
	"tillsight/shared/mining/cycle"
	"tillsight/shared/mining/rfm"
)

// Person is a customer in a list behind a number. Figures are those of the
// report's data up to its date; scores and the like only where the report has them.
type Person struct {
	ID       string `json:"id"`
	Name     string `json:"name,omitempty"` // only for who may know
	Phone    string `json:"phone,omitempty"`
	Days     int    `json:"days"` // from the latest purchase to the report’s date, 0 on the day itself; −1: none
	Receipts int    `json:"receipts"`
	Revenue  int64  `json:"revenue"`
	Margin   int64  `json:"margin"`
	// Value is his part of the number that the list is behind, where that is
	// an amount.
	Value int64 `json:"value"`

	Recency   int         `json:"r,omitempty"`
	Frequency int         `json:"f,omitempty"`
	Money     int         `json:"m,omitempty"`
	Segment   rfm.Segment `json:"segment,omitempty"`
	Stage     cycle.Stage `json:"stage,omitempty"`

	Due     cycle.Due `json:"due,omitempty"`
	Gap     int       `json:"gap,omitempty"`     // median days between his purchases
	Long    int       `json:"long,omitempty"`    // nine in ten gaps are at most as long
	Gaps    int       `json:"gaps,omitempty"`    // how many gaps that is known from
	Shorter int       `json:"shorter,omitempty"` // of them, at most as long as the silence now
}

// folk is the figures of every customer, by key.
type folk struct {
	first, last []cube.EpochDay // of sales, 0 when there is none
	receipts    []int32         // of sale
	net         []int64
	margin      []int64
	value       []int64
}

// gather collects the figures of the customers of s; value says how much of a
// receipt is in the number asked about, nil when that is no amount.
func gather(ctx context.Context, c *cube.Cube, s cube.Slice, value func(v *cube.Visit) int64) (*folk, error) {
	n := c.CustomerKeys()
	f := &folk{
		first: make([]cube.EpochDay, n), last: make([]cube.EpochDay, n), receipts: make([]int32, n),
		net: make([]int64, n), margin: make([]int64, n), value: make([]int64, n),
	}
	return f, c.Visits(ctx, s, func(v *cube.Visit) {
		k := v.Customer
		f.net[k] += v.Net
		f.margin[k] += v.Margin()
		if value != nil {
			f.value[k] += value(v)
		}
		if v.Return {
			return
		}
		f.receipts[k]++
		if f.first[k] == 0 || v.Day < f.first[k] {
			f.first[k] = v.Day
		}
		f.last[k] = max(f.last[k], v.Day)
	})
}

// people lists the customers that are kept, as of the end of a date: the largest
// values first, then who brings most.
func (f *folk) people(c *cube.Cube, to string, keep func(key int) bool) ([]Person, error) {
	asOf, err := cube.ParseDay(to)
	if err != nil {
		return nil, err
	}
	list := []Person{}
	for key := range f.net {
		if keep(key) {
			list = append(list, f.person(c, key, asOf))
		}
	}
	sortPeople(list)
	return list, nil
}

func (f *folk) person(c *cube.Cube, key int, asOf cube.EpochDay) Person {
	p := Person{
		ID: c.CustomerID(int32(key)), Days: -1, Receipts: int(f.receipts[key]), Revenue: f.net[key], Margin: f.margin[key],
		Value: f.value[key],
	}
	if f.receipts[key] > 0 {
		p.Days = int(asOf - f.last[key])
	}
	p.introduce(c, int32(key))
	return p
}

// introduce says who the person is, if the reader may know.
func (p *Person) introduce(c *cube.Cube, key int32) {
	if who, ok := c.Person(key); ok {
		p.Name, p.Phone = who.Name, who.Phone
	}
}

func sortPeople(list []Person) {
	slices.SortFunc(list, func(a, b Person) int {
		return cmp.Or(-cmp.Compare(a.Value, b.Value), -cmp.Compare(a.Revenue, b.Revenue), cube.Natural(a.ID, b.ID))
	})
}

// calendar numbers the periods of a grain from the first day of the data to a
// date, or to the last period that has data.
type calendar struct {
	first cube.EpochDay
	of    []int32 // by day
	keys  []string
	whole bool // the last period is over
}

// periods returns the calendar of c up to a date; it is empty when there are no
// data until then.
func periods(c *cube.Cube, grain cube.DimID, to string) (*calendar, error) {
	last, err := cube.ParseDay(to)
	if err != nil {
		return nil, err
	}
	from, until := c.Span()
	if from == "" {
		return &calendar{}, nil
	}
	first, errFirst := cube.ParseDay(from)
	end, errEnd := cube.ParseDay(until)
	if err := cmp.Or(errFirst, errEnd); err != nil {
		return nil, err
	}
	cal := &calendar{first: first}
	for day := first; day <= last; day++ {
		key := day.Key(grain)
		if day > end && key != end.Key(grain) {
			break
		}
		if len(cal.keys) == 0 || cal.keys[len(cal.keys)-1] != key {
			cal.keys = append(cal.keys, key)
		}
		cal.of = append(cal.of, int32(len(cal.keys)-1))
	}
	if n := len(cal.of); n > 0 {
		next := first + cube.EpochDay(n)
		cal.whole = next.Key(grain) != (next-1).Key(grain) && next-1 <= max(end, c.Today())
	}
	return cal, nil
}

// at returns the number of the period of a day, −1 outside.
func (c *calendar) at(day cube.EpochDay) int {
	if day < c.first || int(day-c.first) >= len(c.of) {
		return -1
	}
	return int(c.of[day-c.first])
}

// end returns the last day of a period.
func (c *calendar) end(period int) cube.EpochDay {
	at, _ := slices.BinarySearch(c.of, int32(period+1))
	return c.first + cube.EpochDay(at-1)
}

// find returns the number of a period, −1 when there is none.
func (c *calendar) find(key string) int { return slices.Index(c.keys, key) }
