package report_test

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"

	"tillsight/shared/cube"
	"tillsight/shared/mining/cycle"
	"tillsight/shared/report"
	"tillsight/shared/segment"
)

const retail = "../mining/testdata/online_retail/" // README.md there says where it is from

// onlineRetail is the invoices of Online Retail as columns: each with as many
// lines as it has, the first of which has its sum in thousandths of a pound.
func onlineRetail(t *testing.T) *cube.Cube {
	t.Helper()
	f, err := os.Open(retail + "invoices.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	dims := &segment.Dims{Stores: []segment.Store{{ID: "1"}}, Tills: []segment.Till{{ID: "1-1"}}, Cashiers: []segment.Cashier{{ID: "e"}}, Products: []segment.Product{{SKU: "all", Category: -1}}}
	keys := map[int]int32{}
	s := &segment.Sales{Store: "1", First: []uint32{0}}
	var total, line []int64
	for rows := bufio.NewScanner(unpacked); rows.Scan(); {
		var date string
		var customer, lines int
		var sum int64
		if rows.Text()[0] != '2' { // the head
			continue
		}
		if _, err := fmt.Sscanf(rows.Text(), "%10s,%d,%d,%d", &date, &customer, &lines, &sum); err != nil {
			t.Fatal(err)
		}
		day, err := cube.ParseDay(date)
		if err != nil {
			t.Fatal(err)
		}
		key, ok := keys[customer]
		if !ok {
			key = int32(len(keys))
			keys[customer] = key
			dims.Customers = append(dims.Customers, segment.Customer{ID: fmt.Sprint(customer)})
		}
		s.At, s.Day, s.Hour = append(s.At, uint32(day)*86400), append(s.Day, uint16(day)), append(s.Hour, 12)
		s.Kind, s.Till, s.Cashier = append(s.Kind, segment.KindSale), append(s.Till, 0), append(s.Cashier, 0)
		s.Customer, s.Number = append(s.Customer, key), append(s.Number, int32(len(s.Number)))
		s.Product = append(s.Product, make([]int32, lines)...)
		s.First = append(s.First, uint32(len(s.Product)))
		total = append(total, sum)
		line = append(append(line, sum), make([]int64, lines-1)...)
	}
	zero := segment.MakeInts(make([]int64, len(total)))
	zeros := segment.MakeInts(make([]int64, len(line)))
	s.Sum = segment.Amounts{Quantity: zero, Net: segment.MakeInts(total), Discount: zero, Tax: zero, Cost: zero}
	s.Line = segment.Amounts{Quantity: zeros, Net: segment.MakeInts(line), Discount: zeros, Tax: zeros, Cost: zeros}
	s.Price = zeros
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	c, err := cube.New(cube.Data{Dims: dims, Sales: []*segment.Sales{s}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const (
	retailFrom = "2010-12-01"
	retailTo   = "2011-12-09"
)

// TestOnlineRetail asks the reports for the figures that R 4.2.2 and pandas gave
// on the same data by the same rules: recency as of the morning of 2011-12-10.
func TestOnlineRetail(t *testing.T) {
	c := onlineRetail(t)
	got, err := c.Run(t.Context(), cube.Query{Measures: []cube.MeasureID{cube.Items, cube.Customers, cube.Receipts, cube.Revenue}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if v := got.Total.Values; v[0].N != 397_884 || v[1].N != 4_338 || v[2].N != 18_532 || v[3].N/10 != 891_140_790 {
		t.Errorf("lines, customers, invoices, revenue: %v", v)
	}
	near := func(what string, got, want []float64) {
		if !slices.EqualFunc(got, want, func(x, y float64) bool { return math.Abs(x-y) < 0.0005 }) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	// The research took all purchases, the report those of a year: nine days
	// more is all that the data have, and they belong to the look-back.
	r, err := report.RFMOf(t.Context(), c, report.RFMRequest{To: retailTo, Days: 374})
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.Money {
		r.Money[i] /= 1000
	}
	near("recency", r.Recency, []float64{13.8, 33, 72, 180})
	near("frequency", r.Frequency, []float64{1, 2, 3, 6})
	near("money", r.Money, []float64{250.194, 490.096, 942.276, 2058.426})
	cohorts, err := report.CohortsOf(t.Context(), c, report.CohortRequest{To: retailTo})
	if err != nil {
		t.Fatal(err)
	}
	want := []int{885, 324, 286, 340, 321, 352, 321, 309, 313, 350, 331, 445, 235}
	if row := cohorts.Rows[0]; row.Period != "2010-12" || !row.Since || !slices.Equal(row.Counts, want) || cohorts.Whole {
		t.Errorf("%+v", row)
	}
	a, err := report.ABCOf(t.Context(), c, report.ABCRequest{Slice: cube.Slice{From: retailFrom, To: retailTo}, Item: cube.Customer})
	if err != nil {
		t.Fatal(err)
	}
	var classes [3]int
	for class, cells := range a.Cells {
		for _, cell := range cells {
			classes[class] += cell.Items
		}
	}
	if classes != [3]int{1_132, 1_469, 1_737} || a.Tenth != 6133 {
		t.Errorf("ABC %v, the best tenth brings %d", classes, a.Tenth)
	}
}

// TestOnlineRetailCourse asks for the figures that reference.py beside the data
// computes from the definitions.
func TestOnlineRetailCourse(t *testing.T) {
	c := onlineRetail(t)
	base, err := report.BaseOf(t.Context(), c, report.BaseRequest{To: retailTo})
	if err != nil {
		t.Fatal(err)
	}
	m := base.Months[11]
	if m.Month != "2011-11" || m.Active != 1664 || m.Kept != 622 || m.New != 323 || m.Returned != 719 || m.Lost != 742 ||
		m.Revenue != 1_161_817_380 || m.NewRevenue != 136_592_120 || m.Repeated != 540 {
		t.Errorf("%+v", m)
	}
	if base.Gaps != 12_425 || base.Low != 12 || base.Gap != 28 || base.High != 58 || base.Whole {
		t.Errorf("%d gaps, quartiles %d %d %d", base.Gaps, base.Low, base.Gap, base.High)
	}
	due, err := report.DueOf(t.Context(), c, report.DueRequest{To: retailTo, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{1000, 235, 105, 29} {
		if due.States[i].Customers != want {
			t.Errorf("%s: %d, want %d", due.States[i].ID, due.States[i].Customers, want)
		}
	}
	if due.Few != 2895 || len(due.Rows) != 10 {
		t.Errorf("%d came too seldom, %d listed", due.Few, len(due.Rows))
	}
	life, err := report.LifeOf(t.Context(), c, report.StageRequest{To: retailTo, Window: 90})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[cycle.Stage]int{"lost": 861, "regular": 494, "growing": 550, "sleeping": 588, "fading": 264, "returned": 613, "new": 968} {
		at := slices.Index(cycle.Stages, id)
		if life.Stages[at].Customers != want {
			t.Errorf("%s: %d, want %d", id, life.Stages[at].Customers, want)
		}
	}
	quarters, err := report.CohortsOf(t.Context(), c, report.CohortRequest{To: retailTo, Grain: cube.Quarter})
	if err != nil {
		t.Fatal(err)
	}
	row := quarters.Rows[1]
	if row.Period != "2011-Q1" || !slices.Equal(row.Counts, []int{1249, 625, 621, 606}) ||
		!slices.Equal(row.Revenue, []int64{798_880_700, 498_739_970, 517_799_081, 548_098_350}) {
		t.Errorf("%+v", row)
	}
	profit, err := report.ProfitOf(t.Context(), c, report.ProfitRequest{Slice: cube.Slice{From: retailFrom, To: retailTo}})
	if err != nil {
		t.Fatal(err)
	}
	if profit.Gini != 7151 || profit.Tenth != 6133 || profit.Known != 10_000 || profit.Uncosted != 10_000 {
		t.Errorf("Gini %d, the best tenth %d, known %d, without cost %d", profit.Gini, profit.Tenth, profit.Known, profit.Uncosted)
	}
}
