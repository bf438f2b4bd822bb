package journal

import (
	"context"
	"sync/atomic"
	"time"
)

const (
	stormFacts  = 200                    // in two windows make a storm: tills reconnecting
	stormWindow = 100 * time.Millisecond // a busy chain writes some ten facts in it
	calmAfter   = 250 * time.Millisecond // without one
	// patience bounds how long Calm holds back: who follows the journal gets a
	// batch at least this often.
	patience = 5 * time.Second
	calmLook = 20 * time.Millisecond
)

// storm notices when facts come faster than a chain sells.
type storm struct {
	began         time.Time    // of the window, as the counts of the writer goroutine only
	before, count int          // facts in the window before and in this one
	last          atomic.Int64 // unix ns: when there were too many in the two
}

// note counts facts that were written.
func (s *storm) note(now time.Time, facts int) {
	switch passed := now.Sub(s.began); {
	case passed < 0 || passed >= 2*stormWindow:
		s.began, s.before, s.count = now, 0, 0
	case passed >= stormWindow:
		s.began, s.before, s.count = now, s.count, 0
	}
	if s.count += facts; s.before+s.count >= stormFacts {
		s.last.Store(now.UnixNano())
	}
}

// rages reports whether there was a storm just now.
func (s *storm) rages(now time.Time) bool {
	since := now.UnixNano() - s.last.Load()
	return since >= 0 && since < int64(calmAfter)
}

// Calm returns when tills are not pushing more than selling makes, after some
// seconds anyway, or when ctx ends. What is made from facts can wait for the
// tills, whose sales are not safe at the server yet.
func (j *Journal) Calm(ctx context.Context) {
	if !j.storm.rages(j.now()) {
		return
	}
	limit := time.NewTimer(patience)
	defer limit.Stop()
	look := time.NewTicker(calmLook)
	defer look.Stop()
	for j.storm.rages(j.now()) {
		select {
		case <-look.C:
		case <-limit.C:
			return
		case <-ctx.Done():
			return
		}
	}
}
