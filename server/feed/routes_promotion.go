package feed

import (
	"context"
	"errors"
	"net/http"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/refdata"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

func (d Desk) promotionRoutes(r *routes.Registry) {
	routes.Add(r, office.GetPromotions, routes.Manager, routes.Stores, d.promotions)
	routes.Add(r, office.SavePromotion, routes.Manager, routes.Stores, d.savePromotion)
	routes.Add(r, office.StopPromotion, routes.Manager, routes.Stores, d.stopPromotion)
	routes.Add(r, office.SaveNever, routes.Manager, routes.Whole,
		func(_ context.Context, who routes.Caller, q office.Never) (office.Never, error) {
			_, err := d.SaveNever(q.Goods, q.Had)
			if err == nil {
				who.Did("promotion.never", "")
			}
			return office.Never{Goods: q.Goods}, err
		})
	routes.Serve(r, office.GetRuleSchema, routes.Anybody, routes.Nothing,
		func(w http.ResponseWriter, _ *http.Request, _ routes.Caller, _ wire.Nothing) error {
			w.Header().Set("Content-Type", "application/schema+json")
			if _, err := w.Write(pricing.Schema); err != nil {
				return errcode.New(errcode.Cancelled, "feed.schema", err)
			}
			return nil
		})
}

// promotions lists the rules of the stores that the person may see.
func (d Desk) promotions(_ context.Context, who routes.Caller, _ wire.Nothing) (office.Promotions, error) {
	page := office.Promotions{Promotions: []office.Promotion{}}
	err := d.View(func(q refdata.Querier) error {
		all, err := refdata.AllPromotions(q)
		if err != nil {
			return err
		}
		for _, p := range all {
			if who.Reads(p.Rule.Stores) {
				page.Promotions = append(page.Promotions, shown(p, who))
			}
		}
		if page.Never, err = refdata.NeverGoods(q); err != nil {
			return err
		}
		if page.Groups, err = refdata.CustomerGroups(q); err != nil {
			return err
		}
		page.Categories, err = refdata.AllCategories(q)
		return err
	})
	return page, err
}

// shown is a promotion as who sees it. The key of its coupons makes codes that
// are good: it is for those who may change the promotion.
func shown(p refdata.Promotion, who routes.Caller) office.Promotion {
	if !who.Changes(p.Rule.Stores) {
		p.Rule.Coupon.Key = ""
	}
	return office.Promotion(p)
}

// savePromotion writes a rule, or says what is wrong with it.
func (d Desk) savePromotion(_ context.Context, who routes.Caller, q office.PromotionChange) (office.SavedPromotion, error) {
	set, problems, err := pricing.ParseOne("rules", q.Rule)
	if err != nil || len(problems) > 0 {
		return office.SavedPromotion{Problems: problems}, err
	}
	rule := set.Rules[0]
	if err := who.Must("feed.savePromotion", rule.Stores...); err != nil {
		return office.SavedPromotion{}, err
	}
	if k := &rule.Coupon; k.Prefix != "" && k.Issued > 0 && k.Key == "" && d.Secret != nil {
		k.Key = d.Secret() // whoever makes codes of ours needs it; it stays when the rule is changed
	}
	p, version, err := d.SavePromotion(refdata.Promotion{Rule: rule, By: who.User.Login}, mayChange(who))
	if errors.As(err, &problems) {
		return office.SavedPromotion{Problems: problems}, nil
	}
	if err == nil {
		who.Did("promotion.save", rule.ID)
	}
	return office.SavedPromotion{Promotion: (*office.Promotion)(&p), Version: version}, err
}

// mayChange refuses to touch a promotion of other stores.
func mayChange(who routes.Caller) func(*refdata.Promotion) error {
	return func(before *refdata.Promotion) error {
		if before == nil {
			return nil
		}
		return who.Must("feed.promotion", before.Rule.Stores...)
	}
}

// stopPromotion ends a promotion or lets it run again.
func (d Desk) stopPromotion(_ context.Context, who routes.Caller, q office.PromotionStop) (office.SavedPromotion, error) {
	p, version, err := d.StopPromotion(q.ID, q.Version, !q.Resume, who.User.Login, mayChange(who))
	if err == nil && q.Resume {
		who.Did("promotion.resume", q.ID)
	} else if err == nil {
		who.Did("promotion.stop", q.ID)
	}
	return office.SavedPromotion{Promotion: (*office.Promotion)(&p), Version: version}, err
}
