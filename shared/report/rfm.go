// Package report answers the customer reports over a cube: the figures of the
// mining packages, put together for a screen or a file.
package report

import (
	"cmp"
	"context"
	"slices"

	"tillsight/shared/cube"
	"tillsight/shared/mining/rfm"
)

// year is how many days the customer reports look back from their last date.
const year = 365

// RFMRequest asks for the scores of customers as of the end of a date. Purchases
// of the year up to it count.
type RFMRequest struct {
	To      string        `json:"to"`
	Before  string        `json:"before,omitempty"` // earlier date to compare with; "" for none
	Where   []cube.Filter `json:"where,omitempty"`
	Segment rfm.Segment   `json:"segment,omitempty"` // of People: only these; "" for all
}

// Span implements the period that must be at hand.
func (r RFMRequest) Span() (from, to string) {
	return yearBefore(cmp.Or(r.Before, r.To)), r.To
}

// yearBefore is the first date of the year that ends with date.
func yearBefore(date string) string {
	day, err := cube.ParseDay(date)
	if err != nil {
		return ""
	}
	return max(day-year+1, 0).String()
}

// RFM is customers by recency, frequency and money.
type RFM struct {
	From      string                      `json:"from"`
	To        string                      `json:"to"`
	Customers int                         `json:"customers"`
	Revenue   int64                       `json:"revenue"`
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

// Person is a customer with his scores.
type Person struct {
	ID        string      `json:"id"`
	Days      int         `json:"days"` // since the latest purchase
	Receipts  int         `json:"receipts"`
	Revenue   int64       `json:"revenue"`
	Recency   int         `json:"r"`
	Frequency int         `json:"f"`
	Money     int         `json:"m"`
	Segment   rfm.Segment `json:"segment"`
}

// RFMOf answers r.
func RFMOf(ctx context.Context, c *cube.Cube, r RFMRequest) (*RFM, error) {
	now, people, err := scored(ctx, c, r.To, r.Where)
	if err != nil || r.Before == "" {
		return now, err
	}
	then, earlier, err := scored(ctx, c, r.Before, r.Where)
	if err != nil {
		return nil, err
	}
	now.Before = moves(then, earlier, people)
	return now, nil
}

// People lists the customers of a segment, those who bring most first.
func People(ctx context.Context, c *cube.Cube, r RFMRequest) ([]Person, error) {
	_, people, err := scored(ctx, c, r.To, r.Where)
	if err != nil {
		return nil, err
	}
	people = slices.DeleteFunc(people, func(p Person) bool { return r.Segment != "" && p.Segment != r.Segment })
	slices.SortFunc(people, func(a, b Person) int {
		return cmp.Or(-cmp.Compare(a.Revenue, b.Revenue), cube.Natural(a.ID, b.ID))
	})
	return people, nil
}

// scored gives every customer who bought in the year up to a date his scores.
func scored(ctx context.Context, c *cube.Cube, to string, where []cube.Filter) (*RFM, []Person, error) {
	last, err := cube.ParseDay(to)
	if err != nil {
		return nil, nil, err
	}
	out := &RFM{From: yearBefore(to), To: to}
	base, err := c.CustomerBase(ctx, cube.Slice{From: out.From, To: to, Where: where})
	if err != nil {
		return nil, nil, err
	}
	days := make([]int32, len(base.Key))
	for i, day := range base.LastDay {
		days[i] = int32(int(last) + 1 - int(day))
	}
	out.Customers = len(days)
	out.Recency, out.Frequency, out.Money = rfm.Cuts(days, rfm.Scores), rfm.Cuts(base.Receipts, rfm.Scores), rfm.Cuts(base.Net, rfm.Scores)
	people := make([]Person, len(days))
	for i, key := range base.Key {
		p := Person{
			ID: c.CustomerID(key), Days: int(days[i]), Receipts: int(base.Receipts[i]), Revenue: base.Net[i],
			Recency:   rfm.Recency(float64(days[i]), out.Recency),
			Frequency: rfm.Score(float64(base.Receipts[i]), out.Frequency),
			Money:     rfm.Score(float64(base.Net[i]), out.Money),
		}
		value := rfm.Value(p.Frequency, p.Money)
		p.Segment = rfm.SegmentOf(p.Recency, value)
		people[i] = p
		out.Grid[p.Recency-1][value-1]++
		out.Revenue += p.Revenue
	}
	out.Segments = segments(people)
	return out, people, nil
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
