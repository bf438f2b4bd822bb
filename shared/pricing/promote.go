package pricing

import (
	"cmp"
	"slices"

	"tillsight/shared/money"
	"tillsight/shared/quantity"
)

// engine is one run of the promotions over a basket.
//
// Rules go by priority. Within one priority, rules that count pieces come first,
// the greatest saving before the others; then every line takes the best of the
// plain line rules; then stacking line rules add up. Rules on the receipt's sum
// and gifts follow, again by priority. Goods are taken from the dearest down by
// the shelf's price. Ties fall by article and rule ID, never by the order of
// scanning.
type engine struct {
	b      *Basket
	r      *Rules
	priced []Priced
	lines  []line
	hits   [][2]int32 // by target: first and last match, counted from 1
	match  []match
	state  []uint8 // by rule
	order  []int32 // rules with a match, highest priority first
	groups map[string]int32
	rivals []int32 // items that a plain rule of this priority would reduce
	sorted []int32 // all items, the dearest piece first
	rank   []int32 // where an item is in sorted
	sketch bool    // plans need their totals only
	used   []bundled
	trace  *trace
}

// States of a rule.
const (
	unknown uint8 = iota
	isOpen
	isClosed
	isTouched
)

// line is what the rules have taken of an item so far.
type line struct {
	hard    quantity.Milli // units that belong to one rule
	soft    quantity.Milli // units that stacking rules have reduced
	offSoft money.Amount
	owner   int32          // rule that took units last
	best    money.Amount   // saving by the best plain rule of this priority
	bestOf  quantity.Milli // on so many units
	rival   int32          // that rule
}

// match is an item that a target wants; next counts from 1.
type match struct {
	item, next int32
}

// take is what a rule wants from one item.
type take struct {
	item  int32
	units quantity.Milli // used up by the rule
	off   money.Amount
}

// plan is what a rule would do now.
type plan struct {
	rule    int32
	takes   []take
	total   money.Amount
	why     Why   // when total is 0
	by      int32 // for WhyLost
	missing int64 // for WhyCount and WhySum
	next    int   // step that missing leads to
	times   int64 // pieces of a line rule, sets or gifts of the others
}

func promote(b *Basket, r *Rules, priced []Priced, t *trace) {
	e := &engine{b: b, r: r, priced: priced, trace: t}
	e.lines = make([]line, len(b.Items))
	e.hits = make([][2]int32, len(r.targets))
	e.match = make([]match, 0, 16*len(b.Items)) // as many as rules usually want of an item
	e.state = make([]uint8, len(r.rules))
	for i := range e.lines {
		e.lines[i].owner, e.lines[i].rival = -1, -1
	}
	e.sort()
	e.find()
	slices.Sort(e.order)
	for first := 0; first < len(e.order); {
		last := first
		for last < len(e.order) && e.rule(e.order[last]).Priority == e.rule(e.order[first]).Priority {
			last++
		}
		e.level(e.order[first:last])
		first = last
	}
	e.finish()
	if t != nil {
		t.close(e)
	}
}

func (e *engine) rule(i int32) *compiled { return &e.r.rules[i] }

// sort puts the dearest piece first, so that every target finds its items in
// this order. Items are told apart by the order of scanning only when they are
// the same.
func (e *engine) sort() {
	e.sorted = make([]int32, len(e.b.Items))
	each := make([]money.Amount, len(e.b.Items))
	for i := range e.sorted {
		e.sorted[i] = int32(i)
		each[i] = e.value(int32(i), e.units(int32(i), 1), false)
	}
	slices.SortFunc(e.sorted, func(a, b int32) int {
		if each[a] != each[b] {
			return cmp.Compare(each[b], each[a])
		}
		x, y := &e.b.Items[a], &e.b.Items[b]
		return cmp.Or(
			cmp.Compare(x.SKU, y.SKU),
			cmp.Compare(y.Quantity, x.Quantity),
			cmp.Compare(y.LabelSum, x.LabelSum),
			cmp.Compare(a, b),
		)
	})
	e.rank = make([]int32, len(e.sorted))
	for at, i := range e.sorted {
		e.rank[i] = int32(at)
	}
}

// find links every item to the targets that want it.
func (e *engine) find() {
	for _, i := range e.sorted {
		item := &e.b.Items[i]
		if item.fixed || item.final || e.r.never != nil && e.r.has(e.r.never, item) {
			continue
		}
		e.link(i, e.r.all)
		e.link(i, e.r.bySKU[item.SKU])
		if list, ok := e.r.byCat[item.Category]; ok {
			e.link(i, list)
		}
		if item.Mark != "" {
			e.link(i, e.r.byMark[item.Mark])
		}
	}
}

func (e *engine) link(i int32, targets []int32) {
	for _, n := range targets {
		t := &e.r.targets[n]
		if e.state[t.rule] == unknown {
			e.state[t.rule] = isOpen
			if e.rule(t.rule).closed(e.b) != "" {
				e.state[t.rule] = isClosed
			}
		}
		if e.state[t.rule] == isClosed || t.goods.Not != nil && e.r.has(t.goods.Not, &e.b.Items[i]) {
			continue
		}
		hit := &e.hits[n]
		if hit[1] != 0 && e.match[hit[1]-1].item == i {
			continue // by article and by category
		}
		e.match = append(e.match, match{item: i})
		at := int32(len(e.match))
		if hit[0] == 0 {
			hit[0] = at
		} else {
			e.match[hit[1]-1].next = at
		}
		hit[1] = at
		if e.state[t.rule] != isTouched {
			e.state[t.rule] = isTouched
			e.order = append(e.order, t.rule)
		}
	}
}

// items calls f for every item that target n wants.
func (e *engine) items(n int32, f func(i int32)) {
	for at := e.hits[n][0]; at != 0; at = e.match[at-1].next {
		f(e.match[at-1].item)
	}
}

// plain reports whether a rule works on every line by itself.
func (c *compiled) plain() bool {
	return c.Kind == LineRule && c.Limit == 0 && c.LimitCustomer == 0 && c.LimitTotal == 0 && c.Group == "" && c.Coupon.Prefix == ""
}

// level applies the rules of one priority.
func (e *engine) level(rules []int32) {
	var plans []plan
	e.compete(rules)
	for _, i := range rules {
		if c := e.rule(i); !c.plain() && c.Kind != ReceiptRule && c.Kind != GiftRule {
			plans = append(plans, e.outline(i))
		}
	}
	if e.applyBest(plans) {
		e.compete(rules)
	}
	var one [1]take
	for _, i := range e.rivals {
		if l := &e.lines[i]; l.rival >= 0 {
			one[0] = take{item: i, units: e.free(i, false), off: l.best}
			e.apply(plan{rule: l.rival, takes: one[:], total: l.best})
			l.rival, l.best = -1, 0
		}
	}
	e.rivals = e.rivals[:0]
	for _, i := range rules {
		if c := e.rule(i); c.plain() && c.Stack {
			e.apply(e.planLine(i))
		}
	}
}

// finish applies what depends on the receipt's sum.
func (e *engine) finish() {
	for first := 0; first < len(e.order); {
		var plans []plan
		priority := e.rule(e.order[first]).Priority
		for ; first < len(e.order) && e.rule(e.order[first]).Priority == priority; first++ {
			if c := e.rule(e.order[first]); c.Kind == ReceiptRule || c.Kind == GiftRule {
				plans = append(plans, e.outline(e.order[first]))
			}
		}
		e.applyBest(plans)
	}
}

// compete finds for every line the plain rule that saves most.
func (e *engine) compete(rules []int32) {
	for _, i := range e.rivals {
		e.lines[i].best, e.lines[i].rival = 0, -1
	}
	e.rivals = e.rivals[:0]
	for _, n := range rules {
		c := e.rule(n)
		if !c.plain() || c.Stack {
			continue
		}
		e.items(c.targets[0], func(i int32) {
			units := e.free(i, false)
			if units == 0 {
				return
			}
			l := &e.lines[i]
			if off := e.off(c, i, units, int64(units)); off > l.best {
				if l.rival < 0 {
					e.rivals = append(e.rivals, i)
				}
				l.best, l.bestOf, l.rival = off, units, n
			}
		})
	}
}

// applyBest applies plans, the greatest saving first, and reports whether any
// saved something. Each plan was a sketch and is made when its turn comes,
// because those before it took goods away.
func (e *engine) applyBest(plans []plan) bool {
	slices.SortStableFunc(plans, func(a, b plan) int { return cmp.Compare(b.total, a.total) })
	changed := false
	for _, p := range plans {
		if p.total > 0 {
			p = e.plan(p.rule)
		}
		if group := e.rule(p.rule).Group; group != "" && p.total > 0 {
			if winner, taken := e.groups[group]; taken {
				p = plan{rule: p.rule, why: WhyLost, by: winner}
			} else {
				if e.groups == nil {
					e.groups = map[string]int32{}
				}
				e.groups[group] = p.rule
			}
		}
		e.apply(p)
		changed = changed || p.total > 0
	}
	return changed
}

// outline tells what rule i would save now, without the takes.
func (e *engine) outline(i int32) plan {
	e.sketch = true
	p := e.plan(i)
	e.sketch = false
	return p
}

func (e *engine) plan(i int32) plan {
	switch c := e.rule(i); c.Kind {
	case MultiRule:
		return e.planMulti(i)
	case BundleRule:
		return e.planBundle(i)
	case ReceiptRule:
		return e.planReceipt(i)
	case GiftRule:
		return e.planGift(i)
	default:
		return e.planLine(i)
	}
}

// apply carries a plan out.
func (e *engine) apply(p plan) {
	c := e.rule(p.rule)
	if e.trace != nil {
		e.trace.note(e, p)
	}
	if p.total <= 0 {
		return
	}
	for _, t := range p.takes {
		l := &e.lines[t.item]
		e.priced[t.item].takeRule(c.ID, c.Version, t.off)
		l.owner = p.rule
		if c.Stack {
			l.soft = max(l.soft, t.units)
			l.offSoft += t.off
		} else {
			l.hard += t.units
		}
	}
}

// free returns the units of item i that a rule may still use.
func (e *engine) free(i int32, stack bool) quantity.Milli {
	l := &e.lines[i]
	left := e.b.Items[i].Quantity - l.hard
	if !stack {
		left -= l.soft
	}
	return max(0, left)
}

// value returns what units of item i cost before a rule takes off.
func (e *engine) value(i int32, units quantity.Milli, stack bool) money.Amount {
	item, l := &e.b.Items[i], &e.lines[i]
	if item.Quantity <= 0 {
		return 0
	}
	gross := int64(e.priced[i].Gross)
	if !stack || l.offSoft == 0 {
		return money.Amount(money.MulDiv(gross, int64(units), int64(item.Quantity)))
	}
	open := item.Quantity - l.hard
	if open <= 0 {
		return 0
	}
	left := money.MulDiv(gross, int64(open), int64(item.Quantity)) - int64(l.offSoft)
	return money.Amount(money.MulDiv(left, int64(units), int64(open)))
}

// off returns what c takes off units of item i that count as n thousandths.
func (e *engine) off(c *compiled, i int32, units quantity.Milli, n int64) money.Amount {
	off := c.Off.of(e.value(i, units, c.Stack), n)
	return max(0, min(off, e.priced[i].room(&e.b.Items[i])))
}

// pieces returns how many pieces item i has for a rule: a package by weight is one.
func (e *engine) pieces(i int32, stack bool) int64 {
	item, free := &e.b.Items[i], e.free(i, stack)
	if item.Unit.Whole() && (item.LabelSum == 0 || item.Quantity == quantity.One) {
		return int64(free / quantity.One)
	}
	if free == item.Quantity {
		return 1
	}
	return 0
}

// units is the quantity of n pieces of item i.
func (e *engine) units(i int32, n int64) quantity.Milli {
	item := &e.b.Items[i]
	if item.Unit.Whole() && (item.LabelSum == 0 || item.Quantity == quantity.One) {
		return quantity.Milli(n) * quantity.One
	}
	return quantity.Milli(min(n, 1)) * item.Quantity
}

// given returns what plain rules of this priority would take off units of item i.
func (e *engine) given(i int32, units quantity.Milli) money.Amount {
	l := &e.lines[i]
	if l.rival < 0 {
		return 0
	}
	return money.Amount(money.MulDiv(int64(l.best), int64(min(units, e.free(i, false))), int64(l.bestOf)))
}

// dearest returns the items of target n with free pieces, the dearest first.
func (e *engine) dearest(n int32, stack bool) []int32 {
	var list []int32
	e.items(n, func(i int32) {
		if e.pieces(i, stack) > 0 {
			list = append(list, i)
		}
	})
	return list
}
