package feed

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tillsight/server/routes"
	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
	"tillsight/shared/wire/sync"
)

// Desk is the feed as tills pull it and people change it.
type Desk struct {
	*Feed
	Secret func() string // random text that nobody guesses, for keys of serial coupons
}

// Limits of pages and places.
const (
	productsMax = 200
	latMost     = 90_000_000
	lonMost     = 180_000_000
	regionMax   = 100 // bytes
)

// pulled is a question of registers; limit is for those who have little room.
type pulled struct {
	Since int64 `query:"since"`
	Limit int   `query:"limit"`
}

// Routes are those of reference data.
func (d Desk) Routes(r *routes.Registry) {
	routes.Add(r, wire.Endpoint[pulled, sync.Changes]{Method: sync.Pull.Method, Path: sync.Pull.Path}, routes.Current, routes.Stores,
		func(_ context.Context, who routes.Caller, q pulled) (sync.Changes, error) {
			return d.Pull(who.Device.Store, q.Since, min(q.Limit, 1<<20))
		})
	routes.Add(r, sync.GetSnapshot, routes.Current, routes.Stores,
		func(_ context.Context, who routes.Caller, _ wire.Nothing) (sync.Snapshot, error) {
			return d.Snapshot(who.Device.Store)
		})
	routes.Add(r, office.GetProducts, routes.Manager, routes.Stores, d.products)
	routes.Add(r, office.SetPrice, routes.Manager, routes.Stores, d.setPrice)
	d.promotionRoutes(r)
	routes.Add(r, office.GetMasks, routes.Manager, routes.Common,
		func(context.Context, routes.Caller, wire.Nothing) (office.Masks, error) { return d.Masks() })
	routes.Add(r, office.SaveMask, routes.Manager, routes.Whole,
		func(_ context.Context, who routes.Caller, q office.MaskChange) (office.SavedMask, error) {
			saved, err := d.SaveMask(q)
			if err == nil && len(saved.Broken) == 0 {
				who.Did("mask.save", q.Mask.Pattern)
			}
			return saved, err
		})
	routes.Add(r, office.SaveSample, routes.Manager, routes.Whole,
		func(_ context.Context, who routes.Caller, q office.SampleChange) (office.Masks, error) {
			return d.SaveSample(q)
		})
	routes.Add(r, office.LookCode, routes.Manager, routes.Common,
		func(_ context.Context, _ routes.Caller, q office.CodeOf) (office.Looked, error) {
			if q.Code == "" || len(q.Code) > barcode.LengthMax {
				return office.Looked{}, errcode.New(errcode.Invalid, "feed.look", errors.New("no code, or too long a one"))
			}
			return d.Look(q.Code)
		})
	routes.Add(r, office.GetStorePlaces, routes.Manager, routes.Stores, d.storePlaces)
	routes.Add(r, office.PlaceStore, routes.Manager, routes.Stores, d.placeStore)
}

// Known refuses stores that there are not.
func (f *Feed) Known(stores []string) error {
	return f.View(func(q refdata.Querier) error {
		for _, id := range stores {
			_, found, err := refdata.Store(q, id)
			if err != nil {
				return err
			}
			if !found {
				return errcode.New(errcode.Invalid, "feed.known", nil).With("field", "store").With("value", id)
			}
		}
		return nil
	})
}

// setPrice writes a price. One for the whole chain is not for who has only some stores.
func (d Desk) setPrice(_ context.Context, who routes.Caller, q catalogue.Price) (office.Version, error) {
	if err := who.Must("feed.setPrice", q.Store); err != nil {
		return office.Version{}, err
	}
	version, err := d.SetPrice(q)
	if err == nil {
		who.Did("price.set", fmt.Sprintf("%s in %q: %d", q.SKU, q.Store, q.Amount))
	}
	return office.Version{Version: version}, err
}

// products lists the assortment, or what a text finds in it, with the prices
// of a store.
func (d Desk) products(_ context.Context, who routes.Caller, q office.FindProducts) (office.Products, error) {
	if q.Limit == 0 {
		q.Limit = 50
	}
	q.Limit, q.Offset = min(q.Limit, productsMax), min(q.Offset, 10_000_000)
	page := office.Products{Products: []office.PricedProduct{}}
	if q.Store != "" {
		if err := who.Must("feed.products", q.Store); err != nil {
			return page, err
		}
	}
	err := d.View(func(db refdata.Querier) error {
		items, err := find(db, q, d.now().UnixMilli(), q.Limit+1)
		for i, item := range items {
			if page.More = i == q.Limit; page.More {
				break
			}
			page.Products = append(page.Products, priced(item))
		}
		return err
	})
	return page, err
}

func priced(item refdata.Item) office.PricedProduct {
	p := office.PricedProduct{Product: item.Product, Code: item.Code}
	if item.Priced {
		p.Price = &item.Price
	}
	return p
}

// find returns limit items of those that the text finds; an empty one finds all.
func find(db refdata.Querier, q office.FindProducts, at int64, limit int) ([]refdata.Item, error) {
	if q.Text != "" {
		items, err := refdata.Search(db, q.Text, q.Store, at, q.Offset+limit)
		return items[min(q.Offset, len(items)):], err
	}
	var skus []catalogue.SKU
	enough := errors.New("enough")
	n := 0
	err := refdata.EachProduct(db, func(p catalogue.Product) error {
		if n++; n > q.Offset {
			skus = append(skus, p.SKU)
		}
		if len(skus) == limit {
			return enough
		}
		return nil
	})
	if err != nil && !errors.Is(err, enough) {
		return nil, err
	}
	var items []refdata.Item
	for _, sku := range skus {
		item, found, err := refdata.ProductBySKU(db, sku, q.Store, at)
		if err != nil {
			return nil, err
		}
		if found {
			items = append(items, item)
		}
	}
	return items, nil
}

// storePlaces lists the stores that the person sees, in the order of their IDs.
func (d Desk) storePlaces(_ context.Context, who routes.Caller, _ wire.Nothing) ([]office.StorePlace, error) {
	list := []office.StorePlace{}
	err := d.View(func(q refdata.Querier) error {
		stores, err := refdata.AllStores(q)
		for _, store := range stores {
			if who.Sees(store.ID) {
				list = append(list, placeOf(store))
			}
		}
		return err
	})
	slices.SortFunc(list, func(a, b office.StorePlace) int { return cube.Natural(a.Store, b.Store) })
	return list, err
}

func placeOf(s catalogue.Store) office.StorePlace {
	return office.StorePlace{Store: s.ID, Name: s.Name, Region: s.Region, Lat: s.Lat, Lon: s.Lon}
}

// placeStore says where a store stands.
func (d Desk) placeStore(_ context.Context, who routes.Caller, place office.StorePlace) (office.StorePlace, error) {
	if err := who.Must("feed.placeStore", place.Store); err != nil {
		return place, err
	}
	place.Region = strings.TrimSpace(place.Region)
	if place.Lat < -latMost || place.Lat > latMost || place.Lon < -lonMost || place.Lon > lonMost || len(place.Region) > regionMax {
		return place, errcode.New(errcode.Invalid, "feed.placeStore", errors.New("no place on earth"))
	}
	var saved catalogue.Store
	_, err := d.Change(func(tx *sqlite.Tx) (int64, error) {
		store, found, err := refdata.Store(tx, place.Store)
		if err != nil {
			return 0, err
		}
		if !found {
			return 0, errcode.New(errcode.NotFound, "feed.placeStore", nil).With("store", place.Store)
		}
		store.Region, store.Lat, store.Lon = place.Region, place.Lat, place.Lon
		saved = store
		return refdata.Put(tx, []refdata.Row{{Table: refdata.Stores, Value: store}})
	})
	if err == nil {
		who.Did("store.place", place.Store)
	}
	return placeOf(saved), err
}
