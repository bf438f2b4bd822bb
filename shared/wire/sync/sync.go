// Package sync is the conversation between a till and the server, with the token
// of the till's identity: facts go up in numbered batches, reference data comes
// down as versioned changes.
//
// Every message can be repeated without effect: a lost answer costs a resend,
// never a doubled sale. A push's body is lines, a file's answer bytes, a live
// stream's events: they have addresses, and no Endpoint.
package sync

import "tillsight/shared/wire"

// Since asks for what changed after a version of the reference data.
type Since struct {
	Version int64 `query:"since"`
}

// Facts is the body of a push: its header in a line, then a fact a line.
type Facts struct {
	Lines wire.File `body:"application/x-ndjson"`
}

// Endpoints.
var (
	Enrol       = wire.Endpoint[EnrolRequest, Enrolment]{Method: "POST", Path: PathEnrol, Limit: 1 << 10}
	Push        = wire.Endpoint[Facts, Ack]{Method: "POST", Path: PathPush, Limit: 2 << 20}
	Pull        = wire.Endpoint[Since, Changes]{Method: "GET", Path: PathPull}
	GetSnapshot = wire.Endpoint[wire.Nothing, Snapshot]{Method: "GET", Path: PathSnapshot}
	GetParked   = wire.Endpoint[wire.Nothing, Parked]{Method: "GET", Path: PathParked}
	Recall      = wire.Endpoint[RecallRequest, RecallAnswer]{Method: "POST", Path: PathRecall}
)
