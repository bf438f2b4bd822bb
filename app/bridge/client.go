package bridge

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"tillsight/shared/errcode"
)

// Client is the page's side: it asks a worker and hears its events. Requests
// made before the worker is ready wait for it and are sent in order.
//
// In a browser Call must not run inside a JavaScript callback, which would
// wait for itself: call it from a goroutine of its own (go-app's ctx.Async).
type Client struct {
	port Port

	mu      sync.Mutex
	next    uint32
	waiting map[uint32]chan frame
	queued  [][]byte // until the worker is ready
	ready   bool
	gone    *errcode.Error
	hears   map[string]map[int]func([]byte)
	hearers int
	onGone  func(*errcode.Error)

	events chan struct{} // something is in heard
	heard  []frame
	ended  chan struct{} // closed with gone
}

// OnEvent has handle called with every event of this name, in order, on a
// goroutine of the client. The returned function ends that. A body of another
// form is dropped: it comes from a worker of another version, which an update
// replaces.
func OnEvent[T any](c *Client, event Event[T], handle func(T)) (off func()) {
	return c.on(string(event), func(body []byte) {
		var value T
		if err := json.Unmarshal(body, &value); err == nil {
			handle(value)
		}
	})
}

// NewClient starts a conversation over port.
func NewClient(port Port) *Client {
	c := &Client{
		port:    port,
		waiting: map[uint32]chan frame{},
		hears:   map[string]map[int]func([]byte){},
		events:  make(chan struct{}, 1),
		ended:   make(chan struct{}),
	}
	go c.deliver()
	port.Listen(c.receive)
	return c
}

// Call asks q of method m. Errors are *errcode.Error: the worker's own,
// Cancelled when ctx ends first, or the reason why the worker is gone.
func Call[Q, A any](ctx context.Context, c *Client, m Method[Q, A], q Q) (answer A, err error) {
	body, err := json.Marshal(q)
	if err != nil {
		return answer, errcode.New(errcode.Internal, string(m), err)
	}
	err = c.call(ctx, string(m), body, &answer)
	return answer, err
}

// call sends body to method and decodes the answer into answer.
func (c *Client) call(ctx context.Context, method string, body []byte, answer any) error {
	id, reply, err := c.send(method, body)
	if err != nil {
		return err
	}
	select {
	case f := <-reply:
		return f.answer(method, answer)
	case <-ctx.Done():
	}
	c.mu.Lock()
	delete(c.waiting, id)
	c.mu.Unlock()
	if err := c.post(frame{kind: kindCancel, id: id}); err != nil {
		return err
	}
	return errcode.New(errcode.Cancelled, method, ctx.Err())
}

func (c *Client) on(event string, handle func(body []byte)) (off func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hearers++
	n := c.hearers
	if c.hears[event] == nil {
		c.hears[event] = map[int]func([]byte){}
	}
	c.hears[event][n] = handle
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.hears[event], n)
	}
}

// OnGone has handle called once when the worker has ended by itself. Calls that
// were waiting fail with the same error; start another worker and a new Client.
func (c *Client) OnGone(handle func(*errcode.Error)) {
	c.mu.Lock()
	gone := c.gone
	c.onGone = handle
	c.mu.Unlock()
	if gone != nil {
		go handle(gone)
	}
}

// Close ends the worker. Calls that wait fail as Cancelled.
func (c *Client) Close() {
	c.port.Close()
	c.end(errcode.New(errcode.Cancelled, "bridge.Close", nil))
}

func (c *Client) send(method string, body []byte) (uint32, chan frame, error) {
	reply := make(chan frame, 1)
	c.mu.Lock()
	if c.gone != nil {
		defer c.mu.Unlock()
		return 0, nil, c.gone
	}
	c.next++
	id := c.next
	c.waiting[id] = reply
	c.mu.Unlock()
	return id, reply, c.post(frame{kind: kindRequest, id: id, name: method, body: body})
}

func (c *Client) post(f frame) error {
	b := f.encode()
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.ready {
		c.queued = append(c.queued, b)
		return nil
	}
	return c.port.Send(b)
}

func (c *Client) receive(b []byte) {
	f, err := decodeFrame(b)
	if err != nil {
		return // not of this conversation: other code may post to the same worker
	}
	switch f.kind {
	case kindReady:
		c.flush()
	case kindAnswer, kindError:
		c.mu.Lock()
		reply := c.waiting[f.id]
		delete(c.waiting, f.id)
		c.mu.Unlock()
		if reply != nil {
			reply <- f
		}
	case kindEvent:
		c.mu.Lock()
		c.heard = append(c.heard, f)
		c.mu.Unlock()
		select {
		case c.events <- struct{}{}:
		default:
		}
	case kindGone:
		gone := f.failure()
		c.mu.Lock()
		first, handle := c.gone == nil, c.onGone
		c.mu.Unlock()
		c.end(gone)
		if first && handle != nil {
			go handle(gone)
		}
	}
}

func (c *Client) flush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ready = true
	for i, b := range c.queued {
		if err := c.port.Send(b); err != nil {
			c.queued = c.queued[i:]
			return // the port is broken: its failure event ends the calls
		}
	}
	c.queued = nil
}

// end fails every waiting call and all later ones.
func (c *Client) end(reason *errcode.Error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone == nil {
		c.gone = reason
		close(c.ended)
	}
	body, err := json.Marshal(reason)
	if err != nil {
		body = nil // failure() then answers Internal
	}
	for id, reply := range c.waiting {
		reply <- frame{kind: kindError, body: body}
		delete(c.waiting, id)
	}
}

// deliver hands events over one after another, away from the port's callback.
func (c *Client) deliver() {
	for {
		select {
		case <-c.events:
		case <-c.ended:
			return
		}
		for f, ok := c.nextEvent(); ok; f, ok = c.nextEvent() {
			for _, handle := range c.handlers(f.name) {
				handle(f.body)
			}
		}
	}
}

func (c *Client) nextEvent() (frame, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.heard) == 0 {
		return frame{}, false
	}
	f := c.heard[0]
	c.heard = c.heard[1:]
	return f, true
}

func (c *Client) handlers(event string) []func([]byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := make([]func([]byte), 0, len(c.hears[event]))
	for n := 1; n <= c.hearers; n++ {
		if handle := c.hears[event][n]; handle != nil {
			list = append(list, handle)
		}
	}
	return list
}

func (f frame) answer(method string, answer any) error {
	if f.kind == kindError {
		return f.failure()
	}
	if len(f.body) == 0 {
		return nil
	}
	if err := json.Unmarshal(f.body, answer); err != nil {
		return errcode.New(errcode.BadAnswer, method, err)
	}
	return nil
}

func (f frame) failure() *errcode.Error {
	e := &errcode.Error{}
	if err := json.Unmarshal(f.body, e); err != nil || e.Code == "" {
		return errcode.New(errcode.Internal, "bridge", fmt.Errorf("unreadable error: %q", f.body))
	}
	return e
}

func goneFrame(reason *errcode.Error) []byte {
	body, err := json.Marshal(reason)
	if err != nil {
		body = nil
	}
	return frame{kind: kindGone, body: body}.encode()
}
