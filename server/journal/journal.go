// Package journal keeps every fact that a till ever reported, in one global
// order, in journal.db. It is the truth of the server: warehouse and segments
// are made from it again at any time.
//
// A batch is acknowledged after its transaction is on disk (WAL,
// synchronous=FULL), never before. Batches that arrive while the disk is busy
// share the next transaction. The journal looks at a fact's header and at the
// numbers of its receipt; whether the body makes sense is decided where facts
// are projected, since one bad fact must not stop a till's queue.
package journal

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"tillsight/server/notice"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

// Migrations are the tables of this package, by version.
//
//go:embed migration/*.sql
var Migrations embed.FS

// groupMax limits the facts of one transaction.
const groupMax = 8000

// Journal is an open journal. It is safe for concurrent use.
type Journal struct {
	now  func() time.Time
	disk *sqlite.DB // of the writer goroutine only
	read *sqlite.DB

	queue   chan *batch
	quit    chan struct{}
	stopped chan struct{}
	closing sync.Once

	chains   map[chainKey]*chain // of the writer goroutine only
	position atomic.Int64
	fault    atomic.Pointer[error] // of the last transaction
	storm    storm
	limits   limits

	news notice.Board
}

type chainKey struct {
	device string
	epoch  uint32
}

// Open opens or creates the journal file at path.
func Open(path string, now func() time.Time) (*Journal, error) {
	disk, err := sqlite.Open(path, sqlite.Options{PageSize: 8192, Sums: true, Pragmas: []string{
		"cache_size=-16000",
		"wal_autocheckpoint=4000",
	}})
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	if err := disk.Migrate(Migrations, "migration"); err != nil {
		return nil, errors.Join(fmt.Errorf("open journal: %w", err), disk.Close())
	}
	read, err := sqlite.Open(path, sqlite.Options{ReadOnly: true})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open journal: %w", err), disk.Close())
	}
	j := &Journal{
		now:     now,
		disk:    disk,
		read:    read,
		queue:   make(chan *batch, 64),
		quit:    make(chan struct{}),
		stopped: make(chan struct{}),
		chains:  map[chainKey]*chain{},
	}
	err = read.Query(`SELECT coalesce(max(pos), 0) FROM fact`, func(r sqlite.Row) error {
		j.position.Store(r.Int64(0))
		return nil
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open journal: %w", err), read.Close(), disk.Close())
	}
	go j.run()
	return j, nil
}

// Close finishes the batch at hand, refuses the others and closes the file,
// which moves the write-ahead log into it.
func (j *Journal) Close() error {
	var err error
	j.closing.Do(func() {
		close(j.quit)
		<-j.stopped
		err = errors.Join(j.read.Close(), j.disk.Close())
	})
	return err
}

// Append adds the facts of one push, whose canonical bytes it keeps, and
// returns what the journal then holds durably. Facts that it has already are
// acknowledged again; after a gap nothing is taken and Ack.Expected says what
// is wanted. A fact that differs from the one held under its number is set
// aside and answered with errcode.Fork; an unreadable one is errcode.Invalid, and
// one of another place than from, where the register stands, errcode.Forbidden.
// A disk without room answers errcode.StorageFull, a register that has sent more
// than its share of the day errcode.TooMany.
func (j *Journal) Append(ctx context.Context, from Place, h wire.PushHeader, facts [][]byte) (wire.Ack, error) {
	if err := j.Room(); err != nil {
		return wire.Ack{}, err
	}
	b, err := newBatch(from, h, facts)
	if err != nil {
		return wire.Ack{}, err
	}
	if err := j.limits.share(j.now(), h.Device, b.size()); err != nil {
		return wire.Ack{}, err
	}
	return j.write(ctx, b)
}

// write hands b to the writer and waits for its answer.
func (j *Journal) write(ctx context.Context, b *batch) (wire.Ack, error) {
	cancelled := func(err error) (wire.Ack, error) {
		return wire.Ack{}, errcode.New(errcode.Cancelled, "journal.Append", err)
	}
	select {
	case j.queue <- b:
	case <-ctx.Done():
		return cancelled(ctx.Err())
	case <-j.quit:
		return cancelled(errClosing)
	}
	select {
	case <-b.done:
		return b.ack, b.err
	case <-ctx.Done():
		return cancelled(ctx.Err())
	case <-j.stopped:
		return cancelled(errClosing)
	}
}

var errClosing = errors.New("the journal is closing")

// Probe writes something that is no fact, durably, and returns why that failed.
func (j *Journal) Probe(ctx context.Context) error {
	if err := j.Room(); err != nil {
		return err
	}
	_, err := j.write(ctx, &batch{probe: true, done: make(chan struct{})})
	return err
}

// Skip has the next register of each till place begin that much higher: the file
// at path, which nobody has open, was restored, and numbers were given since.
func Skip(path string, counter uint64, shift int) (err error) {
	db, err := sqlite.Open(path, sqlite.Options{Pragmas: []string{"journal_mode=DELETE"}})
	if err != nil {
		return fmt.Errorf("skip numbers: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Migrate(Migrations, "migration"); err != nil {
		return fmt.Errorf("skip numbers: %w", err)
	}
	return db.Write(func(tx *sqlite.Tx) error {
		for _, table := range []string{"place", "floor"} {
			err := tx.Exec(`UPDATE `+table+` SET counter = counter + ?, shift = shift + ?`, counter, shift)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Raise says that a till place gave these numbers, though no fact tells of them:
// they are not given again. Words alone move a count by raiseMax at most.
func (j *Journal) Raise(ctx context.Context, store string, till int, counter uint64, shift int) error {
	p := place{Place: Place{store, till}, counter: min(counter, countLimit), shift: min(max(shift, 0), shiftLimit-1)}
	_, err := j.write(ctx, &batch{raise: &p, done: make(chan struct{})})
	return err
}

// Entry is a fact at its place.
type Entry struct {
	Pos      int64
	Received int64 // unix ms by the server's clock
	Bytes    []byte
}

// weightMax limits what is read at once, by the memory that it takes to understand it.
const weightMax = 32 << 20

// Batch returns the facts after position after, in order: at least one if there is
// one, no more than limit, and no more than can be worked on at once.
func (j *Journal) Batch(ctx context.Context, after int64, limit int) ([]Entry, error) {
	var (
		list   []Entry
		weight int
	)
	enough := errors.New("enough")
	err := j.read.Query(`SELECT pos, received, bytes
		FROM fact
		WHERE pos > ?
		ORDER BY pos
		LIMIT ?`, func(r sqlite.Row) error {
		e := Entry{r.Int64(0), r.Int64(1), r.Blob(2)}
		if weight += fact.Weight(e.Bytes); weight > weightMax && len(list) > 0 {
			return enough
		}
		list = append(list, e)
		return ctx.Err()
	}, after, limit)
	if err != nil && !errors.Is(err, enough) {
		return nil, fmt.Errorf("read journal after %d: %w", after, err)
	}
	return list, nil
}

// Read calls fn for some of the facts after position after, limit at most, in
// order. It stops at fn's first error and returns it.
func (j *Journal) Read(ctx context.Context, after int64, limit int, fn func(pos int64, b []byte) error) error {
	batch, err := j.Batch(ctx, after, limit)
	if err != nil {
		return err
	}
	for _, e := range batch {
		if err := fn(e.Pos, e.Bytes); err != nil {
			return err
		}
	}
	return nil
}

// ReceiptAt returns the position of the first fact of a receipt, 0 when there is none.
func (j *Journal) ReceiptAt(id string) (pos int64, err error) {
	err = j.read.Query(`SELECT pos FROM receipt WHERE id = ?`, func(r sqlite.Row) error {
		pos = r.Int64(0)
		return nil
	}, id)
	return pos, err
}

// Position returns the position of the newest durable fact, 0 when there is none.
func (j *Journal) Position() int64 { return j.position.Load() }

// Subscribe returns a channel that receives after facts were added; several
// additions may come as one. cancel ends the subscription.
func (j *Journal) Subscribe() (added <-chan struct{}, cancel func()) {
	return j.news.Subscribe()
}

// Fault returns why the last transaction failed, or why the next push will, nil
// when neither.
func (j *Journal) Fault() error {
	if err := j.Room(); err != nil {
		return err
	}
	if err := j.fault.Load(); err != nil {
		return *err
	}
	return nil
}

// Chain is what the journal holds of one epoch of a device.
type Chain struct {
	Device string
	Epoch  uint32
	High   uint64 // seq of the last fact
	Hash   fact.Hash
	Forked uint64 // lowest seq of another branch that waits for a person, 0: none
	Seen   int64  // unix ms of the last batch
}

// Chains lists the chains in the order in which they were begun.
func (j *Journal) Chains() ([]Chain, error) {
	var list []Chain
	err := j.read.Query(`SELECT device, epoch, high, hash,
			CASE WHEN EXISTS (SELECT 1 FROM fork WHERE chain = chain.id AND adopted = 0) THEN forked
				WHEN EXISTS (SELECT 1 FROM fork WHERE chain = chain.id) THEN 0
				WHEN EXISTS (SELECT 1 FROM fork_left WHERE chain = chain.id) THEN 0
				ELSE forked END, seen
		FROM chain
		ORDER BY id`, func(r sqlite.Row) error {
		list = append(list, Chain{
			Device: r.Text(0),
			Epoch:  uint32(r.Int64(1)),
			High:   uint64(r.Int64(2)),
			Hash:   hashOf(r.Blob(3)),
			Forked: uint64(r.Int64(4)),
			Seen:   r.Int64(5),
		})
		return nil
	})
	return list, err
}

// Highest returns the highest receipt count and shift number that the till
// place ever reported, zeros when it reported nothing.
func (j *Journal) Highest(store string, till int) (counter uint64, shift int, err error) {
	err = j.read.Query(`SELECT max(counter), max(shift)
		FROM (
			SELECT counter, shift FROM place WHERE store = ? AND till = ?
			UNION ALL
			SELECT counter, shift FROM floor
		)`, func(r sqlite.Row) error {
		counter, shift = uint64(r.Int64(0)), r.Int(1)
		return nil
	}, store, till)
	return counter, shift, err
}

// Odd counts what needs a person: facts of other branches that nobody has decided
// on, and receipts that were reported twice.
func (j *Journal) Odd() (forked, repeated int64, err error) {
	err = j.read.Query(`SELECT (SELECT count(*) FROM fork WHERE adopted = 0), (SELECT count(*) FROM repeated)`,
		func(r sqlite.Row) error {
			forked, repeated = r.Int64(0), r.Int64(1)
			return nil
		})
	return forked, repeated, err
}
