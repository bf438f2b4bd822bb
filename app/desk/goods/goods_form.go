package goods

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
	"tillsight/shared/tax"
	wire "tillsight/shared/wire/office"
)

// goodForm is the card of an article being edited. Figures are kept as typed.
type goodForm struct {
	g     *goodsView
	card  wire.GoodCard
	fresh bool // a new article
	rev   int  // of the fields

	age   string
	codes []codeDraft
	parts []partDraft

	price, least, store, from string // a price to add
	problems                  []wire.GoodProblem
	fault                     *errcode.Error
	busy                      bool
}

type codeDraft struct{ code, factor string }

type partDraft struct{ sku, amount string }

func newGoodForm(g *goodsView, card wire.GoodCard) *goodForm {
	f := &goodForm{g: g, card: card, rev: 1}
	if card.Product.MinAge > 0 {
		f.age = strconv.Itoa(card.Product.MinAge)
	}
	for _, code := range card.Barcodes {
		f.codes = append(f.codes, codeDraft{strings.TrimLeft(code.GTIN, "0"), plain(g.d, code.Factor)})
	}
	for _, part := range card.Parts {
		f.parts = append(f.parts, partDraft{string(part.SKU), plain(g.d, part.Quantity)})
	}
	return f
}

// plain writes a quantity for typing: without needless decimals.
func plain(d *kit.Desk, q quantity.Milli) string {
	if d.Lang == i18n.RU {
		return strings.Replace(q.String(), ".", ",", 1)
	}
	return q.String()
}

// read makes a card of what is typed; what is no figure is a problem.
func (f *goodForm) read() (wire.GoodCard, []wire.GoodProblem) {
	var problems []wire.GoodProblem
	wrong := func(field, value string) {
		problems = append(problems, wire.GoodProblem{Field: field, Code: wire.ProblemFormat, Value: value})
	}
	card := wire.GoodCard{Product: f.card.Product, Tag: f.card.Tag, Barcodes: []catalogue.Barcode{}}
	card.Product.MinAge = 0
	if f.age != "" {
		age, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(f.age), "+"))
		if card.Product.MinAge = age; err != nil {
			wrong("min_age", f.age)
		}
	}
	for i, code := range f.codes {
		if strings.TrimSpace(code.code) == "" {
			continue
		}
		factor, err := quantity.Parse(code.factor, quantity.Kilogram)
		if err != nil {
			wrong("barcodes."+strconv.Itoa(i), code.factor)
		}
		card.Barcodes = append(card.Barcodes, catalogue.Barcode{GTIN: barcode.Key(strings.TrimSpace(code.code)), Factor: factor})
	}
	for i, part := range f.parts {
		if strings.TrimSpace(part.sku) == "" {
			continue
		}
		amount, err := quantity.Parse(part.amount, quantity.Kilogram)
		if err != nil {
			wrong("parts."+strconv.Itoa(i), part.amount)
		}
		card.Parts = append(card.Parts, catalogue.Component{SKU: catalogue.SKU(strings.TrimSpace(part.sku)), Quantity: amount})
	}
	return card, problems
}

// save writes the card, and the price that was typed beside it.
func (f *goodForm) save() {
	card, problems := f.read()
	price, wrong := f.newPrice(card.Product.SKU)
	if f.problems = append(problems, wrong...); len(f.problems) > 0 || f.busy {
		return
	}
	f.busy, f.fault = true, nil
	server := f.g.d.Office.Server
	kit.Call(f.g.d, func(ctx context.Context) (wire.SavedGood, error) {
		saved, err := office.Call(ctx, server, wire.SaveGood, wire.PutGood{SKU: card.Product.SKU, GoodCard: card})
		if err != nil || len(saved.Problems) > 0 || price == nil {
			return saved, err
		}
		_, err = office.Call(ctx, server, wire.SetPrice, *price)
		return saved, err
	}, func(saved wire.SavedGood, e *errcode.Error) {
		f.busy, f.fault, f.problems = false, e, saved.Problems
		if e == nil && saved.Card != nil {
			f.g.saved(*saved.Card)
		}
	})
}

// newPrice reads the price to add; nil when none is typed.
func (f *goodForm) newPrice(sku catalogue.SKU) (*catalogue.Price, []wire.GoodProblem) {
	if strings.TrimSpace(f.price) == "" {
		return nil, nil
	}
	d := f.g.d
	price := catalogue.Price{SKU: sku, Store: f.store}
	var problems []wire.GoodProblem
	var err error
	if price.Amount, err = d.Amount(f.price, 1); err != nil {
		problems = append(problems, wire.GoodProblem{Field: "price", Code: problemOf(err), Value: f.price})
	}
	if f.least != "" {
		if price.Min, err = d.Amount(f.least, 0); err != nil {
			problems = append(problems, wire.GoodProblem{Field: "least", Code: problemOf(err), Value: f.least})
		} else if price.Min > price.Amount {
			problems = append(problems, wire.GoodProblem{Field: "least", Code: wire.ProblemRange, Value: f.least})
		}
	}
	if f.from != "" {
		from, err := kit.Midnight(d, f.from)
		if err != nil || from.Before(d.Now().AddDate(0, 0, -1)) {
			problems = append(problems, wire.GoodProblem{Field: "from", Code: wire.ProblemFormat, Value: f.from})
		} else if from.After(d.Now()) {
			price.From = from.UnixMilli()
		}
	}
	return &price, problems
}

// draw draws the form.
func (f *goodForm) draw() app.UI {
	l, p := f.g.d.Lang, &f.card.Product
	title := l.T(goodsNew)
	if !f.fresh {
		title = p.Name.In(string(l)) + " · " + string(p.SKU)
	}
	return app.Div().Class("form-page good-form").Body(
		app.H2().Class("good-title").Body(app.Span().Class("goods-sign").Text(kit.Sign(p.Picture)), app.Span().Text(title)),
		app.Div().Class("form-columns").Body(
			app.Div().Class("form-fields").Body(
				f.drawNames(), f.drawKind(), f.drawCodes(), f.drawParts(),
				f.drawProblems(),
				f.g.d.ErrorBox(f.fault),
				app.Div().Class("form-acts").Body(
					&ui.Button{ID: "good-back", Label: l.T(i18n.Cancel), OnPress: f.g.d.Press(func() { f.g.form = nil })},
					&ui.Button{ID: "good-save", Label: l.T(i18n.GoodsSave), Kind: ui.Primary, Disabled: f.busy, OnPress: f.g.d.Press(f.save)},
				),
			),
			app.Div().Class("form-side").Body(f.drawPrices(), f.drawStock()),
		),
	)
}

// field is a line of text of the form.
func (f *goodForm) field(id string, label *i18n.Message, value *string, mode, unit string) *ui.Field {
	field := &ui.Field{ID: "good-" + id, Value: *value, Rev: f.rev, Mode: mode, Unit: unit,
		OnText: func(_ app.Context, text string) { *value = text; f.g.d.Rev++ }}
	if label != nil {
		field.Label = f.g.d.Lang.T(label)
	}
	return field
}

func (f *goodForm) drawNames() app.UI {
	p := &f.card.Product
	names := []app.UI{f.field("ru", i18n.GoodsNameRU, &p.Name.RU, "text", ""), f.field("en", i18n.GoodsNameEN, &p.Name.EN, "text", "")}
	if f.fresh {
		names = append([]app.UI{f.field("sku", goodsSKU, (*string)(&p.SKU), "text", "")}, names...)
	}
	return kit.Fields(names...)
}

var unitMessages = []struct {
	unit  quantity.Unit
	label *i18n.Message
}{{quantity.Piece, i18n.UnitPiece}, {quantity.Kilogram, i18n.UnitKilogram}, {quantity.Litre, i18n.UnitLitre}, {quantity.Metre, i18n.UnitMetre}}

var taxMessages = []struct {
	class tax.Class
	label *i18n.Message
}{{tax.Standard, taxStandard}, {tax.Reduced, taxReduced}, {tax.Zero, taxZero}, {tax.None, taxNone}}

func (f *goodForm) drawKind() app.UI {
	d, l, p := f.g.d, f.g.d.Lang, &f.card.Product
	var units, taxes []app.UI
	for _, u := range unitMessages {
		units = append(units, d.Choice("good-unit-"+string(u.unit), l.T(u.label), p.Unit == u.unit, func() { p.Unit = u.unit }))
	}
	for _, t := range taxMessages {
		taxes = append(taxes, d.Choice("good-tax-"+string(t.class), l.T(t.label), p.Tax == t.class, func() { p.Tax = t.class }))
	}
	return app.Div().Class("form-body").Body(
		app.Div().Class("field-row good-category").Body(
			d.FilterMenu("good-category", l.T(i18n.GoodsCategory), f.g.categoryName(p.Category), func() app.UI {
				return ruleform.CategoryOptions(d, "good-category", f.g.categories, false, p.Category, func(id string) { d.Menu, p.Category = "", id })
			})),
		kit.Fields(
			f.field("plu", goodsPLU, &p.PLU, "numeric", ""),
			f.field("age", goodsMinAge, &f.age, "numeric", "+"),
			f.field("picture", goodsPicture, &p.Picture, "text", ""),
		),
		kit.Labelled(l.T(goodsUnit), units...),
		kit.Labelled(l.T(goodsTax), taxes...),
		app.Div().Class("choices-row").Body(d.Choice("good-stopped", l.T(goodsOnStopNow), p.Stopped, func() { p.Stopped = !p.Stopped })),
	)
}

func (f *goodForm) drawCodes() app.UI {
	l := f.g.d.Lang
	var rows []app.UI
	for i := range f.codes {
		n := strconv.Itoa(i)
		rows = append(rows, app.Div().Class("good-line").Body(
			f.field("code-"+n, nil, &f.codes[i].code, "numeric", ""),
			f.field("factor-"+n, nil, &f.codes[i].factor, "decimal", l.Unit(f.card.Product.Unit)),
			f.remove("code-"+n, func() { f.codes = slices.Delete(f.codes, i, i+1) }),
		))
	}
	return kit.FieldGroup(f.g.d, goodsCodes, append(rows,
		app.P().Class("muted").Text(l.T(goodsCodesHow)),
		&ui.Button{ID: "good-code-add", Label: l.T(goodsCodeAdd), OnPress: f.g.d.Press(func() { f.codes = append(f.codes, codeDraft{factor: "1"}); f.rev++ })})...)
}

// remove is the button that takes a line of the form away.
func (f *goodForm) remove(id string, do func()) app.UI {
	return &ui.Button{ID: "good-drop-" + id, Label: "✕", Name: f.g.d.Lang.T(i18n.GoodsDrop), Kind: ui.Quiet, OnPress: f.g.d.Press(func() { do(); f.rev++ })}
}

func (f *goodForm) drawParts() app.UI {
	l := f.g.d.Lang
	var rows []app.UI
	for i := range f.parts {
		n := strconv.Itoa(i)
		name := f.card.PartNames[catalogue.SKU(f.parts[i].sku)].In(string(l))
		rows = append(rows, app.Div().Class("good-line").Body(
			f.field("part-"+n, nil, &f.parts[i].sku, "text", ""),
			f.field("amount-"+n, nil, &f.parts[i].amount, "decimal", ""),
			app.Span().Class("muted").Text(name),
			f.remove("part-"+n, func() { f.parts = slices.Delete(f.parts, i, i+1) }),
		))
	}
	return kit.FieldGroup(f.g.d, goodsParts, append(rows,
		app.P().Class("muted").Text(l.T(goodsPartsHow)),
		&ui.Button{ID: "good-part-add", Label: l.T(goodsPartAdd), OnPress: f.g.d.Press(func() { f.parts = append(f.parts, partDraft{amount: "1"}); f.rev++ })})...)
}

func (f *goodForm) drawPrices() app.UI {
	d, l := f.g.d, f.g.d.Lang
	var rows []app.UI
	for _, price := range f.card.Prices {
		store := l.T(i18n.PricesChain)
		if price.Store != "" {
			store = d.DimName(price.Store, d.Stores)
		}
		when := l.T(goodsPriceNow)
		if price.From > d.Now().UnixMilli() {
			when = l.T(goodsPriceFrom, "date", d.Moment(price.From))
		}
		least := ""
		if price.Min > 0 {
			least = l.T(goodsPriceLeast, "sum", l.Sum(price.Min, d.Currency()))
		}
		rows = append(rows, app.Div().Class("good-price").Body(
			app.Span().Text(store), app.Span().Class("good-sum").Text(l.Sum(price.Amount, d.Currency())),
			app.Span().Class("muted").Text(strings.TrimSpace(when+" "+least))))
	}
	if len(rows) == 0 {
		rows = append(rows, app.P().Class("muted").Text(l.T(goodsNoPriceYet)))
	}
	where := l.T(i18n.PricesChain)
	if f.store != "" {
		where = d.DimName(f.store, d.Stores)
	}
	return app.Section().Class("form-card").Body(append(append([]app.UI{app.H2().Class("field-head").Text(l.T(goodsPrices))}, rows...),
		app.H3().Class("field-head").Text(l.T(goodsNewPrice)),
		kit.Fields(f.field("price", goodsPrice, &f.price, "decimal", l.Symbol(d.Currency())),
			f.field("least", goodsLeast, &f.least, "decimal", l.Symbol(d.Currency()))),
		kit.Fields(&kit.DateField{ID: "good-from", Label: l.T(goodsFrom), Value: f.from, OnDate: func(text string) { f.from = text; d.Rev++ }},
			d.FilterMenu("good-store", l.T(i18n.PricesStore), where, func() app.UI {
				options := []app.UI{d.Option("good-store-all", l.T(i18n.PricesChain), f.store == "", func() { d.Menu, f.store = "", "" })}
				for _, v := range d.Stores {
					options = append(options, d.Option("good-store-"+v.Key, d.DimName(v.Key, d.Stores), f.store == v.Key, func() { d.Menu, f.store = "", v.Key }))
				}
				return app.Div().Class("options options-long").Body(options...)
			})),
	)...)
}

func (f *goodForm) drawStock() app.UI {
	d, l := f.g.d, f.g.d.Lang
	if f.fresh {
		return app.Span().Hidden(true)
	}
	var rows []app.UI
	for _, s := range f.card.Stock {
		rows = append(rows, app.Div().Class("good-price").Body(app.Span().Text(d.DimName(s.Store, d.Stores)),
			app.Span().Class("good-sum").Text(l.Quantity(s.Left, f.card.Product.Unit)+" "+l.Unit(f.card.Product.Unit))))
	}
	if len(rows) == 0 {
		rows = append(rows, app.P().Class("muted").Text(l.T(goodsUncounted)))
	}
	if len(f.card.Groups) > 0 {
		rows = append(rows, app.P().Class("muted").Text(l.T(goodsOnKeys, "groups", strings.Join(f.card.Groups, ", "))))
	}
	return app.Section().Class("form-card").Body(append([]app.UI{app.H2().Class("field-head").Text(l.T(goodsStock))}, rows...)...)
}

// drawProblems says what keeps the card from being written.
func (f *goodForm) drawProblems() app.UI {
	if len(f.problems) == 0 {
		return app.Span().Hidden(true)
	}
	var list []app.UI
	for _, p := range f.problems {
		list = append(list, app.Li().DataSet("field", p.Field).Text(problemText(f.g.d, p.Field, p.Code, p.Value)))
	}
	return app.Ul().ID("good-problems").Class("form-problems").Body(list...)
}
