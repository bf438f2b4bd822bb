package price

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// listsView is the page of price lists and regulated prices.
type listsView struct {
	d       *kit.Desk
	data    wire.PriceLists
	asked   bool
	busy    bool
	fault   *errcode.Error
	said    string
	rev     int
	article ruleform.Articles

	list   *listForm   // being made
	law    *lawForm    // being made
	prices *listPrices // of an open list
	when   priceWhen
}

func newPriceLists(d *kit.Desk) kit.View { return &listsView{d: d} }

// Refresh gets the lists when the page is opened.
func (v *listsView) Refresh() {
	if v.busy || v.list != nil || v.law != nil {
		return
	}
	v.asked, v.busy = true, true
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.GetPriceLists, struct{}{}), func(data wire.PriceLists, e *errcode.Error) {
		if v.busy, v.fault = false, e; e == nil {
			v.data = data
		}
	})
}

func (v *listsView) Redraw() {}

// fields are what the page's forms share with that of promotions.
func (v *listsView) fields(id string) *ruleform.Fieldset {
	return &ruleform.Fieldset{D: v.d, ID: id, Rev: &v.rev, Edited: func() { v.d.Rev++ }, Tree: v.data.Categories, Groups: v.data.Groups, Article: &v.article}
}

// Head names what is shown: the lists, the prices of one, or what is being made.
func (v *listsView) Head() kit.Head {
	l := v.d.Lang
	switch {
	case v.list != nil:
		return kit.Head{Title: v.list.title()}
	case v.law != nil:
		return kit.Head{Title: v.law.title()}
	case v.prices != nil:
		return v.prices.head()
	}
	return kit.Head{Title: l.T(i18n.DeskLists), Acts: []app.UI{
		&ui.Button{ID: "list-new", Label: l.T(i18n.ListNew), Kind: ui.Primary, Class: "head-end", OnPress: v.d.Press(func() { v.edit(nil) })}}}
}

// Draw draws what Head names.
func (v *listsView) Draw() app.UI {
	switch {
	case v.list != nil:
		return v.list.draw()
	case v.law != nil:
		return v.law.draw()
	case v.prices != nil:
		return v.prices.draw()
	}
	return app.Div().Class("list-page").Body(
		app.Div().Class("strip").Aria("live", "polite").Body(v.news()),
		v.drawLists(),
		v.drawWhen(),
		v.drawLaws(),
	)
}

func (v *listsView) news() app.UI {
	switch {
	case v.fault != nil:
		return v.d.ErrorBox(v.fault)
	case v.said != "":
		return ui.Toast(ui.Good, v.said, app.Span().Hidden(true))
	}
	return app.P().Class("muted").Text(v.d.Lang.T(i18n.ListsHow))
}

func (v *listsView) drawLists() app.UI {
	if len(v.data.Lists) == 0 {
		if v.busy || v.fault != nil {
			return app.Div().Class("items").Aria("busy", v.busy)
		}
		return app.Div().Class("list-empty").Body(ui.EmptyState("≣", v.d.Lang.T(i18n.ListsNone), v.d.Lang.T(i18n.ListsNoneHow)))
	}
	return app.Div().Class("items").Body(app.Range(v.data.Lists).Slice(func(i int) app.UI { return v.drawList(v.data.Lists[i]) }))
}

// drawList is one row of the page.
func (v *listsView) drawList(row wire.PriceList) app.UI {
	d, l, list := v.d, v.d.Lang, row.List
	who := strings.Join(list.Who.Groups, ", ")
	if who == "" {
		who = l.T(i18n.ListEverybody)
		if list.Who.Card {
			who = l.T(i18n.ListCardOnly)
		}
	}
	facts := []string{who, l.T(i18n.ListPrices, "n", row.Prices)}
	if len(list.Stores) > 0 {
		facts = append(facts, d.Chosen(list.Stores, d.Stores))
	}
	second := []string{ruleform.WhenText(d, list.When), l.T(i18n.PromoPriorityIs, "n", strconv.Itoa(list.Priority))}
	if list.Priority > 0 {
		second = append(second, l.T(i18n.ListDearer))
	}
	if list.Final {
		second = append(second, l.T(i18n.ListFinal))
	}
	id := "-" + list.ID
	stop := i18n.PromoStop
	if row.Stopped {
		stop = i18n.PromoResume
	}
	return app.Div().Class("item item-rule").DataSet("list", list.ID).DataSet("stopped", row.Stopped).Body(
		app.Div().Class("item-what").Body(
			app.Span().Class("item-name").Text(list.Name.In(string(l))),
			app.Span().Class("item-facts").Text(strings.Join(facts, " · ")),
			app.Span().Class("item-facts").Text(strings.Join(second, " · ")),
		),
		app.Div().Class("form-acts").Body(
			&ui.Button{ID: "list-prices" + id, Label: l.T(i18n.ListOpen), OnPress: d.Press(func() { v.openPrices(list) })},
			&ui.Button{ID: "list-edit" + id, Label: l.T(i18n.PromoEdit), Kind: ui.Quiet, OnPress: d.Press(func() { v.edit(&row) })},
			&ui.Button{ID: "list-stop" + id, Label: l.T(stop), Kind: ui.Quiet, OnPress: d.Press(func() { v.save(list, !row.Stopped, nil) })},
		),
	)
}

// save writes a list; form, when there is one, hears of problems.
func (v *listsView) save(list pricing.List, stopped bool, form *listForm) {
	text, err := json.Marshal(list)
	if err != nil {
		v.fault = errcode.As(err)
		return
	}
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.SavePriceList, wire.PriceListChange{List: text, Stopped: stopped}),
		func(saved wire.SavedPriceList, e *errcode.Error) {
			if form != nil {
				form.saving, form.wrong, form.found = false, e, saved.Problems
			} else {
				v.fault = e
			}
			if e != nil || saved.List == nil {
				return
			}
			v.list = nil
			v.said = v.d.Lang.T(i18n.ListSaved, "name", saved.List.List.Name.In(string(v.d.Lang)))
			at := slices.IndexFunc(v.data.Lists, func(l wire.PriceList) bool { return l.List.ID == saved.List.List.ID })
			if at < 0 {
				v.data.Lists = append(v.data.Lists, *saved.List)
				return
			}
			v.data.Lists[at] = *saved.List
		})
}

// listForm is a price list being made.
type listForm struct {
	v       *listsView
	id      string
	version int
	stopped bool
	ru, en  string
	when    ruleform.WhenDraft
	groups  string
	card    bool
	stores  []string
	order   string // priority
	final   bool
	saving  bool
	wrong   *errcode.Error
	found   pricing.Problems
}

// edit opens the form, for a new list when row is nil.
func (v *listsView) edit(row *wire.PriceList) {
	v.rev++
	v.said = ""
	if row == nil {
		v.list = &listForm{v: v, id: "l" + strconv.FormatInt(v.d.Now().UnixMilli(), 36), order: "0", when: ruleform.WhenDraft{Start: v.d.Today()}}
		return
	}
	l := row.List
	v.list = &listForm{v: v, id: l.ID, version: l.Version, stopped: row.Stopped, ru: l.Name.RU, en: l.Name.EN, when: ruleform.WhenDraftOf(l.When),
		groups: strings.Join(l.Who.Groups, ", "), card: l.Who.Card, stores: slices.Clone(l.Stores), order: strconv.Itoa(l.Priority), final: l.Final}
}

// list is what the form says.
func (f *listForm) list() pricing.List {
	return pricing.List{ID: f.id, Version: f.version, Name: catalogue.Text{RU: strings.TrimSpace(f.ru), EN: strings.TrimSpace(f.en)},
		Priority: ruleform.Optional(f.order), When: f.when.When(), Stores: slices.Clone(f.stores), Who: pricing.Who{Card: f.card, Groups: ruleform.List(f.groups)}, Final: f.final}
}

func (f *listForm) problems() pricing.Problems {
	problems := f.found
	return append(slices.Clone(problems), problemsOf(pricing.Set{Lists: []pricing.List{f.list()}}, "lists[0].")...)
}

// title is the name of the list, once it has one.
func (f *listForm) title() string {
	if f.version > 0 {
		return f.list().Name.In(string(f.v.d.Lang))
	}
	return f.v.d.Lang.T(i18n.ListNew)
}

func (f *listForm) draw() app.UI {
	v, d, l := f.v, f.v.d, f.v.d.Lang
	set := v.fields("list-")
	set.Edited = func() { f.found, f.wrong = nil, nil; d.Rev++ }
	problems := f.problems()
	return app.Div().Class("form-page").Body(
		app.Div().Class("form-fields").Body(
			kit.Fields(set.Input("ru", i18n.PromoName, &f.ru, "text", ""), set.Input("en", i18n.PromoNameEN, &f.en, "text", "")),
			set.Part(i18n.PromoWho, set.WhoFields(&f.groups, &f.card), app.Div().Class("choices-row").Body(set.StoresMenu(&f.stores))),
			set.When(&f.when),
			set.Part(i18n.ListRules,
				app.Div().Class("choices-row").Body(
					d.Choice("list-dearer", l.T(i18n.ListDearer), ruleform.Optional(f.order) > 0, func() {
						f.order = strconv.Itoa(1 - min(1, max(0, ruleform.Optional(f.order))))
						v.rev++
						set.Edited()
					}),
					set.Toggle("final", i18n.ListFinal, &f.final)),
				app.P().Class("muted").Text(l.T(i18n.ListDearerHow)),
				kit.Fields(set.Input("priority", i18n.PromoPriority, &f.order, "numeric", ""))),
			ruleform.DrawProblems(d, problems, false),
			d.ErrorBox(f.wrong),
			app.Div().Class("form-acts").Body(
				&ui.Button{ID: "list-back", Label: l.T(i18n.Cancel), OnPress: d.Press(func() { v.list = nil })},
				&ui.Button{ID: "list-save", Label: l.T(i18n.PromoSave), Kind: ui.Primary, Disabled: len(problems) > 0 || f.saving, OnPress: d.Press(func() {
					f.saving = true
					v.save(f.list(), f.stopped, f)
				})},
			),
		),
	)
}

// problemsOf checks a set of one and names the fields without what leads to it.
func problemsOf(set pricing.Set, before string) pricing.Problems {
	var problems pricing.Problems
	if err := set.Validate(); err != nil {
		problems = append(problems, problemsIn(err)...)
	}
	for i := range problems {
		problems[i].Path = strings.TrimPrefix(problems[i].Path, before)
	}
	return problems
}
