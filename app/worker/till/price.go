package till

import (
	"context"
	"fmt"

	"tillsight/app/bridge"
	"tillsight/app/worker/till/lookup"
	"tillsight/app/worker/till/open"
	"tillsight/shared/errcode"
	"tillsight/shared/receipt"
)

// everybody is who uses of promotions are counted for that are limited in all.
const everybody = "*"

// totals says how often promotions that are limited in all have been had, as
// far as is known here: a till that is offline knows what it was last told and
// what it sold since.
func (s *Session) totals() ([]receipt.Used, error) {
	limited := s.rules.now.Limited()
	if len(limited) == 0 {
		return nil, nil
	}
	had, err := s.hadBy(everybody)
	if err != nil {
		return nil, err
	}
	var list []receipt.Used
	for _, rule := range limited {
		if had[rule] > 0 {
			list = append(list, receipt.Used{Rule: rule, Times: had[rule]})
		}
	}
	return list, nil
}

// RemoveCard takes the customer's card off the receipt, and with it the prices
// that only this customer has.
func (s *Session) RemoveCard(context.Context, struct{}) (bridge.Delta, error) {
	return s.takeBack("till.RemoveCard", open.Change{Card: &lookup.Card{}})
}

// RemoveCoupon takes back a coupon that was shown.
func (s *Session) RemoveCoupon(_ context.Context, q bridge.Coupon) (bridge.Delta, error) {
	return s.takeBack("till.RemoveCoupon", open.Change{NoCoupon: q.Code})
}

// takeBack undoes something shown to the open receipt.
func (s *Session) takeBack(op string, c open.Change) (bridge.Delta, error) {
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
