package growth_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/mining/growth"
)

func period(t *rapid.T, goods int) growth.Period {
	p := growth.Period{Receipts: rapid.Int64Range(0, 400).Draw(t, "receipts")}
	for range goods {
		g := growth.Good{}
		if p.Receipts > 0 && rapid.IntRange(0, 4).Draw(t, "sold") > 0 {
			g.Quantity = rapid.Int64Range(1, 900_000).Draw(t, "quantity")
			g.Net = rapid.Int64Range(0, 9_000_000).Draw(t, "net")
			g.Discount = rapid.Int64Range(0, 500_000).Draw(t, "discount")
		}
		p.Goods = append(p.Goods, g)
	}
	return p
}

func totals(p growth.Period) (quantity, net int64) {
	for _, g := range p.Goods {
		quantity, net = quantity+g.Quantity, net+g.Net
	}
	return quantity, net
}

// TestPartsAreTheChange: whatever changed, the parts add up to it to the kopeck,
// and turning the periods round turns every part round.
func TestPartsAreTheChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		goods := rapid.IntRange(0, 6).Draw(t, "goods")
		then, now := period(t, goods), period(t, goods)
		_, before := totals(then)
		_, after := totals(now)
		p := growth.Split(now, then)
		if p.Sum() != after-before {
			t.Fatalf("%+v adds up to %d of %d", p, p.Sum(), after-before)
		}
		back := growth.Split(then, now)
		for name, pair := range map[string][2]int64{
			"receipts": {p.Receipts, back.Receipts}, "basket": {p.Basket, back.Basket}, "price": {p.Price, back.Price},
			"discount": {p.Discount, back.Discount}, "mix": {p.Mix, back.Mix}, "new": {p.New, back.Gone},
		} {
			if pair[0]+pair[1] < -3 || pair[0]+pair[1] > 3 { // each is rounded
				t.Fatalf("%s is %d there and %d back", name, pair[0], pair[1])
			}
		}
	})
}

// TestShapley computes the parts of receipts, basket and value as the mean over
// all orders of change, which is what Shapley (1953) defines.
func TestShapley(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		then, now := period(t, 3), period(t, 3)
		q0, s0 := totals(then)
		q1, s1 := totals(now)
		if then.Receipts == 0 || now.Receipts == 0 || q0 == 0 || q1 == 0 {
			return
		}
		before := [3]*big.Rat{big.NewRat(then.Receipts, 1), big.NewRat(q0, then.Receipts), big.NewRat(s0, q0)}
		after := [3]*big.Rat{big.NewRat(now.Receipts, 1), big.NewRat(q1, now.Receipts), big.NewRat(s1, q1)}
		var parts [3]float64
		for _, order := range [][3]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
			state := before
			for _, factor := range order {
				was := times(state)
				state[factor] = after[factor]
				step, _ := new(big.Rat).Sub(times(state), was).Float64()
				parts[factor] += step / 6
			}
		}
		p := growth.Split(now, then)
		value := p.Mix + p.New + p.Gone + p.Price + p.Discount
		for i, got := range []int64{p.Receipts, p.Basket, value} {
			if math.Abs(float64(got)-parts[i]) > 2 {
				t.Fatalf("factor %d: got %d, want %.2f", i, got, parts[i])
			}
		}
	})
}

func times(f [3]*big.Rat) *big.Rat {
	r := new(big.Rat).Mul(f[0], f[1])
	return r.Mul(r, f[2])
}

// TestOneCause changes one thing at a time: nothing else may be blamed.
func TestOneCause(t *testing.T) {
	base := growth.Period{Receipts: 100, Goods: []growth.Good{{Quantity: 200_000, Net: 20_000_00}, {Quantity: 100_000, Net: 30_000_00}}}
	with := func(change func(*growth.Period)) growth.Period {
		p := growth.Period{Receipts: base.Receipts, Goods: append([]growth.Good(nil), base.Goods...)}
		change(&p)
		return p
	}
	cases := []struct {
		name string
		now  growth.Period
		want growth.Parts
	}{
		{"nothing", base, growth.Parts{}},
		{"twice as many like baskets", with(func(p *growth.Period) {
			p.Receipts = 200
			p.Goods[0], p.Goods[1] = growth.Good{Quantity: 400_000, Net: 40_000_00}, growth.Good{Quantity: 200_000, Net: 60_000_00}
		}), growth.Parts{Receipts: 50_000_00}},
		{"twice as much in a basket", with(func(p *growth.Period) {
			p.Goods[0], p.Goods[1] = growth.Good{Quantity: 400_000, Net: 40_000_00}, growth.Good{Quantity: 200_000, Net: 60_000_00}
		}), growth.Parts{Basket: 50_000_00}},
		{"a dearer shelf", with(func(p *growth.Period) { p.Goods[0].Net = 22_000_00 }), growth.Parts{Price: 2_000_00}},
		{"a discount", with(func(p *growth.Period) { p.Goods[1].Net, p.Goods[1].Discount = 27_000_00, 3_000_00 }), growth.Parts{Discount: -3_000_00}},
		{"a discount on a dearer shelf", with(func(p *growth.Period) { p.Goods[1].Net, p.Goods[1].Discount = 30_000_00, 3_000_00 }),
			growth.Parts{Price: 3_000_00, Discount: -3_000_00}},
		// 50 units go from goods at 100 ₽ to goods at 300 ₽.
		{"the dearer goods", with(func(p *growth.Period) {
			p.Goods[0], p.Goods[1] = growth.Good{Quantity: 150_000, Net: 15_000_00}, growth.Good{Quantity: 150_000, Net: 45_000_00}
		}), growth.Parts{Mix: 10_000_00}},
		{"nothing before", growth.Period{Receipts: 1, Goods: []growth.Good{{}, {Quantity: 1000, Net: 500}}}, growth.Parts{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			then := base
			if c.name == "nothing before" {
				then, c.want = growth.Period{Goods: make([]growth.Good, 2)}, growth.Parts{Receipts: 500}
			}
			if got := growth.Split(c.now, then); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// TestNewAndGone: a good that comes in dearer than the mean lifts sales, one
// that goes and was cheaper does too.
func TestNewAndGone(t *testing.T) {
	then := growth.Period{Receipts: 10, Goods: []growth.Good{{Quantity: 10_000, Net: 100_00}, {Quantity: 10_000, Net: 50_00}, {}}}
	now := growth.Period{Receipts: 10, Goods: []growth.Good{{Quantity: 10_000, Net: 100_00}, {}, {Quantity: 10_000, Net: 300_00}}}
	// The mean price is (7.5 + 20) / 2 = 13.75; ten units at 30 in place of ten at 5.
	want := growth.Parts{New: 162_50, Gone: 87_50}
	if got := growth.Split(now, then); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
