// Package basket finds goods that are bought together.
package basket

import (
	"cmp"
	"slices"

	"tillsight/shared/mining/rfm"
)

// Pair is two goods found in the same receipts; X < Y.
type Pair struct {
	X, Y     int32
	Together int // receipts with both
	WithX    int
	WithY    int
}

// Source calls run for parts of the receipts: receipt i of a part has the goods
// item[first[i]:first[i+1]]; an item may be there twice.
type Source func(run func(first []uint32, item []int32))

// Pairs returns the most frequent pairs among the top goods by number of
// receipts (ties: the smaller number), at most limit, by Together descending,
// then X and Y; and how many receipts there are. Goods are numbers below items.
func Pairs(source Source, items, top, limit int) (pairs []Pair, receipts int) {
	counts, receipts := counts(source, items)
	rank, chosen := choose(counts, top)
	matrix := together(source, rank, len(chosen))
	for x := range chosen {
		for y := x + 1; y < len(chosen); y++ {
			if n := matrix[x*len(chosen)+y]; n > 0 {
				pairs = append(pairs, Pair{
					X: chosen[x], Y: chosen[y], Together: int(n), WithX: int(counts[chosen[x]]), WithY: int(counts[chosen[y]]),
				})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b Pair) int {
		return cmp.Or(-cmp.Compare(a.Together, b.Together), cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y))
	})
	return pairs[:min(limit, len(pairs))], receipts
}

// counts returns in how many receipts each item is.
func counts(source Source, items int) (counts []int32, receipts int) {
	counts = make([]int32, items)
	last := make([]int32, items)
	serial := int32(0)
	source(func(first []uint32, item []int32) {
		for i := 1; i < len(first); i++ {
			serial++
			for _, x := range item[first[i-1]:first[i]] {
				if last[x] != serial {
					last[x] = serial
					counts[x]++
				}
			}
		}
	})
	return counts, int(serial)
}

// choose picks the top items; rank[item] is its place among them by number,
// −1 for the others.
func choose(counts []int32, top int) (rank []int16, chosen []int32) {
	negative := make([]int32, len(counts))
	for i, n := range counts {
		negative[i] = -n
	}
	for _, item := range rfm.Order(negative) {
		if len(chosen) == top || counts[item] == 0 {
			break
		}
		chosen = append(chosen, item)
	}
	slices.Sort(chosen)
	rank = make([]int16, len(counts))
	for i := range rank {
		rank[i] = -1
	}
	for place, item := range chosen {
		rank[item] = int16(place)
	}
	return rank, chosen
}

// together counts the receipts of each pair of ranks, the smaller one first.
func together(source Source, rank []int16, n int) []int32 {
	matrix := make([]int32, n*n)
	mark := make([]int32, n)
	set := make([]int, 0, n)
	serial := int32(0)
	source(func(first []uint32, item []int32) {
		for i := 1; i < len(first); i++ {
			serial++
			set = set[:0]
			for _, x := range item[first[i-1]:first[i]] {
				r := int(rank[x])
				if r < 0 || mark[r] == serial {
					continue
				}
				mark[r] = serial
				for _, other := range set {
					if r < other {
						matrix[r*n+other]++
					} else {
						matrix[other*n+r]++
					}
				}
				set = append(set, r)
			}
		}
	})
	return matrix
}
