package shift

import (
	"strconv"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
	"tillsight/shared/tender"
)

// CashMax limits a float, a cash move and a count of the drawer.
const CashMax = money.Amount(100_000_000_00)

// Open starts shift number with float in the drawer.
func Open(number int, float money.Amount, by string, at int64) (Shift, error) {
	if float < 0 || float > CashMax {
		return Shift{}, badAmount("shift.Open", 0, CashMax)
	}
	return Shift{Number: number, Opened: at, OpenedBy: by, Float: float, Cash: float}, nil
}

// IsOpen reports whether the shift takes receipts.
func (s *Shift) IsOpen() bool { return s.Number != 0 && s.Closed == 0 }

// Apply adds a paid or cancelled receipt of this shift to the totals. It costs
// the same for the thousandth receipt as for the first.
func (s *Shift) Apply(r *receipt.Receipt) error {
	const op = "shift.Apply"
	if !s.IsOpen() || r.Shift != s.Number {
		return errcode.New(errcode.NoShift, op, nil)
	}
	if r.State != receipt.Paid && r.State != receipt.Cancelled {
		return errcode.New(errcode.ReceiptIsOpen, op, nil)
	}
	if s.First == "" {
		s.First = r.Number
	}
	s.Last = r.Number
	s.Voids += len(r.Lines) - r.Count()
	if r.State == receipt.Cancelled {
		s.Cancelled++
		return nil
	}
	totals, sign := &s.Sales, money.Amount(1)
	if r.Type == receipt.Return {
		totals, sign = &s.Returns, -1
	}
	totals.Receipts++
	totals.Total += r.Total
	totals.Discount += r.Discount
	change := r.Change // comes from the first payment that gives any
	for _, t := range r.Tenders {
		rules, _ := tender.RulesOf(t.Kind)
		net := t.Amount
		if rules.Change {
			back := min(change, net)
			net, change = net-back, change-back
		}
		totals.add(t.Kind, net)
		if rules.Drawer {
			s.Cash += sign * net
		}
	}
	for _, t := range r.Tax {
		s.Tax = receipt.AddTax(s.Tax, receipt.TaxTotal{BP: t.BP, Class: t.Class, Base: sign * t.Base, Tax: sign * t.Tax})
	}
	return nil
}

// Move puts cash in or takes it out. The drawer can't give more than it holds.
func (s *Shift) Move(m CashMove) error {
	const op = "shift.Move"
	if !s.IsOpen() || m.Shift != s.Number {
		return errcode.New(errcode.NoShift, op, nil)
	}
	if m.Amount == 0 || m.Amount > CashMax || s.Cash+m.Amount < 0 {
		return badAmount(op, -s.Cash, CashMax)
	}
	if m.Amount > 0 {
		s.CashIn += m.Amount
	} else {
		s.CashOut -= m.Amount
	}
	s.Cash += m.Amount
	return nil
}

// Close ends the shift: its totals are the Z report from now on. counted is the
// cash found in the drawer, nil when nobody counted.
func (s *Shift) Close(counted *money.Amount, by string, at int64) error {
	const op = "shift.Close"
	if !s.IsOpen() {
		return errcode.New(errcode.NoShift, op, nil)
	}
	if counted != nil {
		if *counted < 0 || *counted > CashMax {
			return badAmount(op, 0, CashMax)
		}
		sum := *counted
		s.Counted = &sum
	}
	s.Closed, s.ClosedBy = at, by
	return nil
}

// Over returns how much more cash was counted than expected (negative: short);
// ok is false when nobody counted.
func (s *Shift) Over() (over money.Amount, ok bool) {
	if s.Counted == nil {
		return 0, false
	}
	return *s.Counted - s.Cash, true
}

// Verify checks that the totals agree with each other.
func (s *Shift) Verify() error {
	cash := s.Float + s.Sales.Cash - s.Returns.Cash + s.CashIn - s.CashOut
	if s.Cash != cash || s.Sales.paid() != s.Sales.Total || s.Returns.paid() != s.Returns.Total {
		return errcode.New(errcode.WrongSum, "shift.Verify", nil)
	}
	var taxed money.Amount
	for _, t := range s.Tax {
		taxed += t.Base + t.Tax
	}
	if taxed != s.Sales.Total-s.Returns.Total {
		return errcode.New(errcode.WrongSum, "shift.Verify", nil)
	}
	return nil
}

func badAmount(op string, low, high money.Amount) error {
	return errcode.New(errcode.BadAmount, op, nil).
		With("min", strconv.FormatInt(int64(low), 10)).With("max", strconv.FormatInt(int64(high), 10))
}
