package receipt

import (
	"fmt"
	"slices"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/tax"
)

// OffersMax limits the price lists that a line has prices of.
const OffersMax = 100

// Source is a price list or a regulation that prices of the receipt come from.
type Source struct {
	List       string         `json:"list,omitempty"`
	Regulation string         `json:"regulation,omitempty"`
	Version    int            `json:"v,omitempty"`
	Name       catalogue.Text `json:"name"`
}

// Shelf returns what a unit cost on the shelf when the line was scanned, whoever
// the customer is.
func (l *Line) Shelf() money.Amount { return l.shelf().Price }

func (l *Line) shelf() pricing.Offer {
	if len(l.Offers) > 0 {
		return l.Offers[0]
	}
	return pricing.Offer{Price: l.Price, Min: l.MinPrice}
}

// lists are the line's prices in price lists.
func (l *Line) lists() []pricing.Offer {
	if len(l.Offers) > 0 {
		return l.Offers[1:]
	}
	return nil
}

// item is the line as prices are chosen for it.
func (l *Line) item() pricing.Item {
	item, shelf := l.priced(), l.shelf()
	item.Price, item.MinPrice, item.Offers, item.PackMax = shelf.Price, shelf.Min, l.lists(), l.PackMax
	return item
}

// priced is the line at the price that was chosen.
func (l *Line) priced() pricing.Item {
	return pricing.Item{
		SKU: l.SKU, Category: l.Category, Unit: l.Unit, Quantity: l.Quantity,
		Price: l.Price, MinPrice: l.MinPrice, LabelSum: l.LabelSum, Mark: l.Mark, Manual: l.Manual,
		Tax: tax.Rate{Class: l.TaxClass, BP: l.TaxBP, Exclusive: l.TaxAdded},
	}
}

// voided is what a line that counts for nothing has of sums.
func (l *Line) voided() pricing.Priced {
	item := l.priced()
	return pricing.Priced{
		Gross: item.Gross(), Price: l.Price, MinPrice: l.MinPrice, LabelSum: l.LabelSum, List: l.List, Regulated: l.Regulated,
	}
}

// takePrice stores the chosen price and reports whether it is another one. What
// the shelf says stays in Offers.
func (l *Line) takePrice(p *pricing.Priced) bool {
	if len(l.Offers) == 0 && (l.Price != p.Price || l.MinPrice != p.MinPrice) {
		l.Offers = []pricing.Offer{l.shelf()}
	}
	same := l.Price == p.Price && l.MinPrice == p.MinPrice && l.LabelSum == p.LabelSum && l.List == p.List && l.Regulated == p.Regulated
	l.Price, l.MinPrice, l.LabelSum, l.List, l.Regulated = p.Price, p.MinPrice, p.LabelSum, p.List, p.Regulated
	return !same
}

// checkOffers refuses prices out of range, and lists without the shelf's price.
func checkOffers(l *Line) error {
	wrong := func(err error) error { return errcode.New(errcode.Invalid, "receipt.AddLine", err) }
	if l.PackMax < 0 || l.PackMax > PriceMax {
		return wrong(fmt.Errorf("%d on the package", l.PackMax))
	}
	if len(l.Offers) > OffersMax {
		return wrong(fmt.Errorf("prices of %d lists", len(l.Offers)))
	}
	for i, o := range l.Offers {
		if (o.List == "") != (i == 0) || o.Price < 0 || o.Price > PriceMax || o.Min < 0 || o.Min > PriceMax {
			return wrong(fmt.Errorf("price %d: %+v", i, o))
		}
	}
	return nil
}

// verifyPrice checks that the price is one of those that the line has, or that
// a regulation made it another.
func (l *Line) verifyPrice() error {
	if l.Regulated != "" {
		return nil
	}
	has := pricing.Offer{List: l.List, Price: l.Price, Min: l.MinPrice}
	if len(l.Offers) == 0 && l.List == "" || slices.Contains(l.Offers, has) {
		return nil
	}
	return fmt.Errorf("price %+v is none of %+v", has, l.Offers)
}

// forbidden refuses goods whose shelf price is below the least that the state allows.
func (r *Receipt) forbidden(l *Line) error {
	g, no := r.rules.Forbids(pricing.Basket{Date: r.PricedOn(), Store: r.Store}, l.item())
	if !no {
		return nil
	}
	return ruled(errcode.New(errcode.PriceTooLow, "receipt.AddLine", nil), l.Name, g.Name).
		With("min", fmt.Sprint(int64(g.Min))).With("price", fmt.Sprint(int64(l.shelf().Price)))
}

// fixed refuses a discount on goods whose price a regulation fixes.
func (r *Receipt) fixed(l *Line) error {
	g, _ := r.rules.Regulation(l.Regulated)
	if !g.Fixed {
		return nil
	}
	return ruled(errcode.New(errcode.PriceFixed, "receipt.SetDiscount", nil), l.Name, g.Name)
}

// ruled adds the names of goods and of the rule that an error is about, in their
// languages.
func ruled(e *errcode.Error, name, rule catalogue.Text) *errcode.Error {
	e.With("name", name.RU).With("rule", rule.RU)
	if name.EN != "" {
		e.With("name.en", name.EN)
	}
	if rule.EN != "" {
		e.With("rule.en", rule.EN)
	}
	return e
}

// Choices explains the price of line n before discounts.
func (r *Receipt) Choices(n int) []pricing.Choice {
	b, at := r.basket(), -1
	for i := range r.Lines {
		if l := &r.Lines[i]; !l.Voided {
			at++
			if l.N == n {
				return r.rules.Choices(b, at)
			}
		}
	}
	return nil
}

// sources lists what prices come from, in the order of the lines.
func (r *Receipt) sources() []Source {
	var list []Source
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.Voided {
			continue
		}
		if l.List != "" && !slices.ContainsFunc(list, func(s Source) bool { return s.List == l.List }) {
			known, _ := r.rules.List(l.List)
			list = append(list, Source{List: l.List, Version: known.Version, Name: known.Name})
		}
		if l.Regulated != "" && !slices.ContainsFunc(list, func(s Source) bool { return s.Regulation == l.Regulated }) {
			known, _ := r.rules.Regulation(l.Regulated)
			list = append(list, Source{Regulation: l.Regulated, Version: known.Version, Name: known.Name})
		}
	}
	return list
}
