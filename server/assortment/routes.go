package assortment

import (
	"context"
	"errors"
	"net/http"

	"tillsight/server/routes"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

const pageMax = 500 // rows of goods

// Routes are those of goods and the rules of their sale. Changes are for those who
// see the whole chain.
func (a *Assortment) Routes(r *routes.Registry) {
	routes.Add(r, office.GetGoods, routes.Manager, routes.Stores, a.list)
	routes.Add(r, office.GetGood, routes.Manager, routes.Stores, a.card)
	routes.Add(r, office.SaveGood, routes.Manager, routes.Whole, a.save)
	change(r, office.StopGoods, "goods.stop", a.Stop)
	routes.Serve(r, office.ExportGoods, routes.Manager, routes.Common,
		func(w http.ResponseWriter, _ *http.Request, _ routes.Caller, _ wire.Nothing) error {
			routes.Attachment(w, "text/csv; charset=utf-8", "goods.csv")
			return a.Export(w)
		})
	routes.Add(r, office.ImportGoods, routes.Manager, routes.Whole,
		func(_ context.Context, who routes.Caller, q office.Sheet) (office.Imported, error) {
			done, err := a.Import(q.File, q.Dry)
			if err == nil && done.Done {
				who.Did("goods.import", "")
			}
			return done, err
		}, routes.Costly)
	look(r, office.GetBanOptions, a.BanOptions)
	look(r, office.GetShelfLives, a.ShelfLives)
	change(r, office.SaveShelfLives, "shelf_lives.save", a.SaveShelfLives)
	look(r, office.GetSelling, a.Selling)
	change(r, office.SaveSelling, "selling.save", a.SaveSelling)
	look(r, office.GetQuickKeys, a.QuickKeys)
	change(r, office.SaveQuickKeys, "quick_keys.save", a.SaveQuickKeys)
}

// look adds the route of what all stores share.
func look[A any](r *routes.Registry, e wire.Endpoint[wire.Nothing, A], read func() (A, error)) {
	routes.Add(r, e, routes.Manager, routes.Common, func(context.Context, routes.Caller, wire.Nothing) (A, error) { return read() })
}

// change adds the route of a change of what all stores share, which is written down.
func change[Q, A any](r *routes.Registry, e wire.Endpoint[Q, A], what string, do func(Q) (A, error)) {
	routes.Add(r, e, routes.Manager, routes.Whole, func(_ context.Context, who routes.Caller, q Q) (A, error) {
		done, err := do(q)
		if err == nil {
			who.Did(what, "")
		}
		return done, err
	})
}

func (a *Assortment) list(_ context.Context, who routes.Caller, q catalogue.GoodsQuery) (catalogue.Goods, error) {
	if q.Limit == 0 {
		q.Limit = 100
	}
	q.Offset, q.Limit = min(q.Offset, 10_000_000), min(q.Limit, pageMax)
	if q.Store != "" {
		if err := who.Must("assortment.list", q.Store); err != nil {
			return catalogue.Goods{}, err
		}
	}
	page, err := a.List(q)
	if q.Store == "" && !who.Whole() {
		for i := range page.Rows { // the sum over stores is not for who sees only some
			page.Rows[i].Counted, page.Rows[i].Left = false, 0
		}
	}
	return page, err
}

// card leaves out what stores have that are not the person's.
func (a *Assortment) card(_ context.Context, who routes.Caller, q office.Good) (office.GoodCard, error) {
	card, err := a.Card(q.SKU)
	return own(card, who), err
}

func own(card office.GoodCard, who routes.Caller) office.GoodCard {
	stock, prices := card.Stock, card.Prices
	card.Stock, card.Prices = nil, nil
	for _, row := range stock {
		if who.Sees(row.Store) {
			card.Stock = append(card.Stock, row)
		}
	}
	for _, price := range prices {
		if price.Store == "" || who.Sees(price.Store) {
			card.Prices = append(card.Prices, price)
		}
	}
	return card
}

func (a *Assortment) save(_ context.Context, who routes.Caller, q office.PutGood) (office.SavedGood, error) {
	if q.Product.SKU != q.SKU {
		return office.SavedGood{}, errcode.New(errcode.Invalid, "assortment.save", errors.New("another article in the address"))
	}
	saved, err := a.Save(q.GoodCard)
	if saved.Card != nil {
		who.Did("goods.save", string(q.SKU))
		*saved.Card = own(*saved.Card, who)
	}
	return saved, err
}
