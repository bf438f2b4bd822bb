package price

import (
	"context"
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	wire "tillsight/shared/wire/office"
)

// prices is the page of products and their prices.
type prices struct {
	d     *kit.Desk
	text  string // searched for
	store string // "" for the whole chain
	page  kit.Remote[wire.Products]

	edit kit.Form[priceDraft, catalogue.Price]
	said string
}

// priceDraft is the price that a product is being given.
type priceDraft struct {
	sku    catalogue.SKU // "" for none
	amount string
}

const pricesPage = 50

func newPrices(d *kit.Desk) kit.View { return &prices{d: d} }

// Refresh gets the first products when the page is first opened.
func (p *prices) Refresh() {
	if p.page.Value() == nil {
		p.find()
	}
}

// Redraw has nothing to do: the page draws no charts.
func (p *prices) Redraw() {}

// find looks for the text anew.
func (p *prices) find() { p.page.Load(p.d, p.ask(0), nil) }

// more gets the products behind those that are there.
func (p *prices) more() {
	before := p.page.Value().Products
	p.page.Load(p.d, p.ask(len(before)), func(page *wire.Products) { page.Products = append(before, page.Products...) })
}

func (p *prices) ask(offset int) func(context.Context) (wire.Products, error) {
	question := wire.FindProducts{Text: p.text, Store: p.store, Offset: offset, Limit: pricesPage}
	return office.Asking(p.d.Office.Server, wire.GetProducts, question)
}

// product is one of those on the page.
func (p *prices) product(sku catalogue.SKU) *wire.PricedProduct {
	page := p.page.Value()
	if page == nil {
		return nil
	}
	i := slices.IndexFunc(page.Products, func(product wire.PricedProduct) bool { return product.SKU == sku })
	if i < 0 {
		return nil
	}
	return &page.Products[i]
}

// open has a new price typed for a product.
func (p *prices) open(product wire.PricedProduct) {
	p.edit.Set(func(draft *priceDraft) {
		*draft = priceDraft{sku: product.SKU}
		if product.Price != nil {
			draft.amount = p.d.Lang.Bare(product.Price.Amount, p.d.Currency())
		}
	})
	p.said = ""
	p.d.Ctx.Defer(func(app.Context) { ui.Focus("price-amount") })
}

// save writes the price that was typed; what else the price says stays.
func (p *prices) save() {
	d, draft := p.d, p.edit.Draft
	price := catalogue.Price{SKU: draft.sku, Store: p.store, From: d.Now().UnixMilli()}
	if product := p.product(draft.sku); product != nil && product.Price != nil {
		price.Min, price.Cost = product.Price.Min, product.Price.Cost
	}
	amount, err := d.Amount(draft.amount, 1)
	price.Amount = amount
	p.edit.Save(d, func(ctx context.Context) (catalogue.Price, error) {
		if err != nil {
			return price, err
		}
		_, err := office.Call(ctx, d.Office.Server, wire.SetPrice, price)
		return price, err
	}, p.saved)
}

// saved shows a price that was written.
func (p *prices) saved(price catalogue.Price) []kit.Problem {
	d := p.d
	if p.edit.Draft.sku == price.SKU {
		p.edit.Draft = priceDraft{}
	}
	if product := p.product(price.SKU); product != nil {
		product.Price = &price
		p.said = d.Lang.T(pricesSaved, "name", product.Name.In(string(d.Lang)), "sum", d.Lang.Sum(price.Amount, d.Currency()))
	}
	return nil
}

// Head is the page's name.
func (p *prices) Head() kit.Head { return kit.Head{Title: p.d.Lang.T(deskPrices)} }

// Draw draws the search and what it finds.
func (p *prices) Draw() app.UI {
	d, l := p.d, p.d.Lang
	return app.Div().Class("list-page").Body(
		app.Div().Class("list-bar").Body(
			&ui.Field{ID: "prices-find", Example: l.T(pricesFind), Mode: "search", Focus: true, Unit: "⌕",
				OnText: func(_ app.Context, text string) { p.text = text; d.Rev++; p.find() }},
			d.FilterMenu("price-store", l.T(i18n.PricesStore), storeName(d, p.store), func() app.UI {
				return storeOptions(d, "price", p.store, func(store string) {
					d.Menu, p.store, p.edit.Draft = "", store, priceDraft{}
					p.find()
				})
			}),
		),
		app.Div().Class("strip").Aria("live", "polite").Body(p.news()),
		p.page.Draw(d, p.drawProducts),
	)
}

// news is what came of the last change, or how to make one.
func (p *prices) news() app.UI {
	if p.said != "" {
		return ui.Toast(ui.Good, p.said, app.Span().Hidden(true))
	}
	return app.P().Class("muted").Text(p.d.Lang.T(pricesHow))
}

func (p *prices) drawProducts(page *wire.Products) app.UI {
	d, l := p.d, p.d.Lang
	if len(page.Products) == 0 {
		return ui.EmptyState("⌕", l.T(pricesNone), l.T(pricesNoneHow))
	}
	return app.Div().Class("items").Body(
		app.Div().Class("item item-head").Aria("hidden", true).Body(
			app.Span().Text(l.T(pricesName)), app.Span().Text(l.T(i18n.PricesSKU)), app.Span().Class("num").Text(l.T(pricesNow)),
			app.Span(),
		),
		app.Range(page.Products).Slice(func(i int) app.UI { return p.drawProduct(page.Products[i]) }),
		app.If(page.More, func() app.UI {
			return &ui.Button{ID: "prices-more", Label: l.T(pricesMore), Disabled: p.page.Busy(), Class: "wide", OnPress: d.Press(p.more)}
		}),
	)
}

func (p *prices) drawProduct(product wire.PricedProduct) app.UI {
	d, l := p.d, p.d.Lang
	price, own := l.T(pricesAbsent), ""
	if product.Price != nil {
		price = l.Sum(product.Price.Amount, d.Currency())
		if product.Price.Store != "" {
			own = l.T(pricesOwn)
		}
	}
	row := app.Div().Class("item").DataSet("sku", string(product.SKU))
	body := []app.UI{
		app.Span().Class("item-label").Text(product.Name.In(string(d.Lang))),
		app.Span().Class("item-code").Text(string(product.SKU)),
		app.Span().Class("num").Body(app.Span().Text(price), app.If(own != "", func() app.UI { return app.Span().Class("item-note").Text(own) })),
	}
	if p.edit.Draft.sku != product.SKU {
		return row.Body(append(body, &ui.Button{ID: "price-" + string(product.SKU), Label: l.T(pricesNew), Kind: ui.Quiet,
			OnPress: d.Press(func() { p.open(product) })})...)
	}
	return row.Class("item-edit").Body(append(body, app.Span(), p.drawEdit(), d.ErrorBox(p.edit.Fault()))...)
}

// drawEdit is the field of a product's new price.
func (p *prices) drawEdit() app.UI {
	d, l := p.d, p.d.Lang
	return app.Div().Class("item-form").Body(
		&ui.Field{ID: "price-amount", Value: p.edit.Draft.amount, Rev: p.edit.Rev, Mode: "decimal", Unit: l.Symbol(d.Currency()),
			OnText: func(_ app.Context, text string) { p.edit.Draft.amount = text; p.edit.Edited(); d.Rev++ }, OnEnter: d.Press(p.save)},
		&ui.Button{ID: "price-set", Label: l.T(pricesSet), Kind: ui.Primary, Disabled: p.edit.Busy(), OnPress: d.Press(p.save)},
		&ui.Button{ID: "price-back", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet,
			OnPress: d.Press(func() { p.edit.Draft = priceDraft{} })},
	)
}
