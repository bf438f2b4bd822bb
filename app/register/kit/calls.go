package kit

import (
	"context"
	"sync"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/shared/errcode"
)

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

// On runs f on the UI goroutine and has the page drawn.
func (p *Page) On(f func()) {
	p.Ctx.Dispatch(func(app.Context) {
		p.Rev++
		f()
	})
}

// Later runs f after the page is drawn.
func (p *Page) Later(f func()) { p.Ctx.Defer(func(app.Context) { f() }) }

// Ask sends a request that needs no order and hands the answer over on the UI
// goroutine.
func Ask[Q, A any](p *Page, method bridge.Method[Q, A], request Q, then func(A, *errcode.Error)) {
	client := p.Client
	p.Ctx.Async(func() {
		answer, err := bridge.Call(context.Background(), client, method, request)
		p.On(func() { then(answer, errcode.As(err)) })
	})
}

// Order sends a request about the open receipt after those before it.
func Order[Q, A any](p *Page, method bridge.Method[Q, A], request Q, then func(A, *errcode.Error)) {
	inOrder(p, func(client *bridge.Client) (A, error) {
		return bridge.Call(context.Background(), client, method, request)
	}, then)
}

// OrderCode sends a request about a code in order. A code that is nobody's by a
// US keyboard's reading may be somebody's by the computer's own layout.
func OrderCode[A any](p *Page, method bridge.Method[bridge.Scan, A], s bridge.Scan, local string, then func(A, *errcode.Error)) {
	inOrder(p, func(client *bridge.Client) (A, error) {
		answer, err := bridge.Call(context.Background(), client, method, s)
		if local == "" || !unread(err) {
			return answer, err
		}
		other := s
		other.Code = local
		if again, err2 := bridge.Call(context.Background(), client, method, other); !unread(err2) {
			return again, err2
		}
		return answer, err
	}, then)
}

func inOrder[A any](p *Page, call func(*bridge.Client) (A, error), then func(A, *errcode.Error)) {
	p.Waiting++
	p.orders.add(p.Ctx.Async, func() {
		answer, err := call(p.Client)
		p.On(func() {
			p.Waiting--
			then(answer, errcode.As(err))
		})
	})
}

// unread reports whether a code was not understood.
func unread(err error) bool {
	switch errcode.Of(err) {
	case errcode.UnknownBarcode, errcode.BadBarcode, errcode.BadCheckDigit:
		return true
	}
	return false
}
