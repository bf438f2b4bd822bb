package assortment

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tillsight/server/office"
	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/shelflife"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// BanOptions is what a ban may name.
func (a *Assortment) BanOptions() (o wire.BanOptions, err error) {
	err = a.feed.View(func(q refdata.Querier) (err error) {
		var e1 error
		o.Categories, err = refdata.AllCategories(q)
		o.Stores, e1 = refdata.AllStores(q)
		return errors.Join(err, e1)
	})
	return o, err
}

// Bans are the rules by which goods are not sold, as documents.
var Bans = office.Store[ban.Rule]{Kind: wire.Ban, Table: refdata.SaleBans, Fits: banFits}

// banFits refuses a ban of what there is not.
func banFits(q refdata.Querier, rule ban.Rule) error {
	stores, e1 := refdata.AllStores(q)
	tree, e2 := refdata.AllCategories(q)
	if err := errors.Join(e1, e2); err != nil {
		return err
	}
	for _, id := range rule.Categories {
		if !slices.ContainsFunc(tree, func(c catalogue.Category) bool { return c.ID == id }) {
			return unknown("goods", id)
		}
	}
	for _, id := range rule.Stores {
		if !slices.ContainsFunc(stores, func(s catalogue.Store) bool { return s.ID == id }) {
			return unknown("stores", id)
		}
	}
	for _, region := range rule.Regions {
		if !slices.ContainsFunc(stores, func(s catalogue.Store) bool { return s.Region == region }) {
			return unknown("stores", region)
		}
	}
	for _, sku := range slices.Concat(rule.SKUs, rule.Except) {
		if _, found, err := refdata.ProductByKey(q, sku); err != nil || !found {
			return errors.Join(err, unknown("goods", string(sku)))
		}
	}
	return nil
}

func unknown(field, value string) error {
	return errcode.New(errcode.Invalid, "assortment", fmt.Errorf("%s: no %q", field, value)).With("field", field).With("value", value)
}

func (a *Assortment) saved(rows func(tx *sqlite.Tx) ([]refdata.Row, error)) (wire.Saved, error) {
	version, changed, err := a.put(rows)
	return wire.Saved{Version: version, Count: changed}, err
}

// ShelfLives lists how categories are treated before their dates.
func (a *Assortment) ShelfLives() (lives wire.ShelfLives, err error) {
	err = a.feed.View(func(q refdata.Querier) error {
		rules, e1 := refdata.AllShelfLives(q)
		tree, e2 := refdata.AllCategories(q)
		lives = wire.ShelfLives{Rules: rules, Categories: tree}
		if lives.Rules == nil {
			lives.Rules = []shelflife.Rule{}
		}
		return errors.Join(e1, e2)
	})
	return lives, err
}

// SaveShelfLives writes all rules of shelf life in place of those that are there.
func (a *Assortment) SaveShelfLives(lives wire.ShelfLives) (wire.Saved, error) {
	return a.saved(func(tx *sqlite.Tx) ([]refdata.Row, error) {
		before, e1 := refdata.AllShelfLives(tx)
		tree, e2 := refdata.AllCategories(tx)
		if err := errors.Join(e1, e2); err != nil {
			return nil, err
		}
		var rows []refdata.Row
		for _, rule := range lives.Rules {
			if err := rule.Validate(); err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(tree, func(c catalogue.Category) bool { return c.ID == rule.Category }) {
				return nil, unknown("category", rule.Category)
			}
			rows = append(rows, refdata.Row{Table: refdata.ShelfLives, Value: rule})
		}
		for _, old := range before {
			if !slices.ContainsFunc(lives.Rules, func(r shelflife.Rule) bool { return r.Category == old.Category }) {
				rows = append(rows, refdata.Row{Table: refdata.ShelfLives, Key: old.Category})
			}
		}
		return rows, nil
	})
}

// Selling returns how the chain's tills sell.
func (a *Assortment) Selling() (way wire.Selling, err error) {
	err = a.feed.View(func(q refdata.Querier) error {
		held, err := refdata.SellingWay(q)
		way = wire.Selling(held)
		return err
	})
	return way, err
}

// SaveSelling writes how the chain's tills sell.
func (a *Assortment) SaveSelling(way wire.Selling) (wire.Saved, error) {
	if !slices.Contains(receipt.Groupings, way.Grouping) {
		return wire.Saved{}, unknown("grouping", string(way.Grouping))
	}
	return a.saved(func(*sqlite.Tx) ([]refdata.Row, error) {
		return []refdata.Row{{Table: refdata.SellingWays, Value: refdata.Selling(way)}}, nil
	})
}

// Limits of the key grid.
const (
	groupsMax   = 30
	keysMax     = 200 // of a group
	groupIDMax  = 40
	groupLength = 60 // of a name
)

// QuickKeys returns the whole key grid.
func (a *Assortment) QuickKeys() (grid wire.QuickKeys, err error) {
	err = a.feed.View(func(q refdata.Querier) error {
		grid, err = a.readKeys(q)
		return err
	})
	return grid, err
}

func (a *Assortment) readKeys(q refdata.Querier) (grid wire.QuickKeys, err error) {
	groups, e1 := refdata.AllQuickGroups(q)
	keys, e2 := refdata.AllQuickKeys(q)
	if err := errors.Join(e1, e2); err != nil {
		return grid, err
	}
	grid.Groups = []wire.KeyGroup{}
	for _, g := range groups {
		group := wire.KeyGroup{ID: g.ID, Name: g.Name, Colour: g.Colour, Keys: []wire.Key{}}
		for _, k := range keys {
			if k.Group != g.ID {
				continue
			}
			key := wire.Key{SKU: k.SKU, Picture: k.Picture, Colour: k.Colour}
			item, found, err := refdata.ProductBySKU(q, k.SKU, "", a.now().UnixMilli())
			if err != nil {
				return grid, err
			}
			key.Name, key.Own, key.Amount, key.Gone = item.Name, item.Picture, item.Price.Amount, !found
			group.Keys = append(group.Keys, key)
		}
		grid.Groups = append(grid.Groups, group)
	}
	grid.Tag, err = gridTag(grid)
	return grid, err
}

// gridTag names the written part of a grid.
func gridTag(grid wire.QuickKeys) (string, error) {
	var bare []wire.KeyGroup
	for _, g := range grid.Groups {
		keys := make([]wire.Key, 0, len(g.Keys))
		for _, k := range g.Keys {
			keys = append(keys, wire.Key{SKU: k.SKU, Picture: k.Picture, Colour: k.Colour})
		}
		g.Keys = keys
		bare = append(bare, g)
	}
	return tagOf(bare)
}

// SaveQuickKeys writes the whole grid in place of the one that grid.Tag names.
func (a *Assortment) SaveQuickKeys(grid wire.QuickKeys) (wire.QuickKeys, error) {
	if err := checkGrid(grid); err != nil {
		return wire.QuickKeys{}, err
	}
	_, _, err := a.put(func(tx *sqlite.Tx) ([]refdata.Row, error) {
		before, err := a.readKeys(tx)
		if err != nil {
			return nil, err
		}
		wanted, err := gridTag(grid)
		if err != nil || wanted == before.Tag {
			return nil, err
		}
		if grid.Tag != before.Tag {
			return nil, conflict("assortment.SaveQuickKeys", grid.Tag, before.Tag)
		}
		return gridRows(tx, grid)
	})
	if err != nil {
		return wire.QuickKeys{}, err
	}
	return a.QuickKeys()
}

func checkGrid(grid wire.QuickKeys) error {
	if len(grid.Groups) > groupsMax {
		return unknown("groups", strconv.Itoa(len(grid.Groups)))
	}
	ids := map[string]bool{}
	for _, g := range grid.Groups {
		switch {
		case g.ID == "" || len(g.ID) > groupIDMax || strings.ContainsAny(g.ID, "/\x00\n") || ids[g.ID]:
			return unknown("group", g.ID)
		case strings.TrimSpace(g.Name.RU) == "" || len([]rune(g.Name.RU)) > groupLength || len([]rune(g.Name.EN)) > groupLength:
			return unknown("name", g.Name.RU)
		case len(g.Keys) > keysMax || !known(g.Colour):
			return unknown("keys", g.ID)
		}
		ids[g.ID] = true
		for _, k := range g.Keys {
			if k.SKU == "" || len(k.Picture) > pictureMax || !known(k.Colour) {
				return unknown("key", string(k.SKU))
			}
		}
	}
	return nil
}

func known(c catalogue.Colour) bool { return c == "" || slices.Contains(catalogue.Colours, c) }

// gridRows are the rows of a grid and the deletion of all others.
func gridRows(tx *sqlite.Tx, grid wire.QuickKeys) ([]refdata.Row, error) {
	var rows []refdata.Row
	held := map[string]bool{}
	for at, g := range grid.Groups {
		rows = append(rows, refdata.Row{Table: refdata.QuickGroups, Value: catalogue.QuickGroup{ID: g.ID, Name: g.Name, Position: at, Colour: g.Colour}})
		held[g.ID] = true
		for i, k := range g.Keys {
			held[keyOf(g.ID, i)] = true
			rows = append(rows, refdata.Row{Table: refdata.QuickKeys, Value: catalogue.QuickKey{
				Group: g.ID, Position: i, SKU: k.SKU, Picture: k.Picture, Colour: k.Colour,
			}})
		}
	}
	keys, e1 := refdata.AllQuickKeys(tx)
	groups, e2 := refdata.AllQuickGroups(tx)
	if err := errors.Join(e1, e2); err != nil {
		return nil, err
	}
	for _, k := range keys {
		if !held[keyOf(k.Group, k.Position)] {
			rows = append(rows, refdata.Row{Table: refdata.QuickKeys, Key: keyOf(k.Group, k.Position)})
		}
	}
	for _, g := range groups {
		if !held[g.ID] {
			rows = append(rows, refdata.Row{Table: refdata.QuickGroups, Key: g.ID})
		}
	}
	slices.SortStableFunc(rows, func(a, b refdata.Row) int { return cmp.Compare(a.Table, b.Table) })
	return rows, nil
}

func keyOf(group string, position int) string { return group + "/" + strconv.Itoa(position) }
