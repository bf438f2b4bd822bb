package open

import (
	"tillsight/app/bridge"
	"tillsight/shared/pricing"
)

// Limits of what a cashier is told unasked.
const (
	promptLines = 60 // beyond, explaining at every scan takes too long
	promptsMax  = 2
	nearPieces  = 1
	nearPart    = 4 // a threshold is near when a quarter of it is missing at most
)

// prompts are the promotions that are nearly reached: one more and it is free.
func (r *Receipt) prompts() []bridge.Prompt {
	doc := r.Doc
	if doc == nil || doc.Promotions() == 0 || doc.Count() == 0 || doc.Count() > promptLines {
		return nil
	}
	var list []bridge.Prompt
	for _, v := range doc.Explain() {
		rule, known := doc.Promotion(v.Rule)
		if !known || len(list) == promptsMax {
			break
		}
		switch {
		case v.Why == pricing.WhyCount && v.Missing > 0 && v.Missing <= nearPieces:
			p := promptOf(rule, v)
			p.Pieces = v.Missing
			list = append(list, p)
		case (v.Why == pricing.WhySum || v.Why == pricing.WhyApplied && rule.Kind == pricing.ReceiptRule) && v.Missing > 0 && near(rule, v.Missing):
			p := promptOf(rule, v)
			p.Sum = v.Missing
			list = append(list, p)
		}
	}
	return list
}

// promptOf says what a rule gives when what it lacks is there.
func promptOf(rule pricing.Rule, v pricing.Verdict) bridge.Prompt {
	p := bridge.Prompt{Rule: rule.ID, Name: rule.Name, Kind: rule.Kind, Off: rule.Off}
	switch rule.Kind {
	case pricing.MultiRule:
		p.Of, p.Get = rule.Buy+rule.Get, rule.Get
	case pricing.GiftRule:
		p.Get = rule.Count
	case pricing.ReceiptRule:
		p.Off = rule.Steps[v.Next].Off
	}
	if p.Off == (pricing.Off{}) {
		p.Off.BP = 10000 // free, when a rule does not say otherwise
	}
	return p
}

// near reports whether a rule on a sum lacks little.
func near(rule pricing.Rule, missing int64) bool {
	from := int64(rule.From)
	for _, step := range rule.Steps {
		if from = int64(step.From); from >= missing*nearPart {
			return true
		}
	}
	return from >= missing*nearPart
}
