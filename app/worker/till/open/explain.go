package open

import (
	"fmt"

	"tillsight/app/bridge"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
)

// Explain says why line n costs what it costs: every promotion, whether it won,
// and if not, why.
func (r *Receipt) Explain(n int) (bridge.Why, error) {
	const op = "till.Explain"
	if r.Doc == nil {
		return bridge.Why{}, errcode.New(errcode.ReceiptState, op, fmt.Errorf("no open receipt"))
	}
	why := bridge.Why{Number: r.Doc.Number, Rules: []bridge.Tried{}}
	ok := false
	if why.Line, ok = r.Line(n); !ok {
		return bridge.Why{}, errcode.New(errcode.NoLine, op, nil)
	}
	why.Prices = r.prices(n)
	for _, v := range r.Doc.Explain() {
		if r.Doc.Wants(v.Rule, n) {
			why.Rules = append(why.Rules, r.tried(why.Line, v))
		} else {
			why.Others++
		}
	}
	return why, nil
}

// tried is a verdict as it concerns one line.
func (r *Receipt) tried(line receipt.Line, v pricing.Verdict) bridge.Tried {
	rule, _ := r.Doc.Promotion(v.Rule)
	t := bridge.Tried{
		Rule: v.Rule, Version: rule.Version, Name: rule.Name, Why: v.Why, By: r.ruleName(v.By),
		Missing: v.Missing, Priority: rule.Priority,
	}
	for _, a := range line.Applied {
		if a.Rule == v.Rule {
			t.Amount = a.Amount
		}
	}
	if t.Why == pricing.WhyApplied && t.Amount == 0 {
		t.Why, t.By = pricing.WhyLost, catalogue.Text{}
		if len(line.Applied) > 0 {
			t.By = r.ruleName(line.Applied[0].Rule)
		}
		t.Elsewhere = len(line.Applied) == 0
	}
	return t
}

func (r *Receipt) ruleName(id string) catalogue.Text {
	rule, _ := r.Doc.Promotion(id)
	return rule.Name
}

// prices explains the price of line n before discounts.
func (r *Receipt) prices(n int) []bridge.PriceChoice {
	choices := r.Doc.Choices(n)
	list := make([]bridge.PriceChoice, 0, len(choices))
	for _, c := range choices {
		if g := c.Regulation; g != nil {
			list = append(list, bridge.PriceChoice{Name: g.Name, Regulation: true, Why: c.Why, Min: g.Min, Max: g.Max, Fixed: g.Fixed})
			continue
		}
		choice := bridge.PriceChoice{Name: c.List.Name, Why: c.Why, Price: c.Price}
		if c.Why == pricing.WhyLost && c.By != "" {
			choice.By = r.listName(c.By)
		}
		list = append(list, choice)
	}
	return list
}

func (r *Receipt) listName(id string) catalogue.Text {
	list, _ := r.rules.List(id)
	return list.Name
}
