package demo

import (
	"math"
	"math/rand/v2"
	"time"

	"tillsight/shared/quantity"
)

// item is what goes into a basket.
type item struct {
	article int32
	qty     quantity.Milli
	coupon  int // campaign whose discount it gets, -1 none
}

// basket is being filled.
type basket struct {
	g       *generator
	r       *rand.Rand
	items   []item
	has     map[int32]int
	want    int
	date    time.Time
	segment int
	place   int
}

// shop fills the basket of a visit on day d. sh is nil without a card.
func (g *generator) shop(r *rand.Rand, sh *shopper, place, d int) []item {
	segment := passerBy
	if sh != nil {
		segment = int(sh.segment)
	}
	seg := &segments[segment]
	mean := (seg.lines - 1) * g.scale * g.stores[place].basket
	b := &basket{
		g: g, r: r, has: map[int32]int{}, date: g.date(d), segment: segment, place: place,
		// One, and a gamma-mixed Poisson number more.
		want: 1 + poisson(r, mean*gamma(r, 2)/2),
	}
	if sh != nil {
		g.offer(b, sh, d)
		g.fulfil(b, sh, d)
		g.restock(b, sh, d)
	}
	for tries := 0; len(b.items) < b.want && tries < 40+4*b.want; tries++ {
		b.take(g.choose(r, sh, b), -1)
	}
	if sh != nil {
		g.intend(b, sh, d)
	}
	return b.items
}

// choose draws the next kind: now and then one of the customer's favourites, if
// it has its season, mostly what people like him buy in such a store.
func (g *generator) choose(r *rand.Rand, sh *shopper, b *basket) int {
	if sh != nil && r.Float64() < likeShare {
		k := int(sh.likes[r.IntN(len(sh.likes))])
		if r.Float64() < season(g.m.categories[g.m.types[k].category].season, b.date)/1.5 {
			return k
		}
	}
	return g.kindTable(b.segment, b.place, b.date).draw(r)
}

// take puts an article of kind k into the basket and, by chance, what goes with it.
func (b *basket) take(k, coupon int) {
	i := b.g.shelf.draw(b.r, b.g.week, k)
	if _, there := b.has[i]; there {
		return
	}
	b.has[i] = k
	b.items = append(b.items, item{article: i, qty: b.quantity(i), coupon: coupon})
	for _, l := range b.g.couples[k] {
		if b.r.Float64() < l.added && len(b.items) < b.want {
			b.take(l.kind, -1)
		}
	}
}

// quantity draws how much: pieces as in the data (79, 15, 3, 1.5 percent take
// one, two, three, four), weights around what is usual.
func (b *basket) quantity(i int32) quantity.Milli {
	a := &b.g.list[i]
	if a.Unit == quantity.Kilogram {
		grams := a.typical * 1000 * math.Exp(b.r.NormFloat64()*0.35)
		return quantity.Milli(min(max(grams, 40), 20_000))
	}
	x := b.r.Float64()
	switch {
	case x < 0.795:
		return quantity.One
	case x < 0.945:
		return 2 * quantity.One
	case x < 0.975:
		return 3 * quantity.One
	case x < 0.99:
		return 4 * quantity.One
	}
	return 6 * quantity.One
}

// offer is what a campaign does to the treated.
func (g *generator) offer(b *basket, sh *shopper, d int) {
	for c := range campaigns {
		if !g.runs(c, d) || sh.campaign&(1<<c) == 0 {
			continue
		}
		if b.r.Float64() < segments[sh.segment].uplift {
			b.take(g.kinds[campaigns[c].kind], c)
		}
	}
}

// runs reports whether campaign c is on.
func (g *generator) runs(c, d int) bool {
	start := int(campaigns[c].startDay * float64(g.days))
	return d >= start && d < start+campaigns[c].days
}

// treated reports whether customer n is in the treated half of campaign c. The
// other half is the control.
func (g *generator) treated(n, c int) bool {
	return mix(g.opt.Seed^0xca5cade, uint64(n)<<8|uint64(c))&1 == 0
}

// fulfil buys what an earlier purchase made necessary.
func (g *generator) fulfil(b *basket, sh *shopper, d int) {
	left := sh.intents[:0]
	for _, in := range sh.intents {
		switch {
		case int(in.due) > d:
			left = append(left, in)
		case len(b.items) < b.want:
			b.take(int(in.kind), -1)
		}
	}
	sh.intents = left
}

// intend remembers the second parts of sequences begun.
func (g *generator) intend(b *basket, sh *shopper, d int) {
	for _, it := range b.items {
		for _, i := range g.sequences[b.has[it.article]] {
			s := sequences[i]
			if b.r.Float64() < s.added && len(sh.intents) < 6 {
				due := d + s.from + b.r.IntN(s.to-s.from+1)
				sh.intents = append(sh.intents, intent{int16(g.kinds[s.second]), int32(due)})
			}
		}
	}
}

// restock buys the staples that ran out.
func (g *generator) restock(b *basket, sh *shopper, d int) {
	for i := range sh.habits {
		h := &sh.habits[i]
		// Who comes again only after it ran out takes it along now.
		soon := float32(d) + sh.pace/3
		if h.kind < 0 || h.due > soon || len(b.items) >= b.want {
			continue
		}
		b.take(int(h.kind), -1)
		h.due = float32(d) + h.period*float32(math.Exp(b.r.NormFloat64()*stapleTolerance))
	}
}
