package kit

import (
	"tillsight/app/i18n"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
)

// From here on a number is more likely a slip of the hand, or a code that was
// scanned into a field: the same press is wanted once more.
const (
	AbsurdPieces = 100 * quantity.One
	absurdWeight = 20 * quantity.One
	absurdSum    = 100_000 // in whole units of the currency
	// absurdShort is how much a count may differ from what the drawer should hold.
	absurdShort = 1000
)

// Sure reports whether what seems absurd was said twice. The first time it asks.
func (p *Page) Sure(what, question string) bool {
	if p.Doubt == what {
		p.Doubt = ""
		return true
	}
	p.Doubt = what
	p.Tell(question)
	p.Sound(false)
	return false
}

// SureQuantity asks about very many, very heavy or very dear goods.
func (p *Page) SureQuantity(q quantity.Milli, unit quantity.Unit, price money.Amount) bool {
	if q > receipt.QuantityMax {
		return true // no question: it is refused
	}
	limit := AbsurdPieces
	if unit == quantity.Kilogram {
		limit = absurdWeight
	}
	dear := q > 0 && q.Cost(price) >= p.Units(absurdSum)
	if q < limit && !dear {
		return true
	}
	amount := p.Lang.Quantity(q, unit)
	text := p.Lang.T(i18n.SureQuantity, "amount", amount+"\u00a0"+p.Lang.Unit(unit))
	if dear {
		text = p.Lang.T(i18n.SureSum, "sum", p.Sum(q.Cost(price)))
	}
	return p.Sure("quantity "+amount, text)
}

// SureSum asks about very much money.
func (p *Page) SureSum(a money.Amount) bool {
	return a < p.Units(absurdSum) || p.Sure("sum "+p.Sum(a), p.Lang.T(i18n.SureSum, "sum", p.Sum(a)))
}

// SureChange asks about change that no customer waits for: above the largest note
// they would not have given it.
func (p *Page) SureChange(change money.Amount) bool {
	return change <= p.Units(notes[len(notes)-1]) || p.Sure("change "+p.Sum(change), p.Lang.T(i18n.SureChange, "sum", p.Sum(change)))
}

// SureCount asks about a count that is far from what the drawer should hold.
func (p *Page) SureCount(counted, held money.Amount) bool {
	off, question := counted-held, i18n.SureOver
	if off < 0 {
		off, question = -off, i18n.SureShort
	}
	return off < p.Units(absurdShort) || p.Sure("count "+p.Sum(counted), p.Lang.T(question, "sum", p.Sum(off)))
}
