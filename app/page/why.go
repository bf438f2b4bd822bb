package page

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
)

// askWhy asks why the line of the moment costs what it costs.
func (r *register) askWhy() {
	line, ok := r.line()
	if !ok {
		return
	}
	order(r, bridge.TillExplain, bridge.LineRef{N: line.N}, func(why bridge.Why, e *errcode.Error) {
		if e != nil {
			r.fail(e)
			return
		}
		r.why = &why
		r.openSheet(sheetWhy)
	})
}

// prompt is what both sides of the counter read: what is nearly reached, and by
// which promotion.
func (r *register) prompt() string {
	if len(r.basket.Prompts) == 0 {
		return ""
	}
	p := r.basket.Prompts[0]
	return r.offerText(p) + " · " + p.Name.In(string(r.lang))
}

func (r *register) drawWhySheet() app.UI {
	if r.why == nil {
		return app.Span().Hidden(true)
	}
	l := r.lang
	return ui.Sheet(string(sheetWhy), l.T(i18n.WhyTitle), "sheet-wide", r.closing(),
		app.Div().Class("why").Body(r.whySums(r.why)...),
		app.Div().Class("why-rules").Body(r.whyRules(r.why)...),
		app.Div().Class("sheet-actions").Body(
			&ui.Button{ID: "print-why", Label: l.T(i18n.Print), OnPress: r.press(func() { r.print(&slip{why: r.why}) })},
			&ui.Button{ID: "close-why", Label: l.T(i18n.DeskClose), Kind: ui.Primary, OnPress: r.press(r.closeSheet)},
		),
	)
}

// whySums lead from the shelf price to the sum of the line.
func (r *register) whySums(w *bridge.Why) []app.UI {
	l, c, line := r.lang, r.currency(), w.Line
	body := []app.UI{
		app.P().Class("why-name").Text(line.Name.In(string(l))),
	}
	if line.Price != line.Shelf() {
		body = append(body, pair("why-pair why-shelf", l.T(i18n.WhyShelf), l.Money(line.Shelf(), c)))
	}
	body = append(body, pair("why-pair", l.Quantity(line.Quantity, line.Unit)+" × "+l.Money(line.Price, c), l.Money(line.Gross, c)))
	byHand := line.Discount
	for _, t := range w.Rules {
		if t.Amount > 0 {
			byHand -= t.Amount
			body = append(body, pair("why-pair why-off", t.Name.In(string(l)), l.Money(-t.Amount, c)))
		}
	}
	if byHand > 0 {
		body = append(body, pair("why-pair why-off", l.T(i18n.WhyByHand), l.Money(-byHand, c)))
	}
	return append(body, pair("why-pair why-total", l.T(i18n.Total), r.sum(line.Net)))
}

func (r *register) whyRules(w *bridge.Why) []app.UI {
	l := r.lang
	body := append([]app.UI{}, r.whyPrices(w)...)
	for _, t := range w.Rules {
		sign, class := "○", "why-rule"
		if t.Why == pricing.WhyApplied {
			sign, class = "✓", "why-rule why-won"
		}
		body = append(body, app.Div().Class(class).DataSet("rule", t.Rule).Body(
			app.Span().Class("why-sign").Aria("hidden", true).Text(sign),
			app.Span().Class("why-text").Body(
				app.Span().Class("why-rule-name").Text(t.Name.In(string(l))),
				app.Span().Class("why-reason").Text(r.whyReason(t)),
			),
		))
	}
	if len(w.Rules) == 0 {
		body = append(body, app.P().Class("why-none").Text(l.T(i18n.WhyNone)))
	}
	if w.Others > 0 {
		body = append(body, app.P().Class("why-none").Text(l.T(i18n.WhyOthers, "n", w.Others)))
	}
	return body
}

// whyReason says in words what became of a promotion on the line.
func (r *register) whyReason(t bridge.Tried) string {
	l := r.lang
	switch t.Why {
	case pricing.WhyApplied:
		return l.T(i18n.WhyApplied, "sum", r.sum(t.Amount), "version", t.Version)
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
		return l.T(i18n.WhySum, "sum", r.sum(money.Amount(t.Missing)))
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

// drawWhyPaper is the explanation for the customer to take away.
func (r *register) drawWhyPaper(w *bridge.Why) app.UI {
	l := r.lang
	body := []app.UI{
		app.P().Class("paper-store").Text(r.state.Store.Name.In(string(l))),
		app.P().Class("paper-title").Text(l.T(i18n.WhyTitle)),
		app.P().Class("paper-small").Text(l.T(i18n.ReceiptNo, "number", w.Number)),
		rule(),
	}
	body = append(append(body, r.whySums(w)...), rule())
	for _, c := range w.Prices {
		body = append(body, app.P().Class("paper-name").Text(c.Name.In(string(l))), app.P().Class("paper-small").Text(r.priceReason(c)))
	}
	for _, t := range w.Rules {
		body = append(body, app.P().Class("paper-name").Text(t.Name.In(string(l))), app.P().Class("paper-small").Text(r.whyReason(t)))
	}
	return app.Article().Class("paper").Body(body...)
}
