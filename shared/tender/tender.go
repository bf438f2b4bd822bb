// Package tender is how a receipt is paid: the kinds of payment as one table,
// and the states in which a single payment can be.
//
// A new kind of payment is a row of Kinds and, if it needs one, a Device.
package tender

import (
	"slices"

	"tillsight/shared/money"
)

// Kind is a means of payment, as facts name it.
type Kind string

// Kinds that there are.
const (
	Cash Kind = "cash"
	Card Kind = "card"
)

// Rules says how payments of one kind behave.
type Rules struct {
	Kind      Kind
	Change    bool // more may be handed over than is due, the rest comes back
	Drawer    bool // it lies in the drawer and is counted there
	Reference bool // it names the document of who moved the money
	Device    bool // it waits for a device, at a register that has one for it
	Fiscal    int  // tag of its sum in a fiscal document
}

// Kinds is the table of all kinds, in the order in which reports list them.
var Kinds = []Rules{
	{Kind: Cash, Change: true, Drawer: true, Fiscal: 1031},
	{Kind: Card, Reference: true, Device: true, Fiscal: 1081},
}

// RulesOf returns the rules of a kind; ok is false for one that is unknown.
func RulesOf(k Kind) (rules Rules, ok bool) {
	i := slices.IndexFunc(Kinds, func(r Rules) bool { return r.Kind == k })
	if i < 0 {
		return Rules{}, false
	}
	return Kinds[i], true
}

// Tender is what the customer gave: for cash the sum handed over.
type Tender struct {
	Kind   Kind         `json:"kind"`
	Amount money.Amount `json:"amount"`
	Ref    string       `json:"ref,omitempty"` // terminal's reference
}
