package receipt

import (
	"fmt"
	"slices"
	"strconv"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/tender"
)

// ChangeMax is the most that is given back in cash: more is a slip of the
// finger or a barcode scanned into the cash field.
const ChangeMax = money.Amount(1_000_000_00)

// Pay closes the receipt with tenders. Change comes from cash only, cards pay no
// more than the total, no cash is taken when nothing is left to pay. A total of
// zero needs no tender. A return is paid out to the kopeck.
func (r *Receipt) Pay(tenders []Tender, at int64) error {
	const op = "receipt.Pay"
	if r.State != Open {
		return errcode.New(errcode.ReceiptState, op, nil)
	}
	if r.Count() == 0 {
		return errcode.New(errcode.ReceiptEmpty, op, nil)
	}
	if years := r.AgeMissing(); years != 0 {
		return errcode.New(errcode.AgeUnasked, op, nil).With("years", strconv.Itoa(years))
	}
	change, err := r.change(tenders)
	if err != nil {
		return err
	}
	paid := *r
	paid.State, paid.Closed, paid.Change = Paid, at, change
	paid.Tenders = slices.Clone(tenders)
	paid.Saved = r.consumed()
	if err := paid.Verify(); err != nil {
		return err
	}
	paid.rules = nil // its prices never change again
	*r = paid
	return nil
}

// change returns what goes back to the customer. It comes from kinds of payment
// that give change; the others pay no more than the total.
func (r *Receipt) change(tenders []Tender) (money.Amount, error) {
	const op = "receipt.Pay"
	var loose, exact money.Amount
	for _, t := range tenders {
		if t.Amount <= 0 || t.Amount > r.Total+ChangeMax {
			return 0, errcode.New(errcode.BadAmount, op, nil).
				With("min", "1").With("max", strconv.FormatInt(int64(r.Total+ChangeMax), 10))
		}
		rules, known := tender.RulesOf(t.Kind)
		switch {
		case !known:
			return 0, errcode.New(errcode.Invalid, op, fmt.Errorf("tender %q", t.Kind))
		case rules.Change:
			loose += t.Amount
		default:
			exact += t.Amount
		}
		if loose+exact > 2*(r.Total+ChangeMax) {
			return 0, errcode.New(errcode.BadAmount, op, nil)
		}
	}
	change := loose + exact - r.Total
	switch {
	case exact > r.Total:
		return 0, errcode.New(errcode.CardOverpaid, op, nil)
	case change < 0:
		return 0, errcode.New(errcode.Underpaid, op, nil)
	case change > ChangeMax, exact == r.Total && loose > 0, r.Type == Return && change != 0:
		return 0, errcode.New(errcode.BadAmount, op, nil).
			With("min", "1").With("max", strconv.FormatInt(int64(r.Total-exact), 10))
	}
	return change, nil
}

// Verify checks that the document agrees with itself: limits, sums of every
// line and of the whole, tax by line, tenders and state. The till calls it
// before it commits, the server for every receipt that arrives.
func (r *Receipt) Verify() error {
	if err := r.verify(); err != nil {
		return errcode.New(errcode.WrongSum, "receipt.Verify", err)
	}
	return nil
}

func (r *Receipt) verify() error {
	if err := r.limits(); err != nil {
		return err
	}
	last := 0
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.N <= last {
			return fmt.Errorf("line %d after line %d", l.N, last)
		}
		last = l.N
		if err := l.verify(); err != nil {
			return fmt.Errorf("line %d: %w", l.N, err)
		}
	}
	total, discount, taxes := r.sums()
	if total > SumMax || discount > SumMax {
		return fmt.Errorf("total %d, discount %d", total, discount)
	}
	if r.Total != total || r.Discount != discount || !sameTax(r.Tax, taxes) {
		return fmt.Errorf("total %d, discount %d, tax %v; lines sum to %d, %d, %v", r.Total, r.Discount, r.Tax, total, discount, taxes)
	}
	return r.verifyState()
}

func (l *Line) verify() error {
	if err := l.limits(); err != nil {
		return err
	}
	if err := l.verifyParts(); err != nil {
		return err
	}
	if err := l.verifyPrice(); err != nil {
		return err
	}
	item := l.priced()
	var off money.Amount
	for _, a := range l.Applied {
		if a.Amount <= 0 || a.Amount > l.Gross {
			return fmt.Errorf("rule %q takes %d off %d", a.Rule, a.Amount, l.Gross)
		}
		off += a.Amount
	}
	want := item.Sums(off)
	if l.Voided {
		want.Discount, want.Net, want.Tax = 0, 0, 0
	}
	again := *l
	want = again.spreadParts(want)
	if l.Gross != want.Gross || l.Discount != want.Discount || l.Net != want.Net || l.Tax != want.Tax {
		return fmt.Errorf("gross %d, discount %d, net %d, tax %d; should be %d, %d, %d, %d",
			l.Gross, l.Discount, l.Net, l.Tax, want.Gross, want.Discount, want.Net, want.Tax)
	}
	if l.Voided && off != 0 {
		return fmt.Errorf("voided with a discount of %d", off)
	}
	if l.Gross-off < item.Floor() {
		return fmt.Errorf("%d is below the minimum of %d", l.Gross-off, item.Floor())
	}
	return nil
}

func (r *Receipt) verifyState() error {
	switch r.State {
	case Open, Cancelled:
		if len(r.Tenders) != 0 || r.Change != 0 {
			return fmt.Errorf("%s with tenders", r.State)
		}
		return nil
	case Paid:
	default:
		return fmt.Errorf("state %q", r.State)
	}
	if r.Count() == 0 {
		return fmt.Errorf("paid without lines")
	}
	change, err := r.change(r.Tenders)
	if err != nil {
		return err
	}
	if r.Change != change {
		return fmt.Errorf("change %d, tenders leave %d", r.Change, change)
	}
	return nil
}

func checkLine(l Line) error {
	if l.SKU == "" {
		return errcode.New(errcode.Invalid, "receipt.AddLine", fmt.Errorf("no article"))
	}
	if err := checkQuantity(l.Quantity, l.Unit); err != nil {
		return err
	}
	for _, sum := range []money.Amount{l.Price, l.MinPrice, l.LabelSum} {
		if sum < 0 || sum > PriceMax {
			return errcode.New(errcode.BadAmount, "receipt.AddLine", nil).
				With("min", "0").With("max", strconv.FormatInt(int64(PriceMax), 10))
		}
	}
	if err := checkOffers(&l); err != nil {
		return err
	}
	if l.TaxBP < 0 || l.TaxBP > 10000 {
		return errcode.New(errcode.Invalid, "receipt.AddLine", fmt.Errorf("tax of %d basis points", l.TaxBP))
	}
	if err := checkParts(l); err != nil {
		return err
	}
	return checkManual(l.Manual, SumMax)
}

func checkQuantity(q quantity.Milli, unit quantity.Unit) error {
	if unit.Whole() && q%quantity.One != 0 {
		return errcode.New(errcode.WholeQuantity, "receipt.quantity", nil)
	}
	if q <= 0 || q > QuantityMax {
		return errcode.New(errcode.BadQuantity, "receipt.quantity", nil).
			With("min", "0.001").With("max", strconv.FormatInt(int64(QuantityMax/quantity.One), 10))
	}
	return nil
}
