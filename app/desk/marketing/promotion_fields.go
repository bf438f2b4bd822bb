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

func (f *promotionForm) drawFields() app.UI {
	p, set := &f.Draft, f.p.fields("promo-", &f.Rev, f.changed)
	kinds := []app.UI{}
	for _, kind := range promotionKinds {
		kinds = append(kinds, f.p.d.Choice("promo-kind-"+string(kind), f.p.d.Lang.T(promotionKindName[kind]), p.Does.Kind == kind,
			func() { f.set(func(p *promotionDraft) { p.setKind(kind) }) }))
	}
	return app.Div().Class("form-body").Body(
		kit.Fields(set.Input("ru", i18n.PromoName, &p.RU, "text", ""), set.Input("en", i18n.PromoNameEN, &p.EN, "text", "")),
		set.Part(promoKind, app.Div().Class("choices-row promo-kinds").Body(kinds...), f.kindFields(set)),
		f.goodsFields(set),
		set.When(&p.When),
		set.Part(i18n.PromoWho, set.WhoFields(&p.Who.Groups, &p.Who.Card), app.Div().Class("choices-row").Body(set.StoresMenu(&p.Stores))),
		f.couponFields(set),
		set.Part(promoRules,
			kit.Fields(set.Input("priority", i18n.PromoPriority, &p.Rank.Priority, "numeric", ""),
				set.Input("limit", i18n.PromoLimit, &p.Limits.Receipt, "numeric", ""),
				set.Input("limit-who", i18n.PromoLimitWho, &p.Limits.Customer, "numeric", ""),
				set.Input("limit-all", i18n.PromoLimitAll, &p.Limits.All, "numeric", ""),
				set.Input("group", promoGroup, &p.Rank.Group, "text", "")),
			app.Div().Class("choices-row").Body(set.Toggle("stack", promoStack, &p.Rank.Stack))),
	)
}

// couponFields choose a code that opens the promotion: one that everybody has, or
// a code for each customer.
func (f *promotionForm) couponFields(set *ruleform.Fieldset) app.UI {
	d, l, k := f.p.d, f.p.d.Lang, &f.Draft.Coupon
	body := []app.UI{app.Div().Class("choices-row").Body(
		d.Choice("promo-open", l.T(couponOpen), !k.Serial, func() { k.Serial = false; f.changed() }),
		d.Choice("promo-serial", l.T(couponSerial), k.Serial, func() { k.Serial = true; f.changed() }),
	)}
	if !k.Serial {
		return set.Part(i18n.PromoCoupon, append(body, kit.Fields(set.Input("coupon", i18n.CouponCode, &k.Code, "text", "")))...)
	}
	body = append(body, kit.Fields(set.Input("prefix", couponPrefix, &k.Prefix, "text", ""),
		set.Input("length", i18n.CouponLength, &k.Length, "numeric", ""), set.Input("issued", i18n.CouponIssued, &k.Issued, "numeric", "")))
	coupon := k.coupon()
	switch {
	case k.Key != "" && coupon.Issued > 0:
		body = append(body,
			app.P().Class("muted").Text(l.T(couponExample, "code", coupon.Serial(1))),
			&ui.Button{ID: "promo-codes", Label: l.T(couponExport, "n", coupon.Issued), OnPress: d.Press(func() {
				ui.Download("coupons-"+f.Draft.ID+".csv", []byte(codesFile(coupon)))
			})})
	case ruleform.Optional(k.Issued) > 0:
		body = append(body, app.P().Class("muted").Text(l.T(couponAfter)))
	default:
		body = append(body, app.P().Class("muted").Text(l.T(couponForeign)))
	}
	return set.Part(i18n.PromoCoupon, body...)
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

// kindFields are the figures of the kind.
func (f *promotionForm) kindFields(set *ruleform.Fieldset) app.UI {
	d, does := f.p.d, &f.Draft.Does
	sign := d.Lang.Symbol(d.Currency())
	percent := set.Input("value", i18n.PromoPercent, &does.Value, "decimal", "%")
	switch does.Kind {
	case promoAmount:
		return kit.Fields(set.Input("value", i18n.PromoSumOff, &does.Value, "decimal", sign))
	case promoPrice:
		return kit.Fields(set.Input("value", i18n.PromoPriceIs, &does.Value, "decimal", sign))
	case promoMulti:
		return kit.Fields(set.Input("buy", i18n.PromoBuy, &does.Buy, "numeric", ""), set.Input("get", i18n.PromoGet, &does.Get, "numeric", ""))
	case promoNth:
		return kit.Fields(set.Input("buy", promoEvery, &does.Buy, "numeric", ""), percent)
	case promoCheapest:
		return kit.Fields(set.Input("buy", promoOf, &does.Buy, "numeric", ""))
	case promoThreshold:
		return f.stepFields(set, sign)
	case promoGift:
		return kit.Fields(set.Input("from", i18n.PromoFrom, &does.From, "decimal", sign))
	case promoMarkdown:
		return app.Div().Class("form-body").Body(
			kit.Fields(set.Input("marks", i18n.PromoMarks, &f.Draft.Goods.Marks, "text", ""), percent),
			app.P().Class("muted").Text(d.Lang.T(promoMarksHow)))
	}
	return kit.Fields(percent)
}

// stepFields are the thresholds on the receipt's sum, rising.
func (f *promotionForm) stepFields(set *ruleform.Fieldset, sign string) app.UI {
	rows := []app.UI{}
	for i := range f.Draft.Does.Steps {
		rows = append(rows, f.stepField(set, sign, i))
	}
	d := f.p.d
	rows = append(rows, &ui.Button{ID: "promo-step-add", Label: d.Lang.T(stepAdd), Kind: ui.Quiet, OnPress: d.Press(func() {
		f.set(func(p *promotionDraft) {
			next := stepDraft{Money: p.Does.Steps[len(p.Does.Steps)-1].Money}
			p.Does.Steps = append(slices.Clone(p.Does.Steps), next)
		})
	})})
	return app.Div().Class("form-body").Body(rows...)
}

// stepField is one threshold; the only one can't be dropped.
func (f *promotionForm) stepField(set *ruleform.Fieldset, sign string, i int) app.UI {
	d, steps := f.p.d, f.Draft.Does.Steps
	step, id, unit := &steps[i], "", "%"
	if i > 0 {
		id = "-" + strconv.Itoa(i+1)
	}
	if step.Money {
		unit = sign
	}
	acts := []app.UI{
		d.Choice("promo-in-percent"+id, "%", !step.Money, func() { step.Money = false; f.changed() }),
		d.Choice("promo-in-money"+id, sign, step.Money, func() { step.Money = true; f.changed() }),
	}
	if len(steps) > 1 {
		acts = append(acts, &ui.Button{ID: "promo-step-drop" + id, Label: "✕", Name: d.Lang.T(stepDrop), Kind: ui.Quiet,
			OnPress: d.Press(func() {
				f.set(func(p *promotionDraft) { p.Does.Steps = slices.Delete(slices.Clone(p.Does.Steps), i, i+1) })
			})})
	}
	return kit.Fields(set.Input("from"+id, i18n.PromoFrom, &step.From, "decimal", sign),
		set.Input("value"+id, i18n.PromoPercent, &step.Value, "decimal", unit), app.Div().Class("choices-row").Body(acts...))
}

// goodsFields choose what the promotion is about.
func (f *promotionForm) goodsFields(set *ruleform.Fieldset) app.UI {
	p := &f.Draft
	except := set.Part(i18n.PromoExcept, set.Goods("except-", &p.Except, false, true))
	if p.Does.Kind == promoMarkdown {
		return app.Div().Class("form-body").Body(except)
	}
	goods := set.Part(i18n.PromoGoods, set.Goods("", &p.Goods, true, false))
	switch p.Does.Kind {
	case promoGift:
		return app.Div().Class("form-body").Body(goods, set.Part(i18n.PromoGift, set.Goods("other-", &p.Other, false, false)), except)
	case promoBundle:
		return app.Div().Class("form-body").Body(goods, set.Part(i18n.PromoSecond, set.Goods("other-", &p.Other, false, false)), except)
	}
	return app.Div().Class("form-body").Body(goods, except)
}
