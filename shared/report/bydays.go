package report

import (
	"tillsight/shared/cube"
	"tillsight/shared/money"
	"tillsight/shared/segment"
)

// byDays is a sum of expenses that are of months and count by days. It is kept
// whole, as expense times days for each length of a month, and rounded once.
type byDays [32]int64

// add adds the part of an expense that falls into a period.
func (b *byDays) add(e segment.Expense, from, to string) {
	start, err := cube.ParseDay(e.Month + "-01")
	first, errFrom := cube.ParseDay(from)
	last, errTo := cube.ParseDay(to)
	if err != nil || errFrom != nil || errTo != nil {
		return
	}
	end := monthEnd(start)
	if days := min(end, last) - max(start, first) + 1; days > 0 {
		b[end-start+1] += int64(e.Amount) * int64(days)
	}
}

// lengths is a number that the lengths of all months divide.
const lengths = 28 * 29 * 15 * 31

// rounded is the sum, half away from zero.
func (b *byDays) rounded() int64 {
	var whole, rest int64
	for length := int64(28); length <= 31; length++ {
		whole += b[length] / length
		rest += b[length] % length * (lengths / length)
	}
	return whole + money.MulDiv(rest, 1, lengths)
}
