// Package sqlite opens, migrates and writes a SQLite database in the browser
// and on the server. It is the only plumbing in shared/.
//
// A DB is one connection with a cache of prepared statements. It is safe for
// use by several goroutines, one statement or transaction at a time.
package sqlite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"syscall"

	"github.com/ncruces/go-sqlite3"

	"tillsight/shared/errcode"
)

// DB is one connection to a database file.
type DB struct {
	mu    sync.Mutex
	conn  *sqlite3.Conn
	stmts map[string]*sqlite3.Stmt
}

// Options of Open. The zero value opens a file for reading and writing, WAL,
// synchronous=FULL, foreign keys on.
type Options struct {
	VFS      string   // "" is the platform's own
	ReadOnly bool     //
	Pragmas  []string // run after the defaults, "synchronous=NORMAL"
	PageSize int      // of a new database; 0 is SQLite's own
	Memory   int64    // bytes that the connection may use; 0 is the library's own limit

	// Sums gives every page a checksum that is compared whenever it is read, so
	// that a flipped bit is errcode.DBDamaged and never an answer. A file of
	// before is written anew if it is not too large for a start to wait.
	Sums bool
}

// sumsMax is the size up to which Sums writes a file of before anew: some seconds.
const sumsMax = 256 << 20

var defaults = []string{
	"busy_timeout=10000",
	"journal_mode=WAL",
	"synchronous=FULL",
	"foreign_keys=ON",
	"temp_store=MEMORY",
	"trusted_schema=OFF",
	"journal_size_limit=67108864", // a log that once grew gives its room back
}

// Open opens the database file name, creating it unless it is read-only.
func Open(name string, opt Options) (*DB, error) {
	uri := "file:" + name + "?vfs=" + cmp.Or(opt.VFS, unmapped)
	flags := sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE | sqlite3.OPEN_URI
	if opt.ReadOnly {
		flags = sqlite3.OPEN_READONLY | sqlite3.OPEN_URI
	}
	conn, err := connect(uri, flags, opt.Memory)
	if err != nil {
		return nil, classify("sqlite.Open", err)
	}
	db := &DB{conn: conn, stmts: map[string]*sqlite3.Stmt{}}
	for _, pragma := range pragmas(opt) {
		if err := conn.Exec("PRAGMA " + pragma); err != nil {
			return nil, errors.Join(classify("sqlite.Open "+pragma, err), conn.Close())
		}
	}
	if opt.Sums && !opt.ReadOnly {
		if err := db.addSmallSums(); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	return db, nil
}

// sumBytes is what a page's checksum takes of its end.
const sumBytes = 8

// Sums reports whether the pages carry checksums.
func (db *DB) Sums() (bool, error) {
	reserved, err := db.conn.FileControl("main", sqlite3.FCNTL_RESERVE_BYTES)
	return reserved == sumBytes, classify("sqlite.Sums", err)
}

// AddSums is Options.Sums for a file of any size, which nobody else may use.
func (db *DB) AddSums() error { return classify("sqlite.Sums", db.conn.EnableChecksums("main")) }

func (db *DB) addSmallSums() error {
	if has, err := db.Sums(); err != nil || has {
		return err
	}
	var size int64
	err := db.Query(`SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`, func(r Row) error {
		size = r.Int64(0)
		return nil
	})
	if err != nil || size > sumsMax {
		return err
	}
	return db.AddSums()
}

// Check looks through the whole file and calls found for each fault in it.
func (db *DB) Check(found func(fault string)) error {
	err := db.Query(`PRAGMA integrity_check(20)`, func(r Row) error {
		if text := r.Text(0); text != "ok" {
			found(text)
		}
		return nil
	})
	if errcode.Of(err) == errcode.DBDamaged {
		found(err.Error())
		return nil
	}
	return err
}

// connect opens the connection, with a limit to its memory if there is one;
// only one for reading and writing can have it.
func connect(uri string, flags sqlite3.OpenFlag, memory int64) (*sqlite3.Conn, error) {
	if memory == 0 || flags&sqlite3.OPEN_READWRITE == 0 {
		return sqlite3.OpenFlags(uri, flags)
	}
	return sqlite3.OpenContext(sqlite3.WithMaxMemory(context.Background(), memory), uri)
}

func pragmas(opt Options) []string {
	if opt.PageSize > 0 { // before anything is written
		size := fmt.Sprintf("page_size=%d", opt.PageSize)
		opt.PageSize = 0
		return append([]string{size}, pragmas(opt)...)
	}
	if opt.ReadOnly {
		return append([]string{"busy_timeout=10000", "temp_store=MEMORY", "trusted_schema=OFF"}, opt.Pragmas...)
	}
	if len(opt.Pragmas) > 0 && opt.Pragmas[0] == "locking_mode=EXCLUSIVE" {
		// Exclusive locking has to be set before WAL where there is no shared memory.
		return append([]string{opt.Pragmas[0]}, append(defaults, opt.Pragmas[1:]...)...)
	}
	return append(append([]string{}, defaults...), opt.Pragmas...)
}

// Close closes the connection and its statements.
func (db *DB) Close() error {
	db.mu.Lock()
	defer db.mu.Unlock()
	var errs []error
	for _, stmt := range db.stmts {
		errs = append(errs, stmt.Close())
	}
	db.stmts = map[string]*sqlite3.Stmt{}
	errs = append(errs, db.conn.Close())
	return errors.Join(errs...)
}

// Exec runs one statement outside a transaction of the caller's.
func (db *DB) Exec(sql string, args ...any) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	return (&Tx{db}).Exec(sql, args...)
}

// Query runs one statement and calls row for each row, in order, until it
// returns an error. The Row is valid during the call only. row must not use db.
func (db *DB) Query(sql string, row func(Row) error, args ...any) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	return (&Tx{db}).Query(sql, row, args...)
}

// Script runs several statements separated by semicolons.
func (db *DB) Script(sql string) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	return classify("sqlite.Script", db.conn.Exec(sql))
}

// Read runs several queries on one unchanging state of the database.
func (db *DB) Read(queries func(*Tx) error) (err error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	txn := db.conn.Begin()
	defer func() { err = errors.Join(err, classify("sqlite.Read", txn.Rollback())) }()
	return queries(&Tx{db})
}

// Write runs change in one transaction: it is committed, durably unless the
// database was opened otherwise, when change returns nil, and rolled back when
// it returns an error or panics. Nothing outside the database belongs inside.
func (db *DB) Write(change func(*Tx) error) (err error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	txn, err := db.conn.BeginImmediate()
	if err != nil {
		return classify("sqlite.Write", err)
	}
	defer txn.End(&err)
	if err := change(&Tx{db}); err != nil {
		return err
	}
	return classify("sqlite.Write", txn.Commit())
}

// Tx is the inside of Write, Read or a single statement.
type Tx struct{ db *DB }

// Exec runs one statement.
func (tx *Tx) Exec(sql string, args ...any) error {
	return tx.Query(sql, func(Row) error { return nil }, args...)
}

// Query runs one statement and calls row for each row.
func (tx *Tx) Query(sql string, row func(Row) error, args ...any) (err error) {
	stmt, err := tx.db.prepare(sql)
	if err != nil {
		return err
	}
	defer func() {
		if reset := stmt.Reset(); err == nil {
			err = failed(sql, reset)
		}
	}()
	if err := bind(stmt, args); err != nil {
		return classify("sqlite bind: "+sql, err)
	}
	for stmt.Step() {
		if err := row(Row{stmt}); err != nil {
			return err
		}
	}
	return failed(sql, stmt.Err())
}

// failed is classify of a statement. Its text is put together only if it is needed.
func failed(sql string, err error) error {
	if err == nil {
		return nil
	}
	return classify("sqlite: "+sql, err)
}

// Part runs change as a part of the transaction, which is taken back alone when it
// returns an error or panics.
func (tx *Tx) Part(change func() error) (err error) {
	if err := tx.Exec(`SAVEPOINT part`); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done || err != nil {
			err = errors.Join(err, tx.Exec(`ROLLBACK TO part`))
		}
		err = errors.Join(err, tx.Exec(`RELEASE part`))
	}()
	err = change()
	done = true
	return err
}

// Changes returns the number of rows that the last statement changed.
func (tx *Tx) Changes() int64 { return tx.db.conn.Changes() }

// prepare returns the cached statement for sql, which must be free.
func (db *DB) prepare(sql string) (*sqlite3.Stmt, error) {
	if stmt, ok := db.stmts[sql]; ok && !stmt.Busy() {
		return stmt, nil
	} else if ok {
		return nil, errcode.New(errcode.Internal, "sqlite", fmt.Errorf("statement used inside its own rows: %s", sql))
	}
	stmt, _, err := db.conn.PrepareFlags(sql, sqlite3.PREPARE_PERSISTENT)
	if err != nil {
		return nil, classify("sqlite prepare: "+sql, err)
	}
	db.stmts[sql] = stmt
	return stmt, nil
}

func bind(stmt *sqlite3.Stmt, args []any) error {
	if n := stmt.BindCount(); n != len(args) {
		return fmt.Errorf("%d arguments for %d parameters", len(args), n)
	}
	for i, arg := range args {
		if err := bindOne(stmt, i+1, arg); err != nil {
			return err
		}
	}
	return nil
}

func bindOne(stmt *sqlite3.Stmt, i int, arg any) error {
	switch v := arg.(type) {
	case nil:
		return stmt.BindNull(i)
	case int64:
		return stmt.BindInt64(i, v)
	case int:
		return stmt.BindInt64(i, int64(v))
	case uint64:
		return stmt.BindInt64(i, int64(v))
	case string:
		return stmt.BindText(i, v)
	case []byte:
		return stmt.BindBlob(i, v)
	case bool:
		return stmt.BindBool(i, v)
	case float64:
		return stmt.BindFloat(i, v)
	}
	return fmt.Errorf("argument %d: no binding for %T", i, arg)
}

// Row is the current row of a query. Columns count from 0.
type Row struct{ stmt *sqlite3.Stmt }

// Int64 returns column i as an integer, 0 for NULL.
func (r Row) Int64(i int) int64 { return r.stmt.ColumnInt64(i) }

// Int returns column i as an integer, 0 for NULL.
func (r Row) Int(i int) int { return int(r.stmt.ColumnInt64(i)) }

// Float returns column i as a float, 0 for NULL.
func (r Row) Float(i int) float64 { return r.stmt.ColumnFloat(i) }

// Bool returns column i as a truth value, false for NULL.
func (r Row) Bool(i int) bool { return r.stmt.ColumnBool(i) }

// Text returns column i as a string, "" for NULL.
func (r Row) Text(i int) string { return r.stmt.ColumnText(i) }

// Blob returns a copy of column i, nil for NULL.
func (r Row) Blob(i int) []byte { return r.stmt.ColumnBlob(i, nil) }

// Null reports whether column i is NULL.
func (r Row) Null(i int) bool { return r.stmt.ColumnType(i) == sqlite3.NULL }

// classify gives SQLite's own error classes their codes; nil stays nil.
func classify(op string, err error) error {
	if err == nil {
		return nil
	}
	code := errcode.Internal
	switch {
	case errors.Is(err, sqlite3.FULL), errors.Is(err, syscall.ENOSPC): // some writes are I/O errors with that below
		code = errcode.StorageFull
	case errors.Is(err, sqlite3.IOERR_DATA): // a page is not what was written
		code = errcode.DBDamaged
	case errors.Is(err, sqlite3.IOERR), errors.Is(err, sqlite3.CANTOPEN):
		code = errcode.StorageFault
	case errors.Is(err, sqlite3.CORRUPT), errors.Is(err, sqlite3.NOTADB):
		code = errcode.DBDamaged
	}
	return errcode.New(code, op, err)
}
