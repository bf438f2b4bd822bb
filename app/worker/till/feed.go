package till

import (
	"io"

	"tillsight/app/bridge"
	"tillsight/app/worker/journal"
	"tillsight/app/worker/localdb"
	"tillsight/app/worker/syncclient"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

// outbox is the journal as the sync client sees it.
type outbox struct {
	journal *journal.Journal
	epoch   uint32
}

// Acked implements syncclient.Outbox. What is not kept any more was acknowledged,
// also when the note of it was lost.
func (o outbox) Acked() uint64 { return max(o.journal.Acked(), o.journal.First()-1) }

// Batch implements syncclient.Outbox.
func (o outbox) Batch(after uint64, count, size int) (syncclient.Batch, error) {
	b, err := o.journal.Since(after, count, size)
	return syncclient.Batch{Epoch: o.epoch, First: b.First, Prev: b.Prev, Facts: b.Facts}, err
}

// Ack implements syncclient.Outbox.
func (o outbox) Ack(seq uint64, chain fact.Hash) error { return o.journal.SetAcked(seq, chain) }

// feed is the reference data as the sync client sees it.
type feed struct{ s *Session }

// Cursor implements syncclient.Feed.
func (f feed) Cursor() (int64, error) {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	if f.s.ref == nil {
		return 0, f.s.noCopy()
	}
	return f.s.book.cursor, nil
}

// Apply implements syncclient.Feed. The page, its cursor and its check are one
// transaction: a copy that does not agree stays as it was.
func (f feed) Apply(page wire.Changes) error {
	s := f.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ref == nil {
		return s.noCopy()
	}
	if len(page.Changes) == 0 && page.Cursor == s.book.cursor && s.verify(s.ref, page.Check) == nil {
		return nil
	}
	err := s.ref.Write(func(tx *sqlite.Tx) error {
		if err := refdata.Apply(tx, page.Changes); err != nil {
			return err
		}
		if err := s.trimRules(tx, refdata.TouchRules(page.Changes), page.Cursor); err != nil {
			return err
		}
		if err := refdata.SetCursor(tx, page.Cursor); err != nil {
			return err
		}
		return s.verify(tx, page.Check)
	})
	if err != nil {
		return err
	}
	s.soon()
	return s.renew()
}

// Replace implements syncclient.Feed. Selling goes on from the old copy while
// the new one comes.
func (f feed) Replace(snapshot wire.Snapshot, file io.Reader) error {
	s := f.s
	s.mu.Lock()
	dir := s.dir
	s.mu.Unlock()
	if err := localdb.InstallReference(dir, snapshot, file, nil); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ref == nil && s.phase != bridge.PhaseLoading {
		return s.noCopy()
	}
	if err := s.closeReference(); err != nil {
		s.log("close reference data", err)
	}
	if err := s.openReference(); err != nil {
		return err
	}
	if s.phase == bridge.PhaseLoading {
		return errcode.New(errcode.DBDamaged, "till.feed", nil)
	}
	return nil
}
