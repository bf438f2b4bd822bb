package till

import (
	"context"

	"tillsight/app/bridge"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/shift"
	"tillsight/shared/staff"
)

// OpenShift opens a shift with the cash that is in the drawer.
func (s *Session) OpenShift(_ context.Context, q bridge.Float) (bridge.State, error) {
	const op = "till.OpenShift"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.signedIn(op, ""); err != nil {
		return bridge.State{}, err
	}
	if s.shift.IsOpen() {
		return bridge.State{}, errcode.New(errcode.ShiftOpen, op, nil)
	}
	number := max(s.shift.Number, s.identity.Shift) + 1
	opened, err := shift.Open(number, q.Amount, s.cashier.ID, s.opt.Now().UnixMilli())
	if err != nil {
		return bridge.State{}, err
	}
	if err := s.register(fact.ShiftOpened, fact.ShiftOpening{Number: number, Float: q.Amount, By: s.cashier.ID}); err != nil {
		return bridge.State{}, err
	}
	s.shift = opened
	return s.state(), nil
}

// XReport returns the totals of the open shift so far.
func (s *Session) XReport(context.Context, struct{}) (bridge.ShiftReport, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling("till.XReport", ""); err != nil {
		return bridge.ShiftReport{}, err
	}
	return s.withParked(bridge.ShiftReport{Shift: s.shift, At: s.opt.Now().UnixMilli()}), nil
}

// CloseShift closes the shift for good: the Z report.
func (s *Session) CloseShift(_ context.Context, q bridge.CloseShift) (bridge.ShiftReport, error) {
	const op = "till.CloseShift"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, staff.CloseShift); err != nil {
		return bridge.ShiftReport{}, err
	}
	if err := s.dropEmpty(); err != nil {
		return bridge.ShiftReport{}, err
	}
	if s.current.Doc != nil {
		return bridge.ShiftReport{}, errcode.New(errcode.ReceiptIsOpen, op, nil)
	}
	closed, at := s.shift, s.opt.Now().UnixMilli()
	if err := closed.Close(q.Counted, s.cashier.ID, at); err != nil {
		return bridge.ShiftReport{}, err
	}
	if err := closed.Verify(); err != nil {
		return bridge.ShiftReport{}, err
	}
	if err := s.register(fact.ShiftClosed, closed); err != nil {
		return bridge.ShiftReport{}, err
	}
	s.shift = closed
	return s.withParked(bridge.ShiftReport{Z: true, Shift: closed, At: at}), nil
}

// MoveCash puts cash into the drawer or takes it out without a sale.
func (s *Session) MoveCash(_ context.Context, q bridge.CashMove) (bridge.State, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling("till.MoveCash", staff.CashMove); err != nil {
		return bridge.State{}, err
	}
	move := shift.CashMove{Shift: s.shift.Number, Amount: q.Amount, Reason: q.Reason, By: s.cashier.ID}
	after := s.shift.Clone()
	if err := after.Move(move); err != nil {
		return bridge.State{}, err
	}
	if err := s.register(fact.CashMoved, move); err != nil {
		return bridge.State{}, err
	}
	s.shift = after
	return s.state(), nil
}
