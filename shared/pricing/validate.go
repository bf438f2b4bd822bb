package pricing

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// Problem is one thing wrong with a set.
type Problem struct {
	Path   string `json:"path"`             // rules[3].off.bp
	Line   int    `json:"line,omitempty"`   // where in the text, from 1
	Column int    `json:"column,omitempty"` // in bytes, from 1
	Code   string `json:"code"`             // one of the constants below
}

// Codes of problems.
const (
	ProblemMissing  = "missing"       // has to be there
	ProblemRange    = "range"         // too small or too large
	ProblemFormat   = "format"        // not a date, time, identifier…
	ProblemTwice    = "twice"         // must be unique
	ProblemUnknown  = "unknown"       // no such field or value
	ProblemConflict = "contradiction" // does not go with the rest
)

// Problems are all that is wrong with a set.
type Problems []Problem

func (p Problems) Error() string {
	texts := make([]string, len(p))
	for i, problem := range p {
		texts[i] = fmt.Sprintf("%d:%d %s %s", problem.Line, problem.Column, problem.Path, problem.Code)
	}
	return strings.Join(texts, "; ")
}

// RulesMax limits a set, ListMax every list in it, AmountMax every sum.
const (
	RulesMax  = 20_000
	ListMax   = 10_000
	AmountMax = money.Amount(10_000_000_000_00)
)

// Validate checks that every rule makes sense by itself. The error wraps Problems.
func (s Set) Validate() error {
	var c checker
	if len(s.Rules) > RulesMax {
		c.add("rules", ProblemRange)
	}
	ids := map[string]bool{}
	for i := range s.Rules {
		c.prefix = "rules[" + strconv.Itoa(i) + "]."
		if rule := &s.Rules[i]; ids[rule.ID] {
			c.add("id", ProblemTwice)
		} else {
			ids[rule.ID] = true
			c.rule(rule)
		}
	}
	c.prefix = ""
	if s.Never != nil {
		c.goods("never", *s.Never)
	}
	c.lists(s.Lists)
	c.regulations(s.Regulations)
	if len(c.problems) == 0 {
		return nil
	}
	return errcode.New(errcode.Invalid, "pricing.Validate", c.problems)
}

// checker collects problems of one rule after the other.
type checker struct {
	prefix   string
	problems Problems
}

func (c *checker) add(path, code string) {
	c.problems = append(c.problems, Problem{Path: c.prefix + path, Code: code})
}

func (c *checker) require(ok bool, path, code string) {
	if !ok {
		c.add(path, code)
	}
}

func (c *checker) rule(r *Rule) {
	c.require(r.ID != "" && len(r.ID) <= 64 && r.ID != RuleManual && r.ID != RuleReceipt, "id", ProblemFormat)
	c.require(r.Name.RU != "" || r.Name.EN != "", "name", ProblemMissing)
	c.require(r.Version >= 0, "version", ProblemRange)
	c.require(r.Limit >= 0, "limit", ProblemRange)
	c.require(r.LimitCustomer >= 0, "limit_customer", ProblemRange)
	c.require(r.LimitTotal >= 0, "limit_total", ProblemRange)
	c.require(r.LimitCustomer == 0 || r.Who.Card || len(r.Who.Groups) > 0, "limit_customer", ProblemConflict)
	c.when(r.When)
	c.coupon(r.Coupon)
	switch r.Kind {
	case LineRule:
		c.goods("goods", r.Goods)
		c.off("off", r.Off)
	case MultiRule:
		c.goods("goods", r.Goods)
		c.require(r.Buy >= 1 && r.Buy <= 1000, "buy", ProblemRange)
		c.require(r.Get >= 1 && r.Get <= 1000, "get", ProblemRange)
		c.offOrFree(r.Off)
	case BundleRule:
		c.bundle(r)
	case ReceiptRule:
		c.goods("goods", r.Goods)
		c.steps(r.Steps)
	case GiftRule:
		c.goods("goods", r.Goods)
		c.goods("gift", r.Gift)
		c.require(r.From > 0 && r.From <= AmountMax, "from", ProblemRange)
		c.require(r.Count >= 1 && r.Count <= 1000, "count", ProblemRange)
		c.offOrFree(r.Off)
	default:
		c.add("kind", ProblemUnknown)
		return
	}
	c.foreign(r)
}

// foreign refuses fields of other kinds: what has no effect was a mistake.
func (c *checker) foreign(r *Rule) {
	k := r.Kind
	c.require(k == MultiRule || r.Buy == 0, "buy", ProblemConflict)
	c.require(k == MultiRule || r.Get == 0, "get", ProblemConflict)
	c.require(k == MultiRule || !r.Same, "same", ProblemConflict)
	c.require(k == BundleRule || len(r.Parts) == 0, "parts", ProblemConflict)
	c.require(k == ReceiptRule || len(r.Steps) == 0, "steps", ProblemConflict)
	c.require(k == GiftRule || r.From == 0 && r.Count == 0 && !r.Repeat && r.Gift.empty(), "gift", ProblemConflict)
	c.require(k != BundleRule || r.Goods.empty(), "goods", ProblemConflict)
	c.require(k != ReceiptRule || r.Off == (Off{}), "off", ProblemConflict)
	c.require(k != ReceiptRule || r.Limit == 0, "limit", ProblemConflict)
}

func (c *checker) when(w When) {
	c.require(isDate(w.From), "when.from", ProblemFormat)
	c.require(isDate(w.Until), "when.until", ProblemFormat)
	c.require(w.From == "" || w.Until == "" || w.From <= w.Until, "when.until", ProblemConflict)
	for i, day := range w.Days {
		c.require(day >= 1 && day <= 7, "when.days["+strconv.Itoa(i)+"]", ProblemRange)
	}
	for i, span := range w.Hours {
		path := "when.hours[" + strconv.Itoa(i) + "]"
		c.require(isClock(span.From) && span.From != "24:00", path+".from", ProblemFormat)
		c.require(isClock(span.To), path+".to", ProblemFormat)
		c.require(span.From != span.To, path, ProblemConflict)
	}
}

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return text == "" || err == nil
}

func isClock(text string) bool {
	_, err := time.Parse("15:04", text)
	return len(text) == 5 && err == nil || text == "24:00"
}

func (c *checker) goods(path string, g Goods) {
	c.require(!g.empty(), path, ProblemMissing)
	c.require(!g.All || len(g.SKUs)+len(g.Categories)+len(g.Marks) == 0, path+".all", ProblemConflict)
	c.require(len(g.SKUs) <= ListMax, path+".skus", ProblemRange)
	c.require(len(g.Categories) <= ListMax, path+".categories", ProblemRange)
	c.require(!slices.Contains(g.SKUs, ""), path+".skus", ProblemFormat)
	c.require(!slices.Contains(g.Categories, ""), path+".categories", ProblemFormat)
	if g.Not != nil {
		c.require(g.Not.Not == nil, path+".not.not", ProblemConflict)
		c.goods(path+".not", Goods{All: g.Not.All, SKUs: g.Not.SKUs, Categories: g.Not.Categories, Marks: g.Not.Marks})
	}
}

func (g Goods) empty() bool {
	return !g.All && len(g.SKUs) == 0 && len(g.Categories) == 0 && len(g.Marks) == 0 && g.Not == nil
}

func (c *checker) off(path string, o Off) {
	given := 0
	for _, is := range []bool{o.BP != 0, o.Amount != 0, o.Price != nil} {
		if is {
			given++
		}
	}
	c.require(given > 0, path, ProblemMissing)
	c.require(given < 2, path, ProblemConflict)
	c.require(o.BP >= 0 && o.BP <= 10000, path+".bp", ProblemRange)
	c.require(o.Amount >= 0 && o.Amount <= AmountMax, path+".amount", ProblemRange)
	c.require(o.Price == nil || *o.Price >= 0 && *o.Price <= AmountMax, path+".price", ProblemRange)
}

func (c *checker) offOrFree(o Off) {
	if o != (Off{}) {
		c.off("off", o)
	}
}

func (c *checker) bundle(r *Rule) {
	c.off("off", r.Off)
	c.require(len(r.Parts) >= 1 && len(r.Parts) <= 20, "parts", ProblemRange)
	pieces := 0
	for i, part := range r.Parts {
		path := "parts[" + strconv.Itoa(i) + "]"
		c.goods(path+".goods", part.Goods)
		c.require(part.Count >= 1 && part.Count <= 100, path+".count", ProblemRange)
		pieces += part.Count
	}
	c.require(pieces >= 2, "parts", ProblemRange)
}

func (c *checker) steps(steps []Step) {
	c.require(len(steps) >= 1 && len(steps) <= 20, "steps", ProblemRange)
	for i, step := range steps {
		path := "steps[" + strconv.Itoa(i) + "]"
		c.require(step.From >= 0 && step.From <= AmountMax && (i == 0 || step.From > steps[i-1].From), path+".from", ProblemRange)
		c.off(path+".off", step.Off)
		c.require(step.Off.Price == nil, path+".off.price", ProblemConflict)
	}
}
