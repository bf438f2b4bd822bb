// Package permit says what may be sold here and now, and how: the stop list,
// bans by hour and place, dates on packages, who may type a weight. It is asked
// at the scan, so that the customer hears it early, and again at payment, which
// is the moment of sale.
package permit

import (
	"errors"
	"strconv"
	"time"

	"tillsight/app/worker/till/lookup"
	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
	"tillsight/shared/shelflife"
	"tillsight/shared/staff"
)

// Rules are the rules of sale of the reference data.
type Rules struct {
	Kits    map[catalogue.SKU]catalogue.Kit
	Selling refdata.Selling

	bans    *ban.Set
	lives   []shelflife.Rule
	parents map[string]string // category → the one above it
}

// Read reads the rules for a store. Bans that this program does not understand
// are left out and counted: a newer server must not stop an older till.
func Read(copied refdata.Querier, store catalogue.Store) (r Rules, dropped int, err error) {
	bans, e1 := refdata.AllBans(copied)
	tree, e2 := refdata.AllCategories(copied)
	lives, e3 := refdata.AllShelfLives(copied)
	kits, e4 := refdata.AllKits(copied)
	selling, e5 := refdata.SellingWay(copied)
	if err := errors.Join(e1, e2, e3, e4, e5); err != nil {
		return Rules{}, 0, err
	}
	r = Rules{
		Kits: make(map[catalogue.SKU]catalogue.Kit, len(kits)), Selling: selling,
		lives: lives, parents: make(map[string]string, len(tree)),
	}
	r.bans, dropped = ban.NewSet(bans, tree, ban.Place{Store: store.ID, Region: store.Region})
	for _, c := range tree {
		r.parents[c.ID] = c.Parent
	}
	for _, k := range kits {
		r.Kits[k.SKU] = k
	}
	return r, dropped, nil
}

// life returns how goods of a category are treated before their dates: the rule
// of the nearest category upwards.
func (r *Rules) life(category string) shelflife.Rule {
	for range len(r.parents) + 1 {
		for _, rule := range r.lives {
			if rule.Category == category {
				return rule
			}
		}
		if category = r.parents[category]; category == "" {
			break
		}
	}
	return shelflife.Rule{}
}

// Scan refuses what may not be sold by who, at the time of the store's wall
// clock. The hint is what the cashier is to know of what may.
func (r *Rules) Scan(found lookup.Meaning, wanted quantity.Milli, goods lookup.Catalogue, wall time.Time, who staff.Employee) (hint *errcode.Error, err error) {
	const op = "till.sell"
	item := found.Item
	switch {
	case item.Stopped:
		return nil, lookup.About(errcode.New(errcode.Stopped, op, nil), item.Name)
	case !item.Priced && found.Sum == 0:
		return nil, lookup.About(errcode.New(errcode.NoPrice, op, nil), item.Name)
	case found.Single && wanted != 0 && wanted != quantity.One:
		return nil, errcode.New(errcode.FixedQuantity, op, nil)
	}
	banned := []ban.Goods{{SKU: item.SKU, Category: item.Category}}
	for _, part := range r.Kits[item.SKU].Parts {
		p, ok, err := goods.ProductBySKU(part.SKU)
		if err != nil {
			return nil, err
		}
		if ok && p.Stopped {
			return nil, lookup.About(errcode.New(errcode.Stopped, op, nil), p.Name)
		}
		banned = append(banned, ban.Goods{SKU: part.SKU, Category: p.Category})
	}
	for _, g := range banned {
		if v := r.bans.At(g, wall); v.Banned {
			return nil, lookup.About(banError(v, wall, errcode.SaleBan), item.Name)
		}
	}
	state, date := shelflife.Judge(found.Life, r.life(item.Category), wall)
	if state == shelflife.Expired {
		return nil, lookup.About(errcode.New(errcode.Expired, op, nil), item.Name).With("date", date)
	}
	if !item.Unit.Whole() && !found.Single {
		if err := r.weight(found, wanted, who); err != nil {
			return nil, err
		}
	}
	return r.hint(item, state, date), nil
}

// weight asks for the weight of goods whose code does not tell it.
func (r *Rules) weight(found lookup.Meaning, wanted quantity.Milli, who staff.Employee) error {
	switch {
	case wanted != 0 && found.Weighed:
		return nil
	case wanted != 0:
		return r.Weigh("till.sell", who)
	case found.Factor == quantity.One && found.Sum == 0:
		return lookup.About(errcode.New(errcode.NeedWeight, "till.sell", nil), found.Item.Name).
			With("sku", string(found.Item.SKU)).With("unit", string(found.Item.Unit))
	}
	return nil
}

// Weigh refuses to take a weight that was typed from who may not.
func (r *Rules) Weigh(op string, who staff.Employee) error {
	if r.Selling.SeniorsWeigh && !who.May(staff.ManualWeight) {
		return errcode.New(errcode.Forbidden, op, nil).With("right", string(staff.ManualWeight))
	}
	return nil
}

func (r *Rules) hint(item refdata.Item, state shelflife.State, date string) *errcode.Error {
	switch state {
	case shelflife.Stale:
		return lookup.About(errcode.New(errcode.BestBefore, "till.sell", nil), item.Name).With("date", date)
	case shelflife.Near:
		off := r.life(item.Category).MarkdownBP
		return lookup.About(errcode.New(errcode.NearExpiry, "till.sell", nil), item.Name).
			With("date", date).With("percent", strconv.FormatInt(off, 10))
	}
	return nil
}
