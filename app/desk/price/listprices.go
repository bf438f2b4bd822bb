package price

import (
	"context"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// listPrices is the page of the prices of one list.
type listPrices struct {
	v     *listsView
	list  pricing.List
	text  string // searched for
	page  kit.Remote[wire.ListPrices]
	fault *errcode.Error // of the download
	said  string

	change bool // the panel to change prices is open
	form   kit.Form[changeDraft, wire.ListPricesSet]
	set    *wire.ListPricesSet // the preview; nil: none of what the panel says now
}

const listPricesPage = 50

func (v *listsView) openPrices(list pricing.List) {
	p := &listPrices{v: v, list: list}
	p.form.Rev = v.d.Rev
	p.form.Draft = changeDraft{from: v.d.Today(), share: "95", step: "1", store: v.store()}
	v.prices = p
	p.find()
}

// find gets the first prices that the text finds.
func (p *listPrices) find() { p.page.Load(p.v.d, p.ask(0), nil) }

// more gets those behind the prices that are there.
func (p *listPrices) more() {
	before := p.page.Value().Prices
	p.page.Load(p.v.d, p.ask(len(before)), func(page *wire.ListPrices) { page.Prices = append(before, page.Prices...) })
}

func (p *listPrices) ask(offset int) func(context.Context) (wire.ListPrices, error) {
	question := wire.FindListPrices{List: p.list.ID, Text: p.text, Offset: offset, Limit: listPricesPage}
	return office.Asking(p.v.d.Office.Server, wire.GetListPrices, question)
}

// head names the list, with the way back to all of them.
func (p *listPrices) head() kit.Head {
	d, l := p.v.d, p.v.d.Lang
	return kit.Head{
		Back: &ui.Button{ID: "prices-back", Label: "←", Name: l.T(deskLists), Kind: ui.Quiet,
			OnPress: d.Press(func() { p.v.prices = nil; p.v.Refresh() })},
		Title: p.list.Name.In(string(l)),
		Acts: []app.UI{
			&ui.Button{ID: "list-download", Label: l.T(listDownload), Kind: ui.Quiet, OnPress: d.Press(p.download)},
			&ui.Button{ID: "list-change", Label: l.T(listAdd), Kind: ui.Primary, Toggle: true, Pressed: p.change,
				OnPress: d.Press(func() { p.change, p.set = !p.change, nil })},
		},
	}
}

func (p *listPrices) draw() app.UI {
	d, l := p.v.d, p.v.d.Lang
	news := app.UI(app.P().Class("muted").Text(l.T(listsHow)))
	if p.said != "" {
		news = ui.Toast(ui.Good, p.said, app.Span().Hidden(true))
	}
	return app.Div().Class("list-page").Body(
		app.Div().Class("strip").Aria("live", "polite").Body(news, d.ErrorBox(p.fault)),
		app.If(p.change, func() app.UI { return p.drawChange() }),
		app.Div().Class("list-bar").Body(&ui.Field{ID: "list-find", Example: l.T(listFound), Mode: "search", Unit: "⌕",
			OnText: func(_ app.Context, text string) { p.text = text; d.Rev++; p.find() }}),
		p.page.Draw(d, p.drawPrices),
	)
}

// download saves the list as a file that can be edited and sent back.
func (p *listPrices) download() {
	kit.Call(p.v.d, office.Asking(p.v.d.Office.Server, wire.GetListFile, wire.ListID{List: p.list.ID}),
		func(data wire.File, e *errcode.Error) {
			if p.fault = e; e == nil {
				ui.Download("prices-"+p.list.ID+".csv", data)
			}
		})
}

func (p *listPrices) drawPrices(page *wire.ListPrices) app.UI {
	l := p.v.d.Lang
	if len(page.Prices) == 0 {
		return app.Div().Class("list-empty").Body(ui.EmptyState("≣", l.T(listNoPrices), l.T(listTextHow)))
	}
	return app.Div().Class("items").Body(
		app.Range(page.Prices).Slice(func(i int) app.UI { return p.drawPrice(page.Prices[i]) }),
		app.If(len(page.Prices) < page.Total, func() app.UI {
			return &ui.Button{ID: "list-more", Label: l.T(pricesMore), Disabled: p.page.Busy(), Class: "wide", OnPress: p.v.d.Press(p.more)}
		}),
	)
}

func (p *listPrices) drawPrice(row wire.ListPrice) app.UI {
	d, l := p.v.d, p.v.d.Lang
	price, note := l.Sum(row.Amount, d.Currency()), l.T(listShelf, "sum", l.Sum(row.Shelf, d.Currency()))
	if row.Ended {
		price = l.T(listEnded)
	}
	if row.From > d.Now().UnixMilli() {
		note = l.T(listSince, "date", d.Day(row.From)) + " · " + note
	}
	if row.Store != "" {
		note = d.DimName(row.Store, d.Stores) + " · " + note
	}
	return app.Div().Class("item list-price").DataSet("sku", string(row.SKU)).Body(
		app.Span().Class("item-label").Text(row.Name.In(string(l))),
		app.Span().Class("item-code").Text(string(row.SKU)),
		app.Span().Class("num").Body(app.Span().Text(price), app.Span().Class("item-note").Text(note)),
	)
}

// storeOptions offers the stores whose prices the person may change.
func storeOptions(d *kit.Desk, id, chosen string, choose func(store string)) app.UI {
	options := []app.UI{}
	if d.User.All {
		options = append(options, d.Option(id+"-chain", d.Lang.T(i18n.PricesChain), chosen == "", func() { choose("") }))
	}
	for _, s := range d.Stores {
		options = append(options, d.Option(id+"-store-"+s.Key, d.DimName(s.Key, d.Stores), chosen == s.Key, func() { choose(s.Key) }))
	}
	return app.Div().Class("options options-long").Body(options...)
}

// storeName names a store of prices; "" is the whole chain.
func storeName(d *kit.Desk, store string) string {
	if store == "" {
		return d.Lang.T(i18n.PricesChain)
	}
	return d.DimName(store, d.Stores)
}
