package page

import (
	"strconv"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
)

// payment is the paying of one receipt.
type payment struct {
	id    string
	card  money.Amount // already taken by card
	text  string       // sum typed
	busy  bool
	fault *errcode.Error
	note  string
}

// left is what is still to pay.
func (r *register) left() money.Amount { return r.basket.Total - r.pay.card }

// openPay shows the tenders. What a card has paid of the same receipt is kept.
func (r *register) openPay() {
	r.strip = strip{}
	if !r.basket.open() || r.basket.Count == 0 {
		r.fail(errcode.New(errcode.ReceiptEmpty, "page.openPay", nil))
		return
	}
	if years := r.basket.Age; years != 0 {
		r.fail(errcode.New(errcode.AgeUnasked, "page.openPay", nil).With("years", strconv.Itoa(years)))
		r.later(func() { ui.Focus("age-yes") })
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
	sum, err := money.Parse(r.pay.text, r.currency())
	if err != nil || sum <= 0 {
		r.pay.fault = errcode.New(errcode.Invalid, "page.given", err)
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
		r.pay.fault, r.pay.note = nil, r.lang.T(i18n.PayLess, "sum", r.sum(missing))
		return
	}
	r.close(receipt.Tender{Kind: receipt.Cash, Amount: sum})
}

// payCard closes the receipt by card, or takes the typed part of it.
func (r *register) payCard() {
	sum, ok := r.given(r.left())
	switch {
	case !ok:
	case sum > r.left():
		r.pay.fault = errcode.New(errcode.CardOverpaid, "page.payCard", nil)
	case sum < r.left():
		r.pay.card += sum
		r.pay.text, r.pay.fault, r.pay.note = "", nil, ""
	default:
		r.pay.card, r.pay.text = r.pay.card+sum, ""
		r.close()
	}
}

// close asks the worker to register the sale. The worker answers a repeated
// request with the same sale, so trying again is safe.
func (r *register) close(cash ...receipt.Tender) {
	if r.pay.busy {
		return
	}
	var tenders []receipt.Tender
	if r.pay.card > 0 {
		tenders = append(tenders, receipt.Tender{Kind: receipt.Card, Amount: r.pay.card})
	}
	for _, t := range cash {
		if t.Amount > 0 || len(tenders) == 0 {
			tenders = append(tenders, t)
		}
	}
	r.pay.busy, r.pay.fault, r.pay.note = true, nil, ""
	order(r, bridge.TillPay, bridge.Pay{ID: r.pay.id, Tenders: tenders}, func(p bridge.Paid, e *errcode.Error) {
		r.pay.busy = false
		if e != nil {
			r.pay.fault = e
			r.sound(false)
			return
		}
		r.pay = payment{}
		r.nearly = r.basket.Prompts
		r.changed(bridge.Delta{})
		r.paid, r.screen = &p.Receipt, screenPaid
		if r.prefs.Print {
			r.print(&slip{receipt: &p.Receipt})
		}
	})
}

// nextSale leaves the paid receipt. Scanning does the same.
func (r *register) nextSale() {
	r.screen, r.paid, r.nearly = screenSell, nil, nil
}
