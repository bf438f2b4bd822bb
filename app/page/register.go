package page

import (
	"context"
	"sync"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/camera"
	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/shell"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
	"tillsight/shared/staff"
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

// sheet is a dialog over the selling screen; "" for none. Its value is the
// dialog's id.
type sheet string

const (
	sheetQuantity sheet = "sheet-quantity"
	sheetWeight   sheet = "sheet-weight"
	sheetDiscount sheet = "sheet-discount"
	sheetCancel   sheet = "sheet-cancel"
	sheetCash     sheet = "sheet-cash"
	sheetClose    sheet = "sheet-close"
	sheetLight    sheet = "sheet-light"
	sheetMenu     sheet = "sheet-menu"
	sheetKeys     sheet = "sheet-keys"
	sheetNotices  sheet = "sheet-notices"
	sheetWhy      sheet = "sheet-why"
)

// strip is the message beside the input. It stays until the next action.
type strip struct {
	Tone ui.Tone
	Text string
	Code string
	Undo int // N of a voided line that can be brought back

	offers []offer
}

// tillKey says in the browser's storage that it was set up as a till.
const tillKey = "till"

// register is everything that a till page shows.
type register struct {
	ctx    app.Context
	link   *Link
	client *bridge.Client
	starts []time.Time // of the worker, to stop starting one that always fails
	orders orders
	now    func() time.Time

	lang  i18n.Lang
	prefs prefs.Preferences
	rev   int // rises with every change

	state    bridge.State
	fault    *errcode.Error // the worker can't be talked to
	progress bridge.Progress
	basket   basket
	chosen   int // N of the line that actions work on; 0: the newest

	screen screen
	sheet  sheet
	strip  strip
	wait   int // orders not answered yet

	find     find
	quick    []bridge.QuickGroup
	quickRev int // rises when quick is another
	group    int
	letters  bool // the keyboard on the screen is out
	gate     gate
	form     form
	pay      payment
	paid     *receipt.Receipt
	last     lastSale
	nearly   []bridge.Prompt // what the paid receipt lacked little of
	receipts receiptList
	report   *bridge.ShiftReport
	slip     *slip // what is being printed
	why      *bridge.Why
	parked   parked
	code     *bridge.CodeRead
	camera   *camera.Camera // nil while it is closed
	takeCode func(string)   // scanned, for what scanned itself depends on

	cameraStatus camera.Status

	waiting bridge.ShiftReport // what waits while the shift is about to be closed
	seen    bool               // the notices were looked at
	guard   guard
	doubt   string // what seems absurd and was said once
	scroll  scroll
	painter painter
	balance balance
}

// scroll is where the receipt list stands.
type scroll struct {
	top, height int
	free        bool // a person has scrolled away from the newest line
}

// form is the text of the open sheet's fields.
type form struct {
	text   string // quantity, percent, sum
	reason string
	money  bool // discount is a sum
	whole  bool // discount on the receipt
	out    bool // cash out
	rev    int
	busy   bool
	fault  *errcode.Error
	note   string
	weigh  bridge.Product
}

// orders are requests about the open receipt: one after another, in the order
// in which they were given.
type orders struct {
	mu      sync.Mutex
	queue   []func()
	running bool
}

func (o *orders) add(async func(func()), run func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.queue = append(o.queue, run)
	if !o.running {
		o.running = true
		async(o.run)
	}
}

func (o *orders) run() {
	for {
		o.mu.Lock()
		if len(o.queue) == 0 {
			o.running = false
			o.mu.Unlock()
			return
		}
		next := o.queue[0]
		o.queue = o.queue[1:]
		o.mu.Unlock()
		next()
	}
}

// on runs f on the UI goroutine and has the page drawn.
func (r *register) on(f func()) {
	r.ctx.Dispatch(func(app.Context) {
		r.rev++
		f()
	})
}

// later runs f after the page is drawn.
func (r *register) later(f func()) { r.ctx.Defer(func(app.Context) { f() }) }

// ask sends a request that needs no order and hands the answer over on the UI
// goroutine.
func ask[Q, A any](r *register, method bridge.Method[Q, A], request Q, then func(A, *errcode.Error)) {
	client := r.client
	r.ctx.Async(func() {
		answer, err := bridge.Call(context.Background(), client, method, request)
		r.on(func() { then(answer, errcode.As(err)) })
	})
}

// order sends a request about the open receipt after those before it.
func order[Q, A any](r *register, method bridge.Method[Q, A], request Q, then func(A, *errcode.Error)) {
	r.wait++
	r.orders.add(r.ctx.Async, func() {
		client := r.client
		answer, err := bridge.Call(context.Background(), client, method, request)
		r.on(func() {
			r.wait--
			then(answer, errcode.As(err))
		})
	})
}

// connect starts the till's worker and asks it for its state.
func (r *register) connect() {
	port, err := r.link.Start()
	if err != nil {
		r.fault = errcode.As(err)
		return
	}
	r.starts = append(r.starts, r.now())
	client := bridge.NewClient(port)
	r.client, r.fault = client, nil
	bridge.OnEvent(client, bridge.EventState, func(s bridge.State) { r.on(func() { r.heard(s) }) })
	bridge.OnEvent(client, bridge.EventProgress, func(p bridge.Progress) { r.on(func() { r.progress = p }) })
	client.OnGone(func(e *errcode.Error) { r.on(func() { r.gone(client, e) }) })
	r.refresh()
}

// gone starts a worker that has ended anew: what it stored is there. One that
// ends three times in a minute is left alone and the page says so.
func (r *register) gone(client *bridge.Client, e *errcode.Error) {
	if client != r.client || e.Code == errcode.Cancelled {
		return
	}
	recent := 0
	for _, at := range r.starts {
		if r.now().Sub(at) < time.Minute {
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
	ask(r, bridge.TillState, bridge.Nothing{}, func(s bridge.State, e *errcode.Error) {
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
	if s.Phase != r.state.Phase {
		r.refresh()
		return
	}
	s.Receipt = nil
	r.take(s)
}

// take makes s what the page shows.
func (r *register) take(s bridge.State) {
	before, data := r.state.Phase, r.state.Sync.Data
	if s.Shift == nil && s.Phase == before {
		s.Shift = r.state.Shift
	}
	r.state = s
	if s.Receipt != nil {
		r.changed(*s.Receipt)
	}
	if s.Phase == bridge.PhaseSelling && s.Phase == before && s.Sync.Data != data {
		r.loadQuick() // keys, prices and the stop list may be others now
	}
	if s.Phase == before {
		return
	}
	r.closeCamera()
	r.gate = gate{}
	r.form = form{rev: r.form.rev + 1}
	r.sheet = ""
	switch s.Phase {
	case bridge.PhaseSelling:
		r.screen, r.paid, r.report = screenSell, nil, nil
		r.loadQuick()
	case bridge.PhaseSignedOut, bridge.PhaseNoShift:
		prefs.Store(r.ctx, tillKey, true)
	}
}

// changed takes a change of the receipt in.
func (r *register) changed(d bridge.Delta) {
	was := r.basket.open()
	r.basket.apply(d, r.lang, r.currency())
	if _, ok := r.basket.line(r.chosen); !ok || len(d.Lines) > 0 && d.Last != r.chosen {
		r.chosen = 0
	}
	if len(d.Lines) > 0 {
		r.show(d.Last)
	} else {
		r.paint()
	}
	if open := r.basket.open(); open != was {
		shell.Busy(open)
	}
}

func (r *register) currency() money.Currency {
	if r.state.Store.Currency.Code == "" {
		return money.RUB
	}
	return r.state.Store.Currency
}

// sum writes a sum with its currency.
func (r *register) sum(a money.Amount) string { return r.lang.Sum(a, r.currency()) }

// clock writes a moment in the store's time.
func (r *register) clock(ms int64, style i18n.Style) string {
	return r.lang.Time(ms, r.state.Store.Zone, style)
}

// may reports whether the cashier has a right.
func (r *register) may(right staff.Right) bool {
	if r.state.Cashier == nil {
		return false
	}
	for _, has := range r.state.Cashier.Rights {
		if has == right {
			return true
		}
	}
	return false
}

// line returns the line that actions work on: the chosen one or the newest.
func (r *register) line() (receipt.Line, bool) {
	n := r.chosen
	if n == 0 {
		n = r.basket.Last
	}
	if line, ok := r.basket.line(n); ok {
		return line, true
	}
	return r.basket.line(r.basket.next(0, 0))
}

// say puts a message beside the input.
func (r *register) say(tone ui.Tone, m *i18n.Message, pairs ...any) {
	r.strip = strip{Tone: tone, Text: r.lang.T(m, pairs...)}
}

// fail shows an error beside the input.
func (r *register) fail(e *errcode.Error) {
	r.strip = strip{Tone: ui.Bad, Text: r.lang.ErrorIn(e, r.currency()), Code: string(e.Code)}
}

// sound confirms or refuses a scan for ears and the corner of the eye.
func (r *register) sound(ok bool) {
	tone := ui.Bad
	if ok {
		tone = ui.Good
	}
	ui.Flash(paneID, tone)
	if r.prefs.Mute {
		return
	}
	// Seen first: making a tone takes longer than drawing a line.
	r.later(func() {
		if ok {
			ui.Beep(1760, 60, false)
		} else {
			ui.Beep(196, 260, true)
		}
	})
}
