package marketing

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/pricing"
)

// formHead names the promotion, once it has a name, and offers form and text.
func (p *promotions) formHead() kit.Head {
	d, l := p.d, p.d.Lang
	title := l.T(i18n.PromoNew)
	if p.draft.Version > 0 {
		r, _ := p.rule()
		title = r.Name.In(string(l))
	}
	return kit.Head{Title: title, Acts: []app.UI{app.Div().Class("choices-row promo-tabs").Body(
		d.Choice("promo-form", l.T(i18n.PromoForm), !p.raw, func() { p.showJSON(false) }),
		d.Choice("promo-json", l.T(i18n.PromoJSON), p.raw, func() { p.showJSON(true) }),
	)}}
}

// drawPromotionForm draws the promotion being made: what it says to the left,
// what comes of it to the right.
func (p *promotions) drawPromotionForm() app.UI {
	d := p.d
	l := d.Lang
	r, problems := p.rule()
	body := p.drawPromotionFields
	if p.raw {
		body = p.drawPromotionText
	}
	return app.Div().Class("form-page").Body(
		app.Div().Class("form-columns").Body(
			app.Div().Class("form-fields").Body(
				body(),
				ruleform.DrawProblems(d, append(slices.Clone(problems), p.found...), p.raw),
				d.ErrorBox(p.wrong),
				app.Div().Class("form-acts").Body(
					&ui.Button{ID: "promo-back", Label: l.T(i18n.Cancel), OnPress: d.Press(func() { p.open = false })},
					&ui.Button{ID: "promo-save", Label: l.T(i18n.PromoSave), Kind: ui.Primary, Disabled: len(problems) > 0 || p.saving,
						OnPress: d.Press(p.savePromotion)},
				),
			),
			app.Div().Class("form-side").Body(p.drawPreview(r, len(problems) == 0), p.drawTrial(len(problems) == 0)),
		),
	)
}

// fields are what the promotion's form shares with others.
func (p *promotions) promotionFields() *ruleform.Fieldset {
	d := p.d
	return &ruleform.Fieldset{D: d, ID: "promo-", Rev: &p.rev, Edited: p.edited, Tree: p.data.Categories, Groups: p.data.Groups, Article: &p.article}
}

func (v *promotions) drawPromotionFields() app.UI {
	d := v.d
	p, f := &v.draft, v.promotionFields()
	kinds := []app.UI{}
	for _, kind := range promotionKinds {
		kinds = append(kinds, d.Choice("promo-kind-"+string(kind), d.Lang.T(promotionKindName[kind]), p.Kind == kind, func() {
			p.setKind(kind)
			v.rev++
			v.edited()
		}))
	}
	return app.Div().Class("form-body").Body(
		kit.Fields(f.Input("ru", i18n.PromoName, &p.RU, "text", ""), f.Input("en", i18n.PromoNameEN, &p.EN, "text", "")),
		f.Part(i18n.PromoKind, app.Div().Class("choices-row promo-kinds").Body(kinds...), v.kindFields(f)),
		v.goodsFields(f),
		f.When(&p.When),
		f.Part(i18n.PromoWho, f.WhoFields(&p.Groups, &p.Card), app.Div().Class("choices-row").Body(f.StoresMenu(&p.Stores))),
		v.couponFields(f),
		f.Part(i18n.PromoRules,
			kit.Fields(f.Input("priority", i18n.PromoPriority, &p.Priority, "numeric", ""), f.Input("limit", i18n.PromoLimit, &p.Limit, "numeric", ""),
				f.Input("limit-who", i18n.PromoLimitWho, &p.LimitWho, "numeric", ""), f.Input("limit-all", i18n.PromoLimitAll, &p.LimitAll, "numeric", ""),
				f.Input("group", i18n.PromoGroup, &p.Group, "text", "")),
			app.Div().Class("choices-row").Body(f.Toggle("stack", i18n.PromoStack, &p.Stack))),
	)
}

// couponFields choose a code that opens the promotion: one that everybody has, or
// a code for each customer.
func (v *promotions) couponFields(f *ruleform.Fieldset) app.UI {
	d := v.d
	p, l := &v.draft, d.Lang
	body := []app.UI{app.Div().Class("choices-row").Body(
		d.Choice("promo-open", l.T(i18n.CouponOpen), !p.Serial, func() { p.Serial = false; v.edited() }),
		d.Choice("promo-serial", l.T(i18n.CouponSerial), p.Serial, func() { p.Serial = true; v.edited() }),
	)}
	if !p.Serial {
		return f.Part(i18n.PromoCoupon, append(body, kit.Fields(f.Input("coupon", i18n.CouponCode, &p.Coupon, "text", "")))...)
	}
	body = append(body, kit.Fields(f.Input("prefix", i18n.CouponPrefix, &p.Prefix, "text", ""), f.Input("length", i18n.CouponLength, &p.Length, "numeric", ""),
		f.Input("issued", i18n.CouponIssued, &p.Issued, "numeric", "")))
	coupon := p.coupon()
	switch {
	case p.Key != "" && coupon.Issued > 0:
		body = append(body,
			app.P().Class("muted").Text(l.T(i18n.CouponExample, "code", coupon.Serial(1))),
			&ui.Button{ID: "promo-codes", Label: l.T(i18n.CouponExport, "n", coupon.Issued), OnPress: d.Press(func() {
				ui.Download("coupons-"+p.ID+".csv", []byte(codesFile(coupon)))
			})})
	case ruleform.Optional(p.Issued) > 0:
		body = append(body, app.P().Class("muted").Text(l.T(i18n.CouponAfter)))
	default:
		body = append(body, app.P().Class("muted").Text(l.T(i18n.CouponForeign)))
	}
	return f.Part(i18n.PromoCoupon, body...)
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
		p.Value, p.Goods = "30", ruleform.GoodsDraft{Marks: "30"}
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
func (v *promotions) kindFields(f *ruleform.Fieldset) app.UI {
	d := v.d
	p, rouble := &v.draft, d.Lang.Symbol(d.Currency())
	percent := f.Input("value", i18n.PromoPercent, &p.Value, "decimal", "%")
	switch p.Kind {
	case promoAmount:
		return kit.Fields(f.Input("value", i18n.PromoSumOff, &p.Value, "decimal", rouble))
	case promoPrice:
		return kit.Fields(f.Input("value", i18n.PromoPriceIs, &p.Value, "decimal", rouble))
	case promoMulti:
		return kit.Fields(f.Input("buy", i18n.PromoBuy, &p.Buy, "numeric", ""), f.Input("get", i18n.PromoGet, &p.Get, "numeric", ""))
	case promoNth:
		return kit.Fields(f.Input("buy", i18n.PromoEvery, &p.Buy, "numeric", ""), percent)
	case promoCheapest:
		return kit.Fields(f.Input("buy", i18n.PromoOf, &p.Buy, "numeric", ""))
	case promoThreshold:
		return v.stepFields(f, rouble)
	case promoGift:
		return kit.Fields(f.Input("from", i18n.PromoFrom, &p.From, "decimal", rouble))
	case promoMarkdown:
		return app.Div().Class("form-body").Body(
			kit.Fields(f.Input("marks", i18n.PromoMarks, &p.Goods.Marks, "text", ""), percent),
			app.P().Class("muted").Text(d.Lang.T(i18n.PromoMarksHow)))
	}
	return kit.Fields(percent)
}

// stepFields are the thresholds on the receipt's sum, rising.
func (v *promotions) stepFields(f *ruleform.Fieldset, rouble string) app.UI {
	d := v.d
	p, l := &v.draft, d.Lang
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
			d.Choice("promo-in-percent"+id, "%", !step.Money, func() { step.Money = false; v.edited() }),
			d.Choice("promo-in-money"+id, rouble, step.Money, func() { step.Money = true; v.edited() }),
		}
		if len(p.Steps) > 1 {
			acts = append(acts, &ui.Button{ID: "promo-step-drop" + id, Label: "✕", Name: l.T(i18n.StepDrop), Kind: ui.Quiet, OnPress: d.Press(func() {
				p.Steps = slices.Delete(slices.Clone(p.Steps), i, i+1)
				v.rev++
				v.edited()
			})})
		}
		rows = append(rows, kit.Fields(f.Input("from"+id, i18n.PromoFrom, &step.From, "decimal", rouble), f.Input("value"+id, i18n.PromoPercent, &step.Value, "decimal", unit),
			app.Div().Class("choices-row").Body(acts...)))
	}
	rows = append(rows, &ui.Button{ID: "promo-step-add", Label: l.T(i18n.StepAdd), Kind: ui.Quiet, OnPress: d.Press(func() {
		next := stepDraft{Money: p.Steps[len(p.Steps)-1].Money}
		p.Steps = append(slices.Clone(p.Steps), next)
		v.rev++
		v.edited()
	})})
	return app.Div().Class("form-body").Body(rows...)
}

// goodsFields choose what the promotion is about.
func (v *promotions) goodsFields(f *ruleform.Fieldset) app.UI {
	p := &v.draft
	except := f.Part(i18n.PromoExcept, f.Goods("except-", &p.Except, false, true))
	if p.Kind == promoMarkdown {
		return app.Div().Class("form-body").Body(except)
	}
	goods := f.Part(i18n.PromoGoods, f.Goods("", &p.Goods, true, false))
	switch p.Kind {
	case promoGift:
		return app.Div().Class("form-body").Body(goods, f.Part(i18n.PromoGift, f.Goods("other-", &p.Other, false, false)), except)
	case promoBundle:
		return app.Div().Class("form-body").Body(goods, f.Part(i18n.PromoSecond, f.Goods("other-", &p.Other, false, false)), except)
	}
	return app.Div().Class("form-body").Body(goods, except)
}

// drawPromotionText draws the rule as text.
func (p *promotions) drawPromotionText() app.UI {
	d := p.d
	return app.Div().Class("form-body").Body(
		app.If(p.only, func() app.UI { return app.P().Class("muted").Text(d.Lang.T(i18n.PromoOnlyJSON)) }),
		&kit.TextArea{ID: "promo-text", Label: d.Lang.T(i18n.PromoText), Value: p.json, Rev: p.rev, OnText: func(text string) {
			p.json, p.outcome, p.found, p.wrong = text, nil, nil, nil
			if problems, r := ruleProblems(text); len(problems) == 0 && !p.chosen {
				p.example = exampleOf(r)
			}
			d.Rev++
		}},
	)
}
