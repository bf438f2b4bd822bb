package cube

import "math/bits"

// placing gives the cells that occur places 1, 2, 3… by open addressing.
type placing struct {
	slots []int64 // 2i the cell number, 2i+1 its place, 0 when free
	cells []int64 // cells[place-1] is the cell number
	shift uint
}

func newPlacing() *placing { return &placing{slots: make([]int64, 2<<12), shift: 64 - 12} }

func (p *placing) of(cell int64) int64 {
	mask := len(p.slots)/2 - 1
	i := int(uint64(cell) * 0x9E3779B97F4A7C15 >> p.shift)
	for {
		switch {
		case p.slots[2*i+1] == 0:
			return p.insert(i, cell)
		case p.slots[2*i] == cell:
			return p.slots[2*i+1]
		}
		i = (i + 1) & mask
	}
}

func (p *placing) insert(i int, cell int64) int64 {
	p.cells = append(p.cells, cell)
	place := int64(len(p.cells))
	p.slots[2*i], p.slots[2*i+1] = cell, place
	if 4*len(p.cells) > len(p.slots) { // half full
		p.rehash()
	}
	return place
}

func (p *placing) rehash() {
	p.shift--
	p.slots = make([]int64, 2*len(p.slots))
	mask := len(p.slots)/2 - 1
	for n, cell := range p.cells {
		i := int(uint64(cell) * 0x9E3779B97F4A7C15 >> p.shift)
		for p.slots[2*i+1] != 0 {
			i = (i + 1) & mask
		}
		p.slots[2*i], p.slots[2*i+1] = cell, int64(n+1)
	}
}

// bitsMax is the largest table of bits that pairs makes: 16 MiB.
const bitsMax = 1 << 27

// pairs counts the distinct customers of each place: with a bit per place and
// customer where that is small, else by sorting.
type pairs struct {
	customers int
	bits      []uint64
	list      []uint64 // place<<32 | customer
}

func newPairs(places, customers int, dense bool) *pairs {
	p := &pairs{customers: customers}
	if dense && places*customers <= bitsMax {
		p.bits = make([]uint64, places*customers/64+1)
	}
	return p
}

func (p *pairs) add(place int64, customer int32) {
	if p.bits != nil {
		n := uint64(place)*uint64(p.customers) + uint64(customer)
		p.bits[n>>6] |= 1 << (n & 63)
		return
	}
	p.list = append(p.list, uint64(place)<<32|uint64(customer))
}

// count calls each with every place and its number of customers.
func (p *pairs) count(places int, each func(place int, n int64)) {
	if p.bits != nil {
		for place := range places {
			if n := ones(p.bits, place*p.customers, (place+1)*p.customers); n > 0 {
				each(place, n)
			}
		}
		return
	}
	sortPairs(p.list)
	for i := 0; i < len(p.list); {
		place, n := p.list[i]>>32, int64(1)
		j := i + 1
		for ; j < len(p.list) && p.list[j]>>32 == place; j++ {
			if p.list[j] != p.list[j-1] {
				n++
			}
		}
		each(int(place), n)
		i = j
	}
}

// ones counts the bits from … to of set.
func ones(set []uint64, from, to int) int64 {
	if from >= to {
		return 0
	}
	n, first, last := 0, from>>6, (to-1)>>6
	for w := first; w <= last; w++ {
		word := set[w]
		if w == first {
			word &= ^uint64(0) << (from & 63)
		}
		if w == last {
			word &= ^uint64(0) >> (63 - (to-1)&63)
		}
		n += bits.OnesCount64(word)
	}
	return int64(n)
}

// sortPairs sorts by radix, leaving out the bytes that are the same everywhere.
func sortPairs(list []uint64) {
	var or uint64
	and := ^uint64(0)
	for _, v := range list {
		or |= v
		and &= v
	}
	spare := make([]uint64, len(list))
	from, to := list, spare
	for shift := uint(0); shift < 64; shift += 8 {
		if (or^and)>>shift&0xff == 0 {
			continue
		}
		var starts [257]int
		for _, v := range from {
			starts[v>>shift&0xff+1]++
		}
		for i := 1; i < len(starts); i++ {
			starts[i] += starts[i-1]
		}
		for _, v := range from {
			digit := v >> shift & 0xff
			to[starts[digit]] = v
			starts[digit]++
		}
		from, to = to, from
	}
	if len(list) > 0 && &from[0] != &list[0] {
		copy(list, from)
	}
}
