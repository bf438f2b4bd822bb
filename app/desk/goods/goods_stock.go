package goods

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/intake"
	"tillsight/shared/quantity"
	wire "tillsight/shared/wire/office"
)

// stockForm is a document of goods being written: what came into a store, went,
// or was counted.
type stockForm struct {
	g     *goodsView
	id    string // made with the form, so that sending it twice counts once
	doc   wire.StockDocument
	text  string // a line for every article: 100001; 12
	rev   int
	fault *errcode.Error
	busy  bool
}

func (g *goodsView) openStock() {
	now := g.d.Now().UnixMilli()
	g.stock = &stockForm{g: g, id: "desk-" + strconv.FormatInt(now, 36), doc: wire.StockDocument{Kind: wire.StockReceipt, At: now, Store: g.query.Store}, rev: 1}
	if len(g.d.Stores) == 1 {
		g.stock.doc.Store = g.d.Stores[0].Key
	}
}

var (
	stockArticle  = intake.Column{Name: "article", Words: []string{"артикул", "sku", "код"}}
	stockQuantity = intake.Column{Name: "quantity", Words: []string{"количество", "кол-во", "остаток", "qty"}}
)

// stockMax limits the lines of a document.
const stockMax = 50_000

// stockLines are the lines of a document as they were understood.
type stockLines struct {
	rows  []wire.StockCount
	wrong []int    // lines that can't be read
	twice []string // pairs of lines with the same article
	err   error    // nothing can be read
}

// parseStock reads lines of an article and a quantity. How a quantity is read
// depends on the article's unit, which the server knows; what is none in any is
// found here.
func parseStock(text string) (found stockLines) {
	if strings.TrimSpace(text) == "" {
		return found
	}
	pairs, err := intake.Pairs([]byte(text), stockArticle, stockQuantity, stockMax)
	if err != nil {
		return stockLines{err: err}
	}
	seen := intake.Once{}
	for _, p := range pairs {
		if p.Fault != "" {
			found.wrong = append(found.wrong, p.Line)
			continue
		}
		if _, err := quantity.Parse(p.Second, quantity.Kilogram); err != nil {
			found.wrong = append(found.wrong, p.Line)
			continue
		}
		if first, twice := seen.Twice(p.First, p.Line); twice {
			found.twice = append(found.twice, strconv.Itoa(first)+" = "+strconv.Itoa(p.Line))
			continue
		}
		found.rows = append(found.rows, wire.StockCount{SKU: catalogue.SKU(p.First), Text: p.Second})
	}
	return found
}

// take puts a file in place of the text.
func (f *stockForm) take(data []byte) {
	text, err := intake.Text(data)
	f.text, f.fault, f.rev = text, errcode.As(err), f.rev+1
}

func (f *stockForm) save() {
	doc := f.doc
	doc.Rows = parseStock(f.text).rows
	f.busy, f.fault = true, nil
	kit.Call(f.g.d, office.Asking(f.g.d.Office.Server, wire.SaveStock, wire.PutDocument{ID: f.id, StockDocument: doc}),
		func(_ wire.Saved, e *errcode.Error) {
			f.busy = false
			if f.fault = e; e != nil {
				return
			}
			f.g.said = f.g.d.Lang.T(stockSaved, "n", len(doc.Rows))
			f.g.stock = nil
			f.g.find()
		})
}

var stockKinds = []struct {
	kind  wire.StockKind
	label *i18n.Message
}{{wire.StockReceipt, stockCame}, {wire.StockWriteOff, stockWent}, {wire.StockCounted, stockWas}}

func (f *stockForm) draw() app.UI {
	d, l := f.g.d, f.g.d.Lang
	found := parseStock(f.text)
	var kinds []app.UI
	for _, k := range stockKinds {
		kinds = append(kinds, d.Choice("stock-"+string(k.kind), l.T(k.label), f.doc.Kind == k.kind, func() { f.doc.Kind = k.kind }))
	}
	store := "—"
	if f.doc.Store != "" {
		store = d.DimName(f.doc.Store, d.Stores)
	}
	says := l.T(stockRows, "n", len(found.rows))
	if len(found.wrong) > 0 {
		says += " " + l.T(stockWrong, "lines", joinInts(found.wrong))
	}
	if len(found.twice) > 0 {
		says += " " + l.T(stockTwice, "lines", strings.Join(found.twice[:min(len(found.twice), 20)], ", "))
	}
	if found.err != nil {
		says = l.Error(errcode.As(found.err))
	}
	return app.Div().Class("form-card goods-file").Body(
		app.H2().Class("field-head").Text(l.T(stockTitle)),
		app.P().Class("muted").Text(l.T(stockHow)),
		kit.Fields(d.FilterMenu("stock-store", l.T(stockStore), store, func() app.UI {
			var options []app.UI
			for _, v := range d.Stores {
				options = append(options, d.Option("stock-store-"+v.Key, d.DimName(v.Key, d.Stores), f.doc.Store == v.Key, func() { d.Menu, f.doc.Store = "", v.Key }))
			}
			return app.Div().Class("options options-long").Body(options...)
		}), &ui.Field{ID: "stock-text", Label: l.T(stockNote), Value: f.doc.Text, Rev: f.rev, Mode: "text",
			OnText: func(_ app.Context, text string) { f.doc.Text = text; d.Rev++ }}),
		kit.Labelled(l.T(stockKind), kinds...),
		app.Div().Class("stock-lines").Body(
			&kit.TextArea{ID: "stock-lines", Label: l.T(stockLinesText), Value: f.text, Rev: f.rev, OnText: func(text string) { d.On(func() { f.text = text }) }}),
		&kit.FileField{Label: l.T(i18n.ImportFile), OnFile: func(_ string, data []byte) { d.On(func() { f.take(data) }) }},
		app.P().ID("stock-says").Class("good-title").Text(says),
		d.ErrorBox(f.fault),
		app.Div().Class("form-acts").Body(
			&ui.Button{ID: "stock-back", Label: l.T(i18n.Cancel), OnPress: d.Press(func() { f.g.stock = nil })},
			&ui.Button{ID: "stock-save", Label: l.T(i18n.GoodsSave), Kind: ui.Primary, Disabled: f.busy || len(found.rows) == 0 || len(found.wrong)+len(found.twice) > 0 || f.doc.Store == "", OnPress: d.Press(f.save)},
		),
	)
}

func joinInts(list []int) string {
	var words []string
	for _, n := range list[:min(len(list), 20)] {
		words = append(words, strconv.Itoa(n))
	}
	return strings.Join(words, ", ")
}
