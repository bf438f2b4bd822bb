package selling

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
)

// banForm edits a ban.
type banForm struct {
	kit.Form[banDraft, savedBan]

	wrong string // field that can't be saved; "" for none
}

// banDraft is a ban as a form has it.
type banDraft struct {
	rule     ban.Rule
	from, to string // hours
	skus     string
	dates    string
	fresh    bool // the server does not have it
}

func banDraftOf(rule ban.Rule, fresh bool) banDraft {
	draft := banDraft{rule: rule, fresh: fresh, dates: strings.Join(rule.Dates, ", ")}
	if len(rule.Hours) > 0 {
		draft.from, draft.to = rule.Hours[0].From, rule.Hours[0].To
	}
	var skus []string
	for _, sku := range rule.SKUs {
		skus = append(skus, string(sku))
	}
	draft.skus = strings.Join(skus, ", ")
	return draft
}

// read makes the rule of what is typed. A second part of a day that the form does
// not show is kept.
func (p *banDraft) read() ban.Rule {
	r := p.rule
	r.SKUs, r.Dates = nil, ruleform.List(p.dates)
	for _, sku := range ruleform.List(p.skus) {
		r.SKUs = append(r.SKUs, catalogue.SKU(sku))
	}
	var rest []ban.Span
	if len(r.Hours) > 1 {
		rest = r.Hours[1:]
	}
	r.Hours = nil
	if p.from != "" || p.to != "" {
		r.Hours = append([]ban.Span{{From: p.from, To: p.to}}, rest...)
	}
	return r
}

// edit opens a ban.
func (v *rulesView) edit(rule ban.Rule, fresh bool) {
	v.form, v.said = &banForm{}, ""
	v.form.Draft, v.form.Rev = banDraftOf(rule, fresh), v.d.Rev
}

func (v *rulesView) create() {
	v.edit(ban.Rule{ID: "b" + strconv.FormatInt(v.d.Now().UnixMilli(), 36)}, true)
}

// save writes the ban of the form.
func (v *rulesView) save() {
	f := v.form
	rule := f.Draft.read()
	if err := rule.Validate(); err != nil {
		f.wrong = errcode.As(err).Data["field"]
		return
	}
	f.Save(v.d, v.saving(rule, false), func(s savedBan) []kit.Problem {
		if s.Document == nil {
			if len(s.Problems) > 0 {
				f.wrong = s.Problems[0].Field
			}
			return problems(s)
		}
		v.form = nil
		v.put(rule, s.Document.Version)
		v.done()
		return nil
	})
}

// drop takes the ban of the form away.
func (v *rulesView) drop() {
	id := v.form.Draft.rule.ID
	v.form.Save(v.d, v.saving(v.form.Draft.rule, true), func(s savedBan) []kit.Problem {
		if s.Document == nil {
			return problems(s)
		}
		v.form = nil
		bans := v.known()
		bans.Rules = slices.DeleteFunc(bans.Rules, func(r ban.Rule) bool { return r.ID == id })
		v.done()
		return nil
	})
}

// edited forgets what was said of the ban before it changed.
func (v *rulesView) edited() {
	v.form.wrong = ""
	v.form.Edited()
	v.d.Rev++
}

func (v *rulesView) drawForm() app.UI {
	l, f := v.d.Lang, v.form
	p := &f.Draft
	r := &p.rule
	set := &ruleform.Fieldset{D: v.d, ID: "ban-", Rev: &f.Rev, Edited: v.edited}
	input := func(id string, label *i18n.Message, value *string, example string) app.UI {
		return &ui.Field{ID: "ban-" + id, Label: l.T(label), Value: *value, Rev: f.Rev, Mode: "text", Example: example,
			OnText: func(_ app.Context, text string) { *value = text; v.edited() }}
	}
	var wrong app.UI = app.Span().Hidden(true)
	if f.wrong != "" {
		wrong = app.P().ID("ban-wrong").Class("form-problems").Text(l.T(banWrong, "field", l.T(banField(f.wrong))))
	}
	says := p.read()
	return app.Div().Class("form-page form-card").Body(
		kit.Fields(input("ru", banNameRU, &r.Name.RU, l.T(banExample)), input("en", banNameEN, &r.Name.EN, "")),
		set.Part(banGoodsTitle,
			kit.Fields(v.pickMenu("categories", i18n.PromoCategories, &r.Categories, v.categories()), input("skus", i18n.PromoSKUs, &p.skus, ""))),
		set.Part(banWhenTitle,
			kit.Fields(input("from", i18n.PromoHourFrom, &p.from, "23:00"), input("to", i18n.PromoHourTo, &p.to, "08:00"),
				input("dates", banDates, &p.dates, "09-01, 2026-05-25")),
			set.Weekdays(&r.Days),
			kit.Fields(set.Date("start", i18n.PromoStart, &r.From), set.Date("end", i18n.PromoEnd, &r.Until)),
			app.P().Class("muted").Text(l.T(banWhenHow))),
		set.Part(banWhereTitle,
			kit.Fields(v.pickMenu("regions", banRegions, &r.Regions, v.regions()),
				v.pickMenu("stores", i18n.PromoStores, &r.Stores, v.stores()))),
		app.P().ID("ban-says").Class("good-title").Text(v.banGoods(says)+": "+banWhen(says, l)+" · "+v.banWhere(says)),
		wrong,
		v.d.ErrorBox(f.Fault()),
		app.Div().Class("form-acts").Body(
			app.If(!p.fresh, func() app.UI {
				return &ui.Button{ID: "ban-drop", Label: l.T(banDrop), Kind: ui.Danger, Disabled: f.Busy(), OnPress: v.d.Press(v.drop)}
			}),
			&ui.Button{ID: "ban-back", Label: l.T(i18n.Cancel), OnPress: v.d.Press(func() { v.form = nil })},
			&ui.Button{ID: "ban-save", Label: l.T(i18n.GoodsSave), Kind: ui.Primary, Disabled: f.Busy(), OnPress: v.d.Press(v.save)},
		),
	)
}

// banField names the field of the form that a check is about.
func banField(field string) *i18n.Message {
	switch field {
	case "name":
		return banNameRU
	case "goods":
		return banGoodsTitle
	case "stores":
		return banWhereTitle
	}
	return banWhenTitle
}

// pickMenu chooses several of a list; the names of a tree are indented.
func (v *rulesView) pickMenu(id string, label *i18n.Message, chosen *[]string, list []kit.Choice) app.UI {
	var names []string
	for _, c := range list {
		if slices.Contains(*chosen, c.ID) {
			names = append(names, strings.TrimSpace(c.Label))
		}
	}
	value := strings.Join(names, ", ")
	if value == "" {
		value = "—"
	}
	return v.d.FilterMenu("ban-"+id, v.d.Lang.T(label), value, func() app.UI {
		var options []app.UI
		for _, c := range list {
			options = append(options, v.d.Option("ban-"+id+"-"+c.ID, c.Label, slices.Contains(*chosen, c.ID), func() {
				*chosen = kit.Toggled(*chosen, c.ID)
				v.edited()
			}))
		}
		return app.Div().Class("options options-long").Body(options...)
	})
}

func (v *rulesView) categories() (list []kit.Choice) {
	ruleform.EachCategory(v.d, v.known().Categories, func(c catalogue.Category, indent string) {
		list = append(list, kit.Choice{ID: c.ID, Label: indent + c.Name.In(string(v.d.Lang))})
	})
	return list
}

func (v *rulesView) regions() (list []kit.Choice) {
	for _, s := range v.known().Stores {
		choice := kit.Choice{ID: s.Region, Label: s.Region}
		if s.Region != "" && !slices.Contains(list, choice) {
			list = append(list, choice)
		}
	}
	return list
}

func (v *rulesView) stores() (list []kit.Choice) {
	for _, s := range v.known().Stores {
		list = append(list, kit.Choice{ID: s.ID, Label: s.Name.In(string(v.d.Lang))})
	}
	return list
}
