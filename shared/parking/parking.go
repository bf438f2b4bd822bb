// Package parking is what becomes of a receipt that is set aside: the facts
// about it, and the slip with which another register goes on without a server.
//
// A slip is a compact form of the open receipt, sealed with a key that only the
// registers of the store have, written in characters that every keyboard-wedge
// scanner types the same way under every layout. A long one is divided into
// parts that may be scanned in any order. Whoever unpacks a slip needs the
// store's catalogue: names, units and taxes are not on it, prices are.
package parking

import (
	"tillsight/shared/canonical"
	"tillsight/shared/receipt"
)

// Parking is the body of the fact ReceiptParked: an open receipt as it was when
// it was set aside. Its ID is that of this parking, not of the receipt: a
// receipt may be set aside more than once.
type Parking struct {
	ID      string          `json:"id"`
	Note    string          `json:"note,omitempty"` // of the cashier: "red coat"
	By      string          `json:"by"`             // employee
	Name    string          `json:"name,omitempty"` // of the employee
	Holder  string          `json:"holder,omitempty"`
	At      int64           `json:"at"` // unix ms
	Till    int             `json:"till"`
	Receipt receipt.Receipt `json:"receipt"`
}

// AppendJSON appends the bytes that encoding/json makes of p.
func (p *Parking) AppendJSON(dst []byte) []byte {
	dst = canonical.Text(dst, `{"id":`, p.ID)
	dst = canonical.TextIf(dst, `,"note":`, p.Note)
	dst = canonical.Text(dst, `,"by":`, p.By)
	dst = canonical.TextIf(dst, `,"name":`, p.Name)
	dst = canonical.TextIf(dst, `,"holder":`, p.Holder)
	dst = canonical.Int(dst, `,"at":`, p.At)
	dst = canonical.Int(dst, `,"till":`, p.Till)
	dst = append(dst, `,"receipt":`...)
	return append(p.Receipt.AppendJSON(dst), '}')
}

// How a parked receipt was found again.
const (
	Own    = "own"    // by the register that set it aside
	Server = "server" // the server gave it
	Slip   = "slip"   // from paper, without a server
)

// Recall is the body of ReceiptRecalled: a parked receipt goes on at the
// register that says so.
type Recall struct {
	Parking string `json:"parking"`
	Number  string `json:"number"`  // as it was parked
	Receipt string `json:"receipt"` // ID of the receipt that goes on
	As      string `json:"as"`      // its number
	Till    int    `json:"till"`    // that had parked it
	How     string `json:"how"`
	By      string `json:"by"` // employee
	At      int64  `json:"at"` // unix ms
}

// Taken is the body of ParkedTaken: another register of the store has recalled
// what this one had parked.
type Taken struct {
	Parking string `json:"parking"`
	Till    int    `json:"till"` // that recalled it
	At      int64  `json:"at"`   // unix ms, by the server's clock
}

// NoteMax is the longest note in runes.
const NoteMax = 40
