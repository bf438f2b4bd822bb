package pricelist

import (
	"slices"
	"time"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/refdata"
	"tillsight/shared/scope"
	wire "tillsight/shared/wire/office"
)

// When returns all that who sees of what the price of an article in a store (""
// for the chain) depends on now.
func (b *Book) When(who scope.Scope, sku catalogue.SKU, store string) (wire.PriceWhen, error) {
	var when wire.PriceWhen
	err := b.feed.View(func(q refdata.Querier) error {
		now := b.now()
		item, found, err := refdata.ProductBySKU(q, sku, store, now.UnixMilli())
		if err != nil {
			return err
		}
		if !found {
			return errcode.New(errcode.NotFound, "pricelist.When", nil)
		}
		zone, err := zoneOf(q, store, now)
		if err != nil {
			return err
		}
		when = whenOf(item, now, zone)
		return readRules(q, who, &when)
	})
	return when, err
}

func whenOf(item refdata.Item, now time.Time, zone int) wire.PriceWhen {
	when := wire.PriceWhen{
		SKU: item.SKU, Name: item.Name, Category: item.Category, Priced: item.Priced, Shelf: offerOf(item.Price),
		Offers: []pricing.Offer{}, Lists: []pricing.List{}, Regulations: []pricing.Regulation{},
		At: now.UnixMilli(), Date: now.UTC().Add(time.Duration(zone) * time.Minute).Format(time.DateOnly), Zone: zone,
	}
	for _, p := range item.Lists {
		when.Offers = append(when.Offers, offerOf(p))
	}
	return when
}

func offerOf(p catalogue.Price) pricing.Offer {
	return pricing.Offer{List: p.List, Price: p.Amount, Min: p.Min}
}

// readRules adds the lists and regulations that run.
func readRules(q refdata.Querier, who scope.Scope, when *wire.PriceWhen) error {
	lists, err := refdata.AllPriceLists(q)
	if err != nil {
		return err
	}
	for _, l := range lists {
		if !l.Stopped && who.Reads(l.List.Stores) {
			when.Lists = append(when.Lists, l.List)
		}
	}
	regulations, err := refdata.AllRegulations(q)
	if err != nil {
		return err
	}
	for _, g := range regulations {
		if !g.Stopped && who.Reads(g.Regulation.Stores) {
			when.Regulations = append(when.Regulations, g.Regulation)
		}
	}
	when.Offers = slices.DeleteFunc(when.Offers, func(o pricing.Offer) bool {
		return !slices.ContainsFunc(lists, func(l refdata.PriceList) bool { return l.List.ID == o.List && who.Reads(l.List.Stores) })
	})
	when.Categories, err = refdata.AllCategories(q)
	return err
}

// zoneOf returns the minutes east of UTC in a store, in the first one for "".
func zoneOf(q refdata.Querier, store string, now time.Time) (int, error) {
	stores, err := refdata.AllStores(q)
	if err != nil {
		return 0, err
	}
	for _, s := range stores {
		if s.ID != store && store != "" {
			continue
		}
		place, err := time.LoadLocation(s.Zone)
		if err != nil {
			return 0, errcode.New(errcode.Internal, "pricelist.zoneOf", err)
		}
		_, offset := now.In(place).Zone()
		return offset / 60, nil
	}
	return 0, nil
}
