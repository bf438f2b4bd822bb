// Package ruleform is fields of forms about rules: which goods, whom, when, at
// which stores; and what such a rule says in words. Promotions, price lists,
// regulated prices and rules of sale share it.
package ruleform

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// Fieldset is fields of a form that promotions, price lists and regulated prices
// share. id begins the IDs of its elements.
type Fieldset struct {
	D       *kit.Desk
	ID      string
	Rev     *int   // rises when the program sets texts
	Edited  func() // hears of every change
	Tree    []catalogue.Category
	Groups  []string // of customers, that are known
	Article *Articles
}

// Articles is what the pages know of goods by their numbers, and the search of
// the moment.
type Articles struct {
	names map[catalogue.SKU]catalogue.Text
	asked map[catalogue.SKU]bool
	Field string // that the found goods belong to
	Text  string
	found []wire.PricedProduct
	busy  bool
	round int
}

// GoodsDraft is a selection of goods as a form has it.
type GoodsDraft struct {
	All        bool
	Categories []string
	SKUs       []string
	Marks      string // codes of markdown labels
}

func GoodsDraftOf(g pricing.Goods) GoodsDraft {
	draft := GoodsDraft{All: g.All, Categories: slices.Clone(g.Categories), Marks: strings.Join(g.Marks, ", ")}
	for _, sku := range g.SKUs {
		draft.SKUs = append(draft.SKUs, string(sku))
	}
	return draft
}

// Goods is the selection that the draft says.
func (g *GoodsDraft) Goods() pricing.Goods {
	if g.All {
		return pricing.Goods{All: true}
	}
	goods := pricing.Goods{Categories: slices.Clone(g.Categories), Marks: List(g.Marks)}
	for _, sku := range g.SKUs {
		goods.SKUs = append(goods.SKUs, catalogue.SKU(sku))
	}
	return goods
}

func (g *GoodsDraft) Empty() bool {
	return !g.All && len(g.Categories) == 0 && len(g.SKUs) == 0 && strings.TrimSpace(g.Marks) == ""
}

// Input is a field of text.
func (f *Fieldset) Input(id string, label *i18n.Message, value *string, mode, unit string) app.UI {
	return &ui.Field{ID: f.ID + id, Label: f.D.Lang.T(label), Value: *value, Rev: *f.Rev, Mode: mode, Unit: unit,
		OnText: func(_ app.Context, text string) { *value = text; f.Edited() }}
}

func (f *Fieldset) Date(id string, label *i18n.Message, value *string) app.UI {
	return &kit.DateField{ID: f.ID + id, Label: f.D.Lang.T(label), Value: *value, OnDate: func(text string) { *value = text; f.Edited() }}
}

func (f *Fieldset) Toggle(id string, label *i18n.Message, value *bool) app.UI {
	return f.D.Choice(f.ID+id, f.D.Lang.T(label), *value, func() { *value = !*value; f.Edited() })
}

// Weekdays chooses days of the week.
func (f *Fieldset) Weekdays(days *[]int) app.UI {
	body := []app.UI{}
	for i, name := range i18n.Weekdays {
		body = append(body, f.D.Choice(f.ID+"day-"+string(rune('1'+i)), f.D.Lang.T(name), slices.Contains(*days, i+1), func() {
			*days = ToggledDay(*days, i+1)
			f.Edited()
		}))
	}
	return app.Div().Class("choices-row form-days").Body(body...)
}

func ToggledDay(days []int, day int) []int {
	if i := slices.Index(days, day); i >= 0 {
		return slices.Delete(slices.Clone(days), i, i+1)
	}
	days = append(slices.Clone(days), day)
	slices.Sort(days)
	return days
}

// When chooses dates, days and hours.
func (f *Fieldset) When(w *WhenDraft) app.UI {
	return f.Part(i18n.PromoWhen,
		kit.Fields(f.Date("start", i18n.PromoStart, &w.Start), f.Date("end", i18n.PromoEnd, &w.End),
			f.Input("hour-from", i18n.PromoHourFrom, &w.HourFrom, "text", ""), f.Input("hour-to", i18n.PromoHourTo, &w.HourTo, "text", "")),
		f.Weekdays(&w.Days))
}

// WhenDraft is when something counts, as a form has it.
type WhenDraft struct {
	Start, End       string // dates
	Days             []int
	HourFrom, HourTo string
}

func WhenDraftOf(w pricing.When) WhenDraft {
	draft := WhenDraft{Start: w.From, End: w.Until, Days: slices.Clone(w.Days)}
	if len(w.Hours) > 0 {
		draft.HourFrom, draft.HourTo = w.Hours[0].From, w.Hours[0].To
	}
	return draft
}

func (w *WhenDraft) When() pricing.When {
	when := pricing.When{From: w.Start, Until: w.End, Days: slices.Clone(w.Days)}
	if w.HourFrom != "" || w.HourTo != "" {
		when.Hours = []pricing.Span{{From: w.HourFrom, To: w.HourTo}}
	}
	return when
}

// WhoFields choose customers: by groups that are known, or others by name.
func (f *Fieldset) WhoFields(groups *string, card *bool) app.UI {
	row := []app.UI{f.Toggle("card", promoCard, card)}
	chosen := List(*groups)
	for _, group := range f.Groups {
		row = append(row, f.D.Choice(f.ID+"group-"+group, group, slices.Contains(chosen, group), func() {
			*groups = strings.Join(kit.Toggled(List(*groups), group), ", ")
			*f.Rev++
			f.Edited()
		}))
	}
	return app.Div().Class("form-body").Body(
		app.Div().Class("choices-row").Body(row...),
		kit.Fields(f.Input("groups", promoGroups, groups, "text", "")),
	)
}

// StoresMenu chooses stores; none are all.
func (f *Fieldset) StoresMenu(stores *[]string) app.UI {
	d := f.D
	return d.FilterMenu(f.ID+"stores", d.Lang.T(i18n.PromoStores), d.Chosen(*stores, d.Stores), func() app.UI {
		options := []app.UI{}
		for _, v := range d.Stores {
			options = append(options, d.Option(f.ID+"store-"+v.Key, d.DimName(v.Key, d.Stores), slices.Contains(*stores, v.Key), func() {
				*stores = kit.Toggled(*stores, v.Key)
				f.Edited()
			}))
		}
		return app.Div().Class("options options-long").Body(options...)
	})
}

// Goods chooses goods: all, or categories, articles that a search finds, and
// those with markdown labels.
func (f *Fieldset) Goods(id string, g *GoodsDraft, all, marks bool) app.UI {
	l := f.D.Lang
	body := []app.UI{}
	if all {
		body = append(body, app.Div().Class("choices-row").Body(
			f.D.Choice(f.ID+id+"all", l.T(promoGoodsAll), g.All, func() { g.All = true; f.Edited() }),
			f.D.Choice(f.ID+id+"some", l.T(promoGoodsSome), !g.All, func() { g.All = false; f.Edited() }),
		))
	}
	if g.All {
		return app.Div().Class("form-body").Body(body...)
	}
	row := []app.UI{f.categories(id+"goods", &g.Categories), f.search(id, g)}
	if marks {
		row = append(row, f.Input(id+"marks", i18n.PromoMarks, &g.Marks, "text", ""))
	}
	body = append(body, kit.Fields(row...), f.FoundGoods(id, g), f.chosenGoods(id, g))
	return app.Div().Class("form-body").Body(body...)
}

// categories is a choice of categories in the order of the tree.
func (f *Fieldset) categories(id string, chosen *[]string) app.UI {
	d := f.D
	value := f.GoodsText(pricing.Goods{Categories: *chosen})
	if value == "" {
		value = "—"
	}
	return d.FilterMenu(f.ID+id, d.Lang.T(i18n.PromoCategories), value, func() app.UI {
		options := []app.UI{}
		var below func(parent, indent string)
		below = func(parent, indent string) {
			for _, c := range f.Tree {
				if c.Parent != parent || len(indent) > 30 {
					continue
				}
				options = append(options, d.Option(f.ID+id+"-"+c.ID, indent+c.Name.In(string(d.Lang)), slices.Contains(*chosen, c.ID), func() {
					*chosen = kit.Toggled(*chosen, c.ID)
					f.Edited()
				}))
				below(c.ID, indent+"\u2003")
			}
		}
		below("", "")
		return app.Div().Class("options options-long").Body(options...)
	})
}

// search is the field that finds articles. Enter takes numbers as they are:
// a list of them can be pasted.
func (f *Fieldset) search(id string, g *GoodsDraft) app.UI {
	a, value := f.Article, ""
	if a.Field == f.ID+id {
		value = a.Text
	}
	return &ui.Field{ID: f.ID + id + "skus", Label: f.D.Lang.T(i18n.PromoSKUs), Value: value, Rev: *f.Rev, Mode: "search", Unit: "⌕",
		OnText: func(_ app.Context, text string) {
			a.Field, a.Text = f.ID+id, text
			f.D.Rev++
			f.Find()
		},
		OnEnter: f.D.Press(func() {
			for _, sku := range List(a.Text) {
				f.Add(g, sku)
			}
		})}
}

// Find asks for goods with the text of the search.
func (f *Fieldset) Find() {
	a := f.Article
	a.round++
	round, text := a.round, strings.TrimSpace(a.Text)
	if a.found = nil; len([]rune(text)) < 2 {
		return
	}
	a.busy = true
	kit.Call(f.D, office.Asking(f.D.Office.Server, wire.GetProducts, wire.FindProducts{Text: text, Limit: 8}),
		func(page wire.Products, e *errcode.Error) {
			if a.round != round {
				return
			}
			a.busy = false
			if e == nil {
				a.found = page.Products
				for _, p := range page.Products {
					a.Name(p.SKU, p.Name)
				}
			}
		})
}

// Add puts an article among the goods and empties the search.
func (f *Fieldset) Add(g *GoodsDraft, sku string) {
	if !slices.Contains(g.SKUs, sku) {
		g.SKUs = append(slices.Clone(g.SKUs), sku)
	}
	f.Article.Text, f.Article.found = "", nil
	*f.Rev++
	f.Edited()
}

func (a *Articles) Name(sku catalogue.SKU, name catalogue.Text) {
	if a.names == nil {
		a.names = map[catalogue.SKU]catalogue.Text{}
	}
	a.names[sku] = name
}

// FoundGoods offers what the search found.
func (f *Fieldset) FoundGoods(id string, g *GoodsDraft) app.UI {
	a := f.Article
	if a.Field != f.ID+id || len(a.found) == 0 {
		return app.Span().Hidden(true)
	}
	options := []app.UI{}
	for _, p := range a.found {
		label := string(p.SKU) + " · " + p.Name.In(string(f.D.Lang))
		if p.Price != nil {
			label += " · " + f.D.Lang.Sum(p.Price.Amount, f.D.Currency())
		}
		options = append(options, f.D.Option(f.ID+id+"add-"+string(p.SKU), label, slices.Contains(g.SKUs, string(p.SKU)),
			func() { f.Add(g, string(p.SKU)) }))
	}
	return app.Div().Class("options picked-found").Body(options...)
}

// pickedMax is how many chosen articles are shown by name.
const pickedMax = 24

// chosenGoods shows the chosen articles; a press takes one out.
func (f *Fieldset) chosenGoods(id string, g *GoodsDraft) app.UI {
	if len(g.SKUs) == 0 {
		return app.Span().Hidden(true)
	}
	chips := []app.UI{}
	for i, sku := range g.SKUs {
		if i == pickedMax {
			chips = append(chips, app.Span().Class("muted").Text(f.D.Lang.T(promoArticlesMore, "n", len(g.SKUs)-pickedMax)))
			break
		}
		chips = append(chips, &ui.Button{ID: f.ID + id + "drop-" + sku, Label: f.ArticleName(catalogue.SKU(sku)) + " ✕", Class: "chip",
			Name: f.D.Lang.T(i18n.FilterRemove, "name", sku), OnPress: f.D.Press(func() {
				g.SKUs = slices.DeleteFunc(slices.Clone(g.SKUs), func(have string) bool { return have == sku })
				f.Edited()
			})})
	}
	return app.Div().Class("picked").Body(chips...)
}

// ArticleName is number and name; the name is asked for when it is not known.
func (f *Fieldset) ArticleName(sku catalogue.SKU) string {
	a := f.Article
	if name, known := a.names[sku]; known {
		return string(sku) + " " + name.In(string(f.D.Lang))
	}
	if a.asked == nil {
		a.asked = map[catalogue.SKU]bool{}
	}
	if !a.asked[sku] {
		a.asked[sku] = true
		kit.Call(f.D, office.Asking(f.D.Office.Server, wire.GetProducts, wire.FindProducts{Text: string(sku), Limit: 1}),
			func(page wire.Products, e *errcode.Error) {
				if e == nil && len(page.Products) == 1 && page.Products[0].SKU == sku {
					a.Name(sku, page.Products[0].Name)
				}
			})
	}
	return string(sku)
}

// GoodsText names a selection.
func (f *Fieldset) GoodsText(g pricing.Goods) string {
	l := f.D.Lang
	if g.All {
		text := l.T(promoAllGoods)
		if g.Not != nil {
			text += l.T(promoExceptShort, "goods", f.GoodsText(*g.Not))
		}
		return text
	}
	var names []string
	for _, id := range g.Categories {
		names = append(names, categoryIn(f.Tree, id, string(l)))
	}
	switch n := len(g.SKUs); {
	case n == 1:
		names = append(names, f.ArticleName(g.SKUs[0]))
	case n > 1:
		names = append(names, l.T(i18n.PromoArticles, "n", n))
	}
	for _, mark := range g.Marks {
		names = append(names, l.T(i18n.PromoMark, "code", mark))
	}
	text := strings.Join(names, ", ")
	if g.Not != nil {
		text += l.T(promoExceptShort, "goods", f.GoodsText(*g.Not))
	}
	return text
}

// categoryIn names a category of a tree.
func categoryIn(tree []catalogue.Category, id, lang string) string {
	for _, c := range tree {
		if c.ID == id {
			return c.Name.In(lang)
		}
	}
	return id
}

// Part is a group of fields with a heading.
func (f *Fieldset) Part(title *i18n.Message, body ...app.UI) app.UI {
	return kit.FieldGroup(f.D, title, body...)
}
