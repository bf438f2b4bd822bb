package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"sync"

	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/sqlite"
)

// batchMax is how many facts are loaded in one transaction.
const batchMax = 4000

// entry is a fact on its way into the rows.
type entry struct {
	pos   int64
	bytes []byte
	fact  fact.Fact
	body  any
	err   error // why it goes to quarantine
}

// Load loads the next facts of j, at most one batch, and returns how many there
// were. Rows and cursor change in one transaction.
func (w *Warehouse) Load(ctx context.Context, j Journal) (int, error) {
	var batch []entry
	err := j.Read(ctx, w.Position(), batchMax, func(pos int64, b []byte) error {
		batch = append(batch, entry{pos: pos, bytes: b})
		return nil
	})
	if err != nil || len(batch) == 0 {
		return 0, err
	}
	understand(batch)
	p := newProjection(w)
	err = w.db.Write(func(tx *sqlite.Tx) error {
		p.tx = tx
		if p.revision, err = nextRevision(tx); err != nil {
			return err
		}
		for i := range batch {
			if err := p.take(&batch[i]); err != nil {
				return fmt.Errorf("fact at position %d: %w", batch[i].pos, err)
			}
		}
		if err := p.flush(); err != nil {
			return err
		}
		return setMeta(tx, "cursor", batch[len(batch)-1].pos)
	})
	if err != nil {
		again, readErr := readKeys(w.db) // what was rolled back gave keys
		if readErr == nil {
			w.keys = again
		}
		return 0, errors.Join(fmt.Errorf("load warehouse: %w", err), readErr)
	}
	w.position.Store(batch[len(batch)-1].pos)
	w.news.Post()
	return len(batch), nil
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
// office's book until ctx ends. failed hears what went wrong; the next news
// tries again.
func (w *Warehouse) Run(ctx context.Context, j Journal, ref Reference, b Budget, failed func(error)) {
	added, cancelAdded := j.Subscribe()
	defer cancelAdded()
	changed, cancelChanged := ref.Subscribe()
	defer cancelChanged()
	planned, cancelPlanned := b.Subscribe()
	defer cancelPlanned()
	for {
		j.Calm(ctx)
		err := w.Refer(ref)
		if err == nil {
			err = w.TakeBudget(b)
		}
		if err == nil {
			err = w.LoadAll(ctx, j, func(int64) { j.Calm(ctx) })
		}
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			failed(err)
		}
		select {
		case <-added:
		case <-changed:
		case <-planned:
		case <-ctx.Done():
			return
		}
	}
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
