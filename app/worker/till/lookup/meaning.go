package lookup

import (
	"strconv"

	"tillsight/shared/barcode"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/shelflife"
)

// Meaning is what a code stands for: a product, how much of it, at which sum;
// a loyalty card, or a coupon.
type Meaning struct {
	Item   refdata.Item
	Code   string
	Factor quantity.Milli // units that one scan counts
	Sum    money.Amount   // printed on the label
	Single bool           // one package, always a line of its own
	Card   *Card
	Coupon string
	Mark   string       // of the markdown label
	Most   money.Amount // highest price, printed on the package

	Weighed       bool // by a scale at the till
	Batch, Serial string
	Life          shelflife.Life // dates of the package
}

// Card is a loyalty card with what is known here of its holder. The draft log
// keeps it as it is.
type Card struct {
	Card     string `json:"card"`
	Customer string `json:"customer,omitempty"`
	Name     string `json:"name,omitempty"`

	Groups []string       `json:"groups,omitempty"`
	Used   map[string]int `json:"used,omitempty"` // times that promotions were had before
}

// Goods reports whether m is something to sell.
func (m Meaning) Goods() bool { return m.Card == nil && m.Coupon == "" }

// Quantity returns how much is sold when wanted scans' worth is asked for; 0
// means one.
func (m Meaning) Quantity(wanted quantity.Milli) (quantity.Milli, error) {
	if wanted == 0 {
		wanted = quantity.One
	}
	const limit = int64(receipt.QuantityMax)
	factor := int64(m.Factor)
	if factor == 0 {
		factor = int64(quantity.One)
	}
	if wanted < 0 || int64(wanted) > limit || factor < 0 || factor > limit {
		return 0, errcode.New(errcode.BadQuantity, "till.sell", nil).
			With("min", "0.001").With("max", strconv.FormatInt(limit/int64(quantity.One), 10))
	}
	return quantity.Milli(money.MulDiv(int64(wanted), factor, int64(quantity.One))), nil
}

// amount returns how much one scan of a label or element string counts.
func (m Meaning) amount(c barcode.Code) quantity.Milli {
	switch {
	case c.Quantity != 0:
		return c.Quantity
	case c.Sum != 0 && !m.Item.Unit.Whole() && m.Item.Price.Amount > 0:
		// The sum on the label is the truth; the weight is what it comes to.
		return max(1, quantity.Milli(money.MulDiv(int64(c.Sum), int64(quantity.One), int64(m.Item.Price.Amount))))
	case m.Item.Factor != 0:
		return m.Item.Factor
	}
	return quantity.One
}
