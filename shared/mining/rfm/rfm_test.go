package rfm_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/mining/rfm"
)

func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bound := rapid.SampledFrom([]int64{3, 1 << 20, 1 << 62}).Draw(t, "bound")
		values := rapid.SliceOf(rapid.Int64Range(-bound, bound)).Draw(t, "values")
		want := make([]int32, len(values))
		for i := range want {
			want[i] = int32(i)
		}
		slices.SortStableFunc(want, func(a, b int32) int { return cmp.Compare(values[a], values[b]) })
		if got := rfm.Order(values); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func TestQuantiles(t *testing.T) {
	// SELECT ntile(5) OVER (ORDER BY v, i) of 7 rows: groups of 2, 2, 1, 1, 1.
	got := rfm.Quantiles([]int32{5, 1, 5, 9, 0, 3, 5}, 5)
	if want := []uint8{2, 1, 3, 5, 1, 2, 4}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := rfm.Quantiles([]int32{}, 5); len(got) != 0 {
		t.Errorf("nobody: %v", got)
	}
	if got := rfm.Quantiles([]int32{7, 7}, 5); !slices.Equal(got, []uint8{1, 2}) {
		t.Errorf("fewer than groups: %v", got)
	}
}
