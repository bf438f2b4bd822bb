package bridge

import (
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
	"tillsight/shared/segment"
)

// Methods of the insight worker.
const (
	InsightState   Method[Nothing, Insight]         = "insight.state"
	InsightQuery   Method[cube.Query, cube.Result]  = "insight.query" // with Progress (task "query")
	InsightDims    Method[DimsRequest, []DimValue]  = "insight.dims"
	InsightList    Method[cube.Drill, cube.Listing] = "insight.list"    // the receipts behind a number
	InsightReport  Method[report.Request, any]      = "insight.report"  // a report has its own answer, see package report
	InsightRefresh Method[Nothing, Insight]         = "insight.refresh" // ask the server now
	InsightBudget  Method[Budget, Insight]          = "insight.budget"  // how much this device keeps
	InsightForget  Method[Nothing, Insight]         = "insight.forget"  // remove everything from this device (log-out)
)

// Events that the insight worker sends unasked, besides EventProgress (task
// "segments", in bytes).
const (
	EventInsight Event[Insight] = "insight" // when Data differs queries give new answers
)

// Insight is what the report worker has and how fresh it is.
type Insight struct {
	Ready     bool              `json:"ready"` // queries can be answered
	Data      string            `json:"data"`  // manifest hash: changes with the data
	From      string            `json:"from"`  // business dates that are on the device
	To        string            `json:"to"`
	Receipts  int               `json:"receipts"`
	Lines     int               `json:"lines"`
	Bytes     int64             `json:"bytes"`           // of the files on the device
	Missing   int               `json:"missing"`         // files still to be fetched
	Tried     bool              `json:"tried"`           // the server was asked since the worker started
	Online    bool              `json:"online"`          // the server answered last time
	Live      bool              `json:"live"`            // told of new sales as they come
	InMemory  bool              `json:"in_memory"`       // not kept for offline: no OPFS here
	Checked   int64             `json:"checked"`         // unix ms of the server's last answer
	Fault     *errcode.Error    `json:"fault,omitempty"` // unauthorised, storage full…
	Freshness segment.Freshness `json:"freshness"`
	// Elsewhere is the newest month that is not kept on the device, "" when all
	// are: questions about it and older ones are answered by the server.
	Elsewhere string `json:"elsewhere,omitempty"`
}

// Budget is how much the device keeps: months are kept whole, the newest first.
type Budget struct {
	Bytes  int64 `json:"bytes,omitempty"`  // of sales, 0: the usual
	Months int   `json:"months,omitempty"` // 0: as many as fit
}

// DimsRequest lists keys of a dimension for filters.
type DimsRequest struct {
	Dim    cube.DimID `json:"dim"`
	Parent string     `json:"parent,omitempty"` // only below this key
	Text   string     `json:"text,omitempty"`   // only whose name or key contains it, any case
	Keys   []string   `json:"keys,omitempty"`   // only these; empty: all
	Limit  int        `json:"limit,omitempty"`  // 0: 1000
}

// DimValue is one key of a dimension.
type DimValue struct {
	Key    string         `json:"key"`
	Name   catalogue.Text `json:"name,omitzero"` // empty: show the key
	Parent string         `json:"parent,omitempty"`
}
