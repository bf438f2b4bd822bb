package cube

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/errcode"
)

func toJSON(t interface{ Fatal(...any) }, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestColumnsAgainstReference asks random queries of random data in two ways.
func TestColumnsAgainstReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data, q := randomData(t), randomQuery(t)
		c, err := New(data)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.Run(context.Background(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		want, err := runReference(data, c, q)
		if err != nil {
			t.Fatal(err)
		}
		if g, w := toJSON(t, got), toJSON(t, want); g != w {
			t.Fatalf("query %s\n got %s\nwant %s", toJSON(t, q), g, w)
		}
	})
}

// TestListAddsUp is the promise of every report: the rows behind a number, with
// the rest, are the number.
func TestListAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data, q := randomData(t), randomQuery(t)
		q.Rest = true
		c, err := New(data)
		if err != nil {
			t.Fatal(err)
		}
		r, err := c.Run(context.Background(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(q.By) == 0 {
			return
		}
		rows := r.Rows
		if r.Rest != nil {
			rows = append(rows, *r.Rest)
		}
		for i, id := range q.Measures {
			m, _ := MeasureOf(id)
			if m.Additivity != Additive {
				continue
			}
			var sum, before int64
			compared := false
			for _, row := range rows {
				sum += row.Values[i].N
				if row.Before != nil {
					before += row.Before[i].N
					compared = compared || row.Before[i].OK // a plan is not made by product or hour
				}
			}
			if sum != r.Total.Values[i].N || compared && before != r.Total.Before[i].N {
				t.Fatalf("query %s: %s adds up to %d, total is %d", toJSON(t, q), id, sum, r.Total.Values[i].N)
			}
		}
	})
}

// TestSparseCells compares cells by hashing and customers by sorting, which
// large queries use, with the dense way.
func TestSparseCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data, q := randomData(t), randomQuery(t)
		q.Compare, q.Measures = NoCompare, []MeasureID{Customers, Receipts, Revenue}
		q.Sort = nil
		c, err := New(data)
		if err != nil {
			t.Fatal(err)
		}
		e := &columns{Cube: c, ctx: context.Background()}
		w, ok, err := newWindow(e, q)
		if !ok || err != nil {
			return
		}
		p, err := compile(c, w)
		if err != nil {
			t.Fatal(err)
		}
		m := mapper{dims: data.Dims, bounds: c.bounds}
		dense := newScan(e.ctx, p, data, m.customers(), nil)
		sparse := newScan(e.ctx, p, data, m.customers(), nil)
		sparse.places, sparse.buyers = newPlacing(), newPairs(2, m.customers(), false)
		for _, x := range []*scan{dense, sparse} {
			if err := x.run(data); err != nil {
				t.Fatal(err)
			}
		}
		want, got := dense.result(), sparse.result()
		byCell := map[int64][Bases]int64{}
		for i, n := range got.cells {
			byCell[n] = got.bases[i]
		}
		if len(got.cells) != len(want.cells) || got.total != want.total {
			t.Fatalf("got %d cells %v, want %d %v", len(got.cells), got.total, len(want.cells), want.total)
		}
		for i, n := range want.cells {
			if byCell[n] != want.bases[i] {
				t.Fatalf("cell %d: got %v, want %v", n, byCell[n], want.bases[i])
			}
		}
	})
}

func TestPlacingGrows(t *testing.T) {
	p := newPlacing()
	for round := range 2 {
		for i := range int64(50_000) {
			if got := p.of(i * 7919); got != i+1 {
				t.Fatalf("round %d: place of cell %d is %d, want %d", round, i*7919, got, i+1)
			}
		}
	}
}

func TestSortPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(rapid.Uint64()).Draw(t, "list")
		want := append([]uint64(nil), list...)
		for i := range want { // insertion sort, to be sure
			for k := i; k > 0 && want[k] < want[k-1]; k-- {
				want[k], want[k-1] = want[k-1], want[k]
			}
		}
		if sortPairs(list); !slices.Equal(list, want) {
			t.Fatalf("got %v, want %v", list, want)
		}
	})
}

func TestValidate(t *testing.T) {
	ok := Query{Measures: []MeasureID{Revenue}, By: []DimID{Day}, From: "2026-01-01", To: "2026-01-31"}
	cases := []struct {
		name, field string
		change      func(*Query)
	}{
		{"valid", "", func(*Query) {}},
		{"no measure", "measures", func(q *Query) { q.Measures = nil }},
		{"unknown measure", "measures", func(q *Query) { q.Measures = []MeasureID{"profit"} }},
		{"unknown dimension", "by", func(q *Query) { q.By = []DimID{"planet"} }},
		{"dimension twice", "by", func(q *Query) { q.By = []DimID{Day, Day} }},
		{"no date", "period", func(q *Query) { q.From = "2026-02-30" }},
		{"date before 1970", "period", func(q *Query) { q.From = "1969-12-31" }},
		{"backwards", "period", func(q *Query) { q.From = "2026-03-01" }},
		{"comparison without a period", "compare", func(q *Query) { q.From, q.Compare = "", Previous }},
		{"unknown comparison", "compare", func(q *Query) { q.Compare = "tomorrow" }},
		{"unknown filter", "where", func(q *Query) { q.Where = []Filter{{Dim: "planet"}} }},
		{"too many keys", "where", func(q *Query) { q.Where = []Filter{{Dim: Store, In: make([]string, KeysMax+1)}} }},
		{"sort by what is not asked", "sort", func(q *Query) { q.Sort = []Sort{{Measure: Cost}} }},
		{"change without comparison", "sort", func(q *Query) { q.Sort = []Sort{{Measure: Revenue, Change: true}} }},
		{"negative limit", "limit", func(q *Query) { q.Limit = -1 }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			q := ok
			c.change(&q)
			err := q.Validate()
			if c.field == "" && err == nil {
				return
			}
			if errcode.Of(err) != errcode.BadQuery || errcode.As(err).Data["field"] != c.field {
				t.Errorf("got %v, want a bad %q", err, c.field)
			}
		})
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := sample(t)
	if _, err := c.Run(ctx, Query{Measures: []MeasureID{Revenue}}, nil); errcode.Of(err) != errcode.Cancelled {
		t.Errorf("got %v, want cancelled", err)
	}
}

func sample(t *testing.T) *Cube {
	t.Helper()
	data := rapid.Custom(randomData).Filter(func(d Data) bool {
		n := 0
		for _, s := range d.Sales {
			n += s.Receipts()
		}
		return n > 0
	}).Example(1)
	c, err := New(data)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestKeys(t *testing.T) {
	day, err := ParseDay("2026-01-01") // a Thursday
	if err != nil {
		t.Fatal(err)
	}
	want := map[DimID]string{Day: "2026-01-01", Week: "2026-W01", Month: "2026-01", Quarter: "2026-Q1", Year: "2026", Weekday: "4"}
	for id, key := range want {
		if got := day.Key(id); got != key {
			t.Errorf("%s: got %s, want %s", id, got, key)
		}
	}
	// ISO 8601: 2027-01-01 is a Friday of week 53 of 2026.
	if got := (day + 365).Key(Week); got != "2026-W53" {
		t.Errorf("got %s, want 2026-W53", got)
	}
}

func TestNatural(t *testing.T) {
	ordered := []string{"", "2", "3", "03", "3-2", "3-10", "12", "a", "a2", "a10"}
	for i, a := range ordered {
		for k, b := range ordered {
			got := Natural(a, b)
			if (got < 0) != (i < k) && !(a == "3" && b == "03" || a == "03" && b == "3") || (got == 0) != (a == b) {
				t.Errorf("Natural(%q, %q) = %d", a, b, got)
			}
		}
	}
}

func TestValueJSON(t *testing.T) {
	for _, v := range []Value{{}, Some(0), Some(-12345678901234)} {
		var back Value
		if err := json.Unmarshal([]byte(toJSON(t, v)), &back); err != nil || back != v {
			t.Errorf("%+v came back as %+v, %v", v, back, err)
		}
	}
}

// TestWatchedListsAreCancelled ends a list from within: what watches its context
// hears of the work, and the list ends with it.
func TestWatchedListsAreCancelled(t *testing.T) {
	c := sample(t)
	heard := 0
	ctx, cancel := context.WithCancel(t.Context())
	watching := Watched(ctx, func(done, total int) {
		heard++
		cancel()
	})
	if _, err := c.List(watching, Drill{Measure: Revenue}); errcode.Of(err) != errcode.Cancelled || heard != 1 {
		t.Errorf("heard %d times, %v", heard, err)
	}
	if _, err := c.Run(Watched(ctx, func(int, int) {}), Query{Measures: []MeasureID{Revenue}}, nil); errcode.Of(err) != errcode.Cancelled {
		t.Errorf("a query under a cancelled context: %v", err)
	}
}
