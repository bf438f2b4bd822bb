package pricing

import (
	"slices"
	"strconv"
)

// Limits of price lists, regulations and coupons.
const (
	ListsMax      = 1000
	PriorityMax   = 1_000_000
	couponMax     = 64
	couponKeysMax = 64
)

func (c *checker) coupon(k Coupon) {
	c.require(k.Code == "" || k.Prefix == "", "coupon", ProblemConflict)
	c.require(len(k.Code) <= couponMax, "coupon.code", ProblemRange)
	c.require((k.Prefix == "") == (k.Length == 0) && (k.Prefix == "" || k.Length > len(k.Prefix)) && k.Length <= couponMax, "coupon.length", ProblemRange)
	c.require(k.Key == "" || k.Prefix != "", "coupon.key", ProblemConflict)
	c.require(len(k.Key) <= couponKeysMax, "coupon.key", ProblemRange)
	c.require(k.Key == "" || k.Serials() > 0, "coupon.length", ProblemRange)
	c.require(k.Issued >= 0 && (k.Key == "" || k.Issued <= k.Serials()), "coupon.issued", ProblemRange)
	c.require(k.Issued == 0 || k.Prefix != "", "coupon.issued", ProblemConflict)
}

// lists checks price lists. IDs are what offers and receipts name them by.
func (c *checker) lists(lists []List) {
	c.prefix = ""
	c.require(len(lists) <= ListsMax, "lists", ProblemRange)
	ids := map[string]bool{}
	for i := range lists {
		l := &lists[i]
		c.prefix = "lists[" + strconv.Itoa(i) + "]."
		if ids[l.ID] {
			c.add("id", ProblemTwice)
			continue
		}
		ids[l.ID] = true
		c.require(l.ID != "" && len(l.ID) <= 64, "id", ProblemFormat)
		c.require(l.Name.RU != "" || l.Name.EN != "", "name", ProblemMissing)
		c.require(l.Version >= 0, "version", ProblemRange)
		c.require(l.Priority >= 0 && l.Priority <= PriorityMax, "priority", ProblemRange)
		c.require(!slices.Contains(l.Who.Groups, ""), "who.groups", ProblemFormat)
		c.when(l.When)
	}
	c.prefix = ""
}

// regulations checks the state's rules on prices.
func (c *checker) regulations(list []Regulation) {
	c.require(len(list) <= RulesMax, "regulations", ProblemRange)
	ids := map[string]bool{}
	for i := range list {
		g := &list[i]
		c.prefix = "regulations[" + strconv.Itoa(i) + "]."
		if ids[g.ID] {
			c.add("id", ProblemTwice)
			continue
		}
		ids[g.ID] = true
		c.require(g.ID != "" && len(g.ID) <= 64 && g.ID != OnPack, "id", ProblemFormat)
		c.require(g.Name.RU != "" || g.Name.EN != "", "name", ProblemMissing)
		c.require(g.Version >= 0, "version", ProblemRange)
		c.require(isDate(g.From), "from", ProblemFormat)
		c.require(isDate(g.Until), "until", ProblemFormat)
		c.require(g.From == "" || g.Until == "" || g.From <= g.Until, "until", ProblemConflict)
		c.goods("goods", g.Goods)
		c.require(len(g.Goods.Marks) == 0, "goods.marks", ProblemConflict)
		c.require(g.Min >= 0 && g.Min <= AmountMax, "min", ProblemRange)
		c.require(g.Max >= 0 && g.Max <= AmountMax && (g.Max == 0 || g.Max >= g.Min), "max", ProblemRange)
		c.require(g.Min > 0 || g.Max > 0 || g.Fixed, "max", ProblemMissing)
	}
	c.prefix = ""
}
