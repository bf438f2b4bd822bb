package pricing

import (
	"cmp"
	"slices"
	"strings"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
)

// List is a price list: other prices than the shelf's for some customers, stores
// and times. Its prices travel with the items, as Offers; here is when they count.
type List struct {
	ID      string         `json:"id"`
	Version int            `json:"version,omitempty"`
	Name    catalogue.Text `json:"name"`
	// Priority orders lists. Of the highest one that applies to an item the lowest
	// price counts. The shelf takes part as a list of priority 0: a list of 0 is
	// never dearer than the shelf, one above 0 is the price, dearer or not.
	Priority int      `json:"priority,omitempty"`
	When     When     `json:"when,omitzero"`
	Stores   []string `json:"stores,omitempty"` // empty: all
	Who      Who      `json:"who,omitzero"`
	// Final keeps promotions off goods at a price of this list.
	Final bool `json:"final,omitempty"`
}

// Offer is a price that an item has in a list; List "" is the shelf's.
type Offer struct {
	List  string       `json:"list,omitempty"`
	Price money.Amount `json:"price"`         // per unit
	Min   money.Amount `json:"min,omitempty"` // per unit; no discount goes below
}

// Regulation is a rule of the state on prices per unit of goods.
type Regulation struct {
	ID      string         `json:"id"`
	Version int            `json:"version,omitempty"`
	Name    catalogue.Text `json:"name"`
	From    string         `json:"from,omitempty"`   // first business date
	Until   string         `json:"until,omitempty"`  // last business date
	Stores  []string       `json:"stores,omitempty"` // empty: all
	Goods   Goods          `json:"goods"`
	Min     money.Amount   `json:"min,omitempty"` // nobody may pay less; 0: no bound
	Max     money.Amount   `json:"max,omitempty"` // nobody may pay more; 0: no bound
	// Fixed forbids every discount: the price is what it is.
	Fixed bool `json:"fixed,omitempty"`
}

// OnPack stands in Priced.Regulated for the highest price that is printed on the
// package itself, as on tobacco. Nobody may ask more.
const OnPack = "pack"

// bounds are what the regulations of an item come to together.
type bounds struct {
	min, max money.Amount // 0: none
	fixed    bool
	by       *Regulation // the one that counts most: it fixes, or bounds the price
}

// compiledList is a price list with its times read.
type compiledList struct {
	List
	span hours
}

// tag gives the basket's items their prices: those of lists, within what
// regulations allow. It returns b itself when there is nothing to do.
func (r *Rules) tag(b *Basket) (*Basket, []tagged) {
	if r == nil {
		r = &Rules{}
	}
	packed := slices.ContainsFunc(b.Items, func(item Item) bool { return item.PackMax > 0 })
	if len(r.lists) == 0 && len(r.regulations) == 0 && !packed {
		return b, nil
	}
	open := make([]bool, len(r.lists))
	for i := range r.lists {
		open[i] = r.lists[i].closed(b) == ""
	}
	var tags []tagged
	var items []Item
	for i := range b.Items {
		item := &b.Items[i]
		t := r.price(item, b, open)
		if t.price == item.Price && t.min == item.MinPrice && t.label == item.LabelSum && !t.fixed && !t.final {
			continue
		}
		if tags == nil {
			tags, items = make([]tagged, len(b.Items)), slices.Clone(b.Items)
		}
		tags[i] = t
		items[i].Price, items[i].MinPrice, items[i].LabelSum = t.price, t.min, t.label
		items[i].fixed, items[i].final = t.fixed, t.final
	}
	if tags == nil {
		return b, nil
	}
	with := *b
	with.Items = items
	return &with, tags
}

// tagged is what an item costs, and by which list and regulation.
type tagged struct {
	price, min, label money.Amount
	list, by          string
	fixed, final      bool
}

// price is the price of one item. open tells which lists apply.
func (r *Rules) price(item *Item, b *Basket, open []bool) tagged {
	t := tagged{price: item.Price, min: item.MinPrice, label: item.LabelSum}
	if item.LabelSum == 0 {
		r.choose(&t, item, open)
	}
	limits := r.bounds(item, b)
	if item.PackMax > 0 && t.price > item.PackMax {
		t.price, t.by = item.PackMax, OnPack
		t.min = min(t.min, t.price)
	}
	if limits.by == nil {
		return t
	}
	before := t
	if limits.min > 0 {
		t.price, t.min = max(t.price, limits.min), max(t.min, limits.min)
	}
	if item.PackMax > 0 {
		t.price = min(t.price, item.PackMax)
	}
	if limits.max > 0 {
		t.price = min(t.price, limits.max)
		if t.label > 0 {
			t.label = min(t.label, item.Quantity.Cost(limits.max))
		}
	}
	if limits.fixed {
		t.min, t.fixed = t.price, true
	}
	if t != before {
		t.by = limits.by.ID
	}
	return t
}

// choose takes the price of the list that counts.
func (r *Rules) choose(t *tagged, item *Item, open []bool) {
	priority := 0
	for _, offer := range item.Offers {
		n, known := r.byList[offer.List]
		if !known || !open[n] {
			continue
		}
		l := &r.lists[n]
		if l.Priority < priority || l.Priority == priority &&
			(offer.Price > t.price || offer.Price == t.price && (t.list == "" || t.list < l.ID)) {
			continue
		}
		priority = l.Priority
		t.price, t.min, t.list, t.final = offer.Price, offer.Min, l.ID, l.Final
	}
}

// bounds gathers the regulations of an item.
func (r *Rules) bounds(item *Item, b *Basket) bounds {
	var limits bounds
	r.regulated(item, b, func(g *Regulation) {
		if limits.by == nil || g.Fixed && !limits.fixed {
			limits.by = g
		}
		limits.fixed = limits.fixed || g.Fixed
		if g.Min > limits.min {
			limits.min = g.Min
		}
		if g.Max > 0 && (limits.max == 0 || g.Max < limits.max) {
			limits.max = g.Max
		}
	})
	return limits
}

// regulated calls f for the regulations of an item that are in force.
func (r *Rules) regulated(item *Item, b *Basket, f func(*Regulation)) {
	if len(r.regulations) == 0 {
		return
	}
	for _, list := range [][]int32{r.regAll, r.regSKU[item.SKU], r.regCat[item.Category]} {
		for _, n := range list {
			g := &r.regulations[n]
			if g.inForce(b) && (g.Goods.Not == nil || !r.has(g.Goods.Not, item)) {
				f(g)
			}
		}
	}
}

func (g *Regulation) inForce(b *Basket) bool {
	return (g.From == "" || b.Date >= g.From) && (g.Until == "" || b.Date <= g.Until) &&
		(len(g.Stores) == 0 || slices.Contains(g.Stores, b.Store))
}

// Bounds returns what the regulations in force allow a unit of item to cost, 0
// for no bound, and whether its price is fixed.
func (r *Rules) Bounds(b Basket, item Item) (least, most money.Amount, fixed bool) {
	if r == nil {
		return 0, 0, false
	}
	limits := r.bounds(&item, &b)
	return limits.min, limits.max, limits.fixed
}

// Forbids returns the regulation by which an item may not be sold at all: its
// price is below the least that the state allows, and the customer has read it
// on the shelf. Items with a printed sum are not looked at.
func (r *Rules) Forbids(b Basket, item Item) (Regulation, bool) {
	if r == nil || len(r.regulations) == 0 || item.LabelSum != 0 {
		return Regulation{}, false
	}
	var worst *Regulation
	r.regulated(&item, &b, func(g *Regulation) {
		if g.Min > item.Price && (worst == nil || g.Min > worst.Min) {
			worst = g
		}
	})
	if worst == nil {
		return Regulation{}, false
	}
	return *worst, true
}

// Choice says what became of a price list or a regulation on an item.
type Choice struct {
	List       *List        `json:"list,omitempty"`
	Regulation *Regulation  `json:"regulation,omitempty"`
	Why        Why          `json:"why"`
	Price      money.Amount `json:"price,omitempty"` // in the list
	By         string       `json:"by,omitempty"`    // list that won, "" for the shelf's price
}

// Choices explains the price of item i before discounts: every list that has a
// price for it, highest priority first, and every regulation on it.
func (r *Rules) Choices(b Basket, i int) []Choice {
	if r == nil {
		return nil
	}
	item := &b.Items[i]
	open := make([]bool, len(r.lists))
	for n := range r.lists {
		open[n] = r.lists[n].closed(&b) == ""
	}
	t := r.price(item, &b, open)
	var all []Choice
	for n := range r.lists {
		l := &r.lists[n].List
		at := slices.IndexFunc(item.Offers, func(o Offer) bool { return o.List == l.ID })
		if at < 0 {
			continue
		}
		c := Choice{List: l, Price: item.Offers[at].Price}
		switch {
		case !open[n]:
			c.Why = r.lists[n].closed(&b)
		case t.list == l.ID:
			c.Why = WhyApplied
		default:
			c.Why, c.By = WhyLost, t.list
		}
		all = append(all, c)
	}
	r.regulated(item, &b, func(g *Regulation) {
		all = append(all, Choice{Regulation: g, Why: WhyApplied})
	})
	return all
}

// closed tells why a list is out of question for basket b; "" when it is not.
func (l *compiledList) closed(b *Basket) Why { return closed(b, &l.When, &l.span, l.Stores, &l.Who) }

// compileLists prepares price lists and regulations, which were validated.
func (r *Rules) compileLists(set Set) {
	r.byList = make(map[string]int, len(set.Lists))
	for _, list := range set.Lists {
		r.lists = append(r.lists, compiledList{List: list, span: hoursOf(list.When)})
	}
	slices.SortFunc(r.lists, func(a, b compiledList) int {
		return cmp.Or(cmp.Compare(b.Priority, a.Priority), strings.Compare(a.ID, b.ID))
	})
	for n := range r.lists {
		r.byList[r.lists[n].ID] = n
	}
	r.regulations = slices.SortedFunc(slices.Values(set.Regulations), func(a, b Regulation) int { return strings.Compare(a.ID, b.ID) })
	r.regSKU, r.regCat = map[catalogue.SKU][]int32{}, map[string][]int32{}
	for n := range r.regulations {
		goods := &r.regulations[n].Goods
		if goods.All {
			r.regAll = append(r.regAll, int32(n))
		}
		for _, sku := range goods.SKUs {
			r.regSKU[sku] = append(r.regSKU[sku], int32(n))
		}
		for _, category := range goods.Categories {
			r.regCat[category] = append(r.regCat[category], int32(n))
		}
	}
}

// List returns the price list with that ID.
func (r *Rules) List(id string) (List, bool) {
	if r != nil {
		if n, ok := r.byList[id]; ok {
			return r.lists[n].List, true
		}
	}
	return List{}, false
}

// Regulation returns the regulation with that ID.
func (r *Rules) Regulation(id string) (Regulation, bool) {
	if r != nil {
		for n := range r.regulations {
			if r.regulations[n].ID == id {
				return r.regulations[n], true
			}
		}
	}
	return Regulation{}, false
}

// Lists returns the price lists that may apply in a store on a date, whoever the
// customer is.
func (r *Rules) Lists(store, date string) []string {
	var ids []string
	if r != nil {
		for n := range r.lists {
			l := &r.lists[n]
			if (len(l.Stores) == 0 || slices.Contains(l.Stores, store)) && (l.When.Until == "" || date <= l.When.Until) &&
				(l.When.From == "" || date >= l.When.From) {
				ids = append(ids, l.ID)
			}
		}
	}
	return ids
}
