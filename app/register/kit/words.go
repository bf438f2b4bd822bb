package kit

import (
	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
)

// Words write what a store's register says, in a language.
type Words struct {
	Lang  i18n.Lang
	Store catalogue.Store
}

// Currency is the store's.
func (w *Words) Currency() money.Currency {
	if w.Store.Currency.Code == "" {
		return money.RUB
	}
	return w.Store.Currency
}

// Sum writes a sum with its currency.
func (w *Words) Sum(a money.Amount) string { return w.Lang.Sum(a, w.Currency()) }

// Money writes a sum without its currency.
func (w *Words) Money(a money.Amount) string { return w.Lang.Money(a, w.Currency()) }

// Symbol is the sign of the currency.
func (w *Words) Symbol() string { return w.Lang.Symbol(w.Currency()) }

// Clock writes a moment in the store's time.
func (w *Words) Clock(ms int64, style i18n.Style) string { return w.Lang.Time(ms, w.Store.Zone, style) }

// DecimalSign is the point of the language's numbers.
func (w *Words) DecimalSign() string {
	if w.Lang == i18n.RU {
		return ","
	}
	return "."
}

// Units returns so many whole units of the currency.
func (w *Words) Units(n money.Amount) money.Amount {
	for range w.Currency().Exponent {
		n *= 10
	}
	return n
}

// LeftText says what is left of a product, "" when nobody counts it.
func (w *Words) LeftText(p bridge.Product) string {
	switch {
	case !p.Counted:
		return ""
	case p.Left <= 0:
		return w.Lang.T(i18n.LeftNone)
	}
	return w.Lang.T(i18n.LeftAbout, "amount", w.Lang.Quantity(p.Left, p.Unit)+"\u00a0"+w.Lang.Unit(p.Unit))
}
