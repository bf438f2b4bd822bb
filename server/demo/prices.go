package demo

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/tax"
)

// week is what the shelves say from a Monday to the Sunday after.
type week struct {
	monday time.Time
	shelf  []money.Amount // by article, in force in most stores
	ratio  []float64      // price to pay, by that of the article's trend
	promo  map[int32]promo
	rule   string // ID of the week's promotions
	kinds  []chooser
	totals []float64 // weight of each kind: the sum over its articles
}

type promo struct {
	bp      int64
	leaflet bool
}

// priceChange is a shelf price of an article from a week on.
type priceChange struct {
	article int32
	week    int32
	amount  money.Amount
}

// shelves is the history of prices and promotions. Weeks are computed one
// after the other, so that only one is in memory.
type shelves struct {
	m       *material
	list    []article
	first   time.Time // Monday of week 0
	weeks   int
	changes []priceChange // by week
	byKind  [][]int32     // articles of each kind
	seed    uint64
}

func (m *material) shelves(seed uint64, list []article, from, to time.Time) *shelves {
	p := &shelves{m: m, list: list, first: monday(from), seed: seed, byKind: make([][]int32, len(m.types))}
	p.weeks = int(monday(to).Sub(p.first).Hours()/24/7) + 1
	for i, a := range list {
		p.byKind[a.kind] = append(p.byKind[a.kind], int32(i))
	}
	r := stream(seed, streamPrices)
	for w := range p.weeks {
		for i := range list {
			if w > 0 && r.Float64() > 1.0/priceEvery {
				continue
			}
			noise := math.Exp(r.NormFloat64()*priceNoise - priceNoise*priceNoise/2)
			amount := roundPrice(float64(list[i].base) * trend(w) * noise)
			p.changes = append(p.changes, priceChange{int32(i), int32(w), amount})
		}
	}
	return p
}

func monday(day time.Time) time.Time {
	return day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
}

// trend is the level of shelf prices in a week, 1 at first.
func trend(week int) float64 { return math.Pow(1+inflation, float64(week)/52*12) }

// week computes week w from the one before, nil for the first.
func (p *shelves) week(w int, before *week) *week {
	now := &week{
		monday: p.first.AddDate(0, 0, 7*w),
		shelf:  make([]money.Amount, len(p.list)),
		ratio:  make([]float64, len(p.list)),
		promo:  map[int32]promo{},
	}
	year, number := now.monday.ISOWeek()
	now.rule = fmt.Sprintf("W%d-%02d", year, number)
	if before != nil {
		copy(now.shelf, before.shelf)
	}
	for _, c := range p.changesOf(w) {
		now.shelf[c.article] = c.amount
	}
	r := rand.New(rand.NewPCG(p.seed, streamPrices<<32|uint64(w)))
	for i := range p.list {
		a := &p.list[i]
		now.ratio[i] = float64(now.shelf[i]) / (float64(a.base) * trend(w))
		if pr, ok := p.promote(r, a); ok {
			now.promo[int32(i)] = pr
			now.ratio[i] *= 1 - float64(pr.bp)/10000
		}
	}
	p.weigh(now)
	return now
}

// changesOf returns the changes of one week; they are sorted by week.
func (p *shelves) changesOf(w int) []priceChange {
	low, high := 0, len(p.changes)
	for low < high {
		if mid := (low + high) / 2; int(p.changes[mid].week) < w {
			low = mid + 1
		} else {
			high = mid
		}
	}
	end := low
	for end < len(p.changes) && int(p.changes[end].week) == w {
		end++
	}
	return p.changes[low:end]
}

// promote draws whether an article is on promotion this week: as often as its
// kind was in the data, a quarter of that for being one article of many.
func (p *shelves) promote(r *rand.Rand, a *article) (promo, bool) {
	t := p.m.types[a.kind]
	chance, depth, leaflet := r.Float64(), r.NormFloat64(), r.Float64()
	if chance > 0.25*t.discounted || a.minShare == 1 {
		return promo{}, false
	}
	bp := int64(math.Round((t.depth+0.07*depth)*20)) * 500
	bp = min(max(bp, 500), 5000)
	if a.minShare > 0 {
		bp = min(bp, int64((1-a.minShare)*10000))
	}
	return promo{bp: bp, leaflet: leaflet < leafletShare}, true
}

// demand is how much more of an article is bought than at its trend price.
func (p *shelves) demand(now *week, i int32) float64 {
	d := math.Pow(now.ratio[i], p.m.categories[p.m.types[p.list[i].kind].category].elasticity)
	if now.promo[i].leaflet {
		d *= leafletLift
	}
	return d
}

// weigh makes the tables from which articles are drawn.
func (p *shelves) weigh(now *week) {
	now.kinds = make([]chooser, len(p.byKind))
	now.totals = make([]float64, len(p.byKind))
	for k, articles := range p.byKind {
		now.kinds[k].sums = make([]float64, 0, len(articles))
		for _, i := range articles {
			weight := p.list[i].weight
			if p.list[i].Stopped {
				weight = 0
			}
			now.kinds[k].add(weight * p.demand(now, i))
		}
		now.totals[k] = now.kinds[k].total()
	}
}

// draw chooses an article of a kind.
func (p *shelves) draw(r *rand.Rand, now *week, k int) int32 {
	return p.byKind[k][now.kinds[k].draw(r)]
}

// storePremium returns what a store adds to an article's shelf price, in basis
// points: small stores and the capital are dearer on some of the goods.
func storePremium(s *store, article int32) int64 {
	if s.premium == 0 || (uint64(article)*2654435761>>7)%100 >= s.premiumShare {
		return 0
	}
	return s.premium
}

// price is what a unit costs in a store this week.
func (p *shelves) price(now *week, s *store, i int32) money.Amount {
	return storePrice(now.shelf[i], storePremium(s, i))
}

func storePrice(shelf money.Amount, premium int64) money.Amount {
	if premium == 0 {
		return shelf
	}
	return roundPrice(float64(shelf) * (1 + float64(premium)/10000))
}

// least is the minimum price of an article at a shelf price.
func (a *article) least(price money.Amount) money.Amount {
	return money.Amount(math.Floor(float64(price) * a.minShare))
}

// cost is what a unit is bought for, without VAT, which the chain gets back: the
// category's margin off the trend price without VAT, since suppliers do not follow
// every change of the shelf.
func (p *shelves) cost(i int32, week int) money.Amount {
	a := &p.list[i]
	margin := p.m.categories[p.m.types[a.kind].category].marginBP
	rate, _ := tax.Table(taxRates()).On(a.Tax, p.first.AddDate(0, 0, 7*week).Format(time.DateOnly))
	return money.Amount(float64(a.base) * trend(week) * float64(10000-margin) / float64(10000+rate.BP))
}

// rows returns the prices in force at the end, to send to tills, and all that
// were before, to log. Prices begin at midnight in the store's own time; the
// chain's at midnight in Moscow.
func (p *shelves) rows(stores []store) (current, past []catalogue.Price) {
	last := make([]int32, len(p.list))
	for _, c := range p.changes {
		last[c.article] = c.week
	}
	for _, c := range p.changes {
		a := &p.list[c.article]
		from := p.first.AddDate(0, 0, 7*int(c.week))
		add := func(store string, amount money.Amount, offset int) {
			price := catalogue.Price{
				SKU: a.SKU, Store: store, From: from.UnixMilli() - int64(offset)*60_000,
				Amount: amount, Min: a.least(amount), Cost: p.cost(c.article, int(c.week)),
			}
			if last[c.article] == c.week {
				current = append(current, price)
			} else {
				past = append(past, price)
			}
		}
		add("", c.amount, home)
		for i := range stores {
			if premium := storePremium(&stores[i], c.article); premium != 0 {
				add(stores[i].ID, storePrice(c.amount, premium), stores[i].offset)
			}
		}
	}
	return current, past
}
