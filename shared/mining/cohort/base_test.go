package cohort_test

import (
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/mining/cohort"
)

func TestBaseAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const n = 6
		b := cohort.NewBase(n)
		for range rapid.IntRange(0, 20).Draw(t, "customers") {
			var periods []int
			for p := range n {
				if rapid.Bool().Draw(t, "active") {
					periods = append(periods, p)
				}
			}
			b.Add(periods)
		}
		before := 0
		for i, p := range b.Periods {
			if p.Active != p.Kept+p.New+p.Returned || p.Active-before != p.New+p.Returned-p.Lost || p.Kept+p.Lost != before {
				t.Fatalf("period %d after %d active: %+v", i, before, p)
			}
			before = p.Active
		}
	})
}
