package marketing

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// neverForm changes the goods that no promotion touches.
type neverForm struct {
	kit.Form[ruleform.GoodsDraft, wire.Never]

	had *pricing.Goods // what the draft was made of
}

// editNever opens the form.
func (p *promotions) editNever(had *pricing.Goods) {
	p.never = &neverForm{had: had}
	p.never.Rev = p.d.Rev
	if had != nil {
		p.never.Draft = ruleform.GoodsDraftOf(*had)
	}
}

// saveNever sends the goods that no promotion touches.
func (p *promotions) saveNever() {
	f := p.never
	change := wire.Never{Goods: f.Draft.Goods(), Had: f.had}
	f.Save(p.d, office.Asking(p.d.Office.Server, wire.SaveNever, change), func(saved wire.Never) []kit.Problem {
		if data := p.data.Value(); data != nil {
			if data.Never = &saved.Goods; f.Draft.Empty() {
				data.Never = nil
			}
		}
		p.never, p.said = nil, p.d.Lang.T(neverSaved)
		return nil
	})
}

// drawNever shows the goods that no promotion touches, and has them chosen.
func (p *promotions) drawNever(never *pricing.Goods) app.UI {
	d, l := p.d, p.d.Lang
	text := l.T(neverNone)
	if never != nil {
		text = p.words().GoodsText(*never)
	}
	body := []app.UI{app.H2().Class("field-head").Text(l.T(neverTitle)), app.P().ID("never-goods").Text(text)}
	switch f := p.never; {
	case !d.User.All:
	case f == nil:
		body = append(body, &ui.Button{ID: "never-edit", Label: l.T(i18n.PromoEdit), Kind: ui.Quiet,
			OnPress: d.Press(func() { p.editNever(never) })})
	default:
		set := p.fields("never-", &f.Rev, func() { f.Edited(); d.Rev++ })
		body = append(body, set.Goods("", &f.Draft, false, true), d.ErrorBox(f.Fault()),
			app.Div().Class("form-acts").Body(
				&ui.Button{ID: "never-back", Label: l.T(i18n.Cancel), OnPress: d.Press(func() { p.never = nil })},
				&ui.Button{ID: "never-save", Label: l.T(i18n.PromoSave), Kind: ui.Primary, Disabled: f.Busy(), OnPress: d.Press(p.saveNever)},
			))
	}
	return app.Section().Class("form-card").Body(body...)
}
