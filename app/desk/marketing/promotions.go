package marketing

import (
	"strconv"
	"strings"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// promotions is the page of promotions: the list, and the one being edited.
type promotions struct {
	d *kit.Desk

	asked  bool
	busy   bool
	fault  *errcode.Error
	data   wire.Promotions
	alarms []wire.Alarm
	text   string
	state  promotionState

	open    bool // the form is shown
	draft   promotionDraft
	rev     int  // of the form's fields
	raw     bool // the JSON view is shown
	only    bool // the form can't show this rule
	json    string
	article ruleform.Articles
	never   ruleform.GoodsDraft // being edited
	nevers  bool                // the list of goods that no promotion touches is open
	example []example
	chosen  bool // the example was changed by a person
	saving  bool
	wrong   *errcode.Error
	found   pricing.Problems // by the server
	said    string

	days    int
	trying  bool
	outcome *wire.Simulated
}

// Refresh gets the list.
func (p *promotions) Refresh() {
	d := p.d
	p.asked, p.busy = true, true
	if p.state == "" {
		p.state = promoActive
	}
	kit.Call(d, office.Asking(d.Office.Server, wire.GetPromotions, struct{}{}), func(data wire.Promotions, e *errcode.Error) {
		p.busy, p.fault = false, e
		if e == nil {
			p.data = data
		}
	})
	kit.Call(d, office.Asking(d.Office.Server, wire.GetAlarms, struct{}{}), func(alarms []wire.Alarm, e *errcode.Error) {
		if e == nil {
			p.alarms = alarms
		}
	})
}

// found lists the promotions of the state and text that are asked for.
func (p *promotions) matching(state promotionState, today string) []wire.Promotion {
	var list []wire.Promotion
	text := strings.ToLower(strings.TrimSpace(p.text))
	for _, promotion := range p.data.Promotions {
		r := promotion.Rule
		if stateOf(r, promotion.Stopped, today) != state {
			continue
		}
		if strings.Contains(strings.ToLower(r.Name.RU+"\n"+r.Name.EN+"\n"+r.ID+"\n"+r.Coupon.Code), text) {
			list = append(list, promotion)
		}
	}
	return list
}

// newPromotion opens an empty form.
func (p *promotions) newPromotion() {
	d := p.d
	p.edit(newPromotion("p"+strconv.FormatInt(d.Now().UnixMilli(), 36), d.Today()), pricing.Rule{}, true)
}

// editPromotion opens a promotion, as a copy with a new ID when copied is set.
func (p *promotions) editPromotion(r pricing.Rule, copied bool) {
	d := p.d
	if copied {
		r.ID, r.Version = "p"+strconv.FormatInt(d.Now().UnixMilli(), 36), 0
		r.Name.RU = d.Lang.T(i18n.PromoCopyOf, "name", r.Name.RU)
		if r.Name.EN != "" {
			r.Name.EN = d.Lang.T(i18n.PromoCopyOf, "name", r.Name.EN)
		}
	}
	draft, whole := draftOf(r, d.Currency())
	p.edit(draft, r, whole)
}

// edit shows a draft, or the rule's text when the form can't show all of it.
func (p *promotions) edit(draft promotionDraft, r pricing.Rule, whole bool) {
	d := p.d
	p.open, p.draft, p.rev, p.raw, p.only = true, draft, p.rev+1, !whole, !whole
	p.saving, p.wrong, p.found, p.said, p.outcome, p.chosen = false, nil, nil, "", nil, false
	p.days = 7
	if whole {
		r = draft.rule(d.Currency())
	}
	p.json = ruleText(r)
	p.example = exampleOf(r)
}

// edited takes a change of the form in.
func (p *promotions) edited() {
	d := p.d
	p.found, p.wrong, p.outcome = nil, nil, nil
	if !p.chosen {
		p.example = exampleOf(p.draft.rule(d.Currency()))
	}
	d.Rev++
}

// rule is what the form or the text says now, with what is wrong with it.
func (p *promotions) rule() (pricing.Rule, pricing.Problems) {
	d := p.d
	text := p.json
	if !p.raw {
		text = ruleText(p.draft.rule(d.Currency()))
	}
	problems, r := ruleProblems(text)
	if len(problems) > 0 && !p.raw {
		r = p.draft.rule(d.Currency())
	}
	return r, problems
}

// showJSON changes between form and text. A text that the form can't show stays.
func (p *promotions) showJSON(raw bool) {
	d := p.d
	r, problems := p.rule()
	if raw == p.raw {
		return
	}
	if raw {
		p.json = ruleText(p.draft.rule(d.Currency()))
		p.raw, p.rev = true, p.rev+1
		return
	}
	draft, whole := draftOf(r, d.Currency())
	if p.only = len(problems) > 0 || !whole; !p.only {
		p.draft, p.raw, p.rev = draft, false, p.rev+1
	}
}

// savePromotion sends the rule.
func (p *promotions) savePromotion() {
	d := p.d
	r, problems := p.rule()
	if len(problems) > 0 || p.saving {
		return
	}
	p.saving, p.wrong = true, nil
	kit.Call(d, office.Asking(d.Office.Server, wire.SavePromotion, wire.PromotionChange{Rule: []byte(ruleText(r))}),
		func(saved wire.SavedPromotion, e *errcode.Error) {
			p.saving, p.wrong, p.found = false, e, saved.Problems
			if e == nil && saved.Promotion != nil {
				p.promotionSaved(*saved.Promotion)
				p.said = d.Lang.T(i18n.PromoSaved, "name", saved.Promotion.Rule.Name.In(string(d.Lang)))
			}
		})
}

// promotionSaved puts a promotion into the list.
func (p *promotions) promotionSaved(saved wire.Promotion) {
	d := p.d
	p.open = false
	p.state = stateOf(saved.Rule, saved.Stopped, d.Today())
	for i := range p.data.Promotions {
		if p.data.Promotions[i].Rule.ID == saved.Rule.ID {
			p.data.Promotions[i] = saved
			return
		}
	}
	p.data.Promotions = append(p.data.Promotions, saved)
}

// stopPromotion ends a promotion at once, or lets it run again.
func (p *promotions) stopPromotion(r pricing.Rule, resume bool) {
	d := p.d
	stop := wire.PromotionStop{ID: r.ID, Version: r.Version, Resume: resume}
	kit.Call(d, office.Asking(d.Office.Server, wire.StopPromotion, stop), func(saved wire.SavedPromotion, e *errcode.Error) {
		p.fault = e
		if e != nil || saved.Promotion == nil {
			return
		}
		state := p.state
		p.promotionSaved(*saved.Promotion)
		p.state = state
		said := i18n.PromoStopped
		if resume {
			said = i18n.PromoResumed
		}
		p.said = d.Lang.T(said, "name", r.Name.In(string(d.Lang)))
	})
}

// tryPromotion asks what the draft would have done to the last receipts.
func (p *promotions) tryPromotion() {
	d := p.d
	r, problems := p.rule()
	if len(problems) > 0 || p.trying {
		return
	}
	p.trying, p.outcome = true, nil
	days := p.days
	kit.Call(d, office.Asking(d.Office.Server, wire.Simulate, wire.Simulation{Rule: []byte(ruleText(r)), Days: days}),
		func(outcome wire.Simulated, e *errcode.Error) {
			p.trying, p.wrong = false, e
			if e == nil {
				p.outcome = &outcome
			}
		})
}

// categoryName names a category of the chain.
func (p *promotions) categoryName(id string) string {
	d := p.d
	for _, c := range p.data.Categories {
		if c.ID == id {
			return c.Name.In(string(d.Lang))
		}
	}
	return id
}

// goodsText names what a rule is about.
func (p *promotions) goodsText(g pricing.Goods) string { return p.promotionFields().GoodsText(g) }

func newPromotions(d *kit.Desk) kit.View { return &promotions{d: d} }

func (p *promotions) Redraw() {}
