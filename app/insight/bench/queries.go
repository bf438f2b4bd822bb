package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"tillsight/shared/cube"
	"tillsight/shared/mining/basket"
	"tillsight/shared/mining/cohort"
	"tillsight/shared/mining/rfm"
)

// query is one of the six questions; its answer is made into rows of numbers
// after the clock has stopped, for the checksum.
type query struct {
	name string
	run  func(c *cube.Cube) (rows func(add func(...int64)), err error)
}

var queries = []query{
	{"q1", dailyByStore}, {"q2", recencyFrequencyMoney}, {"q3", cohorts}, {"q4", abc}, {"q5", baskets}, {"q6", yearOnYear},
}

// dailyByStore is revenue by day and store.
func dailyByStore(c *cube.Cube) (func(func(...int64)), error) {
	r, err := c.Run(context.Background(), cube.Query{
		Measures: []cube.MeasureID{cube.Revenue}, By: []cube.DimID{cube.Day, cube.Store},
	}, nil)
	return func(add func(...int64)) {
		for _, row := range r.Rows {
			day, err := cube.ParseDay(row.Keys[0])
			if err != nil {
				panic(err)
			}
			add(int64(day)-epoch/86400, number(row.Keys[1]), row.Values[0].N)
		}
	}, err
}

// recencyFrequencyMoney scores every customer by quintiles.
func recencyFrequencyMoney(c *cube.Cube) (func(func(...int64)), error) {
	b, err := c.CustomerBase(context.Background(), cube.Slice{})
	if err != nil {
		return nil, err
	}
	last, frequency, money := rfm.Quantiles(b.Last, 5), rfm.Quantiles(b.Receipts, 5), rfm.Quantiles(b.Net, 5)
	return func(add func(...int64)) {
		for i, key := range b.Key {
			add(int64(key), (reference-int64(b.Last[i]))/86400, int64(b.Receipts[i]), b.Net[i],
				int64(last[i]), int64(frequency[i]), int64(money[i]))
		}
	}, nil
}

// cohorts counts customers by month of the first purchase and months since.
func cohorts(c *cube.Cube) (func(func(...int64)), error) {
	a, err := c.Activity(context.Background(), cube.Slice{}, cube.Month)
	if err != nil {
		return nil, err
	}
	t := cohort.New(len(a.Periods))
	a.Each(func(_ int32, periods []int) { t.Add(periods[0], periods) })
	return func(add func(...int64)) {
		for first, row := range t.Counts {
			for later, n := range row {
				if n > 0 {
					add(int64(first), int64(later), int64(n))
				}
			}
		}
	}, nil
}

// abc sorts products by revenue and classes them at 80 and 95 % of the whole.
func abc(c *cube.Cube) (func(func(...int64)), error) {
	r, err := c.Run(context.Background(), cube.Query{
		Measures: []cube.MeasureID{cube.Revenue}, By: []cube.DimID{cube.Product},
		Sort: []cube.Sort{{Measure: cube.Revenue, Desc: true}},
	}, nil)
	return func(add func(...int64)) {
		var sum int64
		for _, row := range r.Rows {
			sum += row.Values[0].N
			class := int64(3)
			switch total := r.Total.Values[0].N; {
			case sum*100 <= total*80:
				class = 1
			case sum*100 <= total*95:
				class = 2
			}
			add(number(row.Keys[0]), row.Values[0].N, class)
		}
	}, err
}

// baskets finds the pairs among the 200 goods in most receipts.
func baskets(c *cube.Cube) (func(func(...int64)), error) {
	pairs, receipts := basket.Pairs(c.Baskets, skus, 200, 100)
	return func(add func(...int64)) {
		for _, p := range pairs {
			n := int64(p.Together)
			add(int64(p.X), int64(p.Y), n, n*1_000_000/int64(p.WithX), n*int64(receipts)*1000/(int64(p.WithX)*int64(p.WithY)))
		}
	}, nil
}

// yearOnYear compares the months of two years in three stores.
func yearOnYear(c *cube.Cube) (func(func(...int64)), error) {
	r, err := c.Run(context.Background(), cube.Query{
		Measures: []cube.MeasureID{cube.Revenue}, By: []cube.DimID{cube.Month},
		Where: []cube.Filter{{Dim: cube.Store, In: []string{"3", "7", "11"}}},
	}, nil)
	return func(add func(...int64)) {
		var months [12][2]int64
		for _, row := range r.Rows {
			year, month, _ := strings.Cut(row.Keys[0], "-")
			months[number(month)-1][number(year)-2024] += row.Values[0].N
		}
		for i, m := range months {
			add(int64(i), m[0], m[1])
		}
	}, err
}

func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

// checksum is FNV-1a of the rows as text, and how many there are.
func checksum(rows func(add func(...int64))) string {
	sum, n := uint32(0x811c9dc5), 0
	write := func(s string) {
		for i := range len(s) {
			sum = (sum ^ uint32(s[i])) * 0x01000193
		}
	}
	rows(func(values ...int64) {
		n++
		for i, v := range values {
			if i > 0 {
				write(",")
			}
			write(strconv.FormatInt(v, 10))
		}
		write("\n")
	})
	return fmt.Sprintf("%08x:%d", sum, n)
}
