package pricing

import (
	"cmp"
	"slices"

	"tillsight/shared/money"
)

// planLine reduces units of the goods, at most as many pieces as the limit allows.
func (e *engine) planLine(n int32) plan {
	c := e.rule(n)
	p := plan{rule: n}
	if c.plain() {
		e.items(c.targets[0], func(i int32) {
			if units := e.free(i, c.Stack); units > 0 {
				p.add(take{i, units, e.off(c, i, units, int64(units))})
			}
		})
		return e.reason(p, c.targets[0])
	}
	left := c.times(e.b)
	for _, i := range e.dearest(c.targets[0], c.Stack) {
		count := min(left, e.pieces(i, c.Stack))
		units := e.units(i, count)
		off := e.off(c, i, units, int64(units))
		if off == 0 {
			continue
		}
		if !c.Stack && off <= e.given(i, units) {
			p.why, p.by = WhyLost, e.lines[i].rival // a plain rule does at least as much
			continue
		}
		p.add(take{i, units, off})
		left -= count
		p.times += count
	}
	return e.reason(p, c.targets[0])
}

// planMulti makes sets of Buy + Get pieces from the dearest down; the cheapest
// Get of each set are reduced.
func (e *engine) planMulti(n int32) plan {
	c := e.rule(n)
	p := plan{rule: n}
	list, left := e.dearest(c.targets[0], c.Stack), c.times(e.b)
	if c.Same {
		slices.SortStableFunc(list, func(a, b int32) int { return cmp.Compare(e.b.Items[a].SKU, e.b.Items[b].SKU) })
	}
	size := int64(c.Buy + c.Get)
	for first := 0; first < len(list); {
		last, pieces := first, int64(0)
		for last < len(list) && (!c.Same || e.b.Items[list[last]].SKU == e.b.Items[list[first]].SKU) {
			pieces += e.pieces(list[last], c.Stack)
			last++
		}
		sets := min(pieces/size, left)
		left -= sets
		p.times += sets
		e.fillSets(&p, list[first:last], sets)
		if rest := pieces - sets*size; p.missing == 0 || size-rest < p.missing {
			p.missing = size - rest
		}
		first = last
	}
	return e.settle(p, c.targets[0])
}

// fillSets reduces pieces of list, which is sorted by price, that lie at the end
// of each of the sets.
func (e *engine) fillSets(p *plan, list []int32, sets int64) {
	c := e.rule(p.rule)
	size, buy, get := int64(c.Buy+c.Get), int64(c.Buy), int64(c.Get)
	// reduced counts the reduced pieces among the first x.
	reduced := func(x int64) int64 { return x/size*get + max(0, x%size-buy) }
	at := int64(0)
	for _, i := range list {
		if at >= sets*size {
			return
		}
		end := min(at+e.pieces(i, c.Stack), sets*size)
		count := reduced(end) - reduced(at)
		t := take{item: i, units: e.units(i, end-at)}
		if count > 0 {
			t.off = e.off(c, i, e.units(i, count), count*1000)
		}
		p.add(t)
		at = end
	}
}

// planBundle puts bundles together from the dearest goods of every part.
func (e *engine) planBundle(n int32) plan {
	c := e.rule(n)
	p := plan{rule: n}
	b := newBundler(e, c)
	defer b.clear()
	var off money.Amount
	for left := min(c.times(e.b), 1000); left > 0; left-- {
		sum, ok := b.next()
		if !ok {
			break
		}
		off += c.Off.of(sum, 1000)
		p.times++
	}
	if e.trace != nil {
		p.missing = b.missing()
	}
	b.share(&p, off)
	return e.settle(p, c.targets[0])
}

// bundled is what bundles take of an item.
type bundled struct {
	pieces  int64
	reduced money.Amount // what the pieces cost that are reduced
}

// bundler takes pieces for the parts of a bundle.
type bundler struct {
	e     *engine
	c     *compiled
	lists [][]int32 // by part: its goods, dearest first
	at    []int     // by part: first of them with pieces left
	some  bool      // only some parts are reduced
	taken []bundledPiece
}

// bundledPiece is one piece of the bundle at hand.
type bundledPiece struct {
	item int32
	cost money.Amount // 0 when it is not reduced
}

func newBundler(e *engine, c *compiled) *bundler {
	b := &bundler{
		e: e, c: c, at: make([]int, len(c.Parts)), lists: make([][]int32, len(c.Parts)),
		some: slices.ContainsFunc(c.Parts, func(part Part) bool { return part.Off }),
	}
	if e.used == nil {
		e.used = make([]bundled, len(e.lines))
	}
	for n, target := range c.targets {
		if b.lists[n] = e.dearest(target, c.Stack); len(b.lists[n]) == 0 && e.trace == nil {
			break // nothing will come of it
		}
	}
	return b
}

// clear leaves the scratch space empty for the next bundler.
func (b *bundler) clear() {
	for _, list := range b.lists {
		for _, i := range list {
			b.e.used[i] = bundled{}
		}
	}
}

// next makes one bundle and returns what its reduced parts cost; ok is false,
// and nothing is taken, when a part is missing.
func (b *bundler) next() (sum money.Amount, ok bool) {
	b.taken = b.taken[:0]
	for n, part := range b.c.Parts {
		for range part.Count {
			i, found := b.piece(n)
			if !found {
				for _, t := range b.taken {
					b.e.used[t.item].pieces--
					b.e.used[t.item].reduced -= t.cost
				}
				return 0, false
			}
			t := bundledPiece{item: i, cost: b.cost(n, i)}
			b.taken = append(b.taken, t)
			b.e.used[i].pieces++
			b.e.used[i].reduced += t.cost
			sum += t.cost
		}
	}
	return sum, true
}

// cost is what a piece of item i in part n costs, 0 when it is not reduced.
func (b *bundler) cost(n int, i int32) money.Amount {
	if b.some && !b.c.Parts[n].Off {
		return 0
	}
	return b.e.value(i, b.e.units(i, 1), b.c.Stack)
}

// piece returns the dearest item with a piece left for part n.
func (b *bundler) piece(n int) (int32, bool) {
	for list := b.lists[n]; b.at[n] < len(list); b.at[n]++ {
		if i := list[b.at[n]]; b.e.used[i].pieces < b.e.pieces(i, b.c.Stack) {
			return i, true
		}
	}
	return 0, false
}

// missing counts the pieces that one more bundle wants.
func (b *bundler) missing() int64 {
	var missing int64
	for n, part := range b.c.Parts {
		var left int64
		for _, i := range b.lists[n] {
			left += b.e.pieces(i, b.c.Stack) - b.e.used[i].pieces
		}
		missing += max(0, int64(part.Count)-left)
	}
	return missing
}

// share divides off over the items of the bundles by what their reduced pieces cost.
func (b *bundler) share(p *plan, off money.Amount) {
	var items []int32
	for _, list := range b.lists {
		for _, i := range list {
			if b.e.used[i].pieces > 0 {
				items = append(items, i)
			}
		}
	}
	slices.SortFunc(items, func(x, y int32) int { return cmp.Compare(b.e.rank[x], b.e.rank[y]) })
	items = slices.Compact(items)
	sums, rooms := make([]money.Amount, len(items)), make([]money.Amount, len(items))
	for n, i := range items {
		sums[n] = b.e.used[i].reduced
		rooms[n] = max(0, min(sums[n], b.e.priced[i].room(&b.e.b.Items[i])))
	}
	for n, part := range Spread(off, sums, rooms) {
		p.add(take{items[n], b.e.units(items[n], b.e.used[items[n]].pieces), part})
	}
}

// planReceipt reduces goods whose sum reaches a step.
func (e *engine) planReceipt(n int32) plan {
	c := e.rule(n)
	p := plan{rule: n, times: 1}
	var items []int32
	var sums, rooms []money.Amount
	var reached, base, space money.Amount
	e.items(c.targets[0], func(i int32) {
		reached += e.priced[i].Gross - e.priced[i].Discount
		units := e.free(i, c.Stack)
		if units == 0 {
			return
		}
		sum := e.value(i, units, c.Stack)
		room := min(sum, e.priced[i].room(&e.b.Items[i]))
		base += sum
		space += room
		if !e.sketch {
			items, sums, rooms = append(items, i), append(sums, sum), append(rooms, room)
		}
	})
	step := -1
	for s := range c.Steps {
		if reached >= c.Steps[s].From {
			step = s
		}
	}
	if step+1 < len(c.Steps) {
		p.missing, p.next = int64(c.Steps[step+1].From-reached), step+1
	}
	if step < 0 {
		p.why = WhySum
		return p
	}
	off := c.Steps[step].Off.of(base, 1000)
	if e.sketch {
		p.total = min(off, space)
		return e.reason(p, c.targets[0])
	}
	for k, part := range Spread(off, sums, rooms) {
		p.add(take{items[k], e.free(items[k], c.Stack), part})
	}
	return e.reason(p, c.targets[0])
}

// planGift reduces pieces of the gift, the cheapest first, when the other goods
// are worth enough.
func (e *engine) planGift(n int32) plan {
	c := e.rule(n)
	p := plan{rule: n}
	gifts := e.dearest(c.targets[1], c.Stack)
	slices.Reverse(gifts)
	var reached money.Amount
	e.items(c.targets[0], func(i int32) {
		if !slices.Contains(gifts, i) {
			reached += e.priced[i].Gross - e.priced[i].Discount
		}
	})
	times := int64(reached / c.From)
	if !c.Repeat {
		times = min(times, 1)
	}
	if times == 0 {
		p.why, p.missing = WhySum, int64(c.From-reached)
		return p
	}
	left, given := min(times, c.times(e.b))*int64(c.Count), int64(0)
	if len(gifts) == 0 {
		p.missing = left
	}
	for _, i := range gifts {
		count := min(left, e.pieces(i, c.Stack))
		if count == 0 {
			break
		}
		p.add(take{i, e.units(i, count), e.off(c, i, e.units(i, count), count*1000)})
		left -= count
		given += count
	}
	p.times = (given + int64(c.Count) - 1) / int64(c.Count)
	return e.reason(p, c.targets[1])
}

func (p *plan) add(t take) {
	p.takes = append(p.takes, t)
	p.total += t.off
}

// settle gives a rule that counts pieces up when plain rules of the same
// priority would take at least as much off the goods it uses.
func (e *engine) settle(p plan, target int32) plan {
	if p.total > 0 && !e.rule(p.rule).Stack {
		var given money.Amount
		for _, t := range p.takes {
			given += e.given(t.item, t.units)
		}
		if given >= p.total {
			for _, t := range p.takes {
				if by := e.lines[t.item].rival; by >= 0 {
					return plan{rule: p.rule, why: WhyLost, by: by}
				}
			}
		}
	}
	return e.reason(p, target)
}

// reason says why a plan saves nothing.
func (e *engine) reason(p plan, target int32) plan {
	if p.total > 0 || p.why != "" || e.trace == nil {
		return p
	}
	p.why = WhyCount
	if len(p.takes) > 0 {
		p.why = WhyMinimum
	}
	stack := e.rule(p.rule).Stack
	e.items(target, func(i int32) {
		l := &e.lines[i]
		if e.free(i, stack) < e.b.Items[i].Quantity && l.owner >= 0 {
			p.why, p.by = WhyLost, l.owner
		}
	})
	return p
}
