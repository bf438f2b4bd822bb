// Package pricing is the one engine of money: it turns items and rules into
// gross, discount, net and tax, and says which rule took how much.
//
// It is pure and deterministic: the till, the server that checks the till and
// the simulator get the same minor units from the same basket. It knows neither
// receipts nor clocks nor storage; package receipt calls it at every change.
//
// Order of work on a basket: the price of every item by price lists and
// regulations, promotions, then the discount given by hand on a
// line, then the discount given by hand on the whole receipt. No step takes a
// line below its minimum price.
package pricing

import (
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/tax"
)

// Rules that are not promotions, as they appear in Applied.
const (
	RuleManual  = "manual"         // given by hand on the line
	RuleReceipt = "manual_receipt" // this line's part of a discount given on the receipt
)

// Item is one line of a basket.
type Item struct {
	SKU      catalogue.SKU
	Category string
	Unit     quantity.Unit
	Quantity quantity.Milli
	Price    money.Amount // per unit, on the shelf
	MinPrice money.Amount // per unit; no discount goes below
	Offers   []Offer      // prices in lists, one of a list at most
	PackMax  money.Amount // highest price per unit, printed on the package; 0: none
	LabelSum money.Amount // sum printed on the label, wins over quantity × price; 0: none
	Mark     string       // code of the markdown label on it
	Manual   Manual
	Tax      tax.Rate

	fixed bool // by a regulation: nothing comes off
	final bool // at a price of a list that takes no promotions
}

// Manual is a discount that a person gave: percent or amount, not both.
type Manual struct {
	BP     int64        `json:"bp,omitempty"`
	Amount money.Amount `json:"amount,omitempty"`
	Limit  int64        `json:"limit,omitempty"` // highest share in basis points the giver may take off; 0: all
	By     string       `json:"by,omitempty"`    // employee ID
	Reason string       `json:"reason,omitempty"`
}

// Given reports whether there is a discount at all.
func (m Manual) Given() bool { return m.BP != 0 || m.Amount != 0 }

// Of returns what m takes off sum: never more than the giver's limit or the sum itself.
func (m Manual) Of(sum money.Amount) money.Amount {
	off := m.Amount
	if m.BP != 0 {
		off = sum.Percent(m.BP)
	}
	if m.Limit != 0 {
		off = min(off, sum.Percent(m.Limit))
	}
	return max(0, min(off, sum))
}

// Applied says which rule took how much off a line.
type Applied struct {
	Rule    string       `json:"rule"`        // RuleManual, RuleReceipt or a promotion's ID
	Version int          `json:"v,omitempty"` // of the promotion
	Amount  money.Amount `json:"amount"`
}

// Basket is all that prices depend on.
type Basket struct {
	Items   []Item
	Manual  Manual // on the whole receipt
	Date    string // business date, 2026-11-22
	At      int64  // unix ms
	Zone    int    // minutes east of UTC
	Store   string
	Card    string         // loyalty card, "" when none was shown
	Groups  []string       // customer groups and segments
	Coupons []string       // codes shown
	Used    map[string]int // times the customer has had a rule before, by its ID
	Totals  map[string]int // times that all customers have had one that is limited in all
}

// Priced is what became of the item with the same index.
type Priced struct {
	Gross    money.Amount
	Discount money.Amount // sum of Applied
	Net      money.Amount // what the customer pays: gross − discount, plus tax when it is added
	Tax      money.Amount
	Applied  []Applied

	Price     money.Amount // per unit, before discounts
	MinPrice  money.Amount // per unit
	LabelSum  money.Amount // as far as regulations allow
	List      string       // price list that Price is of, "" for the shelf's
	Regulated string       // regulation that changed the price, its minimum or both
}

// Price computes every item of b. It never fails: values out of range are the
// caller's to refuse (package receipt does).
func Price(b Basket, rules *Rules) []Priced { return price(&b, rules, nil) }

func price(b *Basket, rules *Rules, t *trace) []Priced {
	b, tags := rules.tag(b)
	priced := make([]Priced, len(b.Items))
	for i := range b.Items {
		item, p := &b.Items[i], &priced[i]
		p.Gross, p.Price, p.MinPrice, p.LabelSum = item.Gross(), item.Price, item.MinPrice, item.LabelSum
		if tags != nil {
			p.List, p.Regulated = tags[i].list, tags[i].by
		}
	}
	if rules != nil && len(rules.rules) > 0 {
		promote(b, rules, priced, t)
	}
	for i := range b.Items {
		item, p := &b.Items[i], &priced[i]
		if item.Manual.Given() {
			p.takeRule(RuleManual, 0, min(item.Manual.Of(p.Gross-p.Discount), p.room(item)))
		}
	}
	if b.Manual.Given() {
		spreadManual(b, priced)
	}
	for i := range b.Items {
		priced[i].addTax(b.Items[i].Tax)
	}
	return priced
}

// Gross returns the sum before discounts: that on the label, or quantity × price.
func (item *Item) Gross() money.Amount {
	if item.LabelSum != 0 {
		return item.LabelSum
	}
	return item.Quantity.Cost(item.Price)
}

// Sums returns what an item comes to when discounts take off from it.
func (item *Item) Sums(off money.Amount) Priced {
	p := Priced{Gross: item.Gross(), Discount: off}
	p.addTax(item.Tax)
	return p
}

// Floor returns the least that gross may be reduced to by discounts.
func (item *Item) Floor() money.Amount {
	return min(item.Gross(), item.Quantity.Cost(item.MinPrice))
}

// room returns how much more may be taken off.
func (p *Priced) room(item *Item) money.Amount {
	if item.fixed {
		return 0
	}
	return p.Gross - p.Discount - min(p.Gross, item.Quantity.Cost(item.MinPrice))
}

// takeRule takes off what a rule gives and says so.
func (p *Priced) takeRule(rule string, version int, off money.Amount) {
	if off <= 0 {
		return
	}
	p.Discount += off
	if n := len(p.Applied); n > 0 && p.Applied[n-1].Rule == rule {
		p.Applied[n-1].Amount += off
		return
	}
	p.Applied = append(p.Applied, Applied{Rule: rule, Version: version, Amount: off})
}

func (p *Priced) addTax(rate tax.Rate) {
	p.Net = p.Gross - p.Discount
	p.Tax = rate.Of(p.Net)
	if rate.Exclusive {
		p.Net += p.Tax
	}
}

// spreadManual takes the receipt's discount off the lines that still have room.
// A percentage counts on those lines only: what can't be discounted does not
// make its neighbours cheaper.
func spreadManual(b *Basket, priced []Priced) {
	sums := make([]money.Amount, len(priced))
	rooms := make([]money.Amount, len(priced))
	var base money.Amount
	for i := range b.Items {
		rooms[i] = max(0, priced[i].room(&b.Items[i]))
		if rooms[i] > 0 {
			sums[i] = priced[i].Gross - priced[i].Discount
			base += sums[i]
		}
	}
	for i, off := range Spread(b.Manual.Of(base), sums, rooms) {
		priced[i].takeRule(RuleReceipt, 0, off)
	}
}

// Spread divides off over lines in proportion to their sums by the
// largest-remainder method. No part exceeds its room: what a full line can't
// take goes to the others in the same proportion. The parts sum to off, or to
// all the room there is.
func Spread(off money.Amount, sums, rooms []money.Amount) []money.Amount {
	parts := make([]money.Amount, len(sums))
	weights := make([]int64, len(sums))
	for i, sum := range sums {
		if rooms[i] > 0 {
			weights[i] = int64(sum)
		}
	}
	for off > 0 {
		full := false
		share := splitPositive(off, weights)
		for i, part := range share {
			if weights[i] > 0 && part > rooms[i] {
				parts[i] = rooms[i]
				off -= rooms[i]
				weights[i] = 0
				full = true
			}
		}
		if full {
			continue
		}
		for i, part := range share {
			if weights[i] > 0 {
				parts[i] = part
			}
		}
		break
	}
	return parts
}

// splitPositive is money.Split that gives nothing where nothing has weight.
func splitPositive(off money.Amount, weights []int64) []money.Amount {
	for _, w := range weights {
		if w > 0 {
			return money.Split(off, weights)
		}
	}
	return make([]money.Amount, len(weights))
}
