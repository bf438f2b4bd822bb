package open

import (
	"tillsight/app/bridge"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
)

// seen is what a receipt said before its customer changed.
type seen struct {
	total  money.Amount
	prices map[int]money.Amount // by line
}

// pricesOf notes what r says, nil when nobody asks.
func pricesOf(r *receipt.Receipt, asked bool) *seen {
	if !asked {
		return nil
	}
	was := &seen{total: r.Total, prices: make(map[int]money.Amount, len(r.Lines))}
	for i := range r.Lines {
		if l := &r.Lines[i]; !l.Voided {
			was.prices[l.N] = l.Price
		}
	}
	return was
}

// compare says what became of the prices, nil when none is another.
func (was *seen) compare(r *receipt.Receipt) *bridge.Repriced {
	if was == nil {
		return nil
	}
	now := bridge.Repriced{Sum: r.Total - was.total, Card: r.Card != ""}
	for i := range r.Lines {
		if price, ok := was.prices[r.Lines[i].N]; ok && price != r.Lines[i].Price {
			now.Lines++
		}
	}
	for _, source := range r.Sources {
		if source.List != "" {
			now.Lists = append(now.Lists, source.Name)
		}
	}
	if now.Lines == 0 {
		return nil
	}
	return &now
}
