package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"sync"
	"time"

	"tillsight/server/follow"
	"tillsight/server/journal"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/sqlite"
)

// batchMax is how many facts are loaded in one transaction.
const batchMax = 4000

// entry is a fact on its way into the rows.
type entry struct {
	pos  int64
	raw  journal.Entry
	fact fact.Fact
	body any
	err  error // why it goes to quarantine

	failed   bool // it made sense, and its rows could not be written
	released bool // from quarantine: the cursor is beyond it
}

// Load loads the next facts of j, at most one batch, and returns how many there
// were. Rows and cursor change in one transaction. When it fails the facts are
// loaded in halves, and the one by which it fails goes to quarantine.
func (w *Warehouse) Load(ctx context.Context, j Journal) (int, error) {
	w.loading.Lock()
	defer w.loading.Unlock()
	raw, err := j.Batch(ctx, w.Position(), batchMax)
	if err != nil || len(raw) == 0 {
		return 0, err
	}
	batch := make([]entry, len(raw))
	for i := range raw {
		batch[i] = entry{pos: raw[i].Pos, raw: raw[i]}
	}
	understand(batch)
	if err := w.load(batch); err != nil {
		return 0, fmt.Errorf("load warehouse: %w", err)
	}
	return len(batch), nil
}

// load loads a batch in one transaction if it can.
func (w *Warehouse) load(batch []entry) error {
	err := follow.Guard(func() error { return w.write(batch) })
	if err == nil {
		w.keys.keep()
		w.position.Store(max(w.Position(), batch[len(batch)-1].pos))
		w.news.Post()
		return nil
	}
	w.keys.forget()
	if follow.Outside(err) {
		return err
	}
	if len(batch) > 1 {
		half := len(batch) / 2
		if err := w.load(batch[:half]); err != nil {
			return err
		}
		return w.load(batch[half:])
	}
	if batch[0].failed {
		return err // the quarantine itself fails
	}
	batch[0].failed, batch[0].err = true, err
	return w.load(batch)
}

// write writes the rows of a batch, with the cursor.
func (w *Warehouse) write(batch []entry) error {
	p := newProjection(w)
	return w.db.Write(func(tx *sqlite.Tx) (err error) {
		p.tx = tx
		if p.revision, err = nextRevision(tx); err != nil {
			return err
		}
		for i := range batch {
			if batch[i].released {
				if err := tx.Exec(`DELETE FROM quarantine WHERE pos = ?`, batch[i].pos); err != nil {
					return err
				}
			}
			if err := p.take(&batch[i]); err != nil {
				return fmt.Errorf("fact at position %d: %w", batch[i].pos, err)
			}
		}
		if err := p.flush(); err != nil {
			return err
		}
		return setMeta(tx, "cursor", max(w.Position(), batch[len(batch)-1].pos))
	})
}

// understand decodes and checks the facts of a batch, on all processors.
func understand(batch []entry) {
	parts := runtime.GOMAXPROCS(0)
	size := (len(batch) + parts - 1) / parts
	var wait sync.WaitGroup
	for from := 0; from < len(batch); from += size {
		part := batch[from:min(from+size, len(batch))]
		wait.Go(func() {
			for i := range part {
				part[i].understand()
			}
		})
	}
	wait.Wait()
}

// LoadAll loads until nothing is left.
func (w *Warehouse) LoadAll(ctx context.Context, j Journal, progress func(position int64)) error {
	for {
		n, err := w.Load(ctx, j)
		if err != nil || n == 0 {
			return err
		}
		if progress != nil {
			progress(w.Position())
		}
	}
}

// Run keeps the warehouse up with the journal, the reference data and the
// office's book until ctx ends. failed hears what went wrong; it is tried again.
func (w *Warehouse) Run(ctx context.Context, j Journal, ref Reference, b Budget, now func() time.Time, failed func(error)) {
	w.pulse.Begin(now)
	added, cancelAdded := j.Subscribe()
	defer cancelAdded()
	changed, cancelChanged := ref.Subscribe()
	defer cancelChanged()
	planned, cancelPlanned := b.Subscribe()
	defer cancelPlanned()
	follow.Run(ctx, j, &w.pulse, func(ctx context.Context) (int, error) {
		// Names and figures that can't be taken over must not hold up sales.
		err := errors.Join(w.Refer(ref), w.TakeBudget(b))
		n, loadErr := w.Load(ctx, j)
		if n > 0 && loadErr == nil {
			return n, nil // what else failed is tried again at the end
		}
		return n, errors.Join(err, loadErr)
	}, failed, added, changed, planned)
}

// Anew opens an empty warehouse in the place of the file at path, which is
// damaged or of another journal. It is filled as any other that is behind.
func Anew(path string) (*Warehouse, error) {
	revision := revisionAfter(path)
	if err := remove(path); err != nil {
		return nil, fmt.Errorf("begin the warehouse anew: %w", err)
	}
	w, err := Open(path)
	if err != nil {
		return nil, err
	}
	err = w.db.Write(func(tx *sqlite.Tx) error { return setMeta(tx, "revision", revision) })
	if err != nil {
		return nil, errors.Join(fmt.Errorf("begin the warehouse anew: %w", err), w.Close())
	}
	return w, nil
}

// Rebuild makes the warehouse in the file at path again from nothing and puts
// it in the place of the old one, which must be closed.
func Rebuild(ctx context.Context, path string, j Journal, ref Reference, b Budget, progress func(position int64)) error {
	fresh := path + ".rebuild"
	if err := remove(fresh); err != nil {
		return fmt.Errorf("rebuild warehouse: %w", err)
	}
	w, err := Open(fresh)
	if err != nil {
		return err
	}
	err = w.db.Write(func(tx *sqlite.Tx) error { return setMeta(tx, "revision", revisionAfter(path)) })
	if err == nil {
		err = w.Refer(ref)
	}
	if err == nil {
		err = w.TakeBudget(b)
	}
	if err == nil {
		err = w.LoadAll(ctx, j, progress)
	}
	if err == nil {
		err = w.db.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		return fmt.Errorf("rebuild warehouse: %w", err)
	}
	if err := remove(path); err != nil {
		return fmt.Errorf("rebuild warehouse: %w", err)
	}
	if err := os.Rename(fresh, path); err != nil {
		return fmt.Errorf("rebuild warehouse: %w", err)
	}
	return nil
}

// revisionAfter returns a revision that the warehouse at path, which may be
// damaged or missing, has not reached.
func revisionAfter(path string) int64 {
	const unreachable = 1 << 40
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return 0
	}
	old, err := sqlite.Open(path, sqlite.Options{ReadOnly: true})
	if err != nil {
		return unreachable
	}
	revision, err := metaOf(old, "revision")
	if err := errors.Join(err, old.Close()); err != nil {
		return unreachable
	}
	return revision
}

// remove deletes a database file and what SQLite keeps beside it.
func remove(path string) error {
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// quarantined returns the reason to set a fact aside.
func quarantined(code errcode.Code, format string, args ...any) error {
	return errcode.New(code, "warehouse", fmt.Errorf(format, args...))
}
