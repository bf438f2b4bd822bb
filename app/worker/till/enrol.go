package till

import (
	"context"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/worker/journal"
	"tillsight/app/worker/localdb"
	"tillsight/app/worker/syncclient"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/sync"
)

// Enrol gives this device an identity and downloads what it needs to sell. When
// the download fails the identity stays, the state says why, and Run tries again.
func (s *Session) Enrol(ctx context.Context, request wire.EnrolRequest) (bridge.State, error) {
	const op = "till.Enrol"
	s.mu.Lock()
	phase := s.phase
	s.mu.Unlock()
	if phase != bridge.PhaseNew {
		return bridge.State{}, errcode.New(errcode.Conflict, op, nil)
	}
	e, err := syncclient.Enrol(ctx, s.opt.Network, s.opt.Base, request)
	if err != nil {
		return bridge.State{}, err
	}
	if err := s.settleIn(e); err != nil {
		return bridge.State{}, err
	}
	if err := s.load(ctx, e.Snapshot); err != nil {
		s.log("load snapshot", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dial()
	return s.state(), nil
}

// settleIn stores a new identity: its journal first, so that an identity
// without one can only mean that the journal was lost.
func (s *Session) settleIn(e wire.Enrolment) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.phase != bridge.PhaseNew {
		return errcode.New(errcode.Conflict, "till.Enrol", nil)
	}
	s.closeFiles()
	s.identity = e
	if err := journal.Create(s.dir, s.owner()); err != nil {
		return err
	}
	if err := writeIdentity(s.dir, e); err != nil {
		return err
	}
	s.fault = nil
	return s.openTill()
}

// load downloads a snapshot and opens it.
func (s *Session) load(ctx context.Context, snapshot wire.Snapshot) error {
	s.mu.Lock()
	phase, client, dir := s.phase, s.client, s.dir
	s.mu.Unlock()
	if phase != bridge.PhaseLoading {
		return nil
	}
	file, err := client.Open(ctx, snapshot)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := localdb.InstallReference(dir, snapshot, file, s.progress(snapshot.Size)); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.phase != bridge.PhaseLoading {
		return nil
	}
	return s.openReference()
}

// progress tells the page how a download goes, some fifty times in all.
func (s *Session) progress(total int64) func(done int64) {
	var told int64
	return func(done int64) {
		if s.opt.Progress != nil && (done-told > total/50 || done == total) {
			told = done
			s.opt.Progress(bridge.Progress{Task: "snapshot", Done: done, Total: total})
		}
	}
}

// Load downloads the current snapshot if there is none; Run repeats it.
func (s *Session) Load(ctx context.Context) error {
	s.mu.Lock()
	phase, client := s.phase, s.client
	s.mu.Unlock()
	if phase != bridge.PhaseLoading {
		return nil
	}
	snapshot, err := client.Snapshot(ctx)
	if err != nil {
		return err
	}
	return s.load(ctx, snapshot)
}

// dial begins the conversation with the server, when Run is there to want it.
func (s *Session) dial() {
	if s.running == nil || s.client == nil || s.hangUp != nil {
		return
	}
	ctx, cancel := context.WithCancel(s.running)
	s.hangUp = cancel
	go s.talk(ctx, s.client)
}

// loadEvery is the wait between two tries to get the first snapshot. Somebody
// stands in front of the screen.
const loadEvery = 5 * time.Second

func (s *Session) talk(ctx context.Context, client *syncclient.Client) {
	for ctx.Err() == nil {
		err := s.Load(ctx)
		if err == nil {
			break
		}
		client.Failed(err)
		select {
		case <-ctx.Done():
		case <-time.After(loadEvery):
		}
	}
	s.announce()
	client.Run(ctx)
}

// SyncNow tries at once what waits for its turn.
func (s *Session) SyncNow(ctx context.Context, _ struct{}) (bridge.State, error) {
	s.mu.Lock()
	client := s.client
	s.mu.Unlock()
	if client != nil {
		client.Retry()
	}
	return s.State(ctx, struct{}{})
}

// Sync returns the conversation with the server, nil before enrolment. It is
// for programs that decide themselves when to talk.
func (s *Session) Sync() *syncclient.Client {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.client
}
