// Package abc sorts goods or customers by what they bring and by how evenly.
package abc

import (
	"math"

	"tillsight/shared/mining/rfm"
)

// Class is A, B or C; or X, Y or Z.
type Class uint8

// Classes by what is brought.
const (
	A Class = iota // the first 80 % of the sum
	B              // up to 95 %
	C
)

// Classes by evenness.
const (
	X Class = iota // varies by at most 10 % of its mean
	Y              // by at most 25 %
	Z
)

// Borders of the classes, in basis points.
const (
	BorderA = 8000
	BorderB = 9500
	BorderX = 1000
	BorderY = 2500
)

// Order returns the indices of values, the largest first, equal ones by index.
func Order(values []int64) []int32 {
	negative := make([]int64, len(values))
	for i, v := range values {
		negative[i] = -v
	}
	return rfm.Order(negative)
}

// Classes returns the class of each value: A while the running sum, the value
// included, is at most BorderA of the sum of all positive values. The largest is
// always A, and equal values are of one class. What brings nothing or less is C.
func Classes(values []int64) []Class {
	var sum int64
	for _, v := range values {
		sum += max(v, 0)
	}
	classes := make([]Class, len(values))
	var running int64
	order := Order(values)
	for n, i := range order {
		running += max(values[i], 0)
		share := float64(running) / float64(max(sum, 1)) * 10000
		switch {
		case values[i] <= 0:
			classes[i] = C
		case n == 0:
			classes[i] = A
		case values[i] == values[order[n-1]]:
			classes[i] = classes[order[n-1]]
		case share > BorderB:
			classes[i] = C
		case share > BorderA:
			classes[i] = B
		}
	}
	return classes
}

// Top returns what share of the positive sum, in basis points, the largest part
// of the values brings. Their number is rounded down, but is one at least.
func Top(values []int64, part float64) int64 {
	var sum, top int64
	count := max(1, int(part*float64(len(values))))
	for n, i := range Order(values) {
		v := max(values[i], 0)
		sum += v
		if n < count {
			top += v
		}
	}
	if sum == 0 {
		return 0
	}
	return int64(math.Round(float64(top) / float64(sum) * 10000))
}

// Curve returns what the largest 0, 1, … 100 % of the values bring of the
// positive sum, in basis points: the line of Lorenz, the largest first.
func Curve(values []int64) []int64 {
	order := Order(values)
	running := make([]int64, len(values)+1)
	for n, i := range order {
		running[n+1] = running[n] + max(values[i], 0)
	}
	curve := make([]int64, 101)
	for percent := range curve {
		if sum := running[len(values)]; sum > 0 {
			curve[percent] = int64(math.Round(float64(running[len(values)*percent/100]) / float64(sum) * 10000))
		}
	}
	return curve
}

// Variation returns the coefficient of variation of amounts per step in basis
// points: the standard deviation of all steps by their mean; not ok when the
// mean is not positive.
func Variation(steps []int64) (bp int64, ok bool) {
	var sum float64
	for _, v := range steps {
		sum += float64(v)
	}
	mean := sum / float64(len(steps))
	if len(steps) == 0 || mean <= 0 {
		return 0, false
	}
	var squares float64
	for _, v := range steps {
		squares += (float64(v) - mean) * (float64(v) - mean)
	}
	return int64(math.Round(math.Sqrt(squares/float64(len(steps))) / mean * 10000)), true
}

// Evenness returns the class of a coefficient of variation.
func Evenness(bp int64) Class {
	switch {
	case bp <= BorderX:
		return X
	case bp <= BorderY:
		return Y
	}
	return Z
}

// Gini returns Gini's coefficient of the values in basis points: 0 when all bring
// the same, near 10000 when one brings everything. What brings less than nothing
// counts as nothing.
func Gini(values []int64) int64 {
	order := Order(values)
	var sum, weighted float64
	for n, i := range order { // largest first: its rank from the smallest is len − n
		v := float64(max(values[i], 0))
		sum += v
		weighted += float64(len(order)-n) * v
	}
	if sum == 0 {
		return 0
	}
	size := float64(len(order))
	return int64(math.Round((2*weighted/(size*sum) - (size+1)/size) * 10000))
}
