package price

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

// prices is the page of products and their prices.
type prices struct {
	d *kit.Desk

	asked bool
	text  string
	store string // "" for the whole chain
	list  []wire.PricedProduct
	more  bool
	busy  bool
	round int
	fault *errcode.Error

	sku    catalogue.SKU // being given a price
	amount string
	rev    int
	saving bool
	wrong  *errcode.Error
	saved  string
}

const pricesPage = 50

// findProducts looks for the text anew.
func (p *prices) findProducts() {
	p.asked, p.list = true, nil
	p.moreProducts()
}

func (p *prices) moreProducts() {
	d := p.d
	p.round++
	p.busy, p.fault = true, nil
	round, text, store, offset := p.round, p.text, p.store, len(p.list)
	kit.Call(d, office.Asking(d.Office.Server, wire.GetProducts, wire.FindProducts{Text: text, Store: store, Offset: offset, Limit: pricesPage}),
		func(page wire.Products, e *errcode.Error) {
			if round != p.round {
				return
			}
			p.busy, p.fault = false, e
			if e == nil {
				p.list, p.more = append(p.list, page.Products...), page.More
			}
		})
}

func (p *prices) editPrice(product wire.PricedProduct) {
	d := p.d
	p.sku, p.amount, p.wrong, p.saved = product.SKU, "", nil, ""
	if product.Price != nil {
		p.amount = d.Lang.Bare(product.Price.Amount, d.Currency())
	}
	p.rev++
	d.Ctx.Defer(func(app.Context) { ui.Focus("price-amount") })
}

func (p *prices) savePrice() {
	d := p.d
	amount, err := d.Amount(p.amount, 1)
	if err != nil || p.saving {
		p.wrong = errcode.As(err)
		return
	}
	price := catalogue.Price{SKU: p.sku, Store: p.store, From: d.Now().UnixMilli(), Amount: amount}
	for _, product := range p.list {
		if product.SKU == p.sku && product.Price != nil {
			price.Min, price.Cost = product.Price.Min, product.Price.Cost
		}
	}
	p.saving, p.wrong = true, nil
	kit.Call(d, office.Asking(d.Office.Server, wire.SetPrice, price), func(_ wire.Version, e *errcode.Error) {
		p.saving, p.wrong = false, e
		if e == nil {
			p.priceSaved(price)
		}
	})
}

func (p *prices) priceSaved(price catalogue.Price) {
	d := p.d
	p.sku = ""
	for i := range p.list {
		if p.list[i].SKU == price.SKU {
			p.list[i].Price = &price
			p.saved = d.Lang.T(i18n.PricesSaved, "name", p.list[i].Name.In(string(d.Lang)), "sum", d.Lang.Sum(price.Amount, d.Currency()))
		}
	}
}

// Head is the page's name.
func (p *prices) Head() kit.Head { return kit.Head{Title: p.d.Lang.T(i18n.DeskPrices)} }

// Draw draws the search and what it finds.
func (p *prices) Draw() app.UI {
	d := p.d
	l := d.Lang
	return app.Div().Class("list-page").Body(
		app.Div().Class("list-bar").Body(
			&ui.Field{ID: "prices-find", Example: l.T(i18n.PricesFind), Mode: "search", Focus: true, Unit: "⌕",
				OnText: func(_ app.Context, text string) { p.text = text; d.Rev++; p.findProducts() }},
			d.FilterMenu("price-store", l.T(i18n.PricesStore), p.priceStore(), p.drawPriceStores),
		),
		app.Div().Class("strip").Aria("live", "polite").Body(p.pricesNews()),
		p.drawProducts(),
	)
}

// pricesNews is what came of the last change, or how to make one.
func (p *prices) pricesNews() app.UI {
	d := p.d
	if p.saved != "" {
		return ui.Toast(ui.Good, p.saved, app.Span().Hidden(true))
	}
	return app.P().Class("muted").Text(d.Lang.T(i18n.PricesHow))
}

func (p *prices) priceStore() string {
	d := p.d
	if p.store == "" {
		return d.Lang.T(i18n.PricesChain)
	}
	return d.DimName(p.store, d.Stores)
}

func (p *prices) drawPriceStores() app.UI {
	d := p.d
	choose := func(store string) func() {
		return func() {
			d.Menu, p.store, p.sku = "", store, ""
			p.findProducts()
		}
	}
	list := []app.UI{}
	if d.User.All {
		list = append(list, d.Option("price-chain", d.Lang.T(i18n.PricesChain), p.store == "", choose("")))
	}
	for _, v := range d.Stores {
		list = append(list, d.Option("price-store-"+v.Key, d.DimName(v.Key, d.Stores), p.store == v.Key, choose(v.Key)))
	}
	return app.Div().Class("options options-long").Body(list...)
}

func (p *prices) drawProducts() app.UI {
	d := p.d
	l := d.Lang
	switch {
	case p.fault != nil:
		return app.Div().Class("board-state").Body(d.ErrorBox(p.fault),
			&ui.Button{ID: "prices-again", Label: l.T(i18n.DeskAgain), OnPress: d.Press(p.moreProducts)})
	case len(p.list) == 0 && p.busy:
		return app.Div().Class("items").Aria("busy", true)
	case len(p.list) == 0:
		return ui.EmptyState("⌕", l.T(i18n.PricesNone), l.T(i18n.PricesNoneHow))
	}
	return app.Div().Class("items").Body(
		app.Div().Class("item item-head").Aria("hidden", true).Body(
			app.Span().Text(l.T(i18n.PricesName)), app.Span().Text(l.T(i18n.PricesSKU)), app.Span().Class("num").Text(l.T(i18n.PricesNow)), app.Span(),
		),
		app.Range(p.list).Slice(func(i int) app.UI { return p.drawProduct(p.list[i]) }),
		app.If(p.more, func() app.UI {
			return &ui.Button{ID: "prices-more", Label: l.T(i18n.PricesMore), Disabled: p.busy, Class: "wide", OnPress: d.Press(p.moreProducts)}
		}),
	)
}

func (p *prices) drawProduct(product wire.PricedProduct) app.UI {
	d := p.d
	l := d.Lang
	price, own := l.T(i18n.PricesAbsent), ""
	if product.Price != nil {
		price = l.Sum(product.Price.Amount, d.Currency())
		if product.Price.Store != "" {
			own = l.T(i18n.PricesOwn)
		}
	}
	row := app.Div().Class("item").DataSet("sku", string(product.SKU))
	body := []app.UI{
		app.Span().Class("item-label").Text(product.Name.In(string(d.Lang))),
		app.Span().Class("item-code").Text(string(product.SKU)),
		app.Span().Class("num").Body(app.Span().Text(price), app.If(own != "", func() app.UI { return app.Span().Class("item-note").Text(own) })),
	}
	if p.sku != product.SKU {
		return row.Body(append(body, &ui.Button{ID: "price-" + string(product.SKU), Label: l.T(i18n.PricesNew), Kind: ui.Quiet,
			OnPress: d.Press(func() { p.editPrice(product) })})...)
	}
	return row.Class("item-edit").Body(append(body, app.Span(),
		app.Div().Class("item-form").Body(
			&ui.Field{ID: "price-amount", Value: p.amount, Rev: p.rev, Mode: "decimal", Unit: "₽",
				OnText: func(_ app.Context, text string) { p.amount, p.wrong = text, nil; d.Rev++ }, OnEnter: d.Press(p.savePrice)},
			&ui.Button{ID: "price-set", Label: l.T(i18n.PricesSet), Kind: ui.Primary, Disabled: p.saving, OnPress: d.Press(p.savePrice)},
			&ui.Button{ID: "price-back", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: d.Press(func() { p.sku = "" })},
		),
		d.ErrorBox(p.wrong))...)
}

func newPrices(d *kit.Desk) kit.View { return &prices{d: d} }

// Refresh gets the first products when the page is first opened.
func (p *prices) Refresh() {
	if !p.asked {
		p.findProducts()
	}
}

func (p *prices) Redraw() {}
