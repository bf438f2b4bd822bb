package ban

import (
	"slices"
	"time"

	"tillsight/shared/catalogue"
)

// Set is the bans of one place, ready to be asked at every scan. The zero value
// forbids nothing.
type Set struct {
	rules   []Rule
	parents map[string]string // category → the one above it
}

// NewSet prepares the rules that hold at a place. Rules that are not valid are
// left out: a till that got one from a newer server goes on without it, and says
// how many there are. tree tells which categories lie below which.
func NewSet(rules []Rule, tree []catalogue.Category, p Place) (set *Set, dropped int) {
	set = &Set{parents: map[string]string{}}
	for _, c := range tree {
		set.parents[c.ID] = c.Parent
	}
	for _, rule := range rules {
		if err := rule.Validate(); err != nil {
			dropped++
			continue
		}
		if !rule.Off && rule.covers(p) {
			set.rules = append(set.rules, rule)
		}
	}
	slices.SortFunc(set.rules, func(a, b Rule) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return set, dropped
}

// Len returns the number of rules that hold here.
func (s *Set) Len() int {
	if s == nil {
		return 0
	}
	return len(s.rules)
}

// Goods is an article as bans see it.
type Goods struct {
	SKU      catalogue.SKU
	Category string
}

// Verdict is what a set says of goods at a moment.
type Verdict struct {
	Banned bool
	Rule   Rule // that forbids it now; of several the one that does so for longest
	// Until is the wall-clock moment from which no rule forbids the goods. It is
	// zero when that is not within a year.
	Until time.Time
}

// horizon is how far ahead the end of a ban is looked for.
const horizon = 366 * 24 * time.Hour

// At asks whether goods may be sold at a moment of the shop's wall clock, given
// as a time in UTC with the clock's date and hours.
func (s *Set) At(goods Goods, wall time.Time) Verdict {
	if s == nil || len(s.rules) == 0 {
		return Verdict{}
	}
	var about []*Rule
	for i := range s.rules {
		if s.wants(&s.rules[i], goods) {
			about = append(about, &s.rules[i])
		}
	}
	rule, end := longest(about, wall)
	if rule == nil {
		return Verdict{}
	}
	verdict := Verdict{Banned: true, Rule: *rule}
	limit := wall.Add(horizon)
	for rule != nil && end.Before(limit) {
		verdict.Until = end
		rule, end = longest(about, end)
	}
	if rule != nil {
		verdict.Until = time.Time{}
	}
	return verdict
}

// longest returns the rule that forbids longest at a moment, nil for none.
func longest(rules []*Rule, at time.Time) (found *Rule, end time.Time) {
	for _, r := range rules {
		if stop, ok := r.until(at); ok && stop.After(end) {
			found, end = r, stop
		}
	}
	return found, end
}

// wants reports whether a rule is about an article.
func (s *Set) wants(r *Rule, goods Goods) bool {
	if slices.Contains(r.SKUs, goods.SKU) {
		return true
	}
	if len(r.Categories) == 0 || slices.Contains(r.Except, goods.SKU) {
		return false
	}
	// A tree that a person edits may have a ring: never climb higher than it has nodes.
	category := goods.Category
	for range len(s.parents) + 1 {
		if category == "" {
			return false
		}
		if slices.Contains(r.Categories, category) {
			return true
		}
		category = s.parents[category]
	}
	return false
}
