package register

import (
	"strconv"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
)

// payment is the paying of one receipt.
type payment struct {
	id    string
	last  money.Amount // by card, of a sale that is not stored yet
	text  string       // sum typed
	busy  bool
	fault *errcode.Error
	note  string
}

// left is what is still to pay.
func (r *register) left() money.Amount { return r.basket.Total - r.taken() }

// taken is what cards have paid.
func (r *register) taken() money.Amount { return r.basket.Taken + r.pay.last }

// openPay shows the tenders. What a card has paid of the same receipt is kept.
func (r *register) openPay() {
	r.Strip = kit.Strip{}
	if !r.basket.Open() || r.basket.Count == 0 {
		r.Fail(errcode.New(errcode.ReceiptEmpty, "register.openPay", nil))
		return
	}
	if years := r.basket.Age; years != 0 {
		r.Fail(errcode.New(errcode.AgeUnasked, "register.openPay", nil).With("years", strconv.Itoa(years)))
		r.Later(func() { ui.Focus("age-yes") })
		return
	}
	if r.pay.id != r.basket.ID {
		r.pay = payment{id: r.basket.ID}
	}
	r.pay.text, r.pay.fault, r.pay.note = "", nil, ""
	r.screen, r.sheet = screenPay, ""
	ui.Blur()
	r.askMayPay()
}

// given returns the typed sum, or otherwise when nothing is typed.
func (r *register) given(otherwise money.Amount) (money.Amount, bool) {
	if r.pay.text == "" {
		return otherwise, true
	}
	sum, err := money.Parse(r.pay.text, r.Currency())
	switch {
	case err != nil:
		r.pay.fault = errcode.As(err)
		return 0, false
	case sum <= 0:
		r.Tell(r.Lang.T(i18n.MoreThanNothing))
		return 0, false
	}
	return sum, true
}

// payCash closes the receipt with cash: the typed sum or, when none is typed,
// exactly what is left.
func (r *register) payCash() {
	if sum, ok := r.given(r.left()); ok {
		r.payNote(sum)
	}
}

func (r *register) payNote(sum money.Amount) {
	if missing := r.left() - sum; missing > 0 {
		r.pay.fault, r.pay.note = nil, r.Lang.T(i18n.PayLess, "sum", r.Sum(missing))
		return
	}
	if r.SureChange(sum - r.left()) {
		r.close(receipt.Tender{Kind: receipt.Cash, Amount: sum})
	}
}

// payCard closes the receipt by card, or takes the typed part of it.
func (r *register) payCard() {
	sum, ok := r.given(r.left())
	switch {
	case !ok:
	case sum > r.left():
		r.pay.fault = errcode.New(errcode.CardOverpaid, "register.payCard", nil)
	case sum < r.left():
		r.takeCard(r.basket.Taken + sum)
	default:
		r.pay.last, r.pay.text = r.pay.last+sum, ""
		r.close()
	}
}

// takeCard has it stored that cards have paid sum of this receipt; 0 gives it
// back.
func (r *register) takeCard(sum money.Amount) {
	if r.pay.busy {
		return
	}
	r.pay.busy, r.pay.text, r.pay.fault, r.pay.note = true, "", nil, ""
	kit.Order(r.Page, bridge.TillTakeCard, bridge.CardPart{ID: r.pay.id, Amount: sum}, func(d bridge.Delta, e *errcode.Error) {
		r.pay.busy, r.pay.fault = false, e
		if e == nil {
			r.pay.last = 0
			r.changed(d)
		}
	})
}

// close asks the worker to register the sale. The worker answers a repeated
// request with the same sale, so trying again is safe.
func (r *register) close(cash ...receipt.Tender) {
	if r.pay.busy {
		return
	}
	var tenders []receipt.Tender
	if taken := r.taken(); taken > 0 {
		tenders = append(tenders, receipt.Tender{Kind: receipt.Card, Amount: taken})
	}
	for _, t := range cash {
		if t.Amount > 0 || len(tenders) == 0 {
			tenders = append(tenders, t)
		}
	}
	r.pay.busy, r.pay.fault, r.pay.note = true, nil, ""
	kit.Order(r.Page, bridge.TillPay, bridge.Pay{ID: r.pay.id, Tenders: tenders}, func(p bridge.Paid, e *errcode.Error) {
		r.pay.busy = false
		if e != nil {
			r.pay.fault = e
			r.Sound(false)
			return
		}
		r.pay = payment{}
		r.nearly = r.basket.Prompts
		r.changed(bridge.Delta{})
		r.paid, r.screen = &p, screenPaid
		r.keepLast(&p.Receipt)
		if r.Prefs.Print {
			r.print(&slip{sale: &p})
		}
	})
}

// nextSale leaves the paid receipt. Scanning does the same.
func (r *register) nextSale() {
	r.screen, r.paid, r.nearly = screenSell, nil, nil
}
