package till

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"tillsight/app/bridge"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
	"tillsight/shared/tender"
)

// Payments of the open receipt are in its draft, state by state: a page that is
// loaded anew, or a program that was killed while a terminal worked, must not ask
// the customer for money again. What a person has in the hand needs no state of
// its own: it is taken and registered in the one write that closes the receipt.

// TakeCard notes how much cards have paid of the open receipt so far, by a
// terminal of its own that this register does not talk to. 0 says that it was
// given back.
func (s *Session) TakeCard(_ context.Context, q bridge.CardPart) (bridge.Delta, error) {
	const op = "till.TakeCard"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	switch {
	case s.receipt == nil || s.receipt.ID != q.ID:
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, nil)
	case q.Amount < 0:
		return bridge.Delta{}, errcode.New(errcode.BadAmount, op, nil).
			With("min", "0").With("max", strconv.FormatInt(int64(s.receipt.Total), 10))
	case q.Amount > s.receipt.Total:
		return bridge.Delta{}, errcode.New(errcode.CardOverpaid, op, nil)
	}
	steps := recorded(s.payments, q.Amount, s.opt.Now().UnixMilli())
	if len(steps) == 0 {
		return s.delta(nil), nil
	}
	return s.do(change{Payments: steps})
}

// recorded are the steps after which cards have paid sum, as a person says.
// What a device took is the device's to give back.
func recorded(ps tender.Payments, sum money.Amount, at int64) (steps []tender.Payment) {
	have := ps.TakenBy(tender.Card)
	for _, p := range slices.Backward(ps) {
		if have <= sum {
			break
		}
		if p.Kind == tender.Card && p.State == tender.Taken && p.Ref == "" {
			have -= p.Amount
			p.State, p.At = tender.Returned, at
			steps = append(steps, p)
		}
	}
	if have < sum {
		steps = append(steps, tender.Payment{N: len(ps) + 1, Kind: tender.Card, Amount: sum - have, State: tender.Taken, At: at})
	}
	return steps
}

// paid returns the payments after a change.
func paid(ps tender.Payments, c change) (after tender.Payments, err error) {
	steps := c.Payments
	if c.Taken != nil {
		steps = recorded(ps, *c.Taken, 0)
	}
	after = ps
	for _, step := range steps {
		if after, err = after.Step(step); err != nil {
			return nil, err
		}
	}
	return after, nil
}

// paymentsOf returns the payments after the changes of a draft.
func paymentsOf(changes [][]byte) (ps tender.Payments, err error) {
	for i, text := range changes {
		var c change
		if err = json.Unmarshal(text, &c); err == nil {
			ps, err = paid(ps, c)
		}
		if err != nil {
			return nil, errcode.New(errcode.JournalDamaged, "till.payments", fmt.Errorf("change %d: %w", i, err))
		}
	}
	return ps, nil
}

// tenders are those that the receipt is closed with: all that was taken, with the
// references of devices, and what the customer gives now. Nothing is closed while
// nobody knows of a payment, or without a device that has to take one.
func (s *Session) tenders(asked []receipt.Tender) ([]receipt.Tender, error) {
	const op = "till.Pay"
	if len(s.payments.Waiting()) > 0 {
		return nil, errcode.New(errcode.PaymentUnknown, op, nil)
	}
	if s.receipt.Total < s.payments.Held() {
		return nil, s.overTaken(op)
	}
	sums := map[tender.Kind]money.Amount{}
	for _, t := range asked {
		sums[t.Kind] += t.Amount
	}
	var list []receipt.Tender
	for _, rules := range tender.Kinds {
		taken := s.payments.TakenBy(rules.Kind)
		if taken > 0 && sums[rules.Kind] < taken {
			return nil, s.overTaken(op)
		}
		if !rules.Device || s.opt.Devices[rules.Kind] == nil {
			continue
		}
		if sums[rules.Kind] > taken {
			return nil, errcode.New(errcode.PaymentUntaken, op, nil)
		}
		for _, p := range s.payments {
			if p.Kind == rules.Kind && p.State == tender.Taken {
				list = append(list, receipt.Tender{Kind: p.Kind, Amount: p.Amount, Ref: p.Ref})
			}
		}
	}
	for _, t := range asked {
		if s.opt.Devices[t.Kind] == nil {
			list = append(list, t)
		}
	}
	return list, nil
}

// untaken refuses to leave a receipt of which a part may be paid.
func (s *Session) untaken(op string) error {
	if s.payments.Held() == 0 {
		return nil
	}
	return s.overTaken(op)
}

// overTaken is the error of a change or payment that forgets what was paid.
func (s *Session) overTaken(op string) error {
	return errcode.New(errcode.CardTaken, op, nil).With("taken", strconv.FormatInt(int64(s.payments.Held()), 10))
}

// Take has a device take a part of the open receipt. The draft knows that it was
// asked before it is; meanwhile the register goes on.
func (s *Session) Take(ctx context.Context, q bridge.Take) (bridge.Delta, error) {
	const op = "till.Take"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	device := s.opt.Devices[q.Kind]
	switch {
	case s.receipt == nil || s.receipt.ID != q.ID:
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, nil)
	case device == nil:
		return bridge.Delta{}, errcode.New(errcode.NotFound, op, fmt.Errorf("device of %q", q.Kind))
	case len(s.payments.Waiting()) > 0:
		return bridge.Delta{}, errcode.New(errcode.PaymentUnknown, op, nil)
	case q.Amount <= 0 || q.Amount > s.receipt.Total-s.payments.Held():
		return bridge.Delta{}, errcode.New(errcode.CardOverpaid, op, nil)
	}
	if err := s.mayPay(s.opt.Now()); err != nil {
		return bridge.Delta{}, err
	}
	p := tender.Payment{N: len(s.payments) + 1, Kind: q.Kind, Amount: q.Amount, State: tender.Asked, At: s.opt.Now().UnixMilli()}
	if delta, err := s.do(change{Payments: []tender.Payment{p}}); err != nil {
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
func (s *Session) GiveBack(ctx context.Context, q bridge.PaymentRef) (bridge.Delta, error) {
	const op = "till.GiveBack"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	i := slices.IndexFunc(s.payments, func(p tender.Payment) bool { return p.N == q.N })
	if s.receipt == nil || s.receipt.ID != q.ID || i < 0 {
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, nil)
	}
	p := s.payments[i]
	device := s.opt.Devices[p.Kind]
	if device == nil {
		return bridge.Delta{}, errcode.New(errcode.NotFound, op, fmt.Errorf("device of %q", p.Kind))
	}
	p.State, p.At = tender.Returning, s.opt.Now().UnixMilli()
	if delta, err := s.do(change{Payments: []tender.Payment{p}}); err != nil {
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
		return s.delta(nil), errcode.New(errcode.PaymentUnknown, op, err)
	}
	delta, kept := s.step(q.ID, p)
	if kept != nil {
		return delta, kept
	}
	return delta, err
}

// step keeps the next state of a payment, if its receipt is still the open one.
func (s *Session) step(id string, p tender.Payment) (bridge.Delta, error) {
	if s.receipt == nil || s.receipt.ID != id {
		return bridge.Delta{}, errcode.New(errcode.PaymentUnknown, "till.step", fmt.Errorf("receipt %q is not open any more", id))
	}
	p.At = s.opt.Now().UnixMilli()
	return s.do(change{Payments: []tender.Payment{p}})
}

// FindPayments asks devices what became of the payments of which nobody knows.
func (s *Session) FindPayments(ctx context.Context, _ struct{}) (bridge.Delta, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.receipt == nil {
		return s.head(), nil
	}
	if err := s.ready("till.FindPayments"); err != nil {
		return bridge.Delta{}, err
	}
	id := s.receipt.ID
	for _, p := range s.payments.Waiting() {
		device := s.opt.Devices[p.Kind]
		if device == nil {
			continue
		}
		s.mu.Unlock()
		state, ref, err := device.Find(ctx, id, p)
		s.mu.Lock()
		if err != nil {
			return s.head(), errcode.New(errcode.PaymentUnknown, "till.FindPayments", err)
		}
		if p.State, p.Ref = state, ref; s.receipt == nil || s.receipt.ID != id {
			break
		}
		if _, err := s.step(id, p); err != nil {
			return s.head(), err
		}
	}
	return s.whole(), nil
}

// resumePayments does that once after a start.
func (s *Session) resumePayments(ctx context.Context) {
	if _, err := s.FindPayments(ctx, struct{}{}); err != nil {
		s.log("find payments", err)
	}
	s.announce()
}
