package receipt

import (
	"fmt"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// Limits of what a receipt may say, whoever wrote it. No till comes near them;
// beyond, somebody's sums overflow or somebody's memory is filled.
const (
	IDMax   = 200                             // bytes of an identifier
	TextMax = 2000                            // bytes of a name or a reason
	ListMax = 1000                            // entries of a list that is not of lines
	SumMax  = money.Amount(10_000_000_000_00) // of a receipt: ten billion roubles
	textMax = 512                             // bytes of a code as scanned: barcode.LengthMax
)

// Limits checks that numbers, texts and lists are none that a receipt can't
// have. Whether its sums agree is Verify's to say.
func (r *Receipt) Limits() error {
	err := r.limits()
	for i := range r.Lines {
		if err == nil {
			err = r.Lines[i].limits()
		}
	}
	if err != nil {
		return errcode.New(errcode.WrongSum, "receipt.Limits", err)
	}
	return nil
}

// limits is Limits without the lines.
func (r *Receipt) limits() error {
	if r.ID == "" || r.Number == "" || r.Date == "" {
		return fmt.Errorf("id %q, number %q, date %q", r.ID, r.Number, r.Date)
	}
	if r.Type != Sale && r.Type != Return {
		return fmt.Errorf("type %q", r.Type)
	}
	if len(r.Lines) > LinesMax || len(r.Coupons) > CouponsMax {
		return fmt.Errorf("%d lines, %d coupons", len(r.Lines), len(r.Coupons))
	}
	for _, n := range []int{len(r.Groups), len(r.Used), len(r.Totals), len(r.Tenders), len(r.Saved), len(r.Sources), len(r.Tax)} {
		if n > ListMax {
			return fmt.Errorf("list of %d", n)
		}
	}
	for _, id := range []string{r.ID, r.Number, r.Date, r.Priced, r.Cashier, r.Scanned, r.Customer, r.Store, r.Original, r.Parked} {
		if len(id) > IDMax {
			return fmt.Errorf("identifier of %d bytes", len(id))
		}
	}
	if len(r.Card) > textMax || len(r.Reason) > TextMax {
		return fmt.Errorf("card of %d bytes, reason of %d", len(r.Card), len(r.Reason))
	}
	for _, sum := range []money.Amount{r.Total, r.Discount, r.Change} {
		if sum < 0 || sum > SumMax {
			return fmt.Errorf("sum of %d", sum)
		}
	}
	if err := checkManual(r.Manual, SumMax); err != nil {
		return err
	}
	return r.savedLimits()
}

// savedLimits checks what promotions have taken off and used up.
func (r *Receipt) savedLimits() error {
	coupons := 0
	for _, s := range r.Saved {
		if coupons += len(s.Coupons); s.Amount < 0 || s.Amount > SumMax || s.Times < 0 || s.Times > LinesMax*int(QuantityMax) || coupons > CouponsMax {
			return fmt.Errorf("saved %d by %q %d times, %d coupons", s.Amount, s.Rule, s.Times, coupons)
		}
	}
	for _, used := range [][]Used{r.Used, r.Totals} {
		for _, u := range used {
			if u.Times < 0 || u.Times > timesMax || len(u.Rule) > IDMax {
				return fmt.Errorf("%d times %q", u.Times, u.Rule)
			}
		}
	}
	return nil
}

// timesMax is how often a promotion may have been had.
const timesMax = 1_000_000_000_000

// limits checks what a line says beside its sums.
func (l *Line) limits() error {
	if err := checkLine(*l); err != nil {
		return err
	}
	for _, id := range []string{string(l.SKU), l.Category, string(l.Unit), l.Mark, l.List, l.Expires, l.Best, l.Regulated} {
		if len(id) > IDMax {
			return fmt.Errorf("identifier of %d bytes", len(id))
		}
	}
	for _, text := range []string{l.Code, l.Batch, l.Serial} {
		if len(text) > textMax {
			return fmt.Errorf("code of %d bytes", len(text))
		}
	}
	if len(l.Name.RU) > TextMax || len(l.Name.EN) > TextMax || len(l.Applied) > ListMax {
		return fmt.Errorf("name of %d bytes, %d rules", max(len(l.Name.RU), len(l.Name.EN)), len(l.Applied))
	}
	for _, sum := range []money.Amount{l.Gross, l.Discount, l.Net, l.Tax} {
		if sum < 0 || sum > SumMax {
			return fmt.Errorf("sum of %d", sum)
		}
	}
	return nil
}
