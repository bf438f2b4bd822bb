package receipt

import (
	"fmt"

	"tillsight/shared/errcode"
)

// AgeCheck records that somebody made sure of the customer's age. A birth date
// is looked at, not kept.
type AgeCheck struct {
	Years int    `json:"years"` // at least so old
	By    string `json:"by"`    // employee ID
	At    int64  `json:"at"`    // unix ms
}

// VoidReason is why a line was taken off when the cashier had no choice.
type VoidReason string

// Reasons.
const (
	VoidUnderAge VoidReason = "age"  // the customer is too young
	VoidBanned   VoidReason = "ban"  // not sold at this hour
	VoidExpired  VoidReason = "old"  // past its date
	VoidReduced  VoidReason = "less" // the part by which a quantity was made smaller
)

// AgeMissing returns the age in years that nobody has confirmed yet and some
// line asks for; 0 when nothing is left to ask. The highest age of the receipt is
// asked for once.
func (r *Receipt) AgeMissing() int {
	years := 0
	for i := range r.Lines {
		if l := &r.Lines[i]; !l.Voided {
			years = max(years, l.MinAge)
		}
	}
	if years <= r.Age.Years {
		return 0
	}
	return years
}

// ConfirmAge notes who made sure of which age.
func (r *Receipt) ConfirmAge(c AgeCheck) error {
	const op = "receipt.ConfirmAge"
	if r.State != Open {
		return errcode.New(errcode.ReceiptState, op, nil)
	}
	if c.Years <= 0 || c.By == "" {
		return errcode.New(errcode.Invalid, op, fmt.Errorf("%+v", c))
	}
	if c.Years > r.Age.Years {
		r.Age = c
	}
	return nil
}

// TooYoungFor returns the numbers of the lines that need a greater age than was confirmed.
func (r *Receipt) TooYoungFor() []int {
	var numbers []int
	for i := range r.Lines {
		if l := &r.Lines[i]; !l.Voided && l.MinAge > r.Age.Years {
			numbers = append(numbers, l.N)
		}
	}
	return numbers
}
