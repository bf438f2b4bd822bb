package price

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// listDraft is a price list as a form has it.
type listDraft struct {
	ruleHead

	when   ruleform.WhenDraft
	groups string
	card   bool
	order  string // priority
	final  bool
}

func listDraftOf(row wire.PriceList) listDraft {
	l := row.List
	return listDraft{
		ruleHead: ruleHead{id: l.ID, version: l.Version, stopped: row.Stopped, ru: l.Name.RU, en: l.Name.EN, stores: slices.Clone(l.Stores)},
		when:     ruleform.WhenDraftOf(l.When),
		groups:   strings.Join(l.Who.Groups, ", "), card: l.Who.Card,
		order: strconv.Itoa(l.Priority), final: l.Final,
	}
}

// list is what the draft says.
func (p *listDraft) list() pricing.List {
	return pricing.List{ID: p.id, Version: p.version, Name: p.name(), Priority: ruleform.Optional(p.order), When: p.when.When(),
		Stores: slices.Clone(p.stores), Who: pricing.Who{Card: p.card, Groups: ruleform.List(p.groups)}, Final: p.final}
}

// dearer reports whether the list's price counts even where it is above others.
func (p *listDraft) dearer() bool { return ruleform.Optional(p.order) > 0 }

// turnDearer changes that.
func (p *listDraft) turnDearer() {
	if p.dearer() {
		p.order = "0"
	} else {
		p.order = "1"
	}
}

// listForm makes a price list.
type listForm struct {
	kit.Form[listDraft, written]

	v *listsView
}

// editList opens the form, for a new list when row is nil.
func (v *listsView) editList(row *wire.PriceList) {
	f := &listForm{v: v}
	f.Rev = v.d.Rev
	if row == nil {
		f.Draft = listDraft{ruleHead: v.newHead("l"), order: "0", when: ruleform.WhenDraft{Start: v.d.Today()}}
	} else {
		f.Draft = listDraftOf(*row)
	}
	v.form, v.said = f, ""
}

func (f *listForm) title() string { return f.Draft.title(listNew, f.v.d.Lang) }

func (f *listForm) draw() app.UI {
	v, d, l := f.v, f.v.d, f.v.d.Lang
	set := v.fields("list-", &f.Rev, func() { f.Edited(); d.Rev++ })
	p := &f.Draft
	return ruleform.Draw(set, &f.Form, problemsOf(pricing.Set{Lists: []pricing.List{p.list()}}, "lists[0]."),
		func() { v.form = nil }, func() { f.Save(d, v.writeList(p.list(), p.stopped), v.take) },
		kit.Fields(set.Input("ru", i18n.PromoName, &p.ru, "text", ""), set.Input("en", i18n.PromoNameEN, &p.en, "text", "")),
		set.Part(i18n.PromoWho, set.WhoFields(&p.groups, &p.card), app.Div().Class("choices-row").Body(set.StoresMenu(&p.stores))),
		set.When(&p.when),
		set.Part(listRules,
			app.Div().Class("choices-row").Body(
				d.Choice("list-dearer", l.T(listDearer), p.dearer(), func() { f.Set((*listDraft).turnDearer) }),
				set.Toggle("final", listFinal, &p.final)),
			app.P().Class("muted").Text(l.T(listDearerHow)),
			kit.Fields(set.Input("priority", i18n.PromoPriority, &p.order, "numeric", ""))),
	)
}
