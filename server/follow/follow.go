// Package follow is the loop of those who read the journal after it was written
// and keep what they find beside the reference data.
//
// A follower says which kinds it takes and how it takes one fact; its place in the
// journal changes in the same transaction. No fact ends or stops it: one that makes
// no sense is left to the warehouse, which keeps it aside for a person, and one
// that fails or panics here is kept aside here with the reason. What is not the
// fact's fault, as a full disk, is tried again, with longer and longer pauses.
package follow

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"tillsight/server/journal"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// Migrations are the tables of this package, by version.
//
//go:embed migration/*.sql
var Migrations embed.FS

// Journal is where the facts come from.
type Journal interface {
	Batch(ctx context.Context, after int64, limit int) ([]journal.Entry, error)
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

// Entry is a fact that makes sense, at its place.
type Entry struct {
	Pos      int64
	Received int64 // unix ms by the server's clock
	Fact     fact.Fact
	Body     any // in today's form
}

// Take has r take an entry as the table says.
func Take[R any](t fact.Table[R], r R, e Entry) error { return t.TakeRead(r, e.Fact, e.Body) }

// Follower is what somebody does with the facts of the journal.
type Follower struct {
	Name  string
	Kinds []fact.Kind
	Limit int // facts in one transaction
	Take  func(tx *sqlite.Tx, e Entry) error
	// Done, if there is one, ends a transaction in which facts were taken.
	Done func(tx *sqlite.Tx) error
	// Idle, if there is one, is called when nothing is left.
	Idle func() error
	// Pause is waited after that: what comes meanwhile is taken in together.
	Pause time.Duration
	// Change is Feed.Change, or what a follower puts around it.
	Change func(put func(tx *sqlite.Tx) (int64, error)) (int64, error)
}

// Reader runs a follower. Look and Run are for one goroutine, the rest for any.
type Reader struct {
	Pulse
	Follower
	journal Journal
	feed    Feed
}

// Open returns the reader of f, whose tables files migrate. A place beyond the end
// of the journal, as after a restore, is set back to it.
func Open(j Journal, feed Feed, now func() time.Time, f Follower, files embed.FS) (*Reader, error) {
	r := &Reader{Pulse: Pulse{now: now}, Follower: f, journal: j, feed: feed}
	if r.Change == nil {
		r.Change = feed.Change
	}
	if err := errors.Join(feed.Migrate(Migrations), feed.Migrate(files)); err != nil {
		return nil, fmt.Errorf("open follower %s: %w", f.Name, err)
	}
	_, err := feed.Change(func(tx *sqlite.Tx) (int64, error) {
		return 0, tx.Exec(`UPDATE follow_cursor SET pos = ?2 WHERE name = ?1 AND pos > ?2`, f.Name, j.Position())
	})
	if err != nil {
		return nil, fmt.Errorf("open follower %s: %w", f.Name, err)
	}
	return r, nil
}

// Skip has the follower of that name look at nothing up to the journal's present
// end, unless it has begun.
func Skip(j Journal, feed Feed, name string) error {
	if err := feed.Migrate(Migrations); err != nil {
		return fmt.Errorf("follower %s: %w", name, err)
	}
	_, err := feed.Change(func(tx *sqlite.Tx) (int64, error) {
		return 0, tx.Exec(`INSERT OR IGNORE INTO follow_cursor (name, pos) VALUES (?, ?)`, name, j.Position())
	})
	return err
}

// Begin has the follower look at nothing before position pos, unless it has begun.
func (r *Reader) Begin(tx *sqlite.Tx, pos int64) error {
	return tx.Exec(`INSERT OR IGNORE INTO follow_cursor (name, pos) VALUES (?, ?)`, r.Name, pos)
}

// Position returns up to where the journal was looked through.
func (r *Reader) Position() (pos int64, err error) {
	err = r.feed.View(func(q refdata.Querier) error {
		return q.Query(`SELECT pos FROM follow_cursor WHERE name = ?`, func(row sqlite.Row) error {
			pos = row.Int64(0)
			return nil
		}, r.Name)
	})
	return pos, err
}

// Look takes in the next facts, at most one batch, and returns how many there
// were.
func (r *Reader) Look(ctx context.Context) (int, error) {
	after, err := r.Position()
	if err != nil {
		return 0, err
	}
	batch, err := r.journal.Batch(ctx, after, r.Limit)
	if err != nil {
		return 0, err
	}
	if len(batch) == 0 {
		if r.Idle == nil {
			return 0, nil
		}
		return 0, Guard(r.Idle)
	}
	entries := r.understand(batch)
	_, err = r.Change(func(tx *sqlite.Tx) (int64, error) {
		for _, e := range entries {
			if err := r.take(tx, e); err != nil {
				return 0, err
			}
		}
		if r.Done != nil && len(entries) > 0 {
			if err := Guard(func() error { return r.Done(tx) }); err != nil {
				return 0, err
			}
		}
		err := tx.Exec(`INSERT OR REPLACE INTO follow_cursor (name, pos) VALUES (?, ?)`, r.Name, batch[len(batch)-1].Pos)
		if err != nil {
			return 0, err
		}
		return refdata.Cursor(tx)
	})
	if err != nil {
		return 0, fmt.Errorf("follower %s: %w", r.Name, err)
	}
	return len(batch), nil
}

// understand reads those facts of the batch that the follower takes. One that
// makes no sense is the warehouse's to keep aside.
func (r *Reader) understand(batch []journal.Entry) (list []Entry) {
	for _, raw := range batch {
		h, _, err := fact.HeaderOf(raw.Bytes)
		if err != nil || !slices.Contains(r.Kinds, h.Kind) {
			continue
		}
		if e, err := Understand(raw); err == nil {
			list = append(list, e)
		}
	}
	return list
}

// Understand reads a fact of the journal.
func Understand(raw journal.Entry) (e Entry, err error) {
	e = Entry{Pos: raw.Pos, Received: raw.Received}
	err = Guard(func() (err error) {
		e.Fact, e.Body, err = fact.Understand(raw.Bytes)
		return err
	})
	return e, err
}

// take has the follower take one fact, or puts it aside.
func (r *Reader) take(tx *sqlite.Tx, e Entry) error {
	err := tx.Part(func() error { return Guard(func() error { return r.Take(tx, e) }) })
	if err == nil || Outside(err) {
		return err
	}
	return tx.Exec(`INSERT OR REPLACE INTO follow_aside (name, pos, at, kind, reason, detail) VALUES (?, ?, ?, ?, ?, ?)`,
		r.Name, e.Pos, r.now().UnixMilli(), string(e.Fact.Kind), string(errcode.Of(err)), Detail(err))
}

// Run follows the journal until ctx ends. failed hears what went wrong; it is
// tried again.
func (r *Reader) Run(ctx context.Context, failed func(error)) {
	added, cancel := r.journal.Subscribe()
	defer cancel()
	Run(ctx, r.journal, &r.Pulse, func(ctx context.Context) (int, error) {
		n, err := r.Look(ctx)
		if n == 0 && err == nil && r.Pause > 0 {
			pausing := time.NewTimer(r.Pause)
			defer pausing.Stop()
			select {
			case <-ctx.Done():
			case <-pausing.C:
			}
		}
		return n, err
	}, failed, added)
}

// Guard calls do and makes an error of a panic.
func Guard(do func() error) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = errcode.New(errcode.Internal, "follow", fmt.Errorf("panic: %v\n%s", x, debug.Stack()))
		}
	}()
	return do()
}

// Outside reports whether an error is not the fault of the fact at hand.
func Outside(err error) bool {
	switch errcode.Of(err) {
	case errcode.StorageFull, errcode.StorageFault, errcode.DBDamaged, errcode.Cancelled:
		return true
	}
	return errors.Is(err, context.Canceled)
}

const detailMax = 4000

// Detail is an error as it is kept for a person.
func Detail(err error) string {
	text := fmt.Sprint(err)
	return text[:min(len(text), detailMax)]
}
