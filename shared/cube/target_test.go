package cube

import (
	"testing"

	"tillsight/shared/segment"
)

// planData is a store that sold for 100 on Mondays to Fridays, 300 on Saturdays
// and nothing on Sundays from October 2025 until 2026-01-14.
func planData(t *testing.T) *Cube {
	t.Helper()
	d := &segment.Dims{
		Stores: []segment.Store{{ID: "1", Region: "North"}}, Tills: []segment.Till{{ID: "1-1"}},
		Cashiers: []segment.Cashier{{ID: "e1"}, {ID: "e2"}}, Products: []segment.Product{{SKU: "7", Category: -1}},
		Plans: []segment.Plan{
			{Store: "1", Month: "2025-12", Measure: "revenue", Value: 31_000},
			{Store: "1", Month: "2026-01", Measure: "revenue", Value: 35_000},
			{Store: "1", Month: "2026-01", Measure: "receipts", Value: 70},
			{Store: "1", Month: "2026-01", Measure: "revenue", Employee: "e1", Value: 20_000},
			{Store: "1", Month: "2026-01", Measure: "revenue", Employee: "gone", Value: 1},
			{Store: "2", Month: "2026-01", Measure: "revenue", Value: 1}, // not open yet
		},
	}
	first, last := mustDay(t, "2025-10-01"), mustDay(t, "2026-01-14")
	byMonth := map[string]*segment.Sales{}
	data := Data{Dims: d}
	for day := first; day <= last; day++ {
		amount := map[string]int64{"6": 300, "7": 0}[day.Key(Weekday)]
		if day.Key(Weekday) < "6" {
			amount = 100
		}
		if amount == 0 {
			continue
		}
		s := byMonth[day.Key(Month)]
		if s == nil {
			s = &segment.Sales{Store: "1", Month: day.Key(Month), First: []uint32{0}}
			byMonth[s.Month] = s
			data.Sales = append(data.Sales, s)
		}
		s.At, s.Day = append(s.At, uint32(day)*86400), append(s.Day, uint16(day))
		s.Hour, s.Kind, s.Till = append(s.Hour, 9), append(s.Kind, 0), append(s.Till, 0)
		s.Cashier, s.Customer, s.Number = append(s.Cashier, 0), append(s.Customer, -1), append(s.Number, 1)
		s.Product, s.First = append(s.Product, 0), append(s.First, uint32(len(s.Product)+1))
		for _, a := range []*segment.Amounts{&s.Sum, &s.Line} {
			a.Net.N32 = append(a.Net.N32, int32(amount))
			for _, zero := range []*segment.Ints{&a.Discount, &a.Tax, &a.Cost} {
				zero.N32 = append(zero.N32, 0)
			}
			a.Quantity.N32 = append(a.Quantity.N32, 1000)
		}
		s.Price.N32 = append(s.Price.N32, int32(amount))
	}
	for _, s := range data.Sales {
		if err := s.Check(); err != nil {
			t.Fatal(err)
		}
	}
	c, err := New(data)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func mustDay(t *testing.T, date string) EpochDay {
	t.Helper()
	day, err := ParseDay(date)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// TestPlan: January 2026 has 22 weekdays, 5 Saturdays and 4 Sundays, which weigh
// 22×1 + 5×3 + 4×0 = 37. Of 35 000 a weekday has 945.9, rounded up for all 22,
// and a Saturday 2837.8, rounded up for the first three: 10 weekdays and two
// Saturdays up to Wednesday the 14th have 15 136. Of 70 receipts a weekday has
// 1.9, rounded up, a Saturday 5.7, rounded up for the first: 31.
func TestPlan(t *testing.T) {
	c := planData(t)
	cases := []struct {
		name string
		q    Query
		want string
	}{
		{"a part of a month", Query{Measures: []MeasureID{Revenue, Receipts, AverageReceipt, Cost}, From: "2026-01-01", To: "2026-01-14"},
			`{"keys":[],"values":[1600,12,133,0],"before":[15136,31,488,null]}`},
		{"whole months", Query{Measures: []MeasureID{Revenue}, From: "2025-12-01", To: "2026-01-31"},
			`{"keys":[],"values":[5100],"before":[66000]}`},
		{"of an employee", Query{Measures: []MeasureID{Revenue}, From: "2026-01-01", To: "2026-01-31", Where: []Filter{{Dim: Cashier, In: []string{"e1"}}}},
			`{"keys":[],"values":[1600],"before":[20000]}`},
		{"of another region", Query{Measures: []MeasureID{Revenue}, From: "2026-01-01", To: "2026-01-31", Where: []Filter{{Dim: Region, In: []string{"South"}}}},
			`{"keys":[],"values":[0],"before":[null]}`},
		{"on Sundays", Query{Measures: []MeasureID{Revenue}, From: "2026-01-01", To: "2026-01-31", Where: []Filter{{Dim: Weekday, In: []string{"7"}}}},
			`{"keys":[],"values":[0],"before":[0]}`},
		{"of a product there is none", Query{Measures: []MeasureID{Revenue}, From: "2026-01-01", To: "2026-01-31", Where: []Filter{{Dim: Product, In: []string{"7"}}}},
			`{"keys":[],"values":[1600],"before":[null]}`},
	}
	for _, k := range cases {
		t.Run(k.name, func(t *testing.T) {
			k.q.Compare = Plan
			r, err := c.Run(t.Context(), k.q, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := toJSON(t, r.Total); got != k.want {
				t.Errorf("got %s, want %s", got, k.want)
			}
		})
	}
}

// TestPlanAhead: days without a sale yet have their plan, in the order of days.
func TestPlanAhead(t *testing.T) {
	c := planData(t)
	r, err := c.Run(t.Context(), Query{
		Measures: []MeasureID{Revenue}, By: []DimID{Day}, From: "2026-01-13", To: "2026-01-18", Compare: Plan,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"keys":["2026-01-13"],"values":[100],"before":[946]},{"keys":["2026-01-14"],"values":[100],"before":[946]},` +
		`{"keys":["2026-01-15"],"values":[0],"before":[946]},{"keys":["2026-01-16"],"values":[0],"before":[946]},` +
		`{"keys":["2026-01-17"],"values":[0],"before":[2838]},{"keys":["2026-01-18"],"values":[0],"before":[0]}]`
	if got := toJSON(t, r.Rows); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if r.Before == nil || r.Before.From != "2026-01-13" {
		t.Errorf("compared with %+v", r.Before)
	}
}
