// Package report answers the customer reports over a cube: the figures of the
// mining packages, put together for a screen or a file.
package report

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/rfm"
)

// year is how many days the customer reports look back from their last date.
const year = 365

// daysMax is how far RFM looks back at most.
const daysMax = 10 * year

// RFMRequest asks for the scores of customers as of the end of a date. Purchases
// of the year, or of another number of days, up to it count.
type RFMRequest struct {
	To      string        `json:"to"`
	Days    int           `json:"days,omitempty"`   // that are looked back; 0: 365
	Before  string        `json:"before,omitempty"` // earlier date to compare with; "" for none
	Where   []cube.Filter `json:"where,omitempty"`
	Borders *RFMBorders   `json:"borders,omitempty"` // nil: the quintiles of these customers
}

// RFMBorders are fixed borders between the scores: four each, ascending.
type RFMBorders struct {
	Recency   []float64 `json:"recency"`   // days
	Frequency []float64 `json:"frequency"` // receipts
	Money     []float64 `json:"money"`     // minor units
}

func (r RFMRequest) check() error {
	bad := func(field, value string) error {
		return errcode.New(errcode.BadQuery, "report.RFMOf", nil).With("field", field).With("value", value)
	}
	if r.Days < 0 || r.Days > daysMax {
		return bad("days", strconv.Itoa(r.Days))
	}
	b := r.Borders
	if b == nil {
		return nil
	}
	for name, list := range map[string][]float64{"recency": b.Recency, "frequency": b.Frequency, "money": b.Money} {
		if len(list) != rfm.Scores-1 || !slices.IsSorted(list) {
			return bad("borders", name)
		}
	}
	return nil
}

// PeopleRequest asks for the customers behind a number of RFM.
type PeopleRequest struct {
	RFMRequest
	Segment rfm.Segment `json:"segment,omitempty"` // only these; "" for all
	// Move says that Before matters too: only those who were in From then,
	// RFMNobody being those who had bought nothing in their year; Segment may
	// be RFMNobody as well.
	Move bool        `json:"move,omitempty"`
	From rfm.Segment `json:"from,omitempty"`
}

// RFMNobody stands for those without a purchase in the year.
const RFMNobody rfm.Segment = "nobody"

// Span implements the period that must be at hand.
func (r RFMRequest) Span() (from, to string) {
	return daysBefore(cmp.Or(r.Before, r.To), cmp.Or(r.Days, year)), r.To
}

// yearBefore is the first date of the year that ends with date.
func yearBefore(date string) string { return daysBefore(date, year) }

// daysBefore is the first of so many dates that end with date.
func daysBefore(date string, n int) string {
	day, err := cube.ParseDay(date)
	if err != nil {
		return ""
	}
	return max(day-cube.EpochDay(n)+1, 0).String()
}

// RFM is customers by recency, frequency and money.
type RFM struct {
	From      string                      `json:"from"`
	To        string                      `json:"to"`
	Customers int                         `json:"customers"`
	Revenue   int64                       `json:"revenue"`
	Margin    int64                       `json:"margin"`
	Fixed     bool                        `json:"fixed"`   // borders are those of the request
	Recency   []float64                   `json:"recency"` // borders: days, receipts, minor units
	Frequency []float64                   `json:"frequency"`
	Money     []float64                   `json:"money"`
	Segments  []RFMSegment                `json:"segments"` // all, in the order of rfm.Segments
	Grid      [rfm.Scores][rfm.Scores]int `json:"grid"`     // customers by recency and value score, less one
	Before    *RFMBefore                  `json:"before,omitempty"`
}

// RFMSegment is the figures of a segment.
type RFMSegment struct {
	ID        rfm.Segment `json:"id"`
	Customers int         `json:"customers"`
	Receipts  int         `json:"receipts"`
	Revenue   int64       `json:"revenue"`
	Margin    int64       `json:"margin"`
	Days      int         `json:"days"` // median since the latest purchase
}

// RFMBefore is where customers were at the earlier date. Moves[i][j] went from
// segment i to j, numbered as rfm.Segments; the last number stands for those who
// had bought nothing in their year.
type RFMBefore struct {
	To        string  `json:"to"`
	Customers int     `json:"customers"`
	Segments  []int   `json:"segments"` // customers of each
	Moves     [][]int `json:"moves"`
}

// NameRFM is what RFMOf is asked for by.
var NameRFM = define("rfm", RFMOf)

// RFMOf answers r.
func RFMOf(ctx context.Context, c *cube.Cube, r RFMRequest) (*RFM, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	now, people, err := scored(ctx, c, r, r.To)
	if err != nil || r.Before == "" {
		return now, err
	}
	then, earlier, err := scored(ctx, c, r, r.Before)
	if err != nil {
		return nil, err
	}
	now.Before = moves(then, earlier, people)
	return now, nil
}

// NamePeople is what People is asked for by.
var NamePeople = people("people", People)

// People lists the customers behind a number, those who bring most first.
func People(ctx context.Context, c *cube.Cube, r PeopleRequest) ([]Person, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	_, people, err := scored(ctx, c, r.RFMRequest, r.To)
	if err != nil {
		return nil, err
	}
	if r.Move {
		_, earlier, err := scored(ctx, c, r.RFMRequest, r.Before)
		if err != nil {
			return nil, err
		}
		people = movers(earlier, people, r.From, r.Segment)
	} else {
		people = slices.DeleteFunc(people, func(p Person) bool { return r.Segment != "" && p.Segment != r.Segment })
	}
	for i := range people {
		people[i].Value = people[i].Revenue
		if key, ok := c.CustomerKey(people[i].ID); ok {
			people[i].introduce(c, key)
		}
	}
	sortPeople(people)
	return people, nil
}

// movers are those who went from one segment to another. Of those who bought
// nothing since, the figures are the earlier ones.
func movers(earlier, now []Person, from, to rfm.Segment) []Person {
	was, is := map[string]rfm.Segment{}, map[string]rfm.Segment{}
	for _, p := range earlier {
		was[p.ID] = p.Segment
	}
	for _, p := range now {
		is[p.ID] = p.Segment
	}
	at := func(m map[string]rfm.Segment, id string) rfm.Segment { return cmp.Or(m[id], RFMNobody) }
	list := []Person{}
	for _, p := range now {
		if p.Segment == to && at(was, p.ID) == from {
			list = append(list, p)
		}
	}
	for _, p := range earlier {
		if _, still := is[p.ID]; !still && to == RFMNobody && p.Segment == from {
			list = append(list, p)
		}
	}
	return list
}

// scored gives every customer who bought in the year up to a date his scores.
func scored(ctx context.Context, c *cube.Cube, r RFMRequest, to string) (*RFM, []Person, error) {
	last, err := cube.ParseDay(to)
	if err != nil {
		return nil, nil, err
	}
	out, f, err := bordered(ctx, c, r, to)
	if err != nil {
		return nil, nil, err
	}
	people := make([]Person, 0, out.Customers)
	for key, n := range f.receipts {
		if n == 0 {
			continue
		}
		p := Person{
			ID: c.CustomerID(int32(key)), Days: int(last - f.last[key]), Receipts: int(n), Revenue: f.net[key], Margin: f.margin[key],
		}
		out.score(&p)
		out.Grid[p.Recency-1][rfm.Value(p.Frequency, p.Money)-1]++
		out.Revenue += p.Revenue
		out.Margin += p.Margin
		people = append(people, p)
	}
	out.Segments = segments(people)
	return out, people, nil
}

// bordered finds the borders of the scores at a date, and what they are from.
func bordered(ctx context.Context, c *cube.Cube, r RFMRequest, to string) (*RFM, *folk, error) {
	last, err := cube.ParseDay(to)
	if err != nil {
		return nil, nil, err
	}
	out := &RFM{From: daysBefore(to, cmp.Or(r.Days, year)), To: to}
	f, err := gather(ctx, c, cube.Slice{From: out.From, To: to, Where: r.Where}, nil)
	if err != nil {
		return nil, nil, err
	}
	var days, receipts []int32
	var money []int64
	for key, n := range f.receipts {
		if n > 0 {
			days, receipts, money = append(days, int32(last+1-f.last[key])), append(receipts, n), append(money, f.net[key])
		}
	}
	out.Customers = len(days)
	if b := r.Borders; b != nil {
		out.Fixed, out.Recency, out.Frequency, out.Money = true, b.Recency, b.Frequency, b.Money
		return out, f, nil
	}
	out.Recency, out.Frequency, out.Money = rfm.Cuts(days, rfm.Scores), rfm.Cuts(receipts, rfm.Scores), rfm.Cuts(money, rfm.Scores)
	return out, f, nil
}

// score gives a person scores by the borders of r.
func (r *RFM) score(p *Person) {
	p.Recency = rfm.Recency(float64(p.Days), r.Recency)
	p.Frequency = rfm.Score(float64(p.Receipts), r.Frequency)
	p.Money = rfm.Score(float64(p.Revenue), r.Money)
	p.Segment = rfm.SegmentOf(p.Recency, rfm.Value(p.Frequency, p.Money))
}

func segments(people []Person) []RFMSegment {
	list := make([]RFMSegment, len(rfm.Segments))
	for i, id := range rfm.Segments {
		s := RFMSegment{ID: id}
		var days []int
		for _, p := range people {
			if p.Segment == id {
				s.Customers++
				s.Receipts += p.Receipts
				s.Revenue += p.Revenue
				s.Margin += p.Margin
				days = append(days, p.Days)
			}
		}
		slices.Sort(days)
		if len(days) > 0 {
			s.Days = days[(len(days)-1)/2]
		}
		list[i] = s
	}
	return list
}

// moves counts where customers of then are now.
func moves(then *RFM, earlier, now []Person) *RFMBefore {
	nowhere := len(rfm.Segments)
	out := &RFMBefore{To: then.To, Customers: then.Customers, Moves: make([][]int, nowhere+1)}
	for i := range out.Moves {
		out.Moves[i] = make([]int, nowhere+1)
	}
	for _, s := range then.Segments {
		out.Segments = append(out.Segments, s.Customers)
	}
	from := make(map[string]int, len(earlier))
	for _, p := range earlier {
		from[p.ID] = slices.Index(rfm.Segments, p.Segment)
	}
	for _, p := range now {
		was, ok := from[p.ID]
		if !ok {
			was = nowhere
		}
		out.Moves[was][slices.Index(rfm.Segments, p.Segment)]++
		delete(from, p.ID)
	}
	for _, was := range from {
		out.Moves[was][nowhere]++
	}
	return out
}
