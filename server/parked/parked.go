// Package parked knows which receipts are set aside in a store, so that every
// register of it can go on with them, and gives each to one register only.
//
// What is parked and recalled comes from the journal. Who asked first is decided
// here and kept for a while: a register that asked and says nothing more, because
// its program ended before it had the receipt, gets it again, and after that
// time others may. Two registers that could not ask are none of its business:
// package audit raises the alarm. All of it lives in the file of the reference
// data and is small; it is no reference data and gives no versions.
package parked

import (
	"context"
	"embed"
	"fmt"
	"sync"
	"time"

	"tillsight/server/follow"
	"tillsight/server/notice"
	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/parking"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

// Migrations are the tables of this package, by version.
//
//go:embed migration/*.sql
var Migrations embed.FS

const (
	batchMax  = 2000                // facts looked at in one transaction
	claimHold = 10 * time.Minute    // a claim without the fact that follows
	listMax   = 200                 // that a store's tills are told of
	keepTaken = 7 * 24 * time.Hour  // after that nobody asks any more
	keepAll   = 90 * 24 * time.Hour // as the tills keep their facts
)

// Lot is what is parked in the chain. It is safe for concurrent use, but for Look
// and Run, which are for one goroutine.
type Lot struct {
	*follow.Reader
	journal follow.Journal
	feed    follow.Feed
	now     func() time.Time
	news    notice.Board
	taking  *changes // of the batch at hand

	mu        sync.Mutex
	revisions map[string]int64 // by store
}

// Open returns the lot that is kept in the feed's file.
func Open(j follow.Journal, f follow.Feed, now func() time.Time) (*Lot, error) {
	l := &Lot{journal: j, feed: f, now: now, revisions: map[string]int64{}}
	var err error
	l.Reader, err = follow.Open(j, f, now, follow.Follower{
		Name: "parked", Kinds: kept.Kinds(), Limit: batchMax,
		Take:   func(_ *sqlite.Tx, e follow.Entry) error { return follow.Take(kept, step{l.taking, e.Pos}, e) },
		Done:   func(*sqlite.Tx) error { return l.taking.forget() },
		Change: l.takeIn,
	}, Migrations)
	if err != nil {
		return nil, err
	}
	err = f.View(func(q refdata.Querier) error {
		return q.Query(`SELECT store, n FROM parked_revision`, func(r sqlite.Row) error {
			l.revisions[r.Text(0)] = r.Int64(1)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("open parked receipts: %w", err)
	}
	return l, nil
}

// takeIn is change for a batch of facts.
func (l *Lot) takeIn(put func(tx *sqlite.Tx) (int64, error)) (int64, error) {
	return 0, l.change(func(c *changes) error {
		l.taking = c
		_, err := put(c.tx)
		return err
	})
}

// Subscribe returns a channel that receives after a store's list changed.
func (l *Lot) Subscribe() (changed <-chan struct{}, cancel func()) { return l.news.Subscribe() }

// Revision says which state of its list a store's tills should have.
func (l *Lot) Revision(store string) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.revisions[store]
}

// changes are the edits of one transaction.
type changes struct {
	tx     *sqlite.Tx
	now    int64
	stores map[string]int64 // whose tills have to be told, with the new revision
}

// change edits the lot and tells those whose list is another one now.
func (l *Lot) change(edit func(*changes) error) error {
	c := &changes{now: l.now().UnixMilli(), stores: map[string]int64{}}
	_, err := l.feed.Change(func(tx *sqlite.Tx) (int64, error) {
		c.tx = tx
		clear(c.stores)
		if err := edit(c); err != nil {
			return 0, err
		}
		for store := range c.stores {
			err := tx.Query(`INSERT INTO parked_revision (store, n) VALUES (?, 1)
				ON CONFLICT (store) DO UPDATE SET n = n + 1 RETURNING n`, func(r sqlite.Row) error {
				c.stores[store] = r.Int64(0)
				return nil
			}, store)
			if err != nil {
				return 0, err
			}
		}
		return refdata.Cursor(tx)
	})
	if err != nil || len(c.stores) == 0 {
		return err
	}
	l.mu.Lock()
	for store, n := range c.stores {
		l.revisions[store] = max(l.revisions[store], n)
	}
	l.mu.Unlock()
	l.news.Post()
	return nil
}

// step is one fact on its way in.
type step struct {
	*changes
	pos int64
}

// kept says what of the facts is taken in.
var kept = func() fact.Table[step] {
	t := fact.Table[step]{}
	fact.On(t, fact.ReceiptParked, step.parked)
	fact.On(t, fact.ReceiptRecalled, step.recalled)
	fact.On(t, fact.ParkedTaken, step.told)
	fact.Ignore(t, "not about parked receipts", fact.SaleRegistered, fact.ReturnRegistered, fact.ReceiptCancelled, fact.ShiftOpened,
		fact.ShiftClosed, fact.CashMoved, fact.SignedIn, fact.SignInRefused, fact.CustomerEnrolled, fact.FactLost)
	return t
}()

// parked notes a receipt; what is known of it from paper stays. A register can
// only say again what it has parked itself.
func (s step) parked(f fact.Fact, p *parking.Parking) error {
	s.stores[f.Store] = 0
	r := &p.Receipt
	return s.tx.Exec(`INSERT INTO parked
		(id, pos, store, device, till, number, at, date, lines, total, by, name, note, claimer, claim, claimed, taker, taken, taken_at, known)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, 0, '', 0, 0, 0)
		ON CONFLICT (id) DO UPDATE SET pos = excluded.pos, store = excluded.store, device = excluded.device, till = excluded.till,
			number = excluded.number, at = excluded.at, date = excluded.date, lines = excluded.lines, total = excluded.total,
			by = excluded.by, name = excluded.name, note = excluded.note
		WHERE pos = 0 OR store = excluded.store AND device = excluded.device`,
		p.ID, s.pos, f.Store, f.Device, f.Till, r.Number, p.At, r.Date, r.Count(), int64(r.Total), p.Name, p.Holder, p.Note)
}

// recalled notes where a receipt goes on. The first fact counts, and only one of
// the store in which it was parked.
func (s step) recalled(f fact.Fact, r *parking.Recall) error {
	s.stores[f.Store] = 0
	if err := s.unseen(r.Parking, f.Store); err != nil {
		return err
	}
	return s.tx.Exec(`UPDATE parked SET taker = ?2, taken = ?3, taken_at = ?4, known = (device = ?2 OR known)
		WHERE id = ?1 AND taker = '' AND store = ?5`, r.Parking, f.Device, f.Till, r.At, f.Store)
}

// told notes that the register which parked a receipt knows where it went on.
func (s step) told(f fact.Fact, t *parking.Taken) error {
	return s.tx.Exec(`UPDATE parked SET known = 1 WHERE id = ? AND device = ?`, t.Parking, f.Device)
}

// unseen notes a parking of which nothing but its ID is known yet.
func (c *changes) unseen(id, store string) error {
	return c.tx.Exec(`INSERT INTO parked
		(id, pos, store, device, till, number, at, date, lines, total, by, name, note, claimer, claim, claimed, taker, taken, taken_at, known)
		VALUES (?, 0, ?, '', 0, '', ?, '', 0, 0, '', '', '', '', 0, 0, '', 0, 0, 0)
		ON CONFLICT (id) DO NOTHING`, id, store, c.now)
}

// forget drops what nobody will ask for.
func (c *changes) forget() error {
	return c.tx.Exec(`DELETE FROM parked WHERE taker <> '' AND known AND taken_at < ? OR at < ?`,
		c.now-keepTaken.Milliseconds(), c.now-keepAll.Milliseconds())
}

// List returns what others have parked and d may recall, and what others took
// of its own.
func (l *Lot) List(d routes.Device) (wire.Parked, error) {
	list := wire.Parked{Revision: l.Revision(d.Store), Rows: []wire.ParkedRow{}}
	now := l.now().UnixMilli()
	err := l.feed.View(func(q refdata.Querier) error {
		err := q.Query(`SELECT id, device, till, number, at, date, lines, total, by, name, note FROM parked
			WHERE store = ?1 AND pos > 0 AND taker = '' AND device <> ?2 AND (claimer IN ('', ?2) OR claimed < ?3)
			ORDER BY at DESC LIMIT ?4`, func(r sqlite.Row) error {
			list.Rows = append(list.Rows, rowOf(r))
			return nil
		}, d.Store, d.ID, now-claimHold.Milliseconds(), listMax)
		if err != nil {
			return err
		}
		return q.Query(`SELECT id, taken, taken_at FROM parked
			WHERE store = ? AND device = ? AND taker <> '' AND NOT known ORDER BY taken_at LIMIT ?`, func(r sqlite.Row) error {
			list.Taken = append(list.Taken, wire.TakenRow{ID: r.Text(0), Till: r.Int(1), At: r.Int64(2)})
			return nil
		}, d.Store, d.ID, listMax)
	})
	if err != nil {
		return list, fmt.Errorf("list parked receipts: %w", err)
	}
	return list, nil
}

func rowOf(r sqlite.Row) wire.ParkedRow {
	row := wire.ParkedRow{
		ID: r.Text(0), Device: r.Text(1), Till: r.Int(2), Number: r.Text(3), At: r.Int64(4), Date: r.Text(5), Count: r.Int(6),
		By: r.Text(8), Name: r.Text(9), Note: r.Text(10),
	}
	row.Total = money.Amount(r.Int64(7))
	return row
}

// held is a parking as a claim finds it.
type held struct {
	pos            int64
	store, number  string
	claimer, taker string
	claim, taken   int
	claimed        int64
}

// Recall gives a parked receipt to d, if nobody was first. errcode.ParkedGone
// says who was.
func (l *Lot) Recall(ctx context.Context, d routes.Device, id string) (wire.RecallAnswer, error) {
	const op = "parked.Recall"
	var h held
	err := l.change(func(c *changes) error {
		if err := c.unseen(id, d.Store); err != nil {
			return err
		}
		err := c.tx.Query(`SELECT pos, store, number, claimer, taker, claim, taken, claimed FROM parked WHERE id = ?`, func(r sqlite.Row) error {
			h = held{r.Int64(0), r.Text(1), r.Text(2), r.Text(3), r.Text(4), r.Int(5), r.Int(6), r.Int64(7)}
			return nil
		}, id)
		gone := func(till int) error {
			return errcode.New(errcode.ParkedGone, op, nil).With("number", h.number).With("till", fmt.Sprint(till))
		}
		switch {
		case err != nil:
			return err
		case h.store != d.Store:
			return errcode.New(errcode.NotFound, op, fmt.Errorf("parking of store %q", h.store))
		case h.taker != "":
			return gone(h.taken)
		case h.claimer != "" && h.claimer != d.ID && h.claimed >= c.now-claimHold.Milliseconds():
			return gone(h.claim)
		case h.claimer == d.ID:
			return nil
		}
		c.stores[d.Store] = 0
		return c.tx.Exec(`UPDATE parked SET claimer = ?, claim = ?, claimed = ? WHERE id = ?`, d.ID, d.Till, c.now, id)
	})
	if err != nil || h.pos == 0 {
		return wire.RecallAnswer{}, err
	}
	return l.read(ctx, h.pos)
}

// read returns the parking whose fact stands at pos.
func (l *Lot) read(ctx context.Context, pos int64) (answer wire.RecallAnswer, err error) {
	batch, err := l.journal.Batch(ctx, pos-1, 1)
	for _, raw := range batch {
		var e follow.Entry
		if e, err = follow.Understand(raw); err == nil {
			answer.Parking, _ = e.Body.(*parking.Parking)
		}
	}
	if err != nil {
		return answer, fmt.Errorf("read parked receipt: %w", err)
	}
	return answer, nil
}
