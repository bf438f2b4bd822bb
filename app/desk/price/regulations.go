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
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
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
	goods   ruleform.GoodsDraft
	except  ruleform.GoodsDraft
	least   string
	most    string
	fixed   bool
	saving  bool
	wrong   *errcode.Error
	found   pricing.Problems
}

// drawLaws lists regulated prices, with what the shelves have against them.
func (v *listsView) drawLaws() app.UI {
	d, l := v.d, v.d.Lang
	body := []app.UI{
		kit.SectionHead(l.T(i18n.LawTitle),
			&ui.Button{ID: "law-new", Label: l.T(i18n.LawNew), Class: "head-end", OnPress: d.Press(func() { v.editLaw(nil) })}),
		app.P().Class("muted").Text(l.T(i18n.LawHow)),
	}
	if len(v.data.Regulations) == 0 && !v.busy && v.fault == nil {
		body = append(body, app.Div().Class("list-empty").Body(ui.EmptyState("§", l.T(i18n.LawNone), l.T(i18n.LawNoneHow))))
	}
	rows := []app.UI{}
	for _, g := range v.data.Regulations {
		rows = append(rows, v.drawLaw(g))
	}
	return app.Section().Class("laws").Body(append(body, app.Div().Class("items").Body(rows...))...)
}

func (v *listsView) drawLaw(row wire.Regulation) app.UI {
	d, l, g := v.d, v.d.Lang, row.Regulation
	facts := []string{v.fields("law-").GoodsText(g.Goods)}
	if g.Min > 0 {
		facts = append(facts, l.T(i18n.WhyLawMin, "sum", l.Sum(g.Min, d.Currency())))
	}
	if g.Max > 0 {
		facts = append(facts, l.T(i18n.WhyLawMax, "sum", l.Sum(g.Max, d.Currency())))
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
	return app.Div().Class("item item-rule").DataSet("law", g.ID).DataSet("stopped", row.Stopped).Body(
		app.Div().Class("item-what").Body(
			app.Span().Class("item-name").Text(g.Name.In(string(l))),
			app.Span().Class("item-facts").Text(strings.Join(facts, " · ")),
			app.Span().Class("item-facts").Text(ruleform.WhenText(d, pricing.When{From: g.From, Until: g.Until})),
			app.Span().Class("item-facts law-against").Text(strings.Join(against, " · ")),
		),
		app.Div().Class("form-acts").Body(
			&ui.Button{ID: "law-edit-" + g.ID, Label: l.T(i18n.PromoEdit), Kind: ui.Quiet, OnPress: d.Press(func() { v.editLaw(&row) })},
			&ui.Button{ID: "law-stop-" + g.ID, Label: l.T(stop), Kind: ui.Quiet, OnPress: d.Press(func() { v.saveLaw(g, !row.Stopped, nil) })},
		),
	)
}

// editLaw opens the form, for a new rule when row is nil.
func (v *listsView) editLaw(row *wire.Regulation) {
	v.rev++
	v.said = ""
	if row == nil {
		v.law = &lawForm{v: v, id: "g" + strconv.FormatInt(v.d.Now().UnixMilli(), 36), from: v.d.Today()}
		return
	}
	g := row.Regulation
	v.law = &lawForm{v: v, id: g.ID, version: g.Version, stopped: row.Stopped, ru: g.Name.RU, en: g.Name.EN, from: g.From, until: g.Until,
		stores: slices.Clone(g.Stores), goods: ruleform.GoodsDraftOf(g.Goods), fixed: g.Fixed, least: boundText(g.Min), most: boundText(g.Max)}
	if g.Goods.Not != nil {
		v.law.except = ruleform.GoodsDraftOf(*g.Goods.Not)
	}
}

// boundText writes a bound, nothing for none.
func boundText(a money.Amount) string {
	if a == 0 {
		return ""
	}
	return ruleform.FigureText(int64(a))
}

// regulation is what the form says.
func (f *lawForm) regulation() pricing.Regulation {
	g := pricing.Regulation{ID: f.id, Version: f.version, Name: catalogue.Text{RU: strings.TrimSpace(f.ru), EN: strings.TrimSpace(f.en)},
		From: f.from, Until: f.until, Stores: slices.Clone(f.stores), Goods: f.goods.Goods(), Fixed: f.fixed}
	if strings.TrimSpace(f.least) != "" {
		g.Min = ruleform.AmountOf(f.least, f.v.d.Currency())
	}
	if strings.TrimSpace(f.most) != "" {
		g.Max = ruleform.AmountOf(f.most, f.v.d.Currency())
	}
	if !f.except.Empty() {
		except := f.except.Goods()
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
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.SaveRegulation, wire.RegulationChange{Regulation: text, Stopped: stopped}),
		func(saved wire.SavedRegulation, e *errcode.Error) {
			if form != nil {
				form.saving, form.wrong, form.found = false, e, saved.Problems
			} else {
				v.fault = e
			}
			if e != nil || saved.Regulation == nil {
				return
			}
			v.law = nil
			v.said = v.d.Lang.T(i18n.ListSaved, "name", saved.Regulation.Regulation.Name.In(string(v.d.Lang)))
			at := slices.IndexFunc(v.data.Regulations, func(g wire.Regulation) bool { return g.Regulation.ID == saved.Regulation.Regulation.ID })
			if at < 0 {
				v.data.Regulations = append(v.data.Regulations, *saved.Regulation)
				return
			}
			v.data.Regulations[at] = *saved.Regulation
		})
}

// title is the name of the rule, once it has one.
func (f *lawForm) title() string {
	if f.version > 0 {
		return f.regulation().Name.In(string(f.v.d.Lang))
	}
	return f.v.d.Lang.T(i18n.LawNew)
}

func (f *lawForm) draw() app.UI {
	v, d, l := f.v, f.v.d, f.v.d.Lang
	set := v.fields("law-")
	set.Edited = func() { f.found, f.wrong = nil, nil; d.Rev++ }
	rouble := l.Symbol(d.Currency())
	problems := append(slices.Clone(f.found), problemsOf(pricing.Set{Regulations: []pricing.Regulation{f.regulation()}}, "regulations[0].")...)
	return app.Div().Class("form-page").Body(
		app.Div().Class("form-fields").Body(
			kit.Fields(set.Input("ru", i18n.PromoName, &f.ru, "text", ""), set.Input("en", i18n.PromoNameEN, &f.en, "text", "")),
			set.Part(i18n.PromoGoods, set.Goods("", &f.goods, true, false)),
			set.Part(i18n.PromoExcept, set.Goods("except-", &f.except, false, false)),
			set.Part(i18n.LawTitle,
				kit.Fields(set.Input("least", i18n.LawMin, &f.least, "decimal", rouble), set.Input("most", i18n.LawMax, &f.most, "decimal", rouble)),
				app.Div().Class("choices-row").Body(set.Toggle("fixed", i18n.LawFixed, &f.fixed))),
			set.Part(i18n.PromoWhen, kit.Fields(set.Date("start", i18n.PromoStart, &f.from), set.Date("end", i18n.PromoEnd, &f.until)),
				app.Div().Class("choices-row").Body(set.StoresMenu(&f.stores))),
			ruleform.DrawProblems(d, problems, false),
			d.ErrorBox(f.wrong),
			app.Div().Class("form-acts").Body(
				&ui.Button{ID: "law-back", Label: l.T(i18n.Cancel), OnPress: d.Press(func() { v.law = nil })},
				&ui.Button{ID: "law-save", Label: l.T(i18n.PromoSave), Kind: ui.Primary, Disabled: len(problems) > 0 || f.saving, OnPress: d.Press(func() {
					f.saving = true
					v.saveLaw(f.regulation(), f.stopped, f)
				})},
			),
		),
	)
}
