package quantity

import (
	"strings"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// Parse reads a quantity as people type it: "3", "0,842", "1 250". Pieces must
// be whole. Zero is a number too: limits are the receipt's.
func Parse(text string, unit Unit) (Milli, error) {
	n, err := money.Decimal(text, 3)
	if err != nil {
		return 0, errcode.New(errcode.BadQuantity, "quantity.Parse", err)
	}
	q := Milli(n)
	if unit.Whole() && q%One != 0 {
		return 0, errcode.New(errcode.WholeQuantity, "quantity.Parse", nil)
	}
	return q, nil
}

// String writes the quantity in the plain form of logs and files: "3", "0.842".
func (q Milli) String() string {
	text := money.FormatDecimal(int64(q), 3)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
