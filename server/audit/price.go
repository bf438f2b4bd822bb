package audit

import (
	"slices"

	"tillsight/shared/catalogue"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// checkPrices compares the prices with those that the till may have had, on the
// shelf and in the lists that its lines name, and finds lists that it should
// have asked for.
func (e *entry) checkPrices(tx *sqlite.Tx, rules *pricing.Rules) error {
	lists := rules.Lists(e.fact.Store, e.PricedOn())
	for i := range e.Lines {
		l := &e.Lines[i]
		if l.Voided {
			continue
		}
		if wrong := wrongLabel(l); wrong != nil {
			if err := e.alarm(tx, wire.AlarmLabel, l.N, l.Name.RU, wrong.found, wrong.expected); err != nil {
				return err
			}
		}
		had := map[string]int64{"": int64(l.Shelf())}
		for _, offer := range l.Offers {
			had[offer.List] = int64(offer.Price)
		}
		wrong, err := e.wrongPrice(tx, l, had, lists)
		if err != nil {
			return err
		}
		if wrong == nil {
			continue
		}
		if err := e.alarm(tx, wire.AlarmPrice, l.N, l.Name.RU, wrong.found, wrong.expected); err != nil {
			return err
		}
	}
	return nil
}

// difference is a price that a till can't have had, and one that it can.
type difference struct{ found, expected int64 }

// wrongPrice returns the first price of a line that its till can't have had.
// had is by list; lists are those that count in the store today.
func (e *entry) wrongPrice(tx *sqlite.Tx, l *receipt.Line, had map[string]int64, lists []string) (*difference, error) {
	for _, list := range slices.Concat([]string{""}, lists) {
		amounts, known, err := refdata.PriceKnown(tx, l.SKU, list, e.fact.Store, l.At, e.Rules, slack)
		if err != nil {
			return nil, err
		}
		price, has := had[list]
		if !has {
			price = refdata.NoPrice
		}
		if known && !slices.Contains(amounts, price) {
			return &difference{price, amounts[0]}, nil
		}
		if !known && has && list != "" && !slices.Contains(amounts, price) {
			return &difference{price, int64(l.Shelf())}, nil // of a list that had none
		}
	}
	return nil, nil
}

// use adds to how often who has had a rule.
func use(tx *sqlite.Tx, rows *[]refdata.Row, who, rule string, times int) (before int, err error) {
	used, err := refdata.UsedBy(tx, who)
	if err != nil {
		return 0, err
	}
	*rows = append(*rows, refdata.Row{Table: refdata.PromotionsUsed, Value: refdata.Use{Rule: rule, Who: who, Count: used[rule] + times}})
	return used[rule], nil
}

// everybody is who uses of promotions are counted for that are limited in all.
const everybody = "*"

// countUse counts a promotion that is limited. Tills that did not know of each
// other may have given more than there were: that is an alarm.
func (e *entry) countUse(tx *sqlite.Tx, rows *[]refdata.Row, who string, rule pricing.Rule, times, limit int) error {
	before, err := use(tx, rows, who, rule.ID, times)
	if err != nil || before+times <= limit {
		return err
	}
	return e.alarm(tx, wire.AlarmLimit, 0, nameOf(rule.Name, rule.ID), int64(before+times), int64(limit))
}

func nameOf(name catalogue.Text, id string) string {
	if name.RU != "" {
		return name.RU
	}
	return id
}
