package office

import "encoding/json"

// DeskItem is something that a person keeps at the desk: a filter, a report, a
// dashboard, a measure. Its body is the desk's business.
type DeskItem struct {
	ID     string          `json:"id"`   // made on the device
	Kind   string          `json:"kind"` // what the body is
	Name   string          `json:"name"`
	Body   json.RawMessage `json:"body,omitempty"`
	Shared bool            `json:"shared,omitempty"` // colleagues see it
	Owner  string          `json:"owner,omitempty"`  // login; given by the server
	At     int64           `json:"at"`               // unix ms of the edit: of two edits the later one stays
	Gone   bool            `json:"gone,omitempty"`   // removed
}

// Limits of what a person keeps.
const (
	SavedMax     = 500              // things
	SavedBodyMax = 64 << 10         // bytes of a body
	SavedNameMax = 200              // characters of a name
	SavedIDMax   = 64               // bytes of an ID
	SavedAhead   = 24 * 3600 * 1000 // ms that a device's clock may be ahead
)
