package desk

import (
	"context"
	"strconv"
	"strings"
	"time"

	"tillsight/app/i18n"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/syncproto"
)

// promotions is the page of promotions: the list, and the one being edited.
type promotions struct {
	asked  bool
	busy   bool
	fault  *errcode.Error
	data   syncproto.Promotions
	alarms []syncproto.Alarm
	text   string
	state  promotionState

	open    bool // the form is shown
	draft   promotionDraft
	rev     int  // of the form's fields
	raw     bool // the JSON view is shown
	only    bool // the form can't show this rule
	json    string
	article articles
	never   goodsDraft // being edited
	nevers  bool       // the list of goods that no promotion touches is open
	example []example
	chosen  bool // the example was changed by a person
	saving  bool
	wrong   *errcode.Error
	found   pricing.Problems // by the server
	said    string

	days    int
	trying  bool
	outcome *syncproto.Simulated
}

// loadPromotions gets the list.
func (d *desk) loadPromotions() {
	p := &d.promotions
	p.asked, p.busy = true, true
	if p.state == "" {
		p.state = promoActive
	}
	call(d, d.office.Server.Promotions, func(data syncproto.Promotions, e *errcode.Error) {
		d.promotions.busy, d.promotions.fault = false, e
		if e == nil {
			d.promotions.data = data
		}
	})
	call(d, d.office.Server.Alarms, func(alarms []syncproto.Alarm, e *errcode.Error) {
		if e == nil {
			d.promotions.alarms = alarms
		}
	})
}

// today is the date of the device, 2026-11-22.
func (d *desk) today() string { return d.now().Format(time.DateOnly) }

// found lists the promotions of the state and text that are asked for.
func (p *promotions) matching(state promotionState, today string) []syncproto.Promotion {
	var list []syncproto.Promotion
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
func (d *desk) newPromotion() {
	d.edit(newPromotion("p"+strconv.FormatInt(d.now().UnixMilli(), 36), d.today()), pricing.Rule{}, true)
}

// editPromotion opens a promotion, as a copy with a new ID when copied is set.
func (d *desk) editPromotion(r pricing.Rule, copied bool) {
	if copied {
		r.ID, r.Version = "p"+strconv.FormatInt(d.now().UnixMilli(), 36), 0
		r.Name.RU = d.lang.T(i18n.PromoCopyOf, "name", r.Name.RU)
		if r.Name.EN != "" {
			r.Name.EN = d.lang.T(i18n.PromoCopyOf, "name", r.Name.EN)
		}
	}
	draft, whole := draftOf(r, d.currency())
	d.edit(draft, r, whole)
}

// edit shows a draft, or the rule's text when the form can't show all of it.
func (d *desk) edit(draft promotionDraft, r pricing.Rule, whole bool) {
	p := &d.promotions
	p.open, p.draft, p.rev, p.raw, p.only = true, draft, p.rev+1, !whole, !whole
	p.saving, p.wrong, p.found, p.said, p.outcome, p.chosen = false, nil, nil, "", nil, false
	p.days = 7
	if whole {
		r = draft.rule(d.currency())
	}
	p.json = ruleText(r)
	p.example = exampleOf(r)
}

// edited takes a change of the form in.
func (d *desk) edited() {
	p := &d.promotions
	p.found, p.wrong, p.outcome = nil, nil, nil
	if !p.chosen {
		p.example = exampleOf(p.draft.rule(d.currency()))
	}
	d.rev++
}

// rule is what the form or the text says now, with what is wrong with it.
func (d *desk) rule() (pricing.Rule, pricing.Problems) {
	p := &d.promotions
	text := p.json
	if !p.raw {
		text = ruleText(p.draft.rule(d.currency()))
	}
	problems, r := ruleProblems(text)
	if len(problems) > 0 && !p.raw {
		r = p.draft.rule(d.currency())
	}
	return r, problems
}

// showJSON changes between form and text. A text that the form can't show stays.
func (d *desk) showJSON(raw bool) {
	p := &d.promotions
	r, problems := d.rule()
	if raw == p.raw {
		return
	}
	if raw {
		p.json = ruleText(p.draft.rule(d.currency()))
		p.raw, p.rev = true, p.rev+1
		return
	}
	draft, whole := draftOf(r, d.currency())
	if p.only = len(problems) > 0 || !whole; !p.only {
		p.draft, p.raw, p.rev = draft, false, p.rev+1
	}
}

// savePromotion sends the rule.
func (d *desk) savePromotion() {
	p := &d.promotions
	r, problems := d.rule()
	if len(problems) > 0 || p.saving {
		return
	}
	p.saving, p.wrong = true, nil
	call(d, func(ctx context.Context) (syncproto.SavedPromotion, error) {
		return d.office.Server.SavePromotion(ctx, []byte(ruleText(r)))
	}, func(saved syncproto.SavedPromotion, e *errcode.Error) {
		p := &d.promotions
		p.saving, p.wrong, p.found = false, e, saved.Problems
		if e == nil && saved.Promotion != nil {
			d.promotionSaved(*saved.Promotion)
			p.said = d.lang.T(i18n.PromoSaved, "name", saved.Promotion.Rule.Name.In(string(d.lang)))
		}
	})
}

// promotionSaved puts a promotion into the list.
func (d *desk) promotionSaved(saved syncproto.Promotion) {
	p := &d.promotions
	p.open = false
	p.state = stateOf(saved.Rule, saved.Stopped, d.today())
	for i := range p.data.Promotions {
		if p.data.Promotions[i].Rule.ID == saved.Rule.ID {
			p.data.Promotions[i] = saved
			return
		}
	}
	p.data.Promotions = append(p.data.Promotions, saved)
}

// stopPromotion ends a promotion at once, or lets it run again.
func (d *desk) stopPromotion(r pricing.Rule, resume bool) {
	stop := syncproto.StopPromotion{ID: r.ID, Version: r.Version, Resume: resume}
	call(d, func(ctx context.Context) (syncproto.SavedPromotion, error) {
		return d.office.Server.StopPromotion(ctx, stop)
	}, func(saved syncproto.SavedPromotion, e *errcode.Error) {
		d.promotions.fault = e
		if e != nil || saved.Promotion == nil {
			return
		}
		state := d.promotions.state
		d.promotionSaved(*saved.Promotion)
		d.promotions.state = state
		said := i18n.PromoStopped
		if resume {
			said = i18n.PromoResumed
		}
		d.promotions.said = d.lang.T(said, "name", r.Name.In(string(d.lang)))
	})
}

// tryPromotion asks what the draft would have done to the last receipts.
func (d *desk) tryPromotion() {
	p := &d.promotions
	r, problems := d.rule()
	if len(problems) > 0 || p.trying {
		return
	}
	p.trying, p.outcome = true, nil
	days := p.days
	call(d, func(ctx context.Context) (syncproto.Simulated, error) {
		return d.office.Server.Simulate(ctx, []byte(ruleText(r)), days)
	}, func(outcome syncproto.Simulated, e *errcode.Error) {
		d.promotions.trying, d.promotions.wrong = false, e
		if e == nil {
			d.promotions.outcome = &outcome
		}
	})
}

// categoryName names a category of the chain.
func (d *desk) categoryName(id string) string {
	for _, c := range d.promotions.data.Categories {
		if c.ID == id {
			return c.Name.In(string(d.lang))
		}
	}
	return id
}

// goodsText names what a rule is about.
func (d *desk) goodsText(g pricing.Goods) string { return d.promotionFields().goodsText(g) }

// whenText says when a rule runs.
func (d *desk) whenText(w pricing.When) string {
	l := d.lang
	var parts []string
	switch {
	case w.From != "" && w.Until != "":
		parts = append(parts, d.date(w.From)+" – "+d.date(w.Until))
	case w.From != "":
		parts = append(parts, l.T(i18n.PromoSince, "date", d.date(w.From)))
	case w.Until != "":
		parts = append(parts, l.T(i18n.PromoTill, "date", d.date(w.Until)))
	default:
		parts = append(parts, l.T(i18n.PromoAlways))
	}
	var days []string
	for _, day := range w.Days {
		if day >= 1 && day <= 7 {
			days = append(days, l.T(i18n.Weekdays[day-1]))
		}
	}
	if len(days) > 0 {
		parts = append(parts, strings.Join(days, " "))
	}
	for _, span := range w.Hours {
		parts = append(parts, span.From+"–"+span.To)
	}
	return strings.Join(parts, " · ")
}
