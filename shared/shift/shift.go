// Package shift keeps the drawer's day: opened with a float, moved by sales,
// returns and cash in and out, closed by a Z report. Totals are kept as
// facts are applied, so closing takes no longer with a thousand receipts.
package shift

import (
	"tillsight/shared/money"
	"tillsight/shared/receipt"
)

// Shift is one shift of one till with its running totals: the X report while
// it is open, the Z report once it is closed.
type Shift struct {
	Number   int          `json:"number"`
	Opened   int64        `json:"opened"`           // unix ms
	Closed   int64        `json:"closed,omitempty"` // unix ms
	OpenedBy string       `json:"opened_by"`
	ClosedBy string       `json:"closed_by,omitempty"`
	Float    money.Amount `json:"float"`

	Sales     Totals             `json:"sales"`
	Returns   Totals             `json:"returns"`
	Cancelled int                `json:"cancelled"` // receipts
	Voids     int                `json:"voids"`     // lines
	CashIn    money.Amount       `json:"cash_in"`
	CashOut   money.Amount       `json:"cash_out"`
	Cash      money.Amount       `json:"cash"`              // expected in the drawer
	Counted   *money.Amount      `json:"counted,omitempty"` // counted at close
	Tax       []receipt.TaxTotal `json:"tax,omitempty"`
	First     string             `json:"first,omitempty"` // first and last receipt number
	Last      string             `json:"last,omitempty"`
}

// Totals of one direction.
type Totals struct {
	Receipts int          `json:"receipts"`
	Total    money.Amount `json:"total"`
	Discount money.Amount `json:"discount"`
	Cash     money.Amount `json:"cash"` // net of change
	Card     money.Amount `json:"card"`
}

// CashMove is money put into or taken from the drawer without a sale.
// Amount is positive for cash in, negative for cash out.
type CashMove struct {
	Shift  int          `json:"shift"`
	Amount money.Amount `json:"amount"`
	Reason string       `json:"reason"`
	By     string       `json:"by"`
}
