package warehouse

import (
	"context"
	"fmt"

	"tillsight/server/journal"
	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
)

// Quarantine is a fact that no rows could be made of.
type Quarantine struct {
	Pos     int64 // in the journal
	Kind    string
	Reason  string // code
	Detail  string
	Bytes   []byte
	Settled *journal.Settled // nil: it waits for a person
}

// Decisions is where a journal keeps what people said of facts.
type Decisions interface {
	SettledFacts() (map[int64]journal.Settled, error)
}

// QuarantineList lists quarantined facts before a position (0: from the end), newest
// first. Those that a person has settled are among them.
func (w *Warehouse) QuarantineList(d Decisions, before int64, limit int) (list []Quarantine, err error) {
	settled, err := d.SettledFacts()
	if err != nil {
		return nil, err
	}
	if before <= 0 {
		before = forever
	}
	err = w.read.Query(`SELECT pos, kind, reason, detail, bytes FROM quarantine WHERE pos < ? ORDER BY pos DESC LIMIT ?`, func(r sqlite.Row) error {
		q := Quarantine{Pos: r.Int64(0), Kind: r.Text(1), Reason: r.Text(2), Detail: r.Text(3), Bytes: r.Blob(4)}
		if s, ok := settled[q.Pos]; ok {
			q.Settled = &s
		}
		list = append(list, q)
		return nil
	}, before, limit)
	return list, err
}

// QuarantineAt returns the quarantined fact at a position.
func (w *Warehouse) QuarantineAt(d Decisions, pos int64) (Quarantine, error) {
	list, err := w.QuarantineList(d, pos+1, 1)
	if err == nil && (len(list) == 0 || list[0].Pos != pos) {
		err = errcode.New(errcode.NotFound, "warehouse.Quarantine", fmt.Errorf("no fact at %d", pos))
	}
	if err != nil {
		return Quarantine{}, err
	}
	return list[0], nil
}

// Waiting counts the quarantined facts that nobody has settled.
func (w *Warehouse) Waiting(d Decisions) (n int, err error) {
	settled, err := d.SettledFacts()
	if err != nil {
		return 0, err
	}
	err = w.read.Query(`SELECT pos FROM quarantine`, func(r sqlite.Row) error {
		if _, ok := settled[r.Int64(0)]; !ok {
			n++
		}
		return nil
	})
	return n, err
}

// Release has this program, which may understand more than the one that
// quarantined it, take in a fact. One that still makes no sense stays, with today's
// reason, and the error says it. A rebuild releases everything that can be by itself.
func (w *Warehouse) Release(ctx context.Context, j Journal, pos int64) error {
	w.loading.Lock()
	defer w.loading.Unlock()
	raw, err := j.Batch(ctx, pos-1, 1)
	if err != nil {
		return err
	}
	held := false
	err = w.db.Query(`SELECT 1 FROM quarantine WHERE pos = ?`, func(sqlite.Row) error {
		held = true
		return nil
	}, pos)
	if err != nil {
		return err
	}
	if !held || len(raw) == 0 || raw[0].Pos != pos {
		return errcode.New(errcode.NotFound, "warehouse.Release", fmt.Errorf("no fact at %d", pos))
	}
	again := []entry{{pos: pos, raw: raw[0], released: true}}
	again[0].understand()
	if err := w.load(again); err != nil {
		return fmt.Errorf("release fact at %d: %w", pos, err)
	}
	return again[0].err
}
