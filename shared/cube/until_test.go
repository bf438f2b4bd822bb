package cube

import (
	"fmt"
	"testing"
)

// A period whose last day is not over is compared with whole days and the same
// part of the last: not with whole days, nor with a part of each.
func TestUntilIsOfTheLastDay(t *testing.T) {
	c := sample(t)
	revenue := func(q Query) Value {
		q.Measures = []MeasureID{Revenue}
		r, err := c.Run(t.Context(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		if q.Compare != NoCompare {
			return r.Total.Before[0]
		}
		return r.Total.Values[0]
	}
	late := false
	from, to := c.Span()
	first, _ := ParseDay(from)
	end, _ := ParseDay(to)
	for last := first; last <= end; last++ {
		q := Query{From: (last + 1).String(), To: (last + 10).String(), Compare: Previous}
		whole := revenue(q)
		days := revenue(Query{From: (last - 9).String(), To: (last - 1).String()}).N
		for q.Until = 1; q.Until <= 24; q.Until++ {
			early := Filter{Dim: Hour}
			for hour := range q.Until {
				early.In = append(early.In, fmt.Sprintf("%02d", hour))
			}
			got := revenue(q)
			if want := days + revenue(Query{From: last.String(), To: last.String(), Where: []Filter{early}}).N; got.N != want {
				t.Errorf("to %s until %d: %d, want %d", last, q.Until, got.N, want)
			}
			late = late || got != whole
		}
	}
	if !late {
		t.Error("nothing was sold late on a last day: the test shows nothing")
	}
}
