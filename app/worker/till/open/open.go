// Package open is the open receipt of a register: its lines, the promotions of
// its first one, the payments on the way, and the draft log, which has every
// change before anybody sees it. A change that can't be kept has not happened.
// Whatever ends the program, the log brings the receipt back. Which changes are
// allowed to whom is not its business.
package open

import (
	"encoding/json"
	"errors"
	"fmt"

	"tillsight/app/bridge"
	"tillsight/app/worker/journal"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
	"tillsight/shared/tender"
)

// Receipt is the open receipt, or the place where the next one will be.
type Receipt struct {
	Doc      *receipt.Receipt // nil when none is open
	Payments tender.Payments  // of it
	Last     int              // line to mark as newest
	Customer string           // name of the customer on it, "" when unknown
	Counter  uint64           // of the last receipt number given

	rules *pricing.Rules // promotions of its first line; nil before they were read
	draft *journal.Draft
	write func(func() error) error // does it once more when there was no room
	spent bool                     // the draft's receipt is in the journal
}

// On returns the place for receipts whose changes the draft keeps. Write does
// what writes, perhaps twice.
func On(draft *journal.Draft, write func(func() error) error) Receipt {
	return Receipt{draft: draft, write: write}
}

// Beginning gives the head of the next receipt and the promotions that count for it.
type Beginning func() (receipt.Opening, *pricing.Rules, error)

// Load brings back what the draft holds and returns its first change, nil when it
// holds no receipt. The receipt has no sums before Use.
func (r *Receipt) Load() (*Change, error) {
	changes := r.draft.Load()
	if len(changes) == 0 {
		return nil, nil
	}
	doc, err := Replay(changes)
	if err != nil || doc == nil {
		return nil, err
	}
	var first Change
	if err := json.Unmarshal(changes[0], &first); err != nil {
		return nil, damaged(0, err)
	}
	payments, err := paymentsOf(changes)
	if err != nil {
		return nil, err
	}
	count, _ := receipt.CountOf(doc.Number)
	r.Counter = max(r.Counter, count)
	r.Doc, r.Payments, r.Last = doc, payments, lastOf(doc)
	return &first, nil
}

// Use gives the open receipt the promotions that it goes by from now on.
func (r *Receipt) Use(rules *pricing.Rules) {
	r.rules = rules
	r.Doc.UseRules(rules, nil)
}

// Rules are the promotions of the open receipt, nil while it has none.
func (r *Receipt) Rules() *pricing.Rules {
	if r.Doc == nil {
		return nil
	}
	return r.rules
}

// Do applies a change to the open receipt, opening one when there is none, and
// makes it durable. When that fails the receipt is as it was before.
func (r *Receipt) Do(c Change, begin Beginning) (bridge.Delta, error) {
	doc, rules, counter := r.Doc, r.rules, r.Counter
	if doc == nil {
		opening, now, err := begin()
		if err != nil {
			return bridge.Delta{}, err
		}
		c.Open, rules = &opening, now
		doc = receipt.New(opening, rules)
		counter, _ = receipt.CountOf(opening.Number)
	}
	payments, err := paid(r.Payments, c)
	if err != nil {
		return bridge.Delta{}, err
	}
	before := pricesOf(doc, c.Card != nil)
	changed, err := c.apply(doc)
	if err != nil {
		return bridge.Delta{}, err
	}
	if doc == r.Doc && c.Payments == nil && doc.Total < r.Payments.Held() {
		return bridge.Delta{}, r.undo(r.overTaken("till.draft"))
	}
	if err := r.keep(c); err != nil {
		return bridge.Delta{}, r.undo(err)
	}
	r.Doc, r.rules, r.Counter = doc, rules, counter
	if c.Card != nil {
		r.Customer = c.Card.Name
	}
	r.Payments = payments
	if n := len(changed); n > 0 {
		r.Last = changed[n-1]
	}
	delta := r.Delta(changed)
	delta.Repriced = before.compare(doc)
	return delta, nil
}

// Resume makes durable that doc goes on as the open receipt. It is not open
// before GoOn.
func (r *Receipt) Resume(first Resume) error { return r.keep(Change{Resume: &first}) }

// GoOn makes doc the open receipt, with promotions and the name of its customer.
func (r *Receipt) GoOn(doc *receipt.Receipt, rules *pricing.Rules, customer string) {
	count, _ := receipt.CountOf(doc.Number)
	r.Counter = max(r.Counter, count)
	r.Doc, r.rules, r.Customer, r.Last = doc, rules, customer, lastOf(doc)
}

func lastOf(doc *receipt.Receipt) int {
	if n := len(doc.Lines); n > 0 {
		return doc.Lines[n-1].N
	}
	return 0
}

// undo brings the receipt back to what the draft holds and returns reason.
func (r *Receipt) undo(reason error) error {
	if r.Doc == nil {
		return reason
	}
	before, err := Replay(r.draft.Load())
	if err != nil {
		return errors.Join(reason, fmt.Errorf("undo a change: %w", err))
	}
	if before != nil {
		before.UseRules(r.rules, nil)
	}
	r.Doc = before
	return reason
}

// keep makes a change durable.
func (r *Receipt) keep(c Change) error {
	text, err := json.Marshal(c)
	if err != nil {
		return errcode.New(errcode.Internal, "till.draft", err)
	}
	if err := r.Clear(); err != nil {
		return err
	}
	return r.write(func() error { return r.draft.Append(text) })
}

// End takes the receipt off the counter once the journal has what became of it.
// The draft is cleared when there is time: should the program end before, the
// next start finds its receipt in the journal and drops it.
func (r *Receipt) End() {
	r.Doc, r.rules, r.Customer = nil, nil, ""
	r.Payments, r.Last = nil, 0
	r.spent = true
}

// Clear forgets a draft whose receipt is in the journal.
func (r *Receipt) Clear() error {
	if !r.spent {
		return nil
	}
	if err := r.draft.Clear(); err != nil {
		return err
	}
	r.spent = false
	return nil
}

// Drop forgets what Load brought back: the journal has it.
func (r *Receipt) Drop() error {
	r.End()
	return r.Clear()
}

// Close closes the draft.
func (r *Receipt) Close() error {
	if r.draft == nil {
		return nil
	}
	return errors.Join(r.Clear(), r.draft.Close())
}
