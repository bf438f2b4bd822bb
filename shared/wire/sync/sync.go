// Package sync is the conversation between a till and the server, with the token
// of the till's identity: facts go up in numbered batches, reference data comes
// down as versioned changes.
//
// Every message can be repeated without effect: a lost answer costs a resend,
// never a doubled sale.
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

// FileName names a file by its content.
type FileName struct {
	SHA256 string `path:"sha256"`
}

// Endpoints.
var (
	Enrol       = wire.Endpoint[EnrolRequest, Enrolment]{Method: "POST", Path: "/v1/enrol", Limit: 1 << 10}
	Push        = wire.Endpoint[Facts, Ack]{Method: "POST", Path: "/v1/push", Limit: 2 << 20}
	Pull        = wire.Endpoint[Since, Changes]{Method: "GET", Path: "/v1/pull"}
	GetSnapshot = wire.Endpoint[wire.Nothing, Snapshot]{Method: "GET", Path: "/v1/snapshot"}
	GetFile     = wire.Endpoint[FileName, wire.File]{Method: "GET", Path: "/v1/files/{sha256}"}
	Listen      = wire.Endpoint[wire.Nothing, wire.File]{Method: "GET", Path: "/v1/live"} // events, as long as somebody listens
	GetParked   = wire.Endpoint[wire.Nothing, Parked]{Method: "GET", Path: "/v1/parked"}
	Recall      = wire.Endpoint[RecallRequest, RecallAnswer]{Method: "POST", Path: "/v1/parked/recall"}
)
