package kit

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
)

// WhySums lead from the shelf price to the sum of the line.
func (w *Words) WhySums(why *bridge.Why) []app.UI {
	l, c, line := w.Lang, w.Currency(), why.Line
	body := []app.UI{
		app.P().Class("why-name").Text(line.Name.In(string(l))),
	}
	if line.Price != line.Shelf() {
		body = append(body, Pair("why-pair why-shelf", l.T(i18n.WhyShelf), l.Money(line.Shelf(), c)))
	}
	body = append(body, Pair("why-pair", l.Quantity(line.Quantity, line.Unit)+" × "+l.Money(line.Price, c), l.Money(line.Gross, c)))
	byHand := line.Discount
	for _, t := range why.Rules {
		if t.Amount > 0 {
			byHand -= t.Amount
			body = append(body, Pair("why-pair why-off", t.Name.In(string(l)), l.Money(-t.Amount, c)))
		}
	}
	if byHand > 0 {
		body = append(body, Pair("why-pair why-off", l.T(i18n.WhyByHand), l.Money(-byHand, c)))
	}
	return append(body, Pair("why-pair why-total", l.T(i18n.Total), w.Sum(line.Net)))
}

func (w *Words) WhyRules(why *bridge.Why) []app.UI {
	l := w.Lang
	body := append([]app.UI{}, w.whyPrices(why)...)
	for _, t := range why.Rules {
		sign, class := "○", "why-rule"
		if t.Why == pricing.WhyApplied {
			sign, class = "✓", "why-rule why-won"
		}
		body = append(body, app.Div().Class(class).DataSet("rule", t.Rule).Body(
			app.Span().Class("why-sign").Aria("hidden", true).Text(sign),
			app.Span().Class("why-text").Body(
				app.Span().Class("why-rule-name").Text(t.Name.In(string(l))),
				app.Span().Class("why-reason").Text(w.whyReason(t)),
			),
		))
	}
	if len(why.Rules) == 0 {
		body = append(body, app.P().Class("why-none").Text(l.T(i18n.WhyNone)))
	}
	if why.Others > 0 {
		body = append(body, app.P().Class("why-none").Text(l.T(i18n.WhyOthers, "n", why.Others)))
	}
	return body
}

// whyReason says in words what became of a promotion on the line.
func (w *Words) whyReason(t bridge.Tried) string {
	l := w.Lang
	switch t.Why {
	case pricing.WhyApplied:
		return l.T(i18n.WhyApplied, "sum", w.Sum(t.Amount), "version", t.Version)
	case pricing.WhyTime:
		return l.T(i18n.WhyTime)
	case pricing.WhyStore:
		return l.T(i18n.WhyStore)
	case pricing.WhyCustomer:
		return l.T(i18n.WhyCustomer)
	case pricing.WhyCoupon:
		return l.T(i18n.WhyCoupon)
	case pricing.WhyAllUsed:
		return l.T(i18n.WhyAllUsed)
	case pricing.WhyUsedUp:
		return l.T(i18n.WhyUsedUp)
	case pricing.WhyCount:
		return l.T(i18n.WhyCount, "n", int(t.Missing))
	case pricing.WhySum:
		return l.T(i18n.WhySum, "sum", w.Sum(money.Amount(t.Missing)))
	case pricing.WhyMinimum:
		return l.T(i18n.WhyMinimum)
	case pricing.WhyLost:
		if name := t.By.In(string(l)); name != "" {
			return l.T(i18n.WhyLostTo, "name", name)
		}
		if t.Elsewhere {
			return l.T(i18n.WhyElsewhere)
		}
		return l.T(i18n.WhyLost)
	}
	return l.T(i18n.WhyGoods)
}

// whyPrices says which price lists and regulations there are for the line's goods.
func (w *Words) whyPrices(why *bridge.Why) []app.UI {
	var body []app.UI
	for _, c := range why.Prices {
		sign, class := "○", "why-rule"
		if c.Why == pricing.WhyApplied {
			sign, class = "✓", "why-rule why-won"
		}
		body = append(body, app.Div().Class(class).DataSet("list", c.Name.In(string(w.Lang))).Body(
			app.Span().Class("why-sign").Aria("hidden", true).Text(sign),
			app.Span().Class("why-text").Body(
				app.Span().Class("why-rule-name").Text(c.Name.In(string(w.Lang))),
				app.Span().Class("why-reason").Text(w.priceReason(c)),
			),
		))
	}
	return body
}

// priceReason says in words what became of a price list, or what a regulation bounds.
func (w *Words) priceReason(c bridge.PriceChoice) string {
	l, sum := w.Lang, w.Sum(c.Price)
	if c.Regulation {
		var parts []string
		if c.Min > 0 {
			parts = append(parts, l.T(i18n.WhyLawMin, "sum", w.Sum(c.Min)))
		}
		if c.Max > 0 {
			parts = append(parts, l.T(i18n.WhyLawMax, "sum", w.Sum(c.Max)))
		}
		if c.Fixed {
			parts = append(parts, l.T(i18n.WhyLawFixed))
		}
		return l.T(i18n.PriceRegulated) + ": " + strings.Join(parts, ", ")
	}
	switch c.Why {
	case pricing.WhyApplied:
		return l.T(i18n.WhyListApplied, "sum", sum)
	case pricing.WhyCustomer:
		return l.T(i18n.WhyListCustomer, "sum", sum)
	case pricing.WhyTime:
		return l.T(i18n.WhyListTime, "sum", sum)
	case pricing.WhyStore:
		return l.T(i18n.WhyListStore, "sum", sum)
	}
	if name := c.By.In(string(l)); name != "" {
		return l.T(i18n.WhyListLost, "sum", sum, "name", name)
	}
	return l.T(i18n.WhyListLostShelf, "sum", sum)
}
