package audience

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"tillsight/server/warehouse"
	"tillsight/shared/audience"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
)

// pauseBetween is how long at least lies between two looks after loads: a busy
// chain loads several times a second.
const pauseBetween = 15 * time.Second

// Run keeps live segments up with the warehouse until ctx ends. done is called
// after each look that changed something; failed hears what went wrong.
func (s *Segments) Run(ctx context.Context, loaded <-chan struct{}, done func() error, failed func(error)) {
	changed, cancel := s.Subscribe()
	defer cancel()
	midnight := time.NewTicker(time.Minute) // to see that the day is another
	defer midnight.Stop()
	for {
		if err := s.Refresh(ctx); err != nil && ctx.Err() == nil {
			failed(err)
		}
		if err := done(); err != nil && ctx.Err() == nil {
			failed(err)
		}
		pause := time.NewTimer(pauseBetween)
		for rested := false; !rested; {
			select {
			case <-ctx.Done():
				pause.Stop()
				return
			case <-changed: // somebody waits for what he saved
				rested = true
			case <-pause.C:
				rested = true
			}
		}
		pause.Stop()
		select {
		case <-loaded:
		case <-changed:
		case <-midnight.C:
		case <-ctx.Done():
			return
		}
	}
}

// Refresh looks again at who is in the segments, as far as that can have changed.
func (s *Segments) Refresh(ctx context.Context) error {
	s.refreshing.Lock()
	defer s.refreshing.Unlock()
	definitions, err := s.definitions()
	if err != nil {
		return fmt.Errorf("refresh segments of customers: %w", err)
	}
	changed := false
	err = s.warehouse.Look(func(q warehouse.Querier) error {
		now := looked{any: true, today: s.today(), at: s.now().UnixMilli()}
		if now.revision, err = warehouse.Revision(q); err != nil {
			return err
		}
		if now.names, err = warehouse.Names(q); err != nil {
			return err
		}
		s.mu.Lock()
		before := s.looked
		s.mu.Unlock()
		if before.any && before.revision > now.revision { // another warehouse
			before = looked{}
		}
		all := &scope{s: s, q: q, today: now.today, since: -1}
		some := &scope{s: s, q: q, today: now.today, since: before.revision}
		for _, d := range definitions {
			if ctx.Err() != nil {
				return errcode.New(errcode.Cancelled, "audience.Refresh", ctx.Err())
			}
			did, err := s.refresh(d, before, now, all, some)
			if err != nil {
				return fmt.Errorf("segment %s: %w", d.ID, err)
			}
			changed = changed || did
		}
		s.mu.Lock()
		s.looked = now
		s.mu.Unlock()
		return nil
	})
	if err != nil {
		return fmt.Errorf("refresh segments of customers: %w", err)
	}
	if changed {
		s.news.Post()
	}
	return nil
}

// scope is the customers that are looked at, read when first needed.
type scope struct {
	s     *Segments
	q     warehouse.Querier
	today cube.EpochDay
	since int64
	facts *facts
	ids   map[int64]string
}

func (c *scope) read() (*facts, map[int64]string, error) {
	if c.facts != nil {
		return c.facts, c.ids, nil
	}
	f, err := readFacts(c.q, c.today, c.since)
	if err != nil {
		return nil, nil, err
	}
	c.ids, err = idsOf(c.q, f.keys)
	c.facts = f
	return f, c.ids, err
}

// refresh looks at one segment and reports whether somebody entered or left.
func (s *Segments) refresh(d audience.Definition, before, now looked, all, some *scope) (bool, error) {
	s.mu.Lock()
	known := s.versions[d.ID]
	s.mu.Unlock()
	saved, err := s.foundBy(d)
	if err != nil {
		return false, err
	}
	fresh := saved != d.Version // the condition is another than that of the last look
	switch {
	case d.Retired, !d.Live:
		if !fresh {
			return false, nil
		}
	}
	from := all
	if known == d.Version && before.any && before.today == now.today && (before.names == now.names || !goods(d.Where)) {
		if before.revision == now.revision {
			return false, nil
		}
		if !d.Where.Whole() {
			from = some
		}
	}
	f, ids, err := from.read()
	if err != nil {
		return false, err
	}
	leaves := d.Where.Leaves()
	columns, err := f.columns(leaves)
	if err != nil {
		return false, err
	}
	in := make([]bool, len(f.keys))
	if !d.Retired {
		in = d.Where.Evaluate(len(f.keys), columns)
	}
	changed, err := s.write(d, now.at, ids, f.keys, in, func(i int) ([]byte, error) { return json.Marshal(audience.Why(leaves, columns, i)) })
	if err == nil {
		s.mu.Lock()
		s.versions[d.ID] = d.Version
		s.mu.Unlock()
	}
	return changed, err
}

// goods reports whether a condition depends on how goods are put into categories.
func goods(w audience.Condition) bool {
	return slices.ContainsFunc(w.Leaves(), func(l audience.Condition) bool { return l.Field == audience.Categories })
}

// foundBy returns the version of the definition by which a segment was looked at
// last; it is kept, so that segments that are not live stay as they are.
func (s *Segments) foundBy(d audience.Definition) (version int, err error) {
	err = s.db.Query(`SELECT version FROM audience_look WHERE audience = ?`, func(r sqlite.Row) error {
		version = r.Int(0)
		return nil
	}, d.ID)
	return version, err
}

// write lets customers enter and leave.
func (s *Segments) write(d audience.Definition, at int64, ids map[int64]string, keys []int64, in []bool, why func(i int) ([]byte, error)) (changed bool, err error) {
	err = s.db.Write(func(tx *sqlite.Tx) error {
		held := map[string]int64{} // when they entered
		err := tx.Query(`SELECT customer, entered FROM audience_member WHERE audience = ? AND left = 0`, func(r sqlite.Row) error {
			held[r.Text(0)] = r.Int64(1)
			return nil
		}, d.ID)
		if err != nil {
			return err
		}
		seq, err := one(tx, `SELECT coalesce(max(seq), 0) FROM audience_member`)
		if err != nil {
			return err
		}
		for i, key := range keys {
			entered, is := held[ids[key]]
			if is == in[i] {
				continue
			}
			text, err := why(i)
			if err != nil {
				return err
			}
			changed = true
			seq++
			if is {
				err = tx.Exec(`UPDATE audience_member SET left = ?, why_left = ?, seq = ? WHERE audience = ? AND customer = ? AND entered = ?`,
					max(at, entered+1), string(text), seq, d.ID, ids[key], entered)
			} else {
				err = enter(tx, d, ids[key], at, string(text), seq)
			}
			if err != nil {
				return err
			}
		}
		return tx.Exec(`INSERT INTO audience_look (audience, version, at) VALUES (?, ?, ?)
			ON CONFLICT (audience) DO UPDATE SET version = excluded.version, at = excluded.at`, d.ID, d.Version, at)
	})
	return changed, err
}

// enter begins a stay. One that ended at the same moment is gone on with.
func enter(tx *sqlite.Tx, d audience.Definition, customer string, at int64, why string, seq int64) error {
	last, err := one(tx, `SELECT coalesce(max(left), 0) FROM audience_member WHERE audience = ? AND customer = ?`, d.ID, customer)
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO audience_member (audience, customer, entered, left, version, why, why_left, seq)
		VALUES (?, ?, ?, 0, ?, ?, '', ?)`, d.ID, customer, max(at, last), d.Version, why, seq)
}
