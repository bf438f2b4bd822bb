package receipt

import (
	"fmt"
	"strconv"
	"strings"
)

// CountMax is the highest count that a receipt number may have: a till that sells
// a receipt a second gets there in thirty years.
const CountMax = 1_000_000_000

// NumberOf returns the number "store-till-count" that stands on paper and in facts.
func NumberOf(store string, till int, count uint64) string {
	return fmt.Sprintf("%s-%d-%06d", store, till, count)
}

// CountOf returns the count at the end of a receipt number. ok is false when it
// has none, or one that no till reaches.
func CountOf(number string) (count uint64, ok bool) {
	digits := number[strings.LastIndexByte(number, '-')+1:]
	count, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || count > CountMax {
		return 0, false
	}
	return count, true
}
