package price

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

// listsView is the page of price lists and regulated prices.
type listsView struct {
	d       *kit.Desk
	data    kit.Remote[wire.PriceLists]
	article ruleform.Articles
	said    string

	form   ruleForm                    // what is being made; nil: nothing
	prices *listPrices                 // of an open list; nil: none
	turned kit.Form[struct{}, written] // a rule that is stopped or runs again
	when   priceWhen
}

func newPriceLists(d *kit.Desk) kit.View { return &listsView{d: d} }

// Refresh gets the lists when the page is opened; what is being made stays.
func (v *listsView) Refresh() {
	if v.form == nil {
		v.data.Load(v.d, office.Asking(v.d.Office.Server, wire.GetPriceLists, struct{}{}), nil)
	}
}

// Redraw has nothing to do: the page draws no charts.
func (v *listsView) Redraw() {}

// known is what the page has been told so far.
func (v *listsView) known() wire.PriceLists {
	if data := v.data.Value(); data != nil {
		return *data
	}
	return wire.PriceLists{}
}

// fields begin a group of fields about a rule. rev and edited are of the form.
func (v *listsView) fields(id string, rev *int, edited func()) *ruleform.Fieldset {
	data := v.known()
	return &ruleform.Fieldset{D: v.d, ID: id, Rev: rev, Edited: edited, Tree: data.Categories, Groups: data.Groups, Article: &v.article}
}

// words name goods in a sentence; nothing is typed.
func (v *listsView) words() *ruleform.Fieldset { return v.fields("", new(int), func() {}) }

// Head names what is shown: the lists, the prices of one, or what is being made.
func (v *listsView) Head() kit.Head {
	l := v.d.Lang
	switch {
	case v.form != nil:
		return kit.Head{Title: v.form.title()}
	case v.prices != nil:
		return v.prices.head()
	}
	return kit.Head{Title: l.T(deskLists), Acts: []app.UI{
		&ui.Button{ID: "list-new", Label: l.T(listNew), Kind: ui.Primary, Class: "head-end",
			OnPress: v.d.Press(func() { v.editList(nil) })}}}
}

// Draw draws what Head names.
func (v *listsView) Draw() app.UI {
	switch {
	case v.form != nil:
		return v.form.draw()
	case v.prices != nil:
		return v.prices.draw()
	}
	return app.Div().Class("list-page").Body(
		app.Div().Class("strip").Aria("live", "polite").Body(v.news()),
		v.data.Draw(v.d, func(data *wire.PriceLists) app.UI {
			return app.Div().Class("list-parts").Body(v.drawLists(data.Lists), v.drawWhen(), v.drawLaws(data.Regulations))
		}),
	)
}

func (v *listsView) news() app.UI {
	switch {
	case v.turned.Fault() != nil:
		return v.d.ErrorBox(v.turned.Fault())
	case v.said != "":
		return ui.Toast(ui.Good, v.said, app.Span().Hidden(true))
	}
	return app.P().Class("muted").Text(v.d.Lang.T(listsHow))
}

func (v *listsView) drawLists(list []wire.PriceList) app.UI {
	if len(list) == 0 {
		return app.Div().Class("list-empty").Body(ui.EmptyState("≣", v.d.Lang.T(listsNone), v.d.Lang.T(listsNoneHow)))
	}
	return app.Div().Class("items").Body(app.Range(list).Slice(func(i int) app.UI { return v.drawList(list[i]) }))
}

// drawList is one row of the page.
func (v *listsView) drawList(row wire.PriceList) app.UI {
	d, l, list := v.d, v.d.Lang, row.List
	facts := []string{listFor(list.Who, l), l.T(listPricesCount, "n", row.Prices)}
	if len(list.Stores) > 0 {
		facts = append(facts, d.Chosen(list.Stores, d.Stores))
	}
	second := []string{ruleform.WhenText(d, list.When), l.T(i18n.PromoPriorityIs, "n", strconv.Itoa(list.Priority))}
	if list.Priority > 0 {
		second = append(second, l.T(listDearer))
	}
	if list.Final {
		second = append(second, l.T(listFinal))
	}
	id := "-" + list.ID
	return app.Div().Class(ruleClass(row.Stopped)).DataSet("list", list.ID).Body(
		app.Div().Class("item-what").Body(
			app.Span().Class("item-name").Text(list.Name.In(string(l))),
			app.Span().Class("item-facts").Text(strings.Join(facts, " · ")),
			app.Span().Class("item-facts").Text(strings.Join(second, " · ")),
		),
		app.Div().Class("form-acts").Body(
			&ui.Button{ID: "list-prices" + id, Label: l.T(listOpen), OnPress: d.Press(func() { v.openPrices(list) })},
			&ui.Button{ID: "list-edit" + id, Label: l.T(i18n.PromoEdit), Kind: ui.Quiet, OnPress: d.Press(func() { v.editList(&row) })},
			v.stopButton("list-stop"+id, row.Stopped, func() { v.turned.Save(d, v.writeList(list, !row.Stopped), v.take) }),
		),
	)
}

// ruleClass is the class of a rule's row; one that is stopped is pale.
func ruleClass(stopped bool) string {
	if stopped {
		return "item item-rule item-off"
	}
	return "item item-rule"
}

// stopButton ends a rule, or lets it run again.
func (v *listsView) stopButton(id string, stopped bool, turn func()) app.UI {
	name := i18n.PromoStop
	if stopped {
		name = i18n.PromoResume
	}
	return &ui.Button{ID: id, Label: v.d.Lang.T(name), Kind: ui.Quiet, Disabled: v.turned.Busy(), OnPress: v.d.Press(turn)}
}

// listFor names the customers of a list.
func listFor(who pricing.Who, l i18n.Lang) string {
	switch {
	case len(who.Groups) > 0:
		return strings.Join(who.Groups, ", ")
	case who.Card:
		return l.T(listCardOnly)
	}
	return l.T(listEverybody)
}
