package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"tillsight/shared/scope"
	"time"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/refdata"
	wire "tillsight/shared/wire/office"
)

// Audit is what is known of receipts that were priced again.
type Audit interface {
	// Simulate says what a draft would have done to the receipts of the last days.
	Simulate(ctx context.Context, draft pricing.Rule, days int, now time.Time, who scope.Scope) (wire.Simulated, error)
	// Alarms returns the newest receipts of stores that who sees that should have
	// come to something else.
	Alarms(who scope.Scope, limit int) ([]wire.Alarm, error)
	// Count returns how many of them there are.
	Count() (int64, error)
}

// promotions lists the rules of the stores that the person may see.
func (s *Server) promotions(w http.ResponseWriter, _ *http.Request, who routes.Caller) error {
	page := wire.Promotions{Promotions: []wire.Promotion{}}
	err := s.Feed.View(func(q refdata.Querier) error {
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
	if err != nil {
		return err
	}
	return answer(w, page)
}

// shown is a promotion as who sees it. The key of its coupons makes codes that
// are good: it is for those who may change the promotion.
func shown(p refdata.Promotion, who routes.Caller) wire.Promotion {
	if !who.Changes(p.Rule.Stores) {
		p.Rule.Coupon.Key = ""
	}
	return wire.Promotion(p)
}

// parseRule reads a rule; problems have the places in its own text.
func parseRule(text json.RawMessage) (pricing.Rule, pricing.Problems, error) {
	const before, after = `{"rules":[`, `]}`
	set, err := pricing.Parse([]byte(before + string(text) + after))
	var problems pricing.Problems
	if errors.As(err, &problems) {
		for i := range problems {
			problems[i].Path = strings.TrimPrefix(problems[i].Path, "rules[0].")
			if problems[i].Line == 1 {
				problems[i].Column = max(1, problems[i].Column-len(before))
			}
		}
		return pricing.Rule{}, problems, nil
	}
	if err != nil {
		return pricing.Rule{}, nil, err
	}
	if len(set.Rules) != 1 {
		return pricing.Rule{}, nil, errcode.New(errcode.Invalid, "httpapi.parseRule", errors.New("not one rule"))
	}
	return set.Rules[0], nil, nil
}

// savePromotion writes a rule, or says what is wrong with it.
func (s *Server) savePromotion(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[wire.PromotionChange](r)
	if err != nil {
		return err
	}
	rule, problems, err := parseRule(request.Rule)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return answer(w, wire.SavedPromotion{Problems: problems})
	}
	if err := who.Must("httpapi.promotions", rule.Stores...); err != nil {
		return err
	}
	if k := &rule.Coupon; k.Prefix != "" && k.Issued > 0 && k.Key == "" && s.Secret != nil {
		k.Key = s.Secret() // whoever makes codes of ours needs it; it stays when the rule is changed
	}
	p, version, err := s.Feed.SavePromotion(refdata.Promotion{Rule: rule, By: who.User.Login}, mayChange(who))
	if errors.As(err, &problems) {
		return answer(w, wire.SavedPromotion{Problems: problems})
	}
	if err != nil {
		return err
	}
	return answer(w, wire.SavedPromotion{Promotion: (*wire.Promotion)(&p), Version: version})
}

// mayChange refuses to touch a promotion of other stores.
func mayChange(who routes.Caller) func(*refdata.Promotion) error {
	return func(before *refdata.Promotion) error {
		if before == nil {
			return nil
		}
		return who.Must("httpapi.promotions", before.Rule.Stores...)
	}
}

// stopPromotion ends a promotion or lets it run again.
func (s *Server) stopPromotion(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[wire.PromotionStop](r)
	if err != nil {
		return err
	}
	p, version, err := s.Feed.StopPromotion(request.ID, request.Version, !request.Resume, who.User.Login, mayChange(who))
	if err != nil {
		return err
	}
	return answer(w, wire.SavedPromotion{Promotion: (*wire.Promotion)(&p), Version: version})
}

// promotionSchema serves the JSON schema of rules.
func (s *Server) promotionSchema(w http.ResponseWriter, _ *http.Request, _ routes.Caller) error {
	w.Header().Set("Content-Type", "application/schema+json")
	if _, err := w.Write(pricing.Schema); err != nil {
		return errcode.New(errcode.Cancelled, "httpapi.promotionSchema", err)
	}
	return nil
}

// saveNever changes the goods that no promotion of the chain touches.
func (s *Server) saveNever(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[wire.Never](r)
	if err != nil {
		return err
	}
	if _, err := s.Feed.SaveNever(request.Goods, request.Had); err != nil {
		return err
	}
	return answer(w, wire.Never{Goods: request.Goods})
}

// simulate says what a draft would have done.
func (s *Server) simulate(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[wire.Simulation](r)
	if err != nil {
		return err
	}
	rule, problems, err := parseRule(request.Rule)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return answer(w, wire.Simulated{Problems: problems})
	}
	if s.Audit == nil {
		return errcode.New(errcode.NotFound, "httpapi.simulate", nil)
	}
	result, err := s.Audit.Simulate(r.Context(), rule, request.Days, s.Now(), who.Scope)
	if err != nil {
		return err
	}
	return answer(w, result)
}

const alarmsMax = 200

// alarms lists receipts that should have come to something else.
func (s *Server) alarms(w http.ResponseWriter, _ *http.Request, who routes.Caller) error {
	list := []wire.Alarm{}
	if s.Audit != nil {
		var err error
		if list, err = s.Audit.Alarms(who.Scope, alarmsMax); err != nil {
			return err
		}
	}
	return answer(w, list)
}
