package pricing

import (
	"slices"

	"tillsight/shared/money"
)

// Verdict says what became of one rule and why.
type Verdict struct {
	Rule    string       `json:"rule"`
	Why     Why          `json:"why"`
	By      string       `json:"by,omitempty"`      // rule that won
	Amount  money.Amount `json:"amount,omitempty"`  // saved
	Items   []int        `json:"items,omitempty"`   // reduced items by index
	Times   int64        `json:"times,omitempty"`   // how often it was applied, as LimitCustomer counts; 0 for a line rule without limits
	Missing int64        `json:"missing,omitempty"` // pieces, or minor units for WhySum, until it applies (again)
	Next    int          `json:"next,omitempty"`    // step of a receipt rule that Missing leads to, from 0
}

// Explain prices b like Price and tells of every rule, highest priority first,
// why it won or lost. Verdicts with something Missing are what a cashier can
// tell the customer: one more and it is free.
func Explain(b Basket, rules *Rules) ([]Priced, []Verdict) {
	if rules == nil {
		return Price(b, nil), nil
	}
	t := &trace{verdicts: make([]Verdict, len(rules.rules))}
	for i := range rules.rules {
		c := &rules.rules[i]
		t.verdicts[i].Rule = c.ID
		if t.verdicts[i].Why = c.closed(&b); t.verdicts[i].Why == "" {
			t.verdicts[i].Why = WhyGoods
		}
	}
	return price(&b, rules, t), t.verdicts
}

// trace collects verdicts while the engine runs.
type trace struct {
	verdicts []Verdict // by rule
}

// note records what a plan came to when its turn was over.
func (t *trace) note(e *engine, p plan) {
	v := &t.verdicts[p.rule]
	if p.total <= 0 {
		if v.Why != WhyApplied {
			v.Why, v.Missing, v.By = p.why, 0, ""
			switch p.why {
			case WhyLost:
				v.By = e.rule(p.by).ID
			case WhyCount, WhySum:
				v.Missing, v.Next = p.missing, p.next
			}
		}
		return
	}
	v.Why, v.By, v.Missing, v.Next = WhyApplied, "", p.missing, p.next
	v.Amount += p.total
	v.Times += p.times
	for _, take := range p.takes {
		if take.off > 0 {
			v.Items = append(v.Items, int(take.item))
		}
	}
	slices.Sort(v.Items)
	v.Items = slices.Compact(v.Items)
}

// close gives the plain rules that won no line their reason.
func (t *trace) close(e *engine) {
	for _, n := range e.order {
		c := e.rule(n)
		if v := &t.verdicts[n]; v.Why == WhyGoods && c.plain() {
			t.note(e, e.reason(plan{rule: n, takes: []take{{}}}, c.targets[0]))
		}
	}
}
