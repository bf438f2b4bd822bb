package abc_test

import (
	"slices"
	"testing"

	"tillsight/shared/mining/abc"
)

func TestClasses(t *testing.T) {
	// Running shares: 80, 90, 95, 100 %; the two of 50 are of one class, whichever
	// comes first. What brings nothing is C.
	got := abc.Classes([]int64{50, 800, 0, 100, -5, 50})
	want := []abc.Class{abc.B, abc.A, abc.C, abc.B, abc.C, abc.B}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := abc.Classes([]int64{0, -1}); !slices.Equal(got, []abc.Class{abc.C, abc.C}) {
		t.Errorf("nothing is %v", got)
	}
	if abc.Top([]int64{10, 70, 20}, 0.34) != 7000 || abc.Top(nil, 0.1) != 0 {
		t.Error("the largest part")
	}
}

func TestVariation(t *testing.T) {
	// numpy.std([1, 2, 3]) / 2 = 0.4082
	if bp, ok := abc.Variation([]int64{1, 2, 3}); bp != 4082 || !ok {
		t.Errorf("got %d, %v", bp, ok)
	}
	for _, steps := range [][]int64{nil, {0, 0}, {1, -5}} {
		if _, ok := abc.Variation(steps); ok {
			t.Errorf("%v varies", steps)
		}
	}
	if abc.Evenness(1000) != abc.X || abc.Evenness(1001) != abc.Y || abc.Evenness(2501) != abc.Z {
		t.Error("borders")
	}
}

func TestCurve(t *testing.T) {
	curve := abc.Curve([]int64{10, 70, 20, -4})
	if len(curve) != 101 || curve[0] != 0 || curve[25] != 7000 || curve[50] != 9000 || curve[100] != 10000 {
		t.Errorf("got %v", curve)
	}
	if curve := abc.Curve(nil); curve[100] != 0 {
		t.Errorf("of nothing: %v", curve)
	}
}

func TestGini(t *testing.T) {
	// By its definition, the mean difference of all pairs by twice the mean:
	// 1, 2, 3, 4 have 1.25 / 5.
	for _, c := range []struct {
		values []int64
		want   int64
	}{{nil, 0}, {[]int64{0, -3}, 0}, {[]int64{7}, 0}, {[]int64{5, 5, 5}, 0}, {[]int64{0, 9, 0, 0}, 7500}, {[]int64{4, 1, 3, 2}, 2500}} {
		if got := abc.Gini(c.values); got != c.want {
			t.Errorf("%v: got %d, want %d", c.values, got, c.want)
		}
	}
}
