package till

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tillsight/app/bridge"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
)

// Pay closes the open receipt. When it returns without an error the sale is in
// the journal for good. Asked again for the same receipt, because an answer was
// lost, it returns what it returned then.
func (s *sale) Pay(_ context.Context, q bridge.Pay) (bridge.Paid, error) {
	const op = "till.Pay"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(op); err != nil {
		return bridge.Paid{}, err
	}
	if s.current.Doc == nil || s.current.Doc.ID != q.ID {
		return s.paidBefore(q.ID)
	}
	if err := s.selling(op, ""); err != nil {
		return bridge.Paid{}, err
	}
	now := s.opt.Now()
	if err := s.book.Pay(s.current.Doc.Lines, s.categoryOf, s.wall(now)); err != nil {
		return bridge.Paid{}, err
	}
	paid := *s.current.Doc
	paid.Lines = slices.Clone(s.current.Doc.Lines)
	if err := s.sellNow(&paid, now); err != nil {
		return bridge.Paid{}, err
	}
	tenders, err := s.current.Tenders(q.Tenders, s.opt.Devices)
	if err != nil {
		return bridge.Paid{}, err
	}
	if err := paid.Pay(tenders, now.UnixMilli()); err != nil {
		return bridge.Paid{}, err
	}
	if err := s.finish(fact.SaleRegistered, &paid); err != nil {
		return bridge.Paid{}, err
	}
	return bridge.Paid{Receipt: paid, Cashier: s.nameOf(paid.Cashier)}, nil
}

// sellNow makes r the sale of this moment and of who is signed in.
func (s *sale) sellNow(r *receipt.Receipt, now time.Time) error {
	date := s.date(now)
	return r.SellBy(s.cashier.ID, date, func(class tax.Class) (tax.Rate, bool) { return s.book.taxes.On(class, date) })
}

// paidBefore answers a repeated Pay.
func (s *sale) paidBefore(id string) (bridge.Paid, error) {
	if err := s.settle(); err != nil {
		return bridge.Paid{}, err
	}
	r, err := s.db.Receipt(id)
	if errcode.Of(err) == errcode.NotFound || err == nil && r.State != receipt.Paid {
		return bridge.Paid{}, errcode.New(errcode.ReceiptState, "till.Pay", fmt.Errorf("receipt %q is not open", id))
	}
	return bridge.Paid{Receipt: r, Cashier: s.nameOf(r.Cashier)}, err
}

// CancelReceipt ends the open receipt without a sale. That is a fact too: its
// number is used up. Who takes off line by line cancels just as well, so the
// right is asked once there was a line; one that is empty ends by itself when
// something else begins.
func (s *sale) CancelReceipt(_ context.Context, q bridge.Reason) (bridge.Delta, error) {
	const op = "till.CancelReceipt"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	if s.current.Doc == nil {
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, fmt.Errorf("no open receipt"))
	}
	if len(s.current.Doc.Lines) > 0 && !s.cashier.May(staff.CancelReceipt) {
		return bridge.Delta{}, errcode.New(errcode.Forbidden, op, nil).With("right", string(staff.CancelReceipt))
	}
	if err := s.current.Untaken(op); err != nil {
		return bridge.Delta{}, err
	}
	if err := s.cancel(q.Reason); err != nil {
		return bridge.Delta{}, err
	}
	return s.current.Whole(), nil
}

func (s *sale) cancel(reason string) error {
	cancelled, now := *s.current.Doc, s.opt.Now()
	if err := s.sellNow(&cancelled, now); err != nil {
		return err
	}
	if err := cancelled.Cancel(reason, now.UnixMilli()); err != nil {
		return err
	}
	return s.finish(fact.ReceiptCancelled, &cancelled)
}

// dropEmpty ends an open receipt on which nothing is left, so that nobody has to
// go on with it and the next customer does not inherit it.
func (s *sale) dropEmpty() error {
	if s.current.Doc == nil || s.current.Doc.Count() > 0 || s.current.Payments.Held() != 0 || s.cashier == nil || !s.shift.IsOpen() {
		return nil
	}
	return s.cancel("")
}

// finish makes a closed receipt a fact and takes it off the counter.
func (s *sale) finish(kind fact.Kind, r *receipt.Receipt) error {
	after := s.shift.Clone()
	if err := after.Apply(r); err != nil {
		return err
	}
	if err := s.register(kind, r); err != nil {
		return err
	}
	s.noteHad(r)
	if r.State == receipt.Paid {
		s.shelf.Sold(r, s.journal.Last())
	}
	s.countSold(r)
	s.shift = after
	s.current.End()
	return nil
}
