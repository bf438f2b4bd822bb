package till

import (
	"context"
	"time"

	"tillsight/app/bridge"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
)

// What prepare does at a time: some milliseconds, which a scan may have to wait.
const (
	wordsStep    = 500
	receiptsStep = 8
)

// prepareAfter leaves the start to what somebody waits for, and prepareRest the
// time between two steps to everything else.
const (
	prepareAfter = time.Second
	prepareRest  = 20 * time.Millisecond
)

// popularReceipts is how many of the newest receipts say what is sold often.
const popularReceipts = 400

// popular is the gathering of what is sold often.
type popular struct {
	rows []bridge.ReceiptRow // receipts to read
	read bool                // rows are those of this start
}

// soon has what is not needed at once prepared.
func (s *Session) soon() {
	select {
	case s.idle <- struct{}{}:
	default:
	}
}

// prepare reads ahead what the first search would wait for, until ctx ends.
func (s *Session) prepare(ctx context.Context) {
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
func (s *Session) prepareStep() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ref == nil || s.db == nil {
		return true
	}
	done, err := s.finder.Load(s.ref, wordsStep)
	if err != nil {
		s.log("read words", err)
		return true
	}
	return done && s.gatherPopular()
}

// newFinder starts finding in another copy of the reference data.
func (s *Session) newFinder() {
	s.finder, s.popular = &refdata.Finder{}, popular{}
	s.soon()
}

// gatherPopular reads a few of the newest receipts and reports whether that
// were the last ones.
func (s *Session) gatherPopular() bool {
	if !s.popular.read {
		rows, err := s.db.Receipts("", popularReceipts)
		if err != nil {
			s.log("read what is sold often", err)
			return true
		}
		s.popular = popular{rows, true}
	}
	n := min(receiptsStep, len(s.popular.rows))
	for _, row := range s.popular.rows[:n] {
		sold, err := s.db.Receipt(row.ID)
		if err != nil {
			s.log("read what is sold often", err)
			continue
		}
		s.countSold(&sold)
	}
	s.popular.rows = s.popular.rows[n:]
	return len(s.popular.rows) == 0
}

// countSold tells the search what a receipt sold.
func (s *Session) countSold(r *receipt.Receipt) {
	if r.State != receipt.Paid || r.Type != receipt.Sale || s.ref == nil {
		return
	}
	for _, line := range r.Lines {
		if line.Voided {
			continue
		}
		if err := s.finder.CountSold(s.ref, line.SKU, 1); err != nil {
			s.log("count what is sold", err)
			return
		}
	}
}
