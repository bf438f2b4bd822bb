package desk

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/pricing"
)

// drawPromotionForm draws the promotion being made: what it says to the left,
// what comes of it to the right.
func (d *desk) drawPromotionForm() app.UI {
	l, p := d.lang, &d.promotions
	r, problems := d.rule()
	title := l.T(i18n.PromoNew)
	if p.draft.Version > 0 {
		title = r.Name.In(string(l))
	}
	body := d.drawPromotionFields
	if p.raw {
		body = d.drawPromotionText
	}
	return app.Div().Class("promos promo-form").Body(
		d.drawHead(
			app.H1().Class("desk-title").Text(title),
			app.Div().Class("choices-row promo-tabs").Body(
				d.choice("promo-form", l.T(i18n.PromoForm), !p.raw, func() { d.showJSON(false) }),
				d.choice("promo-json", l.T(i18n.PromoJSON), p.raw, func() { d.showJSON(true) }),
			),
		),
		app.Div().Class("promo-columns").Body(
			app.Div().Class("promo-fields").Body(
				body(),
				d.drawProblems(append(slices.Clone(problems), p.found...)),
				d.errorBox(p.wrong),
				app.Div().Class("promo-acts").Body(
					&ui.Button{ID: "promo-back", Label: l.T(i18n.Cancel), OnPress: d.press(func() { p.open = false })},
					&ui.Button{ID: "promo-save", Label: l.T(i18n.PromoSave), Kind: ui.Primary, Disabled: len(problems) > 0 || p.saving,
						OnPress: d.press(d.savePromotion)},
				),
			),
			app.Div().Class("promo-side").Body(d.drawPreview(r, len(problems) == 0), d.drawTrial(len(problems) == 0)),
		),
	)
}

// fields are what the promotion's form shares with others.
func (d *desk) promotionFields() *fieldset {
	p := &d.promotions
	return &fieldset{d: d, id: "promo-", rev: &p.rev, edited: d.edited, tree: p.data.Categories, groups: p.data.Groups, article: &p.article}
}

func (d *desk) drawPromotionFields() app.UI {
	p, f := &d.promotions.draft, d.promotionFields()
	kinds := []app.UI{}
	for _, kind := range promotionKinds {
		kinds = append(kinds, d.choice("promo-kind-"+string(kind), d.lang.T(promotionKindName[kind]), p.Kind == kind, func() {
			p.setKind(kind)
			d.promotions.rev++
			d.edited()
		}))
	}
	return app.Div().Class("promo-body").Body(
		fields(f.input("ru", i18n.PromoName, &p.RU, "text", ""), f.input("en", i18n.PromoNameEN, &p.EN, "text", "")),
		f.part(i18n.PromoKind, app.Div().Class("choices-row promo-kinds").Body(kinds...), d.kindFields(f)),
		d.goodsFields(f),
		f.when(&p.When),
		f.part(i18n.PromoWho, f.whoFields(&p.Groups, &p.Card), app.Div().Class("choices-row").Body(f.storesMenu(&p.Stores))),
		d.couponFields(f),
		f.part(i18n.PromoRules,
			fields(f.input("priority", i18n.PromoPriority, &p.Priority, "numeric", ""), f.input("limit", i18n.PromoLimit, &p.Limit, "numeric", ""),
				f.input("limit-who", i18n.PromoLimitWho, &p.LimitWho, "numeric", ""), f.input("limit-all", i18n.PromoLimitAll, &p.LimitAll, "numeric", ""),
				f.input("group", i18n.PromoGroup, &p.Group, "text", "")),
			app.Div().Class("choices-row").Body(f.toggle("stack", i18n.PromoStack, &p.Stack))),
	)
}

// couponFields choose a code that opens the promotion: one that everybody has, or
// a code for each customer.
func (d *desk) couponFields(f *fieldset) app.UI {
	p, l := &d.promotions.draft, d.lang
	body := []app.UI{app.Div().Class("choices-row").Body(
		d.choice("promo-open", l.T(i18n.CouponOpen), !p.Serial, func() { p.Serial = false; d.edited() }),
		d.choice("promo-serial", l.T(i18n.CouponSerial), p.Serial, func() { p.Serial = true; d.edited() }),
	)}
	if !p.Serial {
		return f.part(i18n.PromoCoupon, append(body, fields(f.input("coupon", i18n.CouponCode, &p.Coupon, "text", "")))...)
	}
	body = append(body, fields(f.input("prefix", i18n.CouponPrefix, &p.Prefix, "text", ""), f.input("length", i18n.CouponLength, &p.Length, "numeric", ""),
		f.input("issued", i18n.CouponIssued, &p.Issued, "numeric", "")))
	coupon := p.coupon()
	switch {
	case p.Key != "" && coupon.Issued > 0:
		body = append(body,
			app.P().Class("muted").Text(l.T(i18n.CouponExample, "code", coupon.Serial(1))),
			&ui.Button{ID: "promo-codes", Label: l.T(i18n.CouponExport, "n", coupon.Issued), OnPress: d.press(func() {
				ui.Download("coupons-"+p.ID+".csv", []byte(codesFile(coupon)))
			})})
	case optional(p.Issued) > 0:
		body = append(body, app.P().Class("muted").Text(l.T(i18n.CouponAfter)))
	default:
		body = append(body, app.P().Class("muted").Text(l.T(i18n.CouponForeign)))
	}
	return f.part(i18n.PromoCoupon, body...)
}

// codesFile lists the serial codes of a coupon, one a line.
func codesFile(k pricing.Coupon) string {
	var file strings.Builder
	file.WriteString("code\r\n")
	for n := 1; n <= min(k.Issued, k.Serials()); n++ {
		file.WriteString(k.Serial(n) + "\r\n")
	}
	return file.String()
}

// setKind changes the kind and fills in what it usually goes with.
func (p *promotionDraft) setKind(kind promotionKind) {
	p.Kind = kind
	switch kind {
	case promoNth:
		p.Buy, p.Value = "2", "50"
	case promoCheapest:
		p.Buy = "3"
	case promoMulti:
		p.Buy, p.Get = "2", "1"
	case promoMarkdown:
		p.Value, p.Goods = "30", goodsDraft{Marks: "30"}
		if p.Priority == "" {
			p.Priority = "100"
		}
	case promoThreshold:
		if len(p.Steps) == 0 {
			p.Steps = []stepDraft{{From: "1000", Value: "5"}}
		}
	case promoGift:
		if p.From == "" {
			p.From = "1000"
		}
	}
}

// kindFields are the figures of the kind.
func (d *desk) kindFields(f *fieldset) app.UI {
	p, rouble := &d.promotions.draft, d.lang.Symbol(d.currency())
	percent := f.input("value", i18n.PromoPercent, &p.Value, "decimal", "%")
	switch p.Kind {
	case promoAmount:
		return fields(f.input("value", i18n.PromoSumOff, &p.Value, "decimal", rouble))
	case promoPrice:
		return fields(f.input("value", i18n.PromoPriceIs, &p.Value, "decimal", rouble))
	case promoMulti:
		return fields(f.input("buy", i18n.PromoBuy, &p.Buy, "numeric", ""), f.input("get", i18n.PromoGet, &p.Get, "numeric", ""))
	case promoNth:
		return fields(f.input("buy", i18n.PromoEvery, &p.Buy, "numeric", ""), percent)
	case promoCheapest:
		return fields(f.input("buy", i18n.PromoOf, &p.Buy, "numeric", ""))
	case promoThreshold:
		return d.stepFields(f, rouble)
	case promoGift:
		return fields(f.input("from", i18n.PromoFrom, &p.From, "decimal", rouble))
	case promoMarkdown:
		return app.Div().Class("promo-body").Body(
			fields(f.input("marks", i18n.PromoMarks, &p.Goods.Marks, "text", ""), percent),
			app.P().Class("muted").Text(d.lang.T(i18n.PromoMarksHow)))
	}
	return fields(percent)
}

// stepFields are the thresholds on the receipt's sum, rising.
func (d *desk) stepFields(f *fieldset, rouble string) app.UI {
	p, l := &d.promotions.draft, d.lang
	rows := []app.UI{}
	for i := range p.Steps {
		step, id, unit := &p.Steps[i], "", "%"
		if i > 0 {
			id = "-" + strconv.Itoa(i+1)
		}
		if step.Money {
			unit = rouble
		}
		acts := []app.UI{
			d.choice("promo-in-percent"+id, "%", !step.Money, func() { step.Money = false; d.edited() }),
			d.choice("promo-in-money"+id, rouble, step.Money, func() { step.Money = true; d.edited() }),
		}
		if len(p.Steps) > 1 {
			acts = append(acts, &ui.Button{ID: "promo-step-drop" + id, Label: "✕", Name: l.T(i18n.StepDrop), Kind: ui.Quiet, OnPress: d.press(func() {
				p.Steps = slices.Delete(slices.Clone(p.Steps), i, i+1)
				d.promotions.rev++
				d.edited()
			})})
		}
		rows = append(rows, fields(f.input("from"+id, i18n.PromoFrom, &step.From, "decimal", rouble), f.input("value"+id, i18n.PromoPercent, &step.Value, "decimal", unit),
			app.Div().Class("choices-row").Body(acts...)))
	}
	rows = append(rows, &ui.Button{ID: "promo-step-add", Label: l.T(i18n.StepAdd), Kind: ui.Quiet, OnPress: d.press(func() {
		next := stepDraft{Money: p.Steps[len(p.Steps)-1].Money}
		p.Steps = append(slices.Clone(p.Steps), next)
		d.promotions.rev++
		d.edited()
	})})
	return app.Div().Class("promo-body").Body(rows...)
}

// goodsFields choose what the promotion is about.
func (d *desk) goodsFields(f *fieldset) app.UI {
	p := &d.promotions.draft
	except := f.part(i18n.PromoExcept, f.goods("except-", &p.Except, false, true))
	if p.Kind == promoMarkdown {
		return app.Div().Class("promo-body").Body(except)
	}
	goods := f.part(i18n.PromoGoods, f.goods("", &p.Goods, true, false))
	switch p.Kind {
	case promoGift:
		return app.Div().Class("promo-body").Body(goods, f.part(i18n.PromoGift, f.goods("other-", &p.Other, false, false)), except)
	case promoBundle:
		return app.Div().Class("promo-body").Body(goods, f.part(i18n.PromoSecond, f.goods("other-", &p.Other, false, false)), except)
	}
	return app.Div().Class("promo-body").Body(goods, except)
}

// drawPromotionText draws the rule as text.
func (d *desk) drawPromotionText() app.UI {
	p := &d.promotions
	return app.Div().Class("promo-body").Body(
		app.If(p.only, func() app.UI { return app.P().Class("muted").Text(d.lang.T(i18n.PromoOnlyJSON)) }),
		&textArea{ID: "promo-text", Label: d.lang.T(i18n.PromoText), Value: p.json, Rev: p.rev, OnText: func(text string) {
			p.json, p.outcome, p.found, p.wrong = text, nil, nil, nil
			if problems, r := ruleProblems(text); len(problems) == 0 && !p.chosen {
				p.example = exampleOf(r)
			}
			d.rev++
		}},
	)
}

// textArea is a text of several lines. The browser owns it while a person
// types; raise Rev to put Value in its place.
type textArea struct {
	app.Compo

	ID, Label, Value string
	Rev              int
	OnText           func(string)

	shown int
}

// OnMount puts the first text in.
func (t *textArea) OnMount(ctx app.Context) { t.put(ctx) }

// OnUpdate puts a text that the program has set in place of the typed one.
func (t *textArea) OnUpdate(ctx app.Context) {
	if t.Rev != t.shown {
		t.put(ctx)
	}
}

func (t *textArea) put(ctx app.Context) {
	t.shown = t.Rev
	value := t.Value
	ctx.Defer(func(app.Context) {
		if area := app.Window().GetElementByID(t.ID); area.Truthy() && area.Get("value").String() != value {
			area.Set("value", value)
		}
	})
}

// Render draws the text.
func (t *textArea) Render() app.UI {
	return app.Label().Class("field").Body(
		app.Span().Class("field-label").Text(t.Label),
		app.Textarea().ID("%s", t.ID).Class("promo-text").Spellcheck(false).Rows(24).OnInput(t.input),
	)
}

func (t *textArea) input(ctx app.Context, _ app.Event) { t.OnText(ctx.JSSrc().Get("value").String()) }
