package rfm_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/mining/rfm"
)

func TestCuts(t *testing.T) {
	// numpy.quantile([1, 2, 3, 4, 10], [.2, .4, .6, .8]), R quantile(type = 7)
	got := rfm.Cuts([]int32{10, 1, 3, 2, 4}, 5)
	for i, want := range []float64{1.8, 2.6, 3.4, 5.2} {
		if d := got[i] - want; d > 1e-9 || d < -1e-9 {
			t.Errorf("got %v", got)
		}
	}
	if rfm.Cuts([]int64{}, 5) != nil || rfm.Score(7, nil) != 1 {
		t.Error("borders of nothing")
	}
	if rfm.Score(3, []float64{1, 3, 3, 6}) != 2 || rfm.Score(3.1, []float64{1, 3, 3, 6}) != 4 {
		t.Error("equal values are below the border")
	}
	if rfm.Recency(1, []float64{13.8, 33, 72, 180}) != 5 || rfm.Recency(181, []float64{13.8, 33, 72, 180}) != 1 {
		t.Error("few days are good")
	}
}

func TestEverySegmentIsReached(t *testing.T) {
	seen := map[rfm.Segment]bool{}
	for r := 1; r <= rfm.Scores; r++ {
		for v := 1; v <= rfm.Scores; v++ {
			seen[rfm.SegmentOf(r, v)] = true
		}
	}
	if len(rfm.Segments) != 11 || len(seen) != 11 {
		t.Errorf("%d named, %d reached", len(rfm.Segments), len(seen))
	}
	if rfm.SegmentOf(5, 5) != rfm.Champions || rfm.SegmentOf(1, 1) != rfm.Lost || rfm.SegmentOf(1, 5) != rfm.CantLose || rfm.Value(1, 2) != 2 {
		t.Error("the corners are elsewhere")
	}
}

func TestScoresKeepTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-1000, 1000), 1, 50).Draw(t, "values")
		cuts := rfm.Cuts(values, rfm.Scores)
		slices.Sort(values)
		last := 1
		for _, v := range values {
			s := rfm.Score(float64(v), cuts)
			if s < last || s > rfm.Scores {
				t.Fatalf("%d scores %d after %d", v, s, last)
			}
			last = s
		}
	})
}
