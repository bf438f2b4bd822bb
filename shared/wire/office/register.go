package office

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
