package refdata

import (
	"encoding/json"
	"fmt"
	"hash/fnv"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

// writer gathers what is written once at the end of a batch: the sums of the
// check and the postings of the search.
type writer struct {
	tx    *sqlite.Tx
	sums  map[string]*wire.Check // by store, to add
	words map[string]*posting

	products int64 // more or fewer than before
}

// posting is the edit of one word's list of products.
type posting struct {
	add, remove map[int64]bool
}

// record is a decoded and checked row.
type record struct {
	key   string
	store string // that it is for, "" for all
	row   []byte // canonical JSON
	value any
}

func newWriter(tx *sqlite.Tx) *writer {
	return &writer{tx: tx, sums: map[string]*wire.Check{}, words: map[string]*posting{}}
}

// apply takes one change of the feed.
func (w *writer) apply(change wire.Change) error {
	if len(change.Key) > keyMax || change.Key == "" {
		return invalid("key of %d bytes", len(change.Key))
	}
	if len(change.Row) == 0 || string(change.Row) == "null" {
		if _, err := w.remove(change.Table, change.Key); err != nil {
			return err
		}
		return w.logRule(change.Version, change.Table, change.Key, nil)
	}
	t := tableOf(change.Table)
	rec, err := t.decode(change.Key, change.Row)
	if err != nil {
		return err
	}
	if rec.key != change.Key {
		return invalid("row has key %q", rec.key)
	}
	if _, err := w.replace(t, change.Table, rec); err != nil {
		return err
	}
	return w.logRule(change.Version, change.Table, rec.key, rec.row)
}

// remove deletes a row and returns what it was.
func (w *writer) remove(name, key string) (record, error) {
	t := tableOf(name)
	old, found, err := t.get(w.tx, key)
	if err != nil || !found {
		return record{}, err
	}
	w.count(name, old, -1)
	return old, t.del(w, old)
}

// replace writes a row and returns the one before, if there was another one.
func (w *writer) replace(t table, name string, rec record) (before *record, err error) {
	old, found, err := t.get(w.tx, rec.key)
	if err != nil {
		return nil, err
	}
	if found {
		if string(old.row) == string(rec.row) {
			return &old, nil
		}
		w.count(name, old, -1)
		before = &old
	}
	w.count(name, rec, 1)
	return before, t.put(w, before, rec)
}

// put is replace at the server: it gives a version when something changed.
func (w *writer) put(version int64, row Row) (int64, error) {
	if row.Value == nil {
		old, err := w.remove(row.Table, row.Key)
		if err != nil || old.row == nil {
			return version, err
		}
		return version + 1, w.log(version+1, row.Table, old, true)
	}
	if price, ok := row.Value.(catalogue.Price); ok {
		if err := logPrice(w.tx, price, version+1); err != nil {
			return 0, err
		}
	}
	raw, err := json.Marshal(row.Value)
	if err != nil {
		return 0, errcode.New(errcode.Invalid, "refdata.Put", err)
	}
	t := tableOf(row.Table)
	rec, err := t.decode(row.Key, raw)
	if err != nil {
		return 0, err
	}
	before, err := w.replace(t, row.Table, rec)
	if err != nil {
		return 0, err
	}
	if before != nil && string(before.row) == string(rec.row) {
		return version, nil
	}
	if before != nil && before.store != rec.store {
		// Tills of the store that loses the row have to drop it first.
		version++
		if err := w.log(version, row.Table, *before, true); err != nil {
			return 0, err
		}
	}
	return version + 1, w.log(version+1, row.Table, rec, false)
}

// log records that a row changed, in place of what was logged of it before.
func (w *writer) log(version int64, name string, rec record, gone bool) error {
	row := rec.row
	if gone {
		row = nil
	}
	if err := w.logRule(version, name, rec.key, row); err != nil {
		return err
	}
	return w.tx.Exec(`INSERT INTO change (version, tbl, key, store, gone) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (tbl, key, store) DO UPDATE SET version = excluded.version, gone = excluded.gone`,
		version, name, rec.key, rec.store, gone)
}

// count adds (sign 1) or takes off (sign -1) a row of the check.
func (w *writer) count(name string, rec record, sign int64) {
	sum := w.sums[rec.store]
	if sum == nil {
		sum = &wire.Check{}
		w.sums[rec.store] = sum
	}
	sum.Rows += sign
	sum.Sum += uint64(sign) * rowHash(name, rec)
	if name == Products {
		w.products += sign
	}
}

// rowHash is the 64-bit hash of a row: FNV-1a over table, key and canonical
// JSON, mixed by the finaliser of MurmurHash3 so that sums don't cancel.
func rowHash(name string, rec record) uint64 {
	d := fnv.New64a()
	fmt.Fprintf(d, "%s\x00%s\x00%s", name, rec.key, rec.row)
	h := d.Sum64()
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// flush writes what was gathered.
func (w *writer) flush() error {
	for store, sum := range w.sums {
		held, err := checkOf(w.tx, store)
		if err != nil {
			return err
		}
		err = w.tx.Exec(`INSERT INTO checksum (store, rows, sum) VALUES (?, ?, ?)
			ON CONFLICT (store) DO UPDATE SET rows = excluded.rows, sum = excluded.sum`,
			store, held.Rows+sum.Rows, held.Sum+sum.Sum)
		if err != nil {
			return err
		}
	}
	if w.products != 0 {
		if err := w.tx.Exec(`UPDATE meta SET value = value + ? WHERE name = 'products'`, w.products); err != nil {
			return err
		}
	}
	return w.flushWords()
}
