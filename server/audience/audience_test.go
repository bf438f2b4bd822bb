package audience_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	kept "tillsight/server/audience"
	"tillsight/server/warehouse"
	"tillsight/server/warehouse/warehousetest"
	"tillsight/shared/audience"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
)

var start = time.Date(2026, 10, 30, 6, 0, 0, 0, time.UTC)

// office is a chain of two tills with its warehouse and segments.
type office struct {
	t     testing.TB
	tape  *warehousetest.Tape
	ref   *warehousetest.Reference
	tills []*warehousetest.Till
	w     *warehouse.Warehouse
	db    *sqlite.DB
	s     *kept.Segments
	now   time.Time
}

func open(t testing.TB, dir string) *office {
	t.Helper()
	o := &office{t: t, tape: &warehousetest.Tape{}, ref: warehousetest.NewReference(t), now: start}
	o.tills = []*warehousetest.Till{
		warehousetest.NewTill(t, o.tape, "1", 1, 1, start), warehousetest.NewTill(t, o.tape, "2", 1, 2, start),
	}
	var err error
	if o.w, err = warehouse.Open(filepath.Join(dir, "warehouse.db")); err != nil {
		t.Fatal(err)
	}
	if o.db, err = sqlite.Open(filepath.Join(dir, "office.db"), sqlite.Options{Pragmas: []string{"synchronous=OFF"}}); err != nil {
		t.Fatal(err)
	}
	o.s = o.segments()
	return o
}

// segments opens the segments as after a start of the server: nothing was
// looked at yet.
func (o *office) segments() *kept.Segments {
	o.t.Helper()
	s, err := kept.Open(o.db, o.w, func() time.Time { return o.now }, func() *time.Location { return time.UTC })
	o.must(err)
	return s
}

func (o *office) close() { o.must(errors.Join(o.db.Close(), o.w.Close())) }

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) load() {
	o.t.Helper()
	o.must(o.w.Refer(o.ref))
	o.must(o.w.LoadAll(o.t.Context(), o.tape, nil))
	o.must(o.s.Refresh(o.t.Context()))
}

func (o *office) save(d audience.Definition) audience.Definition {
	o.t.Helper()
	if d.Name.RU == "" {
		d.Name = catalogue.Text{RU: "Сегмент"}
	}
	saved, err := o.s.Save(o.t.Context(), d, "anna")
	o.must(err)
	return saved
}

// members says who is in a segment.
func (o *office) members(id string) string {
	o.t.Helper()
	page, err := o.s.Members(id, 0, 1000)
	o.must(err)
	var list []string
	for _, m := range page.Members {
		list = append(list, m.Customer)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

func number(n int64) *int64 { return &n }

func least(field audience.Field, n int64, days int) audience.Condition {
	return audience.Condition{Field: field, Op: audience.Least, N: &n, Days: days}
}

// TestStays: a customer enters when his purchases make the condition true,
// leaves when time makes it false, and both say why.
func TestStays(t *testing.T) {
	o := open(t, t.TempDir())
	defer o.close()
	till := o.tills[0]
	till.Enrol("c1", "card1")
	till.Enrol("c2", "card2")
	o.load()
	recent := o.save(audience.Definition{Live: true, Where: audience.Condition{All: []audience.Condition{
		least(audience.Receipts, 2, 0), {Field: audience.Recency, Op: audience.Most, N: number(3)},
	}}})
	if got := o.members(recent.ID); got != "" {
		t.Fatalf("at first %q", got)
	}
	till.Sell("c1", "")
	till.Sell("c1", "")
	till.Sell("c2", "")
	o.now = o.now.Add(time.Hour)
	o.load()
	if got := o.members(recent.ID); got != "c1" {
		t.Fatalf("after two purchases %q", got)
	}
	o.now = start.AddDate(0, 0, 10)
	o.must(o.s.Refresh(t.Context()))
	history, err := o.s.History("c1", 0)
	if err != nil || len(history) != 1 || history[0].Left != o.now.UnixMilli() || history[0].Entered != start.Add(time.Hour).UnixMilli() {
		t.Fatalf("history %+v, %v", history, err)
	}
	if why := history[0].Why; len(why) != 2 || *why[0].N < 2 || *why[1].N != 0 {
		t.Errorf("entered because %+v", why)
	}
	if why := history[0].WhyLeft; len(why) != 2 || *why[1].N < 9 {
		t.Errorf("left because %+v", why)
	}
	for at, want := range map[time.Time]int{start: 0, start.Add(time.Hour): 1, start.AddDate(0, 0, 9): 1, o.now: 0} {
		then, err := o.s.History("c1", at.UnixMilli())
		if err != nil || len(then) != want {
			t.Errorf("in %d segments at %v, want %d (%v)", len(then), at, want, err)
		}
	}
	list, err := o.s.List()
	if err != nil || len(list) != 1 || list[0].Size != 0 || list[0].Entered != 1 || list[0].Left != 1 {
		t.Errorf("listed %+v, %v", list, err)
	}
}

// TestStatic: a segment that is not live keeps who was in it.
func TestStatic(t *testing.T) {
	dir := t.TempDir()
	o := open(t, dir)
	defer o.close()
	o.tills[0].Sell("c1", "")
	o.load()
	fixed := o.save(audience.Definition{Where: least(audience.Receipts, 1, 0)})
	o.tills[0].Sell("c2", "")
	o.load()
	o.s = o.segments()
	o.load()
	if got := o.members(fixed.ID); got != "c1" {
		t.Errorf("in it are %q", got)
	}
	again := fixed
	if again = o.save(again); o.members(again.ID) != "c1 c2" || again.Version != 2 {
		t.Errorf("saved again: %q, version %d", o.members(again.ID), again.Version)
	}
	if _, err := o.s.Save(t.Context(), fixed, "boris"); errcode.Of(err) != errcode.Conflict {
		t.Errorf("saved over another's change: %v", err)
	}
	retired, err := o.s.Retire(t.Context(), again.ID, again.Version, "anna")
	if err != nil || !retired.Retired || o.members(again.ID) != "" {
		t.Errorf("retired %+v, %v, in it %q", retired, err, o.members(again.ID))
	}
}

// randomCondition draws a condition over what the test chain has.
func randomCondition(t *rapid.T, depth int) audience.Condition {
	if depth > 0 && rapid.IntRange(0, 2).Draw(t, "tree") > 0 {
		parts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) audience.Condition { return randomCondition(t, depth-1) }), 1, 3).Draw(t, "parts")
		switch rapid.IntRange(0, 2).Draw(t, "join") {
		case 0:
			return audience.Condition{All: parts}
		case 1:
			return audience.Condition{Any: parts}
		}
		return audience.Condition{Not: &parts[0]}
	}
	d := rapid.SampledFrom(audience.Fields()).Draw(t, "field")
	c := audience.Condition{Field: d.Field, Op: rapid.SampledFrom(d.Kind.Ops()).Draw(t, "op")}
	if d.Window {
		c.Days = rapid.SampledFrom([]int{0, 1, 3, 30}).Draw(t, "days")
	}
	switch d.Kind {
	case audience.Number:
		c.N = number(int64(rapid.IntRange(0, 6).Draw(t, "n")))
	case audience.Money:
		c.N = number(int64(rapid.IntRange(0, 300_000).Draw(t, "money")))
	case audience.Truth:
		yes := rapid.Bool().Draw(t, "yes")
		c.Yes = &yes
	default:
		c.Text = rapid.SliceOfN(rapid.SampledFrom([]string{"1", "2", "f", "m", "Kazan", "101", "102", "c0", "c1", "dairy", "champions", "new", "owner"}), 1, 4).Draw(t, "text")
	}
	return c
}

// TestIncrementalEqualsRebuild: looking only at who changed finds the same
// members as looking at everybody.
func TestIncrementalEqualsRebuild(outer *testing.T) {
	rapid.Check(outer, func(t *rapid.T) {
		o := open(outer, outer.TempDir())
		defer o.close()
		o.load()
		var ids []string
		for range rapid.IntRange(1, 3).Draw(t, "segments") {
			ids = append(ids, o.save(audience.Definition{Live: true, Where: randomCondition(t, 2)}).ID)
		}
		for range rapid.IntRange(1, 4).Draw(t, "loads") {
			till := rapid.SampledFrom(o.tills).Draw(t, "till")
			for range rapid.IntRange(0, 6).Draw(t, "facts") {
				who := fmt.Sprint("c", rapid.IntRange(0, 5).Draw(t, "who"))
				switch rapid.IntRange(0, 3).Draw(t, "what") {
				case 0:
					till.Enrol(who, "card"+who)
				case 1:
					till.Sell("", "card"+who)
				default:
					till.Sell(who, "")
				}
			}
			if rapid.Bool().Draw(t, "next day") {
				o.now = o.now.AddDate(0, 0, rapid.IntRange(1, 4).Draw(t, "days"))
				till.Clock = o.now
			}
			o.now = o.now.Add(time.Minute)
			o.load()
		}
		var incremental, whole []string
		for _, id := range ids {
			incremental = append(incremental, o.members(id))
		}
		o.s = o.segments()
		o.load()
		for _, id := range ids {
			whole = append(whole, o.members(id))
		}
		if !slices.Equal(incremental, whole) {
			list, _ := o.s.List()
			b, _ := json.Marshal(list)
			t.Fatalf("by changes %q, whole %q: %s", incremental, whole, b)
		}
	})
}

// TestTry counts and shows without keeping.
func TestTry(t *testing.T) {
	o := open(t, t.TempDir())
	defer o.close()
	o.tills[0].Sell("c1", "")
	o.tills[1].Sell("c2", "")
	o.load()
	tried, err := o.s.Try(t.Context(), audience.Condition{Field: audience.Visited, Op: audience.In, Text: []string{"2"}})
	if err != nil || tried.Count != 1 || tried.Of != 2 || len(tried.Sample) != 1 || tried.Sample[0].Customer != "c2" {
		t.Errorf("tried %+v, %v", tried, err)
	}
	tried, err = o.s.Try(t.Context(), audience.Condition{All: []audience.Condition{{Field: "luck", Op: "="}, {}}})
	if err != nil || len(tried.Problems) != 2 || tried.Problems[0].Path != "where.all[0].field" || tried.Problems[1].Path != "where.all[1]" {
		t.Errorf("tried %+v, %v", tried, err)
	}
}

// TestWarehouseTakesMembers: what the warehouse holds of segments follows.
func TestWarehouseTakesMembers(t *testing.T) {
	o := open(t, t.TempDir())
	defer o.close()
	o.tills[0].Sell("c1", "")
	o.load()
	d := o.save(audience.Definition{Live: true, Tills: true, Where: least(audience.Receipts, 1, 3)})
	take := func(want string) {
		t.Helper()
		o.must(o.w.TakeMembers(o.s))
		var got string
		o.must(o.w.View(func(q warehouse.Querier) error {
			return q.Query(`SELECT coalesce(group_concat(u.id || ' ' || (m.left = 0), ', '), '')
				FROM segment_member m JOIN customer u ON u.key = m.customer JOIN ref_segment s ON s.id = m.segment`, func(r sqlite.Row) error {
				got = r.Text(0)
				return nil
			})
		}))
		if got != want {
			t.Errorf("the warehouse holds %q, want %q", got, want)
		}
	}
	take("c1 1")
	of, all, err := o.s.Tills()
	if err != nil || !slices.Equal(of["c1"], []string{d.ID}) || !all[d.ID] {
		t.Errorf("tills are told %v, %v, %v", of, all, err)
	}
	o.now = o.now.AddDate(0, 0, 7)
	o.load()
	take("c1 0")
	take("c1 0")
}
