package desk

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/syncproto"
)

// lawForm is a regulated price being made.
type lawForm struct {
	v       *listsView
	id      string
	version int
	stopped bool
	ru, en  string
	from    string // dates
	until   string
	stores  []string
	goods   goodsDraft
	except  goodsDraft
	least   string
	most    string
	fixed   bool
	saving  bool
	wrong   *errcode.Error
	found   pricing.Problems
}

// drawLaws lists regulated prices, with what the shelves have against them.
func (v *listsView) drawLaws() app.UI {
	d, l := v.d, v.d.lang
	body := []app.UI{
		d.drawHead(
			app.H2().Class("desk-title").Text(l.T(i18n.LawTitle)),
			&ui.Button{ID: "law-new", Label: l.T(i18n.LawNew), Class: "promo-new", OnPress: d.press(func() { v.editLaw(nil) })}),
		app.P().Class("muted").Text(l.T(i18n.LawHow)),
	}
	if len(v.data.Regulations) == 0 && !v.busy && v.fault == nil {
		body = append(body, app.Div().Class("promo-empty").Body(ui.EmptyState("§", l.T(i18n.LawNone), l.T(i18n.LawNoneHow))))
	}
	rows := []app.UI{}
	for _, g := range v.data.Regulations {
		rows = append(rows, v.drawLaw(g))
	}
	return app.Section().Class("laws").Body(append(body, app.Div().Class("products").Body(rows...))...)
}

func (v *listsView) drawLaw(row syncproto.Regulation) app.UI {
	d, l, g := v.d, v.d.lang, row.Regulation
	facts := []string{v.fields("law-").goodsText(g.Goods)}
	if g.Min > 0 {
		facts = append(facts, l.T(i18n.WhyLawMin, "sum", l.Sum(g.Min, d.currency())))
	}
	if g.Max > 0 {
		facts = append(facts, l.T(i18n.WhyLawMax, "sum", l.Sum(g.Max, d.currency())))
	}
	if g.Fixed {
		facts = append(facts, l.T(i18n.WhyLawFixed))
	}
	var against []string
	if row.Below > 0 {
		against = append(against, l.T(i18n.LawBelow, "n", row.Below))
	}
	if row.Above > 0 {
		against = append(against, l.T(i18n.LawAbove, "n", row.Above))
	}
	stop := i18n.PromoStop
	if row.Stopped {
		stop = i18n.PromoResume
	}
	return app.Div().Class("product promo").DataSet("law", g.ID).DataSet("stopped", row.Stopped).Body(
		app.Div().Class("promo-what").Body(
			app.Span().Class("promo-name").Text(g.Name.In(string(l))),
			app.Span().Class("promo-facts").Text(strings.Join(facts, " · ")),
			app.Span().Class("promo-facts").Text(d.whenText(pricing.When{From: g.From, Until: g.Until})),
			app.Span().Class("promo-facts law-against").Text(strings.Join(against, " · ")),
		),
		app.Div().Class("promo-acts").Body(
			&ui.Button{ID: "law-edit-" + g.ID, Label: l.T(i18n.PromoEdit), Kind: ui.Quiet, OnPress: d.press(func() { v.editLaw(&row) })},
			&ui.Button{ID: "law-stop-" + g.ID, Label: l.T(stop), Kind: ui.Quiet, OnPress: d.press(func() { v.saveLaw(g, !row.Stopped, nil) })},
		),
	)
}

// editLaw opens the form, for a new rule when row is nil.
func (v *listsView) editLaw(row *syncproto.Regulation) {
	v.rev++
	v.said = ""
	if row == nil {
		v.law = &lawForm{v: v, id: "g" + strconv.FormatInt(v.d.now().UnixMilli(), 36), from: v.d.today()}
		return
	}
	g := row.Regulation
	v.law = &lawForm{v: v, id: g.ID, version: g.Version, stopped: row.Stopped, ru: g.Name.RU, en: g.Name.EN, from: g.From, until: g.Until,
		stores: slices.Clone(g.Stores), goods: goodsDraftOf(g.Goods), fixed: g.Fixed, least: boundText(g.Min), most: boundText(g.Max)}
	if g.Goods.Not != nil {
		v.law.except = goodsDraftOf(*g.Goods.Not)
	}
}

// boundText writes a bound, nothing for none.
func boundText(a money.Amount) string {
	if a == 0 {
		return ""
	}
	return figureText(int64(a))
}

// regulation is what the form says.
func (f *lawForm) regulation() pricing.Regulation {
	g := pricing.Regulation{ID: f.id, Version: f.version, Name: catalogue.Text{RU: strings.TrimSpace(f.ru), EN: strings.TrimSpace(f.en)},
		From: f.from, Until: f.until, Stores: slices.Clone(f.stores), Goods: f.goods.goods(), Fixed: f.fixed}
	if strings.TrimSpace(f.least) != "" {
		g.Min = amountOf(f.least, f.v.d.currency())
	}
	if strings.TrimSpace(f.most) != "" {
		g.Max = amountOf(f.most, f.v.d.currency())
	}
	if !f.except.empty() {
		except := f.except.goods()
		g.Goods.Not = &except
	}
	return g
}

func (v *listsView) saveLaw(g pricing.Regulation, stopped bool, form *lawForm) {
	text, err := json.Marshal(g)
	if err != nil {
		v.fault = errcode.As(err)
		return
	}
	call(v.d, func(ctx context.Context) (syncproto.SavedRegulation, error) {
		return v.d.office.Server.SaveRegulation(ctx, text, stopped)
	}, func(saved syncproto.SavedRegulation, e *errcode.Error) {
		if form != nil {
			form.saving, form.wrong, form.found = false, e, saved.Problems
		} else {
			v.fault = e
		}
		if e != nil || saved.Regulation == nil {
			return
		}
		v.law = nil
		v.said = v.d.lang.T(i18n.ListSaved, "name", saved.Regulation.Regulation.Name.In(string(v.d.lang)))
		at := slices.IndexFunc(v.data.Regulations, func(g syncproto.Regulation) bool { return g.Regulation.ID == saved.Regulation.Regulation.ID })
		if at < 0 {
			v.data.Regulations = append(v.data.Regulations, *saved.Regulation)
			return
		}
		v.data.Regulations[at] = *saved.Regulation
	})
}

func (f *lawForm) draw() app.UI {
	v, d, l := f.v, f.v.d, f.v.d.lang
	set := v.fields("law-")
	set.edited = func() { f.found, f.wrong = nil, nil; d.rev++ }
	title, rouble := l.T(i18n.LawNew), l.Symbol(d.currency())
	if f.version > 0 {
		title = f.regulation().Name.In(string(l))
	}
	problems := append(slices.Clone(f.found), problemsOf(pricing.Set{Regulations: []pricing.Regulation{f.regulation()}}, "regulations[0].")...)
	return app.Div().Class("promos promo-form").Body(
		d.drawHead(app.H1().Class("desk-title").Text(title)),
		app.Div().Class("promo-fields").Body(
			fields(set.input("ru", i18n.PromoName, &f.ru, "text", ""), set.input("en", i18n.PromoNameEN, &f.en, "text", "")),
			set.part(i18n.PromoGoods, set.goods("", &f.goods, true, false)),
			set.part(i18n.PromoExcept, set.goods("except-", &f.except, false, false)),
			set.part(i18n.LawTitle,
				fields(set.input("least", i18n.LawMin, &f.least, "decimal", rouble), set.input("most", i18n.LawMax, &f.most, "decimal", rouble)),
				app.Div().Class("choices-row").Body(set.toggle("fixed", i18n.LawFixed, &f.fixed))),
			set.part(i18n.PromoWhen, fields(set.date("start", i18n.PromoStart, &f.from), set.date("end", i18n.PromoEnd, &f.until)),
				app.Div().Class("choices-row").Body(set.storesMenu(&f.stores))),
			d.drawProblems(problems),
			d.errorBox(f.wrong),
			app.Div().Class("promo-acts").Body(
				&ui.Button{ID: "law-back", Label: l.T(i18n.Cancel), OnPress: d.press(func() { v.law = nil })},
				&ui.Button{ID: "law-save", Label: l.T(i18n.PromoSave), Kind: ui.Primary, Disabled: len(problems) > 0 || f.saving, OnPress: d.press(func() {
					f.saving = true
					v.saveLaw(f.regulation(), f.stopped, f)
				})},
			),
		),
	)
}
