package till

import (
	"context"
	"fmt"
	"slices"

	"tillsight/app/bridge"
	"tillsight/app/worker/till/lookup"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
)

// everybody is who uses of promotions are counted for that are limited in all.
const everybody = "*"

// offers are the prices of a product in the lists that may count here today: a
// line keeps them, for the customer's card may come after it.
func (s *Session) offers(item refdata.Item, date string) []receipt.Offer {
	if len(item.Lists) == 0 {
		return nil
	}
	lists := s.rulesNow().Lists(s.identity.Store.ID, date)
	offers := []receipt.Offer{{Price: item.Price.Amount, Min: item.Price.Min}}
	for _, p := range item.Lists {
		if slices.Contains(lists, p.List) && len(offers) < receipt.OffersMax {
			offers = append(offers, receipt.Offer{List: p.List, Price: p.Amount, Min: p.Min})
		}
	}
	if len(offers) == 1 {
		return nil
	}
	return offers
}

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
	return s.takeBack("till.RemoveCard", change{Card: &lookup.Card{}})
}

// RemoveCoupon takes back a coupon that was shown.
func (s *Session) RemoveCoupon(_ context.Context, q bridge.Coupon) (bridge.Delta, error) {
	return s.takeBack("till.RemoveCoupon", change{NoCoupon: q.Code})
}

// takeBack undoes something shown to the open receipt.
func (s *Session) takeBack(op string, c change) (bridge.Delta, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	if s.receipt == nil {
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, fmt.Errorf("no open receipt"))
	}
	return s.do(c)
}

// seen is what a receipt said before its customer changed.
type seen struct {
	total  money.Amount
	prices map[int]money.Amount // by line
}

// pricesOf notes what r says, nil when nobody asks.
func pricesOf(r *receipt.Receipt, asked bool) *seen {
	if !asked {
		return nil
	}
	was := &seen{total: r.Total, prices: make(map[int]money.Amount, len(r.Lines))}
	for i := range r.Lines {
		if l := &r.Lines[i]; !l.Voided {
			was.prices[l.N] = l.Price
		}
	}
	return was
}

// compare says what became of the prices, nil when none is another.
func (was *seen) compare(r *receipt.Receipt) *bridge.Repriced {
	if was == nil {
		return nil
	}
	now := bridge.Repriced{Sum: r.Total - was.total, Card: r.Card != ""}
	for i := range r.Lines {
		if price, ok := was.prices[r.Lines[i].N]; ok && price != r.Lines[i].Price {
			now.Lines++
		}
	}
	for _, source := range r.Sources {
		if source.List != "" {
			now.Lists = append(now.Lists, source.Name)
		}
	}
	if now.Lines == 0 {
		return nil
	}
	return &now
}

// prices explains the price of line n before discounts.
func (s *Session) prices(n int) []bridge.PriceChoice {
	choices := s.receipt.Choices(n)
	list := make([]bridge.PriceChoice, 0, len(choices))
	for _, c := range choices {
		if g := c.Regulation; g != nil {
			list = append(list, bridge.PriceChoice{Name: g.Name, Regulation: true, Why: c.Why, Min: g.Min, Max: g.Max, Fixed: g.Fixed})
			continue
		}
		choice := bridge.PriceChoice{Name: c.List.Name, Why: c.Why, Price: c.Price}
		if c.Why == pricing.WhyLost && c.By != "" {
			choice.By = s.listName(c.By)
		}
		list = append(list, choice)
	}
	return list
}

func (s *Session) listName(id string) catalogue.Text {
	list, _ := s.rules.kept.List(id)
	return list.Name
}
