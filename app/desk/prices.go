package desk

import (
	"context"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/syncproto"
)

// prices is the page of products and their prices.
type prices struct {
	asked bool
	text  string
	store string // "" for the whole chain
	list  []syncproto.PricedProduct
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
func (d *desk) findProducts() {
	d.prices.asked, d.prices.list = true, nil
	d.moreProducts()
}

func (d *desk) moreProducts() {
	p := &d.prices
	p.round++
	p.busy, p.fault = true, nil
	round, text, store, offset := p.round, p.text, p.store, len(p.list)
	call(d, func(ctx context.Context) (syncproto.Products, error) {
		return d.office.Server.Products(ctx, text, store, offset, pricesPage)
	}, func(page syncproto.Products, e *errcode.Error) {
		if round != d.prices.round {
			return
		}
		d.prices.busy, d.prices.fault = false, e
		if e == nil {
			d.prices.list, d.prices.more = append(d.prices.list, page.Products...), page.More
		}
	})
}

func (d *desk) editPrice(product syncproto.PricedProduct) {
	p := &d.prices
	p.sku, p.amount, p.wrong, p.saved = product.SKU, "", nil, ""
	if product.Price != nil {
		p.amount = d.lang.Bare(product.Price.Amount, d.currency())
	}
	p.rev++
	d.ctx.Defer(func(app.Context) { ui.Focus("price-amount") })
}

func (d *desk) savePrice() {
	p := &d.prices
	amount, err := d.amount(p.amount, 1)
	if err != nil || p.saving {
		p.wrong = errcode.As(err)
		return
	}
	price := catalogue.Price{SKU: p.sku, Store: p.store, From: d.now().UnixMilli(), Amount: amount}
	for _, product := range p.list {
		if product.SKU == p.sku && product.Price != nil {
			price.Min, price.Cost = product.Price.Min, product.Price.Cost
		}
	}
	p.saving, p.wrong = true, nil
	call(d, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, d.office.Server.SetPrice(ctx, price)
	}, func(_ struct{}, e *errcode.Error) {
		d.prices.saving, d.prices.wrong = false, e
		if e == nil {
			d.priceSaved(price)
		}
	})
}

func (d *desk) priceSaved(price catalogue.Price) {
	p := &d.prices
	p.sku = ""
	for i := range p.list {
		if p.list[i].SKU == price.SKU {
			p.list[i].Price = &price
			p.saved = d.lang.T(i18n.PricesSaved, "name", p.list[i].Name.In(string(d.lang)), "sum", d.lang.Sum(price.Amount, d.currency()))
		}
	}
}

func (d *desk) drawPrices() app.UI {
	l, p := d.lang, &d.prices
	return app.Div().Class("prices").Body(
		d.drawHead(app.H1().Class("desk-title").Text(l.T(i18n.DeskPrices))),
		app.Div().Class("prices-bar").Body(
			&ui.Field{ID: "prices-find", Example: l.T(i18n.PricesFind), Mode: "search", Focus: true, Unit: "⌕",
				OnText: func(_ app.Context, text string) { p.text = text; d.rev++; d.findProducts() }},
			d.filterMenu("price-store", l.T(i18n.PricesStore), d.priceStore(), d.drawPriceStores),
		),
		app.Div().Class("strip").Aria("live", "polite").Body(d.pricesNews()),
		d.drawProducts(),
	)
}

// pricesNews is what came of the last change, or how to make one.
func (d *desk) pricesNews() app.UI {
	if p := &d.prices; p.saved != "" {
		return ui.Toast(ui.Good, p.saved, app.Span().Hidden(true))
	}
	return app.P().Class("muted").Text(d.lang.T(i18n.PricesHow))
}

func (d *desk) priceStore() string {
	if d.prices.store == "" {
		return d.lang.T(i18n.PricesChain)
	}
	return d.dimName(d.prices.store, d.stores)
}

func (d *desk) drawPriceStores() app.UI {
	choose := func(store string) func() {
		return func() {
			d.menu, d.prices.store, d.prices.sku = "", store, ""
			d.findProducts()
		}
	}
	list := []app.UI{}
	if d.user.All {
		list = append(list, d.option("price-chain", d.lang.T(i18n.PricesChain), d.prices.store == "", choose("")))
	}
	for _, v := range d.stores {
		list = append(list, d.option("price-store-"+v.Key, d.dimName(v.Key, d.stores), d.prices.store == v.Key, choose(v.Key)))
	}
	return app.Div().Class("options options-long").Body(list...)
}

func (d *desk) drawProducts() app.UI {
	l, p := d.lang, &d.prices
	switch {
	case p.fault != nil:
		return app.Div().Class("board-state").Body(d.errorBox(p.fault),
			&ui.Button{ID: "prices-again", Label: l.T(i18n.DeskAgain), OnPress: d.press(d.moreProducts)})
	case len(p.list) == 0 && p.busy:
		return app.Div().Class("products").Aria("busy", true)
	case len(p.list) == 0:
		return ui.EmptyState("⌕", l.T(i18n.PricesNone), l.T(i18n.PricesNoneHow))
	}
	return app.Div().Class("products").Body(
		app.Div().Class("product product-head").Aria("hidden", true).Body(
			app.Span().Text(l.T(i18n.PricesName)), app.Span().Text(l.T(i18n.PricesSKU)), app.Span().Class("num").Text(l.T(i18n.PricesNow)), app.Span(),
		),
		app.Range(p.list).Slice(func(i int) app.UI { return d.drawProduct(p.list[i]) }),
		app.If(p.more, func() app.UI {
			return &ui.Button{ID: "prices-more", Label: l.T(i18n.PricesMore), Disabled: p.busy, Class: "wide", OnPress: d.press(d.moreProducts)}
		}),
	)
}

func (d *desk) drawProduct(product syncproto.PricedProduct) app.UI {
	l, p := d.lang, &d.prices
	price, own := l.T(i18n.PricesAbsent), ""
	if product.Price != nil {
		price = l.Sum(product.Price.Amount, d.currency())
		if product.Price.Store != "" {
			own = l.T(i18n.PricesOwn)
		}
	}
	row := app.Div().Class("product").DataSet("sku", string(product.SKU))
	body := []app.UI{
		app.Span().Class("product-name").Text(product.Name.In(string(d.lang))),
		app.Span().Class("product-sku").Text(string(product.SKU)),
		app.Span().Class("num").Body(app.Span().Text(price), app.If(own != "", func() app.UI { return app.Span().Class("product-own").Text(own) })),
	}
	if p.sku != product.SKU {
		return row.Body(append(body, &ui.Button{ID: "price-" + string(product.SKU), Label: l.T(i18n.PricesNew), Kind: ui.Quiet,
			OnPress: d.press(func() { d.editPrice(product) })})...)
	}
	return row.Class("product-edit").Body(append(body, app.Span(),
		app.Div().Class("product-form").Body(
			&ui.Field{ID: "price-amount", Value: p.amount, Rev: p.rev, Mode: "decimal", Unit: "₽",
				OnText: func(_ app.Context, text string) { p.amount, p.wrong = text, nil; d.rev++ }, OnEnter: d.press(d.savePrice)},
			&ui.Button{ID: "price-set", Label: l.T(i18n.PricesSet), Kind: ui.Primary, Disabled: p.saving, OnPress: d.press(d.savePrice)},
			&ui.Button{ID: "price-back", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: d.press(func() { p.sku = "" })},
		),
		d.errorBox(p.wrong))...)
}
