package warehouse

import (
	"fmt"
	"strconv"
	"strings"

	"tillsight/shared/cube"
	"tillsight/shared/customer"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/parking"
	"tillsight/shared/receipt"
	"tillsight/shared/shift"
)

// sale is a receipt with what was worked out of it.
type sale struct {
	receipt.Receipt
	day   cube.EpochDay
	hour  int
	count int64
}

// understand decodes the fact and checks that it makes sense; otherwise it
// notes why it must be quarantined.
func (e *entry) understand() {
	if e.fact, e.err = fact.Decode(e.bytes); e.err != nil {
		return
	}
	switch e.fact.Kind {
	case fact.SaleRegistered, fact.ReturnRegistered:
		e.body, e.err = understandSale(e.fact)
	case fact.ReceiptCancelled:
		r, err := fact.BodyOf[receipt.Receipt](e.fact)
		if err == nil && r.State != receipt.Cancelled {
			err = quarantined(errcode.ReceiptState, "state %q", r.State)
		}
		e.body, e.err = r, err
	case fact.ShiftOpened:
		e.body, e.err = bodyOf[fact.ShiftOpening](e.fact)
	case fact.ShiftClosed:
		e.body, e.err = bodyOf[shift.Shift](e.fact)
	case fact.CashMoved:
		e.body, e.err = bodyOf[shift.CashMove](e.fact)
	case fact.SignedIn, fact.SignInRefused:
		e.body, e.err = bodyOf[fact.SignIn](e.fact)
	case fact.ReceiptParked:
		e.body, e.err = bodyOf[parking.Parking](e.fact) // nothing of it is counted: it goes on or waits
	case fact.ReceiptRecalled:
		e.body, e.err = bodyOf[parking.Recall](e.fact)
	case fact.ParkedTaken:
		e.body, e.err = bodyOf[parking.Taken](e.fact)
	case fact.CustomerEnrolled:
		c, err := fact.BodyOf[customer.Customer](e.fact)
		if err == nil && c.ID == "" {
			err = quarantined(errcode.Invalid, "customer without an ID")
		}
		e.body, e.err = c, err
	default:
		e.err = quarantined(errcode.UnknownFact, "kind %q, version %d", e.fact.Kind, e.fact.Version)
	}
	if e.err == nil && e.fact.Version > 1 {
		e.err = quarantined(errcode.UnknownFact, "kind %q, version %d", e.fact.Kind, e.fact.Version)
	}
}

// bodyOf is fact.BodyOf with an untyped result.
func bodyOf[T any](f fact.Fact) (any, error) { return fact.BodyOf[T](f) }

func understandSale(f fact.Fact) (*sale, error) {
	r, err := fact.BodyOf[receipt.Receipt](f)
	if err != nil {
		return nil, err
	}
	s := &sale{Receipt: r}
	wanted := receipt.Sale
	if f.Kind == fact.ReturnRegistered {
		wanted = receipt.Return
	}
	if r.State != receipt.Paid || r.Type != wanted {
		return nil, quarantined(errcode.ReceiptState, "%s is a %s receipt that is %s", f.Kind, r.Type, r.State)
	}
	if err := s.Verify(); err != nil {
		return nil, err
	}
	var ok bool
	if s.day, ok = dayOf(r.Date); !ok {
		return nil, quarantined(errcode.ClockWrong, "business date %q", r.Date)
	}
	if r.Closed < 0 || r.Closed/1000 > 1<<32-1 {
		return nil, quarantined(errcode.ClockWrong, "closed at %d", r.Closed)
	}
	if s.count, err = countOf(r.Number); err != nil {
		return nil, err
	}
	s.hour = hourOf(r.Closed, f.Zone)
	return s, nil
}

// hourOf returns the hour of the clock on the wall, zone minutes east of UTC.
func hourOf(at int64, zone int) int {
	local := at/1000 + int64(zone)*60
	return int((local%86400 + 86400) % 86400 / 3600)
}

// countOf returns the last part of a receipt number "store-till-count".
func countOf(number string) (int64, error) {
	count, err := strconv.ParseInt(number[strings.LastIndexByte(number, '-')+1:], 10, 32)
	if err != nil || count < 0 {
		return 0, quarantined(errcode.Invalid, "receipt number %q", number)
	}
	return count, nil
}

// reasonOf describes an error for the quarantine.
func reasonOf(err error) (code, detail string) {
	return string(errcode.Of(err)), fmt.Sprint(err)
}
