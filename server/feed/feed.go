// Package feed sends reference data down to the tills: it is the only writer
// of reference.db, answers pulls from its log of versions and makes the
// snapshot files with which a register starts.
package feed

import (
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"tillsight/server/notice"
	"tillsight/server/packed"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

// Migrations are the tables of this package, by version.
//
//go:embed migration/*.sql
var Migrations embed.FS

const (
	readersMax = 3
	// PageMax is the largest and the usual page of a pull.
	PageMax = 2000
	// behindMax is how many changes are sent one by one; a register further
	// behind is quicker with a snapshot.
	behindMax = 50_000
)

// Feed is the reference data of the chain. It is safe for concurrent use.
type Feed struct {
	db      *sqlite.DB      // writes
	readers chan *sqlite.DB // free connections: a long look must not hold up pulls
	dir     string          // of snapshot files
	now     func() time.Time
	version atomic.Int64
	behind  int64 // see behindMax

	building sync.Mutex // one snapshot at a time: it takes a core and the disk
	checker  packed.Checker

	news notice.Board
}

// Open opens or creates the reference data in the file at path; snapshots are
// kept in dir.
func Open(path, dir string, now func() time.Time) (*Feed, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open feed: %w", err)
	}
	unfinished, err := filepath.Glob(filepath.Join(dir, "making-*"))
	for _, name := range unfinished {
		err = errors.Join(err, os.RemoveAll(name))
	}
	if err != nil {
		return nil, fmt.Errorf("open feed: %w", err)
	}
	db, err := sqlite.Open(path, sqlite.Options{Sums: true, Pragmas: []string{"cache_size=-32000"}})
	if err != nil {
		return nil, fmt.Errorf("open feed: %w", err)
	}
	f := &Feed{db: db, dir: dir, now: now, behind: behindMax, readers: make(chan *sqlite.DB, readersMax)}
	if err := f.open(path); err != nil {
		return nil, errors.Join(fmt.Errorf("open feed: %w", err), f.Close())
	}
	return f, nil
}

func (f *Feed) open(path string) error {
	if err := errors.Join(refdata.Migrate(f.db), f.db.Migrate(Migrations, "migration")); err != nil {
		return err
	}
	for range readersMax {
		reader, err := sqlite.Open(path, sqlite.Options{ReadOnly: true, Pragmas: []string{"cache_size=-16000"}})
		if err != nil {
			return err
		}
		f.readers <- reader
	}
	version, err := refdata.Cursor(f.db)
	f.version.Store(version)
	return errors.Join(err, f.clean())
}

// Close closes the files.
func (f *Feed) Close() error {
	var err error
	for range len(f.readers) {
		err = errors.Join(err, (<-f.readers).Close())
	}
	return errors.Join(err, f.db.Close())
}

// Version returns the newest version of the reference data.
func (f *Feed) Version() int64 { return f.version.Load() }

// View calls queries with one unchanging state of the reference data.
func (f *Feed) View(queries func(q refdata.Querier) error) error {
	return f.read(func(tx *sqlite.Tx) error { return queries(tx) })
}

// read calls queries with a connection that nobody else uses.
func (f *Feed) read(queries func(tx *sqlite.Tx) error) error {
	reader := <-f.readers
	defer func() { f.readers <- reader }()
	return reader.Read(queries)
}

// Put writes rows as the next versions and tells those who wait.
func (f *Feed) Put(rows []refdata.Row) (version int64, err error) {
	return f.change(func(tx *sqlite.Tx) (int64, error) { return refdata.Put(tx, rows) })
}

// LogPrices records prices of the past, with what the goods cost, for reports.
func (f *Feed) LogPrices(prices []catalogue.Price) error {
	return f.db.Write(func(tx *sqlite.Tx) error { return refdata.LogPrices(tx, prices) })
}

// Migrate brings the tables of another package to its version. They live in the
// same file, so that they change together with the reference data.
func (f *Feed) Migrate(files embed.FS) error { return f.db.Migrate(files, "migration") }

// Change calls put in a transaction and tells those who wait when the version
// that put returns is newer.
func (f *Feed) Change(put func(*sqlite.Tx) (int64, error)) (version int64, err error) {
	return f.change(put)
}

func (f *Feed) change(put func(*sqlite.Tx) (int64, error)) (version int64, err error) {
	err = f.db.Write(func(tx *sqlite.Tx) error {
		version, err = put(tx)
		return err
	})
	if err != nil {
		return 0, err
	}
	if raise(&f.version, version) {
		f.news.Post()
	}
	return version, nil
}

// raise sets v to version when that is higher: two writers may come here in
// another order than they were committed.
func raise(v *atomic.Int64, version int64) bool {
	for {
		held := v.Load()
		if version <= held {
			return false
		}
		if v.CompareAndSwap(held, version) {
			return true
		}
	}
}

// ahead is how long before a price begins it may be told.
const ahead = 2 * 366 * 24 * time.Hour

// SetPrice writes a price of an article that there is. From 0 means now, and a
// price can't begin in the past: receipts were written with the one before.
func (f *Feed) SetPrice(p catalogue.Price) (version int64, err error) {
	now := f.now().UnixMilli()
	if p.From == 0 {
		p.From = now
	}
	invalid := func(err error) error { return errcode.New(errcode.Invalid, "feed.SetPrice", err) }
	switch {
	case p.From < now-time.Minute.Milliseconds():
		return 0, invalid(errors.New("begins in the past"))
	case p.From > now+ahead.Milliseconds():
		return 0, invalid(errors.New("begins in years"))
	case p.Amount <= 0 || p.Amount > receipt.PriceMax || p.Min < 0 || p.Min > p.Amount || p.Cost < 0 || p.Cost > receipt.PriceMax:
		return 0, errcode.New(errcode.BadAmount, "feed.SetPrice", fmt.Errorf("%d, at least %d", p.Amount, p.Min)).
			With("min", strconv.FormatInt(max(1, int64(p.Min)), 10)).With("max", strconv.FormatInt(int64(receipt.PriceMax), 10))
	}
	return f.change(func(tx *sqlite.Tx) (int64, error) {
		_, found, err := refdata.ProductBySKU(tx, p.SKU, p.Store, now)
		if err != nil {
			return 0, err
		}
		if !found {
			return 0, errcode.New(errcode.NotFound, "feed.SetPrice", fmt.Errorf("article %q", p.SKU)).
				With("sku", string(p.SKU))
		}
		if p.Store != "" {
			if _, found, err = refdata.Store(tx, p.Store); err != nil {
				return 0, err
			} else if !found {
				return 0, errcode.New(errcode.NotFound, "feed.SetPrice", fmt.Errorf("store %q", p.Store))
			}
		}
		return refdata.Put(tx, []refdata.Row{{Table: refdata.Prices, Value: p}})
	})
}

// Pull returns up to limit changes after version since for a till of store. A
// replica that is too far behind, or ahead of the server after a restore, is
// answered with errcode.MustRefetch.
func (f *Feed) Pull(store string, since int64, limit int) (page wire.Changes, err error) {
	if limit <= 0 || limit > PageMax {
		limit = PageMax
	}
	err = f.read(func(tx *sqlite.Tx) error {
		version, err := refdata.Cursor(tx)
		if err != nil {
			return err
		}
		if since < 0 || since > version {
			return mustRefetch(since, version)
		}
		behind := int64(0)
		err = tx.Query(`SELECT count(*) FROM (SELECT 1 FROM change WHERE version > ? LIMIT ?)`,
			func(r sqlite.Row) error {
				behind = r.Int64(0)
				return nil
			}, since, f.behind+1)
		if err != nil {
			return err
		}
		if behind > f.behind {
			return mustRefetch(since, version)
		}
		page.Changes, page.More, err = refdata.Since(tx, since, store, limit)
		if err != nil {
			return err
		}
		if page.More {
			page.Cursor = page.Changes[len(page.Changes)-1].Version
			return nil
		}
		page.Cursor = version
		check, err := refdata.CheckOf(tx, store)
		page.Check = &check
		return err
	})
	if err != nil {
		return wire.Changes{}, fmt.Errorf("pull for store %s: %w", store, err)
	}
	return page, nil
}

func mustRefetch(since, version int64) error {
	return errcode.New(errcode.MustRefetch, "feed.Pull", fmt.Errorf("since %d, at %d", since, version)).
		With("version", strconv.FormatInt(version, 10))
}

// Subscribe returns a channel that receives after the version moved; several
// moves may come as one. cancel ends the subscription.
func (f *Feed) Subscribe() (moved <-chan struct{}, cancel func()) {
	return f.news.Subscribe()
}

// path returns the name of a snapshot file; suffix is that of its encoding.
func (f *Feed) path(sha256, suffix string) string {
	return filepath.Join(f.dir, sha256+suffix)
}
