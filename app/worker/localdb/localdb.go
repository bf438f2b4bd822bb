// Package localdb is the till's read side: receipts for look-up, the shift's
// running totals, counters, and the store's reference data, in SQLite over the
// origin private file system.
//
// Nothing here is the truth: the projection is made from the journal, and is
// made again from it when it is missing, old or damaged. The reference database
// is a snapshot from the server with the changes since.
package localdb

import (
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"tillsight/app/opfs"
	"tillsight/app/worker/journal"
	"tillsight/shared/errcode"
	"tillsight/shared/shift"
	"tillsight/shared/sqlite"
)

//go:embed schema.sql
var schema string

const (
	schemaVersion = 2 // of schema.sql; another one is made anew
	localPrefix   = "local-"
	memoryMax     = 48 << 20 // bytes of one connection
	pageSize      = 4096     // see DESIGN.md of package journal for the measurement
	pruneMax      = 500      // old facts forgotten at one start
	replayBatch   = 200      // facts in one transaction when catching up
	fillLater     = 200      // facts behind from which earlier shifts are left to Fill
)

// tuning of a connection over the file system with a cache of kb kilobytes. The
// journal is what makes sales durable, so commits here do not flush.
func tuning(kb int) []string {
	return []string{
		"locking_mode=EXCLUSIVE",
		"synchronous=NORMAL",
		fmt.Sprintf("cache_size=-%d", kb),
		"wal_autocheckpoint=500",
	}
}

// Caches in kilobytes. The catalogue of 100 000 articles fits whole: with 8 MB
// a look-up took 40 µs at the median, with 20 MB 30 µs.
const (
	projectionCache = 4_000
	referenceCache  = 20_000
)

// DB is the open projection, safe for use by several goroutines.
type DB struct {
	sql     *sqlite.DB
	applied uint64
	counter uint64
	shift   shift.Shift
	gap     gap
}

// Open opens the projection in dir and applies the facts of j that it has not
// seen. A damaged database is set aside and made anew: notices then hold
// DBRebuilt. Damage of the journal is healed from the projection's copies where
// it can be, so Open must be called before the first Append.
func Open(dir opfs.Dir, id journal.Identity, j *journal.Journal) (*DB, []*errcode.Error, error) {
	number, err := current(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("open projection: %w", err)
	}
	db, err := openAt(dir, id, j, number)
	if err == nil {
		return db, nil, nil
	}
	old := errors.Is(err, errStale)
	if !old && errcode.Of(err) != errcode.DBDamaged {
		return nil, nil, fmt.Errorf("open projection: %w", err)
	}
	var notices []*errcode.Error
	if !old {
		notices = append(notices, errcode.New(errcode.DBRebuilt, "localdb.Open", err))
	}
	if db, err = openAt(dir, id, j, number+1); err != nil {
		return nil, notices, fmt.Errorf("rebuild projection: %w", err)
	}
	return db, notices, removeOlder(dir, number, old)
}

// errStale means a sound database of another register or of another version.
var errStale = errors.New("projection of another register or version")

// current returns the number of the newest database file, 1 when there is none.
func current(dir opfs.Dir) (int, error) {
	names, err := dir.List()
	number := 1
	for _, name := range names {
		if n, ok := numberOf(name, localPrefix); ok {
			number = max(number, n)
		}
	}
	return number, err
}

func numberOf(name, prefix string) (int, bool) {
	digits, ok := strings.CutPrefix(name, prefix)
	if digits, ok = strings.CutSuffix(digits, ".db"); !ok {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && strings.HasPrefix(name, prefix)
}

func localName(number int) string { return fmt.Sprintf("%s%d.db", localPrefix, number) }

// removeOlder deletes the databases before number, and number itself unless it
// is worth a look.
func removeOlder(dir opfs.Dir, number int, itself bool) error {
	names, err := dir.List()
	if err != nil {
		return err
	}
	for _, name := range names {
		base := strings.TrimSuffix(strings.TrimSuffix(name, "-wal"), "-journal")
		n, ok := numberOf(base, localPrefix)
		if !ok || n > number || n == number && !itself {
			continue
		}
		if err := dir.Remove(name); err != nil {
			return err
		}
	}
	return nil
}

// openAt opens or makes database number and brings it up to the journal.
func openAt(dir opfs.Dir, id journal.Identity, j *journal.Journal, number int) (_ *DB, err error) {
	sql, err := sqlite.Open(localName(number), sqlite.Options{
		VFS:      vfsName(dir),
		Pragmas:  tuning(projectionCache),
		PageSize: pageSize,
		Memory:   memoryMax,
	})
	if err != nil {
		return nil, err
	}
	db := &DB{sql: sql}
	defer func() {
		if err != nil {
			err = errors.Join(err, sql.Close())
		}
	}()
	if err := db.load(id); err != nil {
		return nil, err
	}
	if _, err := j.Heal(db.copyOf); err != nil {
		return nil, err
	}
	if err := db.skip(j, fillLater); err != nil {
		return nil, err
	}
	if err := db.replay(j); err != nil {
		return nil, err
	}
	db.applied = max(db.applied, j.Last()) // what follows the last readable fact is lost
	return db, db.prune(j.First())
}

// load makes the tables of a new database and reads the state of an old one.
func (db *DB) load(id journal.Identity) error {
	version := 0
	if err := db.sql.Query(`PRAGMA user_version`, func(r sqlite.Row) error {
		version = r.Int(0)
		return nil
	}); err != nil {
		return err
	}
	if version == 0 {
		return db.create(id)
	}
	if version != schemaVersion {
		return errStale
	}
	found := false
	err := db.sql.Query(`SELECT device, epoch, applied, counter, shift, gap_from, gap_to FROM state`, func(r sqlite.Row) error {
		if r.Text(0) != id.Device || uint32(r.Int64(1)) != id.Epoch {
			return errStale
		}
		found = true
		db.applied, db.counter = uint64(r.Int64(2)), uint64(r.Int64(3))
		db.gap = gap{uint64(r.Int64(5)), uint64(r.Int64(6))}
		return decodeShift(r.Blob(4), &db.shift)
	})
	if err == nil && !found {
		err = errcode.New(errcode.DBDamaged, "localdb.Open", errors.New("no state"))
	}
	return err
}

func (db *DB) create(id journal.Identity) error {
	return db.sql.Write(func(tx *sqlite.Tx) error {
		for _, statement := range strings.Split(schema, ";\n") {
			if strings.TrimSpace(statement) == "" {
				continue
			}
			if err := tx.Exec(statement); err != nil {
				return err
			}
		}
		return tx.Exec(`INSERT INTO state (id, device, epoch, applied, counter) VALUES (1, ?, ?, 0, 0)`,
			id.Device, int64(id.Epoch))
	})
}

// copyOf returns the canonical bytes of fact seq, nil when they are not here.
func (db *DB) copyOf(seq uint64) (raw []byte, err error) {
	err = db.sql.Query(`SELECT bytes FROM fact WHERE seq = ?`, func(r sqlite.Row) error {
		raw = r.Blob(0)
		return nil
	}, seq)
	return raw, err
}

// prune forgets facts that the journal has let go.
func (db *DB) prune(first uint64) error {
	return db.sql.Write(func(tx *sqlite.Tx) error {
		below := first
		err := tx.Query(`SELECT seq FROM fact ORDER BY seq LIMIT 1`, func(r sqlite.Row) error {
			below = min(below, uint64(r.Int64(0))+pruneMax)
			return nil
		})
		if err != nil {
			return err
		}
		for _, table := range []string{"receipt", "parked", "recalled"} {
			if err := tx.Exec(`DELETE FROM `+table+` WHERE seq < ?`, below); err != nil {
				return err
			}
		}
		return tx.Exec(`DELETE FROM fact WHERE seq < ?`, below)
	})
}

// Check reads the whole database and returns DBDamaged when it is not sound.
func (db *DB) Check() error {
	return db.sql.Query(`PRAGMA integrity_check(1)`, func(r sqlite.Row) error {
		if text := r.Text(0); text != "ok" {
			return errcode.New(errcode.DBDamaged, "localdb.Check", errors.New(text))
		}
		return nil
	})
}

// Close closes the database.
func (db *DB) Close() error { return db.sql.Close() }
