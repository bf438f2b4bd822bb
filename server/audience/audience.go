// Package audience keeps segments of customers: their definitions with all
// versions, who is in them, and who was, when and why.
//
// Who is in a live segment is looked at again after each load of the warehouse,
// only for the customers that changed; each day, and when a definition or the
// assortment changed, for all. Both give the same.
package audience

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"tillsight/server/notice"
	"tillsight/server/warehouse"
	"tillsight/shared/audience"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
)

// Migrations are the tables of this package, by version.
//
//go:embed migration/*.sql
var Migrations embed.FS

// Limits.
const (
	segmentsMax = 500
	sampleMax   = 20
	sizeDays    = 90
)

// Warehouse is where the facts are.
type Warehouse interface {
	Look(queries func(warehouse.Querier) error) error
}

// Segments are the chain's segments. They are safe for concurrent use.
type Segments struct {
	db        *sqlite.DB
	warehouse Warehouse
	now       func() time.Time
	zone      func() *time.Location // of the chain: when its days begin
	news      notice.Board

	refreshing sync.Mutex // one look at a time

	mu       sync.Mutex
	looked   looked
	versions map[string]int // by which each segment's members were found
}

// looked is what was looked at last.
type looked struct {
	any      bool
	revision int64
	names    string
	today    cube.EpochDay
	at       int64
}

// Open returns the segments kept in db.
func Open(db *sqlite.DB, w Warehouse, now func() time.Time, zone func() *time.Location) (*Segments, error) {
	if err := db.Migrate(Migrations, "migration"); err != nil {
		return nil, fmt.Errorf("open segments of customers: %w", err)
	}
	return &Segments{db: db, warehouse: w, now: now, zone: zone, versions: map[string]int{}}, nil
}

// Subscribe returns a channel that receives after definitions or members changed.
func (s *Segments) Subscribe() (changed <-chan struct{}, cancel func()) { return s.news.Subscribe() }

func (s *Segments) today() cube.EpochDay {
	now := s.now().In(s.zone())
	_, offset := now.Zone()
	return cube.EpochDay((now.Unix() + int64(offset)) / 86400)
}

// definitions returns the newest version of each segment, retired ones too, in
// the order of their names.
func (s *Segments) definitions() (list []audience.Definition, err error) {
	err = s.db.Query(`SELECT definition
		FROM audience a
		WHERE version = (SELECT max(version) FROM audience WHERE id = a.id)`, func(r sqlite.Row) error {
		var d audience.Definition
		err := json.Unmarshal([]byte(r.Text(0)), &d)
		list = append(list, d)
		return err
	})
	slices.SortFunc(list, func(a, b audience.Definition) int {
		return strings.Compare(strings.ToLower(a.Name.RU)+"\x00"+a.ID, strings.ToLower(b.Name.RU)+"\x00"+b.ID)
	})
	return list, err
}

// Save writes a definition as the next version of the one that was seen; one
// without an ID is new. What is wrong with it is in the error (audience.Problems).
func (s *Segments) Save(ctx context.Context, d audience.Definition, by string) (audience.Definition, error) {
	if problems := d.Check(); len(problems) > 0 {
		return d, problems
	}
	d.By, d.At, d.Retired = by, s.now().UnixMilli(), false
	d.Name.RU, d.Name.EN = strings.TrimSpace(d.Name.RU), strings.TrimSpace(d.Name.EN)
	err := s.db.Write(func(tx *sqlite.Tx) error {
		if d.ID == "" {
			n, err := one(tx, `SELECT count(DISTINCT id) FROM audience`)
			if err != nil || n >= segmentsMax {
				return errors.Join(err, full(n))
			}
			d.ID, d.Version = "s"+strconv.FormatInt(n+1, 10), 0
		}
		return put(tx, &d)
	})
	if err != nil {
		return d, fmt.Errorf("save segment: %w", err)
	}
	return d, s.Refresh(ctx)
}

func full(n int64) error {
	if n < segmentsMax {
		return nil
	}
	return errcode.New(errcode.TooLarge, "audience.Save", fmt.Errorf("%d segments", n))
}

// put writes d as the version after the one that it says was seen.
func put(tx *sqlite.Tx, d *audience.Definition) error {
	held, err := one(tx, `SELECT coalesce(max(version), 0) FROM audience WHERE id = ?`, d.ID)
	if err != nil {
		return err
	}
	if held != int64(d.Version) {
		return errcode.New(errcode.Conflict, "audience.put", fmt.Errorf("%s has version %d, seen was %d", d.ID, held, d.Version))
	}
	d.Version++
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO audience (id, version, definition) VALUES (?, ?, ?)`, d.ID, d.Version, string(text))
}

func one(tx *sqlite.Tx, sql string, args ...any) (n int64, err error) {
	err = tx.Query(sql, func(r sqlite.Row) error {
		n = r.Int64(0)
		return nil
	}, args...)
	return n, err
}

// Retire empties a segment and takes it out of use; its history stays.
func (s *Segments) Retire(ctx context.Context, id string, version int, by string) (d audience.Definition, err error) {
	list, err := s.definitions()
	if err != nil {
		return d, err
	}
	i := slices.IndexFunc(list, func(d audience.Definition) bool { return d.ID == id })
	if i < 0 {
		return d, errcode.New(errcode.NotFound, "audience.Retire", fmt.Errorf("segment %q", id))
	}
	d = list[i]
	d.Version, d.By, d.At, d.Retired = version, by, s.now().UnixMilli(), true
	if err := s.db.Write(func(tx *sqlite.Tx) error { return put(tx, &d) }); err != nil {
		return d, fmt.Errorf("retire segment: %w", err)
	}
	return d, s.Refresh(ctx)
}

// List returns the segments with their sizes.
func (s *Segments) List() ([]audience.Listed, error) {
	all, err := s.definitions()
	if err != nil {
		return nil, fmt.Errorf("list segments: %w", err)
	}
	s.mu.Lock()
	checked := s.looked.at
	s.mu.Unlock()
	list := []audience.Listed{}
	for _, d := range all {
		if d.Retired {
			continue
		}
		l := audience.Listed{Definition: d, Checked: checked}
		if err := s.sizes(&l); err != nil {
			return nil, fmt.Errorf("sizes of %s: %w", d.ID, err)
		}
		list = append(list, l)
	}
	return list, nil
}

// sizes counts who was in a segment at the end of each of the last days.
func (s *Segments) sizes(l *audience.Listed) error {
	today := s.today()
	first := today - sizeDays + 1
	_, offset := s.now().In(s.zone()).Zone()
	dayOf := func(ms int64) cube.EpochDay { return cube.EpochDay((ms/1000 + int64(offset)) / 86400) }
	change := make([]int, sizeDays)
	began := today + 1 // before it there was no segment
	err := s.db.Query(`SELECT entered, left FROM audience_member WHERE audience = ?`, func(r sqlite.Row) error {
		entered, left := dayOf(r.Int64(0)), dayOf(r.Int64(1))
		began = min(began, entered)
		change[max(0, min(sizeDays-1, int(entered-first)))]++
		if entered > today-30 {
			l.Entered++
		}
		if r.Int64(1) == 0 {
			l.Size++
			return nil
		}
		change[max(0, min(sizeDays-1, int(left-first)))]--
		if left > today-30 {
			l.Left++
		}
		return nil
	}, l.ID)
	n := 0
	for i, c := range change {
		if n += c; first+cube.EpochDay(i) >= began {
			l.Sizes = append(l.Sizes, audience.Sized{Date: (first + cube.EpochDay(i)).String(), N: n})
		}
	}
	return err
}

// Members returns those in a segment, the latest to enter first.
func (s *Segments) Members(id string, offset, limit int) (page audience.Members, err error) {
	page.Members = []audience.Member{}
	err = s.db.Query(`SELECT audience, customer, entered, left, version, why, why_left
		FROM audience_member
		WHERE audience = ? AND left = 0
		ORDER BY entered DESC, customer
		LIMIT ? OFFSET ?`, func(r sqlite.Row) error {
		m, err := memberOf(r)
		page.Members = append(page.Members, m)
		return err
	}, id, limit, offset)
	if err == nil {
		err = s.db.Query(`SELECT count(*) FROM audience_member WHERE audience = ? AND left = 0`, func(r sqlite.Row) error {
			page.Total = r.Int(0)
			return nil
		}, id)
	}
	if err != nil {
		return page, fmt.Errorf("members of %s: %w", id, err)
	}
	return page, nil
}

// History returns the stays of a customer in segments, latest first; with a
// moment other than 0 those that he was in then.
func (s *Segments) History(customer string, at int64) (list []audience.Member, err error) {
	list = []audience.Member{}
	err = s.db.Query(`SELECT audience, customer, entered, left, version, why, why_left
		FROM audience_member
		WHERE customer = ?1 AND (?2 = 0 OR entered <= ?2 AND (left = 0 OR left > ?2))
		ORDER BY entered DESC, audience`, func(r sqlite.Row) error {
		m, err := memberOf(r)
		list = append(list, m)
		return err
	}, customer, at)
	if err != nil {
		return nil, fmt.Errorf("segments of a customer: %w", err)
	}
	return list, nil
}

func memberOf(r sqlite.Row) (m audience.Member, err error) {
	m = audience.Member{Segment: r.Text(0), Customer: r.Text(1), Entered: r.Int64(2), Left: r.Int64(3), Version: r.Int(4)}
	for i, into := range []*[]audience.Value{&m.Why, &m.WhyLeft} {
		if text := r.Text(5 + i); text != "" {
			err = errors.Join(err, json.Unmarshal([]byte(text), into))
		}
	}
	return m, err
}

// Changes implements warehouse.Members.
func (s *Segments) Changes(after int64) (c warehouse.MemberChanges, err error) {
	err = s.db.Read(func(tx *sqlite.Tx) error {
		if c.Seq, err = one(tx, `SELECT coalesce(max(seq), 0) FROM audience_member`); err != nil {
			return err
		}
		return tx.Query(`SELECT audience, customer, entered, left, version, why, why_left FROM audience_member WHERE seq > ? ORDER BY seq`,
			func(r sqlite.Row) error {
				c.Members = append(c.Members, warehouse.Member{
					Segment: r.Text(0), Customer: r.Text(1), Entered: r.Int64(2), Left: r.Int64(3), Version: r.Int(4),
					Why: r.Text(5), WhyLeft: r.Text(6),
				})
				return nil
			}, after)
	})
	if err != nil {
		return c, fmt.Errorf("changes of segments: %w", err)
	}
	list, err := s.definitions()
	for _, d := range list {
		c.Segments = append(c.Segments, warehouse.CustomerSegment{
			ID: d.ID, Name: d.Name, Live: d.Live, Tills: d.Tills, Version: d.Version, Retired: d.Retired, At: d.At, By: d.By,
		})
	}
	return c, err
}

// Try says whom a condition finds now.
func (s *Segments) Try(_ context.Context, w audience.Condition) (t audience.Tried, err error) {
	if t.Problems = w.Check(); len(t.Problems) > 0 {
		return t, nil
	}
	leaves := w.Leaves()
	err = s.warehouse.Look(func(q warehouse.Querier) error {
		f, err := readFacts(q, s.today(), -1)
		if err != nil {
			return err
		}
		columns, err := f.columns(leaves)
		if err != nil {
			return err
		}
		year, err := f.sumsOf(rfmDays)
		if err != nil {
			return err
		}
		t.Of = len(f.keys)
		var sample []int
		for i, in := range w.Evaluate(len(f.keys), columns) {
			if !in {
				continue
			}
			t.Count++
			t.Revenue += year.net[i]
			sample = append(sample, i)
		}
		slices.SortFunc(sample, func(a, b int) int { return int(min(1, max(-1, year.net[b]-year.net[a]))) })
		ids, err := idsOf(q, f.keys)
		for _, i := range sample[:min(len(sample), sampleMax)] {
			t.Sample = append(t.Sample, audience.Member{Customer: ids[f.keys[i]], Why: audience.Why(leaves, columns, i)})
		}
		return err
	})
	if err != nil {
		return t, fmt.Errorf("try condition: %w", err)
	}
	return t, nil
}

// idsOf returns the IDs of customers by key.
func idsOf(q warehouse.Querier, keys []int64) (map[int64]string, error) {
	wanted := make(map[int64]bool, len(keys))
	for _, key := range keys {
		wanted[key] = true
	}
	ids := make(map[int64]string, len(keys))
	return ids, q.Query(`SELECT key, id FROM customer`, func(r sqlite.Row) error {
		if wanted[r.Int64(0)] {
			ids[r.Int64(0)] = r.Text(1)
		}
		return nil
	})
}

// Offers returns what conditions can ask, with the values that there are.
func (s *Segments) Offers() (list []audience.Offer, err error) {
	var values map[audience.Field][]string
	err = s.warehouse.Look(func(q warehouse.Querier) error {
		values, err = Values(q)
		return err
	})
	for _, d := range audience.Fields() {
		list = append(list, audience.Offer{Described: d, Values: values[d.Field]})
	}
	return list, err
}

// Tills returns which segments each customer is in that tills ask for, and all
// segments that tills ask for or did.
func (s *Segments) Tills() (of map[string][]string, all map[string]bool, err error) {
	of, all = map[string][]string{}, map[string]bool{}
	list, err := s.definitions()
	if err != nil {
		return nil, nil, err
	}
	for _, d := range list {
		all[d.ID] = true
		if !d.Tills || d.Retired {
			continue
		}
		err := s.db.Query(`SELECT customer FROM audience_member WHERE audience = ? AND left = 0`, func(r sqlite.Row) error {
			of[r.Text(0)] = append(of[r.Text(0)], d.ID)
			return nil
		}, d.ID)
		if err != nil {
			return nil, nil, err
		}
	}
	for _, ids := range of {
		slices.Sort(ids)
	}
	return of, all, nil
}
