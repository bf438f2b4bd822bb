package till

import (
	"crypto/subtle"
	"errors"
	"fmt"

	"tillsight/app/bridge"
	"tillsight/app/worker/till/lookup"
	"tillsight/app/worker/till/permit"
	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
	wire "tillsight/shared/wire/sync"
)

// reference is the register's copy of the reference data, with what is read of
// it once for all scans.
type reference struct {
	ledger
	ref   *sqlite.DB
	book  book
	rules ruling
	shelf lookup.Shelf
	index *lookup.Index // of ref
}

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

// readBasis learns which facts the server's hint of stock has taken in.
func (s *reference) readBasis() error {
	basis, err := refdata.StockBasisOf(s.ref, s.identity.Store.ID)
	if err == nil {
		s.shelf.Counted(basis, s.identity.Device, s.identity.Epoch)
	}
	return err
}

// goods is the catalogue as it is now.
func (s *reference) goods() lookup.Goods {
	return lookup.Goods{Copy: s.ref, Store: s.identity.Store.ID, At: s.fairNow()}
}

// readBook reads the book anew after the reference data changed.
func (s *reference) readBook() error {
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
func (s *reference) renewCashier() {
	for _, e := range s.book.staff {
		if e.ID == s.cashier.ID {
			s.cashier = &e
			return
		}
	}
	s.cashier = nil
}

// noCopy says why there is no reference data: it has to come, or the register
// was let go.
func (s *reference) noCopy() error {
	if s.phase == bridge.PhaseLoading {
		return errcode.New(errcode.MustRefetch, "till.feed", nil)
	}
	return errcode.New(errcode.Cancelled, "till.feed", nil)
}

func (s *reference) verify(q refdata.Querier, want *wire.Check) error {
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

func (s *reference) closeReference() error {
	if s.ref == nil {
		return nil
	}
	err := s.ref.Close()
	s.ref = nil
	return err
}

// whose returns who has this PIN. A hash takes long, so it is made once for
// every salt: people of a store who share one are found by a single hash.
func (s *reference) whose(pin string) (staff.Employee, bool) {
	hashes := map[string][]byte{}
	for _, e := range s.book.staff {
		if e.Gone || len(e.PINSalt) == 0 || len(e.PINHash) == 0 {
			continue
		}
		hash, ok := hashes[string(e.PINSalt)]
		if !ok {
			hash = s.opt.HashPIN(pin, e.PINSalt)
			hashes[string(e.PINSalt)] = hash
		}
		if subtle.ConstantTimeCompare(hash, e.PINHash) == 1 {
			return e, true
		}
	}
	return staff.Employee{}, false
}

// nameOf is the name of an employee of the store, "" for one who is not known.
func (s *reference) nameOf(id string) string {
	for _, e := range s.book.staff {
		if e.ID == id {
			return e.Name
		}
	}
	return ""
}

func (s *reference) categoryOf(sku catalogue.SKU) string {
	item, _, err := s.goods().ProductBySKU(sku)
	if err != nil {
		s.log("category of a part", err)
	}
	return item.Category
}
