package desk

import (
	"slices"

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
		app.Header().Class("desk-head").Body(
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

// input is a field of the draft.
func (d *desk) input(id string, label *i18n.Message, value *string, mode, unit string) app.UI {
	return &ui.Field{ID: "promo-" + id, Label: d.lang.T(label), Value: *value, Rev: d.promotions.rev, Mode: mode, Unit: unit,
		OnText: func(_ app.Context, text string) { d.edited(func(*promotionDraft) { *value = text }) }}
}

func (d *desk) date2(id string, label *i18n.Message, value *string) app.UI {
	return &dateField{ID: "promo-" + id, Label: d.lang.T(label), Value: *value, OnDate: func(text string) { d.edited(func(*promotionDraft) { *value = text }) }}
}

func (d *desk) toggle(id string, label *i18n.Message, value *bool) app.UI {
	return d.choice("promo-"+id, d.lang.T(label), *value, func() { d.edited(func(*promotionDraft) { *value = !*value }) })
}

// part is a group of fields with a heading.
func (d *desk) part(title *i18n.Message, body ...app.UI) app.UI {
	return app.Section().Class("promo-group").Body(append([]app.UI{app.H2().Class("promo-part").Text(d.lang.T(title))}, body...)...)
}

func fields(body ...app.UI) app.UI { return app.Div().Class("promo-row").Body(body...) }

func (d *desk) drawPromotionFields() app.UI {
	p := &d.promotions.draft
	kinds := []app.UI{}
	for _, kind := range promotionKinds {
		kinds = append(kinds, d.choice("promo-kind-"+string(kind), d.lang.T(promotionKindName[kind]), p.Kind == kind, func() {
			d.edited(func(p *promotionDraft) { p.setKind(kind) })
			d.promotions.rev++
		}))
	}
	days := []app.UI{}
	for i, name := range i18n.Weekdays {
		days = append(days, d.choice("promo-day-"+name2(i), d.lang.T(name), slices.Contains(p.Days, i+1), func() {
			d.edited(func(p *promotionDraft) { p.Days = toggledDay(p.Days, i+1) })
		}))
	}
	return app.Div().Class("promo-body").Body(
		fields(d.input("ru", i18n.PromoName, &p.RU, "text", ""), d.input("en", i18n.PromoNameEN, &p.EN, "text", "")),
		d.part(i18n.PromoKind, app.Div().Class("choices-row promo-kinds").Body(kinds...), d.kindFields()),
		d.goodsFields(),
		d.part(i18n.PromoWhen,
			fields(d.date2("start", i18n.PromoStart, &p.Start), d.date2("end", i18n.PromoEnd, &p.End),
				d.input("hour-from", i18n.PromoHourFrom, &p.HourFrom, "text", ""), d.input("hour-to", i18n.PromoHourTo, &p.HourTo, "text", "")),
			app.Div().Class("choices-row promo-days").Body(days...)),
		d.part(i18n.PromoWho,
			fields(d.input("groups", i18n.PromoGroups, &p.Groups, "text", ""), d.input("coupon", i18n.PromoCoupon, &p.Coupon, "text", "")),
			app.Div().Class("choices-row").Body(d.toggle("card", i18n.PromoCard, &p.Card), d.storesMenu())),
		d.part(i18n.PromoRules,
			fields(d.input("priority", i18n.PromoPriority, &p.Priority, "numeric", ""), d.input("limit", i18n.PromoLimit, &p.Limit, "numeric", ""),
				d.input("limit-who", i18n.PromoLimitWho, &p.LimitWho, "numeric", ""), d.input("group", i18n.PromoGroup, &p.Group, "text", "")),
			app.Div().Class("choices-row").Body(d.toggle("stack", i18n.PromoStack, &p.Stack))),
	)
}

func name2(i int) string { return string(rune('1' + i)) }

func toggledDay(days []int, day int) []int {
	if i := slices.Index(days, day); i >= 0 {
		return slices.Delete(slices.Clone(days), i, i+1)
	}
	days = append(slices.Clone(days), day)
	slices.Sort(days)
	return days
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
	case promoThreshold, promoGift:
		if p.From == "" {
			p.From = "1000"
		}
	}
}

// kindFields are the figures of the kind.
func (d *desk) kindFields() app.UI {
	p, rouble := &d.promotions.draft, d.lang.Symbol(d.currency())
	percent := d.input("value", i18n.PromoPercent, &p.Value, "decimal", "%")
	switch p.Kind {
	case promoAmount:
		return fields(d.input("value", i18n.PromoSumOff, &p.Value, "decimal", rouble))
	case promoPrice:
		return fields(d.input("value", i18n.PromoPriceIs, &p.Value, "decimal", rouble))
	case promoMulti:
		return fields(d.input("buy", i18n.PromoBuy, &p.Buy, "numeric", ""), d.input("get", i18n.PromoGet, &p.Get, "numeric", ""))
	case promoNth:
		return fields(d.input("buy", i18n.PromoEvery, &p.Buy, "numeric", ""), percent)
	case promoCheapest:
		return fields(d.input("buy", i18n.PromoOf, &p.Buy, "numeric", ""))
	case promoThreshold:
		unit := "%"
		if p.Money {
			unit = rouble
		}
		return fields(d.input("from", i18n.PromoFrom, &p.From, "decimal", rouble), d.input("value", i18n.PromoPercent, &p.Value, "decimal", unit),
			app.Div().Class("choices-row").Body(d.choice("promo-in-percent", "%", !p.Money, func() { d.edited(func(p *promotionDraft) { p.Money = false }) }),
				d.choice("promo-in-money", rouble, p.Money, func() { d.edited(func(p *promotionDraft) { p.Money = true }) })))
	case promoGift:
		return fields(d.input("from", i18n.PromoFrom, &p.From, "decimal", rouble))
	}
	return fields(percent)
}

// goodsFields choose what the promotion is about.
func (d *desk) goodsFields() app.UI {
	l, p := d.lang, &d.promotions.draft
	body := []app.UI{app.Div().Class("choices-row").Body(
		d.choice("promo-all", l.T(i18n.PromoGoodsAll), p.All, func() { d.edited(func(p *promotionDraft) { p.All = true }) }),
		d.choice("promo-some", l.T(i18n.PromoGoodsSome), !p.All, func() { d.edited(func(p *promotionDraft) { p.All = false }) }),
	)}
	if !p.All {
		body = append(body, fields(d.categoriesMenu("goods", i18n.PromoCategories, &p.Goods), d.input("skus", i18n.PromoSKUs, &p.SKUs, "text", "")))
	}
	body = append(body, fields(d.categoriesMenu("except", i18n.PromoExcept, &p.Except)))
	goods := d.part(i18n.PromoGoods, body...)
	title := i18n.PromoSecond
	switch p.Kind {
	case promoGift:
		title = i18n.PromoGift
	case promoBundle:
	default:
		return goods
	}
	return app.Div().Class("promo-body").Body(goods, d.part(title,
		fields(d.categoriesMenu("other", i18n.PromoCategories, &p.Other), d.input("other-sku", i18n.PromoSKUs, &p.OtherSKU, "text", ""))))
}

// categoriesMenu is a choice of categories in the order of the tree.
func (d *desk) categoriesMenu(id string, label *i18n.Message, chosen *[]string) app.UI {
	value := d.goodsText(pricing.Goods{Categories: *chosen})
	if value == "" {
		value = "—"
	}
	return d.filterMenu("promo-"+id, d.lang.T(label), value, func() app.UI {
		options := []app.UI{}
		var below func(parent, indent string)
		below = func(parent, indent string) {
			for _, c := range d.promotions.data.Categories {
				if c.Parent != parent || len(indent) > 30 {
					continue
				}
				options = append(options, d.option("promo-"+id+"-"+c.ID, indent+c.Name.In(string(d.lang)), slices.Contains(*chosen, c.ID), func() {
					d.edited(func(*promotionDraft) { *chosen = toggled(*chosen, c.ID) })
				}))
				below(c.ID, indent+"\u2003")
			}
		}
		below("", "")
		return app.Div().Class("options options-long").Body(options...)
	})
}

func (d *desk) storesMenu() app.UI {
	p := &d.promotions.draft
	return d.filterMenu("promo-stores", d.lang.T(i18n.PromoStores), d.chosen(p.Stores, d.stores), func() app.UI {
		options := []app.UI{}
		for _, v := range d.stores {
			options = append(options, d.option("promo-store-"+v.Key, d.dimName(v.Key, d.stores), slices.Contains(p.Stores, v.Key), func() {
				d.edited(func(p *promotionDraft) { p.Stores = toggled(p.Stores, v.Key) })
			}))
		}
		return app.Div().Class("options options-long").Body(options...)
	})
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
