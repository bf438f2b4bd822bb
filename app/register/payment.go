package register

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

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
	*kit.Page
	r *register

	id    string
	last  money.Amount // by card, of a sale that is not stored yet
	text  string       // sum typed
	busy  bool
	fault *errcode.Error
	note  string
}

// left is what is still to pay.
func (p *payment) left() money.Amount { return p.r.basket.Total - p.taken() }

// taken is what cards have paid.
func (p *payment) taken() money.Amount { return p.r.basket.Taken + p.last }

// open shows the tenders. What a card has paid of the same receipt is kept.
func (p *payment) open() {
	p.Strip = kit.Strip{}
	if !p.r.basket.Open() || p.r.basket.Count == 0 {
		p.Fail(errcode.New(errcode.ReceiptEmpty, "register.openPay", nil))
		return
	}
	if years := p.r.basket.Age; years != 0 {
		p.Fail(errcode.New(errcode.AgeUnasked, "register.openPay", nil).With("years", strconv.Itoa(years)))
		p.Later(func() { ui.Focus("age-yes") })
		return
	}
	if p.id != p.r.basket.ID {
		*p = payment{Page: p.Page, r: p.r, id: p.r.basket.ID}
	}
	p.text, p.fault, p.note = "", nil, ""
	p.r.screen, p.r.sheet = screenPay, nil
	ui.Blur()
	p.askMayPay()
}

// given returns the typed sum, or otherwise when nothing is typed.
func (p *payment) given(otherwise money.Amount) (money.Amount, bool) {
	if p.text == "" {
		return otherwise, true
	}
	sum, err := money.Parse(p.text, p.Currency())
	switch {
	case err != nil:
		p.fault = errcode.As(err)
		return 0, false
	case sum <= 0:
		p.Tell(p.Lang.T(i18n.MoreThanNothing))
		return 0, false
	}
	return sum, true
}

// cash closes the receipt with cash: the typed sum or, when none is typed,
// exactly what is left.
func (p *payment) cash() {
	if sum, ok := p.given(p.left()); ok {
		p.handed(sum)
	}
}

func (p *payment) handed(sum money.Amount) {
	if missing := p.left() - sum; missing > 0 {
		p.fault, p.note = nil, p.Lang.T(i18n.PayLess, "sum", p.Sum(missing))
		return
	}
	if p.SureChange(sum - p.left()) {
		p.close(receipt.Tender{Kind: receipt.Cash, Amount: sum})
	}
}

// card closes the receipt by card, or takes the typed part of it.
func (p *payment) card() {
	sum, ok := p.given(p.left())
	switch {
	case !ok:
	case sum > p.left():
		p.fault = errcode.New(errcode.CardOverpaid, "register.payCard", nil)
	case sum < p.left():
		p.takeCard(p.r.basket.Taken + sum)
	default:
		p.last, p.text = p.last+sum, ""
		p.close()
	}
}

// takeCard has it stored that cards have paid sum of this receipt; 0 gives it
// back.
func (p *payment) takeCard(sum money.Amount) {
	if p.busy {
		return
	}
	p.busy, p.text, p.fault, p.note = true, "", nil, ""
	kit.Order(p.Page, bridge.TillTakeCard, bridge.CardPart{ID: p.id, Amount: sum}, func(d bridge.Delta, e *errcode.Error) {
		p.busy, p.fault = false, e
		if e == nil {
			p.last = 0
			p.r.basket.changed(d)
		}
	})
}

// close asks the worker to register the sale. The worker answers a repeated
// request with the same sale, so trying again is safe.
func (p *payment) close(cash ...receipt.Tender) {
	if p.busy {
		return
	}
	var tenders []receipt.Tender
	if taken := p.taken(); taken > 0 {
		tenders = append(tenders, receipt.Tender{Kind: receipt.Card, Amount: taken})
	}
	for _, t := range cash {
		if t.Amount > 0 || len(tenders) == 0 {
			tenders = append(tenders, t)
		}
	}
	p.busy, p.fault, p.note = true, nil, ""
	kit.Order(p.Page, bridge.TillPay, bridge.Pay{ID: p.id, Tenders: tenders}, func(paid bridge.Paid, e *errcode.Error) {
		p.busy = false
		if e != nil {
			p.fault = e
			p.Sound(false)
			return
		}
		*p = payment{Page: p.Page, r: p.r}
		p.r.paid.nearly = p.r.basket.Prompts
		p.r.basket.changed(bridge.Delta{})
		p.r.paid.sale, p.r.screen = &paid, screenPaid
		p.r.paid.keep(&paid.Receipt)
		if p.Prefs.Print {
			p.r.print(&slip{sale: &paid})
		}
	})
}

// askMayPay shows on the payment screen what may not be sold at this hour, before
// the customer gives money.
func (p *payment) askMayPay() {
	id := p.r.basket.ID
	kit.Order(p.Page, bridge.TillMayPay, bridge.Nothing{}, func(_ bridge.Delta, e *errcode.Error) {
		if e != nil && p.r.screen == screenPay && p.id == id {
			p.fault = e
			p.Sound(false)
		}
	})
}

// takeOffBanned is the way out of a ban at payment.
func (p *payment) takeOffBanned() app.UI {
	if p.fault == nil {
		return app.Span().Hidden(true)
	}
	reason := receipt.VoidBanned
	switch p.fault.Code {
	case errcode.SaleBanNow, errcode.SaleBanned:
	case errcode.Expired:
		reason = receipt.VoidExpired
	default:
		return app.Span().Hidden(true)
	}
	return &ui.Button{ID: "ban-off", Label: p.Lang.T(i18n.BanTakeOff), Kind: ui.Primary, OnPress: p.Press(func() { p.r.basket.refuse(reason) })}
}
