package syncproto

import (
	"tillsight/shared/money"
	"tillsight/shared/parking"
)

// Paths of parked receipts, for registers.
const (
	PathParked = "/v1/parked"
	PathRecall = "/v1/parked/recall"
)

// Parked is what waits in a store, newest first, and what was taken lately.
type Parked struct {
	Revision int64       `json:"revision"` // as in Live
	Rows     []ParkedRow `json:"rows"`
	Taken    []TakenRow  `json:"taken,omitempty"` // of the asking register's own, not yet heard of
}

// ParkedRow is one parked receipt.
type ParkedRow struct {
	ID     string       `json:"id"` // of the parking
	Device string       `json:"device"`
	Till   int          `json:"till"`
	Number string       `json:"number"`
	At     int64        `json:"at"` // unix ms
	Date   string       `json:"date"`
	Count  int          `json:"count"`
	Total  money.Amount `json:"total"`
	By     string       `json:"by"` // cashier's name
	Note   string       `json:"note,omitempty"`
	Name   string       `json:"name,omitempty"` // customer's
}

// TakenRow says that another register has recalled a parked receipt.
type TakenRow struct {
	ID   string `json:"id"`
	Till int    `json:"till"`
	At   int64  `json:"at"` // unix ms
}

// RecallRequest asks for a parked receipt. Who asks first gets it; asking again
// changes nothing. A parking that the server has not heard of yet, known from
// paper, is noted all the same.
type RecallRequest struct {
	ID string `json:"id"`
}

// RecallAnswer is the receipt, without one when the server knows its ID only.
type RecallAnswer struct {
	Parking *parking.Parking `json:"parking,omitempty"`
}
