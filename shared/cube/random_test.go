package cube

import (
	"fmt"

	"pgregory.net/rapid"

	"tillsight/shared/catalogue"
	"tillsight/shared/pricing"
	"tillsight/shared/segment"
)

// randomData draws a small chain: some stores, two or three months around the
// turn of a year, products in a tree of uneven depth.
func randomData(t *rapid.T) Data {
	d := &segment.Dims{
		Categories: []segment.Category{
			{ID: "food", Name: catalogue.Text{RU: "Еда"}, Parent: -1},
			{ID: "dairy", Parent: 0}, {ID: "milk", Parent: 1}, {ID: "home", Parent: -1},
		},
		Stores:   []segment.Store{{ID: "3", Region: "North"}, {ID: "12", Region: "South"}, {ID: "2", Region: "North"}},
		Tills:    []segment.Till{{ID: "3-1"}, {ID: "12-1"}, {ID: "12-2"}, {ID: "2-10"}},
		Cashiers: []segment.Cashier{{ID: "e1", Name: "Ann"}, {ID: "e2"}},
		Customers: []segment.Customer{
			{ID: "c1", Group: "gold", Sex: "f", Birth: 1960, City: "Tver", Region: "North", Store: "3", Size: 6, Children: 4, Known: true},
			{ID: "c2"},
			{ID: "c10", Group: "gold", Sex: "m", Birth: 1990, City: "Tver", Region: "North", Income: "low", Home: "owner", Size: 4, Children: 3, Known: true, Offers: true},
		},
		Segments: []segment.Segment{{ID: "vip", Name: catalogue.Text{RU: "Важные"}}, {ID: "new"}},
		Members:  [][]int32{{0, 2}, {2}},
		Rules:    []segment.Rule{{ID: "spring"}, {ID: pricing.RuleManual}, {ID: pricing.RuleReceipt}},
		Products: []segment.Product{
			{SKU: "100", Name: catalogue.Text{RU: "Молоко", EN: "Milk"}, Category: 2}, {SKU: "99", Category: 1},
			{SKU: "7", Category: 0}, {SKU: "8", Category: 3}, {SKU: "9", Category: -1},
		},
	}
	data := Data{Dims: d}
	for _, store := range []string{"3", "12", "not open yet"} {
		for _, month := range []string{"2025-12", "2026-01", "2026-02"} {
			for _, employee := range []string{"", "", "e1", "nobody"} {
				d.Plans = append(d.Plans, segment.Plan{
					Store: store, Month: month, Employee: employee, Value: rapid.Int64Range(0, 1<<40).Draw(t, "plan"),
					Measure: string(rapid.SampledFrom([]MeasureID{Revenue, Receipts, Margin, Items, Units, "unheard"}).Draw(t, "planned")),
				})
			}
		}
	}
	for _, store := range d.Stores {
		for _, month := range []string{"2025-12", "2026-01"} {
			if rapid.Bool().Draw(t, "has") {
				data.Sales = append(data.Sales, randomSales(t, store.ID, month))
			}
		}
	}
	return data
}

func randomSales(t *rapid.T, store, month string) *segment.Sales {
	s := &segment.Sales{Store: store, Month: month, First: []uint32{0}}
	start, err := ParseDay(month + "-01")
	if err != nil {
		t.Fatal(err)
	}
	wide := rapid.Bool().Draw(t, "wide")
	var line, sum [5][]int64
	for n := range rapid.IntRange(0, 12).Draw(t, "receipts") {
		kind := rapid.SampledFrom([]uint8{0, 0, 0, 1}).Draw(t, "kind")
		s.At = append(s.At, uint32(start)*86400+uint32(n))
		s.Day = append(s.Day, uint16(start)+uint16(rapid.IntRange(0, 30).Draw(t, "day")))
		s.Hour = append(s.Hour, uint8(rapid.IntRange(8, 11).Draw(t, "hour")))
		s.Kind = append(s.Kind, kind)
		s.Till = append(s.Till, uint16(rapid.IntRange(0, 3).Draw(t, "till")))
		s.Cashier = append(s.Cashier, uint16(rapid.IntRange(0, 1).Draw(t, "cashier")))
		s.Customer = append(s.Customer, int32(rapid.IntRange(-1, 2).Draw(t, "customer")))
		s.Number = append(s.Number, int32(n+1))
		s.Took = append(s.Took, rapid.SampledFrom([]uint32{0, 9000, 61_000, TimedMax, TimedMax + 1}).Draw(t, "took"))
		s.Voided = append(s.Voided, rapid.Uint16Range(0, 2).Draw(t, "voided"))
		for i := range sum {
			sum[i] = append(sum[i], 0)
		}
		for range rapid.IntRange(1, 4).Draw(t, "lines") {
			s.Product = append(s.Product, int32(rapid.IntRange(0, 4).Draw(t, "product")))
			for i := range line {
				v := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 5000)).Draw(t, "amount")
				if wide {
					v <<= 21
				}
				if kind == segment.KindReturn {
					v = -v
				}
				line[i] = append(line[i], v)
				sum[i][n] += v
			}
		}
		s.First = append(s.First, uint32(len(s.Product)))
	}
	var off []int64
	for l := range s.Product {
		for range rapid.IntRange(0, 2).Draw(t, "cuts") {
			s.Cut.Line, s.Cut.Rule = append(s.Cut.Line, uint32(l)), append(s.Cut.Rule, int32(rapid.IntRange(0, 2).Draw(t, "rule")))
			off = append(off, rapid.Int64Range(-90, 90).Draw(t, "off"))
		}
	}
	s.Cut.Amount = segment.MakeInts(off)
	s.Price = segment.MakeInts(append([]int64{}, line[0]...))
	s.Line, s.Sum = amounts(line), amounts(sum)
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	return s
}

func amounts(v [5][]int64) segment.Amounts {
	return segment.Amounts{
		Net: segment.MakeInts(v[0]), Discount: segment.MakeInts(v[1]), Tax: segment.MakeInts(v[2]),
		Cost: segment.MakeInts(v[3]), Quantity: segment.MakeInts(v[4]),
	}
}

// randomQuery draws a valid query over data of randomData.
func randomQuery(t *rapid.T) Query {
	q := Query{}
	ids := make([]MeasureID, len(measures))
	for i, m := range measures {
		ids[i] = m.ID
	}
	q.Measures = rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, 6, rapid.ID).Draw(t, "measures")
	var dimIDs, single []DimID
	for _, d := range dims {
		dimIDs = append(dimIDs, d.ID)
		if !d.Many {
			single = append(single, d.ID)
		}
	}
	q.By = rapid.SliceOfNDistinct(rapid.SampledFrom(single), 0, ByMax, rapid.ID).Draw(t, "by")
	date := rapid.Custom(func(t *rapid.T) string {
		return fmt.Sprintf("2026-01-%02d", rapid.IntRange(1, 31).Draw(t, "date"))
	})
	if rapid.Bool().Draw(t, "bounded") {
		q.From, q.To = date.Draw(t, "from"), date.Draw(t, "to")
		if q.From > q.To {
			q.From, q.To = q.To, q.From
		}
		q.Compare = rapid.SampledFrom([]Compare{NoCompare, Previous, LastYear, Plan}).Draw(t, "compare")
		if q.Compare == Previous && rapid.Bool().Draw(t, "same part") {
			q.Earlier = fmt.Sprintf("2025-12-%02d", rapid.IntRange(1, 31).Draw(t, "earlier"))
		}
		q.Until = rapid.SampledFrom([]int{0, 0, 9, 12}).Draw(t, "until")
	}
	keys := map[DimID][]string{
		Day: {"2025-12-31", "2026-01-05"}, Week: {"2026-W01", "2026-W02"}, Month: {"2025-12"}, Weekday: {"1", "2", "3"},
		Hour: {"08", "09"}, Store: {"3", "12", "nowhere"}, Region: {"North"}, Till: {"12-1", "2-10"}, Cashier: {"e1"},
		Department: {"food"}, Group: {"dairy", "home"}, Category: {"milk", ""}, Product: {"100", "7"},
		Customer: {"c1", ""}, CustomerGroup: {"gold"}, Kind: {"sale"},
		Sex: {"f", ""}, Age: {"35-44", "65+"}, City: {"Tver"}, HomeRegion: {""}, HomeStore: {"3"}, Household: {"2"},
		Children: {"3+", "0"}, Income: {"low"}, Home: {"owner"}, Offers: {"yes", "no"}, Segment: {"new", "vip", "none"},
	}
	for range rapid.IntRange(0, 2).Draw(t, "filters") {
		dim := rapid.SampledFrom(dimIDs).Draw(t, "dim")
		in := keys[dim]
		if len(in) > 0 {
			in = in[:rapid.IntRange(0, len(in)).Draw(t, "in")]
		}
		q.Where = append(q.Where, Filter{Dim: dim, In: in, Not: rapid.Bool().Draw(t, "not")})
	}
	if rapid.Bool().Draw(t, "sorted") {
		s := Sort{Desc: rapid.Bool().Draw(t, "desc")}
		if len(q.By) > 0 && rapid.Bool().Draw(t, "by key") {
			s.Dim = rapid.SampledFrom(q.By).Draw(t, "sort dim")
		} else {
			s.Measure = rapid.SampledFrom(q.Measures).Draw(t, "sort measure")
			s.Change = q.Compare != NoCompare && rapid.Bool().Draw(t, "change")
		}
		q.Sort = []Sort{s}
	}
	q.Limit = rapid.IntRange(0, 4).Draw(t, "limit")
	q.Rest = rapid.Bool().Draw(t, "rest")
	return q
}
