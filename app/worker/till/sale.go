package till

import (
	"context"
	"fmt"

	"tillsight/app/bridge"
	"tillsight/app/worker/till/lookup"
	"tillsight/app/worker/till/open"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/staff"
)

// sale is what is sold on the counter.
type sale struct {
	reference
	current open.Receipt
}

// Scan sells what a code stands for, or puts a loyalty card on the receipt.
func (s *sale) Scan(_ context.Context, q bridge.Scan) (bridge.Delta, error) {
	const op = "till.Scan"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	found, err := s.reader().Read(q.Code, q.Typed)
	if err != nil {
		return s.scanParts(q, err)
	}
	if found.Card != nil {
		return s.do(open.Change{Card: found.Card})
	}
	if found.Coupon != "" {
		return s.do(open.Change{Coupon: found.Coupon})
	}
	return s.sell(found, q.Quantity, q.Grouping)
}

// Add sells a product picked by a person.
func (s *sale) Add(_ context.Context, q bridge.Add) (bridge.Delta, error) {
	const op = "till.Add"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	item, ok, err := s.goods().ProductBySKU(q.SKU)
	if err != nil {
		return bridge.Delta{}, err
	}
	if !ok {
		return bridge.Delta{}, errcode.New(errcode.NotFound, op, fmt.Errorf("article %q", q.SKU))
	}
	return s.sell(lookup.Meaning{Item: item, Factor: quantity.One, Weighed: q.Weighed}, q.Quantity, q.Grouping)
}

// sell adds a line for what was found; wanted 0 means one. g is how this till
// groups equal positions, nil for the chain's way.
func (s *sale) sell(found lookup.Meaning, wanted quantity.Milli, g *receipt.Grouping) (bridge.Delta, error) {
	now := s.opt.Now()
	hint, err := s.book.Scan(found, wanted, s.goods(), s.wall(now), *s.cashier)
	if err != nil {
		return bridge.Delta{}, err
	}
	date := s.date(now)
	if s.current.Doc != nil {
		date = s.current.Doc.Date
	}
	line, err := s.terms(date).Line(found, wanted, now.UnixMilli())
	if err != nil {
		return bridge.Delta{}, err
	}
	grouping := s.book.Selling.Grouping
	if g != nil {
		grouping = *g
	}
	delta, err := s.do(open.Change{Line: &line, Grouping: grouping})
	delta.Hint = hint
	return delta, err
}

// terms are what lines are made with on a date.
func (s *sale) terms(date string) open.Terms {
	return open.Terms{
		Goods: s.goods(), Taxes: s.book.taxes, Kits: s.book.Kits, Rules: s.rulesNow(), Store: s.identity.Store.ID, Date: date,
	}
}

// SetQuantity changes how much of line N is sold.
func (s *sale) SetQuantity(_ context.Context, q bridge.SetQuantity) (bridge.Delta, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	const op = "till.SetQuantity"
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	line, ok := s.current.Line(q.N)
	if ok && !line.Unit.Whole() {
		if err := s.book.Weigh(op, *s.cashier); err != nil {
			return bridge.Delta{}, err
		}
	}
	if !ok || q.Quantity >= line.Quantity || line.Voided {
		return s.editLocked(op, open.Change{Quantity: &q})
	}
	if err := s.selling(op, staff.VoidLine); err != nil { // goods leave the receipt, as with a void
		return bridge.Delta{}, err
	}
	return s.editLocked(op, open.Change{Reduce: &q})
}

// VoidLine takes line N out of the sums.
func (s *sale) VoidLine(_ context.Context, q bridge.LineRef) (bridge.Delta, error) {
	return s.edit("till.VoidLine", staff.VoidLine, open.Change{Void: q.N})
}

// RestoreLine undoes VoidLine.
func (s *sale) RestoreLine(_ context.Context, q bridge.LineRef) (bridge.Delta, error) {
	return s.edit("till.RestoreLine", staff.VoidLine, open.Change{Restore: q.N})
}

// Discount gives a discount by hand, within the limit of who is signed in.
func (s *sale) Discount(_ context.Context, q bridge.Discount) (bridge.Delta, error) {
	const op = "till.Discount"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, staff.Discount); err != nil {
		return bridge.Delta{}, err
	}
	if s.cashier.DiscountBP <= 0 && (q.BP != 0 || q.Amount != 0) {
		return bridge.Delta{}, errcode.New(errcode.DiscountLimit, op, nil).With("limit", "0")
	}
	return s.editLocked(op, open.Change{Discount: &open.Discount{N: q.N, Manual: receipt.Manual{
		BP: q.BP, Amount: q.Amount, Limit: s.cashier.DiscountBP, By: s.cashier.ID, Reason: q.Reason,
	}}})
}

// edit changes the open receipt; it never opens one.
func (s *sale) edit(op string, right staff.Right, c open.Change) (bridge.Delta, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, right); err != nil {
		return bridge.Delta{}, err
	}
	return s.editLocked(op, c)
}

func (s *sale) editLocked(op string, c open.Change) (bridge.Delta, error) {
	if s.current.Doc == nil {
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, fmt.Errorf("no open receipt"))
	}
	if c.Quantity == nil && c.Reduce == nil && c.Void == 0 && c.Restore == 0 && c.Discount == nil && c.Age == nil && c.Refuse == nil {
		return bridge.Delta{}, errcode.New(errcode.NoLine, op, nil)
	}
	return s.do(c)
}

// opening is the head of the next receipt, with the promotions that count for it.
func (s *sale) opening() (receipt.Opening, *pricing.Rules, error) {
	now := s.opt.Now()
	totals, err := s.totals()
	return receipt.Opening{
		ID:      s.opt.NewID(),
		Number:  receipt.NumberOf(s.identity.Store.ID, s.identity.Till, s.current.Counter+1),
		Type:    receipt.Sale,
		Shift:   s.shift.Number,
		At:      now.UnixMilli(),
		Zone:    s.zone(now),
		Date:    s.date(now),
		Cashier: s.cashier.ID,
		Store:   s.identity.Store.ID,
		Rules:   s.rulesVersion(),
		Totals:  totals,
	}, s.rules.now, err
}

// do applies a change to the open receipt, opening one when there is none.
func (s *sale) do(c open.Change) (bridge.Delta, error) { return s.current.Do(c, s.opening) }
