package marketing

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// drawPreview prices the example with the rule, as a till would.
func (f *promotionForm) drawPreview(r pricing.Rule, valid bool) app.UI {
	d, l, c := f.p.d, f.p.d.Lang, f.p.d.Currency()
	var priced []pricing.Priced
	var verdict pricing.Verdict
	if valid {
		var err error
		if priced, verdict, err = previewOf(r, f.example, f.p.known().Categories, d.Today()); err != nil {
			priced = nil
		}
	}
	body := []app.UI{app.H2().Class("field-head").Text(l.T(previewTitle))}
	var saved, total money.Amount
	for i, line := range f.example {
		net := line.Price * money.Amount(line.Count)
		off := money.Amount(0)
		if i < len(priced) {
			off, net = priced[i].Discount, priced[i].Net
		}
		saved, total = saved+off, total+net
		body = append(body, f.drawExample(r, i, off, net))
	}
	note := ""
	if saved == 0 && valid {
		note = missing(verdict, l, c)
	}
	body = append(body,
		app.Div().Class("try-total").Body(app.Span().Text(l.T(i18n.Total)),
			app.Span().Class("try-off").ID("try-saved").Text(minus(saved, l, c)), app.Span().ID("try-total").Text(l.Sum(total, c))),
		app.P().Class("muted try-note").Text(note))
	return app.Section().Class("form-card").Body(body...)
}

// drawExample is a line of the example, with its number of pieces to change.
func (f *promotionForm) drawExample(r pricing.Rule, i int, off, net money.Amount) app.UI {
	d, l, c := f.p.d, f.p.d.Lang, f.p.d.Currency()
	line, id := f.example[i], strconv.Itoa(i)
	return app.Div().Class("try-line").Body(
		app.Span().Class("try-name").Text(f.exampleName(r, line.Goods)),
		app.Span().Class("try-count").Body(
			&ui.Button{ID: "try-less-" + id, Label: i18n.Minus, Name: l.T(previewLess), Kind: ui.Quiet, Disabled: line.Count < 1,
				OnPress: d.Press(func() { f.count(i, -1) })},
			app.Span().Text(line.Count),
			&ui.Button{ID: "try-more-" + id, Label: "+", Name: l.T(previewMore), Kind: ui.Quiet, OnPress: d.Press(func() { f.count(i, 1) })},
		),
		app.Span().Class("num").Text("× "+l.Money(line.Price, c)),
		app.Span().Class("num try-off").Text(minus(off, l, c)),
		app.Span().Class("num try-net").Text(l.Money(net, c)),
	)
}

// count changes how many pieces of a line of the example there are.
func (f *promotionForm) count(i, by int) {
	f.example[i].Count = min(max(f.example[i].Count+by, 0), 99)
	f.chosen = true
}

// exampleName names the goods of a line of the example.
func (f *promotionForm) exampleName(r pricing.Rule, goods string) string {
	l := f.p.d.Lang
	switch mark, is := strings.CutPrefix(goods, markSign); {
	case goods == "":
		return l.T(previewOther)
	case is:
		return l.T(i18n.PromoMark, "code", mark)
	case wantsArticle(r, goods):
		return f.p.words().ArticleName(catalogue.SKU(goods))
	}
	return ruleform.CategoryName(f.p.known().Categories, goods, l)
}

// missing says why the rule saves nothing on the example.
func missing(verdict pricing.Verdict, l i18n.Lang, c money.Currency) string {
	switch {
	case verdict.Missing > 0 && verdict.Why == pricing.WhyCount:
		return l.T(i18n.WhyCount, "n", int(verdict.Missing))
	case verdict.Missing > 0 && verdict.Why == pricing.WhySum:
		return l.T(i18n.WhySum, "sum", l.Sum(money.Amount(verdict.Missing), c))
	}
	return l.T(previewNothing)
}

// minus writes a saving, nothing for none.
func minus(a money.Amount, l i18n.Lang, c money.Currency) string {
	if a == 0 {
		return ""
	}
	return l.Money(-a, c)
}

// trial is the last receipts, priced with the draft.
type trial struct {
	asked   kit.Form[struct{}, wire.Simulated]
	outcome *wire.Simulated // of the rule as it is now; nil: not tried
}

// try asks what the draft would have done to the receipts of the last days.
func (f *promotionForm) try(days int) {
	r, problems := f.rule()
	if len(problems) > 0 {
		return
	}
	text := ruleText(r)
	f.trial.outcome = nil
	question := wire.Simulation{Rule: []byte(text), Days: days}
	f.trial.asked.Save(f.p.d, office.Asking(f.p.d.Office.Server, wire.Simulate, question), func(outcome wire.Simulated) []kit.Problem {
		if now, _ := f.rule(); ruleText(now) == text {
			f.trial.outcome = &outcome
		}
		return nil
	})
}

// drawTrial offers to replay the last receipts, and shows what came of it.
func (f *promotionForm) drawTrial(valid bool) app.UI {
	d, l, asked := f.p.d, f.p.d.Lang, &f.trial.asked
	buttons := []app.UI{}
	for _, days := range []int{7, 28} {
		buttons = append(buttons, &ui.Button{ID: "try-" + strconv.Itoa(days), Label: l.T(tryGo, "n", days), Disabled: !valid || asked.Busy(),
			OnPress: d.Press(func() { f.try(days) })})
	}
	return app.Section().Class("form-card").Body(
		app.H2().Class("field-head").Text(l.T(tryTitle)),
		app.P().Class("muted").Text(l.T(tryHow)),
		app.Div().Class("choices-row").Body(buttons...),
		d.ErrorBox(asked.Fault()),
		app.Div().Class("try-result").Aria("busy", asked.Busy()).Aria("live", "polite").Body(drawOutcome(d, f.trial.outcome)...),
	)
}

// daysShown is how many days of a trial are listed one by one.
const daysShown = 7

func drawOutcome(d *kit.Desk, o *wire.Simulated) []app.UI {
	l, c := d.Lang, d.Currency()
	if o == nil {
		return nil
	}
	if o.Receipts == 0 {
		return []app.UI{app.P().Class("muted").Text(l.T(tryNone))}
	}
	sum := func(n int64) string { return l.Sum(money.Amount(n), c) }
	row := func(name *i18n.Message, value string) app.UI {
		return app.Div().Class("fact").Body(app.Span().Text(l.T(name)), app.Span().Class("num").Text(value))
	}
	share := l.Percent(int64(o.Reached) * 10000 / int64(o.Receipts))
	body := []app.UI{
		row(tryReached, l.T(tryOf, "n", o.Reached, "all", o.Receipts, "share", share)),
		row(tryCustomer, l.Int(int64(o.Customers))),
		row(tryCost, sum(o.Cost)),
		row(tryTouched, sum(o.Touched)),
		row(tryRivals, sum(o.Rivals)),
		row(tryLift, l.Percent(o.Lift)),
		row(tryNear, l.Int(int64(o.Near))),
	}
	if len(o.Days) <= daysShown {
		for _, day := range o.Days {
			body = append(body, app.Div().Class("fact try-day").Body(
				app.Span().Text(d.Date(day.Date)), app.Span().Class("num").Text(l.Int(int64(day.Reached))+" · "+sum(day.Cost))))
		}
	}
	return body
}
