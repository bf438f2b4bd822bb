package till

import (
	"slices"

	"tillsight/app/opfs"
	"tillsight/app/worker/journal"
	"tillsight/app/worker/localdb"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
)

// ledger is all that is durable: the journal, and what is projected from it.
type ledger struct {
	core
	dir       opfs.Dir
	journal   *journal.Journal
	db        *localdb.DB
	unapplied []entry       // facts that the projection has not seen yet
	work      chan struct{} // there is something to settle
}

// entry is a fact with its canonical bytes.
type entry struct {
	fact fact.Fact
	raw  []byte
}

// owner is the identity that facts carry.
func (s *ledger) owner() journal.Identity {
	return journal.Identity{
		Device: s.identity.Device,
		Epoch:  s.identity.Epoch,
		Store:  s.identity.Store.ID,
		Till:   s.identity.Till,
	}
}

// register makes a fact durable. When it returns nil the fact survives a power
// cut; the projection follows when there is time.
func (s *ledger) register(kind fact.Kind, body any) error {
	now := s.opt.Now()
	h := fact.Header{Kind: kind, Version: 1, At: now.UnixMilli(), Zone: s.zone(now)}
	f, raw, err := s.journal.Append(h, body)
	if err != nil {
		return s.noticeFull(err)
	}
	s.unapplied = append(s.unapplied, entry{f, raw})
	select {
	case s.work <- struct{}{}:
	default:
	}
	s.client.NewFact()
	return nil
}

// settle applies waiting facts. A projection that can't take them is made anew
// from the journal; until then the register sells without it.
func (s *ledger) settle() error {
	for len(s.unapplied) > 0 {
		e := s.unapplied[0]
		if err := s.db.Apply(e.fact, e.raw); err != nil {
			s.log("apply fact", err)
			return s.reopenProjection()
		}
		s.unapplied = s.unapplied[1:]
	}
	return nil
}

func (s *ledger) reopenProjection() error {
	if err := s.db.Close(); err != nil {
		s.log("close projection", err)
	}
	db, notices, err := localdb.Open(s.dir, s.owner(), s.journal)
	if err != nil {
		return err
	}
	s.db, s.unapplied = db, nil // Open applied the whole journal
	s.notices = append(s.notices, notices...)
	return nil
}

// since reads facts of this register after a number, up to a limit.
func (s *ledger) since(seq uint64, limit int, each func(fact.Fact) error) error {
	if err := s.settle(); err != nil {
		return err
	}
	return s.db.Since(seq, limit, each)
}

// reserveFile is space that the journal puts by for the moment when the quota
// is used up: freed, it lets the open receipt and the end of the shift be written.
const reserveFile = "reserve"

// freeReserve gives the space back and reports whether there was any.
func (s *ledger) freeReserve() bool {
	names, err := s.dir.List()
	if err != nil {
		s.log("free reserve", err)
		return false
	}
	if !slices.Contains(names, reserveFile) {
		return false
	}
	if err := s.dir.Remove(reserveFile); err != nil {
		s.log("free reserve", err)
		return false
	}
	return true
}

// withReserve does f, and once more with the reserve given up when there was no
// room for it.
func (s *ledger) withReserve(f func() error) error {
	err := f()
	if errcode.Of(s.noticeFull(err)) == errcode.StorageFull && s.freeReserve() {
		return f()
	}
	return err
}
