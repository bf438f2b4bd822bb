package till

import (
	"errors"
	"fmt"
	"io"

	"tillsight/app/bridge"
	"tillsight/app/worker/journal"
	"tillsight/app/worker/localdb"
	"tillsight/app/worker/syncclient"
	"tillsight/app/worker/till/permit"
	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
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

// book is the small part of the reference data that every scan may need, and
// what the screens show of the rest.
type book struct {
	store    catalogue.Store
	masks    []barcode.Mask
	taxes    tax.Table
	staff    []staff.Employee
	products int
	cursor   int64
	slipKeys [][]byte // newest first
	permit.Rules
}

// readBook reads the book anew after the reference data changed.
func (s *Session) readBook() error {
	var b book
	store, found, err := refdata.Store(s.ref, s.identity.Store.ID)
	if err != nil {
		return err
	}
	if b.store = store; !found {
		b.store = s.identity.Store
	}
	masks, e1 := refdata.AllMasks(s.ref)
	taxes, e2 := refdata.TaxTable(s.ref)
	people, e3 := refdata.EmployeesOf(s.ref, s.identity.Store.ID)
	cursor, e4 := refdata.Cursor(s.ref)
	products, e5 := refdata.ProductCount(s.ref)
	keys, e6 := refdata.SlipKeysOf(s.ref, s.identity.Store.ID)
	if err := errors.Join(e1, e2, e3, e4, e5, e6); err != nil {
		return fmt.Errorf("read reference data: %w", err)
	}
	for _, key := range keys {
		b.slipKeys = append(b.slipKeys, key.Key)
	}
	b.masks, b.taxes, b.staff, b.cursor, b.products = masks, taxes, people, cursor, products
	rules, dropped, err := permit.Read(s.ref, b.store)
	if err != nil {
		return fmt.Errorf("read rules of sale: %w", err)
	}
	if b.Rules = rules; dropped > 0 {
		s.log("read bans", errcode.New(errcode.Invalid, "till.permits", fmt.Errorf("%d are not understood", dropped)))
	}
	s.book = b
	if err := s.readBasis(); err != nil {
		return fmt.Errorf("read basis of stock: %w", err)
	}
	if err := s.readRules(); err != nil {
		return fmt.Errorf("read promotions: %w", err)
	}
	if s.cashier != nil {
		s.renewCashier()
	}
	return nil
}

// renewCashier gives the person signed in the rights that the server says now.
func (s *Session) renewCashier() {
	for _, e := range s.book.staff {
		if e.ID == s.cashier.ID {
			s.cashier = &e
			return
		}
	}
	s.cashier = nil
}

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
	if len(page.Changes) == 0 && page.Cursor == s.book.cursor && s.book.checked(page.Check, s) {
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
	return s.readBook()
}

// noCopy says why there is no reference data: it has to come, or the register
// was let go.
func (s *Session) noCopy() error {
	if s.phase == bridge.PhaseLoading {
		return errcode.New(errcode.MustRefetch, "till.feed", nil)
	}
	return errcode.New(errcode.Cancelled, "till.feed", nil)
}

func (s *Session) verify(q refdata.Querier, want *wire.Check) error {
	if want == nil {
		return nil
	}
	got, err := refdata.CheckOf(q, s.identity.Store.ID)
	if err != nil {
		return err
	}
	if got != *want {
		return errcode.New(errcode.MustRefetch, "till.feed", fmt.Errorf("copy has %+v, server says %+v", got, *want))
	}
	return nil
}

// checked reports whether an empty page finds the copy as it should be.
func (b book) checked(want *wire.Check, s *Session) bool { return s.verify(s.ref, want) == nil }

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
