package receipt

import (
	"fmt"
	"slices"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/tax"
)

// Part is an article inside a kit. The customer sees and pays the kit as one
// line with one price, and promotions see one article; for tax and stock its net
// is divided over the parts by what they would cost alone, by largest remainder,
// and each part is taxed at its own rate. So a set of a book at 10 % and a toy at
// 22 % pays the right tax of both, and the parts add up to the line to the kopeck.
type Part struct {
	SKU      catalogue.SKU  `json:"sku"`
	Name     catalogue.Text `json:"name"`
	Quantity quantity.Milli `json:"qty"`   // in one kit
	Worth    money.Amount   `json:"worth"` // of that quantity alone, at the shelf price of the scan
	TaxClass tax.Class      `json:"tax_class"`
	TaxBP    int64          `json:"tax_bp"`
	Net      money.Amount   `json:"net"` // its share of the line's
	Tax      money.Amount   `json:"tax"`
}

// PartsMax limits what a kit is made of.
const PartsMax = 100

// same reports whether two parts are the same but for the sums of their lines.
func (p Part) same(other Part) bool {
	p.Net, p.Tax, other.Net, other.Tax = 0, 0, 0, 0
	return p == other
}

// spreadParts divides what a kit's line comes to over its parts and returns the
// line's sums with the tax of the parts. Other lines keep their own.
func (l *Line) spreadParts(p pricing.Priced) pricing.Priced {
	if len(l.Parts) == 0 {
		return p
	}
	base := p.Gross - p.Discount
	if l.Voided {
		base = 0
	}
	weights := make([]int64, len(l.Parts))
	for i := range l.Parts {
		weights[i] = int64(l.Parts[i].Worth)
	}
	shares := money.Split(base, weights)
	p.Net, p.Tax = 0, 0
	l.Parts = slices.Clone(l.Parts) // a receipt's copy shares them
	for i := range l.Parts {
		part := &l.Parts[i]
		part.Net = shares[i]
		part.Tax = tax.Rate{BP: part.TaxBP, Exclusive: l.TaxAdded}.Of(part.Net)
		if l.TaxAdded {
			part.Net += part.Tax
		}
		p.Net += part.Net
		p.Tax += part.Tax
	}
	return p
}

// verifyParts checks that the parts are what the line's net and their rates make of them.
func (l *Line) verifyParts() error {
	again := *l
	again.spreadParts(pricing.Priced{Gross: l.Gross, Discount: l.Discount})
	for i := range l.Parts {
		if have, want := l.Parts[i], again.Parts[i]; have != want {
			return fmt.Errorf("part %s: net %d, tax %d; should be %d, %d", have.SKU, have.Net, have.Tax, want.Net, want.Tax)
		}
	}
	return nil
}

func checkParts(l Line) error {
	wrong := func(err error) error { return errcode.New(errcode.Invalid, "receipt.AddLine", err) }
	if len(l.Parts) > PartsMax {
		return wrong(fmt.Errorf("%d parts", len(l.Parts)))
	}
	for _, p := range l.Parts {
		if p.SKU == "" || p.Quantity <= 0 || p.Quantity > QuantityMax || p.Worth < 0 || p.Worth > PriceMax || p.TaxBP < 0 || p.TaxBP > 10000 {
			return wrong(fmt.Errorf("part %+v", p))
		}
	}
	return nil
}

// Goods returns what leaves the shelf with the receipt, kits as their parts;
// what a return brings back is below zero.
func (r *Receipt) Goods() map[catalogue.SKU]quantity.Milli {
	goods := make(map[catalogue.SKU]quantity.Milli, len(r.Lines))
	r.eachGood(func(sku catalogue.SKU, q quantity.Milli) { goods[sku] += q })
	return goods
}

// GoodsOf is Goods of one article.
func (r *Receipt) GoodsOf(sku catalogue.SKU) (sum quantity.Milli) {
	r.eachGood(func(of catalogue.SKU, q quantity.Milli) {
		if of == sku {
			sum += q
		}
	})
	return sum
}

func (r *Receipt) eachGood(good func(catalogue.SKU, quantity.Milli)) {
	sign := quantity.Milli(1)
	if r.Type == Return {
		sign = -1
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.Voided {
			continue
		}
		if len(l.Parts) == 0 {
			good(l.SKU, sign*l.Quantity)
			continue
		}
		for _, p := range l.Parts {
			q := money.MulDiv(int64(l.Quantity), int64(p.Quantity), int64(quantity.One))
			good(p.SKU, sign*quantity.Milli(q))
		}
	}
}
