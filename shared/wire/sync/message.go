package sync

import (
	"encoding/json"

	"tillsight/shared/catalogue"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/parking"
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

// Version of the protocol. The server also takes the one before.
const Version = 1

// Limits of one push.
const (
	FactsMax = 500
	BytesMax = 256 << 10 // a single larger fact travels alone
)

// PushHeader is the first line of a push body; the canonical bytes of Count
// facts follow, one a line.
type PushHeader struct {
	Proto  int       `json:"proto"`
	Device string    `json:"device"`
	Epoch  uint32    `json:"epoch"`
	First  uint64    `json:"first"` // seq of the first fact
	Prev   fact.Hash `json:"prev"`  // hash of the fact before it
	Count  int       `json:"count"`
	// Last is the hash of the last fact. With it the server refuses facts that
	// changed on the way instead of taking them for the register's own; programs
	// of before do not send it.
	Last *fact.Hash `json:"last,omitempty"`
}

// Ack says what the server holds durably: all facts of the epoch up to Acked,
// the last with hash Chain.
type Ack struct {
	Acked      uint64    `json:"acked"`
	Chain      fact.Hash `json:"chain"`
	Expected   uint64    `json:"expected"` // seq wanted next
	ServerTime int64     `json:"server_time"`
	Version    int64     `json:"version"` // newest reference version, a hint to pull
}

// EnrolRequest exchanges a one-time code for an identity. Device and Epoch are
// set when a wiped or restored tablet asks for a new epoch of its own.
type EnrolRequest struct {
	Code string `json:"code"`
	Name string `json:"name,omitempty"` // what the tablet calls itself
	// Former is the register that this tablet was until now. It may hand over
	// what it sold, by its old token, and nothing else.
	Former *Former `json:"former,omitempty"`
}

// Former is a register whose tablet is enrolled anew: it was refused, revoked or
// forked, or the server was restored from before it came. A server that does not
// know it takes it for a register of that place.
type Former struct {
	Device  string `json:"device"`
	Epoch   uint32 `json:"epoch"`
	Token   string `json:"token"`
	Store   string `json:"store"`
	Till    int    `json:"till"`
	Counter uint64 `json:"counter"` // highest receipt count that it gave
	Shift   int    `json:"shift"`   // highest shift number
}

// Enrolment is a till's identity. It is stored once and kept.
type Enrolment struct {
	Device   string          `json:"device"`
	Epoch    uint32          `json:"epoch"`
	Token    string          `json:"token"`
	Store    catalogue.Store `json:"store"`
	Till     int             `json:"till"`
	Counter  uint64          `json:"counter"` // highest receipt count this till number ever reported
	Shift    int             `json:"shift"`   // highest shift number this till number ever reported
	Snapshot Snapshot        `json:"snapshot"`
}

// Snapshot names a prebuilt SQLite file of a store's reference data.
type Snapshot struct {
	Version int64  `json:"version"` // pull from here
	SHA256  string `json:"sha256"`  // of the uncompressed file
	Size    int64  `json:"size"`    // uncompressed bytes
	URL     string `json:"url"`
}

// Change is one row of reference data at a version. A nil Row is a deletion.
type Change struct {
	Version int64           `json:"version"`
	Table   string          `json:"table"` // see package refdata
	Key     string          `json:"key"`
	Row     json.RawMessage `json:"row"`
}

// Changes is a page of the feed. After the last page (More false) a replica
// holds Check.Rows rows whose hashes sum to Check.Sum.
type Changes struct {
	Changes []Change `json:"changes"`
	Cursor  int64    `json:"cursor"` // pull again from here
	More    bool     `json:"more"`
	Check   *Check   `json:"check,omitempty"` // on the last page
}

// Check verifies a replica of the feed.
type Check struct {
	Rows int64  `json:"rows"`
	Sum  uint64 `json:"sum,string"` // sum modulo 2⁶⁴ of each row's 64-bit hash
}

// Live is a server-sent event: something newer is there. Losing one costs
// nothing but freshness.
type Live struct {
	Version int64  `json:"version,omitempty"` // reference data
	Data    string `json:"data,omitempty"`    // manifest hash: new sales in the warehouse
	Revoked bool   `json:"revoked,omitempty"`
	Parked  int64  `json:"parked,omitempty"` // parked receipts of the register's store changed
}
