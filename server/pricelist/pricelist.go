// Package pricelist is what managers do to price lists and regulated prices:
// conditions of the lists, their prices from a moment on, one by one or as a
// file, and what an article costs for whom when.
//
// Everything is written through the feed, so tills hear of it in seconds. A
// change names the version that it was made from and is refused when somebody
// else was quicker. Prices are never deleted: from a moment on there is another,
// or none, and the log can tell what a till asked for before.
package pricelist

import (
	"fmt"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/refdata"
	"tillsight/shared/scope"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// Feed is the reference data of the chain.
type Feed interface {
	View(queries func(q refdata.Querier) error) error
	// Change calls put in a transaction; put returns the newest version.
	Change(put func(tx *sqlite.Tx) (int64, error)) (int64, error)
}

// Book is the price lists of the chain. It is safe for concurrent use.
type Book struct {
	feed Feed
	now  func() time.Time
}

// New returns the price lists of a feed.
func New(f Feed, now func() time.Time) *Book { return &Book{feed: f, now: now} }

// Lists returns the price lists and regulations that who sees, and what forms
// choose from.
func (b *Book) Lists(who scope.Scope) (wire.PriceLists, error) {
	page := wire.PriceLists{Lists: []wire.PriceList{}, Regulations: []wire.Regulation{}, Groups: []string{}}
	err := b.feed.View(func(q refdata.Querier) error {
		lists, err := refdata.AllPriceLists(q)
		if err != nil {
			return err
		}
		counts, err := refdata.CountListPrices(q)
		if err != nil {
			return err
		}
		for _, l := range lists {
			if who.Reads(l.List.Stores) {
				page.Lists = append(page.Lists, seen(l, counts[l.List.ID]))
			}
		}
		groups, err := refdata.CustomerGroups(q)
		if err != nil {
			return err
		}
		page.Groups = append(page.Groups, groups...)
		if page.Categories, err = refdata.AllCategories(q); err != nil {
			return err
		}
		all, err := b.regulations(q)
		for _, g := range all {
			if who.Reads(g.Regulation.Stores) {
				page.Regulations = append(page.Regulations, g)
			}
		}
		return err
	})
	return page, err
}

func seen(l refdata.PriceList, prices int) wire.PriceList {
	return wire.PriceList{List: l.List, Stopped: l.Stopped, By: l.By, At: l.At, Prices: prices}
}

// regulations lists regulated prices, with how many shelf prices are against them.
func (b *Book) regulations(q refdata.Querier) ([]wire.Regulation, error) {
	all, err := refdata.AllRegulations(q)
	if err != nil {
		return nil, err
	}
	running := make([]pricing.Regulation, 0, len(all))
	for _, g := range all {
		if !g.Stopped {
			running = append(running, g.Regulation)
		}
	}
	against, err := refdata.AgainstRegulations(q, running, b.now().UnixMilli())
	if err != nil {
		return nil, err
	}
	list := make([]wire.Regulation, 0, len(all))
	for _, g := range all {
		list = append(list, regulated(g, against))
	}
	return list, nil
}

func regulated(g refdata.Regulation, against map[string]refdata.Against) wire.Regulation {
	count := against[g.Regulation.ID]
	return wire.Regulation{Regulation: g.Regulation, Stopped: g.Stopped, By: g.By, At: g.At, Above: count.Above, Below: count.Below}
}

// SaveList writes a list whose version is the one that was read, 0 for a new
// one. allowed says whether who asks may change the one that is there (nil for a
// new one).
func (b *Book) SaveList(l refdata.PriceList, allowed func(before *refdata.PriceList) error) (saved wire.PriceList, version int64, err error) {
	if err := refdata.CheckPriceList(l); err != nil {
		return saved, 0, err
	}
	version, err = b.feed.Change(func(tx *sqlite.Tx) (int64, error) {
		held, found, err := refdata.PriceListByID(tx, l.List.ID)
		if err != nil {
			return 0, err
		}
		before := &held
		if !found {
			before = nil
		}
		if err := allowed(before); err != nil {
			return 0, err
		}
		if held.List.Version != l.List.Version {
			return 0, quicker("pricelist.SaveList", held.List.Version, l.List.Version)
		}
		l.List.Version, l.At = l.List.Version+1, b.now().UnixMilli()
		counts, err := refdata.CountListPrices(tx)
		if err != nil {
			return 0, err
		}
		saved = seen(l, counts[l.List.ID])
		return refdata.Put(tx, []refdata.Row{{Table: refdata.PriceLists, Value: l}})
	})
	return saved, version, err
}

// SaveRegulation writes a regulated price, like SaveList.
func (b *Book) SaveRegulation(g refdata.Regulation, allowed func(before *refdata.Regulation) error) (saved wire.Regulation, version int64, err error) {
	if err := refdata.CheckRegulation(g); err != nil {
		return saved, 0, err
	}
	version, err = b.feed.Change(func(tx *sqlite.Tx) (int64, error) {
		held, found, err := refdata.RegulationByID(tx, g.Regulation.ID)
		if err != nil {
			return 0, err
		}
		before := &held
		if !found {
			before = nil
		}
		if err := allowed(before); err != nil {
			return 0, err
		}
		if held.Regulation.Version != g.Regulation.Version {
			return 0, quicker("pricelist.SaveRegulation", held.Regulation.Version, g.Regulation.Version)
		}
		g.Regulation.Version, g.At = g.Regulation.Version+1, b.now().UnixMilli()
		var against map[string]refdata.Against
		if !g.Stopped {
			if against, err = refdata.AgainstRegulations(tx, []pricing.Regulation{g.Regulation}, g.At); err != nil {
				return 0, err
			}
		}
		saved = regulated(g, against)
		return refdata.Put(tx, []refdata.Row{{Table: refdata.Regulations, Value: g}})
	})
	return saved, version, err
}

func quicker(op string, held, version int) error {
	return errcode.New(errcode.Conflict, op, fmt.Errorf("version %d, held is %d", version, held))
}

// mayRead refuses a list that who does not see, as one that there is not.
func mayRead(q refdata.Querier, who scope.Scope, list string) error {
	l, found, err := refdata.PriceListByID(q, list)
	if err == nil && (!found || !who.Reads(l.List.Stores)) {
		err = errcode.New(errcode.NotFound, "pricelist", fmt.Errorf("list %q", list))
	}
	return err
}

// Prices returns a page of the prices of a list that who sees.
func (b *Book) Prices(who scope.Scope, list, text string, offset, limit int) (wire.ListPrices, error) {
	page := wire.ListPrices{Prices: []wire.ListPrice{}}
	err := b.feed.View(func(q refdata.Querier) error {
		if err := mayRead(q, who, list); err != nil {
			return err
		}
		rows, total, err := refdata.ListPricesOf(q, list, text, who.Sees, b.now().UnixMilli(), offset, limit)
		page.Total = total
		for _, row := range rows {
			page.Prices = append(page.Prices, wire.ListPrice{SKU: row.SKU, Name: row.Name, Store: row.Store, From: row.From,
				Amount: row.Amount, Min: row.Min, Ended: row.Ended, Shelf: row.Shelf})
		}
		return err
	})
	return page, err
}
