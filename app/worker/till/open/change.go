package open

import (
	"encoding/json"
	"fmt"

	"tillsight/app/bridge"
	"tillsight/app/worker/till/lookup"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/parking"
	"tillsight/shared/receipt"
	"tillsight/shared/tender"
)

// Change is one record of the draft log: what was done to the open receipt, not
// what came of it. Replaying the changes gives the receipt again; the prices
// are in the lines, so a newer catalogue makes no difference.
type Change struct {
	Open     *receipt.Opening    `json:"open,omitempty"`   // the first change has this,
	Resume   *Resume             `json:"resume,omitempty"` // or this
	Line     *receipt.Line       `json:"line,omitempty"`
	Quantity *bridge.SetQuantity `json:"quantity,omitempty"`
	Reduce   *bridge.SetQuantity `json:"reduce,omitempty"`  // Quantity that leaves a trace
	Void     int                 `json:"void,omitempty"`    // line
	Restore  int                 `json:"restore,omitempty"` // line
	Discount *Discount           `json:"discount,omitempty"`
	Card     *lookup.Card        `json:"card,omitempty"`
	Coupon   string              `json:"coupon,omitempty"`
	NoCoupon string              `json:"no_coupon,omitempty"`
	Age      *receipt.AgeCheck   `json:"age,omitempty"`
	Refuse   *Refused            `json:"refuse,omitempty"`
	Grouping receipt.Grouping    `json:"grouping,omitempty"` // of Line
	Payments []tender.Payment    `json:"payments,omitempty"` // next states of payments
	Taken    *money.Amount       `json:"taken,omitempty"`    // by card, in all: drafts of before have it in place of Payments
}

// Resume is the first change of a receipt that was parked before.
type Resume struct {
	Recall  parking.Recall  `json:"recall"`
	Receipt receipt.Receipt `json:"receipt"`
}

// Refused is lines that may not be sold.
type Refused struct {
	Lines  []int              `json:"lines"`
	Reason receipt.VoidReason `json:"reason"`
}

// Discount is a discount by hand on line N, 0 for the whole receipt.
type Discount struct {
	N      int            `json:"n"`
	Manual receipt.Manual `json:"manual"`
}

// apply does the change and returns the lines that look different now.
func (c Change) apply(r *receipt.Receipt) ([]int, error) {
	switch {
	case c.Line != nil:
		return r.AddGrouped(*c.Line, c.Grouping)
	case c.Quantity != nil:
		return r.SetQuantity(c.Quantity.N, c.Quantity.Quantity)
	case c.Reduce != nil:
		return r.Reduce(c.Reduce.N, c.Reduce.Quantity)
	case c.Void != 0:
		return r.VoidLine(c.Void)
	case c.Restore != 0:
		return r.RestoreLine(c.Restore)
	case c.Discount != nil:
		return r.SetDiscount(c.Discount.N, c.Discount.Manual)
	case c.Card != nil:
		r.SetUsed(c.Card.Used)
		return r.SetCard(c.Card.Card, c.Card.Customer, c.Card.Groups...)
	case c.Coupon != "":
		return r.AddCoupon(c.Coupon)
	case c.NoCoupon != "":
		return r.RemoveCoupon(c.NoCoupon)
	case c.Age != nil:
		return nil, r.ConfirmAge(*c.Age)
	case c.Refuse != nil:
		return c.Refuse.apply(r)
	}
	return nil, nil
}

func (f *Refused) apply(r *receipt.Receipt) ([]int, error) {
	var changed []int
	for _, n := range f.Lines {
		more, err := r.VoidBecause(n, f.Reason)
		if err != nil {
			return nil, err
		}
		changed = append(changed, more...)
	}
	return changed, nil
}

// Replay makes a receipt from its changes; nil when the first does not open one.
// It has no sums before UseRules: to compute those of every step for nothing
// takes seconds with a thousand lines.
func Replay(changes [][]byte) (*receipt.Receipt, error) {
	var r *receipt.Receipt
	for i, text := range changes {
		var c Change
		if err := json.Unmarshal(text, &c); err != nil {
			return nil, damaged(i, err)
		}
		if i == 0 {
			switch {
			case c.Resume != nil:
				r = receipt.Resume(c.Resume.Receipt)
			case c.Open != nil:
				r = receipt.Reopen(*c.Open)
			default:
				return nil, nil
			}
		}
		if _, err := c.apply(r); err != nil {
			return nil, damaged(i, err)
		}
	}
	return r, nil
}

func damaged(change int, err error) error {
	return errcode.New(errcode.JournalDamaged, "till.replay", fmt.Errorf("change %d: %w", change, err))
}
