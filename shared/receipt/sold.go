package receipt

import (
	"cmp"
	"slices"

	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
	"tillsight/shared/tax"
)

// PricedOn is the date that prices and promotions are of.
func (r *Receipt) PricedOn() string { return cmp.Or(r.Priced, r.Date) }

// SellBy makes a receipt the sale of who takes the money, on the date when they
// take it. It keeps the prices that the customer saw; rate gives the tax of that
// date, which is the law's to say.
func (r *Receipt) SellBy(cashier, date string, rate func(tax.Class) (tax.Rate, bool)) error {
	const op = "receipt.SellBy"
	if r.State != Open {
		return errcode.New(errcode.ReceiptState, op, nil)
	}
	if cashier != r.Cashier {
		r.Scanned = cmp.Or(r.Scanned, r.Cashier)
		r.Cashier = cashier
	}
	if r.Scanned == r.Cashier {
		r.Scanned = ""
	}
	if date == r.Date {
		return nil
	}
	if r.Priced = r.PricedOn(); r.Priced == date {
		r.Priced = ""
	}
	r.Date = date
	r.Lines = slices.Clone(r.Lines)
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.Voided {
			continue
		}
		l.Parts = slices.Clone(l.Parts)
		if now, ok := rate(l.TaxClass); ok {
			l.TaxBP, l.TaxAdded = now.BP, now.Exclusive
		}
		for j := range l.Parts {
			if now, ok := rate(l.Parts[j].TaxClass); ok {
				l.Parts[j].TaxBP = now.BP
			}
		}
	}
	r.reprice(0)
	return nil
}

// Reduce is SetQuantity to less: the difference is a voided line, for goods that
// leave a receipt leave a trace.
func (r *Receipt) Reduce(n int, q quantity.Milli) ([]int, error) {
	l, err := r.live(n, "receipt.Reduce")
	if err != nil {
		return nil, err
	}
	off := l.Quantity - q
	if off <= 0 {
		return r.SetQuantity(n, q)
	}
	gone := *l
	gone.Applied, gone.Parts, gone.Offers = nil, slices.Clone(l.Parts), slices.Clone(l.Offers)
	before := slices.IndexFunc(r.Lines, func(have Line) bool {
		return have.Voided && have.Reason == VoidReduced && have.SKU == gone.SKU && have.Price == gone.Price && have.Mark == gone.Mark
	})
	if before < 0 && len(r.Lines) >= LinesMax {
		return nil, errcode.New(errcode.ReceiptLong, "receipt.Reduce", nil)
	}
	changed, err := r.SetQuantity(n, q)
	if err != nil {
		return nil, err
	}
	if before >= 0 && r.Lines[before].Quantity+off <= QuantityMax {
		r.Lines[before].Quantity += off
	} else {
		gone.N, gone.Quantity, gone.Voided, gone.Reason = r.Lines[len(r.Lines)-1].N+1, off, true, VoidReduced
		r.Lines, before = append(r.Lines, gone), len(r.Lines)
	}
	r.reprice(r.Lines[before].N)
	return append(slices.DeleteFunc(changed, func(have int) bool { return have == n }), r.Lines[before].N, n), nil
}
