package feed

import (
	"fmt"
	"reflect"

	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// SavePromotion writes a promotion whose rule has the version that was read, 0
// for a new one. allowed says whether who asks may change the one that is there
// (nil for a new one).
func (f *Feed) SavePromotion(p refdata.Promotion, allowed func(before *refdata.Promotion) error) (refdata.Promotion, int64, error) {
	if err := refdata.CheckPromotion(p); err != nil {
		return p, 0, err
	}
	return f.changePromotion(p.Rule.ID, p.Rule.Version, allowed, func(refdata.Promotion) refdata.Promotion { return p })
}

// StopPromotion ends a promotion at once, or lets it run again.
func (f *Feed) StopPromotion(id string, version int, stopped bool, by string, allowed func(before *refdata.Promotion) error) (refdata.Promotion, int64, error) {
	return f.changePromotion(id, version, func(before *refdata.Promotion) error {
		if before == nil {
			return errcode.New(errcode.NotFound, "feed.StopPromotion", fmt.Errorf("promotion %q", id))
		}
		return allowed(before)
	}, func(p refdata.Promotion) refdata.Promotion {
		p.Stopped, p.By = stopped, by
		return p
	})
}

// SaveNever changes the goods that no promotion touches, unless they are others
// by now than had, nil for none.
func (f *Feed) SaveNever(goods pricing.Goods, had *pricing.Goods) (version int64, err error) {
	const op = "feed.SaveNever"
	none := reflect.DeepEqual(goods, pricing.Goods{})
	if !none {
		if err := (pricing.Set{Never: &goods}).Validate(); err != nil {
			return 0, err
		}
	}
	return f.change(func(tx *sqlite.Tx) (int64, error) {
		held, err := refdata.NeverGoods(tx)
		if err != nil {
			return 0, err
		}
		if !reflect.DeepEqual(held, had) {
			return 0, errcode.New(errcode.Conflict, op, nil)
		}
		row := refdata.Row{Table: refdata.NeverPromoted, Key: "goods"}
		if !none {
			row.Value = refdata.Never{Goods: goods}
		}
		return refdata.Put(tx, []refdata.Row{row})
	})
}

// changePromotion writes what edit makes of the promotion, unless somebody else
// was quicker.
func (f *Feed) changePromotion(id string, version int, allowed func(*refdata.Promotion) error, edit func(refdata.Promotion) refdata.Promotion) (p refdata.Promotion, at int64, err error) {
	at, err = f.change(func(tx *sqlite.Tx) (int64, error) {
		held, found, err := refdata.PromotionByID(tx, id)
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
		if held.Rule.Version != version {
			return 0, errcode.New(errcode.Conflict, "feed.SavePromotion", fmt.Errorf("version %d, held is %d", version, held.Rule.Version))
		}
		p = edit(held)
		p.Rule.Version, p.At = version+1, f.now().UnixMilli()
		return refdata.Put(tx, []refdata.Row{{Table: refdata.Promotions, Value: p}})
	})
	return p, at, err
}
