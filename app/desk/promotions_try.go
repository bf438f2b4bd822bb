package desk

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/syncproto"
)

var problemName = map[string]*i18n.Message{
	pricing.ProblemMissing: i18n.ProblemMissing, pricing.ProblemRange: i18n.ProblemRange, pricing.ProblemFormat: i18n.ProblemFormat,
	pricing.ProblemTwice: i18n.ProblemTwice, pricing.ProblemUnknown: i18n.ProblemUnknown, pricing.ProblemConflict: i18n.ProblemConflict,
}

// fieldOf names the field of the form that a path of a rule is about.
var fieldOf = map[string]*i18n.Message{
	"name": i18n.PromoName, "goods": i18n.PromoGoods, "off": i18n.PromoPercent, "off.bp": i18n.PromoPercent, "off.amount": i18n.PromoSumOff,
	"off.price": i18n.PromoPriceIs, "buy": i18n.PromoBuy, "get": i18n.PromoGet, "from": i18n.PromoFrom, "gift": i18n.PromoGift,
	"steps[0].from": i18n.PromoFrom, "steps[0].off": i18n.PromoPercent, "steps[0].off.bp": i18n.PromoPercent, "steps[0].off.amount": i18n.PromoSumOff,
	"parts[0].goods": i18n.PromoGoods, "parts[1].goods": i18n.PromoSecond, "when.from": i18n.PromoStart, "when.until": i18n.PromoEnd,
	"when.hours[0]": i18n.PromoHourFrom, "when.hours[0].from": i18n.PromoHourFrom, "when.hours[0].to": i18n.PromoHourTo,
	"limit": i18n.PromoLimit, "limit_customer": i18n.PromoLimitWho, "priority": i18n.PromoPriority, "coupon": i18n.PromoCoupon,
	"coupon.length": i18n.CouponLength, "coupon.issued": i18n.CouponIssued, "coupon.code": i18n.CouponCode, "limit_total": i18n.PromoLimitAll,
	"goods.marks": i18n.PromoMarks, "goods.not": i18n.PromoExcept,
}

// drawProblems says what keeps the rule from being saved; of the text with the
// line and column.
func (d *desk) drawProblems(problems pricing.Problems) app.UI {
	l := d.lang
	lines := []app.UI{}
	for i, problem := range problems {
		if i == 8 {
			break
		}
		where := problem.Path
		if name := fieldOf[problem.Path]; name != nil && !d.promotions.raw {
			where = l.T(name)
		}
		if d.promotions.raw && problem.Line > 0 {
			where = l.T(i18n.ProblemAt, "line", strconv.Itoa(problem.Line), "column", strconv.Itoa(problem.Column), "path", problem.Path)
		}
		what := i18n.ProblemFormat
		if name := problemName[problem.Code]; name != nil {
			what = name
		}
		lines = append(lines, app.Li().DataSet("path", problem.Path).Text(where+" — "+l.T(what)))
	}
	return app.Ul().Class("promo-problems").Aria("live", "polite").Body(lines...)
}

// drawPreview prices the example with the draft, as a till would.
func (d *desk) drawPreview(r pricing.Rule, valid bool) app.UI {
	l, p, c := d.lang, &d.promotions, d.currency()
	body := []app.UI{app.H2().Class("promo-part").Text(l.T(i18n.PreviewTitle))}
	var priced []pricing.Priced
	var verdict pricing.Verdict
	if valid {
		var err error
		if priced, verdict, err = previewOf(r, p.example, p.data.Categories, d.today()); err != nil {
			priced = nil
		}
	}
	var saved, total money.Amount
	for i, line := range p.example {
		name := d.exampleName(r, line.Goods)
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
				&ui.Button{ID: "try-less-" + id, Label: i18n.Minus, Name: l.T(i18n.PreviewLess), Kind: ui.Quiet, Disabled: line.Count < 1, OnPress: d.press(func() { d.countExample(i, -1) })},
				app.Span().Text(line.Count),
				&ui.Button{ID: "try-more-" + id, Label: "+", Name: l.T(i18n.PreviewMore), Kind: ui.Quiet, OnPress: d.press(func() { d.countExample(i, 1) })},
			),
			app.Span().Class("num").Text("× "+l.Money(line.Price, c)),
			app.Span().Class("num try-off").Text(d.minus(off)),
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
		app.Div().Class("try-total").Body(app.Span().Text(l.T(i18n.Total)), app.Span().Class("try-off").ID("try-saved").Text(d.minus(saved)), app.Span().ID("try-total").Text(l.Sum(total, c))),
		app.P().Class("muted try-note").Text(note))
	return app.Section().Class("promo-card").Body(body...)
}

// exampleName names the goods of a line of the example.
func (d *desk) exampleName(r pricing.Rule, goods string) string {
	switch mark, is := strings.CutPrefix(goods, markSign); {
	case goods == "":
		return d.lang.T(i18n.PreviewOther)
	case is:
		return d.lang.T(i18n.PromoMark, "code", mark)
	case wantsArticle(r, goods):
		return d.promotionFields().articleName(catalogue.SKU(goods))
	}
	return d.categoryName(goods)
}

// minus writes a saving, nothing for none.
func (d *desk) minus(a money.Amount) string {
	if a == 0 {
		return ""
	}
	return d.lang.Money(-a, d.currency())
}

// countExample changes how many pieces of the example's line there are.
func (d *desk) countExample(i, by int) {
	p := &d.promotions
	p.example[i].Count = min(max(p.example[i].Count+by, 0), 99)
	p.chosen = true
}

// drawTrial offers to replay the last receipts, and shows what came of it.
func (d *desk) drawTrial(valid bool) app.UI {
	l, p := d.lang, &d.promotions
	buttons := []app.UI{}
	for _, days := range []int{7, 28} {
		buttons = append(buttons, &ui.Button{ID: "try-" + strconv.Itoa(days), Label: l.T(i18n.TryGo, "n", days), Disabled: !valid || p.trying,
			OnPress: d.press(func() { p.days = days; d.tryPromotion() })})
	}
	return app.Section().Class("promo-card").Body(
		app.H2().Class("promo-part").Text(l.T(i18n.TryTitle)),
		app.P().Class("muted").Text(l.T(i18n.TryHow)),
		app.Div().Class("choices-row").Body(buttons...),
		app.Div().Class("try-result").Aria("busy", p.trying).Aria("live", "polite").Body(d.drawOutcome(p.outcome)...),
	)
}

func (d *desk) drawOutcome(o *syncproto.Simulated) []app.UI {
	l, c := d.lang, d.currency()
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
				app.Span().Text(d.date(day.Date)), app.Span().Class("num").Text(l.Int(int64(day.Reached))+" · "+sum(day.Cost))))
		}
	}
	return body
}
