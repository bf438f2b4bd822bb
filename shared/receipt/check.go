package receipt

import (
	"slices"

	"tillsight/shared/pricing"
)

// Check prices the receipt's goods anew by rules. It returns the lines whose
// sums should be others, as they should be, and how often each promotion that
// is limited by customer or in all was applied.
func (r *Receipt) Check(rules *pricing.Rules) (wrong []Line, times map[string]int) {
	again := *r
	again.Lines, again.rules = slices.Clone(r.Lines), rules
	again.reprice(0)
	for i := range r.Lines {
		have, want := &r.Lines[i], &again.Lines[i]
		if have.Price != want.Price || have.List != want.List || have.Gross != want.Gross || have.Discount != want.Discount || have.Net != want.Net || have.Tax != want.Tax {
			wrong = append(wrong, *want)
		}
	}
	return wrong, again.Times()
}

// consumed is Saved with what counts against limits.
func (r *Receipt) consumed() []Saved {
	list := slices.Clone(r.Saved)
	var times map[string]int
	for i := range list {
		rule, _ := r.rules.Find(list[i].Rule)
		if rule.LimitCustomer > 0 || rule.LimitTotal > 0 {
			if times == nil {
				times = r.Times()
			}
			list[i].Times = times[rule.ID]
		}
		list[i].Coupons = rule.Coupon.Taken(r.Coupons)
	}
	return list
}

// Times says how often each promotion that is limited by customer or in all was applied.
func (r *Receipt) Times() map[string]int {
	var times map[string]int
	for _, v := range r.Explain() {
		if rule, _ := r.rules.Find(v.Rule); v.Times > 0 && (rule.LimitCustomer > 0 || rule.LimitTotal > 0) {
			if times == nil {
				times = map[string]int{}
			}
			times[v.Rule] = int(v.Times)
		}
	}
	return times
}

// Basket is what the prices of the receipt depend on, for pricing it otherwise.
func (r *Receipt) Basket() pricing.Basket { return r.basket() }

// Promotion returns a promotion that the receipt is priced by.
func (r *Receipt) Promotion(id string) (pricing.Rule, bool) { return r.rules.Find(id) }

// Promotions returns how many promotions the receipt is priced by.
func (r *Receipt) Promotions() int { return r.rules.Len() }

// Wants reports whether a promotion looks at line n at all.
func (r *Receipt) Wants(rule string, n int) bool {
	i, ok := slices.BinarySearchFunc(r.Lines, n, func(l Line, n int) int { return l.N - n })
	return ok && r.rules.Wants(rule, r.Lines[i].item())
}

// saved sums what every promotion took off, in the order of the lines.
func (r *Receipt) saved() []Saved {
	var list []Saved
	for i := range r.Lines {
		for _, a := range r.Lines[i].Applied {
			if a.Rule == pricing.RuleManual || a.Rule == pricing.RuleReceipt {
				continue
			}
			at := slices.IndexFunc(list, func(s Saved) bool { return s.Rule == a.Rule })
			if at < 0 {
				rule, _ := r.rules.Find(a.Rule)
				at = len(list)
				list = append(list, Saved{Rule: a.Rule, Version: a.Version, Name: rule.Name})
			}
			list[at].Amount += a.Amount
		}
	}
	return list
}
