package pricing

import (
	"testing"
	"time"
)

// TestOverMidnight: a span over midnight belongs to the day on which it begins.
func TestOverMidnight(t *testing.T) {
	night := []Span{{From: "22:00", To: "02:00"}}
	friday := When{Days: []int{5}, Hours: night}
	dated := When{From: "2026-11-27", Until: "2026-11-27", Hours: night}
	for _, c := range []struct {
		at   string
		want bool
	}{
		{"2026-11-27 01:00", false}, {"2026-11-27 21:59", false}, {"2026-11-27 23:00", true},
		{"2026-11-28 01:00", true}, {"2026-11-28 02:00", false}, {"2026-11-28 23:00", false},
	} {
		at, err := time.Parse("2006-01-02 15:04", c.at)
		if err != nil {
			t.Fatal(err)
		}
		b := &Basket{At: at.UnixMilli(), Date: at.Format(time.DateOnly)}
		for name, when := range map[string]When{"day": friday, "date": dated} {
			h := hoursOf(when)
			if got := h.open(&when, b); got != c.want {
				t.Errorf("%s, %s: open = %v", name, c.at, got)
			}
		}
	}
}
