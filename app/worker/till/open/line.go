package open

import (
	"fmt"
	"slices"

	"tillsight/app/worker/till/lookup"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/tax"
)

// Terms are what lines are made with: prices, rates and kits of a day.
type Terms struct {
	Goods lookup.Catalogue
	Taxes tax.Table
	Kits  map[catalogue.SKU]catalogue.Kit
	Rules *pricing.Rules // with the lists of prices
	Store string
	Date  string // business date
}

// Line makes the line of a product scanned at a time, with its price and tax. It
// keeps them for as long as the receipt is open.
func (t Terms) Line(found lookup.Meaning, wanted quantity.Milli, at int64) (receipt.Line, error) {
	const op = "till.sell"
	item := found.Item
	q, err := found.Quantity(wanted)
	if err != nil {
		return receipt.Line{}, err
	}
	rate, ok := t.Taxes.On(item.Tax, t.Date)
	if !ok {
		return receipt.Line{}, lookup.About(errcode.New(errcode.NoTax, op, fmt.Errorf("class %q on %s", item.Tax, t.Date)), item.Name)
	}
	line := receipt.Line{
		SKU:      item.SKU,
		Code:     found.Code,
		Name:     item.Name,
		Category: item.Category,
		Unit:     item.Unit,
		Quantity: q,
		Price:    item.Price.Amount,
		MinPrice: item.Price.Min,
		Offers:   t.Offers(item),
		Mark:     found.Mark,
		PackMax:  found.Most,
		LabelSum: found.Sum,
		Single:   found.Single,
		TaxClass: item.Tax,
		TaxBP:    rate.BP,
		TaxAdded: rate.Exclusive,
		MinAge:   item.MinAge,
		Batch:    found.Batch,
		Serial:   found.Serial,
		Expires:  found.Life.UseBy,
		Best:     found.Life.BestBefore,
		At:       at,
	}
	return line, t.addParts(&line)
}

// Offers are the prices of a product in the lists that may count here today: a
// line keeps them, for the customer's card may come after it.
func (t Terms) Offers(item refdata.Item) []receipt.Offer {
	if len(item.Lists) == 0 {
		return nil
	}
	lists := t.Rules.Lists(t.Store, t.Date)
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

// addParts gives the line of a kit what it is made of: each part's worth today
// and its own rate of tax. The line asks for the highest age of its parts.
func (t Terms) addParts(l *receipt.Line) error {
	kit, ok := t.Kits[l.SKU]
	if !ok {
		return nil
	}
	broken := func(err error) error { return lookup.About(errcode.New(errcode.KitBroken, "till.sell", err), l.Name) }
	for _, c := range kit.Parts {
		item, found, err := t.Goods.ProductBySKU(c.SKU)
		if err != nil {
			return err
		}
		if !found {
			return broken(fmt.Errorf("part %q", c.SKU))
		}
		rate, known := t.Taxes.On(item.Tax, t.Date)
		if !known {
			return lookup.About(errcode.New(errcode.NoTax, "till.sell", fmt.Errorf("class %q on %s", item.Tax, t.Date)), item.Name)
		}
		l.MinAge = max(l.MinAge, item.MinAge)
		l.Parts = append(l.Parts, receipt.Part{
			SKU: c.SKU, Name: item.Name, Quantity: c.Quantity, Worth: c.Quantity.Cost(item.Price.Amount),
			TaxClass: item.Tax, TaxBP: rate.BP,
		})
	}
	return nil
}
