package cycle_test

import (
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/mining/cycle"
)

func TestRhythm(t *testing.T) {
	// Gaps of 2, 3, 3, 4, 30 days: median 3, nine in ten (five of five) up to 30.
	days := []int{0, 2, 5, 8, 12, 42}
	r, ok := cycle.RhythmOf(days)
	if want := (cycle.Rhythm{Gaps: 5, Median: 3, Long: 30}); !ok || r != want {
		t.Errorf("got %+v, want %+v", r, want)
	}
	for silence, want := range map[int]cycle.Due{0: cycle.Waiting, 2: cycle.Waiting, 3: cycle.Now, 30: cycle.Now, 31: cycle.Overdue, 90: cycle.Overdue, 91: cycle.Gone} {
		if got := r.Of(silence); got != want {
			t.Errorf("after %d days: %s, want %s", silence, got, want)
		}
	}
	if n := cycle.Shorter(days, 3); n != 3 {
		t.Errorf("%d gaps of at most 3", n)
	}
	if r, ok := cycle.RhythmOf([]int{1, 2, 3}); ok || r.Gaps != 2 {
		t.Errorf("two gaps are a rhythm: %+v", r)
	}
	// Ten gaps of 1 … 10: nine in ten are at most 9.
	if r, _ := cycle.RhythmOf([]int{0, 1, 3, 6, 10, 15, 21, 28, 36, 45, 55}); r.Median != 5 || r.Long != 9 {
		t.Errorf("%+v", r)
	}
}

func TestStage(t *testing.T) {
	const window = 30
	for want, l := range map[cycle.Stage]cycle.Life{
		cycle.New:      {First: 29, Last: 0, Now: 4},
		cycle.Growing:  {First: 100, Last: 3, Now: 5, Before: 4},
		cycle.Regular:  {First: 30, Last: 29, Now: 4, Before: 5},
		cycle.Fading:   {First: 100, Last: 3, Now: 3, Before: 4},
		cycle.Returned: {First: 90, Last: 3, Now: 3},
		cycle.Sleeping: {First: 59, Last: 30, Before: 3},
		cycle.Lost:     {First: 60, Last: 60},
	} {
		if got := l.Stage(window); got != want {
			t.Errorf("%+v: %s, want %s", l, got, want)
		}
	}
}

// TestSilenceNeverBrightens: the longer the silence, the later the state.
func TestSilenceNeverBrightens(t *testing.T) {
	rank := map[cycle.Due]int{}
	for i, d := range cycle.Dues {
		rank[d] = i
	}
	rapid.Check(t, func(t *rapid.T) {
		days := []int{0}
		for range rapid.IntRange(cycle.GapsMin, 20).Draw(t, "gaps") {
			days = append(days, days[len(days)-1]+rapid.IntRange(1, 60).Draw(t, "gap"))
		}
		r, ok := cycle.RhythmOf(days)
		if !ok || r.Median > r.Long || 2*cycle.Shorter(days, r.Median) < r.Gaps || 10*cycle.Shorter(days, r.Long) < 9*r.Gaps {
			t.Fatalf("%v: %+v", days, r)
		}
		last := 0
		for silence := range 400 {
			if now := rank[r.Of(silence)]; now < last {
				t.Fatalf("%+v brightens after %d days", r, silence)
			} else {
				last = now
			}
		}
	})
}
