package runrate_test

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/mining/runrate"
)

func weekday(i int) int { return i % 7 }

// TestWeekdaysCount: with weeks all alike the end is known to the unit,
// whatever days are left.
func TestWeekdaysCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		week := rapid.SliceOfN(rapid.Int64Range(0, 1_000_000), 7, 7).Draw(t, "week")
		days, ahead := rapid.IntRange(14, 90).Draw(t, "days"), rapid.IntRange(0, 31).Draw(t, "ahead")
		var history []int64
		for i := range days {
			history = append(history, week[weekday(i)])
		}
		var want int64
		for i := range ahead {
			want += week[weekday(days+i)]
		}
		got, ok := runrate.Forecast(history, weekday, ahead)
		if !ok || got.Expected != want || got.Low != want || got.High != want {
			t.Fatalf("got %+v, %v, want %d", got, ok, want)
		}
	})
}

func TestTooLittle(t *testing.T) {
	if _, ok := runrate.Forecast(make([]int64, 13), weekday, 5); ok {
		t.Error("thirteen days say nothing about weekdays")
	}
}

// TestInterval draws shops whose weeks differ as a whole and whose days differ
// too, and counts how often the end lies within: four in five are promised.
func TestInterval(t *testing.T) {
	r := rand.New(rand.NewPCG(20261122, 7))
	const tries = 4000
	for _, weekly := range []float64{0, 0.15} {
		held := 0
		for range tries {
			history, total := []int64{}, int64(0)
			level := 1.0
			for i := range 56 + 14 {
				if i%7 == 0 {
					level = 1 + weekly*r.NormFloat64()
				}
				v := int64(1000 * float64(1+i%7) * level * (1 + 0.2*r.NormFloat64()))
				if i < 56 {
					history = append(history, v)
				} else {
					total += v
				}
			}
			a, ok := runrate.Forecast(history, weekday, 14)
			if ok && a.Low <= total && total <= a.High {
				held++
			}
		}
		if share := float64(held) / tries; share < 0.74 || share > 0.90 {
			t.Errorf("weeks that differ by %.0f %%: the interval holds %.1f %% of ends", 100*weekly, 100*share)
		} else {
			t.Logf("weeks that differ by %.0f %%: %.1f %% held", 100*weekly, 100*share)
		}
	}
}
