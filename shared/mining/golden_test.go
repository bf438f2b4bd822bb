// Package mining holds nothing but the test of its parts on public data.
package mining

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"tillsight/shared/mining/abc"
	"tillsight/shared/mining/cohort"
	"tillsight/shared/mining/rfm"
)

// invoice is a purchase of the Online Retail data.
type invoice struct {
	date     time.Time
	customer int
	lines    int
	sum      int64 // thousandths of a pound
}

// invoices reads the data; testdata/online_retail/README.md says where it is from.
func invoices(t *testing.T) []invoice {
	t.Helper()
	f, err := os.Open("testdata/online_retail/invoices.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var list []invoice
	rows := bufio.NewScanner(unpacked)
	for rows.Scan(); rows.Scan(); {
		var v invoice
		var y, m, d int
		if _, err := fmt.Sscanf(rows.Text(), "%d-%d-%d,%d,%d,%d", &y, &m, &d, &v.customer, &v.lines, &v.sum); err != nil {
			t.Fatal(err)
		}
		v.date = time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
		list = append(list, v)
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return list
}

// base is the customers of the data.
type base struct {
	days, receipts []int32
	money          []int64
	months         [][]int // since 2010-12, ascending
}

func customers(list []invoice) base {
	at := map[int]int{}
	var b base
	asOf := time.Date(2011, time.December, 10, 0, 0, 0, 0, time.UTC)
	for _, v := range list {
		i, ok := at[v.customer]
		if !ok {
			i = len(at)
			at[v.customer] = i
			b.days, b.receipts, b.money, b.months = append(b.days, math.MaxInt32), append(b.receipts, 0), append(b.money, 0), append(b.months, nil)
		}
		b.days[i] = min(b.days[i], int32(asOf.Sub(v.date)/(24*time.Hour)))
		b.receipts[i]++
		b.money[i] += v.sum
		month := (v.date.Year()-2010)*12 + int(v.date.Month()) - 12
		if !slices.Contains(b.months[i], month) {
			b.months[i] = append(b.months[i], month)
		}
	}
	return b
}

// TestOnlineRetail reaches the figures that R 4.2.2 and pandas gave on the same
// data by the same rules.
func TestOnlineRetail(t *testing.T) {
	list := invoices(t)
	lines, sum := 0, int64(0)
	for _, v := range list {
		lines += v.lines
		sum += v.sum
	}
	b := customers(list)
	if lines != 397_884 || len(b.money) != 4_338 || len(list) != 18_532 || sum/10 != 891_140_790 {
		t.Errorf("%d lines, %d customers, %d invoices, %d", lines, len(b.money), len(list), sum)
	}
	near := func(what string, got, want []float64) {
		if !slices.EqualFunc(got, want, func(x, y float64) bool { return math.Abs(x-y) < 0.0005 }) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	near("recency", rfm.Cuts(b.days, 5), []float64{13.8, 33, 72, 180})
	near("frequency", rfm.Cuts(b.receipts, 5), []float64{1, 2, 3, 6})
	pounds := rfm.Cuts(b.money, 5)
	for i := range pounds {
		pounds[i] /= 1000
	}
	near("money", pounds, []float64{250.194, 490.096, 942.276, 2058.426})

	counts := map[abc.Class]int{}
	for _, class := range abc.Classes(b.money) {
		counts[class]++
	}
	if counts[abc.A] != 1_132 || counts[abc.B] != 1_469 || counts[abc.C] != 1_737 {
		t.Errorf("ABC %v", counts)
	}
	if top := abc.Top(b.money, 0.1); top != 6133 {
		t.Errorf("a tenth brings %d", top)
	}

	triangle, turnover := cohort.New(13), cohort.NewBase(13)
	for _, months := range b.months {
		triangle.Add(months[0], months)
		turnover.Add(months)
	}
	if want := []int{885, 324, 286, 340, 321, 352, 321, 309, 313, 350, 331, 445, 235}; !slices.Equal(triangle.Counts[0], want) {
		t.Errorf("cohort of 2010-12: %v, want %v", triangle.Counts[0], want)
	}
	for i, p := range turnover.Periods {
		if p.New != triangle.Counts[i][0] || p.Active != p.Kept+p.New+p.Returned {
			t.Errorf("month %d: %+v, cohort of %d", i, p, triangle.Counts[i][0])
		}
	}
}
