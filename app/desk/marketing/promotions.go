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
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// promotions is the page of promotions: the list, and the one being made.
type promotions struct {
	d       *kit.Desk
	data    kit.Remote[wire.Promotions]
	alarms  kit.Remote[[]wire.Alarm]
	article ruleform.Articles

	text  string // searched for
	state promotionState
	said  string

	form   *promotionForm                          // nil: the list is shown
	never  *neverForm                              // nil: not being changed
	turned kit.Form[struct{}, wire.SavedPromotion] // a promotion that is stopped or runs again
}

func newPromotions(d *kit.Desk) kit.View {
	return &promotions{d: d, state: promoActive, alarms: kit.Remote[[]wire.Alarm]{Again: "alarms-again"}}
}

// Refresh gets the list.
func (p *promotions) Refresh() {
	p.data.Load(p.d, office.Asking(p.d.Office.Server, wire.GetPromotions, struct{}{}), nil)
	p.alarms.Load(p.d, office.Asking(p.d.Office.Server, wire.GetAlarms, struct{}{}), nil)
}

// Redraw has nothing to do: the page draws no charts.
func (p *promotions) Redraw() {}

// known is what the page has been told so far.
func (p *promotions) known() wire.Promotions {
	if data := p.data.Value(); data != nil {
		return *data
	}
	return wire.Promotions{}
}

// fields begin a group of fields about a promotion. rev and edited are of the form.
func (p *promotions) fields(id string, rev *int, edited func()) *ruleform.Fieldset {
	data := p.known()
	return &ruleform.Fieldset{D: p.d, ID: id, Rev: rev, Edited: edited, Tree: data.Categories, Groups: data.Groups, Article: &p.article}
}

// words name goods in a sentence; nothing is typed.
func (p *promotions) words() *ruleform.Fieldset { return p.fields("", new(int), func() {}) }

// matching lists the promotions of a state that the text finds.
func (p *promotions) matching(state promotionState) []wire.Promotion {
	var list []wire.Promotion
	text := strings.ToLower(strings.TrimSpace(p.text))
	for _, promotion := range p.known().Promotions {
		r := promotion.Rule
		if stateOf(r, promotion.Stopped, p.d.Today()) != state {
			continue
		}
		if strings.Contains(strings.ToLower(r.Name.RU+"\n"+r.Name.EN+"\n"+r.ID+"\n"+r.Coupon.Code), text) {
			list = append(list, promotion)
		}
	}
	return list
}

// put takes a promotion as the server has it now into the list.
func (p *promotions) put(saved wire.Promotion) {
	data := p.data.Value()
	if data == nil {
		p.Refresh()
		return
	}
	for i := range data.Promotions {
		if data.Promotions[i].Rule.ID == saved.Rule.ID {
			data.Promotions[i] = saved
			return
		}
	}
	data.Promotions = append(data.Promotions, saved)
}

// turn ends a promotion at once, or lets it run again.
func (p *promotions) turn(r pricing.Rule, resume bool) {
	stop := wire.PromotionStop{ID: r.ID, Version: r.Version, Resume: resume}
	p.said = ""
	p.turned.Save(p.d, office.Asking(p.d.Office.Server, wire.StopPromotion, stop), func(saved wire.SavedPromotion) []kit.Problem {
		if saved.Promotion == nil {
			return ruleform.Problems(saved.Problems)
		}
		p.put(*saved.Promotion)
		said := promoStopped
		if resume {
			said = promoResumed
		}
		p.said = p.d.Lang.T(said, "name", r.Name.In(string(p.d.Lang)))
		return nil
	})
}

// Head names the list, or the promotion that is being made.
func (p *promotions) Head() kit.Head {
	if p.form != nil {
		return p.form.head()
	}
	l := p.d.Lang
	return kit.Head{Title: l.T(deskPromotions), Acts: []app.UI{
		&ui.Button{ID: "promo-new", Label: l.T(promoNew), Kind: ui.Primary, Class: "head-end", OnPress: p.d.Press(p.create)}}}
}

// Draw draws what Head names.
func (p *promotions) Draw() app.UI {
	if p.form != nil {
		return p.form.draw()
	}
	d, l := p.d, p.d.Lang
	tabs := []app.UI{}
	for _, state := range promotionStates {
		n := len(p.matching(state))
		tabs = append(tabs, d.Choice("promo-"+string(state), l.T(stateName[state])+" "+l.Int(int64(n)), p.state == state,
			func() { p.state = state }))
	}
	return app.Div().Class("list-page").Body(
		app.Div().Class("list-bar").Body(
			&ui.Field{ID: "promo-find", Example: l.T(promoFind), Mode: "search", Unit: "⌕",
				OnText: func(_ app.Context, text string) { p.text = text; d.Rev++ }},
			app.Div().Class("choices-row promo-tabs").Body(tabs...),
		),
		app.Div().Class("strip").Aria("live", "polite").Body(p.news()),
		p.data.Draw(d, func(data *wire.Promotions) app.UI {
			return app.Div().Class("list-parts").Body(p.drawList(), p.drawNever(data.Never), p.drawAlarms())
		}),
	)
}

func (p *promotions) news() app.UI {
	switch {
	case p.turned.Fault() != nil:
		return p.d.ErrorBox(p.turned.Fault())
	case p.said != "":
		return ui.Toast(ui.Good, p.said, app.Span().Hidden(true))
	}
	return app.P().Class("muted").Text(p.d.Lang.T(promoHow))
}

func (p *promotions) drawList() app.UI {
	list := p.matching(p.state)
	if len(list) == 0 {
		return app.Div().Class("list-empty").Body(ui.EmptyState("%", p.d.Lang.T(promoNone), p.d.Lang.T(promoNoneHow)))
	}
	return app.Div().Class("items").Body(app.Range(list).Slice(func(i int) app.UI { return p.drawPromotion(list[i]) }))
}

// drawPromotion is one row of the list.
func (p *promotions) drawPromotion(promotion wire.Promotion) app.UI {
	d, l, r := p.d, p.d.Lang, promotion.Rule
	id := "-" + r.ID
	stop := &ui.Button{ID: "promo-stop" + id, Label: l.T(i18n.PromoStop), Kind: ui.Quiet, OnPress: d.Press(func() { p.turn(r, false) })}
	if promotion.Stopped {
		stop = &ui.Button{ID: "promo-resume" + id, Label: l.T(i18n.PromoResume), Kind: ui.Quiet, OnPress: d.Press(func() { p.turn(r, true) })}
	}
	return app.Div().Class("item item-rule").DataSet("promo", r.ID).Body(
		app.Div().Class("item-what").Body(
			app.Span().Class("item-name").Text(r.Name.In(string(l))),
			app.Span().Class("item-facts").Text(strings.Join(p.facts(r), " · ")),
			app.Span().Class("item-facts").Text(strings.Join(p.rank(r), " · ")),
		),
		app.Div().Class("form-acts").Body(
			&ui.Button{ID: "promo-edit" + id, Label: l.T(i18n.PromoEdit), Kind: ui.Quiet, OnPress: d.Press(func() { p.edit(r) })},
			&ui.Button{ID: "promo-copy" + id, Label: l.T(promoCopy), Kind: ui.Quiet, OnPress: d.Press(func() { p.copy(r) })},
			app.If(promotion.Stopped || stateOf(r, false, d.Today()) != promoEnded, func() app.UI { return stop }),
		),
	)
}

// facts say what a promotion does, about what, and for whom.
func (p *promotions) facts(r pricing.Rule) []string {
	l := p.d.Lang
	facts := []string{kindText(r, l, p.d.Currency()), p.ruleGoods(r)}
	if r.Coupon.Code != "" {
		facts = append(facts, l.T(i18n.PromoCoupon)+" "+r.Coupon.Code)
	}
	if r.Coupon.Prefix != "" {
		facts = append(facts, l.T(couponSerial)+" "+r.Coupon.Prefix+"…")
	}
	if r.LimitTotal > 0 {
		facts = append(facts, l.T(promoLimitedTo, "n", r.LimitTotal))
	}
	if len(r.Who.Groups) > 0 {
		facts = append(facts, strings.Join(r.Who.Groups, ", "))
	}
	return facts
}

// rank says when a promotion runs and how it stands among others.
func (p *promotions) rank(r pricing.Rule) []string {
	l := p.d.Lang
	rank := []string{ruleform.WhenText(p.d, r.When), l.T(i18n.PromoPriorityIs, "n", strconv.Itoa(r.Priority))}
	if r.Stack {
		rank = append(rank, l.T(promoStacks))
	}
	return append(rank, l.T(promoVersion, "n", strconv.Itoa(r.Version)))
}

// ruleGoods names what a rule of any kind is about.
func (p *promotions) ruleGoods(r pricing.Rule) string {
	f := p.words()
	var names []string
	for _, part := range r.Parts {
		names = append(names, f.GoodsText(part.Goods))
	}
	if len(names) > 0 {
		return strings.Join(names, " + ")
	}
	text := f.GoodsText(r.Goods)
	if r.Kind == pricing.GiftRule {
		text += " → " + f.GoodsText(r.Gift)
	}
	return text
}
