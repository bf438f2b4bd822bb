package page

import (
	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
)

// From here on a number is more likely a slip of the hand, or a code that was
// scanned into a field: the same press is wanted once more.
const (
	absurdPieces = 100 * quantity.One
	absurdWeight = 20 * quantity.One
	absurdSum    = 100_000 // in whole units of the currency
	// absurdShort is how much a count may differ from what the drawer should hold.
	absurdShort = 1000
)

// sure reports whether what seems absurd was said twice. The first time it asks.
func (r *register) sure(what, question string) bool {
	if r.doubt == what {
		r.doubt = ""
		return true
	}
	r.doubt = what
	r.tell(question)
	r.sound(false)
	return false
}

// tell shows a sentence where the eyes are: in the sheet, beside the sum, beside
// the input.
func (r *register) tell(text string) {
	switch {
	case r.state.Phase != bridge.PhaseSelling:
		r.gate.fault, r.gate.note = nil, text
	case r.sheet != "":
		r.form.fault, r.form.note = nil, text
	case r.screen == screenPay:
		r.pay.fault, r.pay.note = nil, text
	default:
		r.strip = strip{Tone: ui.Warn, Text: text}
	}
}

// units returns so many whole units of the currency.
func (r *register) units(n money.Amount) money.Amount {
	for range r.currency().Exponent {
		n *= 10
	}
	return n
}

// sureQuantity asks about very many, very heavy or very dear goods.
func (r *register) sureQuantity(q quantity.Milli, unit quantity.Unit, price money.Amount) bool {
	if q > receipt.QuantityMax {
		return true // no question: it is refused
	}
	limit := absurdPieces
	if unit == quantity.Kilogram {
		limit = absurdWeight
	}
	dear := q > 0 && q.Cost(price) >= r.units(absurdSum)
	if q < limit && !dear {
		return true
	}
	amount := r.lang.Quantity(q, unit)
	text := r.lang.T(i18n.SureQuantity, "amount", amount+"\u00a0"+r.lang.Unit(unit))
	if dear {
		text = r.lang.T(i18n.SureSum, "sum", r.sum(q.Cost(price)))
	}
	return r.sure("quantity "+amount, text)
}

// sureSum asks about very much money.
func (r *register) sureSum(a money.Amount) bool {
	return a < r.units(absurdSum) || r.sure("sum "+r.sum(a), r.lang.T(i18n.SureSum, "sum", r.sum(a)))
}

// sureChange asks about change that no customer waits for: above the largest note
// they would not have given it.
func (r *register) sureChange(change money.Amount) bool {
	return change <= r.units(notes[len(notes)-1]) || r.sure("change "+r.sum(change), r.lang.T(i18n.SureChange, "sum", r.sum(change)))
}

// sureCount asks about a count that is far from what the drawer should hold.
func (r *register) sureCount(counted money.Amount) bool {
	off, question := counted-r.state.Shift.Cash, i18n.SureOver
	if off < 0 {
		off, question = -off, i18n.SureShort
	}
	return off < r.units(absurdShort) || r.sure("count "+r.sum(counted), r.lang.T(question, "sum", r.sum(off)))
}
