// Package shift keeps the drawer's day: opened with a float, moved by sales,
// returns and cash in and out, closed by a Z report. Totals are kept as
// facts are applied, so closing takes no longer with a thousand receipts.
package shift

import (
	"slices"

	"tillsight/shared/money"
	"tillsight/shared/receipt"
	"tillsight/shared/tender"
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
	By       []TenderSum  `json:"by,omitempty"` // of kinds of payment besides these two
}

// TenderSum is what was paid by one kind of payment.
type TenderSum struct {
	Kind   tender.Kind  `json:"kind"`
	Amount money.Amount `json:"amount"`
}

// Tenders lists what was paid by every kind, in the order of the table of kinds.
func (t *Totals) Tenders() []TenderSum {
	list := []TenderSum{{tender.Cash, t.Cash}, {tender.Card, t.Card}}
	for _, rules := range tender.Kinds {
		for _, sum := range t.By {
			if sum.Kind == rules.Kind {
				list = append(list, sum)
			}
		}
	}
	return list
}

// add counts a payment, net of change.
func (t *Totals) add(kind tender.Kind, sum money.Amount) {
	switch kind {
	case tender.Cash:
		t.Cash += sum
		return
	case tender.Card:
		t.Card += sum
		return
	}
	i := slices.IndexFunc(t.By, func(have TenderSum) bool { return have.Kind == kind })
	if i < 0 {
		t.By = append(t.By, TenderSum{Kind: kind, Amount: sum})
		return
	}
	t.By[i].Amount += sum
}

// paid is the sum of all kinds.
func (t *Totals) paid() money.Amount {
	sum := t.Cash + t.Card
	for _, by := range t.By {
		sum += by.Amount
	}
	return sum
}

// Clone returns a copy that shares nothing with s.
func (s *Shift) Clone() Shift {
	c := *s
	c.Tax, c.Sales.By, c.Returns.By = slices.Clone(s.Tax), slices.Clone(s.Sales.By), slices.Clone(s.Returns.By)
	return c
}

// CashMove is money put into or taken from the drawer without a sale.
// Amount is positive for cash in, negative for cash out.
type CashMove struct {
	Shift  int          `json:"shift"`
	Amount money.Amount `json:"amount"`
	Reason string       `json:"reason"`
	By     string       `json:"by"`
}
