// Package warehouse projects the journal into a star schema around the
// customer, in warehouse.db.
//
// Loading is deterministic: keys are given in the order of the journal, each
// batch is one transaction together with the cursor, and thrown away and loaded
// again the tables have the same rows. A fact that makes no sense is quarantined
// with its reason and stops nothing. Receipts are computed again with the code of
// the till; one that differs by a minor unit is quarantined too.
package warehouse

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"tillsight/server/follow"
	"tillsight/server/journal"
	"tillsight/server/notice"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

//go:embed migration/*.sql
var migrations embed.FS

// Journal is where facts come from.
type Journal interface {
	Batch(ctx context.Context, after int64, limit int) ([]journal.Entry, error)
	Position() int64
	Subscribe() (added <-chan struct{}, cancel func())
	// Calm returns when there is time to load: not while tills push a backlog.
	Calm(ctx context.Context)
}

// Reference is the reference data that names and costs come from.
type Reference interface {
	View(queries func(refdata.Querier) error) error
	Version() int64
	Subscribe() (changed <-chan struct{}, cancel func())
}

// Warehouse is an open warehouse. One goroutine loads; any may read.
type Warehouse struct {
	path string
	db   *sqlite.DB // writes
	read *sqlite.DB

	position atomic.Int64
	loading  sync.Mutex // by whom keys and costs are changed
	keys     *keys
	costs    costs
	segments string // what TakeMembers wrote last

	news  notice.Board
	pulse follow.Pulse
}

// pragmas of the writer: what a power cut takes is loaded again.
var pragmas = []string{"synchronous=NORMAL", "cache_size=-64000", "wal_autocheckpoint=8000"}

// Open opens or creates the warehouse in the file at path.
func Open(path string) (*Warehouse, error) {
	db, err := sqlite.Open(path, sqlite.Options{Sums: true, Pragmas: pragmas})
	if err != nil {
		return nil, fmt.Errorf("open warehouse: %w", err)
	}
	w := &Warehouse{path: path, db: db}
	err = db.Migrate(migrations, "migration")
	if err == nil {
		err = known(db)
	}
	if err == nil {
		err = fillCalendar(db)
	}
	if err == nil {
		w.keys, err = readKeys(db)
	}
	if err == nil {
		w.costs, err = readCosts(db)
	}
	if err == nil {
		w.read, err = sqlite.Open(path, sqlite.Options{ReadOnly: true, Pragmas: []string{"cache_size=-32000"}})
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open warehouse: %w", err), db.Close())
	}
	cursor, err := metaOf(w.read, "cursor")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open warehouse: %w", err), w.Close())
	}
	w.position.Store(cursor)
	return w, nil
}

// known fails when the file is of a newer program: it is made anew, as a damaged one.
func known(db *sqlite.DB) error {
	newer, err := db.Unknown("migration", migrations)
	if err == nil && newer != "" {
		err = errcode.New(errcode.DBDamaged, "warehouse.Open", fmt.Errorf("written by a newer program (%s)", newer))
	}
	return err
}

// Close closes the file.
func (w *Warehouse) Close() error { return errors.Join(w.read.Close(), w.db.Close()) }

// Position returns the journal position up to which facts are loaded.
func (w *Warehouse) Position() int64 { return w.position.Load() }

// Subscribe returns a channel that receives after rows changed.
func (w *Warehouse) Subscribe() (changed <-chan struct{}, cancel func()) { return w.news.Subscribe() }

// Querier is a database or a transaction to read from.
type Querier interface {
	Query(sql string, row func(sqlite.Row) error, args ...any) error
}

// View calls queries with one unchanging state of the warehouse.
func (w *Warehouse) View(queries func(Querier) error) error {
	return w.read.Read(func(tx *sqlite.Tx) error { return queries(tx) })
}

// Look is View on a connection of its own: long queries hold nobody up.
func (w *Warehouse) Look(queries func(Querier) error) (err error) {
	db, err := sqlite.Open(w.path, sqlite.Options{ReadOnly: true, Pragmas: []string{"cache_size=-16000"}})
	if err != nil {
		return fmt.Errorf("look at warehouse: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Read(func(tx *sqlite.Tx) error { return queries(tx) })
}

// Quarantined returns how many facts wait for a person.
func (w *Warehouse) Quarantined() (n int64, err error) {
	err = w.read.Query(`SELECT count(*) FROM quarantine`, func(r sqlite.Row) error {
		n = r.Int64(0)
		return nil
	})
	return n, err
}

// State returns how loading the facts of j does.
func (w *Warehouse) State(j Journal) (s follow.State, err error) {
	s = follow.State{Name: "warehouse", Position: w.Position()}
	s.Behind = max(0, j.Position()-s.Position)
	fault, still := w.pulse.Fault()
	if s.Still = still; fault != nil {
		s.Fault = fault.Error()
	}
	s.Aside, err = w.Quarantined()
	return s, err
}

// Revision returns a number that grows with every change of the rows that q sees.
func Revision(q Querier) (int64, error) { return metaOf(q, "revision") }

// Names returns what changes whenever the name of a product, a category, a store
// or an employee does.
func Names(q Querier) (string, error) {
	names, err := metaOf(q, "names")
	if err != nil {
		return "", err
	}
	version, err := metaOf(q, "reference")
	return fmt.Sprintf("%d/%d", version, names), err
}

func metaOf(q Querier, name string) (value int64, err error) {
	err = q.Query(`SELECT value FROM meta WHERE name = ?`, func(r sqlite.Row) error {
		value = r.Int64(0)
		return nil
	}, name)
	return value, err
}

func nextRevision(tx *sqlite.Tx) (int64, error) {
	revision, err := metaOf(tx, "revision")
	if err != nil {
		return 0, err
	}
	return revision + 1, setMeta(tx, "revision", revision+1)
}

func setMeta(tx *sqlite.Tx, name string, value int64) error {
	return tx.Exec(`INSERT INTO meta (name, value)
		VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
}

// Sums returns a hash of the rows of every table, by table, but for what counts
// changes. Two warehouses of the same journal and reference data have equal sums.
func (w *Warehouse) Sums() (map[string]string, error) {
	sums := map[string]string{}
	return sums, w.View(func(q Querier) error {
		var tables []string
		err := q.Query(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('meta', 'sales_change', 'customer_change')
			ORDER BY name`, func(r sqlite.Row) error {
			tables = append(tables, r.Text(0))
			return nil
		})
		for _, table := range tables {
			if err != nil {
				return err
			}
			sums[table], err = sumOf(q, table)
		}
		return err
	})
}

// sumOf hashes the rows of a table in the order of all their columns.
func sumOf(q Querier, table string) (string, error) {
	columns, order := "", ""
	n := 0
	err := q.Query(fmt.Sprintf(`SELECT name FROM pragma_table_info('%s') ORDER BY cid`, table), func(r sqlite.Row) error {
		if n > 0 {
			columns, order = columns+", ", order+", "
		}
		n++
		columns += "quote(" + r.Text(0) + ")"
		order += r.Text(0)
		return nil
	})
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	err = q.Query(fmt.Sprintf(`SELECT %s FROM %s ORDER BY %s`, columns, table, order), func(r sqlite.Row) error {
		for i := range n {
			fmt.Fprintf(sum, "%s\x1f", r.Text(i))
		}
		fmt.Fprint(sum, "\n")
		return nil
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}

// forever is the end of what is still in force.
const forever = int64(^uint64(0) >> 1)
