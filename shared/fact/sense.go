package fact

import (
	"bytes"
	"fmt"
	"time"

	"tillsight/shared/customer"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/parking"
	"tillsight/shared/receipt"
	"tillsight/shared/shift"
)

// Limits of what a fact may say. They are beyond what any till writes.
const (
	objectsMax  = 50_000 // JSON objects in a fact: what is small as text may be large when it is read
	textMax     = 4_000  // bytes of any text
	idMax       = receipt.IDMax
	sumMax      = money.Amount(1_000_000_000_000_00) // totals of a shift
	shiftMax    = 10_000_000
	failuresMax = 1_000_000
	personsMax  = 1_000
	zoneMax     = 18 * 60 // minutes
)

// latest is the end of what a clock may show: a column of reports ends there.
const latest = (1<<32 - 1) * 1000

// Weight estimates the memory that a fact takes when it is read. Batches are
// measured by it.
func Weight(raw []byte) int { return len(raw) + 512*bytes.Count(raw, []byte("{")) }

// Understand reads the canonical bytes of a fact with its body in today's form and
// checks that it makes sense. It is what everybody at the server knows of a fact:
// what one of them sets aside none of them takes. Of a fact that makes no sense it
// returns what could be read.
func Understand(raw []byte) (f Fact, body any, err error) {
	if n := bytes.Count(raw, []byte("{")); n > objectsMax {
		return f, nil, errcode.New(errcode.TooLarge, "fact.Understand", fmt.Errorf("%d objects", n))
	}
	if f, err = Decode(raw); err != nil {
		return f, nil, err
	}
	k := find(f.Kind)
	if body, err = k.read(f); err != nil {
		return f, nil, err
	}
	if err = f.sense(); err == nil {
		err = f.canonical(k, body, raw)
	}
	if err == nil {
		err = k.sense(f, body)
	}
	return f, body, err
}

// sense checks what all kinds have in common.
func (f Fact) sense() error {
	switch {
	case f.At < 0 || f.At > latest || f.Zone < -zoneMax || f.Zone > zoneMax:
		return errcode.New(errcode.ClockWrong, "fact.Understand", fmt.Errorf("at %d, zone %d", f.At, f.Zone))
	case longestText(f.Body) > textMax:
		return errcode.New(errcode.TooLarge, "fact.Understand", fmt.Errorf("text of %d bytes", longestText(f.Body)))
	}
	return nil
}

// longestText returns the length of the longest string in a JSON value, as it is
// written there.
func longestText(b []byte) (longest int) {
	for {
		from := bytes.IndexByte(b, '"')
		if from < 0 {
			return longest
		}
		b = b[from:]
		end := closing(b)
		if end < 0 {
			return longest
		}
		longest = max(longest, end-1)
		b = b[end+1:]
	}
}

func nonsense(code errcode.Code, format string, args ...any) error {
	return errcode.New(code, "fact.Understand", fmt.Errorf(format, args...))
}

// isID reports whether an identifier is there and no longer than any of ours.
func isID(id string) bool { return id != "" && len(id) <= idMax }

func within[T ~int | ~int64](n, low, high T) bool { return low <= n && n <= high }

func senseClosed(f Fact, r *receipt.Receipt) error {
	wanted := receipt.Sale
	if f.Kind == ReturnRegistered {
		wanted = receipt.Return
	}
	if r.State != receipt.Paid || r.Type != wanted {
		return nonsense(errcode.ReceiptState, "%s is a %s receipt that is %s", f.Kind, r.Type, r.State)
	}
	if err := r.Verify(); err != nil {
		return err
	}
	return senseReceipt(f, r)
}

func senseCancelled(f Fact, r *receipt.Receipt) error {
	if r.State != receipt.Cancelled {
		return nonsense(errcode.ReceiptState, "state %q", r.State)
	}
	if err := r.Limits(); err != nil {
		return err
	}
	return senseReceipt(f, r)
}

// senseReceipt checks what Verify does not: the number, the store and the clock.
func senseReceipt(f Fact, r *receipt.Receipt) error {
	if _, ok := receipt.CountOf(r.Number); !ok {
		return nonsense(errcode.Invalid, "receipt number %q", r.Number)
	}
	if r.Store != "" && r.Store != f.Store {
		return nonsense(errcode.Invalid, "receipt of store %q in a fact of store %q", r.Store, f.Store)
	}
	if _, err := time.Parse(time.DateOnly, r.Date); err != nil {
		return nonsense(errcode.ClockWrong, "business date %q", r.Date)
	}
	if !within(r.Opened, 0, latest) || !within(r.Closed, 0, latest) {
		return nonsense(errcode.ClockWrong, "opened at %d, closed at %d", r.Opened, r.Closed)
	}
	return nil
}

func senseOpening(_ Fact, s *ShiftOpening) error {
	if !within(s.Number, 1, shiftMax) || !within(s.Float, 0, shift.CashMax) || len(s.By) > idMax {
		return nonsense(errcode.Invalid, "shift %d with %d in the drawer", s.Number, s.Float)
	}
	return nil
}

func senseShift(_ Fact, s *shift.Shift) error {
	sums := []money.Amount{s.Float, s.CashIn, s.CashOut, s.Cash, s.Sales.Total, s.Sales.Discount, s.Sales.Cash, s.Sales.Card,
		s.Returns.Total, s.Returns.Discount, s.Returns.Cash, s.Returns.Card}
	if s.Counted != nil {
		sums = append(sums, *s.Counted)
	}
	for _, t := range s.Tax {
		sums = append(sums, t.Base, t.Tax)
	}
	for _, sum := range sums {
		if !within(sum, -sumMax, sumMax) {
			return nonsense(errcode.BadAmount, "sum of %d", sum)
		}
	}
	if !within(s.Number, 1, shiftMax) || len(s.OpenedBy) > idMax || len(s.ClosedBy) > idMax {
		return nonsense(errcode.Invalid, "shift %d", s.Number)
	}
	if !within(s.Opened, 0, latest) || !within(s.Closed, 0, latest) {
		return nonsense(errcode.ClockWrong, "shift from %d to %d", s.Opened, s.Closed)
	}
	return nil
}

func senseMove(_ Fact, m *shift.CashMove) error {
	if !within(m.Amount, -sumMax, sumMax) || len(m.By) > idMax {
		return nonsense(errcode.BadAmount, "cash of %d moved", m.Amount)
	}
	return nil
}

func senseSignIn(_ Fact, s *SignIn) error {
	if !within(s.Failures, 0, failuresMax) || len(s.Employee) > idMax {
		return nonsense(errcode.Invalid, "%d tries of %q", s.Failures, s.Employee)
	}
	return nil
}

func senseCustomer(_ Fact, c *customer.Customer) error {
	if !isID(c.ID) {
		return nonsense(errcode.Invalid, "customer with an ID of %d bytes", len(c.ID))
	}
	for _, text := range []string{c.Card, c.Phone, c.Birth, c.Sex, c.Income, c.Home, c.Store} {
		if len(text) > idMax {
			return nonsense(errcode.TooLarge, "customer %s: text of %d bytes", c.ID, len(text))
		}
	}
	if !within(c.Size, 0, personsMax) || !within(c.Children, 0, personsMax) {
		return nonsense(errcode.Invalid, "customer %s: household of %d, %d children", c.ID, c.Size, c.Children)
	}
	if !within(c.Since, 0, latest) || !within(c.Consent.At, 0, latest) {
		return nonsense(errcode.ClockWrong, "customer %s: since %d, consent at %d", c.ID, c.Since, c.Consent.At)
	}
	return nil
}

func senseParking(f Fact, p *parking.Parking) error {
	if !isID(p.ID) || len(p.By) > idMax || p.Receipt.State != receipt.Open {
		return nonsense(errcode.Invalid, "parking %q of a receipt that is %q", p.ID, p.Receipt.State)
	}
	if !within(p.At, 0, latest) {
		return nonsense(errcode.ClockWrong, "parked at %d", p.At)
	}
	if err := p.Receipt.Limits(); err != nil {
		return err
	}
	return senseReceipt(f, &p.Receipt)
}

func senseRecall(_ Fact, r *parking.Recall) error {
	if !isID(r.Parking) || len(r.Receipt) > idMax || len(r.Number) > idMax || len(r.As) > idMax || len(r.By) > idMax {
		return nonsense(errcode.Invalid, "recall of parking %q", r.Parking)
	}
	if !within(r.At, 0, latest) {
		return nonsense(errcode.ClockWrong, "recalled at %d", r.At)
	}
	return nil
}

func senseTaken(_ Fact, t *parking.Taken) error {
	if !isID(t.Parking) || !within(t.At, 0, latest) {
		return nonsense(errcode.Invalid, "parking %q taken at %d", t.Parking, t.At)
	}
	return nil
}

func senseNothing(Fact, *Nothing) error { return nil }
