package desk

import (
	"context"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/syncproto"
)

// fieldset is fields of a form that promotions, price lists and regulated prices
// share. id begins the IDs of its elements.
type fieldset struct {
	d       *desk
	id      string
	rev     *int   // rises when the program sets texts
	edited  func() // hears of every change
	tree    []catalogue.Category
	groups  []string // of customers, that are known
	article *articles
}

// articles is what the pages know of goods by their numbers, and the search of
// the moment.
type articles struct {
	names map[catalogue.SKU]catalogue.Text
	asked map[catalogue.SKU]bool
	field string // that the found goods belong to
	text  string
	found []syncproto.PricedProduct
	busy  bool
	round int
}

// goodsDraft is a selection of goods as a form has it.
type goodsDraft struct {
	All        bool
	Categories []string
	SKUs       []string
	Marks      string // codes of markdown labels
}

func goodsDraftOf(g pricing.Goods) goodsDraft {
	draft := goodsDraft{All: g.All, Categories: slices.Clone(g.Categories), Marks: strings.Join(g.Marks, ", ")}
	for _, sku := range g.SKUs {
		draft.SKUs = append(draft.SKUs, string(sku))
	}
	return draft
}

// goods is the selection that the draft says.
func (g *goodsDraft) goods() pricing.Goods {
	if g.All {
		return pricing.Goods{All: true}
	}
	goods := pricing.Goods{Categories: slices.Clone(g.Categories), Marks: list(g.Marks)}
	for _, sku := range g.SKUs {
		goods.SKUs = append(goods.SKUs, catalogue.SKU(sku))
	}
	return goods
}

func (g *goodsDraft) empty() bool {
	return !g.All && len(g.Categories) == 0 && len(g.SKUs) == 0 && strings.TrimSpace(g.Marks) == ""
}

// input is a field of text.
func (f *fieldset) input(id string, label *i18n.Message, value *string, mode, unit string) app.UI {
	return &ui.Field{ID: f.id + id, Label: f.d.lang.T(label), Value: *value, Rev: *f.rev, Mode: mode, Unit: unit,
		OnText: func(_ app.Context, text string) { *value = text; f.edited() }}
}

func (f *fieldset) date(id string, label *i18n.Message, value *string) app.UI {
	return &dateField{ID: f.id + id, Label: f.d.lang.T(label), Value: *value, OnDate: func(text string) { *value = text; f.edited() }}
}

func (f *fieldset) toggle(id string, label *i18n.Message, value *bool) app.UI {
	return f.d.choice(f.id+id, f.d.lang.T(label), *value, func() { *value = !*value; f.edited() })
}

// days chooses days of the week.
func (f *fieldset) days(days *[]int) app.UI {
	body := []app.UI{}
	for i, name := range i18n.Weekdays {
		body = append(body, f.d.choice(f.id+"day-"+string(rune('1'+i)), f.d.lang.T(name), slices.Contains(*days, i+1), func() {
			*days = toggledDay(*days, i+1)
			f.edited()
		}))
	}
	return app.Div().Class("choices-row promo-days").Body(body...)
}

func toggledDay(days []int, day int) []int {
	if i := slices.Index(days, day); i >= 0 {
		return slices.Delete(slices.Clone(days), i, i+1)
	}
	days = append(slices.Clone(days), day)
	slices.Sort(days)
	return days
}

// when chooses dates, days and hours.
func (f *fieldset) when(w *whenDraft) app.UI {
	return f.part(i18n.PromoWhen,
		fields(f.date("start", i18n.PromoStart, &w.Start), f.date("end", i18n.PromoEnd, &w.End),
			f.input("hour-from", i18n.PromoHourFrom, &w.HourFrom, "text", ""), f.input("hour-to", i18n.PromoHourTo, &w.HourTo, "text", "")),
		f.days(&w.Days))
}

// whenDraft is when something counts, as a form has it.
type whenDraft struct {
	Start, End       string // dates
	Days             []int
	HourFrom, HourTo string
}

func whenDraftOf(w pricing.When) whenDraft {
	draft := whenDraft{Start: w.From, End: w.Until, Days: slices.Clone(w.Days)}
	if len(w.Hours) > 0 {
		draft.HourFrom, draft.HourTo = w.Hours[0].From, w.Hours[0].To
	}
	return draft
}

func (w *whenDraft) when() pricing.When {
	when := pricing.When{From: w.Start, Until: w.End, Days: slices.Clone(w.Days)}
	if w.HourFrom != "" || w.HourTo != "" {
		when.Hours = []pricing.Span{{From: w.HourFrom, To: w.HourTo}}
	}
	return when
}

// whoFields choose customers: by groups that are known, or others by name.
func (f *fieldset) whoFields(groups *string, card *bool) app.UI {
	row := []app.UI{f.toggle("card", i18n.PromoCard, card)}
	chosen := list(*groups)
	for _, group := range f.groups {
		row = append(row, f.d.choice(f.id+"group-"+group, group, slices.Contains(chosen, group), func() {
			*groups = strings.Join(toggled(list(*groups), group), ", ")
			*f.rev++
			f.edited()
		}))
	}
	return app.Div().Class("promo-body").Body(
		app.Div().Class("choices-row").Body(row...),
		fields(f.input("groups", i18n.PromoGroups, groups, "text", "")),
	)
}

// storesMenu chooses stores; none are all.
func (f *fieldset) storesMenu(stores *[]string) app.UI {
	d := f.d
	return d.filterMenu(f.id+"stores", d.lang.T(i18n.PromoStores), d.chosen(*stores, d.stores), func() app.UI {
		options := []app.UI{}
		for _, v := range d.stores {
			options = append(options, d.option(f.id+"store-"+v.Key, d.dimName(v.Key, d.stores), slices.Contains(*stores, v.Key), func() {
				*stores = toggled(*stores, v.Key)
				f.edited()
			}))
		}
		return app.Div().Class("options options-long").Body(options...)
	})
}

// goods chooses goods: all, or categories, articles that a search finds, and
// those with markdown labels.
func (f *fieldset) goods(id string, g *goodsDraft, all, marks bool) app.UI {
	l := f.d.lang
	body := []app.UI{}
	if all {
		body = append(body, app.Div().Class("choices-row").Body(
			f.d.choice(f.id+id+"all", l.T(i18n.PromoGoodsAll), g.All, func() { g.All = true; f.edited() }),
			f.d.choice(f.id+id+"some", l.T(i18n.PromoGoodsSome), !g.All, func() { g.All = false; f.edited() }),
		))
	}
	if g.All {
		return app.Div().Class("promo-body").Body(body...)
	}
	row := []app.UI{f.categories(id+"goods", &g.Categories), f.search(id, g)}
	if marks {
		row = append(row, f.input(id+"marks", i18n.PromoMarks, &g.Marks, "text", ""))
	}
	body = append(body, fields(row...), f.foundGoods(id, g), f.chosenGoods(id, g))
	return app.Div().Class("promo-body").Body(body...)
}

// categories is a choice of categories in the order of the tree.
func (f *fieldset) categories(id string, chosen *[]string) app.UI {
	d := f.d
	value := f.goodsText(pricing.Goods{Categories: *chosen})
	if value == "" {
		value = "—"
	}
	return d.filterMenu(f.id+id, d.lang.T(i18n.PromoCategories), value, func() app.UI {
		options := []app.UI{}
		var below func(parent, indent string)
		below = func(parent, indent string) {
			for _, c := range f.tree {
				if c.Parent != parent || len(indent) > 30 {
					continue
				}
				options = append(options, d.option(f.id+id+"-"+c.ID, indent+c.Name.In(string(d.lang)), slices.Contains(*chosen, c.ID), func() {
					*chosen = toggled(*chosen, c.ID)
					f.edited()
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
func (f *fieldset) search(id string, g *goodsDraft) app.UI {
	a, value := f.article, ""
	if a.field == f.id+id {
		value = a.text
	}
	return &ui.Field{ID: f.id + id + "skus", Label: f.d.lang.T(i18n.PromoSKUs), Value: value, Rev: *f.rev, Mode: "search", Unit: "⌕",
		OnText: func(_ app.Context, text string) {
			a.field, a.text = f.id+id, text
			f.d.rev++
			f.find()
		},
		OnEnter: f.d.press(func() {
			for _, sku := range list(a.text) {
				f.add(g, sku)
			}
		})}
}

// find asks for goods with the text of the search.
func (f *fieldset) find() {
	a := f.article
	a.round++
	round, text := a.round, strings.TrimSpace(a.text)
	if a.found = nil; len([]rune(text)) < 2 {
		return
	}
	a.busy = true
	call(f.d, func(ctx context.Context) (syncproto.Products, error) {
		return f.d.office.Server.Products(ctx, text, "", 0, 8)
	}, func(page syncproto.Products, e *errcode.Error) {
		if a.round != round {
			return
		}
		a.busy = false
		if e == nil {
			a.found = page.Products
			for _, p := range page.Products {
				a.name(p.SKU, p.Name)
			}
		}
	})
}

// add puts an article among the goods and empties the search.
func (f *fieldset) add(g *goodsDraft, sku string) {
	if !slices.Contains(g.SKUs, sku) {
		g.SKUs = append(slices.Clone(g.SKUs), sku)
	}
	f.article.text, f.article.found = "", nil
	*f.rev++
	f.edited()
}

func (a *articles) name(sku catalogue.SKU, name catalogue.Text) {
	if a.names == nil {
		a.names = map[catalogue.SKU]catalogue.Text{}
	}
	a.names[sku] = name
}

// foundGoods offers what the search found.
func (f *fieldset) foundGoods(id string, g *goodsDraft) app.UI {
	a := f.article
	if a.field != f.id+id || len(a.found) == 0 {
		return app.Span().Hidden(true)
	}
	options := []app.UI{}
	for _, p := range a.found {
		label := string(p.SKU) + " · " + p.Name.In(string(f.d.lang))
		if p.Price != nil {
			label += " · " + f.d.lang.Sum(p.Price.Amount, f.d.currency())
		}
		options = append(options, f.d.option(f.id+id+"add-"+string(p.SKU), label, slices.Contains(g.SKUs, string(p.SKU)), func() { f.add(g, string(p.SKU)) }))
	}
	return app.Div().Class("options picked-found").Body(options...)
}

// pickedMax is how many chosen articles are shown by name.
const pickedMax = 24

// chosenGoods shows the chosen articles; a press takes one out.
func (f *fieldset) chosenGoods(id string, g *goodsDraft) app.UI {
	if len(g.SKUs) == 0 {
		return app.Span().Hidden(true)
	}
	chips := []app.UI{}
	for i, sku := range g.SKUs {
		if i == pickedMax {
			chips = append(chips, app.Span().Class("muted").Text(f.d.lang.T(i18n.PromoArticlesMore, "n", len(g.SKUs)-pickedMax)))
			break
		}
		chips = append(chips, &ui.Button{ID: f.id + id + "drop-" + sku, Label: f.articleName(catalogue.SKU(sku)) + " ✕", Class: "chip",
			Name: f.d.lang.T(i18n.FilterRemove, "name", sku), OnPress: f.d.press(func() {
				g.SKUs = slices.DeleteFunc(slices.Clone(g.SKUs), func(have string) bool { return have == sku })
				f.edited()
			})})
	}
	return app.Div().Class("picked").Body(chips...)
}

// articleName is number and name; the name is asked for when it is not known.
func (f *fieldset) articleName(sku catalogue.SKU) string {
	a := f.article
	if name, known := a.names[sku]; known {
		return string(sku) + " " + name.In(string(f.d.lang))
	}
	if a.asked == nil {
		a.asked = map[catalogue.SKU]bool{}
	}
	if !a.asked[sku] {
		a.asked[sku] = true
		call(f.d, func(ctx context.Context) (syncproto.Products, error) {
			return f.d.office.Server.Products(ctx, string(sku), "", 0, 1)
		}, func(page syncproto.Products, e *errcode.Error) {
			if e == nil && len(page.Products) == 1 && page.Products[0].SKU == sku {
				a.name(sku, page.Products[0].Name)
			}
		})
	}
	return string(sku)
}

// goodsText names a selection.
func (f *fieldset) goodsText(g pricing.Goods) string {
	l := f.d.lang
	if g.All {
		text := l.T(i18n.PromoAllGoods)
		if g.Not != nil {
			text += l.T(i18n.PromoExceptShort, "goods", f.goodsText(*g.Not))
		}
		return text
	}
	var names []string
	for _, id := range g.Categories {
		names = append(names, categoryIn(f.tree, id, string(l)))
	}
	switch n := len(g.SKUs); {
	case n == 1:
		names = append(names, f.articleName(g.SKUs[0]))
	case n > 1:
		names = append(names, l.T(i18n.PromoArticles, "n", n))
	}
	for _, mark := range g.Marks {
		names = append(names, l.T(i18n.PromoMark, "code", mark))
	}
	text := strings.Join(names, ", ")
	if g.Not != nil {
		text += l.T(i18n.PromoExceptShort, "goods", f.goodsText(*g.Not))
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

// part is a group of fields with a heading.
func (f *fieldset) part(title *i18n.Message, body ...app.UI) app.UI { return f.d.part(title, body...) }

// part is a group of fields with a heading.
func (d *desk) part(title *i18n.Message, body ...app.UI) app.UI {
	return app.Section().Class("promo-group").Body(append([]app.UI{app.H2().Class("promo-part").Text(d.lang.T(title))}, body...)...)
}

func fields(body ...app.UI) app.UI { return app.Div().Class("promo-row").Body(body...) }
