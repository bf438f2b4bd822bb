package register

import (
	"time"

	"tillsight/app/bridge"
	"tillsight/app/prefs"
	"tillsight/app/register/kit"
	"tillsight/shared/errcode"
)

// screen is what fills the page while the till sells.
type screen int

const (
	screenSell screen = iota
	screenPay
	screenPaid
	screenReceipts
	screenReport
)

// tillKey says in the browser's storage that it was set up as a till.
const tillKey = "till"

// register is everything that a till page shows: parts with their own state, and
// what passes between them.
type register struct {
	*kit.Page
	link   *Link
	starts []time.Time // of the worker, to stop starting one that always fails

	fault    *errcode.Error // the worker can't be talked to
	progress bridge.Progress

	screen screen
	sheet  sheet
	guard  guard
	seen   bool // the notices were looked at

	gate     gate
	find     find
	basket   basket
	quick    quick
	camera   cameraView
	balance  balance
	pay      payment
	paid     paidScreen
	receipts receiptList
	report   *bridge.ShiftReport
	slip     *slip // what is being printed
}

func newRegister(p *kit.Page, link *Link) *register {
	r := &register{Page: p, link: link}
	p.Tell = r.tell
	r.gate = gate{Page: p, r: r}
	r.find = find{Page: p, r: r}
	r.basket = basket{Page: p, Basket: kit.NewBasket(&p.Words), r: r}
	r.quick = quick{Page: p, r: r}
	r.camera = cameraView{Page: p, r: r, take: r.scanned}
	r.balance = balance{Page: p, r: r}
	r.pay = payment{Page: p, r: r}
	r.paid = paidScreen{Page: p, r: r}
	r.receipts = receiptList{Page: p, r: r}
	return r
}

// connect starts the till's worker and asks it for its state.
func (r *register) connect() {
	port, err := r.link.Start()
	if err != nil {
		r.fault = errcode.As(err)
		return
	}
	r.starts = append(r.starts, r.Now())
	client := bridge.NewClient(port)
	r.Client, r.fault = client, nil
	bridge.OnEvent(client, bridge.EventState, func(s bridge.State) { r.On(func() { r.heard(s) }) })
	bridge.OnEvent(client, bridge.EventProgress, func(p bridge.Progress) { r.On(func() { r.progress = p }) })
	client.OnGone(func(e *errcode.Error) { r.On(func() { r.gone(client, e) }) })
	r.refresh()
}

// gone starts a worker that has ended anew: what it stored is there. One that
// ends three times in a minute is left alone and the page says so.
func (r *register) gone(client *bridge.Client, e *errcode.Error) {
	if client != r.Client || e.Code == errcode.Cancelled {
		return
	}
	recent := 0
	for _, at := range r.starts {
		if r.Now().Sub(at) < time.Minute {
			recent++
		}
	}
	if recent >= 3 {
		r.fault = e
		return
	}
	r.connect()
}

// refresh asks for the whole state.
func (r *register) refresh() {
	kit.Ask(r.Page, bridge.TillState, bridge.Nothing{}, func(s bridge.State, e *errcode.Error) {
		if e != nil {
			r.fault = e
			return
		}
		r.take(s)
	})
}

// heard takes an unasked state in. Events and answers may overtake each other,
// so an event that disagrees about the phase is only a reason to ask.
func (r *register) heard(s bridge.State) {
	if s.Phase != r.State.Phase {
		r.refresh()
		return
	}
	s.Receipt = nil
	r.take(s)
}

// take makes s what the page shows.
func (r *register) take(s bridge.State) {
	before, data := r.State.Phase, r.State.Sync.Data
	if s.Shift == nil && s.Phase == before {
		s.Shift = r.State.Shift
	}
	r.State, r.Store = s, s.Store
	if s.Receipt != nil {
		r.basket.changed(*s.Receipt)
	}
	if s.Phase == bridge.PhaseSelling && s.Phase == before && s.Sync.Data != data {
		r.quick.load() // keys, prices and the stop list may be others now
	}
	if s.Phase == before {
		return
	}
	r.camera.close()
	r.gate = gate{Page: r.Page, r: r, rev: r.Rev}
	r.sheet = nil
	switch s.Phase {
	case bridge.PhaseSelling:
		r.screen, r.paid.sale, r.report = screenSell, nil, nil
		r.quick.load()
	case bridge.PhaseSignedOut, bridge.PhaseNoShift:
		prefs.Store(r.Ctx, tillKey, true)
	}
}
