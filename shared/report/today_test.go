package report_test

import (
	"testing"

	"tillsight/shared/cube"
	"tillsight/shared/report"
	"tillsight/shared/segment"
)

// TestYesterdayIsDone: the last day with sales is over when today is a later one,
// and may be under way when nobody says which day it is.
func TestYesterdayIsDone(t *testing.T) {
	d := &segment.Dims{Stores: []segment.Store{{ID: "1"}}, Tills: []segment.Till{{ID: "1-1"}}, Cashiers: []segment.Cashier{{ID: "1"}},
		Products: []segment.Product{{SKU: "7", Category: -1}}}
	first, err := cube.ParseDay("2026-11-01")
	if err != nil {
		t.Fatal(err)
	}
	s := &segment.Sales{Store: "1", Month: "2026-11", First: []uint32{0}}
	var sums, ones, zeros []int64
	for i := range 29 {
		s.At, s.Day, s.Hour, s.Kind = append(s.At, uint32(i+1)), append(s.Day, uint16(int(first)+i)), append(s.Hour, 9), append(s.Kind, 0)
		s.Till, s.Cashier, s.Customer = append(s.Till, 0), append(s.Cashier, 0), append(s.Customer, -1)
		s.Number, s.First, s.Product = append(s.Number, int32(i+1)), append(s.First, uint32(i+1)), append(s.Product, 0)
		sums, ones, zeros = append(sums, 100), append(ones, 1000), append(zeros, 0)
	}
	all := segment.Amounts{Quantity: segment.MakeInts(ones), Net: segment.MakeInts(sums), Discount: segment.MakeInts(zeros),
		Tax: segment.MakeInts(zeros), Cost: segment.MakeInts(zeros)}
	s.Price, s.Line, s.Sum = segment.MakeInts(sums), all, all
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	c, err := cube.New(cube.Data{Dims: d, Sales: []*segment.Sales{s}})
	if err != nil {
		t.Fatal(err)
	}
	for today, want := range map[string]struct {
		through string
		done    int64
	}{
		"": {"2026-11-28", 2800}, "2026-11-29": {"2026-11-28", 2800}, "2026-11-30": {"2026-11-29", 2900}, "2026-12-04": {"2026-11-29", 2900},
		"2026-11-20": {"2026-11-19", 1900},
	} {
		r, err := report.EmployeesOf(t.Context(), c, report.EmployeesRequest{Slice: cube.Slice{From: "2026-11-01", To: "2026-11-30"}, Today: today})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Total.Target.Done; r.Through != want.through || got != want.done {
			t.Errorf("today is %q: %d up to %s, want %d up to %s", today, got, r.Through, want.done, want.through)
		}
	}
}
