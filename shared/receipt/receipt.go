// Package receipt is the document of a sale: lines, discounts, tax, tenders.
//
// A receipt moves open → paid or open → cancelled and never back; a voided line
// stays in it. Amounts are computed by package pricing and checked here: a
// receipt whose sums do not agree can't be paid.
//
// Every change is a method. It returns the numbers of the lines that look
// different now, or a coded error and leaves the receipt as it was.
package receipt

import (
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/tax"
	"tillsight/shared/tender"
)

// State of a receipt.
type State string

// States.
const (
	Open      State = "open"
	Paid      State = "paid"
	Cancelled State = "cancelled"
)

// Type tells a sale from a return. Amounts are positive in both.
type Type string

// Types.
const (
	Sale   Type = "sale"
	Return Type = "return"
)

// Limits.
const (
	LinesMax    = 2000
	CouponsMax  = 100
	QuantityMax = 10_000 * quantity.One
	PriceMax    = money.Amount(100_000_000_00) // one hundred million roubles
)

// Receipt is the whole document. It is the body of the facts SaleRegistered,
// ReturnRegistered and ReceiptCancelled, so its JSON form is part of the
// protocol: add fields, never change one.
type Receipt struct {
	ID       string `json:"id"`     // UUIDv7, made with the first line
	Number   string `json:"number"` // store-till-count, never reused
	Type     Type   `json:"type"`
	State    State  `json:"state"`
	Shift    int    `json:"shift"`
	Opened   int64  `json:"opened"`            // unix ms
	Closed   int64  `json:"closed,omitempty"`  // unix ms
	Zone     int    `json:"zone,omitempty"`    // minutes east of UTC when opened
	Date     string `json:"date"`              // business date, 2026-11-22
	Priced   string `json:"priced,omitempty"`  // date that its prices and promotions are of, when it is not Date
	Cashier  string `json:"cashier"`           // employee ID: who took the money
	Scanned  string `json:"scanned,omitempty"` // who began it, when it was somebody else
	Customer string `json:"customer,omitempty"`
	Card     string `json:"card,omitempty"` // loyalty card as scanned
	Store    string `json:"store,omitempty"`
	Original string `json:"original,omitempty"`
	Reason   string `json:"reason,omitempty"` // of a cancellation or return

	Parked string `json:"parked,omitempty"` // parking that it goes on from, at another till

	Groups  []string `json:"groups,omitempty"`  // of the customer, as known when the card was shown
	Coupons []string `json:"coupons,omitempty"` // codes shown

	// Rules is the version of the reference data whose promotions it is priced
	// by, 0 when that is not known. Used says how often its customer has had
	// promotions before, as far as the till knew.
	// Totals says the same of all customers, for promotions that are limited in all,
	// at the moment it was opened.
	Rules  int64  `json:"rules,omitempty"`
	Used   []Used `json:"used,omitempty"`
	Totals []Used `json:"totals,omitempty"`

	Age AgeCheck `json:"age,omitzero"` // somebody made sure that the customer is old enough

	Lines   []Line   `json:"lines"`
	Tenders []Tender `json:"tenders,omitempty"`

	Total    money.Amount `json:"total"`             // to pay
	Discount money.Amount `json:"discount"`          // saved
	Manual   Manual       `json:"manual,omitzero"`   // discount given by hand on the whole receipt
	Saved    []Saved      `json:"saved,omitempty"`   // Discount by promotion
	Sources  []Source     `json:"sources,omitempty"` // price lists and regulations that prices come from
	Tax      []TaxTotal   `json:"tax,omitempty"`     // highest rate first
	Change   money.Amount `json:"change,omitempty"`

	rules    *pricing.Rules // promotions in force when it was opened
	deferred bool           // sums wait for UseRules
}

// Line is one position.
type Line struct {
	N        int            `json:"n"` // 1, 2, 3…; a number is not given twice
	SKU      catalogue.SKU  `json:"sku"`
	Code     string         `json:"code,omitempty"` // barcode as scanned
	Name     catalogue.Text `json:"name"`
	Category string         `json:"category,omitempty"`
	Unit     quantity.Unit  `json:"unit"`
	Quantity quantity.Milli `json:"qty"`
	Price    money.Amount   `json:"price"`              // per unit, before discounts
	MinPrice money.Amount   `json:"min,omitempty"`      // no discount goes below
	Mark     string         `json:"mark,omitempty"`     // code of the markdown label on it
	List     string         `json:"list,omitempty"`     // price list that Price is of, "" for the shelf's
	PackMax  money.Amount   `json:"pack_max,omitempty"` // highest price, printed on the package
	Offers   []Offer        `json:"offers,omitempty"`   // prices at the scan: the shelf's first, then those of lists
	Manual   Manual         `json:"manual,omitzero"`    // discount given by hand
	LabelSum money.Amount   `json:"label,omitempty"`    // sum printed on a price-embedded label: the truth
	TaxClass tax.Class      `json:"tax_class"`          //
	TaxBP    int64          `json:"tax_bp"`             // rate in basis points on Date
	TaxAdded bool           `json:"tax_add,omitzero"`   // the rate is added to the price, not included
	Single   bool           `json:"single,omitempty"`   // one labelled package: never merged, its quantity is fixed
	Voided   bool           `json:"voided,omitempty"`   // counts for nothing: discount, net and tax are 0
	Reason   VoidReason     `json:"reason,omitempty"`   // why it is voided, "" when a person simply did
	MinAge   int            `json:"min_age,omitempty"`
	Batch    string         `json:"batch,omitempty"`   // GS1 AI 10
	Serial   string         `json:"serial,omitempty"`  // GS1 AI 21: once in a receipt
	Expires  string         `json:"expires,omitempty"` // use by, 2026-11-22 or 2026-11-22T14:30
	Best     string         `json:"best,omitempty"`    // best before or sell by
	Parts    []Part         `json:"parts,omitempty"`   // of a kit
	At       int64          `json:"at"`                // unix ms of the scan

	Gross    money.Amount `json:"gross"`    // quantity × price
	Discount money.Amount `json:"discount"` // sum of Applied
	Net      money.Amount `json:"net"`      // gross − discount, what the customer pays (tax added when exclusive)
	Tax      money.Amount `json:"tax"`
	Applied  []Applied    `json:"applied,omitempty"`

	Regulated string `json:"regulated,omitempty"` // regulation that set Price or MinPrice
}

// Manual is a discount that a person gave: percent or amount, not both.
type Manual = pricing.Manual

// Offer is a price that goods have in a list.
type Offer = pricing.Offer

// Applied says which rule took how much off a line.
type Applied = pricing.Applied

// Saved is what one promotion takes off a receipt.
type Saved struct {
	Rule    string         `json:"rule"`
	Version int            `json:"v,omitempty"`
	Name    catalogue.Text `json:"name"`
	Amount  money.Amount   `json:"amount"`
	Times   int            `json:"times,omitempty"`   // that count against the customer's limit, when it is paid
	Coupons []string       `json:"coupons,omitempty"` // serial ones that it took, when it is paid
}

// Used says how often something was had.
type Used struct {
	Rule  string `json:"rule"`
	Times int    `json:"times"`
}

// TenderKind is a means of payment, see package tender.
type TenderKind = tender.Kind

// Tender kinds.
const (
	Cash = tender.Cash
	Card = tender.Card
)

// Tender is what the customer gave: for cash the sum handed over.
type Tender = tender.Tender

// TaxTotal sums the lines of one rate. What is not taxed at all is no rate of
// zero: the law wants the two apart.
type TaxTotal struct {
	BP    int64        `json:"bp"`
	Class tax.Class    `json:"class,omitempty"` // tax.None or ""; receipts of before say "" of both
	Base  money.Amount `json:"base"`            // net without tax
	Tax   money.Amount `json:"tax"`
}
