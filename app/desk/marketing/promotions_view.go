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
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

var promotionStates = []promotionState{promoActive, promoPlanned, promoEnded}

var stateName = map[promotionState]*i18n.Message{promoActive: i18n.PromoActive, promoPlanned: i18n.PromoPlanned, promoEnded: i18n.PromoEnded}

var promotionKindName = map[promotionKind]*i18n.Message{
	promoPercent: i18n.KindPercent, promoAmount: i18n.KindAmount, promoPrice: i18n.KindPrice, promoMulti: i18n.KindMulti, promoNth: i18n.KindNth,
	promoCheapest: i18n.KindCheapest, promoBundle: i18n.KindBundle, promoThreshold: i18n.KindThreshold, promoGift: i18n.KindGift,
	promoMarkdown: i18n.KindMarkdown,
}

// Head names the list, or the promotion that is being made.
func (p *promotions) Head() kit.Head {
	d, l := p.d, p.d.Lang
	if p.open {
		return p.formHead()
	}
	return kit.Head{Title: l.T(i18n.DeskPromotions), Acts: []app.UI{
		&ui.Button{ID: "promo-new", Label: l.T(i18n.PromoNew), Kind: ui.Primary, Class: "head-end", OnPress: d.Press(p.newPromotion)}}}
}

// Draw draws the list, or the promotion that is being made.
func (p *promotions) Draw() app.UI {
	d := p.d
	l := d.Lang
	if p.open {
		return p.drawPromotionForm()
	}
	tabs := []app.UI{}
	for _, state := range promotionStates {
		n := len(p.matching(state, d.Today()))
		tabs = append(tabs, d.Choice("promo-"+string(state), l.T(stateName[state])+" "+l.Int(int64(n)), p.state == state, func() { p.state = state }))
	}
	return app.Div().Class("list-page").Body(
		app.Div().Class("list-bar").Body(
			&ui.Field{ID: "promo-find", Example: l.T(i18n.PromoFind), Mode: "search", Unit: "⌕",
				OnText: func(_ app.Context, text string) { p.text = text; d.Rev++ }},
			app.Div().Class("choices-row promo-tabs").Body(tabs...),
		),
		app.Div().Class("strip").Aria("live", "polite").Body(p.promotionsNews()),
		p.drawPromotionList(),
		p.drawNever(),
		p.drawAlarms(),
	)
}

func (p *promotions) promotionsNews() app.UI {
	d := p.d
	switch {
	case p.fault != nil:
		return d.ErrorBox(p.fault)
	case p.said != "":
		return ui.Toast(ui.Good, p.said, app.Span().Hidden(true))
	}
	return app.P().Class("muted").Text(d.Lang.T(i18n.PromoHow))
}

func (p *promotions) drawPromotionList() app.UI {
	d := p.d
	l := d.Lang
	list := p.matching(p.state, d.Today())
	if len(list) == 0 {
		if p.busy || p.fault != nil {
			return app.Div().Class("items").Aria("busy", p.busy)
		}
		return app.Div().Class("list-empty").Body(ui.EmptyState("%", l.T(i18n.PromoNone), l.T(i18n.PromoNoneHow)))
	}
	return app.Div().Class("items").Body(
		app.Range(list).Slice(func(i int) app.UI { return p.drawPromotion(list[i]) }),
	)
}

// drawPromotion is one row of the list.
func (p *promotions) drawPromotion(promotion wire.Promotion) app.UI {
	d := p.d
	l, r := d.Lang, promotion.Rule
	facts := []string{p.kindText(r), p.ruleGoods(r)}
	if r.Coupon.Code != "" {
		facts = append(facts, l.T(i18n.PromoCoupon)+" "+r.Coupon.Code)
	}
	if r.Coupon.Prefix != "" {
		facts = append(facts, l.T(i18n.CouponSerial)+" "+r.Coupon.Prefix+"…")
	}
	if r.LimitTotal > 0 {
		facts = append(facts, l.T(i18n.PromoLimitedTo, "n", r.LimitTotal))
	}
	if len(r.Who.Groups) > 0 {
		facts = append(facts, strings.Join(r.Who.Groups, ", "))
	}
	second := []string{ruleform.WhenText(d, r.When), l.T(i18n.PromoPriorityIs, "n", strconv.Itoa(r.Priority))}
	if r.Stack {
		second = append(second, l.T(i18n.PromoStacks))
	}
	second = append(second, l.T(i18n.PromoVersion, "n", strconv.Itoa(r.Version)))
	id := "-" + r.ID
	stop := &ui.Button{ID: "promo-stop" + id, Label: l.T(i18n.PromoStop), Kind: ui.Quiet, OnPress: d.Press(func() { p.stopPromotion(r, false) })}
	if promotion.Stopped {
		stop = &ui.Button{ID: "promo-resume" + id, Label: l.T(i18n.PromoResume), Kind: ui.Quiet, OnPress: d.Press(func() { p.stopPromotion(r, true) })}
	}
	return app.Div().Class("item item-rule").DataSet("promo", r.ID).Body(
		app.Div().Class("item-what").Body(
			app.Span().Class("item-name").Text(r.Name.In(string(l))),
			app.Span().Class("item-facts").Text(strings.Join(facts, " · ")),
			app.Span().Class("item-facts").Text(strings.Join(second, " · ")),
		),
		app.Div().Class("form-acts").Body(
			&ui.Button{ID: "promo-edit" + id, Label: l.T(i18n.PromoEdit), Kind: ui.Quiet, OnPress: d.Press(func() { p.editPromotion(r, false) })},
			&ui.Button{ID: "promo-copy" + id, Label: l.T(i18n.PromoCopy), Kind: ui.Quiet, OnPress: d.Press(func() { p.editPromotion(r, true) })},
			app.If(promotion.Stopped || stateOf(r, false, d.Today()) != promoEnded, func() app.UI { return stop }),
		),
	)
}

// ruleGoods names what a rule of any kind is about.
func (p *promotions) ruleGoods(r pricing.Rule) string {
	var names []string
	for _, part := range r.Parts {
		names = append(names, p.goodsText(part.Goods))
	}
	if len(names) > 0 {
		return strings.Join(names, " + ")
	}
	text := p.goodsText(r.Goods)
	if r.Kind == pricing.GiftRule {
		text += " → " + p.goodsText(r.Gift)
	}
	return text
}

// kindText says in short what a rule does.
func (p *promotions) kindText(r pricing.Rule) string {
	d := p.d
	l, c := d.Lang, d.Currency()
	off := func(o pricing.Off) string {
		switch {
		case o.Price != nil:
			return l.T(i18n.PromoPriceIs) + " " + l.Sum(*o.Price, c)
		case o.Amount != 0:
			return i18n.Minus + l.Sum(o.Amount, c)
		}
		return i18n.Minus + l.Percent(o.BP)
	}
	switch r.Kind {
	case pricing.MultiRule:
		if r.Off != (pricing.Off{}) {
			return l.T(i18n.PromoEvery) + " " + strconv.Itoa(r.Buy+r.Get) + ": " + off(r.Off)
		}
		return strconv.Itoa(r.Buy) + " + " + strconv.Itoa(r.Get)
	case pricing.BundleRule:
		return l.T(i18n.KindBundle) + ": " + off(r.Off)
	case pricing.ReceiptRule:
		var steps []string
		for _, step := range r.Steps {
			steps = append(steps, l.T(i18n.StepFrom, "sum", l.Sum(step.From, c), "off", off(step.Off)))
		}
		return strings.Join(steps, ", ")
	case pricing.GiftRule:
		return l.T(i18n.PromoGift) + ": " + l.Sum(r.From, c)
	}
	return off(r.Off)
}

// drawAlarms lists receipts that should have come to something else.
func (p *promotions) drawAlarms() app.UI {
	d := p.d
	l, list := d.Lang, p.alarms
	if len(list) == 0 {
		return app.Span().Hidden(true)
	}
	reason := map[string]*i18n.Message{wire.AlarmRule: i18n.AlarmRule, wire.AlarmPrice: i18n.AlarmPrice, wire.AlarmCoupon: i18n.AlarmCoupon,
		wire.AlarmLimit:  i18n.AlarmLimit,
		wire.AlarmRecall: i18n.AlarmRecall,
		wire.AlarmRules:  i18n.AlarmRules, wire.AlarmGiver: i18n.AlarmGiver, wire.AlarmManual: i18n.AlarmManual,
		wire.AlarmLabel: i18n.AlarmLabel, wire.AlarmTime: i18n.AlarmTime, wire.AlarmReturn: i18n.AlarmReturn}
	lines := []app.UI{app.H2().Class("field-head").Text(l.T(i18n.AlarmsTitle))}
	for i, a := range list {
		if i == 20 {
			break
		}
		name := reason[a.Reason]
		if name == nil {
			name = i18n.AlarmRule
		}
		what := l.T(i18n.AlarmLine, "number", a.Number, "name", a.Name, "found", p.priceOrNone(a.Found), "expected", p.priceOrNone(a.Expected))
		if a.Reason == wire.AlarmLimit {
			what = l.T(i18n.AlarmLimitLine, "number", a.Number, "name", a.Name, "found", int(a.Found), "expected", int(a.Expected))
		}
		if a.Reason == wire.AlarmRecall {
			what = l.T(i18n.AlarmRecallLine, "number", a.Number, "name", a.Name, "before", int(a.Expected))
		}
		if a.Reason == wire.AlarmRules {
			what = a.Number
		}
		lines = append(lines, app.P().Class("promo-alarm").Body(
			app.Span().Text(d.Moment(a.At)), app.Span().Class("promo-reason").Text(l.T(name)), app.Span().Text(what)))
	}
	return app.Section().Class("promo-alarms").Body(lines...)
}

// priceOrNone writes a price; below zero there was none.
func (p *promotions) priceOrNone(amount int64) string {
	d := p.d
	if amount < 0 {
		return "—"
	}
	return d.Lang.Sum(money.Amount(amount), d.Currency())
}

// drawNever shows the goods that no promotion touches, and has them chosen.
func (p *promotions) drawNever() app.UI {
	d := p.d
	l, f := d.Lang, p.promotionFields()
	f.ID, f.Edited = "never-", func() { d.Rev++ }
	text := l.T(i18n.NeverNone)
	if p.data.Never != nil {
		text = f.GoodsText(*p.data.Never)
	}
	body := []app.UI{app.H2().Class("field-head").Text(l.T(i18n.NeverTitle)), app.P().ID("never-goods").Text(text)}
	if !d.User.All {
		return app.Section().Class("form-card").Body(body...)
	}
	if !p.nevers {
		return app.Section().Class("form-card").Body(append(body, &ui.Button{ID: "never-edit", Label: l.T(i18n.PromoEdit), Kind: ui.Quiet, OnPress: d.Press(func() {
			p.nevers, p.never = true, ruleform.GoodsDraft{}
			if p.data.Never != nil {
				p.never = ruleform.GoodsDraftOf(*p.data.Never)
			}
		})})...)
	}
	return app.Section().Class("form-card").Body(append(body, f.Goods("", &p.never, false, true),
		app.Div().Class("form-acts").Body(
			&ui.Button{ID: "never-back", Label: l.T(i18n.Cancel), OnPress: d.Press(func() { p.nevers = false })},
			&ui.Button{ID: "never-save", Label: l.T(i18n.PromoSave), Kind: ui.Primary, Disabled: p.saving, OnPress: d.Press(p.saveNever)},
		))...)
}

// saveNever sends the goods that no promotion touches.
func (p *promotions) saveNever() {
	d := p.d
	goods := p.never.Goods()
	p.saving = true
	kit.Call(d, office.Asking(d.Office.Server, wire.SaveNever, wire.Never{Goods: goods, Had: p.data.Never}),
		func(saved wire.Never, e *errcode.Error) {
			p.saving, p.fault = false, e
			if e != nil {
				return
			}
			p.nevers, p.data.Never = false, &saved.Goods
			if p.never.Empty() {
				p.data.Never = nil
			}
			p.said = d.Lang.T(i18n.NeverSaved)
		})
}
