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
	"bytes"
	"context"
	"embed"
	"fmt"
	"sync"
	"time"

	"tillsight/server/device"
	"tillsight/server/follow"
	"tillsight/server/notice"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/parking"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	"tillsight/shared/syncproto"
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

// Lot is what is parked in the chain. It is safe for concurrent use.
type Lot struct {
	journal follow.Journal
	feed    follow.Feed
	now     func() time.Time
	news    notice.Board

	mu        sync.Mutex
	revisions map[string]int64 // by store
}

// Open returns the lot that is kept in the feed's file.
func Open(j follow.Journal, f follow.Feed, now func() time.Time) (*Lot, error) {
	if err := f.Migrate(Migrations); err != nil {
		return nil, fmt.Errorf("open parked receipts: %w", err)
	}
	l := &Lot{journal: j, feed: f, now: now, revisions: map[string]int64{}}
	err := f.View(func(q refdata.Querier) error {
		return q.Query(`SELECT store, n FROM parked_revision`, func(r sqlite.Row) error {
			l.revisions[r.Text(0)] = r.Int64(1)
			return nil
		})
	})
	if err == nil {
		err = follow.Back(j, f, "parked_read")
	}
	if err != nil {
		return nil, fmt.Errorf("open parked receipts: %w", err)
	}
	return l, nil
}

// Run follows the journal until ctx ends. failed hears what went wrong; it is
// tried again.
func (l *Lot) Run(ctx context.Context, failed func(error)) {
	follow.Run(ctx, l.journal, l.Look, failed)
}

// Subscribe returns a channel that receives after a store's list changed.
func (l *Lot) Subscribe() (changed <-chan struct{}, cancel func()) { return l.news.Subscribe() }

// Revision says which state of its list a store's tills should have.
func (l *Lot) Revision(store string) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.revisions[store]
}

// Look takes in the next facts, at most one batch, and returns how many there
// were.
func (l *Lot) Look(ctx context.Context) (int, error) {
	after, err := l.position()
	if err != nil {
		return 0, err
	}
	type entry struct {
		pos  int64
		fact fact.Fact
	}
	var list []entry
	n, last := 0, after
	err = l.journal.Read(ctx, after, batchMax, func(pos int64, raw []byte) error {
		n, last = n+1, pos
		if !bytes.Contains(raw, []byte(`"kind":"ReceiptParked"`)) && !bytes.Contains(raw, []byte(`"kind":"ReceiptRecalled"`)) &&
			!bytes.Contains(raw, []byte(`"kind":"ParkedTaken"`)) {
			return nil
		}
		if f, err := fact.Decode(raw); err == nil {
			list = append(list, entry{pos, f})
		}
		return nil
	})
	if err != nil || n == 0 {
		return 0, err
	}
	err = l.change(func(c *changes) error {
		for _, e := range list {
			if err := c.take(e.pos, e.fact); err != nil {
				return fmt.Errorf("fact at position %d: %w", e.pos, err)
			}
		}
		if len(list) > 0 {
			if err := c.forget(); err != nil {
				return err
			}
		}
		return c.tx.Exec(`INSERT OR REPLACE INTO parked_read (id, pos) VALUES (1, ?)`, last)
	})
	if err != nil {
		return 0, fmt.Errorf("take in parked receipts: %w", err)
	}
	return n, nil
}

// position returns up to where the journal was looked through.
func (l *Lot) position() (pos int64, err error) {
	err = l.feed.View(func(q refdata.Querier) error {
		return q.Query(`SELECT pos FROM parked_read`, func(r sqlite.Row) error {
			pos = r.Int64(0)
			return nil
		})
	})
	return pos, err
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

// take takes one fact in. One that makes no sense is the warehouse's to set aside.
func (c *changes) take(pos int64, f fact.Fact) error {
	switch f.Kind {
	case fact.ReceiptParked:
		p, err := fact.BodyOf[parking.Parking](f)
		if err != nil || p.ID == "" {
			return nil
		}
		return c.parked(pos, f.Header, &p)
	case fact.ReceiptRecalled:
		r, err := fact.BodyOf[parking.Recall](f)
		if err != nil || r.Parking == "" {
			return nil
		}
		return c.recalled(f.Header, r)
	case fact.ParkedTaken:
		t, err := fact.BodyOf[parking.Taken](f)
		if err != nil {
			return nil
		}
		return c.tx.Exec(`UPDATE parked SET known = 1 WHERE id = ? AND device = ?`, t.Parking, f.Device)
	}
	return nil
}

// parked notes a receipt; what is known of it from paper stays.
func (c *changes) parked(pos int64, h fact.Header, p *parking.Parking) error {
	c.stores[h.Store] = 0
	r := &p.Receipt
	return c.tx.Exec(`INSERT INTO parked
		(id, pos, store, device, till, number, at, date, lines, total, by, name, note, claimer, claim, claimed, taker, taken, taken_at, known)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, 0, '', 0, 0, 0)
		ON CONFLICT (id) DO UPDATE SET pos = excluded.pos, store = excluded.store, device = excluded.device, till = excluded.till,
			number = excluded.number, at = excluded.at, date = excluded.date, lines = excluded.lines, total = excluded.total,
			by = excluded.by, name = excluded.name, note = excluded.note`,
		p.ID, pos, h.Store, h.Device, h.Till, r.Number, p.At, r.Date, r.Count(), int64(r.Total), p.Name, p.Holder, p.Note)
}

// recalled notes where a receipt goes on. The first fact counts.
func (c *changes) recalled(h fact.Header, r parking.Recall) error {
	c.stores[h.Store] = 0
	if err := c.unseen(r.Parking, h.Store); err != nil {
		return err
	}
	return c.tx.Exec(`UPDATE parked SET taker = ?2, taken = ?3, taken_at = ?4, known = (device = ?2 OR known)
		WHERE id = ?1 AND taker = ''`, r.Parking, h.Device, h.Till, r.At)
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
func (l *Lot) List(d device.Device) (syncproto.Parked, error) {
	list := syncproto.Parked{Revision: l.Revision(d.Store), Rows: []syncproto.ParkedRow{}}
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
			list.Taken = append(list.Taken, syncproto.TakenRow{ID: r.Text(0), Till: r.Int(1), At: r.Int64(2)})
			return nil
		}, d.Store, d.ID, listMax)
	})
	if err != nil {
		return list, fmt.Errorf("list parked receipts: %w", err)
	}
	return list, nil
}

func rowOf(r sqlite.Row) syncproto.ParkedRow {
	row := syncproto.ParkedRow{
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
func (l *Lot) Recall(ctx context.Context, d device.Device, id string) (syncproto.RecallAnswer, error) {
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
		return syncproto.RecallAnswer{}, err
	}
	return l.read(ctx, h.pos)
}

// read returns the parking whose fact stands at pos.
func (l *Lot) read(ctx context.Context, pos int64) (answer syncproto.RecallAnswer, err error) {
	err = l.journal.Read(ctx, pos-1, 1, func(_ int64, raw []byte) error {
		f, err := fact.Decode(raw)
		if err != nil {
			return err
		}
		p, err := fact.BodyOf[parking.Parking](f)
		answer.Parking = &p
		return err
	})
	if err != nil {
		return answer, fmt.Errorf("read parked receipt: %w", err)
	}
	return answer, nil
}
