package office

import (
	"fmt"
	"strconv"

	"tillsight/shared/money"
	"tillsight/shared/wire"
)

// Aside is what is kept and not counted: it waits for a person, or somebody has
// decided that it stays aside.
type Aside struct {
	Waiting  int           `json:"waiting"`  // facts that nobody has decided on
	Facts    []AsideFact   `json:"facts"`    // newest first, AsideShown at most
	More     bool          `json:"more"`     // there are older ones
	Branches []AsideBranch `json:"branches"` // of registers
}

// AsideShown is how many facts an answer holds.
const AsideShown = 200

// AsideFact is a fact that no figures can be made of. What could not be read of it
// is zero.
type AsideFact struct {
	Pos      int64        `json:"pos"`      // in the journal
	Received int64        `json:"received"` // unix ms by the server's clock
	At       int64        `json:"at"`       // unix ms by the register's
	Kind     string       `json:"kind"`
	Reason   string       `json:"reason"` // code of the fault
	Detail   string       `json:"detail,omitempty"`
	Store    string       `json:"store"`
	Till     int          `json:"till"`
	Number   string       `json:"number,omitempty"` // of the receipt
	Total    money.Amount `json:"total,omitempty"`
	Left     *Left        `json:"left,omitempty"` // nil: it waits
}

// AsideBranch is what a register told under numbers that it had told other things
// by: its tablet was copied or restored, or bytes changed on the way.
type AsideBranch struct {
	Device   string       `json:"device"`
	Name     string       `json:"name,omitempty"`
	Store    string       `json:"store,omitempty"`
	Till     int          `json:"till,omitempty"`
	Epoch    uint32       `json:"epoch"`
	From     uint64       `json:"from"`     // lowest number that stands twice
	Received int64        `json:"received"` // unix ms of the last of them
	Waiting  int          `json:"waiting"`  // facts
	Receipts int          `json:"receipts"` // among those that wait
	Total    money.Amount `json:"total"`    // of those receipts
	Adopted  int          `json:"adopted"`  // facts that were counted after all
	Aside    int          `json:"aside"`    // facts that stay aside
	Left     *Left        `json:"left,omitempty"`
}

// Left is a person's word that something stays aside.
type Left struct {
	At   int64  `json:"at"` // unix ms
	By   string `json:"by"`
	Note string `json:"note,omitempty"`
}

// FactDecision is about a fact in quarantine.
type FactDecision struct {
	Pos  int64  `json:"pos"`
	Note string `json:"note,omitempty"`
}

// Object names the fact in what was done.
func (d FactDecision) Object() string { return strconv.FormatInt(d.Pos, 10) }

// BranchDecision is about what waits of a register's other branches.
type BranchDecision struct {
	Device string `json:"device"`
	Epoch  uint32 `json:"epoch"`
	Note   string `json:"note,omitempty"`
}

// Object names the branch in what was done.
func (d BranchDecision) Object() string { return fmt.Sprintf("%s/%d", d.Device, d.Epoch) }

// What is kept and not counted. Each decision answers what is left.
var (
	GetAside    = wire.Endpoint[nothing, Aside]{Method: "GET", Path: "/v1/aside"}
	ReleaseFact = wire.Endpoint[FactDecision, Aside]{Method: "POST", Path: "/v1/aside/release"}
	LeaveFact   = wire.Endpoint[FactDecision, Aside]{Method: "POST", Path: "/v1/aside/leave"}
	AdoptBranch = wire.Endpoint[BranchDecision, Aside]{Method: "POST", Path: "/v1/aside/branch/adopt"}
	LeaveBranch = wire.Endpoint[BranchDecision, Aside]{Method: "POST", Path: "/v1/aside/branch/leave"}
)
