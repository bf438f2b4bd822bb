package till

import (
	"encoding/json"
	"fmt"

	"tillsight/app/bridge"
	"tillsight/app/worker/till/lookup"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
	"tillsight/shared/tender"
)

// change is one record of the draft log: what was done to the open receipt, not
// what came of it. Replaying the changes gives the receipt again; the prices
// are in the lines, so a newer catalogue makes no difference.
type change struct {
	Open     *receipt.Opening    `json:"open,omitempty"`   // the first change has this,
	Resume   *resume             `json:"resume,omitempty"` // or this
	Line     *receipt.Line       `json:"line,omitempty"`
	Quantity *bridge.SetQuantity `json:"quantity,omitempty"`
	Reduce   *bridge.SetQuantity `json:"reduce,omitempty"`  // Quantity that leaves a trace
	Void     int                 `json:"void,omitempty"`    // line
	Restore  int                 `json:"restore,omitempty"` // line
	Discount *discount           `json:"discount,omitempty"`
	Card     *lookup.Card        `json:"card,omitempty"`
	Coupon   string              `json:"coupon,omitempty"`
	NoCoupon string              `json:"no_coupon,omitempty"`
	Age      *receipt.AgeCheck   `json:"age,omitempty"`
	Refuse   *takenOff           `json:"refuse,omitempty"`
	Grouping receipt.Grouping    `json:"grouping,omitempty"` // of Line
	Payments []tender.Payment    `json:"payments,omitempty"` // next states of payments
	Taken    *money.Amount       `json:"taken,omitempty"`    // by card, in all: drafts of before have it in place of Payments
}

// takenOff is lines that may not be sold.
type takenOff struct {
	Lines  []int              `json:"lines"`
	Reason receipt.VoidReason `json:"reason"`
}

type discount struct {
	N      int            `json:"n"`
	Manual receipt.Manual `json:"manual"`
}

// apply does the change and returns the lines that look different now.
func (c change) apply(r *receipt.Receipt) ([]int, error) {
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

func (f *takenOff) apply(r *receipt.Receipt) ([]int, error) {
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

// replay makes a receipt from its changes; nil when the first does not open one.
// It has no sums before UseRules: to compute those of every step for nothing
// takes seconds with a thousand lines.
func replay(changes [][]byte) (*receipt.Receipt, error) {
	var open *receipt.Receipt
	for i, text := range changes {
		var c change
		if err := json.Unmarshal(text, &c); err != nil {
			return nil, errcode.New(errcode.JournalDamaged, "till.replay", fmt.Errorf("change %d: %w", i, err))
		}
		if i == 0 {
			switch {
			case c.Resume != nil:
				open = receipt.Resume(c.Resume.Receipt)
			case c.Open != nil:
				open = receipt.Reopen(*c.Open)
			default:
				return nil, nil
			}
		}
		if _, err := c.apply(open); err != nil {
			return nil, errcode.New(errcode.JournalDamaged, "till.replay", fmt.Errorf("change %d: %w", i, err))
		}
	}
	return open, nil
}

// do applies a change to the open receipt, opening one when there is none, and
// makes it durable. When that fails the receipt is as it was before.
func (s *Session) do(c change) (bridge.Delta, error) {
	r, counter := s.receipt, s.counter
	if r == nil {
		opening, err := s.opening()
		if err != nil {
			return bridge.Delta{}, err
		}
		c.Open = &opening
		r = receipt.New(opening, s.rules.now)
		counter, _ = receipt.CountOf(opening.Number)
	}
	payments, err := paid(s.payments, c)
	if err != nil {
		return bridge.Delta{}, err
	}
	before := pricesOf(r, c.Card != nil)
	changed, err := c.apply(r)
	if err != nil {
		return bridge.Delta{}, err
	}
	if r == s.receipt && c.Payments == nil && r.Total < s.payments.Held() {
		return bridge.Delta{}, s.undo(s.overTaken("till.draft"))
	}
	text, err := json.Marshal(c)
	if err != nil {
		return bridge.Delta{}, s.undo(errcode.New(errcode.Internal, "till.draft", err))
	}
	if err := s.keep(text); err != nil {
		return bridge.Delta{}, s.undo(err)
	}
	if s.receipt == nil {
		s.rules.kept, s.rules.given = s.rules.now, true
	}
	s.receipt, s.counter = r, counter
	if c.Card != nil {
		s.customer = c.Card.Name
	}
	s.payments = payments
	if n := len(changed); n > 0 {
		s.last = changed[n-1]
	}
	delta := s.delta(changed)
	delta.Repriced = before.compare(r)
	return delta, nil
}

// undo brings the receipt back to what the draft holds and returns reason.
func (s *Session) undo(reason error) error {
	if s.receipt == nil {
		return reason
	}
	before, err := replay(s.draft.Load())
	if err != nil {
		s.log("undo a change", err)
		return reason
	}
	if before != nil {
		before.UseRules(s.rules.kept, nil)
	}
	s.receipt = before
	return reason
}

// keep makes a change durable.
func (s *Session) keep(text []byte) error {
	if err := s.clearDraft(); err != nil {
		return err
	}
	return s.withReserve(func() error { return s.draft.Append(text) })
}

// clearDraft forgets a draft whose receipt is in the journal.
func (s *Session) clearDraft() error {
	if !s.spent {
		return nil
	}
	if err := s.draft.Clear(); err != nil {
		return err
	}
	s.spent = false
	return nil
}
