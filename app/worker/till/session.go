// Package till is the register itself: the open receipt, the shift, who is
// signed in, and the order in which things become durable.
//
// A sale is a fact in the journal before anybody is told that it is paid. The
// open receipt is in the draft log, change by change, so that whatever ends the
// program brings it back. Everything else (the projection, the reference data,
// the conversation with the server) may lag behind or fail without stopping the
// sale. DESIGN.md gives the reasons.
//
// A register is made of parts that each know what they stand on and nothing else:
// core (lock, people, time), ledger (what is durable), reference (the copy of the
// reference data), sale (the open receipt), parked (receipts set aside), Session
// (lifecycle). An exported method takes the lock; others are called with it held.
package till

import (
	"context"
	"errors"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/network"
	"tillsight/app/opfs"
	"tillsight/shared/tender"
)

// Options of New: all that a register needs from its surroundings.
type Options struct {
	Dir      func() (opfs.Dir, error)   // the till's directory
	Storage  func() (opfs.Facts, error) // asks for durable storage and says what there is
	Election Election
	Network  network.Network
	Base     string // the server's origin, "" for the page's own
	Now      func() time.Time
	Passed   func() time.Duration                                     // time that has passed whatever the clock says; nil: by Now
	Zone     func(zone string, at time.Time) (minutes int, err error) // east of UTC
	Random   func() float64                                           // in [0, 1)
	NewID    func() string                                            // a UUIDv7
	Devices  map[tender.Kind]tender.Device                            // that payments wait for here; none: a person says that the money is there
	HashPIN  func(pin string, salt []byte) []byte                     // staff.HashPIN, which takes long
	Tell     func(bridge.State)                                       // must not block; nil: nobody listens
	Progress func(bridge.Progress)                                    // the same
	Log      func(what string, err error)
	Build    string
}

// Election makes sure that a register is live once on a device.
type Election interface {
	// Acquire waits up to patience for the register and reports whether it is
	// ours. NoStorage means that the platform has no such lock.
	Acquire(ctx context.Context, patience time.Duration) (won bool, err error)
	// Release gives the register up.
	Release()
	// AskOthers asks whoever has the register to let it go.
	AskOthers() error
	// OnAsked has letGo called when another one asks.
	OnAsked(letGo func()) error
}

// Patience with another tab that has the register.
const (
	startPatience    = 2 * time.Second // it may be a page that is just closing
	takeOverPatience = 10 * time.Second
)

// Session is one register. Its exported methods are those of app/bridge and may
// be called from any goroutine.
type Session struct {
	parked
	gate    gate
	storage opfs.Facts

	running context.Context // of Run; nil before
	hangUp  context.CancelFunc
}

// New returns a register that has not opened its storage.
func New(opt Options) *Session {
	if opt.Passed == nil {
		begun := opt.Now() // time.Now has a reading of its own for what passes
		opt.Passed = func() time.Duration { return opt.Now().Sub(begun) }
	}
	s := &Session{}
	s.opt, s.phase = opt, bridge.PhaseStarting
	s.work, s.news, s.idle = make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{}, 1)
	return s
}

// Run opens the register, talks to the server and keeps house until ctx ends.
// Then it lets the register go.
func (s *Session) Run(ctx context.Context) {
	s.mu.Lock()
	s.running = ctx
	s.mu.Unlock()
	s.Open(ctx)
	s.announce()
	go s.tellNews(ctx)
	go s.prepare(ctx)
	go s.resumePayments(ctx)
	s.keepHouse(ctx)
	s.Close()
}

// keepHouse does what nobody should wait for.
func (s *Session) keepHouse(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.work:
			s.Settle()
		case <-tick.C:
			s.maintain()
		}
		s.announce()
	}
}

// Settle brings the projection up to the journal.
func (s *Session) Settle() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.db == nil {
		return
	}
	s.journal.Settle()
	if err := errors.Join(s.current.Clear(), s.settle()); err != nil {
		s.log("settle", err)
	}
}

// Retention of acknowledged facts at the till, for returns and look-up.
const retention = 90 * 24 * time.Hour

// fillStep is how many facts of earlier shifts a projection made anew takes in
// at a time: some 100 ms of work.
const fillStep = 200

// maintain is done once a minute: it must be short.
func (s *Session) maintain() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.journal == nil {
		return
	}
	if err := s.journal.Maintain(s.opt.Now().Add(-retention).UnixMilli()); err != nil {
		s.log("maintain journal", err)
	}
	if s.db != nil {
		if _, err := s.db.Fill(s.journal, fillStep); err != nil {
			s.log("fill projection", err)
		}
	}
	if facts, err := s.opt.Storage(); err != nil {
		s.log("ask for storage facts", err)
	} else {
		s.storage = facts
	}
}

// Close lets the register go: files closed, lock released.
func (s *Session) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closeFiles()
	s.opt.Election.Release()
}
