package main

import (
	"fmt"
	"sort"

	"tillsight/shared/segment"
)

// The recipe of the comparison of browser databases: the same facts, by the
// same generator, as every engine there was given.

type mulberry32 uint32

func (r *mulberry32) next() uint32 {
	*r += 0x6D2B79F5
	t := uint32(*r)
	t = (t ^ t>>15) * (t | 1)
	t ^= t + (t^t>>7)*(t|61)
	return t ^ t>>14
}

// cumulative returns the running sums of n weights floor(c/(rank+q)).
func cumulative(n int, c, q uint64) []uint64 {
	out, sum := make([]uint64, n), uint64(0)
	for r := range out {
		sum += c / (uint64(r) + q)
		out[r] = sum
	}
	return out
}

func pick(sums []uint64, r *mulberry32) int {
	u := uint64(r.next())
	for u >= sums[len(sums)-1] {
		u = uint64(r.next())
	}
	return sort.Search(len(sums), func(i int) bool { return sums[i] > u })
}

// Sizes and origin of the data.
const (
	epoch     = 1704067200 // 2024-01-01
	span      = 63158400   // 731 days
	reference = 1767225600 // 2026-01-01: recency counts to here
	stores    = 20
	skus      = 10_000
	customers = 100_000
)

// part is a segment in the making.
type part struct {
	*segment.Sales
	quantity, net, discount, price []int64
	sumQuantity, sumNet, sumOff    []int64
}

// fact is a line as the recipe gives it: receipt, moment, store, customer, SKU,
// quantity, price, discount.
type fact [8]int32

// maker spreads receipts over the segments of their store and month.
type maker struct {
	parts map[string]*part
	names []string
	sum   uint32 // FNV-1a of all columns
}

// makeSales makes lines lines by the recipe, as segments of store and month, and
// shows them to each, unless that is nil. sum is the checksum of the facts as the
// recipe gives it.
func makeSales(lines int, each func(fact)) (sales []*segment.Sales, sum uint32, err error) {
	r := mulberry32(20240101)
	bySKU, byCustomer := cumulative(skus, 600_000_000, 10), cumulative(customers, 600_000_000, 100)
	m := &maker{parts: map[string]*part{}, sum: 0x811c9dc5}
	receipt := int32(0)
	for line := 0; line < lines; receipt++ {
		n := min(1+int(r.next()%23), lines-line)
		at := uint32(epoch + int64(line)*span/int64(lines))
		store := int32(r.next() % stores)
		customer := int32(segment.NoCustomer)
		if r.next()%10 >= 3 {
			customer = int32((pick(byCustomer, &r)*70001 + 7) % customers)
		}
		p := m.part(store, at)
		p.open(at, customer, receipt)
		previous := -1
		for j := range n {
			k, rank := r.next()%4, previous^1
			if j == 0 || k != 0 {
				rank = pick(bySKU, &r)
			}
			previous = rank
			sku, quantity, price, discount := drawLine(rank, &r)
			p.add(sku, quantity, price, discount)
			f := fact{receipt, int32(at), store, customer, sku, quantity, price, discount}
			m.hash(f)
			if each != nil {
				each(f)
			}
		}
		line += n
	}
	sales, err = m.close()
	return sales, m.sum, err
}

func drawLine(rank int, r *mulberry32) (sku, quantity, price, discount int32) {
	sku = int32((rank*7919 + 13) % skus)
	quantity = 1000
	switch q := r.next() % 10; {
	case q >= 9:
		quantity = 50 + int32(r.next()%3000)
	case q >= 7:
		quantity = 1000 * (2 + int32(r.next()%4))
	}
	price = int32(50 + (int64(sku)*int64(sku)*31+int64(sku)*17)%4950)
	gross := (int64(quantity)*int64(price) + 500) / 1000
	if r.next()%10 == 0 {
		discount = int32(gross / 10)
	}
	return sku, quantity, price, discount
}

func (m *maker) hash(f fact) {
	for _, v := range f {
		for x, b := uint32(v), 0; b < 4; b++ {
			m.sum = (m.sum ^ x&255) * 0x01000193
			x >>= 8
		}
	}
}

func (m *maker) part(store int32, at uint32) *part {
	month := monthOf((at - epoch) / 86400)
	name := fmt.Sprintf("%02d/%02d", month, store)
	if p, ok := m.parts[name]; ok {
		return p
	}
	p := &part{Sales: &segment.Sales{
		Store: fmt.Sprint(store), Month: fmt.Sprintf("%d-%02d", 2024+month/12, month%12+1), First: []uint32{0},
	}}
	m.parts[name] = p
	m.names = append(m.names, name)
	return p
}

// monthOf returns the month, from 0 for January 2024, of a day from its first.
func monthOf(day uint32) int {
	month := 0
	for _, days := range [24]uint32{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31} {
		if day < days {
			return month
		}
		day -= days
		month++
	}
	return month - 1
}

func (p *part) open(at uint32, customer, receipt int32) {
	p.At = append(p.At, at)
	p.Day = append(p.Day, uint16(at/86400))
	p.Hour = append(p.Hour, uint8(at%86400/3600))
	p.Kind = append(p.Kind, segment.KindSale)
	p.Till = append(p.Till, 0)
	p.Cashier = append(p.Cashier, 0)
	p.Customer = append(p.Customer, customer)
	p.Number = append(p.Number, receipt)
	p.First = append(p.First, p.First[len(p.First)-1])
	p.sumQuantity, p.sumNet, p.sumOff = append(p.sumQuantity, 0), append(p.sumNet, 0), append(p.sumOff, 0)
}

func (p *part) add(sku, quantity, price, discount int32) {
	net := (int64(quantity)*int64(price)+500)/1000 - int64(discount)
	p.Product = append(p.Product, sku)
	p.quantity = append(p.quantity, int64(quantity))
	p.price = append(p.price, int64(price))
	p.net = append(p.net, net)
	p.discount = append(p.discount, int64(discount))
	last := len(p.At) - 1
	p.First[last+1]++
	p.sumQuantity[last] += int64(quantity)
	p.sumNet[last] += net
	p.sumOff[last] += int64(discount)
}

func (m *maker) close() ([]*segment.Sales, error) {
	sort.Strings(m.names)
	var list []*segment.Sales
	for _, name := range m.names {
		p := m.parts[name]
		none := func(n int) segment.Ints { return segment.Ints{N32: make([]int32, n)} }
		p.Price = segment.MakeInts(p.price)
		p.Line = segment.Amounts{
			Quantity: segment.MakeInts(p.quantity), Net: segment.MakeInts(p.net), Discount: segment.MakeInts(p.discount),
			Tax: none(len(p.net)), Cost: none(len(p.net)),
		}
		p.Sum = segment.Amounts{
			Quantity: segment.MakeInts(p.sumQuantity), Net: segment.MakeInts(p.sumNet), Discount: segment.MakeInts(p.sumOff),
			Tax: none(len(p.At)), Cost: none(len(p.At)),
		}
		if err := p.Check(); err != nil {
			return nil, err
		}
		list = append(list, p.Sales)
	}
	return list, nil
}

// dims are the dimension tables of the recipe's data.
func dims() *segment.Dims {
	d := &segment.Dims{Tills: []segment.Till{{ID: "1"}}, Cashiers: []segment.Cashier{{ID: "1"}}}
	for i := range stores {
		d.Stores = append(d.Stores, segment.Store{ID: fmt.Sprint(i)})
	}
	for i := range skus {
		d.Products = append(d.Products, segment.Product{SKU: fmt.Sprint(i), Category: -1})
	}
	for i := range customers {
		d.Customers = append(d.Customers, segment.Customer{ID: fmt.Sprint(i)})
	}
	return d
}
