// Package quantity counts goods in thousandths of their unit: pieces,
// kilograms, litres or metres. 1000 is one piece, 842 is 0.842 kg.
package quantity

import (
	"slices"

	"tillsight/shared/money"
)

// Milli is a quantity in thousandths.
type Milli int64

// One is a single piece, kilogram, litre or metre.
const One Milli = 1000

// Unit names what is counted.
type Unit string

// Units of sale.
const (
	Piece    Unit = "pc"
	Kilogram Unit = "kg"
	Litre    Unit = "l"
	Metre    Unit = "m"
)

// Units lists all units.
var Units = []Unit{Piece, Kilogram, Litre, Metre}

// Known reports whether the unit is one of ours.
func (u Unit) Known() bool { return slices.Contains(Units, u) }

// Whole reports whether the unit is sold in whole numbers only.
func (u Unit) Whole() bool { return u == Piece }

// Cost returns the price of q at price per unit, rounded half up to the minor unit.
func (q Milli) Cost(price money.Amount) money.Amount {
	return money.Amount(money.MulDiv(int64(price), int64(q), int64(One)))
}
