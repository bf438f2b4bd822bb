package bridge

import (
	"tillsight/shared/money"
	"tillsight/shared/receipt"
)

// Methods about receipts set aside.
const (
	TillPark       Method[Park, Parked]          = "till.park"
	TillParked     Method[Nothing, ParkedList]   = "till.parked"
	TillRecall     Method[Recall, Recalled]      = "till.recall"
	TillRecallSlip Method[SlipScan, Recalled]    = "till.recall-slip" // or which parts are missing
	TillSlip       Method[ParkedRef, ParkedSlip] = "till.slip"        // of a receipt parked here
)

// Park sets the open receipt ID aside. Repeating it for one that is parked
// returns the same answer and parks nothing.
type Park struct {
	ID   string `json:"id"`
	Note string `json:"note,omitempty"`
}

// Parked is a receipt durably set aside.
type Parked struct {
	Delta Delta      `json:"delta"` // no receipt is open now
	Row   ParkedRow  `json:"row"`
	Slip  ParkedSlip `json:"slip"`
	Count int        `json:"count"` // as State.Parked
}

// ParkedRow is one parked receipt in a list.
type ParkedRow struct {
	ID     string       `json:"id"` // of the parking
	Number string       `json:"number"`
	At     int64        `json:"at"`
	Date   string       `json:"date"` // business date of its prices
	Count  int          `json:"count"`
	Total  money.Amount `json:"total"`
	By     string       `json:"by"` // cashier's name
	Note   string       `json:"note,omitempty"`
	Name   string       `json:"name,omitempty"` // customer's
	Till   int          `json:"till"`
	Own    bool         `json:"own"`             // parked at this till
	Rules  int64        `json:"rules,omitempty"` // version of its promotions
}

// ParkedList is what can be recalled here.
type ParkedList struct {
	Rows   []ParkedRow `json:"rows"`             // own ones first, newest first
	Heard  int64       `json:"heard"`            // unix ms when the server last told of other tills, 0: never
	Online bool        `json:"online,omitempty"` // the server answers now
}

// ParkedRef names a parking.
type ParkedRef struct {
	ID string `json:"id"`
}

// ParkedSlip is the parking slip. Parts are the texts of its codes; none when
// the receipt is too long for paper or the till has no key.
type ParkedSlip struct {
	Row     ParkedRow       `json:"row"`
	Parts   []string        `json:"parts,omitempty"`
	TooLong bool            `json:"too_long,omitempty"`
	Receipt receipt.Receipt `json:"receipt"`
}

// Recall brings a parked receipt back. Without an ID it is the only one.
type Recall struct {
	ID string `json:"id,omitempty"`
}

// SlipScan is one code of a parking slip.
type SlipScan struct {
	Text string `json:"text"`
}

// Recalled is a receipt that goes on. While parts of its slip are missing there
// is only Parts, Part and Missing.
type Recalled struct {
	Delta Delta     `json:"delta"` // full
	Row   ParkedRow `json:"row"`
	How   string    `json:"how"` // parking.Own, Server or Slip

	Repriced bool         `json:"repriced,omitempty"` // prices and promotions are those of now
	Changed  int          `json:"changed,omitempty"`  // lines that cost something else than before
	Before   money.Amount `json:"before,omitempty"`   // total as it was parked
	Dropped  int          `json:"dropped,omitempty"`  // lines that can't be sold today: voided
	Newer    int          `json:"newer,omitempty"`    // lines whose price is another one now; they keep the old

	Part    int   `json:"part,omitempty"`
	Parts   int   `json:"parts,omitempty"`
	Missing []int `json:"missing,omitempty"`
}
