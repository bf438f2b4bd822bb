// Package growth splits the change of sales between two periods into what
// caused it, so that the parts add up to the change exactly.
//
// Sales are receipts × units per receipt × money per unit. Each factor's part is
// its Shapley value: the mean of its effect over all orders in which the factors
// could have changed, so that no factor is favoured by being named first. Money
// per unit changes because prices do, because discounts do, and because other
// goods are sold: the first two are the changes of the goods sold in both
// periods, weighted by the mean of their shares; the rest is the mix, in which a
// good that is new or gone counts by how far its price is from the mean one.
package growth

import (
	"math"
	"math/big"
)

// Good is what was sold of one article in a period.
type Good struct {
	Quantity int64 // thousandths
	Net      int64 // paid, minor units
	Discount int64
}

// Period is the sales of a period. Goods of two periods that are compared are
// the same articles in the same order, with zeros where nothing was sold.
type Period struct {
	Receipts int64
	Goods    []Good
}

// Parts are what each cause adds to sales, in minor units.
type Parts struct {
	Receipts int64 `json:"receipts"` // more or fewer receipts
	Basket   int64 `json:"basket"`   // units per receipt
	Mix      int64 `json:"mix"`      // dearer or cheaper goods among those of both periods
	New      int64 `json:"new"`      // goods that had not been sold before
	Gone     int64 `json:"gone"`     // goods that are not sold any more
	Price    int64 `json:"price"`    // prices before discounts
	Discount int64 `json:"discount"` // discounts per unit
}

// Sum is all parts together.
func (p Parts) Sum() int64 {
	return p.Receipts + p.Basket + p.Mix + p.New + p.Gone + p.Price + p.Discount
}

func (p Period) totals() (quantity, net int64) {
	for _, g := range p.Goods {
		quantity += g.Quantity
		net += g.Net
	}
	return quantity, net
}

// Split returns the parts of the change from then to now. They add up to it.
func Split(now, then Period) Parts {
	q1, s1 := now.totals()
	q0, s0 := then.totals()
	n1, n0 := now.Receipts, then.Receipts
	change := s1 - s0
	if n0 <= 0 || n1 <= 0 || q0 <= 0 || q1 <= 0 { // nothing to compare baskets with
		return Parts{Receipts: change}
	}
	// Averages of the two other factors over the orders, as Shapley weights them.
	receipts := new(big.Rat).Mul(rat(n1-n0, 1), mean(rat(s0, n0), rat(s1, n1), product(q1, s0, n1, q0), product(q0, s1, n0, q1)))
	basket := new(big.Rat).Sub(rat(q1, n1), rat(q0, n0))
	basket.Mul(basket, mean(product(n0, s0, q0, 1), product(n1, s1, q1, 1), product(n1, s0, q0, 1), product(n0, s1, q1, 1)))
	p := Parts{Receipts: rounded(receipts), Basket: rounded(basket)}
	value := change - p.Receipts - p.Basket
	// units is what a change of money per unit is multiplied by.
	units, _ := mean(rat(q0, 1), rat(q1, 1), product(n1, q0, n0, 1), product(n0, q1, n1, 1)).Float64()
	p.value(now, then, value, units)
	return p
}

// value splits what changed because of money per unit.
func (p *Parts) value(now, then Period, value int64, units float64) {
	q1, s1 := now.totals()
	q0, s0 := then.totals()
	mean := (float64(s0)/float64(q0) + float64(s1)/float64(q1)) / 2
	var price, discount, fresh, gone float64
	for i := range now.Goods {
		a, b := then.Goods[i], now.Goods[i]
		share0, share1 := float64(a.Quantity)/float64(q0), float64(b.Quantity)/float64(q1)
		switch {
		case a.Quantity > 0 && b.Quantity > 0:
			share := (share0 + share1) / 2
			off0, off1 := per(a.Discount, a.Quantity), per(b.Discount, b.Quantity)
			price += float64(share * (per(b.Net, b.Quantity) + off1 - per(a.Net, a.Quantity) - off0))
			discount += float64(share * (off0 - off1))
		case b.Quantity > 0:
			fresh += float64(share1 * (per(b.Net, b.Quantity) - mean))
		case a.Quantity > 0:
			gone += float64(share0 * (mean - per(a.Net, a.Quantity)))
		}
	}
	p.Price, p.Discount = whole(price*units), whole(discount*units)
	p.New, p.Gone = whole(fresh*units), whole(gone*units)
	p.Mix = value - p.Price - p.Discount - p.New - p.Gone
}

func per(amount, quantity int64) float64 { return float64(amount) / float64(quantity) }

func whole(v float64) int64 { return int64(math.Round(v)) }

func rat(a, b int64) *big.Rat { return big.NewRat(a, b) }

// product is a·b / (c·d).
func product(a, b, c, d int64) *big.Rat {
	r := rat(a, c)
	return r.Mul(r, rat(b, d))
}

// mean weights the states of two other factors: both as before, both as now, and
// one of each.
func mean(before, now, mixed, mixedToo *big.Rat) *big.Rat {
	third := new(big.Rat).Mul(new(big.Rat).Add(before, now), rat(1, 3))
	sixth := new(big.Rat).Mul(new(big.Rat).Add(mixed, mixedToo), rat(1, 6))
	return third.Add(third, sixth)
}

// rounded rounds half away from zero.
func rounded(r *big.Rat) int64 {
	doubled := new(big.Int).Lsh(new(big.Int).Abs(r.Num()), 1)
	doubled.Add(doubled, r.Denom())
	doubled.Quo(doubled, new(big.Int).Lsh(r.Denom(), 1))
	if r.Sign() < 0 {
		return -doubled.Int64()
	}
	return doubled.Int64()
}
