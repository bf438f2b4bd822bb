// Package lookup says what a code or a text means at this register: goods, by
// which label and how much of them, a loyalty card, a coupon; which goods bear a
// name, stand on the key grid, and what is left of them. It changes nothing of a
// sale, and asks a Catalogue for what a code does not say itself.
package lookup

import (
	"strings"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
	"tillsight/shared/shelflife"
)

// Catalogue is what is asked of the reference data: as one store sees it at one
// moment.
type Catalogue interface {
	ProductByCode(key string) (refdata.Item, bool, error)
	ProductByPLU(number string) (refdata.Item, bool, error)
	ProductBySKU(sku catalogue.SKU) (refdata.Item, bool, error)
	SKUsOfPLU(number string) ([]string, error) // when they are several
	CustomerByCard(card string) (refdata.Card, bool, error)
}

// Reader reads codes.
type Reader struct {
	Catalogue Catalogue
	Masks     []barcode.Mask // the store's own labels and cards
	Currency  money.Currency // of sums on labels
	Rules     *pricing.Rules // which know coupons and marks
	// Used says how often somebody has had promotions, or that a coupon was.
	Used func(who string) (map[string]int, error)
}

// Read finds what a code stands for, in this order: the catalogue's code as it
// is, because shops have codes that obey no rule; coupons; for typed ones PLU and
// article number; cards; GS1, GTIN and the store's own labels.
func (r Reader) Read(code string, typed bool) (Meaning, error) {
	item, ok, err := r.Catalogue.ProductByCode(barcode.Key(code))
	if err != nil || ok {
		return Meaning{Item: item, Code: code, Factor: item.Factor}, err
	}
	if found, ok, err := r.coupon(barcode.Bare(code)); err != nil || ok {
		return found, err
	}
	parsed, bad := barcode.ParseIn(code, r.Masks, r.Currency)
	if typed && parsed.Raw != "" {
		if found, ok, err := r.number(parsed.Raw); err != nil || ok {
			return found, err
		}
	}
	if found, ok, err := r.card(parsed, bad != nil); err != nil || ok {
		return found, err
	}
	if bad != nil {
		return Meaning{}, bad
	}
	return r.goods(parsed)
}

// goods finds the product of a code that was understood.
func (r Reader) goods(c barcode.Code) (m Meaning, err error) {
	m = Meaning{
		Code: c.Raw, Sum: c.Sum, Single: c.Single, Mark: c.Mark, Most: c.Limit, Batch: c.Batch, Serial: c.Serial,
		Life: shelflife.Life{UseBy: c.Expires, BestBefore: c.Best},
	}
	ok := false
	switch c.Kind {
	case barcode.GTIN, barcode.GS1, barcode.Tobacco:
		if c.GTIN != "" {
			m.Item, ok, err = r.Catalogue.ProductByCode(c.GTIN)
		}
	case barcode.Weight, barcode.Pieces, barcode.Price, barcode.Markdown:
		m.Item, ok, err = r.byNumber(c.Article)
	}
	if err != nil {
		return Meaning{}, err
	}
	if !ok {
		return Meaning{}, errcode.New(errcode.UnknownBarcode, "till.Scan", nil).With("code", c.Raw)
	}
	m.Factor = m.amount(c)
	return m, r.knowMark(m)
}

// Parts reads a code that is none because two scanners wrote theirs one behind
// the other; nil when there is no one way to part it, or a part is no goods.
func (r Reader) Parts(code string) []Meaning {
	var all []Meaning
	for _, part := range barcode.Split(code) {
		m, err := r.Read(part, false)
		if err != nil || !m.Goods() {
			return nil
		}
		all = append(all, m)
	}
	return all
}

func (r Reader) number(text string) (Meaning, bool, error) {
	item, ok, err := r.byNumber(text)
	return Meaning{Item: item, Code: text, Factor: quantity.One}, ok, err
}

// byNumber finds a product by PLU or article number, leading zeros or not.
func (r Reader) byNumber(text string) (refdata.Item, bool, error) {
	numbers := []string{text}
	if bare := strings.TrimLeft(text, "0"); bare != text && bare != "" {
		numbers = append(numbers, bare)
	}
	for _, number := range numbers {
		item, ok, err := r.Catalogue.ProductByPLU(number)
		if err == nil && ok {
			err = r.onlyOne(number)
		}
		if err != nil || ok {
			return item, ok, err
		}
		if item, ok, err := r.Catalogue.ProductBySKU(catalogue.SKU(number)); err != nil || ok {
			return item, ok, err
		}
	}
	return refdata.Item{}, false, nil
}

// onlyOne refuses a short number that several articles have: which of them is
// meant is for a person to say.
func (r Reader) onlyOne(plu string) error {
	skus, err := r.Catalogue.SKUsOfPLU(plu)
	if err != nil || len(skus) < 2 {
		return err
	}
	return errcode.New(errcode.SeveralGoods, "till.Scan", nil).With("code", plu).With("sku", strings.Join(skus, ", "))
}

// card finds a loyalty card: one that the server told of, or one that looks like
// a card of the chain, is not wrong in itself, and is perhaps too new to be known
// here.
func (r Reader) card(c barcode.Code, wrong bool) (Meaning, bool, error) {
	known, ok, err := r.Catalogue.CustomerByCard(c.Raw)
	if err != nil {
		return Meaning{}, false, err
	}
	if !ok && (c.Kind != barcode.Card || wrong) {
		return Meaning{}, false, nil
	}
	used, err := r.Used(Holder(c.Raw, known.Customer))
	if err != nil {
		return Meaning{}, false, err
	}
	return Meaning{Card: &Card{Card: c.Raw, Customer: known.Customer, Name: known.Name, Groups: known.Groups, Used: used}}, true, nil
}

// coupon says what a scanned coupon does, refusing a serial one that was used.
func (r Reader) coupon(text string) (Meaning, bool, error) {
	code, ok := r.Rules.Coupon(text)
	if !ok {
		return Meaning{}, false, nil
	}
	used, err := r.Used(code)
	if err != nil {
		return Meaning{}, false, err
	}
	if len(used) > 0 {
		return Meaning{}, true, errcode.New(errcode.CouponUsed, "till.Scan", nil).With("code", code)
	}
	return Meaning{Coupon: code}, true, nil
}

// knowMark refuses a markdown label that no promotion is about: the customer
// would pay the full price in spite of what the label says.
func (r Reader) knowMark(m Meaning) error {
	if m.Mark == "" || m.Sum != 0 || r.Rules.KnowsMark(m.Mark) {
		return nil
	}
	return About(errcode.New(errcode.UnknownMark, "till.Scan", nil), m.Item.Name).With("mark", m.Mark)
}

// Holder is who uses of promotions are counted for: the customer or, when it is
// not known here, the card.
func Holder(card, customer string) string {
	if customer != "" {
		return customer
	}
	return card
}

// About adds the name of the product that e is about, in its languages: the
// worker does not know which one the page speaks.
func About(e *errcode.Error, name catalogue.Text) *errcode.Error {
	e.With("name", name.RU)
	if name.EN != "" {
		e.With("name.en", name.EN)
	}
	return e
}
