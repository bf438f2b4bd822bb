package segment_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tillsight/server/device"
	"tillsight/server/segment"
	"tillsight/server/warehouse"
	"tillsight/server/warehouse/warehousetest"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/scope"
	shared "tillsight/shared/segment"
	"tillsight/shared/sqlite"
)

var start = time.Date(2026, 10, 30, 6, 0, 0, 0, time.UTC)

type registers []device.Device

func (r registers) List() ([]device.Device, error) { return r, nil }

// chain is a chain of two stores with everything from the till to the files.
type chain struct {
	t     *testing.T
	dir   string
	tape  *warehousetest.Tape
	ref   *warehousetest.Reference
	tills []*warehousetest.Till
	w     *warehouse.Warehouse
	files *segment.Files
	now   time.Time
	regs  registers
}

func newChain(t *testing.T) *chain {
	t.Helper()
	c := &chain{t: t, dir: t.TempDir(), tape: &warehousetest.Tape{}, ref: warehousetest.NewReference(t), now: start}
	c.tills = []*warehousetest.Till{
		warehousetest.NewTill(t, c.tape, "1", 1, 1, start),
		warehousetest.NewTill(t, c.tape, "1", 2, 2, start),
		warehousetest.NewTill(t, c.tape, "2", 1, 3, start),
	}
	for _, till := range c.tills {
		c.regs = append(c.regs, device.Device{ID: till.Device, Store: till.Store, Till: till.N})
	}
	var err error
	if c.w, err = warehouse.Open(filepath.Join(c.dir, "warehouse.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.w.Close(); err != nil {
			t.Error(err)
		}
	})
	c.open()
	return c
}

func (c *chain) open() {
	c.t.Helper()
	var err error
	c.files, err = segment.Open(filepath.Join(c.dir, "segments"), c.w, c.regs, func() time.Time { return c.now })
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *chain) refresh() {
	c.t.Helper()
	if err := c.w.Refer(c.ref); err != nil {
		c.t.Fatal(err)
	}
	if err := c.w.LoadAll(c.t.Context(), c.tape, nil); err != nil {
		c.t.Fatal(err)
	}
	if err := c.files.Refresh(c.t.Context()); err != nil {
		c.t.Fatal(err)
	}
}

// scopeOf is these stores, or of none the whole chain.
func scopeOf(stores []string) scope.Scope {
	if len(stores) == 0 {
		return scope.All()
	}
	return scope.Of(stores...)
}

func (c *chain) manifest(stores ...string) shared.Manifest {
	c.t.Helper()
	m, err := c.files.Manifest(c.t.Context(), scopeOf(stores))
	if err != nil {
		c.t.Fatal(err)
	}
	return m
}

// cube reads all files of a manifest, as a manager's device does.
func (c *chain) cube(stores ...string) *cube.Cube {
	c.t.Helper()
	m := c.manifest(stores...)
	data := cube.Data{Dims: &shared.Dims{}}
	for _, ref := range append(m.Dims, m.Segments...) {
		file := c.read(ref, stores, false)
		if ref.Table != shared.TableSales {
			if err := data.Dims.Add(file); err != nil {
				c.t.Fatal(err)
			}
			continue
		}
		s, err := shared.SalesOf(file)
		if err != nil {
			c.t.Fatal(err)
		}
		if s.Lines() != ref.Rows {
			c.t.Errorf("%s %s: %d lines, manifest says %d", ref.Store, ref.Month, s.Lines(), ref.Rows)
		}
		data.Sales = append(data.Sales, s)
	}
	made, err := cube.New(data)
	if err != nil {
		c.t.Fatal(err)
	}
	return made
}

func (c *chain) read(ref shared.Ref, stores []string, personal bool) shared.File {
	c.t.Helper()
	path, err := c.files.File(c.t.Context(), scopeOf(stores).WithPersonal(personal), ref.Hash)
	if err != nil {
		c.t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		c.t.Fatal(err)
	}
	if shared.Hash(b) != ref.Hash || int64(len(b)) != ref.Size {
		c.t.Errorf("%s: other bytes than its name says", ref.Hash)
	}
	file, err := shared.Decode(b)
	if err != nil {
		c.t.Fatal(err)
	}
	return file
}

// rows returns "key… value…" lines of a query.
func rows(t *testing.T, c *cube.Cube, q cube.Query) string {
	t.Helper()
	r, err := c.Run(t.Context(), q, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, row := range r.Rows {
		fmt.Fprintln(&out, strings.Join(row.Keys, " "), values(row))
	}
	return out.String()
}

func values(row cube.Row) string {
	var list []string
	for _, v := range row.Values {
		list = append(list, fmt.Sprint(v.N))
	}
	return strings.Join(list, " ")
}

func (c *chain) sql(text string) string {
	c.t.Helper()
	var out strings.Builder
	err := c.w.View(func(q warehouse.Querier) error {
		return q.Query(text, func(r sqlite.Row) error {
			fmt.Fprintln(&out, r.Text(0))
			return nil
		})
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return out.String()
}

// TestFilesEqualWarehouse follows the same sums from the warehouse's rows to
// what a manager's device computes.
func TestFilesEqualWarehouse(t *testing.T) {
	c := newChain(t)
	for range 4 {
		for _, till := range c.tills {
			till.Day(30)
		}
		c.refresh()
		made := c.cube()
		got := rows(t, made, cube.Query{
			Measures: []cube.MeasureID{cube.Revenue, cube.Discount, cube.Tax, cube.Cost, cube.Units},
			By:       []cube.DimID{cube.Store, cube.Day, cube.Kind},
		})
		want := c.sql(`SELECT r.store || ' ' || c.date || ' ' || iif(r.kind, 'return', 'sale') || ' ' || sum(l.net) || ' ' ||
				sum(l.discount) || ' ' || sum(l.tax) || ' ' || sum(l.cost) || ' ' || sum(l.quantity)
			FROM receipt r JOIN receipt_line l ON l.receipt = r.pos AND l.voided = 0 JOIN calendar c ON c.day = r.day
			GROUP BY r.store, c.date, r.kind ORDER BY r.store, c.date, iif(r.kind, 'return', 'sale')`)
		if got != want {
			t.Fatalf("got\n%swant\n%s", got, want)
		}
		got = rows(t, made, cube.Query{
			Measures: []cube.MeasureID{cube.Receipts, cube.Revenue},
			By:       []cube.DimID{cube.Cashier, cube.Till, cube.Customer},
			Where:    []cube.Filter{{Dim: cube.Kind, In: []string{cube.KindSale}}},
		})
		want = c.sql(`SELECT e.id || ' ' || r.store || '-' || t.n || ' ' || coalesce(k.id, '') || ' ' || count(*) || ' ' || sum(r.net)
			FROM receipt r JOIN till t ON t.key = r.till JOIN employee e ON e.key = r.cashier LEFT JOIN customer k ON k.key = r.customer
			WHERE r.kind = 0 GROUP BY e.id, r.store, t.n, k.id
			ORDER BY e.id, r.store, t.n, length(k.id), k.id`)
		if got != want {
			t.Fatalf("got\n%swant\n%s", got, want)
		}
		got = rows(t, made, cube.Query{Measures: []cube.MeasureID{cube.Revenue}, By: []cube.DimID{cube.Department, cube.Category, cube.Product}})
		want = c.sql(`SELECT iif(p.category = 'dairy', 'food', p.category) || ' ' || p.category || ' ' || p.sku || ' ' || sum(l.net)
			FROM receipt_line l JOIN product p ON p.key = l.product WHERE l.voided = 0 GROUP BY p.sku
			ORDER BY iif(p.category = 'dairy', 'food', p.category), p.category, p.sku`)
		if got != want {
			t.Fatalf("got\n%swant\n%s", got, want)
		}
	}
}

func hashes(m shared.Manifest, month, part string) map[string]string {
	found := map[string]string{}
	for _, ref := range m.Segments {
		if ref.Month == month && ref.Part == part {
			found[ref.Store] = ref.Hash
		}
	}
	return found
}

func TestOnlyWhatChangedIsMadeAnew(t *testing.T) {
	c := newChain(t)
	for range 5 {
		for _, till := range c.tills {
			till.Day(10)
		}
	}
	c.refresh()
	before := c.manifest()
	c.tills[0].Clock = start.Add(4 * 24 * time.Hour).Add(14 * time.Hour)
	c.tills[0].Sell("", "")
	c.refresh()
	after := c.manifest()
	if before.Hash == after.Hash {
		t.Fatal("the manifest did not change")
	}
	for _, ref := range after.Segments {
		same := hashes(before, ref.Month, ref.Part)[ref.Store] == ref.Hash
		if changed := ref.Store == "1" && ref.Part == "tail"; same == changed {
			t.Errorf("store %s, %s %q: same %v", ref.Store, ref.Month, ref.Part, same)
		}
	}
	// A fact that is four days late makes its own month anew, nothing else.
	c.tills[1].Clock = start
	c.tills[1].Sell("", "")
	c.refresh()
	late := c.manifest()
	if hashes(late, "2026-10", "")["1"] == hashes(after, "2026-10", "")["1"] {
		t.Error("the late sale is not in its month")
	}
	if hashes(late, "2026-10", "")["2"] != hashes(after, "2026-10", "")["2"] ||
		hashes(late, "2026-11", "")["1"] != hashes(after, "2026-11", "")["1"] {
		t.Error("another file changed too")
	}
	// After a restart nothing is made, and the same is told.
	c.open()
	c.refresh()
	if again := c.manifest(); again.Hash != late.Hash {
		t.Error("a restart changed the manifest")
	}
}

func TestRights(t *testing.T) {
	c := newChain(t)
	for _, till := range c.tills {
		till.Day(10)
	}
	c.refresh()
	all, own := c.manifest(), c.manifest("2")
	if len(own.Segments) != 1 || own.Segments[0].Store != "2" {
		t.Errorf("segments of store 2: %+v", own.Segments)
	}
	for _, ref := range all.Segments {
		_, err := c.files.File(t.Context(), scope.Of("2"), ref.Hash)
		if allowed := ref.Store == "2"; allowed != (err == nil) || !allowed && errcode.Of(err) != errcode.NotFound {
			t.Errorf("file of store %s: %v", ref.Store, err)
		}
	}
	made := c.cube("2")
	got := rows(t, made, cube.Query{Measures: []cube.MeasureID{cube.Receipts, cube.ReturnReceipts}, By: []cube.DimID{cube.Store}})
	want := c.sql(`SELECT store || ' ' || sum(kind = 0) || ' ' || sum(kind = 1) FROM receipt WHERE store = '2' GROUP BY store`)
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := c.files.File(t.Context(), scope.All(), strings.Repeat("0", 64)); errcode.Of(err) != errcode.NotFound {
		t.Errorf("unknown file: %v", err)
	}
}

func TestReplacedFilesStayForAWhile(t *testing.T) {
	c := newChain(t)
	c.tills[0].OpenShift()
	c.tills[0].Sell("", "")
	c.refresh()
	old := c.manifest("1").Segments[0].Hash
	c.tills[0].Sell("", "")
	c.refresh()
	path, err := c.files.File(t.Context(), scope.Of("1"), old)
	if err != nil {
		t.Fatalf("a download under way is cut: %v", err)
	}
	if _, err := c.files.File(t.Context(), scope.Of("2"), old); err == nil {
		t.Error("another store's manager gets it")
	}
	c.now = c.now.Add(time.Hour)
	c.tills[0].Sell("", "")
	c.refresh()
	for _, suffix := range []string{"", ".br", ".gz"} {
		if _, err := os.Stat(path + suffix); err == nil {
			t.Errorf("%s is still there", path+suffix)
		}
	}
}

func TestFreshness(t *testing.T) {
	c := newChain(t)
	c.tills[0].OpenShift()
	c.tills[0].Sell("", "")
	c.tills[1].Day(3) // closes its shift
	c.refresh()
	last := c.tills[0].Clock.UnixMilli()
	c.now = c.tills[0].Clock.Add(30 * time.Minute)
	c.regs[0].Seen = c.tills[0].Clock.UnixMilli()
	c.open()
	c.refresh()
	got := c.manifest("1").Freshness
	if got.Devices != 2 || len(got.Behind) != 1 || got.Behind[0].Till != 1 || got.Behind[0].UpTo != last {
		t.Errorf("got %+v", got)
	}
	c.regs[0].Seen = c.now.UnixMilli() // it speaks, and has nothing to say
	if got := c.manifest("1").Freshness; len(got.Behind) != 0 {
		t.Errorf("behind: %+v", got.Behind)
	}
	c.regs[0].Seen, c.regs[0].Revoked = 0, true
	if got := c.manifest("1").Freshness; got.Devices != 1 || len(got.Behind) != 0 {
		t.Errorf("revoked: %+v", got)
	}
}

// TestSaleIsTold: a sale in the journal changes the manifest by itself.
func TestSaleIsTold(t *testing.T) {
	c := newChain(t)
	c.tills[0].Sell("", "")
	c.refresh()
	ctx, stop := context.WithCancel(t.Context())
	failed := func(err error) { t.Error(err) }
	done := make(chan struct{}, 2)
	changed, cancel := c.files.Subscribe()
	defer cancel()
	go func() { c.w.Run(ctx, c.tape, c.ref, &warehousetest.Budget{}, time.Now, failed); done <- struct{}{} }()
	go func() { c.files.Run(ctx, failed); done <- struct{}{} }()
	<-changed // Run looks once at its start
	before := c.manifest().Hash
	c.tills[0].Sell("", "")
	c.tape.Post()
	for c.manifest().Hash == before {
		select {
		case <-changed:
		case <-time.After(10 * time.Second):
			t.Fatal("nothing was told")
		}
	}
	stop()
	<-done
	<-done
}

// TestBudgetByRight: plan figures and expenses go to who may see the store;
// what the chain spends only to who may see all of it.
func TestBudgetByRight(t *testing.T) {
	c := newChain(t)
	c.tills[0].Day(3)
	c.tills[2].Day(3)
	book := &warehousetest.Budget{
		N: 1,
		Plans: []shared.Plan{
			{Store: "1", Month: "2026-11", Measure: "revenue", Value: 100},
			{Store: "2", Month: "2026-11", Measure: "revenue", Value: 200},
		},
		Expenses: []shared.Expense{
			{Store: "", Month: "2026-11", Kind: "ads", Amount: 1}, {Store: "1", Month: "2026-11", Kind: "rent", Amount: 2},
			{Store: "2", Month: "2026-11", Kind: "rent", Amount: 4},
		},
	}
	told := func(stores ...string) string {
		t.Helper()
		if err := c.w.TakeBudget(book); err != nil {
			t.Fatal(err)
		}
		c.refresh()
		dims := &shared.Dims{}
		for _, ref := range c.manifest(stores...).Dims {
			if err := dims.Add(c.read(ref, stores, false)); err != nil {
				t.Fatal(err)
			}
		}
		return fmt.Sprint(dims.Plans, dims.Expenses)
	}
	if got, want := told("2"), fmt.Sprint(book.Plans[1:], book.Expenses[2:]); got != want {
		t.Errorf("the manager of store 2 is told %s, want %s", got, want)
	}
	if got, want := told(), fmt.Sprint(book.Plans, book.Expenses); got != want {
		t.Errorf("everybody's manager is told %s, want %s", got, want)
	}
	var chain string
	for _, ref := range c.manifest().Dims {
		if ref.Table == shared.TableExpense && ref.Store == "" {
			chain = ref.Hash
		}
	}
	book.N, book.Plans[1].Value, book.Expenses[0].Amount = 2, 250, 8
	if got, want := told("2"), fmt.Sprint(book.Plans[1:], book.Expenses[2:]); got != want {
		t.Errorf("after a change %s, want %s", got, want)
	}
	if _, err := c.files.File(t.Context(), scope.Of("2"), chain); errcode.Of(err) != errcode.NotFound {
		t.Errorf("the replaced file of the chain's expenses: %v", err)
	}
}
