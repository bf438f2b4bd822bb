package marketing

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// promotionForm makes a promotion: by fields, or as text what they can't show.
type promotionForm struct {
	kit.Form[promotionDraft, wire.SavedPromotion]

	p    *promotions
	raw  bool // the text is shown
	only bool // the fields can't show this rule
	text string

	example []example
	chosen  bool // the example was changed by a person
	trial   trial
}

// newID is the ID of a promotion that begins now.
func (p *promotions) newID() string { return "p" + strconv.FormatInt(p.d.Now().UnixMilli(), 36) }

// create opens an empty form.
func (p *promotions) create() {
	p.open(newPromotion(p.newID(), p.d.Today()), pricing.Rule{}, true)
}

// edit opens a promotion.
func (p *promotions) edit(r pricing.Rule) {
	draft, whole := draftOf(r, p.d.Currency())
	p.open(draft, r, whole)
}

// copy opens a new promotion like another.
func (p *promotions) copy(r pricing.Rule) {
	r.ID, r.Version = p.newID(), 0
	r.Name.RU = p.d.Lang.T(promoCopyOf, "name", r.Name.RU)
	if r.Name.EN != "" {
		r.Name.EN = p.d.Lang.T(promoCopyOf, "name", r.Name.EN)
	}
	p.edit(r)
}

// open shows a draft, or the rule's text when the fields can't show all of it.
func (p *promotions) open(draft promotionDraft, r pricing.Rule, whole bool) {
	f := &promotionForm{p: p, raw: !whole, only: !whole}
	f.Draft, f.Rev = draft, p.d.Rev
	if whole {
		r = f.drafted()
	}
	f.text, f.example = ruleText(r), exampleOf(r)
	p.form, p.said = f, ""
}

// drafted is the rule that the fields say.
func (f *promotionForm) drafted() pricing.Rule { return f.Draft.rule(f.p.d.Currency()) }

// changed takes a change of the fields in.
func (f *promotionForm) changed() {
	f.touched(f.drafted())
	f.p.d.Rev++
}

// touched forgets what was said of the rule before, and makes the example anew.
func (f *promotionForm) touched(r pricing.Rule) {
	f.Edited()
	f.trial.outcome = nil
	if !f.chosen {
		f.example = exampleOf(r)
	}
}

// set changes the draft by the program.
func (f *promotionForm) set(change func(*promotionDraft)) {
	f.Set(change)
	f.changed()
}

// rule is what the fields or the text say now, with what is wrong with it.
func (f *promotionForm) rule() (pricing.Rule, []kit.Problem) {
	if f.raw {
		problems, r := ruleProblems(f.text)
		return r, ruleform.Problems(problems)
	}
	r := f.drafted()
	problems, _ := ruleProblems(ruleText(r))
	return r, ruleform.Problems(problems)
}

// show changes between fields and text. A text that the fields can't show stays.
func (f *promotionForm) show(raw bool) {
	if raw == f.raw {
		return
	}
	if raw {
		f.text, f.raw = ruleText(f.drafted()), true
		f.Rev++
		return
	}
	r, problems := f.rule()
	draft, whole := draftOf(r, f.p.d.Currency())
	if f.only = len(problems) > 0 || !whole; !f.only {
		f.raw = false
		f.Set(func(p *promotionDraft) { *p = draft })
	}
}

// save sends the rule.
func (f *promotionForm) save() {
	p := f.p
	r, problems := f.rule()
	if len(problems) > 0 {
		return
	}
	change := wire.PromotionChange{Rule: []byte(ruleText(r))}
	f.Save(p.d, office.Asking(p.d.Office.Server, wire.SavePromotion, change), func(saved wire.SavedPromotion) []kit.Problem {
		if saved.Promotion == nil {
			return ruleform.Problems(saved.Problems)
		}
		p.form = nil
		p.put(*saved.Promotion)
		p.state = stateOf(saved.Promotion.Rule, saved.Promotion.Stopped, p.d.Today())
		p.said = p.d.Lang.T(promoSaved, "name", saved.Promotion.Rule.Name.In(string(p.d.Lang)))
		return nil
	})
}

// head names the promotion, once it has a name, and offers fields and text.
func (f *promotionForm) head() kit.Head {
	d, l := f.p.d, f.p.d.Lang
	title := l.T(promoNew)
	if f.Draft.Version > 0 {
		r, _ := f.rule()
		title = r.Name.In(string(l))
	}
	return kit.Head{Title: title, Acts: []app.UI{app.Div().Class("choices-row promo-tabs").Body(
		d.Choice("promo-form", l.T(promoForm), !f.raw, func() { f.show(false) }),
		d.Choice("promo-json", l.T(promoJSON), f.raw, func() { f.show(true) }),
	)}}
}

// draw draws the promotion being made: what it says to the left, what comes of it
// to the right.
func (f *promotionForm) draw() app.UI {
	d, l := f.p.d, f.p.d.Lang
	r, problems := f.rule()
	body := f.drawFields
	if f.raw {
		body = f.drawText
	}
	valid := len(problems) == 0
	return app.Div().Class("form-page").Body(
		app.Div().Class("form-columns").Body(
			app.Div().Class("form-fields").Body(
				body(),
				ruleform.DrawProblems(d, slices.Concat(problems, f.Found()), f.raw),
				d.ErrorBox(f.Fault()),
				app.Div().Class("form-acts").Body(
					&ui.Button{ID: "promo-back", Label: l.T(i18n.Cancel), OnPress: d.Press(func() { f.p.form = nil })},
					&ui.Button{ID: "promo-save", Label: l.T(i18n.PromoSave), Kind: ui.Primary, Disabled: !valid || f.Busy(), OnPress: d.Press(f.save)},
				),
			),
			app.Div().Class("form-side").Body(f.drawPreview(r, valid), f.drawTrial(valid)),
		),
	)
}

// drawText draws the rule as text.
func (f *promotionForm) drawText() app.UI {
	d := f.p.d
	return app.Div().Class("form-body").Body(
		app.If(f.only, func() app.UI { return app.P().Class("muted").Text(d.Lang.T(promoOnlyJSON)) }),
		&kit.TextArea{ID: "promo-text", Label: d.Lang.T(promoText), Value: f.text, Rev: f.Rev, OnText: func(text string) {
			f.text = text
			if r, problems := f.rule(); len(problems) == 0 {
				f.touched(r)
			} else {
				f.Edited()
				f.trial.outcome = nil
			}
			d.Rev++
		}},
	)
}
