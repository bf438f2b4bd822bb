package office

import (
	"tillsight/shared/chain"
	"tillsight/shared/wire"
)

// SetupKey is what the link to a new server's set-up carries.
type SetupKey struct {
	Key string `json:"key"`
}

// Setup makes a chain on a server on which nobody can log in yet: its owner, and
// everything that a till needs.
type Setup struct {
	SetupKey
	Owner    User        `json:"owner"`
	Password string      `json:"password"`
	Chain    chain.Chain `json:"chain"`
	Sample   bool        `json:"sample,omitempty"` // two hundred goods to begin with
}

// SetupDone is what became of it. With Problems nothing was written.
type SetupDone struct {
	Problems []chain.Problem `json:"problems,omitempty"`
}

// The first start.
var (
	CheckSetup = wire.Endpoint[SetupKey, nothing]{Method: "POST", Path: "/v1/setup/key", Limit: 1 << 10}
	SetUp      = wire.Endpoint[Setup, SetupDone]{Method: "POST", Path: "/v1/setup", Limit: 256 << 10}
)
