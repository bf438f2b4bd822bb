package report

import (
	"context"

	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/cycle"
)

// DueRequest asks which customers should have come again by the end of a date.
// Purchases of the year up to it count.
type DueRequest struct {
	To    string        `json:"to"`
	Where []cube.Filter `json:"where,omitempty"`
	State cycle.Due     `json:"state,omitempty"` // whom Rows list; "" lists who is due and overdue
	Limit int           `json:"limit,omitempty"` // of Rows; 0: all
}

// Span implements the period that must be at hand.
func (r DueRequest) Span() (from, to string) { return yearBefore(r.To), r.To }

// Due is customers by where they are within their own rhythm.
type Due struct {
	From      string     `json:"from"`
	To        string     `json:"to"`
	Customers int        `json:"customers"`
	Few       int        `json:"few"` // came too seldom for a rhythm
	GapsMin   int        `json:"gaps_min"`
	States    []DueState `json:"states"` // in the order of cycle.Dues
	Gaps      []int      `json:"gaps"`   // customers by their median gap of 1, 2, … days; the last: as many or more
	Rows      []Person   `json:"rows"`   // who brings most first
}

// DueState is the figures of a state.
type DueState struct {
	ID        cycle.Due `json:"id"`
	Customers int       `json:"customers"`
	Revenue   int64     `json:"revenue"` // of the year
	Receipt   int64     `json:"receipt"` // their average receipt: what one visit brings
}

// NameDue is what DueOf is asked for by.
var NameDue = define("due", DueOf)

// DueOf answers r.
func DueOf(ctx context.Context, c *cube.Cube, r DueRequest) (*Due, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	s := cube.Slice{From: yearBefore(r.To), To: r.To, Where: r.Where}
	last, err := cube.ParseDay(r.To)
	if err != nil {
		return nil, err
	}
	f, err := gather(ctx, c, s, func(v *cube.Visit) int64 { return v.Net })
	if err != nil {
		return nil, err
	}
	days, err := c.Activity(ctx, s, cube.Day)
	if err != nil {
		return nil, err
	}
	out := &Due{From: s.From, To: r.To, GapsMin: cycle.GapsMin, Rows: []Person{}, Gaps: make([]int, gapsShown)}
	sales := make([]int64, len(cycle.Dues)) // receipts
	at := map[cycle.Due]int{}
	for i, id := range cycle.Dues {
		out.States = append(out.States, DueState{ID: id})
		at[id] = i
	}
	days.Each(func(key int32, on []int) {
		out.Customers++
		rhythm, ok := cycle.RhythmOf(on)
		if !ok {
			out.Few++
			return
		}
		out.Gaps[min(rhythm.Median, gapsShown)-1]++
		silence := int(last - f.last[key])
		state := rhythm.Of(silence)
		i := at[state]
		out.States[i].Customers++
		out.States[i].Revenue += f.net[key]
		sales[i] += int64(f.receipts[key])
		if state != r.State && (r.State != "" || state != cycle.Now && state != cycle.Overdue) {
			return
		}
		p := f.person(c, int(key), last)
		p.Due, p.Gap, p.Long, p.Gaps, p.Shorter = state, rhythm.Median, rhythm.Long, rhythm.Gaps, cycle.Shorter(on, silence)
		out.Rows = append(out.Rows, p)
	})
	for i := range out.States {
		if sales[i] > 0 {
			out.States[i].Receipt = out.States[i].Revenue / sales[i]
		}
	}
	sortPeople(out.Rows)
	if r.Limit > 0 {
		out.Rows = out.Rows[:min(r.Limit, len(out.Rows))]
	}
	return out, nil
}

func (r DueRequest) check() error {
	if r.State == "" {
		return nil
	}
	for _, id := range cycle.Dues {
		if r.State == id {
			return nil
		}
	}
	return errcode.New(errcode.BadQuery, "report.DueOf", nil).With("field", "state").With("value", string(r.State))
}
