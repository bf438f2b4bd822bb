package till

import (
	"context"
	"time"

	"tillsight/app/worker/till/lookup"
	"tillsight/shared/receipt"
)

// prepareAfter leaves the start to what somebody waits for, and prepareRest the
// time between two steps to everything else.
const (
	prepareAfter = time.Second
	prepareRest  = 20 * time.Millisecond
)

// soon has what is not needed at once prepared.
func (s *core) soon() {
	select {
	case s.idle <- struct{}{}:
	default:
	}
}

// prepare reads ahead what the first search would wait for, until ctx ends.
func (s *reference) prepare(ctx context.Context) {
	rest := func(d time.Duration) bool {
		select {
		case <-ctx.Done():
			return false
		case <-time.After(d):
			return true
		}
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.idle:
		}
		if !rest(prepareAfter) {
			return
		}
		for !s.prepareStep() {
			if !rest(prepareRest) {
				return
			}
		}
	}
}

// prepareStep reports whether there is nothing left to do.
func (s *reference) prepareStep() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ref == nil || s.db == nil {
		return true
	}
	done, err := s.index.Step(s.ref, s.db)
	if err != nil {
		s.log("read ahead for searching", err)
	}
	return done
}

// newIndex starts finding in another copy of the reference data.
func (s *reference) newIndex() {
	s.index = &lookup.Index{}
	s.soon()
}

// countSold tells the search what a receipt sold.
func (s *reference) countSold(r *receipt.Receipt) {
	if s.ref == nil {
		return
	}
	if err := s.index.CountSold(s.ref, r); err != nil {
		s.log("count what is sold", err)
	}
}
