package report

import (
	"context"
	"encoding/json"

	"tillsight/shared/cube"
	"tillsight/shared/errcode"
)

// Name is what a report is asked for by: a device answers it from its column
// files, the server from its own, and both say the same.
type Name string

// Report is a name that knows its question and its answer.
type Report[Q, A any] Name

// Request asks for the report.
func (r Report[Q, A]) Request(question Q) (Request, error) {
	ask, err := json.Marshal(question)
	if err != nil {
		return Request{}, errcode.New(errcode.Internal, "report.Request", err)
	}
	return Request{Report: Name(r), Ask: ask}, nil
}

var runners = map[Name]runner{}

// define makes a report of its name and of what answers it.
func define[Q spanned, A any](name Name, run func(context.Context, *cube.Cube, Q) (*A, error)) Report[Q, A] {
	runners[name] = by(run)
	return Report[Q, A](name)
}

// people makes a report of the customers behind a number.
func people[Q spanned](name Name, run func(context.Context, *cube.Cube, Q) ([]Person, error)) Report[Q, []Person] {
	runners[name] = by(run)
	return Report[Q, []Person](name)
}

// Request asks for a report. Ask is the JSON of the report's own request.
type Request struct {
	Report Name            `json:"report"`
	Ask    json.RawMessage `json:"ask"`
}

// CubeOf gives the cube over the business dates from … to, both included; an
// empty date is no limit.
type CubeOf func(ctx context.Context, from, to string) (*cube.Cube, error)

// Answer makes the report that r asks for over the cube of the dates that it
// needs. A report or a request that is not understood is errcode.Invalid.
func Answer(ctx context.Context, r Request, cubeOf CubeOf) (any, error) {
	run := runners[r.Report]
	if run == nil {
		return nil, errcode.New(errcode.Invalid, "report.Answer", nil).With("report", string(r.Report))
	}
	return run(ctx, r.Ask, cubeOf)
}

// spanned is a request that says which business dates it looks at.
type spanned interface{ Span() (from, to string) }

type runner func(ctx context.Context, ask []byte, cubeOf CubeOf) (any, error)

// by makes a runner of a report.
func by[Q spanned, A any](run func(context.Context, *cube.Cube, Q) (A, error)) runner {
	return func(ctx context.Context, ask []byte, cubeOf CubeOf) (any, error) {
		var q Q
		if err := json.Unmarshal(ask, &q); err != nil {
			return nil, errcode.New(errcode.Invalid, "report.Answer", err)
		}
		from, to := q.Span()
		asked := cube.Query{Measures: []cube.MeasureID{cube.Revenue}, From: from, To: to}
		if err := asked.Validate(); err != nil {
			return nil, err
		}
		c, err := cubeOf(ctx, from, to)
		if err != nil {
			return nil, err
		}
		return run(ctx, c, q)
	}
}
