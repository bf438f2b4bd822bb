package pricing

import (
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
)

// Set is the promotions of a chain as data: what a manager edits, the server
// sends and the till compiles. rules.schema.json describes its JSON form.
type Set struct {
	Rules []Rule `json:"rules"`
	// Never lists goods that no promotion touches, tobacco for one.
	Never *Goods `json:"never,omitempty"`
	// Lists say when the prices of price lists count, Regulations what the state
	// lets goods cost.
	Lists       []List       `json:"lists,omitempty"`
	Regulations []Regulation `json:"regulations,omitempty"`
}

// Kind says how a rule counts.
type Kind string

// Kinds.
const (
	LineRule    Kind = "line"    // Off on every unit of Goods
	MultiRule   Kind = "multi"   // of every Buy + Get pieces of Goods the Get cheapest have Off
	BundleRule  Kind = "bundle"  // one of each of Parts together have Off
	ReceiptRule Kind = "receipt" // Goods worth Steps[i].From have its Off in all
	GiftRule    Kind = "gift"    // with Goods worth From, Count pieces of Gift have Off
)

// Rule is one promotion. Of the fields behind Limit each kind uses its own.
type Rule struct {
	ID      string         `json:"id"`
	Version int            `json:"version,omitempty"`
	Name    catalogue.Text `json:"name"`
	Kind    Kind           `json:"kind"`

	// Priority orders rules: a higher one takes its goods first. Rules of the same
	// priority compete, and the customer gets the greatest saving.
	Priority int `json:"priority,omitempty"`
	// Stack lets the rule take off from goods that other stacking rules have
	// already reduced. Without it goods belong to one rule only.
	Stack bool `json:"stack,omitempty"`
	// Group names rules of which one at most is applied to a receipt.
	Group string `json:"group,omitempty"`

	When   When     `json:"when,omitzero"`
	Stores []string `json:"stores,omitempty"` // empty: all
	Who    Who      `json:"who,omitzero"`
	Coupon Coupon   `json:"coupon,omitzero"`
	// Limit is how often the rule is applied to a receipt: pieces for a line rule,
	// sets for the others; 0: as often as it fits. LimitCustomer counts the times
	// in all of a customer's receipts, LimitTotal those in all receipts there are.
	Limit         int `json:"limit,omitempty"`
	LimitCustomer int `json:"limit_customer,omitempty"`
	LimitTotal    int `json:"limit_total,omitempty"`

	Goods Goods `json:"goods,omitzero"`
	Off   Off   `json:"off,omitzero"`

	Buy  int  `json:"buy,omitempty"`  // multi: N of N+M
	Get  int  `json:"get,omitempty"`  // multi: M of N+M
	Same bool `json:"same,omitempty"` // multi: all pieces of one article

	Parts []Part `json:"parts,omitempty"` // bundle
	Steps []Step `json:"steps,omitempty"` // receipt: rising From

	From   money.Amount `json:"from,omitempty"`   // gift
	Gift   Goods        `json:"gift,omitzero"`    // gift
	Count  int          `json:"count,omitempty"`  // gift: pieces
	Repeat bool         `json:"repeat,omitempty"` // gift: again with every further From
}

// When limits a rule in time, by the store's clock. Empty fields do not limit.
type When struct {
	From  string `json:"from,omitempty"`  // first business date
	Until string `json:"until,omitempty"` // last business date
	Days  []int  `json:"days,omitempty"`  // 1 Monday … 7 Sunday
	Hours []Span `json:"hours,omitempty"`
}

// Span is a part of the day, "17:00" to "20:00" exclusive. A span that ends
// before it begins goes over midnight.
type Span struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Who limits a rule to customers.
type Who struct {
	Card   bool     `json:"card,omitempty"`   // any loyalty card
	Groups []string `json:"groups,omitempty"` // or one of these groups and segments
}

// Coupon makes a rule wait for a code: an open one that everybody has, or serial
// ones that begin with Prefix, of which each counts once. With Key the serial
// codes are ours: Issued of them were made, and nobody without Key makes one.
type Coupon struct {
	Code   string `json:"code,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Length int    `json:"length,omitempty"` // of a serial code
	Key    string `json:"key,omitempty"`    // secret of the chain
	Issued int    `json:"issued,omitempty"` // codes number 1 … Issued
}

// Goods selects items: all of them, or those with an article, a category (with
// everything below it) or a markdown label of the lists; without those in Not.
type Goods struct {
	All        bool            `json:"all,omitempty"`
	SKUs       []catalogue.SKU `json:"skus,omitempty"`
	Categories []string        `json:"categories,omitempty"`
	Marks      []string        `json:"marks,omitempty"`
	Not        *Goods          `json:"not,omitempty"`
}

// Off is what comes off: a share, an amount (of each unit, bundle or the
// receipt), or down to a price.
type Off struct {
	BP     int64         `json:"bp,omitempty"`     // basis points; 10000: free
	Amount money.Amount  `json:"amount,omitempty"` //
	Price  *money.Amount `json:"price,omitempty"`  // of a unit or a bundle
}

// Part is one component of a bundle. When some parts have Off set, only they are
// reduced; otherwise the whole bundle is.
type Part struct {
	Goods Goods `json:"goods"`
	Count int   `json:"count"`
	Off   bool  `json:"off,omitempty"`
}

// Step is a threshold on the receipt's sum.
type Step struct {
	From money.Amount `json:"from"`
	Off  Off          `json:"off"`
}

// of returns what comes off sum, the price of n thousandths of a unit.
func (o Off) of(sum money.Amount, n int64) money.Amount {
	switch {
	case o.Price != nil:
		return max(0, sum-money.Amount(money.MulDiv(int64(*o.Price), n, 1000)))
	case o.Amount != 0:
		return min(sum, money.Amount(money.MulDiv(int64(o.Amount), n, 1000)))
	}
	return sum.Percent(o.BP)
}
