package pricelist

import (
	"context"
	"errors"
	"net/http"

	"tillsight/server/routes"
	"tillsight/shared/pricing"
	"tillsight/shared/refdata"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

const pageMax = 200 // prices

// Routes are those of price lists and regulated prices.
func (b *Book) Routes(r *routes.Registry) {
	routes.Add(r, office.GetPriceLists, routes.Manager, routes.Stores,
		func(_ context.Context, who routes.Caller, _ wire.Nothing) (office.PriceLists, error) {
			return b.Lists(who.Scope)
		})
	routes.Add(r, office.SavePriceList, routes.Manager, routes.Stores, b.saveList)
	routes.Add(r, office.SaveRegulation, routes.Manager, routes.Stores, b.saveRegulation)
	routes.Add(r, office.GetListPrices, routes.Manager, routes.Stores,
		func(_ context.Context, who routes.Caller, q office.FindListPrices) (office.ListPrices, error) {
			if q.Limit == 0 {
				q.Limit = 50
			}
			return b.Prices(who.Scope, q.List, q.Text, min(q.Offset, 10_000_000), min(q.Limit, pageMax))
		})
	routes.Add(r, office.SetListPrices, routes.Manager, routes.Stores, b.setPrices)
	routes.Serve(r, office.GetListFile, routes.Manager, routes.Stores,
		func(w http.ResponseWriter, _ *http.Request, who routes.Caller, q office.ListID) error {
			routes.Attachment(w, "text/csv; charset=utf-8", "prices.csv")
			return b.Export(who.Scope, w, q.List)
		})
	routes.Add(r, office.GetPriceWhen, routes.Manager, routes.Stores,
		func(_ context.Context, who routes.Caller, q office.PriceOf) (office.PriceWhen, error) {
			if q.Store != "" {
				if err := who.Must("pricelist.when", q.Store); err != nil {
					return office.PriceWhen{}, err
				}
			}
			return b.When(who.Scope, q.SKU, q.Store)
		})
}

func (b *Book) saveList(_ context.Context, who routes.Caller, q office.PriceListChange) (office.SavedPriceList, error) {
	set, problems, err := pricing.ParseOne("lists", q.List)
	if err != nil || len(problems) > 0 {
		return office.SavedPriceList{Problems: problems}, err
	}
	list := refdata.PriceList{List: set.Lists[0], Stopped: q.Stopped, By: who.User.Login}
	if err := who.Must("pricelist.save", list.List.Stores...); err != nil {
		return office.SavedPriceList{}, err
	}
	saved, version, err := b.SaveList(list, func(before *refdata.PriceList) error {
		if before == nil {
			return nil
		}
		return who.Must("pricelist.save", before.List.Stores...)
	})
	if errors.As(err, &problems) {
		return office.SavedPriceList{Problems: problems}, nil
	}
	if err == nil {
		who.Did("price_list.save", list.List.ID)
	}
	return office.SavedPriceList{List: &saved, Version: version}, err
}

func (b *Book) saveRegulation(_ context.Context, who routes.Caller, q office.RegulationChange) (office.SavedRegulation, error) {
	set, problems, err := pricing.ParseOne("regulations", q.Regulation)
	if err != nil || len(problems) > 0 {
		return office.SavedRegulation{Problems: problems}, err
	}
	g := refdata.Regulation{Regulation: set.Regulations[0], Stopped: q.Stopped, By: who.User.Login}
	if err := who.Must("pricelist.regulate", g.Regulation.Stores...); err != nil {
		return office.SavedRegulation{}, err
	}
	saved, version, err := b.SaveRegulation(g, func(before *refdata.Regulation) error {
		if before == nil {
			return nil
		}
		return who.Must("pricelist.regulate", before.Regulation.Stores...)
	})
	if errors.As(err, &problems) {
		return office.SavedRegulation{Problems: problems}, nil
	}
	if err == nil {
		who.Did("regulation.save", g.Regulation.ID)
	}
	return office.SavedRegulation{Regulation: &saved, Version: version}, err
}

// setPrices changes prices of a list, for the stores that are the person's.
func (b *Book) setPrices(_ context.Context, who routes.Caller, q office.ListPricesChange) (office.ListPricesSet, error) {
	set, err := b.SetPrices(q, func(list refdata.PriceList) error {
		if q.Store != "" {
			return who.Must("pricelist.set", q.Store)
		}
		return who.Must("pricelist.set", list.List.Stores...)
	})
	if err == nil && !q.Dry {
		who.Did("price_list.prices", q.List)
	}
	return set, err
}
