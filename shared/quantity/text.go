package quantity

import (
	"strings"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// Parse reads a quantity as people type it: "3", "0,842", "1 250". What is
// measured has three decimals, as scales write them. Pieces must be whole, and
// "2,000" pieces are refused: they may be two or two thousand. Zero is a number
// too: limits are the receipt's.
func Parse(text string, unit Unit) (Milli, error) {
	if !unit.Whole() {
		n, err := money.Measure(text)
		return Milli(n), err
	}
	n, err := money.Decimal(text, 0)
	if errcode.Of(err) == errcode.NumberDecimals {
		return 0, errcode.New(errcode.WholeQuantity, "quantity.Parse", err)
	}
	return Milli(n) * One, err
}

// String writes the quantity in the plain form of logs and files: "3", "0.842".
func (q Milli) String() string {
	text := money.FormatDecimal(int64(q), 3)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
