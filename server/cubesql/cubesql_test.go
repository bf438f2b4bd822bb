package cubesql_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	kept "tillsight/server/audience"
	"tillsight/server/cubesql"
	"tillsight/server/demo"
	"tillsight/server/device"
	"tillsight/server/feed"
	files "tillsight/server/segment"
	"tillsight/server/warehouse"
	"tillsight/server/warehouse/warehousetest"
	"tillsight/shared/audience"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/refdata"
	"tillsight/shared/scope"
	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

const lastDay = "2026-02-14" // the data spans a turn of the year

// sink puts a demo chain where a server would.
type sink struct {
	feed   *feed.Feed
	tape   warehousetest.Tape
	regs   []device.Device
	budget warehousetest.Budget
}

func (s *sink) Reference(_ context.Context, rows []refdata.Row) error {
	_, err := s.feed.Put(rows)
	return err
}

func (s *sink) PriceHistory(_ context.Context, prices []catalogue.Price) error {
	return s.feed.LogPrices(prices)
}

func (s *sink) Device(_ context.Context, d demo.Device) error {
	s.regs = append(s.regs, device.Device{ID: d.ID, Store: d.Store, Till: d.Till})
	return nil
}

func (s *sink) Facts(_ context.Context, _ wire.PushHeader, facts [][]byte) error {
	s.tape.Facts = append(s.tape.Facts, facts...)
	return nil
}

func (s *sink) Office(_ context.Context, plans []segment.Plan, expenses []segment.Expense) error {
	s.budget = warehousetest.Budget{Plans: plans, Expenses: expenses, N: 1}
	return nil
}

func (s *sink) List() ([]device.Device, error) { return s.regs, nil }

// newChain makes a demo chain's warehouse and the columns made from it.
func newChain(tb testing.TB) (*warehouse.Warehouse, *cube.Cube) {
	tb.Helper()
	return chainOf(tb, demo.Options{Seed: 3, Stores: 3, Months: 3, Lines: 5000, SKUs: 600, End: lastDay})
}

func chainOf(tb testing.TB, options demo.Options) (*warehouse.Warehouse, *cube.Cube) {
	tb.Helper()
	dir := tb.TempDir()
	must := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	reference, err := feed.Open(filepath.Join(dir, "reference.db"), filepath.Join(dir, "snapshots"), time.Now)
	must(err)
	s := &sink{feed: reference}
	_, err = demo.Generate(tb.Context(), options, s)
	must(err)
	w, err := warehouse.Open(filepath.Join(dir, "warehouse.db"))
	must(err)
	tb.Cleanup(func() { must(w.Close()); must(reference.Close()) })
	must(w.Refer(reference))
	must(w.LoadAll(tb.Context(), &s.tape, nil))
	must(w.TakeBudget(&s.budget))
	takeSegments(tb, w, filepath.Join(dir, "office.db"))
	if n, err := w.Quarantined(); n != 0 || err != nil {
		tb.Fatalf("%d facts not understood, %v", n, err)
	}
	made, err := files.Open(filepath.Join(dir, "segments"), w, s, time.Now)
	must(err)
	must(made.Refresh(tb.Context()))
	return w, columns(tb, made)
}

// takeSegments makes two segments of customers, s1 and s2.
func takeSegments(tb testing.TB, w *warehouse.Warehouse, path string) {
	tb.Helper()
	db, err := sqlite.Open(path, sqlite.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	now := time.Date(2026, 2, 15, 9, 0, 0, 0, time.UTC)
	people, err := kept.Open(db, w, func() time.Time { return now }, func() *time.Location { return time.UTC })
	if err != nil {
		tb.Fatal(err)
	}
	for field, n := range map[audience.Field]int64{audience.Receipts: 3, audience.Recency: 20} {
		_, err := people.Save(tb.Context(), audience.Definition{Name: catalogue.Text{RU: string(field)}, Live: true,
			Where: audience.Condition{Field: field, Op: audience.Least, N: &n}}, "anna")
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.TakeMembers(people); err != nil {
		tb.Fatal(err)
	}
}

// columns reads all files, as a manager's device does.
func columns(tb testing.TB, made *files.Files) *cube.Cube {
	tb.Helper()
	must := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	manifest, err := made.Manifest(tb.Context(), scope.All())
	must(err)
	data := cube.Data{Dims: &segment.Dims{}}
	for _, ref := range slices.Concat(manifest.Dims, manifest.Segments) {
		path, err := made.File(tb.Context(), scope.All(), ref.Hash)
		must(err)
		b, err := os.ReadFile(path)
		must(err)
		file, err := segment.Decode(b)
		must(err)
		if ref.Table != segment.TableSales {
			must(data.Dims.Add(file))
			continue
		}
		sales, err := segment.SalesOf(file)
		must(err)
		data.Sales = append(data.Sales, sales)
	}
	c, err := cube.New(data)
	must(err)
	return c
}

// asker draws queries over keys that the data has, and a few that it has not.
type asker struct {
	*rand.Rand
	keys map[cube.DimID][]string
}

func newAsker(tb testing.TB, c *cube.Cube) *asker {
	tb.Helper()
	a := &asker{Rand: rand.New(rand.NewPCG(20261122, 1)), keys: map[cube.DimID][]string{}}
	for _, dim := range cube.Dims() {
		if dim.Many {
			a.keys[dim.ID] = []string{"s1", "s2", "nowhere"}
			continue
		}
		r, err := c.Run(tb.Context(), cube.Query{Measures: []cube.MeasureID{cube.Revenue}, By: []cube.DimID{dim.ID}}, nil)
		if err != nil {
			tb.Fatal(err)
		}
		for _, row := range r.Rows {
			a.keys[dim.ID] = append(a.keys[dim.ID], row.Keys[0])
		}
		a.keys[dim.ID] = append(a.keys[dim.ID], "nowhere", "", "7")
	}
	return a
}

// some returns up to n different members of list.
func some[T any](a *asker, list []T, least, most int) []T {
	var out []T
	for _, i := range a.Perm(len(list))[:min(len(list), least+a.IntN(most-least+1))] {
		out = append(out, list[i])
	}
	return out
}

func (a *asker) date() string {
	day, _ := cube.ParseDay(lastDay)
	return (day - cube.EpochDay(a.IntN(110)) + 5).String()
}

func (a *asker) query() cube.Query {
	var measures []cube.MeasureID
	for _, m := range cube.Measures() {
		measures = append(measures, m.ID)
	}
	var dims, single []cube.DimID
	for _, d := range cube.Dims() {
		dims = append(dims, d.ID)
		if !d.Many {
			single = append(single, d.ID)
		}
	}
	q := cube.Query{Measures: some(a, measures, 1, 6), By: some(a, single, 0, cube.ByMax)}
	if a.IntN(3) > 0 {
		q.From, q.To = a.date(), a.date()
		if q.From > q.To {
			q.From, q.To = q.To, q.From
		}
		q.Compare = []cube.Compare{cube.NoCompare, cube.Previous, cube.LastYear, cube.Plan}[a.IntN(4)]
		q.Until = []int{0, 0, 12, 15}[a.IntN(4)]
	}
	for _, dim := range some(a, dims, 0, 2) {
		q.Where = append(q.Where, cube.Filter{Dim: dim, In: some(a, a.keys[dim], 0, 8), Not: a.IntN(2) == 0})
	}
	if a.IntN(2) == 0 {
		s := cube.Sort{Desc: a.IntN(2) == 0}
		if len(q.By) > 0 && a.IntN(3) == 0 {
			s.Dim = q.By[a.IntN(len(q.By))]
		} else {
			s.Measure = q.Measures[a.IntN(len(q.Measures))]
			s.Change = q.Compare != cube.NoCompare && a.IntN(2) == 0
		}
		q.Sort = []cube.Sort{s}
	}
	if a.IntN(3) > 0 {
		q.Limit, q.Rest = 1+a.IntN(12), a.IntN(2) == 0
	}
	return q
}

// TestColumnsEqualSQL asks both executors a thousand random questions.
func TestColumnsEqualSQL(t *testing.T) {
	w, c := newChain(t)
	a := newAsker(t, c)
	for _, dim := range []cube.DimID{cube.CustomerGroup, cube.Sex, cube.Age, cube.City, cube.Household, cube.Children, cube.Income, cube.Home, cube.Offers} {
		if len(a.keys[dim]) < 5 { // three are made up
			t.Errorf("the chain tells too little: %s is %q", dim, a.keys[dim])
		}
	}
	rows, filtered, rests, planned := 0, 0, 0, 0
	err := w.View(func(q warehouse.Querier) error {
		for n := range 1000 {
			query := a.query()
			want, err := c.Run(t.Context(), query, nil)
			if err != nil {
				return err
			}
			got, err := cubesql.Run(q, query)
			if err != nil {
				return err
			}
			if g, w := text(t, got), text(t, want); g != w {
				t.Fatalf("question %d: %s\nSQL\n%.2000s\ncolumns\n%.2000s", n, text(t, query), g, w)
			}
			rows += len(want.Rows)
			if len(query.Where) > 0 && len(want.Rows) > 0 {
				filtered++
			}
			if want.Rest != nil {
				rests++
			}
			if query.Compare == cube.Plan && slices.ContainsFunc(want.Total.Before, func(v cube.Value) bool { return v.OK }) {
				planned++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if rows < 30_000 || filtered < 200 || rests < 100 || planned < 20 {
		t.Errorf("only %d rows, %d filtered answers, %d rests, %d plans: the questions are too easy", rows, filtered, rests, planned)
	}
	t.Logf("%d rows, %d filtered answers, %d rests, %d plans", rows, filtered, rests, planned)
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestEmptyWarehouse(t *testing.T) {
	w, err := warehouse.Open(filepath.Join(t.TempDir(), "warehouse.db"))
	if err != nil {
		t.Fatal(err)
	}
	err = w.View(func(q warehouse.Querier) error {
		r, err := cubesql.Run(q, cube.Query{Measures: []cube.MeasureID{cube.Revenue, cube.AverageReceipt}, By: []cube.DimID{cube.Day}})
		if err == nil && (len(r.Rows) != 0 || r.From != "" || r.Total.Values[0] != cube.Some(0) || r.Total.Values[1].OK) {
			t.Errorf("got %s", text(t, r))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}

func TestBadQuery(t *testing.T) {
	if _, err := cubesql.Run(nil, cube.Query{}); err == nil {
		t.Error("a query without measures was answered")
	}
}
