// Package sync is what a register asks the server, with the token of its
// identity. A push's body is lines, a file's answer bytes, a live stream's events:
// they have addresses in package syncproto only.
package sync

import (
	"tillsight/shared/syncproto"
	"tillsight/shared/wire"
)

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
	Enrol    = wire.Endpoint[syncproto.EnrolRequest, syncproto.Enrolment]{Method: "POST", Path: syncproto.PathEnrol, Limit: 1 << 10}
	Push     = wire.Endpoint[Facts, syncproto.Ack]{Method: "POST", Path: syncproto.PathPush, Limit: 2 << 20}
	Pull     = wire.Endpoint[Since, syncproto.Changes]{Method: "GET", Path: syncproto.PathPull}
	Snapshot = wire.Endpoint[wire.Nothing, syncproto.Snapshot]{Method: "GET", Path: syncproto.PathSnapshot}
	Parked   = wire.Endpoint[wire.Nothing, syncproto.Parked]{Method: "GET", Path: syncproto.PathParked}
	Recall   = wire.Endpoint[syncproto.RecallRequest, syncproto.RecallAnswer]{Method: "POST", Path: syncproto.PathRecall}
)
