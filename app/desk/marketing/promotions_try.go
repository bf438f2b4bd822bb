package marketing

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// drawPreview prices the example with the draft, as a till would.
func (p *promotions) drawPreview(r pricing.Rule, valid bool) app.UI {
	d := p.d
	l, c := d.Lang, d.Currency()
	body := []app.UI{app.H2().Class("field-head").Text(l.T(i18n.PreviewTitle))}
	var priced []pricing.Priced
	var verdict pricing.Verdict
	if valid {
		var err error
		if priced, verdict, err = previewOf(r, p.example, p.data.Categories, d.Today()); err != nil {
			priced = nil
		}
	}
	var saved, total money.Amount
	for i, line := range p.example {
		name := p.exampleName(r, line.Goods)
		sum := line.Price * money.Amount(line.Count)
		off, net := money.Amount(0), sum
		if i < len(priced) {
			off, net = priced[i].Discount, priced[i].Net
		}
		saved, total = saved+off, total+net
		id := strconv.Itoa(i)
		body = append(body, app.Div().Class("try-line").Body(
			app.Span().Class("try-name").Text(name),
			app.Span().Class("try-count").Body(
				&ui.Button{ID: "try-less-" + id, Label: i18n.Minus, Name: l.T(i18n.PreviewLess), Kind: ui.Quiet, Disabled: line.Count < 1, OnPress: d.Press(func() { p.countExample(i, -1) })},
				app.Span().Text(line.Count),
				&ui.Button{ID: "try-more-" + id, Label: "+", Name: l.T(i18n.PreviewMore), Kind: ui.Quiet, OnPress: d.Press(func() { p.countExample(i, 1) })},
			),
			app.Span().Class("num").Text("× "+l.Money(line.Price, c)),
			app.Span().Class("num try-off").Text(p.minus(off)),
			app.Span().Class("num try-net").Text(l.Money(net, c)),
		))
	}
	note := ""
	if saved == 0 && valid {
		note = l.T(i18n.PreviewNothing)
		if verdict.Missing > 0 && verdict.Why == pricing.WhyCount {
			note = l.T(i18n.WhyCount, "n", int(verdict.Missing))
		}
		if verdict.Missing > 0 && verdict.Why == pricing.WhySum {
			note = l.T(i18n.WhySum, "sum", l.Sum(money.Amount(verdict.Missing), c))
		}
	}
	body = append(body,
		app.Div().Class("try-total").Body(app.Span().Text(l.T(i18n.Total)), app.Span().Class("try-off").ID("try-saved").Text(p.minus(saved)), app.Span().ID("try-total").Text(l.Sum(total, c))),
		app.P().Class("muted try-note").Text(note))
	return app.Section().Class("form-card").Body(body...)
}

// exampleName names the goods of a line of the example.
func (p *promotions) exampleName(r pricing.Rule, goods string) string {
	d := p.d
	switch mark, is := strings.CutPrefix(goods, markSign); {
	case goods == "":
		return d.Lang.T(i18n.PreviewOther)
	case is:
		return d.Lang.T(i18n.PromoMark, "code", mark)
	case wantsArticle(r, goods):
		return p.promotionFields().ArticleName(catalogue.SKU(goods))
	}
	return p.categoryName(goods)
}

// minus writes a saving, nothing for none.
func (p *promotions) minus(a money.Amount) string {
	d := p.d
	if a == 0 {
		return ""
	}
	return d.Lang.Money(-a, d.Currency())
}

// countExample changes how many pieces of the example's line there are.
func (p *promotions) countExample(i, by int) {
	p.example[i].Count = min(max(p.example[i].Count+by, 0), 99)
	p.chosen = true
}

// drawTrial offers to replay the last receipts, and shows what came of it.
func (p *promotions) drawTrial(valid bool) app.UI {
	d := p.d
	l := d.Lang
	buttons := []app.UI{}
	for _, days := range []int{7, 28} {
		buttons = append(buttons, &ui.Button{ID: "try-" + strconv.Itoa(days), Label: l.T(i18n.TryGo, "n", days), Disabled: !valid || p.trying,
			OnPress: d.Press(func() { p.days = days; p.tryPromotion() })})
	}
	return app.Section().Class("form-card").Body(
		app.H2().Class("field-head").Text(l.T(i18n.TryTitle)),
		app.P().Class("muted").Text(l.T(i18n.TryHow)),
		app.Div().Class("choices-row").Body(buttons...),
		app.Div().Class("try-result").Aria("busy", p.trying).Aria("live", "polite").Body(p.drawOutcome(p.outcome)...),
	)
}

func (p *promotions) drawOutcome(o *wire.Simulated) []app.UI {
	d := p.d
	l, c := d.Lang, d.Currency()
	if o == nil {
		return nil
	}
	if o.Receipts == 0 {
		return []app.UI{app.P().Class("muted").Text(l.T(i18n.TryNone))}
	}
	sum := func(n int64) string { return l.Sum(money.Amount(n), c) }
	row := func(name *i18n.Message, value string) app.UI {
		return app.Div().Class("fact").Body(app.Span().Text(l.T(name)), app.Span().Class("num").Text(value))
	}
	body := []app.UI{
		row(i18n.TryReached, l.T(i18n.TryOf, "n", o.Reached, "all", o.Receipts, "share", l.Percent(int64(o.Reached)*10000/int64(o.Receipts)))),
		row(i18n.TryCustomer, l.Int(int64(o.Customers))),
		row(i18n.TryCost, sum(o.Cost)),
		row(i18n.TryTouched, sum(o.Touched)),
		row(i18n.TryRivals, sum(o.Rivals)),
		row(i18n.TryLift, l.Percent(o.Lift)),
		row(i18n.TryNear, l.Int(int64(o.Near))),
	}
	if len(o.Days) <= 7 {
		for _, day := range o.Days {
			body = append(body, app.Div().Class("fact try-day").Body(
				app.Span().Text(d.Date(day.Date)), app.Span().Class("num").Text(l.Int(int64(day.Reached))+" · "+sum(day.Cost))))
		}
	}
	return body
}
