package archive

import (
	"context"

	"tillsight/app/bridge"
	"tillsight/shared/cube"
	"tillsight/shared/report"
)

// serveReports answers the customer reports.
func serveReports(s *bridge.Server, a *Archive) {
	bridge.HandleParallel(s, bridge.InsightRFM, reported(a, report.RFMOf))
	bridge.HandleParallel(s, bridge.InsightPeople, reported(a, report.People))
	bridge.HandleParallel(s, bridge.InsightCohorts, reported(a, report.CohortsOf))
	bridge.HandleParallel(s, bridge.InsightBase, reported(a, report.BaseOf))
	bridge.HandleParallel(s, bridge.InsightABC, reported(a, report.ABCOf))
}

// spanned is a request that says which business dates it looks at.
type spanned interface{ Span() (from, to string) }

// reported runs a report over the months that it needs.
func reported[Q spanned, A any](a *Archive, run func(context.Context, *cube.Cube, Q) (A, error)) func(context.Context, Q) (A, error) {
	return func(ctx context.Context, request Q) (answer A, err error) {
		from, to := request.Span()
		asked := cube.Query{Measures: []cube.MeasureID{cube.Revenue}, From: from, To: to}
		if err := asked.Validate(); err != nil {
			return answer, err
		}
		c, err := a.cubeFor(ctx, asked)
		if err != nil {
			return answer, err
		}
		return run(ctx, c, request)
	}
}
