package till

import (
	"context"
	"fmt"

	"tillsight/app/bridge"
	"tillsight/app/worker/till/lookup"
	"tillsight/app/worker/till/open"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
)

// everybody is who uses of promotions are counted for that are limited in all.
const everybody = "*"

// RemoveCard takes the customer's card off the receipt, and with it the prices
// that only this customer has.
func (s *sale) RemoveCard(context.Context, struct{}) (bridge.Delta, error) {
	return s.takeBack("till.RemoveCard", open.Change{Card: &lookup.Card{}})
}

// RemoveCoupon takes back a coupon that was shown.
func (s *sale) RemoveCoupon(_ context.Context, q bridge.Coupon) (bridge.Delta, error) {
	return s.takeBack("till.RemoveCoupon", open.Change{NoCoupon: q.Code})
}

// takeBack undoes something shown to the open receipt.
func (s *sale) takeBack(op string, c open.Change) (bridge.Delta, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	if s.current.Doc == nil {
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, fmt.Errorf("no open receipt"))
	}
	return s.do(c)
}

// Explain says why line N costs what it costs.
func (s *sale) Explain(_ context.Context, q bridge.LineRef) (bridge.Why, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling("till.Explain", ""); err != nil {
		return bridge.Why{}, err
	}
	return s.current.Explain(q.N)
}

// renew reads the reference data anew after it changed, and gives a receipt that
// was read from the draft the promotions of its first line.
func (s *sale) renew() error {
	if err := s.readBook(); err != nil {
		return err
	}
	if s.current.Doc != nil && s.current.Rules() == nil {
		return s.ruleReceipt()
	}
	return nil
}

// ruleReceipt gives the open receipt the promotions that it was opened with. A
// copy of the reference data that came meanwhile may not know them any more:
// then those of now count from here on.
func (s *sale) ruleReceipt() error {
	from, err := refdata.RulesFrom(s.ref)
	if err != nil {
		return err
	}
	rules := s.rules.now
	if s.current.Doc.Rules >= from {
		if kept, _, err := refdata.RulesAt(s.ref, s.current.Doc.Rules); err == nil {
			rules = kept
		} else {
			s.log("promotions of the open receipt", err)
			s.current.Doc.Rules = s.rulesVersion()
		}
	} else {
		s.current.Doc.Rules = s.rulesVersion()
	}
	s.current.Use(rules)
	return nil
}
