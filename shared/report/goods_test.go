package report_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/report"
	"tillsight/shared/segment"
)

// shop draws two stores' sales of three months, with what was taken off, given
// up, planned and spent.
func shop(t *rapid.T) *cube.Cube {
	d := &segment.Dims{
		Stores:   []segment.Store{{ID: "1", Region: "Тверская", Lat: 56_859_000, Lon: 35_911_000}, {ID: "2", Region: "Москва"}},
		Tills:    []segment.Till{{ID: "1-1", Store: "1", N: 1}, {ID: "2-1", Store: "2", N: 1}},
		Cashiers: []segment.Cashier{{ID: "101", Name: "Анна", Store: "1"}, {ID: "102", Store: "1"}, {ID: "201", Store: "2"}},
		Categories: []segment.Category{
			{ID: "food", Parent: -1}, {ID: "milk", Parent: 0}, {ID: "home", Parent: -1},
		},
		Products:  []segment.Product{{SKU: "7", Category: 1}, {SKU: "8", Category: 0}, {SKU: "9", Category: 2}, {SKU: "10", Category: -1}},
		Customers: []segment.Customer{{ID: "c0", Group: "gold"}, {ID: "c1"}, {ID: "c2", Group: "gold"}},
		Rules: []segment.Rule{{ID: "spring", Name: catalogue.Text{RU: "Весна"}}, {ID: "old", Marked: true},
			{ID: pricing.RuleManual}, {ID: pricing.RuleReceipt}},
	}
	for _, store := range []string{"", "1", "2"} {
		for _, month := range []string{"2026-01", "2026-02", "2026-03"} {
			if rapid.Bool().Draw(t, "spent") {
				d.Expenses = append(d.Expenses, segment.Expense{Store: store, Month: month, Kind: rapid.SampledFrom([]string{"rent", "wages"}).Draw(t, "kind"),
					Amount: money.Amount(rapid.Int64Range(0, 900_000).Draw(t, "amount"))})
			}
			if store != "" {
				d.Plans = append(d.Plans, segment.Plan{Store: store, Month: month, Measure: string(cube.Revenue), Value: 1_000_000})
			}
		}
	}
	data := cube.Data{Dims: d}
	for i, store := range []string{"1", "2"} {
		for _, month := range []string{"2026-01", "2026-02", "2026-03"} {
			data.Sales = append(data.Sales, shopSales(t, uint16(i), store, month))
		}
	}
	c, err := cube.New(data)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func shopSales(t *rapid.T, till uint16, store, month string) *segment.Sales {
	start, err := cube.ParseDay(month + "-01")
	if err != nil {
		t.Fatal(err)
	}
	s := &segment.Sales{Store: store, Month: month, First: []uint32{0}}
	var line, sum [5][]int64
	var cuts []int64
	for n := range rapid.IntRange(0, 14).Draw(t, "receipts") {
		day := rapid.IntRange(0, 27).Draw(t, "day")
		kind, sign := rapid.SampledFrom([]uint8{0, 0, 0, 0, 1}).Draw(t, "kind"), int64(1)
		if kind == segment.KindReturn {
			sign = -1
		}
		s.At, s.Day, s.Hour = append(s.At, (uint32(start)+uint32(day))*86400+uint32(n)), append(s.Day, uint16(start)+uint16(day)), append(s.Hour, 12)
		s.Kind, s.Till, s.Cashier = append(s.Kind, kind), append(s.Till, till), append(s.Cashier, uint16(rapid.IntRange(0, 2).Draw(t, "cashier")))
		s.Customer, s.Number = append(s.Customer, int32(rapid.IntRange(-1, 2).Draw(t, "customer"))), append(s.Number, int32(n))
		s.Took, s.Voided = append(s.Took, uint32(rapid.IntRange(0, 90_000).Draw(t, "took"))), append(s.Voided, uint16(rapid.IntRange(0, 2).Draw(t, "voided")))
		for i := range sum {
			sum[i] = append(sum[i], 0)
		}
		for range rapid.IntRange(1, 3).Draw(t, "lines") {
			quantity, price := rapid.Int64Range(1, 9).Draw(t, "quantity"), rapid.Int64Range(1, 9_000).Draw(t, "price")
			var off int64
			for range rapid.IntRange(0, 2).Draw(t, "cuts") {
				cut := rapid.Int64Range(0, price*quantity/3).Draw(t, "cut")
				s.Cut.Line, s.Cut.Rule = append(s.Cut.Line, uint32(len(s.Product))), append(s.Cut.Rule, int32(rapid.IntRange(0, 3).Draw(t, "rule")))
				cuts, off = append(cuts, sign*cut), off+cut
			}
			net := price*quantity - off
			cost := rapid.SampledFrom([]int64{0, net / 2, net / 3}).Draw(t, "cost")
			s.Product = append(s.Product, int32(rapid.IntRange(0, 3).Draw(t, "product")))
			for i, v := range []int64{quantity * 1000, net, off, net / 6, cost} {
				line[i], sum[i][n] = append(line[i], sign*v), sum[i][n]+sign*v
			}
		}
		s.First = append(s.First, uint32(len(s.Product)))
	}
	s.Price = segment.MakeInts(append([]int64{}, line[1]...))
	s.Cut.Amount = segment.MakeInts(cuts)
	for i, place := range []*segment.Ints{&s.Line.Quantity, &s.Line.Net, &s.Line.Discount, &s.Line.Tax, &s.Line.Cost} {
		*place = segment.MakeInts(line[i])
	}
	for i, place := range []*segment.Ints{&s.Sum.Quantity, &s.Sum.Net, &s.Sum.Discount, &s.Sum.Tax, &s.Sum.Cost} {
		*place = segment.MakeInts(sum[i])
	}
	for range rapid.IntRange(0, 2).Draw(t, "lost") {
		s.Lost.Day, s.Lost.Hour = append(s.Lost.Day, uint16(start)+3), append(s.Lost.Hour, 12)
		s.Lost.Till, s.Lost.Cashier = append(s.Lost.Till, till), append(s.Lost.Cashier, 1)
		s.Lost.Total.N32 = append(s.Lost.Total.N32, 700)
	}
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	return s
}

// slice draws a period and none or one condition of any kind.
func slice(t *rapid.T) cube.Slice {
	s := cube.Slice{
		From: fmt.Sprintf("2026-02-%02d", rapid.IntRange(1, 20).Draw(t, "from")),
		To:   rapid.SampledFrom([]string{"2026-02-28", "2026-03-15", "2026-03-31"}).Draw(t, "to"),
	}
	s.Where = rapid.SampledFrom([][]cube.Filter{
		nil, {{Dim: cube.Store, In: []string{"2"}}}, {{Dim: cube.Region, In: []string{"Тверская"}, Not: true}},
		{{Dim: cube.Product, In: []string{"7", "9"}}}, {{Dim: cube.Department, In: []string{"food"}}},
		{{Dim: cube.Customer, In: []string{""}, Not: true}}, {{Dim: cube.Cashier, In: []string{"102", "201"}}},
	}).Draw(t, "where")
	return s
}

// total asks the cube for measures of a slice.
func total(t *rapid.T, c *cube.Cube, s cube.Slice, measures ...cube.MeasureID) []int64 {
	r := ask(t, c, cube.Query{Measures: measures, From: s.From, To: s.To, Where: s.Where})
	var list []int64
	for _, v := range r.Total.Values {
		list = append(list, v.N)
	}
	return list
}

// TestGrowthAddsUp: the parts are the change of revenue, and so are the drivers.
func TestGrowthAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, s := shop(t), slice(t)
		by := rapid.SampledFrom([]cube.DimID{cube.Store, cube.Category, cube.Product, cube.Cashier, cube.CustomerGroup}).Draw(t, "by")
		r, err := report.GrowthOf(t.Context(), c, report.GrowthRequest{Slice: s, Against: report.Against{Compare: cube.Previous}, By: by})
		if err != nil {
			t.Fatal(err)
		}
		before := s
		before.From, before.To = r.Before.From, r.Before.To
		now, then := total(t, c, s, cube.Revenue)[0], total(t, c, before, cube.Revenue)[0]
		var drivers int64
		for _, d := range r.Drivers {
			drivers += d.Now - d.Then
		}
		if r.Now.Revenue != now || r.Then.Revenue != then || r.Parts.Sum()+r.Returns != now-then || drivers != now-then {
			t.Fatalf("from %d to %d: parts %+v and returns %d, drivers %d", then, now, r.Parts, r.Returns, drivers)
		}
	})
}

// TestOrdersAddUp: the groups are all receipts, wherever the borders are.
func TestOrdersAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, s := shop(t), slice(t)
		borders := rapid.SampledFrom([][]int64{nil, {}, {5000}, {1, 20_000, 30_000}}).Draw(t, "borders")
		r, err := report.OrdersOf(t.Context(), c, report.OrdersRequest{Slice: s, Borders: borders})
		if err != nil {
			t.Fatal(err)
		}
		only := s
		only.Where = append(slices.Clone(s.Where), cube.Filter{Dim: cube.Kind, In: []string{cube.KindSale}})
		want := total(t, c, only, cube.Receipts, cube.Sales, cube.Margin, cube.Discount)
		var got [4]int64
		for _, g := range r.Groups {
			for i, v := range []int64{g.Receipts, g.Sales, g.Margin, g.Discount} {
				got[i] += v
			}
		}
		if !slices.Equal(got[:], want) || r.Receipts != want[0] || r.Sales != want[1] || int64(r.Spread[0].Items) != want[0] {
			t.Fatalf("groups %v, in all %+v, the cube %v", got, r.OrderGroup, want)
		}
		if r.Spread[0].Sum != want[1] || r.Spread[2].Sum != want[1] || r.Spread[0].Items > 0 && r.Spread[0].Curve[100] != 10000 {
			t.Fatalf("orders bring %d, products %d of %d", r.Spread[0].Sum, r.Spread[2].Sum, want[1])
		}
	})
}

// TestFinanceAddsUp: every line of the account follows from those above, stores,
// rules and kinds of expense add up to it.
func TestFinanceAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, s := shop(t), slice(t)
		r, err := report.FinanceOf(t.Context(), c, report.FinanceRequest{Slice: s, Against: report.Against{Compare: cube.Previous}})
		if err != nil {
			t.Fatal(err)
		}
		want := total(t, c, s, cube.Revenue, cube.Tax, cube.Cost, cube.Margin, cube.Discount, cube.ManualDiscount, cube.Uncosted)
		a := r.Now
		if a.Revenue != want[0] || a.Tax != want[1] || a.Cost != want[2] || a.Margin != want[3] || a.Uncosted != want[6] ||
			a.Gross-a.Discount != a.Sales || a.Sales-a.Returns != a.Revenue || a.Net-a.Cost != a.Margin || a.Margin-a.Spent != a.Result {
			t.Fatalf("%+v, the cube %v", a, want)
		}
		var off, hand, byHand, spent, revenue, margin, stores int64
		for _, x := range r.Discounts {
			off += x.Amount
			if x.Way == report.OffByHand {
				hand += x.Amount
			}
		}
		for _, x := range r.ByHand {
			byHand += x.Amount
		}
		for _, x := range r.Expenses {
			spent += x.Now
		}
		for _, x := range r.Stores {
			revenue, margin, stores = revenue+x.Revenue, margin+x.Margin, stores+x.Spent
		}
		if off != want[4] || hand != want[5] || byHand != want[5] || spent != a.Spent || revenue != a.Revenue || margin != a.Margin {
			t.Fatalf("off %d, by hand %d and %d, spent %d, stores %d and %d: %+v, the cube %v", off, hand, byHand, spent, revenue, margin, a, want)
		}
		if !r.Whole && (spent != 0 || stores != 0) {
			t.Fatal("expenses are held against a part of the goods")
		}
	})
}

// TestExpensesByDays: ten of thirty days of a month are a third of its rent; parts
// of several months are rounded once, 10/3 + 10/31 to 4.
func TestExpensesByDays(t *testing.T) {
	d := &segment.Dims{
		Stores: []segment.Store{{ID: "1"}}, Tills: []segment.Till{{ID: "1-1"}}, Cashiers: []segment.Cashier{{ID: "1"}}, Products: []segment.Product{{SKU: "7", Category: -1}},
		Expenses: []segment.Expense{{Store: "1", Month: "2026-04", Kind: "rent", Amount: 300_00}, {Month: "2026-05", Kind: "ads", Amount: 31_00},
			{Store: "1", Month: "2026-06", Kind: "rent", Amount: 999_00},
			{Store: "1", Month: "2026-04", Kind: "bank", Amount: 10}, {Store: "1", Month: "2026-05", Kind: "bank", Amount: 10}},
	}
	day, _ := cube.ParseDay("2026-04-25")
	one := segment.MakeInts([]int64{100_00})
	all := segment.Amounts{Quantity: one, Net: one, Discount: segment.MakeInts([]int64{0}), Tax: segment.MakeInts([]int64{0}), Cost: segment.MakeInts([]int64{60_00})}
	s := &segment.Sales{Store: "1", Month: "2026-04", At: []uint32{1}, Day: []uint16{uint16(day)}, Hour: []uint8{1}, Kind: []uint8{0}, Till: []uint16{0},
		Cashier: []uint16{0}, Customer: []int32{-1}, Number: []int32{1}, First: []uint32{0, 1}, Product: []int32{0}, Price: one, Line: all, Sum: all}
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	c, err := cube.New(cube.Data{Dims: d, Sales: []*segment.Sales{s}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := report.FinanceOf(t.Context(), c, report.FinanceRequest{Slice: cube.Slice{From: "2026-04-21", To: "2026-05-01"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []report.Spent{{Kind: "rent", Now: 100_00}, {Kind: "ads", Now: 1_00}, {Kind: "bank", Now: 4}}
	if !slices.Equal(r.Expenses, want) || r.Now.Result != 40_00-101_04 || r.Stores[0].Result != -60_04 {
		t.Errorf("got %+v, result %d, store %+v", r.Expenses, r.Now.Result, r.Stores[0])
	}
}

// TestBCGAddsUp: every item is in one quadrant, and the quadrants are revenue.
func TestBCGAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, s := shop(t), slice(t)
		item := rapid.SampledFrom([]cube.DimID{cube.Product, cube.Category, cube.CustomerGroup}).Draw(t, "item")
		r, err := report.BCGOf(t.Context(), c, report.BCGRequest{Slice: s, Item: item})
		if err != nil {
			t.Fatal(err)
		}
		want := total(t, c, s, cube.Revenue)[0]
		var lists, rows int64
		items, shares := 0, int64(0)
		for _, list := range r.Lists {
			lists, items = lists+list.Now, items+list.Items
		}
		for _, row := range r.Rows {
			rows, shares = rows+row.Now, shares+row.Share
			if row.Growth.OK != (row.Now > 0 && row.Then > 0) || row.Small != (row.Receipts < 30) && !row.Small {
				t.Fatalf("%+v", row)
			}
		}
		if lists != want || rows != want || r.Now != want || items != len(r.Rows) || r.Season || r.Compare != cube.Previous {
			t.Fatalf("quadrants %d, rows %d of %d, %d items of %d, compared with %s", lists, rows, want, items, len(r.Rows), r.Compare)
		}
	})
}

// TestEmployeesAddUp: what the people did is what was done.
func TestEmployeesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, s := shop(t), slice(t)
		r, err := report.EmployeesOf(t.Context(), c, report.EmployeesRequest{Slice: s})
		if err != nil {
			t.Fatal(err)
		}
		want := total(t, c, s, cube.Revenue, cube.Receipts, cube.Items, cube.Voided, cube.ManualDiscount, cube.Returns)
		var sum [6]int64
		lost, done := 0, int64(0)
		for _, e := range r.Rows {
			for i, v := range []int64{e.Revenue, e.Receipts, e.Items, e.Voided, e.Manual, e.Returns} {
				sum[i] += v
			}
			lost, done = lost+e.Lost, done+e.Target.Done
		}
		e := r.Total
		all := []int64{e.Revenue, e.Receipts, e.Items, e.Voided, e.Manual, e.Returns}
		if !slices.Equal(all, want) || !slices.Equal(sum[:], want) {
			t.Fatalf("rows %v, in all %v, the cube %v", sum, all, want)
		}
		if lost != e.Lost || !r.KnowsLost && e.Lost != 0 || done != e.Target.Done && s.From <= r.Month+"-01" {
			t.Fatalf("lost %d of %d, done %d of %d", lost, e.Lost, done, e.Target.Done)
		}
		if e.Target.Expected.OK && (e.Target.Low > e.Target.Expected.N || e.Target.High < e.Target.Expected.N) {
			t.Fatalf("%+v", e.Target)
		}
	})
}

// TestMapAddsUp: stores and regions are the whole.
func TestMapAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, s := shop(t), slice(t)
		r, err := report.MapOf(t.Context(), c, report.MapRequest{Slice: s, Measure: cube.Revenue, Against: report.Against{Compare: cube.Previous}})
		if err != nil {
			t.Fatal(err)
		}
		want := total(t, c, s, cube.Revenue)[0]
		var stores, regions int64
		for _, x := range r.Stores {
			stores += x.Now.N
			if x.Key == "1" && (x.Lat != 56_859_000 || x.Region != "Тверская") {
				t.Fatalf("%+v", x)
			}
		}
		for _, x := range r.Regions {
			regions += x.Now.N
		}
		if stores != want || regions != want || r.Total.Now.N != want {
			t.Fatalf("stores %d, regions %d, in all %d of %d", stores, regions, r.Total.Now.N, want)
		}
	})
}

func TestBadGoodsRequests(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := shop(t)
		for _, borders := range [][]int64{{0}, {5, 5}, {7, 3}, make([]int64, 13)} {
			if _, err := report.OrdersOf(t.Context(), c, report.OrdersRequest{Borders: borders}); errcode.Of(err) != errcode.BadQuery {
				t.Errorf("borders %v: %v", borders, err)
			}
		}
		if _, err := report.BCGOf(t.Context(), c, report.BCGRequest{Item: cube.Hour}); errcode.Of(err) != errcode.BadQuery {
			t.Errorf("BCG of hours: %v", err)
		}
		if _, err := report.GrowthOf(t.Context(), c, report.GrowthRequest{Slice: cube.Slice{From: "2026-02-01", To: "2026-02-03"}, Against: report.Against{Compare: cube.Previous}, By: "planet"}); errcode.Of(err) != errcode.BadQuery {
			t.Errorf("growth by planet: %v", err)
		}
	})
}
