// Package syncproto is the conversation between a till and the server: facts
// go up in numbered batches, reference data comes down as versioned changes.
//
// Every message can be repeated without effect: a lost answer costs a resend,
// never a doubled sale.
package syncproto

import (
	"encoding/json"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
)

// Version of the protocol. The server also takes the one before.
const Version = 1

// Limits of one push.
const (
	FactsMax = 500
	BytesMax = 256 << 10 // a single larger fact travels alone
)

// Paths.
const (
	PathEnrol    = "/v1/enrol"
	PathPush     = "/v1/push"
	PathPull     = "/v1/pull"
	PathSnapshot = "/v1/snapshot"
	PathFiles    = "/v1/files/"
	PathLive     = "/v1/live"
	PathManifest = "/v1/segments"
	PathSession  = "/v1/session"
	PathDevices  = "/v1/devices"
	PathCodes    = "/v1/codes"
	PathRevoke   = "/v1/revoke"
	PathTills    = "/v1/tills"
	PathPrices   = "/v1/prices"
	PathProducts = "/v1/products"

	PathPromotions      = "/v1/promotions"
	PathPromotionStop   = "/v1/promotions/stop"
	PathPromotionSchema = "/v1/promotions/schema"
	PathSimulate        = "/v1/promotions/simulate"
	PathSaved           = "/v1/saved"
	PathAlarms          = "/v1/alarms"
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

// OwnHeader is sent by our page with every request: no other site can make a
// browser send it.
const OwnHeader = "X-Tillsight"

// Failure is the body of every answer that is not 2xx.
type Failure struct {
	Error *errcode.Error `json:"error"`
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

// Credentials log a person in at the server.
type Credentials struct {
	Login    string `json:"login"`
	Password string `json:"password"`
}

// User is the person behind a session.
type User struct {
	Login  string   `json:"login"`
	Name   string   `json:"name"`
	Role   string   `json:"role"`             // "admin", "manager"
	All    bool     `json:"all,omitempty"`    // the whole chain; an administrator sees it anyway
	Stores []string `json:"stores,omitempty"` // otherwise these
	Lang   string   `json:"lang,omitempty"`
	// Personal is the right to see who customers are, not only what they buy.
	Personal bool   `json:"personal,omitempty"`
	Zone     string `json:"zone,omitempty"`     // IANA time zone of the first store that the person sees
	Currency string `json:"currency,omitempty"` // ISO 4217, of that store
}

// Device is a register as the administrator sees it.
type Device struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Store    string `json:"store"`
	Till     int    `json:"till"`
	Epoch    uint32 `json:"epoch"`
	Enrolled int64  `json:"enrolled"`  // unix ms
	LastSeen int64  `json:"last_seen"` // unix ms of the last push or pull
	Acked    uint64 `json:"acked"`
	Revoked  bool   `json:"revoked"`            // is answered nothing any more
	Replaced bool   `json:"replaced,omitempty"` // another one stands at its place: it may only hand over what it sold
	Fork     bool   `json:"fork"`               // same numbers came with other bytes: needs a person
}

// CodeRequest asks for a one-time enrolment code for a till place.
type CodeRequest struct {
	Store string `json:"store"`
	Till  int    `json:"till"`
}

// Code is a one-time enrolment code.
type Code struct {
	Code    string `json:"code"`
	Store   string `json:"store"`
	Till    int    `json:"till"`
	Expires int64  `json:"expires"` // unix ms
}

// TillPlace is a numbered checkout of a store.
type TillPlace struct {
	Store  string `json:"store"`
	Name   string `json:"name"`
	Till   int    `json:"till"`
	Device string `json:"device,omitempty"` // enrolled there now
}

// Products is a page of the assortment as managers see it.
type Products struct {
	Products []PricedProduct `json:"products"`
	More     bool            `json:"more"`
}

// PricedProduct is a product with the price in force in the store asked for.
type PricedProduct struct {
	catalogue.Product
	Code  string           `json:"code,omitempty"`  // a barcode of it
	Price *catalogue.Price `json:"price,omitempty"` // none is in force
}
