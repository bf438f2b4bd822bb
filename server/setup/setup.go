// Package setup writes a chain into a server's reference data: company, taxes,
// categories, stores, tills and people, from one document. It writes what differs
// and nothing else, so that a document can be written any number of times, and it
// takes nothing away: what the document does not name stays.
package setup

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"time"

	"tillsight/shared/catalogue"
	"tillsight/shared/chain"
	"tillsight/shared/cube"
	"tillsight/shared/money"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
)

// Feed is where the rows go.
type Feed interface {
	View(queries func(q refdata.Querier) error) error
	Change(put func(tx *sqlite.Tx) (int64, error)) (int64, error)
}

// Change is something that writing a document changes.
type Change struct {
	Table string // refdata.Stores…
	Key   string
	New   bool // it was not there before
}

// Result is what became of a document. With Problems nothing was written.
type Result struct {
	Problems []chain.Problem
	Changes  []Change
	Same     int // rows that are as the document wants them
}

// Writer writes documents. random is for the salt of PINs.
type Writer struct {
	Feed   Feed
	Random io.Reader
}

// Try returns what Write would do.
func (w *Writer) Try(c chain.Chain) (r Result, err error) {
	err = w.Feed.View(func(q refdata.Querier) error {
		_, r, err = w.plan(q, c)
		return err
	})
	return r, err
}

// Write writes what differs, in one transaction.
func (w *Writer) Write(c chain.Chain) (r Result, err error) {
	_, err = w.Feed.Change(func(tx *sqlite.Tx) (int64, error) {
		var rows []refdata.Row
		if rows, r, err = w.plan(tx, c); err != nil || len(r.Problems) > 0 || len(rows) == 0 {
			return 0, err
		}
		return refdata.Put(tx, rows)
	})
	return r, err
}

// held is what the reference data has already.
type held struct {
	company    chain.Company
	rates      tax.Table
	categories map[string]catalogue.Category
	stores     map[string]catalogue.Store
	tills      map[refdata.Till]bool
	employees  map[string]staff.Employee
	salt       []byte            // of PINs
	hashes     map[string][]byte // of PINs, by salt and PIN: each is slow on purpose
}

// hash is staff.HashPIN once for each PIN.
func (h held) hash(pin string, salt []byte) []byte {
	key := string(salt) + pin
	if _, there := h.hashes[key]; !there {
		h.hashes[key] = staff.HashPIN(pin, salt)
	}
	return h.hashes[key]
}

func read(q refdata.Querier) (h held, err error) {
	h = held{categories: map[string]catalogue.Category{}, stores: map[string]catalogue.Store{}, tills: map[refdata.Till]bool{},
		employees: map[string]staff.Employee{}, hashes: map[string][]byte{}}
	if h.company, err = refdata.CompanyOf(q); err != nil {
		return h, err
	}
	if h.rates, err = refdata.TaxTable(q); err != nil {
		return h, err
	}
	categories, err := refdata.AllCategories(q)
	if err != nil {
		return h, err
	}
	for _, c := range categories {
		h.categories[c.ID] = c
	}
	stores, err := refdata.AllStores(q)
	if err != nil {
		return h, err
	}
	for _, s := range stores {
		h.stores[s.ID] = s
	}
	tills, err := refdata.AllTills(q)
	if err != nil {
		return h, err
	}
	for _, t := range tills {
		h.tills[t] = true
	}
	employees, err := refdata.AllEmployees(q)
	for _, e := range employees {
		h.employees[e.ID] = e
		if len(h.salt) == 0 {
			h.salt = e.PINSalt
		}
	}
	return h, err
}

// known is what a document may refer to.
func (h held) known() chain.Known {
	k := chain.Known{Zone: knownZone, PINOf: h.pinOf}
	for id := range h.stores {
		k.Stores = append(k.Stores, id)
	}
	for id := range h.categories {
		k.Categories = append(k.Categories, id)
	}
	return k
}

func knownZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "Local"
}

// pinOf returns who has a PIN where store is. People share a salt, or few of them.
func (h held) pinOf(pin, store string) string {
	for _, id := range sorted(h.employees) {
		e := h.employees[id]
		if e.Gone || len(e.PINHash) == 0 || store != "" && e.Store != "" && e.Store != store {
			continue
		}
		if bytes.Equal(h.hash(pin, e.PINSalt), e.PINHash) {
			return id
		}
	}
	return ""
}

// plan returns the rows that differ.
func (w *Writer) plan(q refdata.Querier, c chain.Chain) (rows []refdata.Row, r Result, err error) {
	h, err := read(q)
	if err != nil {
		return nil, r, err
	}
	if c.Company == (chain.Company{}) {
		c.Company = h.company
	}
	if r.Problems = c.Check(h.known()); len(r.Problems) > 0 {
		return nil, r, nil
	}
	p := &plan{held: h, chain: c}
	p.addCompany()
	p.addRates()
	p.addCategories()
	p.addStores()
	if err := p.addEmployees(w.Random); err != nil {
		return nil, r, err
	}
	r.Changes, r.Same = p.changes, p.same
	return p.rows, r, nil
}

type plan struct {
	held
	chain   chain.Chain
	rows    []refdata.Row
	changes []Change
	same    int
}

// put adds a row unless before is the same; a nil before is no row.
func (p *plan) put(table, key string, before, value any) {
	if before != nil && reflect.DeepEqual(before, value) {
		p.same++
		return
	}
	p.rows = append(p.rows, refdata.Row{Table: table, Value: value})
	p.changes = append(p.changes, Change{Table: table, Key: key, New: before == nil})
}

func (p *plan) addCompany() {
	switch {
	case p.chain.Company == (chain.Company{}):
	case p.company == (chain.Company{}):
		p.put(refdata.Companies, "chain", nil, p.chain.Company)
	default:
		p.put(refdata.Companies, "chain", p.company, p.chain.Company)
	}
}

func (p *plan) addRates() {
	for _, r := range p.chain.Taxes {
		value := tax.Rate{Class: r.Class, From: r.From, BP: int64(r.Percent), Exclusive: r.Exclusive}
		var before any
		if i := slices.IndexFunc(p.rates, func(h tax.Rate) bool { return h.Class == r.Class && h.From == r.From }); i >= 0 {
			before = p.rates[i]
		}
		p.put(refdata.TaxRates, string(r.Class)+"/"+r.From, before, value)
	}
}

func (p *plan) addCategories() {
	for _, c := range p.chain.Categories {
		p.put(refdata.Categories, c.ID, found(p.categories, c.ID), catalogue.Category{ID: c.ID, Parent: c.Parent, Name: catalogue.Text(c.Name)})
	}
}

// found returns an entry of m, nil for none.
func found[K comparable, V any](m map[K]V, key K) any {
	if v, ok := m[key]; ok {
		return v
	}
	return nil
}

func (p *plan) addStores() {
	company := resolved(p.chain.Company)
	for _, s := range p.chain.Stores {
		p.put(refdata.Stores, s.ID, found(p.stores, s.ID), storeOf(s, company))
		for _, n := range s.Tills {
			t := refdata.Till{Store: s.ID, Number: int(n)}
			if p.tills[t] {
				p.same++
				continue
			}
			p.put(refdata.Tills, s.ID+"/"+strconv.Itoa(int(n)), nil, t)
		}
	}
}

// resolved fills what a company leaves to its country.
func resolved(c chain.Company) chain.Company {
	country, _ := chain.CountryOf(c.Country)
	if c.Currency == "" {
		c.Currency = country.Currency
	}
	if c.Zone == "" {
		c.Zone = country.Zone
	}
	return c
}

// storeOf fills what a store leaves to its company.
func storeOf(s chain.Store, company chain.Company) catalogue.Store {
	or := func(own, companys string) string {
		if own != "" {
			return own
		}
		return companys
	}
	thanks := s.Thanks
	if thanks == (chain.Words{}) {
		thanks = company.Thanks
	}
	return catalogue.Store{ID: s.ID, Name: catalogue.Text(s.Name), Address: catalogue.Text(s.Address), Region: s.Region,
		Zone: or(s.Zone, company.Zone), Currency: money.CurrencyOf(or(s.Currency, company.Currency)), TaxID: or(s.TaxID, company.TaxID),
		Thanks: catalogue.Text(thanks), Area: int(s.Area), Lat: int32(s.Lat), Lon: int32(s.Lon)}
}

// addEmployees hashes the PINs that are new. All share a salt, so that a sign-in
// costs one hash.
func (p *plan) addEmployees(random io.Reader) error {
	for _, e := range p.chain.Employees {
		before, there := p.employees[e.ID]
		value := staff.Employee{ID: e.ID, Name: e.Name, Role: e.Role, Store: e.Store, PINSalt: before.PINSalt, PINHash: before.PINHash,
			DiscountBP: int64(e.Discount), Gone: e.Dismissed}
		if e.PIN != "" && (len(before.PINHash) == 0 || !bytes.Equal(p.hash(e.PIN, before.PINSalt), before.PINHash)) {
			if len(p.salt) == 0 {
				p.salt = make([]byte, staff.SaltLength)
				if _, err := io.ReadFull(random, p.salt); err != nil {
					return fmt.Errorf("salt of PINs: %w", err)
				}
			}
			value.PINSalt, value.PINHash = p.salt, p.hash(e.PIN, p.salt)
		}
		if there {
			p.put(refdata.Employees, e.ID, before, value)
			continue
		}
		p.put(refdata.Employees, e.ID, nil, value)
	}
	return nil
}

// Read returns the chain as a document; PINs are not in it.
func Read(q refdata.Querier) (c chain.Chain, err error) {
	h, err := read(q)
	if err != nil {
		return c, err
	}
	c.Company = h.company
	for _, r := range h.rates {
		c.Taxes = append(c.Taxes, chain.Rate{Class: r.Class, From: r.From, Percent: chain.Percent(r.BP), Exclusive: r.Exclusive})
	}
	for _, id := range sorted(h.categories) {
		v := h.categories[id]
		c.Categories = append(c.Categories, chain.Category{ID: id, Parent: v.Parent, Name: chain.Words(v.Name)})
	}
	company := resolved(h.company)
	for _, id := range sorted(h.stores) {
		c.Stores = append(c.Stores, h.store(h.stores[id], company))
	}
	for _, id := range sorted(h.employees) {
		e := h.employees[id]
		c.Employees = append(c.Employees, chain.Employee{ID: id, Name: e.Name, Role: e.Role, Store: e.Store,
			Discount: chain.Percent(e.DiscountBP), Dismissed: e.Gone})
	}
	return c, nil
}

// store writes a store with what differs from the company's.
func (h held) store(s catalogue.Store, company chain.Company) chain.Store {
	v := chain.Store{ID: s.ID, Name: chain.Words(s.Name), Address: chain.Words(s.Address), Region: s.Region,
		Area: chain.Number(s.Area), Lat: chain.Degrees(s.Lat), Lon: chain.Degrees(s.Lon)}
	if s.Zone != company.Zone {
		v.Zone = s.Zone
	}
	if s.Currency.Code != company.Currency {
		v.Currency = s.Currency.Code
	}
	if s.TaxID != company.TaxID {
		v.TaxID = s.TaxID
	}
	if chain.Words(s.Thanks) != company.Thanks {
		v.Thanks = chain.Words(s.Thanks)
	}
	for t := range h.tills {
		if t.Store == s.ID {
			v.Tills = append(v.Tills, chain.Number(t.Number))
		}
	}
	slices.Sort(v.Tills)
	return v
}

// sorted returns the keys of m, numbers in the order of their values.
func sorted[V any](m map[string]V) []string {
	return slices.SortedFunc(maps.Keys(m), cube.Natural)
}
