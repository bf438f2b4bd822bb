package interval_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/mining/interval"
)

func near(a, b float64) bool { return math.Abs(a-b) < 5e-4 }

func TestShare(t *testing.T) {
	// The roots of (n + z²)p² − (2k + z²)p + k²/n = 0, solved by hand.
	for _, test := range []struct {
		k, n      int
		low, high float64
	}{{10, 100, 0.05523, 0.17437}, {0, 20, 0, 0.16113}, {0, 0, 0, 1}} {
		if low, high := interval.Share(test.k, test.n); !near(low, test.low) || !near(high, test.high) {
			t.Errorf("%d of %d: %.5f … %.5f", test.k, test.n, low, high)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 1000).Draw(t, "n")
		k := rapid.IntRange(0, n).Draw(t, "k")
		low, high := interval.Share(k, n)
		if p := float64(k) / float64(n); low < 0 || high > 1 || p < low-1e-9 || p > high+1e-9 {
			t.Fatalf("%d of %d: %v … %v", k, n, low, high)
		}
	})
}

func TestMean(t *testing.T) {
	// Student's sleep data, as in R's help of t.test: differences of the two
	// drugs, 95 % interval 0.7001142 … 2.4598858 around 1.58.
	var sum, squares float64
	for _, d := range []float64{1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4} {
		sum, squares = sum+d, squares+d*d
	}
	mean, half, ok := interval.Mean(10, sum, squares)
	if !ok || !near(mean, 1.58) || !near(half, 0.8798858) {
		t.Errorf("%v ± %v", mean, half)
	}
	// qt(0.975, 100) is 1.98397: the deviation of 101 values of 0 and 1 in turn
	if _, half, _ := interval.Mean(101, 50, 50); math.Abs(half-1.98397*math.Sqrt((50-50.0*50/101)/100/101)) > 1e-4 {
		t.Errorf("half %v", half)
	}
	if _, _, ok := interval.Mean(1, 3, 9); ok {
		t.Error("one value has no interval")
	}
}
