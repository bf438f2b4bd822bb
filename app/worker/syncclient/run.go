package syncclient

import (
	"context"
	"sync"
	"time"

	"tillsight/shared/errcode"
)

// Waits between tries: full jitter below a limit that doubles.
const (
	backoffFirst = time.Second
	backoffLast  = 5 * time.Minute
)

// backoff returns how long to wait before the try that follows a number of
// failures in a row, random being in [0, 1).
func backoff(failures int, random float64) time.Duration {
	limit := backoffLast
	if failures < 9 {
		limit = min(limit, backoffFirst<<max(failures-1, 0))
	}
	return time.Duration(random * float64(limit))
}

// The loops of Run, each with its own work, waits and failures.
const (
	loopPush = "push"
	loopPull = "pull"
	loopLive = "live"

	loopParked = "parked"
)

// wake tells a loop that there is work, or that waiting has lost its reason.
type wake struct {
	work chan struct{}
	now  chan struct{}
}

func newWake() wake { return wake{make(chan struct{}, 1), make(chan struct{}, 1)} }

func (w wake) up()    { raise(w.work) }
func (w wake) reset() { raise(w.now) }

func raise(flag chan struct{}) {
	select {
	case flag <- struct{}{}:
	default:
	}
}

// Run talks to the server until ctx ends: sends facts as they appear, takes
// changes as they are announced, tries again after failures.
func (c *Client) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { c.loop(ctx, loopPush, c.pushing, forever, c.Push) })
	all.Go(func() { c.loop(ctx, loopPull, c.pulling, PollEvery, c.Pull) })
	all.Go(func() { c.loop(ctx, loopParked, c.parking, PollEvery, c.LookParked) })
	all.Go(func() { c.live(ctx) })
	all.Wait()
}

// NewFact says that the outbox has grown. A sender that waits after a failure
// goes on waiting: the server is not helped by a till that sells fast.
func (c *Client) NewFact() { c.pushing.up() }

// Retry tries everything now: the device came online, or a person asked.
func (c *Client) Retry() {
	c.change(func(s *Status) {
		clear(c.faults)
		s.Fault = nil
	})
	c.pushing.reset()
	c.pulling.reset()
	c.living.reset()
	c.parking.reset()
}

// loop repeats step while there is more, then waits for work; every is the
// longest it waits.
func (c *Client) loop(ctx context.Context, what string, w wake, every time.Duration, step func(context.Context) (bool, error)) {
	failures := 0
	for ctx.Err() == nil {
		more, err := step(ctx)
		if ctx.Err() != nil {
			return
		}
		switch {
		case err != nil:
			c.outcome(what, err)
			failures++
			longest := backoff(failures, c.Random())
			if c.stopped(what) {
				longest = forever
			}
			if c.pause(ctx, w.now, longest) {
				failures = 0
			}
		default:
			failures = 0
			if !more {
				c.rest(ctx, w.work, w.now, every)
			}
		}
	}
}

// forever is a wait that only a signal ends.
const forever time.Duration = -1

// pause waits for now, at most for longest. It reports whether now came.
func (c *Client) pause(ctx context.Context, now <-chan struct{}, longest time.Duration) bool {
	return c.rest(ctx, nil, now, longest)
}

// rest is pause that work ends too.
func (c *Client) rest(ctx context.Context, work, now <-chan struct{}, longest time.Duration) bool {
	var over <-chan time.Time
	if longest != forever {
		timer := time.NewTimer(longest)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-now:
		return true
	case <-work:
	case <-over:
	case <-ctx.Done():
	}
	return false
}

// live keeps the event stream open. Losing it says nothing yet: the pull that
// follows finds out whether the server is still there.
func (c *Client) live(ctx context.Context) {
	failures := 0
	for ctx.Err() == nil {
		began := c.Now()
		err := c.Listen(ctx)
		if ctx.Err() != nil {
			return
		}
		if c.Now().Sub(began) > time.Minute {
			failures = 0
		}
		failures++
		longest := backoff(failures, c.Random())
		if code := errcode.Of(err); code == errcode.Revoked || code == errcode.Unauthorised {
			c.outcome(loopLive, err)
			longest = forever
		} else {
			c.pulling.up()
		}
		if c.pause(ctx, c.living.now, longest) {
			failures = 0
		}
	}
}
