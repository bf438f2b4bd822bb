package cube

import (
	"context"

	"tillsight/shared/errcode"
	"tillsight/shared/segment"
)

// block is how many receipts are taken through the columns at a time: their
// numbers stay in the processor's cache.
const block = 2048

// denseMax is the largest number of cells that get a slot each; above it only
// the cells that occur do.
const denseMax = 1 << 19

// scan collects the bases of every cell in one pass over the sales.
//
// A cell c owns two slots, 2s for sales and 2s+1 for returns, s being its place.
// Place 0 takes what is filtered out, so that the adding loops need no test.
type scan struct {
	p      *plan
	places *placing // nil: place is cell + 1
	sums   [perKind][]int64
	rows   []int64 // lines (or receipts, when only those are looked at) per slot
	buyers *pairs
	keep   *cellSet // nil: all; others are treated as filtered out

	single     func(*segment.Sales) *segment.Ints // of the only sum wanted, nil when there are several
	singleBase Base

	keys     []int64 // of the block's receipts, then their slots
	lineKeys []int64
	last     []int64 // serial number of the receipt that last counted in a slot
	serial   int64

	total      [Bases]int64
	allBuyers  []uint64 // bits
	progress   Progress
	ctx        context.Context
	done, size int
}

func newScan(ctx context.Context, p *plan, data Data, customers int, progress Progress) *scan {
	if progress == nil {
		progress = progressOf(ctx)
	}
	x := &scan{p: p, ctx: ctx, progress: progress, keys: make([]int64, block)}
	for _, s := range data.Sales {
		x.size += s.Receipts()
	}
	slots := 2
	if p.cells <= denseMax {
		slots = int(2 * (p.cells + 1))
	} else {
		x.places = newPlacing()
	}
	if p.needs[Buyers] {
		x.allBuyers = make([]uint64, customers/64+1)
		x.buyers = newPairs(slots/2, customers, x.places == nil)
	}
	x.grow(slots)
	return x
}

// grow makes room for slots.
func (x *scan) grow(slots int) {
	if slots <= len(x.rows) {
		return
	}
	slots = max(slots, 2*len(x.rows))
	longer := func(have []int64) []int64 { return append(make([]int64, 0, slots), have...)[:slots] }
	x.rows = longer(x.rows)
	for base := range x.sums {
		if x.p.either(Base(base)) {
			x.sums[base] = longer(x.sums[base])
		}
	}
	if x.p.lines {
		x.last = longer(x.last)
	}
}

func (x *scan) run(data Data) error {
	x.simple()
	for _, s := range data.Sales {
		store, passes := x.p.part(s)
		for from := 0; passes && from < s.Receipts(); from += block {
			to := min(from+block, s.Receipts())
			x.receipts(s, store, from, to)
			if x.p.lines {
				x.byLine(s, from, to)
			} else {
				x.byReceipt(s, from, to)
			}
			if err := x.pause(to - from); err != nil {
				return err
			}
		}
		if !passes {
			x.done += s.Receipts()
		}
	}
	return nil
}

func (x *scan) pause(receipts int) error {
	x.done += receipts
	if x.progress != nil {
		x.progress(x.done, x.size)
	}
	if err := x.ctx.Err(); err != nil {
		return errcode.New(errcode.Cancelled, "cube.Run", err)
	}
	return nil
}

// receipts computes the sums of contributions of receipts from … to into keys.
func (x *scan) receipts(s *segment.Sales, store int64, from, to int) {
	keys := x.keys[:to-from]
	for i := range keys {
		keys[i] = store
	}
	t := &x.p.tables
	add(keys, s.Day[from:to], t[fromDay], -x.p.firstDay)
	add(keys, s.Hour[from:to], t[fromHour], 0)
	add(keys, s.Kind[from:to], t[fromKind], 0)
	add(keys, s.Till[from:to], t[fromTill], 0)
	add(keys, s.Cashier[from:to], t[fromCashier], 0)
	add(keys, s.Customer[from:to], t[fromCustomer], 1)
	if x.p.until == 0 {
		return
	}
	for i, day := range s.Day[from:to] {
		if day == x.p.lastDay && s.Hour[from+i] >= x.p.until {
			keys[i] = reject
		}
	}
}

// add adds table[column[i]+offset] to keys[i]. A nil table contributes nothing.
func add[T segment.Number](keys []int64, column []T, table []int64, offset int) {
	if table == nil {
		return
	}
	for i, v := range column {
		keys[i] += table[int(v)+offset]
	}
}

// place returns the place of a cell number; 0 for a rejected one.
func (x *scan) place(key int64) int64 {
	if key < 0 || x.keep != nil && !x.keep.has(key) {
		return 0
	}
	if x.places == nil {
		return key + 1
	}
	place := x.places.of(key)
	x.grow(int(2*place + 2))
	return place
}

// byReceipt adds up whole receipts from … to by their stored sums.
func (x *scan) byReceipt(s *segment.Sales, from, to int) {
	keys := x.keys[:to-from]
	if x.places == nil && x.keep == nil {
		for i, key := range keys {
			keys[i] = 2*(max(key, -1)+1) + int64(s.Kind[from+i])
		}
	} else {
		for i, key := range keys {
			keys[i] = 2*x.place(key) + int64(s.Kind[from+i])
		}
	}
	for _, slot := range keys {
		x.rows[slot]++
	}
	x.addSums(&s.Sum, keys, from, to)
	x.addBeside(s, keys, from, to)
	if lines := x.sums[SaleLines]; lines != nil {
		for i, slot := range keys {
			lines[slot] += int64(s.First[from+i+1] - s.First[from+i])
		}
	}
	if receipts := x.sums[SaleReceipts]; receipts != nil {
		for _, slot := range keys {
			receipts[slot]++
		}
	}
	if known := x.sums[SaleKnown]; known != nil {
		for i, slot := range keys {
			if s.Customer[from+i] >= 0 {
				known[slot]++
			}
		}
	}
	if x.buyers != nil {
		for i, slot := range keys {
			if customer := s.Customer[from+i]; customer >= 0 && slot > 1 && slot&1 == segment.KindSale {
				x.buyers.add(slot>>1, customer)
				x.allBuyers[customer>>6] |= 1 << (customer & 63)
			}
		}
	}
}

func (x *scan) addSums(a *segment.Amounts, slots []int64, from, to int) {
	addUp(x.sums[SaleNet], slots, a.Net, from, to)
	addUp(x.sums[SaleDiscount], slots, a.Discount, from, to)
	addUp(x.sums[SaleTax], slots, a.Tax, from, to)
	addUp(x.sums[SaleCost], slots, a.Cost, from, to)
	addUp(x.sums[SaleQuantity], slots, a.Quantity, from, to)
}

func addUp(sums, slots []int64, column segment.Ints, from, to int) {
	switch {
	case sums == nil:
	case column.N64 != nil:
		for i, v := range column.N64[from:to] {
			sums[slots[i]] += v
		}
	default:
		for i, v := range column.N32[from:to] {
			sums[slots[i]] += int64(v)
		}
	}
}

// byLine adds up the lines of receipts from … to.
func (x *scan) byLine(s *segment.Sales, from, to int) {
	if x.single != nil && x.single(s).N32 != nil {
		x.oneSum(s, from, to)
		return
	}
	first, end := int(s.First[from]), int(s.First[to])
	if cap(x.lineKeys) < end-first {
		x.lineKeys = make([]int64, (end-first)*5/4)
	}
	slots := x.lineKeys[:end-first]
	for r := from; r < to; r++ {
		products := s.Product[s.First[r]:s.First[r+1]]
		out := slots[int(s.First[r])-first:][:len(products)]
		x.lineSlots(out, products, x.keys[r-from], int64(s.Kind[r]))
		x.distinct(s, r, out)
	}
	x.addSums(&s.Line, slots, first, end)
	x.addLines(s, first, slots)
	if lines := x.sums[SaleLines]; lines != nil {
		for _, slot := range slots {
			lines[slot]++
		}
	}
}

// lineSlots computes the slots of the lines of one receipt and counts them.
func (x *scan) lineSlots(out []int64, products []int32, key, kind int64) {
	if x.places != nil || x.keep != nil {
		table := x.p.tables[fromProduct]
		for i, product := range products {
			out[i] = 2*x.place(key+table[product]) + kind
			x.rows[out[i]]++
		}
		return
	}
	base, table, rows := 2*key+2+kind, x.p.doubled, x.rows
	for i, product := range products {
		slot := base + table[product]
		if slot < 0 {
			slot = kind
		}
		out[i] = slot
		rows[slot]++
	}
}

// oneSum is byLine for the most usual question, one sum by product or category:
// it goes over the lines once.
func (x *scan) oneSum(s *segment.Sales, from, to int) {
	column, sums, rows, table := x.single(s).N32, x.sums[x.singleBase], x.rows, x.p.doubled
	for r := from; r < to; r++ {
		key := x.keys[r-from]
		if key < 0 {
			continue
		}
		base := 2*key + 2 + int64(s.Kind[r])
		lo, hi := s.First[r], s.First[r+1]
		values := column[lo:hi]
		for i, product := range s.Product[lo:hi] {
			slot := base + table[product]
			if slot < 0 {
				slot = 0
			}
			rows[slot]++
			sums[slot] += int64(values[i])
		}
	}
}

// columnsOf are the columns of a line that bases are summed from.
var columnsOf = map[Base]func(*segment.Sales) *segment.Ints{
	SaleNet:      func(s *segment.Sales) *segment.Ints { return &s.Line.Net },
	SaleDiscount: func(s *segment.Sales) *segment.Ints { return &s.Line.Discount },
	SaleTax:      func(s *segment.Sales) *segment.Ints { return &s.Line.Tax },
	SaleCost:     func(s *segment.Sales) *segment.Ints { return &s.Line.Cost },
	SaleQuantity: func(s *segment.Sales) *segment.Ints { return &s.Line.Quantity },
}

// simple notes the only sum that is wanted, if there is only one.
func (x *scan) simple() {
	if !x.p.lines || x.places != nil || x.keep != nil || x.buyers != nil {
		return
	}
	only := Base(-1)
	for base := range x.sums {
		if x.sums[base] == nil {
			continue
		}
		if only >= 0 || columnsOf[Base(base)] == nil {
			return
		}
		only = Base(base)
	}
	if only >= 0 {
		x.single, x.singleBase = columnsOf[only], only
	}
}

// distinct counts receipt r once in every slot that one of its lines is in.
func (x *scan) distinct(s *segment.Sales, r int, slots []int64) {
	receipts, known, beside := x.sums[SaleReceipts], x.sums[SaleKnown], x.beside()
	if receipts == nil && known == nil && x.buyers == nil && !beside {
		return
	}
	x.serial++
	customer, counted := s.Customer[r], false
	for _, slot := range slots {
		if slot < 2 || x.last[slot] == x.serial {
			continue
		}
		x.last[slot], counted = x.serial, true
		if receipts != nil {
			receipts[slot]++
		}
		if beside {
			x.addReceipt(s, r, slot)
		}
		if customer < 0 {
			continue
		}
		if known != nil {
			known[slot]++
		}
		if x.buyers != nil && slot&1 == segment.KindSale {
			x.buyers.add(slot>>1, customer)
			x.allBuyers[customer>>6] |= 1 << (customer & 63)
		}
	}
	if !counted {
		return
	}
	kind := Base(int(s.Kind[r]) * perKind)
	x.total[SaleReceipts+kind]++
	if customer >= 0 {
		x.total[SaleKnown+kind]++
	}
	if beside {
		took, timed, voided, whole := besideOf(s, r)
		x.total[SaleTook+kind] += took
		x.total[SaleTimed+kind] += timed
		x.total[SaleVoided+kind] += voided
		x.total[SaleWhole+kind] += whole
	}
}

// result makes the cells of what was collected.
func (x *scan) result() *pass {
	slots := len(x.rows)
	if x.places != nil {
		slots = 2 * (len(x.places.cells) + 1)
	}
	out := &pass{total: x.total, receiptsAdd: !x.p.lines}
	rows := 0
	for place := 1; place < slots/2; place++ {
		if x.rows[2*place]+x.rows[2*place+1] != 0 {
			rows++
		}
	}
	out.cells, out.bases = make([]int64, 0, rows), make([][Bases]int64, 0, rows)
	at := make([]int32, slots/2) // index of a place in out
	for place := 1; place < slots/2; place++ {
		if x.rows[2*place]+x.rows[2*place+1] == 0 {
			continue
		}
		n := int64(place - 1)
		if x.places != nil {
			n = x.places.cells[place-1]
		}
		at[place] = int32(len(out.cells))
		out.cells = append(out.cells, n)
		out.bases = append(out.bases, x.bases(place))
	}
	for i := range out.bases {
		for b, v := range out.bases[i][:Buyers] {
			if !x.p.lines || !Base(b).ofReceipt() {
				out.total[b] += v
			}
		}
	}
	if x.buyers != nil {
		x.buyers.count(slots/2, func(place int, n int64) { out.bases[at[place]][Buyers] = n })
		out.total[Buyers] = ones(x.allBuyers, 0, 64*len(x.allBuyers))
	}
	return out
}

func (x *scan) bases(place int) (row [Bases]int64) {
	for base, sums := range x.sums {
		if sums != nil {
			row[base], row[base+perKind] = sums[2*place], sums[2*place+1]
		}
	}
	return row
}
