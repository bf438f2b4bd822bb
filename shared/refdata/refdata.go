// Package refdata is the database of what the chain sells and who sells it:
// products, barcodes, prices, taxes, staff, stores. The server writes it with
// Put, which numbers every change; tills copy it with Apply and look things up.
//
// Both sides keep a Check over the rows, so that a replica that lost a change
// notices. The package knows rows and versions, not how they travel.
package refdata

import (
	"embed"
	"errors"
	"fmt"
	"strconv"

	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

// Tables of the feed, as named by wire.Change. The comment gives the row's
// type and the form of its key.
const (
	Stores        = "store"         // catalogue.Store, ID
	Tills         = "till"          // Till, store/number
	Categories    = "category"      // catalogue.Category, ID
	Products      = "product"       // catalogue.Product, SKU
	Barcodes      = "barcode"       // catalogue.Barcode, GTIN
	Prices        = "price"         // catalogue.Price, sku/store/from
	TaxRates      = "tax_rate"      // tax.Rate, class/from
	Employees     = "employee"      // staff.Employee, ID
	Masks         = "mask"          // barcode.Mask, pattern
	QuickKeys     = "quick_key"     // catalogue.QuickKey, group/position
	CustomerCards = "customer_card" // Card, card
	Companies     = "company"       // chain.Company, "chain"
)

// Till is a numbered checkout of a store.
type Till struct {
	Store  string `json:"store"`
	Number int    `json:"number"`
}

// Card is what tills hold of a customer.
type Card struct {
	Card     string `json:"card"`     // as scanned
	Customer string `json:"customer"` // customer.Customer's ID
	Name     string `json:"name,omitempty"`
	// Groups are the customer groups and segments that promotions ask for.
	Groups []string `json:"groups,omitempty"`
}

// Migrations are the tables of this package, by version.
//
//go:embed migration/*.sql
var Migrations embed.FS

// Migrate brings db to this version's tables.
func Migrate(db *sqlite.DB) error {
	if err := db.Migrate(Migrations, "migration"); err != nil {
		return fmt.Errorf("migrate reference data: %w", err)
	}
	return nil
}

// Querier is a database or a transaction to read from.
type Querier interface {
	Query(sql string, row func(sqlite.Row) error, args ...any) error
}

// Cursor returns the version that the data stands at: at a till that of the
// last change applied, at the server the newest version given.
func Cursor(q Querier) (int64, error) {
	var version int64
	err := q.Query(`SELECT value FROM meta WHERE name = 'cursor'`, func(r sqlite.Row) error {
		version = r.Int64(0)
		return nil
	})
	return version, err
}

// ProductCount returns how many products there are. It is kept beside them: to
// count a hundred thousand takes a till longer than a scan may.
func ProductCount(q Querier) (int, error) {
	count := 0
	err := q.Query(`SELECT value FROM meta WHERE name = 'products'`, func(r sqlite.Row) error {
		count = r.Int(0)
		return nil
	})
	return count, err
}

// SetCursor records the version that the data stands at.
func SetCursor(tx *sqlite.Tx, version int64) error {
	return tx.Exec(`INSERT INTO meta (name, value) VALUES ('cursor', ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, version)
}

// CheckOf returns the check of what a till of store holds: the rows for every
// store and its own.
func CheckOf(q Querier, store string) (wire.Check, error) {
	check, err := checkOf(q, "")
	if err != nil || store == "" {
		return check, err
	}
	own, err := checkOf(q, store)
	return wire.Check{Rows: check.Rows + own.Rows, Sum: check.Sum + own.Sum}, err
}

// checkOf returns the check of the rows that are for exactly store.
func checkOf(q Querier, store string) (wire.Check, error) {
	var check wire.Check
	err := q.Query(`SELECT rows, sum FROM checksum WHERE store = ?`, func(r sqlite.Row) error {
		check = wire.Check{Rows: r.Int64(0), Sum: uint64(r.Int64(1))}
		return nil
	}, store)
	return check, err
}

// Apply takes changes from the feed into a replica, in their order. It leaves
// the cursor to the caller. Repeating it changes nothing.
func Apply(tx *sqlite.Tx, changes []wire.Change) error {
	w := newWriter(tx)
	for _, change := range changes {
		if err := w.apply(change); err != nil {
			return fmt.Errorf("apply version %d, %s %q: %w", change.Version, change.Table, change.Key, err)
		}
	}
	return w.flush()
}

// Put writes rows (typed as listed with the tables; nil deletes by Key) as the
// server's next versions and logs them for the feed. A row equal to the stored
// one gets no version. It returns the newest version. It is the only door for what
// tills are told and judges it: rows by themselves, and rules as the whole that
// tills compile.
func Put(tx *sqlite.Tx, rows []Row) (int64, error) {
	w := newWriter(tx)
	before, err := Cursor(tx)
	if err != nil {
		return 0, err
	}
	version, rules := before, false
	for _, row := range rows {
		if err := judge(row); err != nil {
			return 0, fmt.Errorf("put %s %q: %w", row.Table, row.Key, err)
		}
		rules = rules || logged(row.Table)
		if version, err = w.put(version, row); err != nil {
			return 0, fmt.Errorf("put %s %q: %w", row.Table, row.Key, err)
		}
	}
	if err := w.flush(); err != nil {
		return 0, err
	}
	if rules {
		if err := compiles(tx, before, version); err != nil {
			return 0, err
		}
	}
	return version, SetCursor(tx, version)
}

// Row is a row to Put. Key may be left empty when Value is not nil.
type Row struct {
	Table string
	Key   string
	Value any
}

// Since returns up to limit changes after version that a till of store needs,
// oldest first, and whether there are more.
func Since(tx *sqlite.Tx, version int64, store string, limit int) (changes []wire.Change, more bool, err error) {
	err = tx.Query(`SELECT version, tbl, key, gone FROM change
		WHERE version > ? AND store IN ('', ?) ORDER BY version LIMIT ?`, func(r sqlite.Row) error {
		if len(changes) == limit {
			more = true
			return nil
		}
		change := wire.Change{Version: r.Int64(0), Table: r.Text(1), Key: r.Text(2)}
		if !r.Bool(3) {
			rec, found, err := tableOf(change.Table).get(tx, change.Key)
			if err != nil || !found {
				return errors.Join(err, missing(change))
			}
			change.Row = rec.row
		}
		changes = append(changes, change)
		return nil
	}, version, store, limit+1)
	return changes, more, err
}

func missing(change wire.Change) error {
	return errcode.New(errcode.Internal, "refdata.Since",
		fmt.Errorf("version %d: no row %s %q", change.Version, change.Table, change.Key))
}

func invalid(format string, args ...any) error {
	return errcode.New(errcode.Invalid, "refdata", fmt.Errorf(format, args...))
}

// number returns the value of a plain decimal number without leading zeros.
func number(s string) (int64, bool) {
	if s == "" || len(s) > 18 || s[0] == '0' {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}
