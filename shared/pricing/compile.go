package pricing

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tillsight/shared/catalogue"
)

// Rules is a compiled set of promotions, safe for concurrent use. nil has none.
type Rules struct {
	rules   []compiled // highest priority first
	targets []target
	all     []int32 // targets that want everything
	bySKU   map[catalogue.SKU][]int32
	byCat   map[string][]int32 // with what the categories above want
	byMark  map[string][]int32
	parents map[string]string
	never   *Goods

	lists       []compiledList // highest priority first
	byList      map[string]int
	regulations []Regulation // by ID
	regAll      []int32
	regSKU      map[catalogue.SKU][]int32
	regCat      map[string][]int32 // with what the categories above are under
}

// compiled is a rule with its times read.
type compiled struct {
	Rule
	targets []int32 // of Goods, or one for each part; a gift's second is Gift
	span    hours
}

// hours are the days and hours of a When, read.
type hours struct {
	days  [8]bool
	spans [][2]int // minutes
}

func hoursOf(w When) (h hours) {
	for _, day := range w.Days {
		h.days[day] = true
	}
	for _, span := range w.Hours {
		h.spans = append(h.spans, [2]int{minutes(span.From), minutes(span.To)})
	}
	return h
}

// target is one selection of goods that a rule asks for.
type target struct {
	rule  int32
	goods *Goods
}

// Compile checks a set and prepares it for pricing. tree tells which categories
// lie below which.
func Compile(set Set, tree []catalogue.Category) (*Rules, error) {
	if err := set.Validate(); err != nil {
		return nil, err
	}
	r := &Rules{
		bySKU: map[catalogue.SKU][]int32{}, byCat: map[string][]int32{}, byMark: map[string][]int32{},
		parents: map[string]string{}, never: set.Never,
	}
	for _, category := range tree {
		r.parents[category.ID] = category.Parent
	}
	for _, rule := range set.Rules {
		r.rules = append(r.rules, prepare(rule))
	}
	slices.SortFunc(r.rules, func(a, b compiled) int {
		return cmp.Or(cmp.Compare(b.Priority, a.Priority), strings.Compare(a.ID, b.ID))
	})
	for i := range r.rules {
		rule := &r.rules[i]
		switch rule.Kind {
		case BundleRule:
			for p := range rule.Parts {
				r.aim(i, &rule.Parts[p].Goods)
			}
		case GiftRule:
			r.aim(i, &rule.Goods)
			r.aim(i, &rule.Gift)
		default:
			r.aim(i, &rule.Goods)
		}
	}
	r.compileLists(set)
	r.byCat, r.regCat = r.inherit(tree, r.byCat), r.inherit(tree, r.regCat)
	return r, nil
}

func prepare(rule Rule) compiled {
	c := compiled{Rule: rule, span: hoursOf(rule.When)}
	if c.Kind == GiftRule && c.Off == (Off{}) {
		c.Off.BP = 10000
	}
	if c.Kind == MultiRule && c.Off == (Off{}) {
		c.Off.BP = 10000
	}
	return c
}

// aim enters a selection of rule i into the indexes.
func (r *Rules) aim(i int, goods *Goods) {
	n := int32(len(r.targets))
	r.targets = append(r.targets, target{rule: int32(i), goods: goods})
	r.rules[i].targets = append(r.rules[i].targets, n)
	if goods.All {
		r.all = append(r.all, n)
		return
	}
	for _, sku := range goods.SKUs {
		r.bySKU[sku] = append(r.bySKU[sku], n)
	}
	for _, category := range goods.Categories {
		r.byCat[category] = append(r.byCat[category], n)
	}
	for _, mark := range goods.Marks {
		r.byMark[mark] = append(r.byMark[mark], n)
	}
}

// inherit gives every category what all categories above it have.
func (r *Rules) inherit(tree []catalogue.Category, own map[string][]int32) map[string][]int32 {
	all := make(map[string][]int32, len(own))
	for id, list := range own {
		all[id] = list
	}
	for _, category := range tree {
		var list []int32
		r.above(category.ID, func(id string) bool {
			list = append(list, own[id]...)
			return true
		})
		if len(list) > 0 {
			slices.Sort(list)
			all[category.ID] = slices.Compact(list)
		}
	}
	return all
}

// above calls f for a category and those above it until f returns false. A loop
// in the tree ends after 32 steps.
func (r *Rules) above(id string, f func(string) bool) {
	for range 32 {
		if id == "" || !f(id) {
			return
		}
		id = r.parents[id]
	}
}

// has reports whether item is among goods.
func (r *Rules) has(goods *Goods, item *Item) bool {
	found := goods.All || slices.Contains(goods.SKUs, item.SKU) || item.Mark != "" && slices.Contains(goods.Marks, item.Mark)
	if !found && len(goods.Categories) > 0 {
		r.above(item.Category, func(id string) bool {
			found = slices.Contains(goods.Categories, id)
			return !found
		})
	}
	return found && (goods.Not == nil || !r.has(goods.Not, item))
}

// minutes reads "17:30", which was validated.
func minutes(text string) int {
	at, err := time.Parse("15:04", text)
	if err != nil {
		return 24 * 60 // "24:00"
	}
	return at.Hour()*60 + at.Minute()
}

// Why says what became of a rule.
type Why string

// Outcomes.
const (
	WhyApplied  Why = "applied"
	WhyTime     Why = "time"     // not on this date, day or hour
	WhyStore    Why = "store"    // not here
	WhyCustomer Why = "customer" // another customer, or no card
	WhyCoupon   Why = "coupon"   // its coupon was not shown
	WhyUsedUp   Why = "used_up"  // the customer has had it
	WhyAllUsed  Why = "all_used" // all that the chain gives were had
	WhyGoods    Why = "goods"    // none of its goods
	WhyCount    Why = "count"    // too few pieces: Missing of them
	WhySum      Why = "sum"      // too small a sum: Missing minor units
	WhyLost     Why = "lost"     // By took the goods or the group
	WhyMinimum  Why = "minimum"  // the goods are at their minimum price
)

// closed tells why a rule is out of question for basket b; "" when it is not.
func (c *compiled) closed(b *Basket) Why {
	if why := closed(b, &c.When, &c.span, c.Stores, &c.Who); why != "" {
		return why
	}
	switch {
	case c.Coupon != Coupon{} && c.coupons(b) == 0:
		return WhyCoupon
	case c.LimitCustomer > 0 && b.Used[c.ID] >= c.LimitCustomer:
		return WhyUsedUp
	case c.LimitTotal > 0 && b.Totals[c.ID] >= c.LimitTotal:
		return WhyAllUsed
	}
	return ""
}

// closed tells which of the conditions that rules and price lists share does not hold.
func closed(b *Basket, when *When, span *hours, stores []string, who *Who) Why {
	switch {
	case !span.open(when, b):
		return WhyTime
	case len(stores) > 0 && !slices.Contains(stores, b.Store):
		return WhyStore
	case who.Card && b.Card == "" || len(who.Groups) > 0 && !overlap(who.Groups, b.Groups):
		return WhyCustomer
	}
	return ""
}

// open reports whether the rule is in force. A span over midnight belongs to the
// day on which it begins: days and dates are asked of that one.
func (h *hours) open(when *When, b *Basket) bool {
	local := time.UnixMilli(b.At).UTC().Add(time.Duration(b.Zone) * time.Minute)
	if len(h.spans) == 0 {
		return h.on(when, b.Date, local.Weekday())
	}
	now := local.Hour()*60 + local.Minute()
	for _, span := range h.spans {
		over := span[1] <= span[0]
		if now >= span[0] && (over || now < span[1]) && h.on(when, b.Date, local.Weekday()) {
			return true
		}
		if over && now < span[1] && h.on(when, dayBefore(b.Date), (local.Weekday()+6)%7) {
			return true
		}
	}
	return false
}

// on reports whether the rule is in force on a day.
func (h *hours) on(when *When, date string, day time.Weekday) bool {
	if when.From != "" && date < when.From || when.Until != "" && date > when.Until {
		return false
	}
	return len(when.Days) == 0 || h.days[(int(day)+6)%7+1]
}

// dayBefore is the date before date; what is none stays as it is.
func dayBefore(date string) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return day.AddDate(0, 0, -1).Format(time.DateOnly)
}

// coupons counts the codes shown that open the rule.
func (c *compiled) coupons(b *Basket) int {
	count := 0
	for i, code := range b.Coupons {
		open := c.Coupon.Code != "" && code == c.Coupon.Code
		if (open || c.Coupon.isSerial(code)) && !slices.Contains(b.Coupons[:i], code) {
			count++
		}
	}
	return count
}

// times returns how often the rule may be applied to b.
func (c *compiled) times(b *Basket) int64 {
	limit := int64(1) << 40
	if c.Limit > 0 {
		limit = int64(c.Limit)
	}
	if c.LimitCustomer > 0 {
		limit = min(limit, int64(c.LimitCustomer-b.Used[c.ID]))
	}
	if c.LimitTotal > 0 {
		limit = min(limit, int64(c.LimitTotal-b.Totals[c.ID]))
	}
	if c.Coupon.Prefix != "" {
		limit = min(limit, int64(c.coupons(b)))
	}
	return limit
}

func overlap(a, b []string) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}

// Len returns the number of rules.
func (r *Rules) Len() int {
	if r == nil {
		return 0
	}
	return len(r.rules)
}

// KnowsMark reports whether some rule is about goods with a markdown label.
func (r *Rules) KnowsMark(mark string) bool { return r != nil && len(r.byMark[mark]) > 0 }

// Limited returns the rules that are limited in all receipts there are.
func (r *Rules) Limited() []string {
	var ids []string
	if r != nil {
		for i := range r.rules {
			if r.rules[i].LimitTotal > 0 {
				ids = append(ids, r.rules[i].ID)
			}
		}
	}
	return ids
}

// Find returns the rule with that ID.
func (r *Rules) Find(id string) (Rule, bool) {
	if r != nil {
		for i := range r.rules {
			if r.rules[i].ID == id {
				return r.rules[i].Rule, true
			}
		}
	}
	return Rule{}, false
}

// Wants reports whether a rule looks at item at all: as its goods, a part of its
// bundle or its gift.
func (r *Rules) Wants(id string, item Item) bool {
	if r == nil || r.never != nil && r.has(r.never, &item) {
		return false
	}
	for i := range r.targets {
		if r.rules[r.targets[i].rule].ID == id && r.has(r.targets[i].goods, &item) {
			return true
		}
	}
	return false
}

// Coupon returns the coupon that some rule waits for, whatever its other conditions
// are, as the rule spells it: people type letters large or small. Where rules differ
// in nothing else, code must be spelt as one of them does.
func (r *Rules) Coupon(code string) (spelt string, ok bool) {
	if r == nil || code == "" {
		return "", false
	}
	var found []string
	for i := range r.rules {
		other := r.rules[i].Coupon.spell(code)
		if other == code && r.rules[i].coupons(&Basket{Coupons: []string{code}}) > 0 {
			return code, true
		}
		if r.rules[i].coupons(&Basket{Coupons: []string{other}}) > 0 && !slices.Contains(found, other) {
			found = append(found, other)
		}
	}
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}
