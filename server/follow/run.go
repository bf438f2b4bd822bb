package follow

import (
	"context"
	"sync"
	"time"
)

const (
	retryFirst = time.Second // after a failure, doubled with each
	retryLast  = time.Minute
	idle       = time.Hour // without news
	// StillAfter is how long somebody may get nowhere before that is an alarm.
	StillAfter = 5 * time.Minute
)

// Pulse says how somebody who works beside the requests does. It is safe for
// concurrent use.
type Pulse struct {
	now func() time.Time

	mu    sync.Mutex
	since time.Time // of the first failure in a row, zero: none
	fault error
}

// Begin sets the clock. Before that nothing has failed.
func (p *Pulse) Begin(now func() time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = now
}

func (p *Pulse) note(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case err == nil:
		p.since, p.fault = time.Time{}, nil
	case p.fault == nil:
		p.since, p.fault = p.now(), err
	default:
		p.fault = err
	}
}

// Fault returns why the last look failed, nil when it did not, and whether it has
// failed for so long that it stands still.
func (p *Pulse) Fault() (err error, still bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fault, p.fault != nil && p.now().Sub(p.since) >= StillAfter
}

// calm is the part of a journal that says when there is time.
type calm interface{ Calm(ctx context.Context) }

// Run is Repeat for those who follow the journal: they look when there is time.
func Run(ctx context.Context, j calm, p *Pulse, look func(context.Context) (n int, err error), failed func(error), news ...<-chan struct{}) {
	Repeat(ctx, p, func(ctx context.Context) (int, error) {
		j.Calm(ctx)
		if ctx.Err() != nil {
			return 0, nil
		}
		return look(ctx)
	}, failed, news...)
}

// Repeat calls look whenever one of news receives, again at once while it returns
// that there was something, until ctx ends. After a failure, which failed hears, it
// tries again by itself, whether there is news or not.
func Repeat(ctx context.Context, p *Pulse, look func(context.Context) (n int, err error), failed func(error), news ...<-chan struct{}) {
	sign, cancel := join(ctx, news)
	defer cancel()
	retry := retryFirst
	for {
		n := 0
		err := Guard(func() (err error) {
			n, err = look(ctx)
			return err
		})
		if ctx.Err() != nil {
			return
		}
		p.note(err)
		wait, waking := idle, sign
		switch {
		case err != nil:
			failed(err)
			wait, waking = retry, nil // news does not mend it
			retry = min(2*retry, retryLast)
		case n > 0:
			retry = retryFirst
			continue
		default:
			retry = retryFirst
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-waking:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// join makes one channel of several.
func join(ctx context.Context, news []<-chan struct{}) (<-chan struct{}, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if len(news) == 1 {
		return news[0], cancel
	}
	sign := make(chan struct{}, 1)
	for _, one := range news {
		go func() {
			for {
				select {
				case <-ctx.Done():
					return
				case <-one:
				}
				select {
				case sign <- struct{}{}:
				default: // a sign is waiting already
				}
			}
		}()
	}
	return sign, cancel
}
