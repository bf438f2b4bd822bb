package till

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"tillsight/app/bridge"
	"tillsight/app/worker/till/open"
	"tillsight/shared/errcode"
	"tillsight/shared/receipt"
)

// MayPay says whether the open receipt could be paid at this moment, so that the
// customer hears it before he pays.
func (s *sale) MayPay(context.Context, struct{}) (bridge.Delta, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling("till.MayPay", ""); err != nil {
		return bridge.Delta{}, err
	}
	if s.current.Doc == nil {
		return s.current.Head(), nil
	}
	return s.current.Delta(nil), s.book.Pay(s.current.Doc.Lines, s.categoryOf, s.wall(s.opt.Now()))
}

// ConfirmAge notes that the cashier made sure of the customer's age.
func (s *sale) ConfirmAge(_ context.Context, q bridge.ConfirmAge) (bridge.Delta, error) {
	const op = "till.ConfirmAge"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	if s.current.Doc == nil {
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, errors.New("no open receipt"))
	}
	if years := s.current.Doc.AgeMissing(); q.Years < years {
		// Something for grown-ups was scanned while the button was pressed.
		return bridge.Delta{}, errcode.New(errcode.AgeUnasked, op, nil).With("years", strconv.Itoa(years))
	}
	return s.editLocked(op, open.Change{Age: &receipt.AgeCheck{Years: q.Years, By: s.cashier.ID, At: s.opt.Now().UnixMilli()}})
}

// Refuse takes off all lines that may not be sold to this customer, or now. It
// needs no right: the law says so.
func (s *sale) Refuse(_ context.Context, q bridge.Refuse) (bridge.Delta, error) {
	const op = "till.Refuse"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	if s.current.Doc == nil {
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, errors.New("no open receipt"))
	}
	var lines []int
	switch q.Reason {
	case receipt.VoidUnderAge:
		lines = s.current.Doc.TooYoungFor()
	case receipt.VoidBanned:
		lines, _ = s.book.Banned(s.current.Doc.Lines, s.categoryOf, s.wall(s.opt.Now()))
	case receipt.VoidExpired:
		lines, _ = s.book.Expired(s.current.Doc.Lines, s.wall(s.opt.Now()))
	default:
		return bridge.Delta{}, errcode.New(errcode.Invalid, op, fmt.Errorf("reason %q", q.Reason))
	}
	if len(lines) == 0 {
		return s.current.Delta(nil), nil
	}
	return s.editLocked(op, open.Change{Refuse: &open.Refused{Lines: lines, Reason: q.Reason}})
}
