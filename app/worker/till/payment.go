package till

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"tillsight/app/bridge"
	"tillsight/app/worker/till/open"
	"tillsight/shared/errcode"
	"tillsight/shared/tender"
)

// Payments of the open receipt are in its draft, state by state: a page that is
// loaded anew, or a program that was killed while a terminal worked, must not ask
// the customer for money again. What a person has in the hand needs no state of
// its own: it is taken and registered in the one write that closes the receipt.

// TakeCard notes how much cards have paid of the open receipt so far, by a
// terminal of its own that this register does not talk to. 0 says that it was
// given back.
func (s *sale) TakeCard(_ context.Context, q bridge.CardPart) (bridge.Delta, error) {
	const op = "till.TakeCard"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	switch {
	case s.current.Doc == nil || s.current.Doc.ID != q.ID:
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, nil)
	case q.Amount < 0:
		return bridge.Delta{}, errcode.New(errcode.BadAmount, op, nil).
			With("min", "0").With("max", strconv.FormatInt(int64(s.current.Doc.Total), 10))
	case q.Amount > s.current.Doc.Total:
		return bridge.Delta{}, errcode.New(errcode.CardOverpaid, op, nil)
	}
	steps := s.current.Recorded(q.Amount, s.opt.Now().UnixMilli())
	if len(steps) == 0 {
		return s.current.Delta(nil), nil
	}
	return s.do(open.Change{Payments: steps})
}

// Take has a device take a part of the open receipt. The draft knows that it was
// asked before it is; meanwhile the register goes on.
func (s *sale) Take(ctx context.Context, q bridge.Take) (bridge.Delta, error) {
	const op = "till.Take"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	device := s.opt.Devices[q.Kind]
	switch {
	case s.current.Doc == nil || s.current.Doc.ID != q.ID:
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, nil)
	case device == nil:
		return bridge.Delta{}, errcode.New(errcode.NotFound, op, fmt.Errorf("device of %q", q.Kind))
	case len(s.current.Payments.Waiting()) > 0:
		return bridge.Delta{}, errcode.New(errcode.PaymentUnknown, op, nil)
	case q.Amount <= 0 || q.Amount > s.current.Doc.Total-s.current.Payments.Held():
		return bridge.Delta{}, errcode.New(errcode.CardOverpaid, op, nil)
	}
	if err := s.book.Pay(s.current.Doc.Lines, s.categoryOf, s.wall(s.opt.Now())); err != nil {
		return bridge.Delta{}, err
	}
	p := tender.Payment{N: len(s.current.Payments) + 1, Kind: q.Kind, Amount: q.Amount, State: tender.Asked, At: s.opt.Now().UnixMilli()}
	if delta, err := s.do(open.Change{Payments: []tender.Payment{p}}); err != nil {
		return delta, err
	}
	s.mu.Unlock()
	ref, err := device.Take(ctx, q.ID, p)
	s.mu.Lock()
	switch p.Ref = ref; {
	case err == nil:
		p.State = tender.Taken
	case errcode.Of(err) == errcode.PaymentRefused:
		p.State = tender.Refused
	default:
		p.State = tender.Unknown
		err = errcode.New(errcode.PaymentUnknown, op, err)
	}
	delta, kept := s.step(q.ID, p)
	if kept != nil {
		return delta, kept
	}
	return delta, err
}

// GiveBack has a device give a payment back.
func (s *sale) GiveBack(ctx context.Context, q bridge.PaymentRef) (bridge.Delta, error) {
	const op = "till.GiveBack"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	i := slices.IndexFunc(s.current.Payments, func(p tender.Payment) bool { return p.N == q.N })
	if s.current.Doc == nil || s.current.Doc.ID != q.ID || i < 0 {
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, nil)
	}
	p := s.current.Payments[i]
	device := s.opt.Devices[p.Kind]
	if device == nil {
		return bridge.Delta{}, errcode.New(errcode.NotFound, op, fmt.Errorf("device of %q", p.Kind))
	}
	p.State, p.At = tender.Returning, s.opt.Now().UnixMilli()
	if delta, err := s.do(open.Change{Payments: []tender.Payment{p}}); err != nil {
		return delta, err
	}
	s.mu.Unlock()
	err := device.GiveBack(ctx, q.ID, p)
	s.mu.Lock()
	switch {
	case err == nil:
		p.State = tender.Returned
	case errcode.Of(err) == errcode.PaymentRefused:
		p.State = tender.Taken
	default: // it stays as it is until the device says more
		return s.current.Delta(nil), errcode.New(errcode.PaymentUnknown, op, err)
	}
	delta, kept := s.step(q.ID, p)
	if kept != nil {
		return delta, kept
	}
	return delta, err
}

// step keeps the next state of a payment, if its receipt is still the open one.
func (s *sale) step(id string, p tender.Payment) (bridge.Delta, error) {
	if s.current.Doc == nil || s.current.Doc.ID != id {
		return bridge.Delta{}, errcode.New(errcode.PaymentUnknown, "till.step", fmt.Errorf("receipt %q is not open any more", id))
	}
	p.At = s.opt.Now().UnixMilli()
	return s.do(open.Change{Payments: []tender.Payment{p}})
}

// FindPayments asks devices what became of the payments of which nobody knows.
func (s *sale) FindPayments(ctx context.Context, _ struct{}) (bridge.Delta, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current.Doc == nil {
		return s.current.Head(), nil
	}
	if err := s.ready("till.FindPayments"); err != nil {
		return bridge.Delta{}, err
	}
	id := s.current.Doc.ID
	for _, p := range s.current.Payments.Waiting() {
		device := s.opt.Devices[p.Kind]
		if device == nil {
			continue
		}
		s.mu.Unlock()
		state, ref, err := device.Find(ctx, id, p)
		s.mu.Lock()
		if err != nil {
			return s.current.Head(), errcode.New(errcode.PaymentUnknown, "till.FindPayments", err)
		}
		if p.State, p.Ref = state, ref; s.current.Doc == nil || s.current.Doc.ID != id {
			break
		}
		if _, err := s.step(id, p); err != nil {
			return s.current.Head(), err
		}
	}
	return s.current.Whole(), nil
}

// resumePayments does that once after a start.
func (s *sale) resumePayments(ctx context.Context) {
	if _, err := s.FindPayments(ctx, struct{}{}); err != nil {
		s.log("find payments", err)
	}
	s.announce()
}
