// Package follow is what those have in common who read the journal after it was
// written and keep what they find beside the reference data.
package follow

import (
	"context"
	"embed"
	"time"

	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// Journal is where the facts come from.
type Journal interface {
	Read(ctx context.Context, after int64, limit int, fn func(pos int64, b []byte) error) error
	Position() int64
	Subscribe() (added <-chan struct{}, cancel func())
	// Calm returns when there is time to look: not while tills push a backlog.
	Calm(ctx context.Context)
}

// Feed is the reference data and its file, in which findings are kept.
type Feed interface {
	Migrate(files embed.FS) error
	View(queries func(q refdata.Querier) error) error
	// Change calls put in a transaction; put returns the newest version.
	Change(put func(tx *sqlite.Tx) (int64, error)) (int64, error)
}

// Back moves the cursor in a table's column pos to the end of the journal if it
// lies behind it: the journal was restored from before the reference data, and
// what comes at those positions now was not looked at.
func Back(j Journal, f Feed, table string) error {
	end := j.Position()
	_, err := f.Change(func(tx *sqlite.Tx) (int64, error) {
		return 0, tx.Exec(`UPDATE `+table+` SET pos = ? WHERE pos > ?`, end, end)
	})
	return err
}

const (
	retry = 5 * time.Second // after a failure
	idle  = time.Hour       // without news
)

// Run calls look whenever there are new facts, again at once while it returns
// that there were some, until ctx ends. failed hears what went wrong; it is
// tried again.
func Run(ctx context.Context, j Journal, look func(context.Context) (n int, err error), failed func(error)) {
	added, cancel := j.Subscribe()
	defer cancel()
	for {
		wait := idle
		j.Calm(ctx)
		switch n, err := look(ctx); {
		case ctx.Err() != nil:
			return
		case err != nil:
			failed(err)
			wait = retry
		case n > 0:
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-added:
		case <-time.After(wait):
		}
	}
}
