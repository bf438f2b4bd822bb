package price

import (
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// drawLaws lists regulated prices, with what the shelves have against them.
func (v *listsView) drawLaws(list []wire.Regulation) app.UI {
	d, l := v.d, v.d.Lang
	body := []app.UI{
		kit.SectionHead(l.T(lawTitle),
			&ui.Button{ID: "law-new", Label: l.T(lawNew), Class: "head-end", OnPress: d.Press(func() { v.editLaw(nil) })}),
		app.P().Class("muted").Text(l.T(lawHow)),
	}
	if len(list) == 0 {
		body = append(body, app.Div().Class("list-empty").Body(ui.EmptyState("§", l.T(lawNone), l.T(lawNoneHow))))
	} else {
		body = append(body, app.Div().Class("items").Body(app.Range(list).Slice(func(i int) app.UI { return v.drawLaw(list[i]) })))
	}
	return app.Section().Class("laws").Body(body...)
}

func (v *listsView) drawLaw(row wire.Regulation) app.UI {
	d, l, g := v.d, v.d.Lang, row.Regulation
	facts := append([]string{v.words().GoodsText(g.Goods)}, v.boundsText(g)...)
	var against []string
	if row.Below > 0 {
		against = append(against, l.T(lawBelow, "n", row.Below))
	}
	if row.Above > 0 {
		against = append(against, l.T(lawAbove, "n", row.Above))
	}
	return app.Div().Class(ruleClass(row.Stopped)).DataSet("law", g.ID).Body(
		app.Div().Class("item-what").Body(
			app.Span().Class("item-name").Text(g.Name.In(string(l))),
			app.Span().Class("item-facts").Text(strings.Join(facts, " · ")),
			app.Span().Class("item-facts").Text(ruleform.WhenText(d, pricing.When{From: g.From, Until: g.Until})),
			app.Span().Class("item-facts law-against").Text(strings.Join(against, " · ")),
		),
		app.Div().Class("form-acts").Body(
			&ui.Button{ID: "law-edit-" + g.ID, Label: l.T(i18n.PromoEdit), Kind: ui.Quiet, OnPress: d.Press(func() { v.editLaw(&row) })},
			v.stopButton("law-stop-"+g.ID, row.Stopped, func() { v.turned.Save(d, v.writeLaw(g, !row.Stopped), v.take) }),
		),
	)
}

// boundsText says how a regulated price is bounded.
func (v *listsView) boundsText(g pricing.Regulation) []string {
	l, c := v.d.Lang, v.d.Currency()
	var facts []string
	if g.Min > 0 {
		facts = append(facts, l.T(i18n.WhyLawMin, "sum", l.Sum(g.Min, c)))
	}
	if g.Max > 0 {
		facts = append(facts, l.T(i18n.WhyLawMax, "sum", l.Sum(g.Max, c)))
	}
	if g.Fixed {
		facts = append(facts, l.T(i18n.WhyLawFixed))
	}
	return facts
}

// lawDraft is a regulated price as a form has it.
type lawDraft struct {
	ruleHead

	from, until string // dates
	goods       ruleform.GoodsDraft
	except      ruleform.GoodsDraft
	least, most string
	fixed       bool
}

func lawDraftOf(row wire.Regulation, c money.Currency) lawDraft {
	g := row.Regulation
	p := lawDraft{
		ruleHead: ruleHead{id: g.ID, version: g.Version, stopped: row.Stopped, ru: g.Name.RU, en: g.Name.EN, stores: slices.Clone(g.Stores)},
		from:     g.From, until: g.Until,
		goods: ruleform.GoodsDraftOf(g.Goods), fixed: g.Fixed,
		least: ruleform.BoundText(g.Min, c), most: ruleform.BoundText(g.Max, c),
	}
	if g.Goods.Not != nil {
		p.except = ruleform.GoodsDraftOf(*g.Goods.Not)
	}
	return p
}

// law is what the draft says.
func (p *lawDraft) law(c money.Currency) pricing.Regulation {
	g := pricing.Regulation{ID: p.id, Version: p.version, Name: p.name(), From: p.from, Until: p.until, Stores: slices.Clone(p.stores),
		Goods: p.goods.Goods(), Min: ruleform.BoundOf(p.least, c), Max: ruleform.BoundOf(p.most, c), Fixed: p.fixed}
	if !p.except.Empty() {
		except := p.except.Goods()
		g.Goods.Not = &except
	}
	return g
}

// lawForm makes a regulated price.
type lawForm struct {
	kit.Form[lawDraft, written]

	v *listsView
}

// editLaw opens the form, for a new rule when row is nil.
func (v *listsView) editLaw(row *wire.Regulation) {
	f := &lawForm{v: v}
	f.Rev = v.d.Rev
	if row == nil {
		f.Draft = lawDraft{ruleHead: v.newHead("g"), from: v.d.Today()}
	} else {
		f.Draft = lawDraftOf(*row, v.d.Currency())
	}
	v.form, v.said = f, ""
}

func (f *lawForm) title() string { return f.Draft.title(lawNew, f.v.d.Lang) }

func (f *lawForm) draw() app.UI {
	v, d := f.v, f.v.d
	set := v.fields("law-", &f.Rev, func() { f.Edited(); d.Rev++ })
	p, sign := &f.Draft, d.Lang.Symbol(d.Currency())
	law := p.law(d.Currency())
	return ruleform.Draw(set, &f.Form, problemsOf(pricing.Set{Regulations: []pricing.Regulation{law}}, "regulations[0]."),
		func() { v.form = nil }, func() { f.Save(d, v.writeLaw(law, p.stopped), v.take) },
		kit.Fields(set.Input("ru", i18n.PromoName, &p.ru, "text", ""), set.Input("en", i18n.PromoNameEN, &p.en, "text", "")),
		set.Part(i18n.PromoGoods, set.Goods("", &p.goods, true, false)),
		set.Part(i18n.PromoExcept, set.Goods("except-", &p.except, false, false)),
		set.Part(lawTitle,
			kit.Fields(set.Input("least", lawMin, &p.least, "decimal", sign), set.Input("most", lawMax, &p.most, "decimal", sign)),
			app.Div().Class("choices-row").Body(set.Toggle("fixed", lawFixed, &p.fixed))),
		set.Part(i18n.PromoWhen, kit.Fields(set.Date("start", i18n.PromoStart, &p.from), set.Date("end", i18n.PromoEnd, &p.until)),
			app.Div().Class("choices-row").Body(set.StoresMenu(&p.stores))),
	)
}
