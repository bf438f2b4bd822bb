package report_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
	"tillsight/shared/segment"
)

const buyers = 12

// chain draws a store's sales of four months to known and unknown customers.
func chain(t *rapid.T) *cube.Cube {
	d := &segment.Dims{
		Stores: []segment.Store{{ID: "1"}}, Tills: []segment.Till{{ID: "1-1", Store: "1", N: 1}}, Cashiers: []segment.Cashier{{ID: "e1"}},
		Segments: []segment.Segment{{ID: "odd"}, {ID: "low"}}, Members: [][]int32{{1, 3, 5, 7, 9, 11}, {0, 1, 2}},
		Products: []segment.Product{{SKU: "7", Category: -1}, {SKU: "8", Category: -1}, {SKU: "9", Category: -1}},
	}
	for i := range buyers {
		d.Customers = append(d.Customers, segment.Customer{
			ID: fmt.Sprintf("c%d", i), Sex: []string{"f", "m", ""}[i%3], Birth: []int32{1990, 1960, 0, 2002}[i%4], City: "Tver",
			Since: []int64{0, 1_768_000_000_000, 1_772_000_000_000}[i%3], Known: i%3 > 0,
		})
		d.People = append(d.People, segment.Person{Name: fmt.Sprintf("Name %d", i)})
	}
	data := cube.Data{Dims: d}
	for _, month := range []string{"2026-01", "2026-02", "2026-03", "2026-04"} {
		data.Sales = append(data.Sales, sales(t, month))
	}
	c, err := cube.New(data)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func sales(t *rapid.T, month string) *segment.Sales {
	start, err := cube.ParseDay(month + "-01")
	if err != nil {
		t.Fatal(err)
	}
	s := &segment.Sales{Store: "1", Month: month, First: []uint32{0}}
	var net []int64
	for n := range rapid.IntRange(0, 25).Draw(t, "receipts") {
		day := rapid.IntRange(0, 27).Draw(t, "day")
		kind := rapid.SampledFrom([]uint8{0, 0, 0, 0, 1}).Draw(t, "kind")
		amount := rapid.Int64Range(0, 5000).Draw(t, "amount")
		if kind == segment.KindReturn {
			amount = -amount
		}
		s.At, s.Day, s.Hour = append(s.At, (uint32(start)+uint32(day))*86400+uint32(n)), append(s.Day, uint16(start)+uint16(day)), append(s.Hour, 12)
		s.Kind, s.Till, s.Cashier = append(s.Kind, kind), append(s.Till, 0), append(s.Cashier, 0)
		s.Customer, s.Number = append(s.Customer, int32(rapid.IntRange(-1, buyers-1).Draw(t, "customer"))), append(s.Number, int32(n))
		s.Product, s.First = append(s.Product, int32(rapid.IntRange(0, 2).Draw(t, "product"))), append(s.First, uint32(n+1))
		net = append(net, amount)
	}
	all := segment.MakeInts(net)
	s.Price, s.Line = all, segment.Amounts{Quantity: all, Net: all, Discount: all, Tax: part(net, 10), Cost: part(net, 2)}
	s.Sum = s.Line
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	return s
}

// part is values divided by n, but for every fifth, which is dearer than its price.
func part(values []int64, n int64) segment.Ints {
	out := make([]int64, len(values))
	for i, v := range values {
		out[i] = v / n
		if i%5 == 0 {
			out[i] = v * 2
		}
	}
	return segment.MakeInts(out)
}

// filters draws none or some conditions.
func filters(t *rapid.T) (where []cube.Filter) {
	if rapid.Bool().Draw(t, "goods") {
		where = append(where, cube.Filter{Dim: cube.Product, In: []string{"7", "9"}})
	}
	switch rapid.IntRange(0, 3).Draw(t, "whose") {
	case 1:
		where = append(where, cube.Filter{Dim: cube.Sex, In: []string{"f"}})
	case 2:
		where = append(where, cube.Filter{Dim: cube.Segment, In: []string{"odd"}, Not: rapid.Bool().Draw(t, "not")})
	}
	return where
}

func ask(t *rapid.T, c *cube.Cube, q cube.Query) *cube.Result {
	r, err := c.Run(t.Context(), q, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRFMAddsUp: segments, grid, lists and moves count the same customers.
func TestRFMAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, where := chain(t), filters(t)
		r, err := report.RFMOf(t.Context(), c, report.RFMRequest{To: "2026-04-15", Before: "2026-03-10", Where: where})
		if err != nil {
			t.Fatal(err)
		}
		want := ask(t, c, cube.Query{Measures: []cube.MeasureID{cube.Customers}, From: r.From, To: r.To, Where: where}).Total.Values[0].N
		grid, sum, money := 0, 0, int64(0)
		for i, row := range r.Grid {
			for j := range row {
				grid += r.Grid[i][j]
			}
		}
		for i, s := range r.Segments {
			people, err := report.People(t.Context(), c, report.PeopleRequest{RFMRequest: report.RFMRequest{To: r.To, Where: where}, Segment: s.ID})
			if err != nil || len(people) != s.Customers {
				t.Fatalf("%s: %d listed, %d counted, %v", s.ID, len(people), s.Customers, err)
			}
			var listed int64
			arrived := 0
			for _, p := range people {
				listed += p.Revenue
			}
			for _, from := range r.Before.Moves {
				arrived += from[i]
			}
			if listed != s.Revenue || arrived != s.Customers {
				t.Fatalf("%s: %d listed, %d in all, %d arrived of %d", s.ID, listed, s.Revenue, arrived, s.Customers)
			}
			left := 0
			for _, n := range r.Before.Moves[i] {
				left += n
			}
			if left != r.Before.Segments[i] {
				t.Fatalf("%s: %d went somewhere, %d were there", s.ID, left, r.Before.Segments[i])
			}
			sum, money = sum+s.Customers, money+s.Revenue
		}
		if int64(r.Customers) != want || grid != r.Customers || sum != r.Customers || money != r.Revenue {
			t.Fatalf("%d customers, cube %d, grid %d, segments %d; revenue %d of %d", r.Customers, want, grid, sum, money, r.Revenue)
		}
	})
}

// TestMonthsAddUp: cohorts and the base count the customers of each month as the cube does.
func TestMonthsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, where := chain(t), filters(t)
		r := report.BaseRequest{To: "2026-04-20", Where: where}
		cohorts, err := report.CohortsOf(t.Context(), c, report.CohortRequest{To: r.To, Where: where})
		if err != nil {
			t.Fatal(err)
		}
		base, err := report.BaseOf(t.Context(), c, r)
		if err != nil {
			t.Fatal(err)
		}
		active := map[string]int{}
		for i, m := range base.Months {
			active[m.Month] = m.Active
			if i > 0 && m.Active-base.Months[i-1].Active != m.New+m.Returned-m.Lost {
				t.Fatalf("%s does not follow from the month before: %+v", m.Month, base.Months)
			}
		}
		months := []string{"2026-01", "2026-02", "2026-03", "2026-04"}
		counted := map[string]int{}
		for _, row := range cohorts.Rows {
			at := slices.Index(months, row.Period)
			for k, n := range row.Counts {
				counted[months[min(at+k, 3)]] += n
			}
		}
		for _, row := range ask(t, c, cube.Query{Measures: []cube.MeasureID{cube.Customers}, By: []cube.DimID{cube.Month}, To: r.To, Where: where}).Rows {
			if n := int(row.Values[0].N); active[row.Keys[0]] != n || counted[row.Keys[0]] != n {
				t.Fatalf("%s: cube %d, base %d, cohorts %d", row.Keys[0], n, active[row.Keys[0]], counted[row.Keys[0]])
			}
		}
	})
}

func TestABCAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chain(t)
		item := rapid.SampledFrom([]cube.DimID{cube.Product, cube.Customer}).Draw(t, "item")
		s := cube.Slice{From: "2026-01-01", To: rapid.SampledFrom([]string{"2026-01-31", "2026-04-30"}).Draw(t, "to"), Where: filters(t)}
		r, err := report.ABCOf(t.Context(), c, report.ABCRequest{Slice: s, Item: item})
		if err != nil {
			t.Fatal(err)
		}
		if item == cube.Customer {
			s.Where = append(s.Where, cube.Filter{Dim: cube.Customer, In: []string{""}, Not: true})
		}
		want := ask(t, c, cube.Query{Measures: []cube.MeasureID{cube.Revenue}, From: s.From, To: s.To, Where: s.Where}).Total.Values[0].N
		items, cells, rows := 0, int64(0), int64(0)
		for _, class := range r.Cells {
			for _, cell := range class {
				items, cells = items+cell.Items, cells+cell.Revenue
			}
		}
		for _, row := range r.Rows {
			rows += row.Revenue
			if (row.Variation >= 0) && r.Weeks < r.Few {
				t.Fatalf("%d weeks say how even %s is", r.Weeks, row.Key)
			}
		}
		if items != r.Items || len(r.Rows) != r.Items || cells != want || rows != want || r.Revenue != want {
			t.Fatalf("%d items, %d in classes, %d listed; %d in classes, %d listed, %d in all", r.Items, items, len(r.Rows), cells, rows, want)
		}
	})
}

func TestBadRequests(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chain(t)
		if _, err := report.RFMOf(t.Context(), c, report.RFMRequest{To: "today"}); err == nil {
			t.Error("a date that is none")
		}
		if _, err := report.ABCOf(t.Context(), c, report.ABCRequest{Item: cube.Hour}); errcode.Of(err) != errcode.BadQuery {
			t.Errorf("ABC of hours: %v", err)
		}
	})
}
