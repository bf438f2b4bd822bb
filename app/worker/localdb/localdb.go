// Package localdb is the till's read side: receipts for look-up, the shift's
// running totals, counters, and the store's reference data, in SQLite over the
// origin private file system.
//
// Nothing here is the truth: local.db is made from the journal, and is made
// again from it when it is missing, old or damaged. reference.db is a snapshot
// from the server with the changes since.
package localdb

import (
	"errors"
	"io"

	"tillsight/app/bridge"
	"tillsight/app/opfs"
	"tillsight/app/worker/journal"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	"tillsight/shared/shift"
	"tillsight/shared/sqlite"
	"tillsight/shared/syncproto"
)

// DB is the open projection, safe for use by several goroutines.
type DB struct{}

// Open opens the projection in dir and applies the facts of j that it has not
// seen. A damaged database is set aside and made anew: notices then hold
// DBRebuilt. Damage of the journal is healed from the projection's copies where
// it can be; notices say what could not.
func Open(dir opfs.Dir, id journal.Identity, j *journal.Journal) (*DB, []*errcode.Error, error) {
	return nil, nil, errTODO
}

// Apply takes the next fact, with its canonical bytes, into the tables in one
// transaction. A fact that was applied before changes nothing.
func (db *DB) Apply(f fact.Fact, raw []byte) error { return errTODO }

// Shift returns the last shift, open or closed, with its running totals; ok is
// false before the first.
func (db *DB) Shift() (s shift.Shift, ok bool, err error) { return s, false, errTODO }

// Counter returns the highest receipt count in this till's receipt numbers.
func (db *DB) Counter() (uint64, error) { return 0, errTODO }

// Receipts returns receipts whose number contains text, newest first.
func (db *DB) Receipts(text string, limit int) ([]bridge.ReceiptRow, error) { return nil, errTODO }

// Receipt returns the receipt id, or NotFound.
func (db *DB) Receipt(id string) (receipt.Receipt, error) { return receipt.Receipt{}, errTODO }

// CountFailure counts a PIN attempt of employee ("" when it is nobody's yet) at
// time at (unix ms), durably and before the PIN is checked. It returns how many
// there have been since the last success, this one included. The fact SignedIn
// of that employee sets the count back to 0.
func (db *DB) CountFailure(employee string, at int64) (int, error) { return 0, errTODO }

// Failures returns the count and the time of the last attempt.
func (db *DB) Failures(employee string) (count int, last int64, err error) { return 0, 0, errTODO }

// Close closes the database.
func (db *DB) Close() error { return errTODO }

// InstallReference writes a snapshot of reference data from r, checks its
// SHA-256 and puts it in place of the one there is. A crash at any point leaves
// the old or the new. The reference database must be closed. progress, when not
// nil, is told the bytes written.
func InstallReference(dir opfs.Dir, snap syncproto.Snapshot, r io.Reader, progress func(done int64)) error {
	return errTODO
}

// OpenReference opens the installed snapshot for reading and for the server's
// changes. NotFound means none is installed, DBDamaged that a new snapshot is
// needed.
func OpenReference(dir opfs.Dir) (*sqlite.DB, error) { return nil, errTODO }

var errTODO = errors.New("not there yet")
