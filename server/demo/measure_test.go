package demo

import (
	"fmt"
	"math"
	"testing"
	"time"

	"tillsight/shared/fact"
	"tillsight/shared/receipt"
)

// measured is what can be seen in the facts of a chain.
type measured struct {
	g        *generator
	receipts int
	lines    int
	carded   int
	byCard   int
	voided   int
	cancels  int
	returns  int
	hours    [24]int // of receipts without a card
	month    map[string]map[time.Month]int
	days     [13]int // days of the period by month
	units    map[int32]map[int]int
	weeks    []int // lines by week

	kinds    []int          // receipts that hold the kind
	together map[[2]int]int // of the planted pairs
	bought   map[int][]visitOf

	uplift  map[string]*[2][2]int // by segment: treated or not, visits and purchases
	seconds map[string][2]float64 // by cashier: seconds and scans
	seg     map[uint8]*[3]int     // customers, receipts, lines
}

// visitOf is what a customer bought of the kinds of sequences on a day.
type visitOf struct {
	day   int
	kinds []int
}

func measure(t *testing.T, opt Options) *measured {
	g, err := build(opt)
	if err != nil {
		t.Fatal(err)
	}
	m := &measured{
		g: g, month: map[string]map[time.Month]int{}, units: map[int32]map[int]int{}, weeks: make([]int, g.shelf.weeks),
		kinds: make([]int, len(g.m.types)), together: map[[2]int]int{}, bought: map[int][]visitOf{},
		uplift: map[string]*[2][2]int{}, seconds: map[string][2]float64{}, seg: map[uint8]*[3]int{},
	}
	for d := range g.days {
		m.days[g.date(d).Month()]++
	}
	number := map[string]int{}
	for n := range g.shoppers {
		number[cardCode(n)] = n
	}
	each(t, opt, func(f fact.Fact, _ []byte) error {
		switch f.Kind {
		case fact.ReceiptCancelled:
			m.cancels++
		case fact.ReturnRegistered:
			m.returns++
		case fact.SaleRegistered:
			r, err := fact.BodyOf[receipt.Receipt](f)
			if err != nil {
				return err
			}
			n, ok := number[r.Card]
			if !ok {
				n = -1
			}
			m.sale(&r, n)
		}
		return nil
	})
	return m
}

func (m *measured) sale(r *receipt.Receipt, n int) {
	g := m.g
	date, err := time.Parse(time.DateOnly, r.Date)
	if err != nil {
		panic(err)
	}
	day := int(date.Sub(g.first).Hours() / 24)
	week := int(monday(date).Sub(g.shelf.first).Hours() / 24 / 7)
	m.receipts++
	m.lines += r.Count()
	m.voided += len(r.Lines) - r.Count()
	if r.Tenders[0].Kind == receipt.Card {
		m.byCard++
	}
	if n >= 0 {
		m.carded++
		s := m.segment(g.shoppers[n].segment)
		s[1]++
		s[2] += r.Count()
	} else {
		m.hours[(r.Opened/3_600_000+int64(r.Zone)/60)%24]++
	}
	has := map[int]bool{}
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.Voided {
			continue
		}
		var sku int32
		fmt.Sscan(string(l.SKU), &sku)
		a := sku - firstSKU
		has[g.list[a].kind] = true
		if m.units[a] == nil {
			m.units[a] = map[int]int{}
		}
		m.units[a][week]++
		m.weeks[week]++
		if m.month[l.Category] == nil {
			m.month[l.Category] = map[time.Month]int{}
		}
		m.month[l.Category][date.Month()]++
	}
	if len(r.Lines) > 3 {
		s := m.seconds[r.Cashier]
		s[0] += float64(r.Lines[len(r.Lines)-1].At-r.Lines[0].At) / 1000
		s[1] += float64(len(r.Lines) - 1)
		m.seconds[r.Cashier] = s
	}
	m.pairs(has)
	if n >= 0 {
		m.later(n, day, has)
	}
}

func (m *measured) segment(s uint8) *[3]int {
	if m.seg[s] == nil {
		m.seg[s] = &[3]int{}
	}
	return m.seg[s]
}

func (m *measured) pairs(has map[int]bool) {
	for k := range has {
		m.kinds[k]++
		for _, l := range m.g.couples[k] {
			if has[l.kind] {
				m.together[[2]int{k, l.kind}]++
			}
		}
	}
}

// later keeps what sequences and campaigns are measured by.
func (m *measured) later(n, day int, has map[int]bool) {
	v := visitOf{day: day}
	for k := range has {
		v.kinds = append(v.kinds, k)
	}
	m.bought[n] = append(m.bought[n], v)
	for c := range campaigns {
		if !m.g.runs(c, day) {
			continue
		}
		name := segments[m.g.shoppers[n].segment].name
		if m.uplift[name] == nil {
			m.uplift[name] = &[2][2]int{}
		}
		group := 0
		if m.g.treated(n, c) {
			group = 1
		}
		m.uplift[name][group][0]++
		if has[m.g.kinds[campaigns[c].kind]] {
			m.uplift[name][group][1]++
		}
	}
}

func (m *measured) lift(first, second int) float64 {
	n := float64(m.receipts)
	return float64(m.together[[2]int{first, second}]) / n / (float64(m.kinds[first]) / n * float64(m.kinds[second]) / n)
}

// follows returns how often the second of a sequence is bought within its
// days and two weeks more, after the first and after any visit.
func (m *measured) follows(s sequence) (after, anyway float64) {
	first, second := m.g.kinds[s.first], m.g.kinds[s.second]
	var n, hits [2]float64
	for _, visits := range m.bought {
		for i, v := range visits {
			hit := 0.0
			for _, w := range visits[i+1:] {
				if w.day >= v.day+s.from && w.day <= v.day+s.to+14 && contains(w.kinds, second) {
					hit = 1
				}
			}
			n[0]++
			hits[0] += hit
			if contains(v.kinds, first) {
				n[1]++
				hits[1] += hit
			}
		}
	}
	return hits[1] / max(1, n[1]), hits[0] / max(1, n[0])
}

func contains(list []int, k int) bool {
	for _, x := range list {
		if x == k {
			return true
		}
	}
	return false
}

// elasticities fits units of the category's articles by week with a Poisson
// regression: article effects, price and leaflet. The article effects are
// conditioned out, so that two parameters are left for Newton's method.
func (m *measured) elasticities() map[string][2]float64 {
	g := m.g
	type cell struct{ week, x, leaf, y float64 }
	cells := map[string][][]cell{}
	byArticle := make([][]cell, len(g.list))
	var w *week
	for number := range g.shelf.weeks {
		w = g.shelf.week(number, w)
		for i := range g.list {
			if m.units[int32(i)] == nil {
				continue
			}
			leaf := 0.0
			if w.promo[int32(i)].leaflet {
				leaf = 1
			}
			c := g.m.categories[g.m.types[g.list[i].kind].category]
			exposure := float64(m.weeks[number]) * season(c.season, w.monday.AddDate(0, 0, 3))
			byArticle[i] = append(byArticle[i], cell{exposure, math.Log(w.ratio[i]), leaf, float64(m.units[int32(i)][number])})
		}
	}
	for i, list := range byArticle {
		if len(list) > 0 {
			id := g.list[i].Category
			cells[id] = append(cells[id], list)
		}
	}
	result := map[string][2]float64{}
	for id, articles := range cells {
		beta, info := [2]float64{}, [3]float64{}
		for range 12 {
			var grad [2]float64
			info = [3]float64{1e-9, 0, 1e-9}
			for _, list := range articles {
				var total, sum, sx, sl, sxx, sxl, sll float64
				for _, c := range list {
					e := c.week * math.Exp(beta[0]*c.x+beta[1]*c.leaf)
					sum, sx, sl = sum+e, sx+e*c.x, sl+e*c.leaf
					sxx, sxl, sll = sxx+e*c.x*c.x, sxl+e*c.x*c.leaf, sll+e*c.leaf*c.leaf
					total += c.y
					grad[0], grad[1] = grad[0]+c.y*c.x, grad[1]+c.y*c.leaf
				}
				mx, ml := sx/sum, sl/sum
				grad[0], grad[1] = grad[0]-total*mx, grad[1]-total*ml
				info[0] += total * (sxx/sum - mx*mx)
				info[1] += total * (sxl/sum - mx*ml)
				info[2] += total * (sll/sum - ml*ml)
			}
			det := info[0]*info[2] - info[1]*info[1]
			beta[0] += (info[2]*grad[0] - info[1]*grad[1]) / det
			beta[1] += (info[0]*grad[1] - info[1]*grad[0]) / det
		}
		det := info[0]*info[2] - info[1]*info[1]
		result[id] = [2]float64{beta[0], math.Sqrt(info[2] / det)}
	}
	return result
}
