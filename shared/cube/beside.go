package cube

import (
	"sort"

	"tillsight/shared/segment"
)

// What stands beside the amounts of lines and receipts: costs that are unknown,
// discounts by hand, and how a receipt came about.

// addBeside adds it up for whole receipts from … to, slots being theirs.
func (x *scan) addBeside(s *segment.Sales, slots []int64, from, to int) {
	if x.beside() {
		for i, slot := range slots {
			x.addReceipt(s, from+i, slot)
		}
	}
	if x.sums[SaleUncosted] == nil && x.sums[SaleManual] == nil {
		return
	}
	first := int(s.First[from])
	lines := make([]int64, int(s.First[to])-first)
	for r := from; r < to; r++ {
		for l := int(s.First[r]); l < int(s.First[r+1]); l++ {
			lines[l-first] = slots[r-from]
		}
	}
	x.addLines(s, first, lines)
}

// addLines adds it up for the lines from first on, slots being theirs.
func (x *scan) addLines(s *segment.Sales, first int, slots []int64) {
	if sums := x.sums[SaleUncosted]; sums != nil {
		for i, slot := range slots {
			if s.Line.Cost.At(first+i) == 0 {
				sums[slot] += s.Line.Net.At(first + i)
			}
		}
	}
	sums := x.sums[SaleManual]
	if sums == nil {
		return
	}
	for i := firstCut(s, first); i < len(s.Cut.Line) && int(s.Cut.Line[i]) < first+len(slots); i++ {
		if x.p.byHand(s.Cut.Rule[i]) {
			sums[slots[int(s.Cut.Line[i])-first]] += s.Cut.Amount.At(i)
		}
	}
}

// firstCut returns the first cut of line or of one after it.
func firstCut(s *segment.Sales, line int) int {
	return sort.Search(len(s.Cut.Line), func(i int) bool { return int(s.Cut.Line[i]) >= line })
}

// byHand reports whether a person gave what a rule takes off.
func (p *plan) byHand(rule int32) bool { return int(rule) < len(p.manual) && p.manual[rule] }

// beside reports whether anything of how receipts came about is wanted.
func (x *scan) beside() bool {
	return x.sums[SaleTook] != nil || x.sums[SaleTimed] != nil || x.sums[SaleVoided] != nil || x.sums[SaleWhole] != nil
}

// addReceipt adds how receipt r came about to a slot.
func (x *scan) addReceipt(s *segment.Sales, r int, slot int64) {
	took, timed, voided, whole := besideOf(s, r)
	if sums := x.sums[SaleTook]; sums != nil {
		sums[slot] += took
	}
	if sums := x.sums[SaleTimed]; sums != nil {
		sums[slot] += timed
	}
	if sums := x.sums[SaleVoided]; sums != nil {
		sums[slot] += voided
	}
	if sums := x.sums[SaleWhole]; sums != nil {
		sums[slot] += whole
	}
}

// besideOf returns how receipt r came about: the ms it took and its positions
// when that can be compared, its voided lines, its positions.
func besideOf(s *segment.Sales, r int) (took, timed, voided, whole int64) {
	voided, whole = int64(s.Voided[r]), int64(s.First[r+1]-s.First[r])
	if took = int64(s.Took[r]); took > 0 && took <= TimedMax {
		return took, whole, voided, whole
	}
	return 0, 0, voided, whole
}
