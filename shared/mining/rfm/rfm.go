// Package rfm scores customers by recency, frequency and money.
package rfm

import (
	"cmp"
	"slices"
)

// Quantiles puts values into n groups of equal size, 1 … n in ascending order,
// as SQL's ntile does: equal values are ordered by their index, and the first
// groups hold one more when the number does not divide.
func Quantiles[T int32 | uint32 | int64](values []T, n int) []uint8 {
	order := Order(values)
	out := make([]uint8, len(values))
	size, extra := len(values)/n, len(values)%n
	at := 0
	for group := range n {
		count := size
		if group < extra {
			count++
		}
		for _, i := range order[at : at+count] {
			out[i] = uint8(group + 1)
		}
		at += count
	}
	return out
}

// packed is how many bits an index has when it is sorted together with its value.
const packed = 24

// Order returns the indices of values in ascending order, equal values by index.
func Order[T int32 | uint32 | int64](values []T) []int32 {
	order := make([]int32, len(values))
	if len(values) == 0 {
		return order
	}
	low, high := slices.Min(values), slices.Max(values)
	if span := uint64(high) - uint64(low); span >= 1<<(64-packed) || len(values) > 1<<packed {
		for i := range order {
			order[i] = int32(i)
		}
		slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(values[a], values[b]) })
		return order
	}
	list := make([]uint64, len(values))
	for i, v := range values {
		list[i] = (uint64(v)-uint64(low))<<packed | uint64(i)
	}
	sortRadix(list)
	for i, v := range list {
		order[i] = int32(v & (1<<packed - 1))
	}
	return order
}

// sortRadix sorts by the bits above packed, which is stable; the bits below are
// ascending already.
func sortRadix(list []uint64) {
	var or uint64
	for _, v := range list {
		or |= v
	}
	const digit = 11
	from, to := list, make([]uint64, len(list))
	for shift := uint(packed); or>>shift != 0; shift += digit {
		var starts [1<<digit + 1]int32
		for _, v := range from {
			starts[v>>shift&(1<<digit-1)+1]++
		}
		for i := 1; i < len(starts); i++ {
			starts[i] += starts[i-1]
		}
		for _, v := range from {
			d := v >> shift & (1<<digit - 1)
			to[starts[d]] = v
			starts[d]++
		}
		from, to = to, from
	}
	if &from[0] != &list[0] {
		copy(list, from)
	}
}
