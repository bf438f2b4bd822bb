// Package tax knows value added tax: rates by class, dated, included in the
// price or added to it. Tax is computed per line, rounded half up, and
// reports sum the stored values.
package tax

import "tillsight/shared/money"

// Class is what the catalogue says of a product: "standard", "reduced", "zero", "none".
type Class string

// Classes of the home market.
const (
	Standard Class = "standard"
	Reduced  Class = "reduced"
	Zero     Class = "zero"
	None     Class = "none"
)

// Rate is the rate of a class from a business date on.
type Rate struct {
	Class     Class  `json:"class"`
	From      string `json:"from"` // business date, 2026-01-01
	BP        int64  `json:"bp"`   // basis points: 2200 = 22 %
	Exclusive bool   `json:"exclusive,omitempty"`
}

// Table holds rates; the latest one that began on or before a date is in force.
type Table []Rate

// On returns the rate of class in force on a business date.
func (t Table) On(class Class, date string) (Rate, bool) {
	var found Rate
	ok := false
	for _, rate := range t {
		if rate.Class == class && rate.From <= date && (!ok || rate.From > found.From) {
			found, ok = rate, true
		}
	}
	return found, ok
}

// Of returns the tax in a sum: the part included in it, or, for an exclusive
// rate, the part to be added.
func (r Rate) Of(sum money.Amount) money.Amount {
	if r.Exclusive {
		return sum.Percent(r.BP)
	}
	return money.Amount(money.MulDiv(int64(sum), r.BP, 10000+r.BP))
}
