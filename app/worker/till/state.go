package till

import (
	"context"
	"runtime"
	"strconv"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/worker/syncclient"
	"tillsight/shared/errcode"
	"tillsight/shared/staff"
)

// State returns all that the screens show.
func (s *Session) State(context.Context, struct{}) (bridge.State, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state(), nil
}

func (s *Session) state() bridge.State {
	state := bridge.State{
		Phase:   s.currentPhase(),
		Fault:   s.fault,
		Store:   s.identity.Store,
		Till:    s.identity.Till,
		Device:  s.identity.Device,
		Notices: s.notices,
		Storage: bridge.Storage{Persisted: s.storage.Persisted, Quota: s.storage.Quota, Usage: s.storage.Usage, Heap: heap()},
		Build:   s.opt.Build,
	}
	if s.client != nil {
		state.Sync = s.syncState()
	}
	if state.Phase != bridge.PhaseSignedOut && state.Phase != bridge.PhaseNoShift && state.Phase != bridge.PhaseSelling {
		return state
	}
	state.Products, state.Parked = s.book.products, s.parkedCount()
	if s.book.store.ID != "" {
		state.Store = s.book.store
	}
	if s.cashier != nil {
		state.Cashier = cashierOf(*s.cashier)
	}
	if s.shift.IsOpen() {
		shift := s.shift
		state.Shift = &shift
	}
	delta := s.current.Whole()
	state.Receipt = &delta
	return state
}

func cashierOf(e staff.Employee) *bridge.Cashier {
	c := &bridge.Cashier{ID: e.ID, Name: e.Name, Role: e.Role, DiscountBP: e.DiscountBP}
	for _, right := range staff.Rights {
		if e.May(right) {
			c.Rights = append(c.Rights, right)
		}
	}
	return c
}

func (s *Session) syncState() bridge.Sync {
	status := s.client.Status()
	sync := bridge.Sync{
		Online:   status.Online,
		LastAck:  status.LastAck,
		ClockOff: status.ClockOff,
		Fault:    status.Fault,
		Problem:  status.Problem,
		Data:     s.book.cursor,
	}
	if f := sync.Fault; f != nil && f.Code == errcode.Unauthorised { // nobody is to sign in: the server lost this register
		sync.Fault = errcode.New(errcode.RegisterLost, "till", f)
	}
	sync.Waiting, sync.Oldest = s.journal.Waiting()
	if off := abs(status.ClockOff); sync.Fault == nil && off > syncclient.ClockLimit.Milliseconds() {
		sync.Fault = errcode.New(errcode.ClockWrong, "till", nil).With("minutes", strconv.FormatInt(off/60_000, 10))
	}
	return sync
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

// newsEvery is the least time between two states that are sent unasked: a till
// that sells and syncs fast must not keep its page busy with drawing lights.
const newsEvery = 150 * time.Millisecond

// tellNews sends what was announced: the first at once, what follows together.
func (s *Session) tellNews(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.news:
		}
		s.tell()
		select {
		case <-ctx.Done():
			return
		case <-time.After(newsEvery):
		}
	}
}

// tell sends the state to the page, without the lines of the receipt.
func (s *Session) tell() {
	if s.opt.Tell == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	state := s.state()
	if state.Receipt != nil {
		state.Receipt.Full, state.Receipt.Lines = false, nil
	}
	s.opt.Tell(state)
}

// heap is the memory of the program, the databases' pages included. That of a
// wasm program never shrinks.
func heap() int64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.Sys)
}
