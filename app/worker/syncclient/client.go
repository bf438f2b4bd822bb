// Package syncclient carries facts to the server and reference data back.
//
// It never decides what is true: the outbox is the journal's tail, a fact counts
// as delivered only when the server's chain hash equals the till's own, and a
// failure of any kind leaves everything where it was, to be sent again.
package syncclient

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"tillsight/app/network"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/wire"
	wiresync "tillsight/shared/wire/sync"
)

// Times of the conversation.
const (
	AnswerTimeout = 30 * time.Second // for a whole answer, and between two parts of a file
	LiveTimeout   = 75 * time.Second // without a sign of life on the live stream
	PollEvery     = 2 * time.Minute  // pull even if nobody said that there is something new
	ClockLimit    = 5 * time.Minute  // a clock further off is reported
)

// answerMax limits an answer other than a file.
const answerMax = 32 << 20

// Outbox is the till's journal as the sender sees it. Its methods may be called
// from any goroutine.
type Outbox interface {
	// Acked returns the last fact that the server is known to hold, 0 for none.
	Acked() uint64
	// Batch returns facts after seq, at most count of them and, unless the
	// first alone is larger, at most size bytes.
	Batch(after uint64, count, size int) (Batch, error)
	// Ack records that the server holds all facts up to seq. It fails with
	// errcode.Fork when chain is not the till's own hash of fact seq.
	Ack(seq uint64, chain fact.Hash) error
}

// Batch is a run of facts from the journal.
type Batch struct {
	Epoch uint32
	First uint64
	Prev  fact.Hash // of the fact before First
	Facts [][]byte  // canonical bytes
}

// Feed is the till's copy of the reference data.
type Feed interface {
	// Cursor returns the version that the copy stands at. MustRefetch: there is none.
	Cursor() (int64, error)
	// Apply takes a page and its cursor in one transaction. It fails with
	// errcode.MustRefetch when the page's check does not agree with the copy.
	Apply(page wiresync.Changes) error
	// Replace verifies a new snapshot and puts it in the copy's place.
	Replace(s wiresync.Snapshot, file io.Reader) error
}

// Status is what a person wants to know of the connection.
type Status struct {
	Online   bool           // the last conversation succeeded
	LastAck  int64          // unix ms by this device's clock, 0 for never
	ClockOff int64          // ms that this device's clock is ahead of the server's
	Fault    *errcode.Error // sync stands still until somebody acts: fork, revoked…
	Problem  *errcode.Error // why the last try failed; another follows
}

// Options of New. All are needed but Base, Parked, Changed and Log.
type Options struct {
	Network network.Network
	Base    string // the server's origin, "" for the page's own
	Device  string
	Token   string
	Outbox  Outbox
	Feed    Feed
	Now     func() time.Time
	Random  func() float64              // in [0, 1), for jitter
	Parked  func(wiresync.Parked) error // takes what is parked in the store; nil: not asked for
	Changed func()                      // Status has changed, or facts were acknowledged, or data came
	Log     func(what string, err error)
}

// Client talks to the server for one register.
type Client struct {
	Options
	pushing, pulling, living, parking wake
	pushSize                          pushSize

	mu       sync.Mutex
	status   Status
	problems map[string]*errcode.Error // by loop
	faults   map[string]*errcode.Error // by loop, each of which stands still
	parkedAt int64                     // revision of the store's parked receipts last taken
	resend   uint64                    // server wants facts from here on again, 0 for no
}

// New returns a client that has not begun to talk.
func New(opt Options) *Client {
	return &Client{
		Options:  opt,
		pushing:  newWake(),
		pulling:  newWake(),
		living:   newWake(),
		parking:  newWake(),
		problems: map[string]*errcode.Error{},
		faults:   map[string]*errcode.Error{},
	}
}

// Status returns the state of the connection.
func (c *Client) Status() Status {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.status
}

// change edits the status and tells Changed when that made a difference.
func (c *Client) change(edit func(*Status)) {
	c.mu.Lock()
	before := c.status
	edit(&c.status)
	changed := before != c.status
	c.mu.Unlock()
	if changed && c.Changed != nil {
		c.Changed()
	}
}

// outcome records how a conversation of a loop ended. A fault stops that loop
// only: a register that was replaced at its place gets no more prices, but what
// it sold is welcome. Only Retry takes a fault away.
func (c *Client) outcome(loop string, err error) {
	if err != nil && c.Log != nil {
		c.Log(loop, err)
	}
	c.change(func(s *Status) {
		switch code := errcode.Of(err); code {
		case "":
			s.Online = true
			delete(c.problems, loop)
		case errcode.Fork, errcode.Revoked, errcode.Unauthorised, errcode.OldProtocol, errcode.JournalPruned:
			s.Online = true
			delete(c.problems, loop)
			if old := c.faults[loop]; old == nil || old.Code != code {
				c.faults[loop] = errcode.As(err)
			}
		default:
			s.Online = false
			if old := c.problems[loop]; old == nil || old.Code != code {
				c.problems[loop] = errcode.As(err)
			}
		}
		s.Problem = first(c.problems)
		s.Fault = first(c.faults)
	})
}

// Failed records that what the client's owner did to get reference data failed.
func (c *Client) Failed(err error) { c.outcome(loopPull, err) }

// first returns the weightiest of the loops' errors, nil when there is none.
func first(errs map[string]*errcode.Error) *errcode.Error {
	for _, loop := range []string{loopPush, loopPull, loopLive, loopParked} {
		if err := errs[loop]; err != nil {
			return err
		}
	}
	return nil
}

// stopped reports whether only a person can get a loop going again.
func (c *Client) stopped(loop string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.faults[loop] != nil
}

// ask asks the server a question as this register.
func ask[Q, A any](ctx context.Context, c *Client, e wire.Endpoint[Q, A], question Q) (A, error) {
	return network.Call(ctx, asker(c.Network, c.Base, network.Token(c.Token)), e, question)
}

func asker(n network.Network, base string, header map[string]string) *network.Client {
	return &network.Client{Network: n, Base: base, Header: header, Patience: AnswerTimeout, Max: answerMax}
}

// seen records the server's time from an answer that took from sent to now.
func (c *Client) seen(sent time.Time, serverTime int64) {
	if serverTime <= 0 {
		return
	}
	now := c.Now()
	middle := sent.Add(now.Sub(sent) / 2)
	c.change(func(s *Status) {
		off := middle.UnixMilli() - serverTime
		// Small differences are the network's: they are no news.
		if d := off - s.ClockOff; d > 500 || d < -500 {
			s.ClockOff = off
		}
	})
}

var errBadAck = errors.New("acknowledgement makes no sense")
