package abc_test

import (
	"slices"
	"testing"

	"tillsight/shared/mining/abc"
)

// TestLargestIsA: what the shop lives from is A, whatever its share; equal values
// are of one class.
func TestLargestIsA(t *testing.T) {
	for _, c := range []struct {
		values []int64
		want   []abc.Class
	}{
		{[]int64{9600, 300, 100}, []abc.Class{abc.A, abc.C, abc.C}},
		{[]int64{10000}, []abc.Class{abc.A}},
		{[]int64{50, 50}, []abc.Class{abc.A, abc.A}},
		{[]int64{700, 100, 100, 100}, []abc.Class{abc.A, abc.A, abc.A, abc.A}},
		{[]int64{0, -5}, []abc.Class{abc.C, abc.C}},
	} {
		if got := abc.Classes(c.values); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.values, got, c.want)
		}
	}
}
