package report_test

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"tillsight/shared/cube"
	"tillsight/shared/report"
	"tillsight/shared/segment"
)

const journey = "testdata/complete_journey/" // README.md there says where it is from

// households are the profiles of Complete Journey.
func households(t *testing.T, dims *segment.Dims, keys map[string]int32) {
	t.Helper()
	f, err := os.Open(journey + "households.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		c := segment.Customer{ID: row[0], Birth: int32(number(t, row[1])), Income: row[2], Home: row[3], Size: int32(number(t, row[4])), Children: int32(number(t, row[5])), Known: true}
		keys[row[0]] = int32(len(dims.Customers))
		dims.Customers = append(dims.Customers, c)
	}
}

func number(t *testing.T, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// completeJourney is the baskets of Complete Journey as columns: a line for each
// department, the first with the discounts.
func completeJourney(t *testing.T) *cube.Cube {
	t.Helper()
	dims := &segment.Dims{Stores: []segment.Store{{ID: "1"}}, Tills: []segment.Till{{ID: "1-1"}}, Cashiers: []segment.Cashier{{ID: "e"}}}
	for d := range int32(27) {
		dims.Categories = append(dims.Categories, segment.Category{ID: fmt.Sprint(d), Parent: -1})
		dims.Products = append(dims.Products, segment.Product{SKU: "p" + fmt.Sprint(d), Category: d})
	}
	keys := map[string]int32{}
	households(t, dims, keys)
	f, err := os.Open(journey + "baskets.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	s := &segment.Sales{Store: "1", First: []uint32{0}}
	var net, off, lineNet, lineOff []int64
	for rows := bufio.NewScanner(unpacked); rows.Scan(); {
		row := strings.Split(rows.Text(), ",")
		day, err := cube.ParseDay(row[0])
		if err != nil {
			continue // the head
		}
		key, ok := keys[row[2]]
		if !ok {
			key = int32(len(dims.Customers))
			keys[row[2]] = key
			dims.Customers = append(dims.Customers, segment.Customer{ID: row[2]})
		}
		discount := number(t, row[4])
		net, off = append(net, number(t, row[3])), append(off, discount)
		for _, part := range strings.Fields(row[5]) {
			department, cents, _ := strings.Cut(part, ":")
			s.Product = append(s.Product, int32(number(t, department)))
			lineNet, lineOff = append(lineNet, number(t, cents)), append(lineOff, discount)
			discount = 0
		}
		s.At, s.Day, s.Hour = append(s.At, uint32(day)*86400), append(s.Day, uint16(day)), append(s.Hour, uint8(number(t, row[1])))
		s.Kind, s.Till, s.Cashier = append(s.Kind, segment.KindSale), append(s.Till, 0), append(s.Cashier, 0)
		s.Customer, s.Number, s.First = append(s.Customer, key), append(s.Number, int32(len(s.Number))), append(s.First, uint32(len(s.Product)))
	}
	none, noneOfLines := segment.MakeInts(make([]int64, len(net))), segment.MakeInts(make([]int64, len(lineNet)))
	s.Sum = segment.Amounts{Quantity: none, Net: segment.MakeInts(net), Discount: segment.MakeInts(off), Tax: none, Cost: none}
	s.Line = segment.Amounts{Quantity: noneOfLines, Net: segment.MakeInts(lineNet), Discount: segment.MakeInts(lineOff), Tax: noneOfLines, Cost: noneOfLines}
	s.Price = noneOfLines
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	c, err := cube.New(cube.Data{Dims: dims, Sales: []*segment.Sales{s}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// toldOf finds what is told of a key.
func toldOf(t *testing.T, p *report.Profile, dim cube.DimID, key string) report.ProfilePart {
	t.Helper()
	for _, trait := range p.Traits {
		for _, part := range trait.Parts {
			if trait.Dim == dim && part.Key == key {
				return part
			}
		}
	}
	t.Fatalf("nothing is told of %s %s", dim, key)
	return report.ProfilePart{}
}

// TestCompleteJourney asks the profile for the figures that reference.py beside
// the data computes from the definitions.
func TestCompleteJourney(t *testing.T) {
	c := completeJourney(t)
	year := cube.Slice{From: "2017-01-01", To: "2017-12-31"}
	all, err := report.ProfileOf(t.Context(), c, report.ProfileRequest{Slice: year})
	if err != nil {
		t.Fatal(err)
	}
	if all.Customers != 2377 || all.All != 2377 || all.Chosen || all.KnownReceipts != 10_000 {
		t.Errorf("%d customers of %d", all.Customers, all.All)
	}
	for _, trait := range all.Traits {
		if trait.Dim == cube.Age && trait.Known != 3370 { // 801 of 2 377
			t.Errorf("age known for %d", trait.Known)
		}
	}
	for i, want := range []int{0, 46, 142, 194, 288, 59, 72} {
		if all.Pyramid[i].Unsaid != want {
			t.Errorf("%s: %d, want %d", all.Pyramid[i].Age, all.Pyramid[i].Unsaid, want)
		}
	}
	for income, want := range map[string]report.ProfilePart{
		"35-49K": {Customers: 172, Revenue: 2_472_599}, "250K+": {Customers: 11, Revenue: 326_475}, "200-249K": {Small: true},
	} {
		if got := toldOf(t, all, cube.Income, income); got.Customers != want.Customers || got.Revenue != want.Revenue || got.Small != want.Small {
			t.Errorf("%s: %+v, want %+v", income, got, want)
		}
	}
	want := report.ProfileHabits{Receipts: 47_243, Receipt: 495, Promo: 6027, Weekend: 3407, Evening: 3231, Discount: 1515}
	if h := all.AllHabits; !sameHabits(h, want) || !sameHabits(all.Habits, want) {
		t.Errorf("%+v", h)
	}

	year.Where = []cube.Filter{{Dim: cube.Children, In: []string{"", "0"}, Not: true}}
	parents, err := report.ProfileOf(t.Context(), c, report.ProfileRequest{Slice: year})
	if err != nil {
		t.Fatal(err)
	}
	if h := parents.Habits; parents.Customers != 288 || parents.All != 2377 || !parents.Chosen ||
		!sameHabits(h, report.ProfileHabits{Receipts: 9567, Receipt: 543, Promo: 6248, Weekend: 3442, Evening: 2970, Discount: 1519}) {
		t.Errorf("%d parents of %d: %+v", parents.Customers, parents.All, h)
	}
	if got := toldOf(t, parents, cube.Income, "125-149K").Index; got != 161 {
		t.Errorf("index of an income %d", got)
	}
	told := map[string]report.ProfileGoods{}
	for _, g := range parents.Goods {
		told[g.Key] = g
	}
	for department, want := range map[string][2]int{"14": {96, 203}, "20": {102, 261}, "7": {99, 273}} {
		if g := told[department]; g.Index != want[0] || g.Buyers != want[1] {
			t.Errorf("department %s: %+v, want %v", department, g, want)
		}
	}
}

// sameHabits compares what the reference tells of habits.
func sameHabits(got, want report.ProfileHabits) bool {
	got.Monthly, got.Tiers = 0, [3]int64{}
	return got == want
}
