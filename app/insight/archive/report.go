package archive

import (
	"context"

	"tillsight/shared/cube"
	"tillsight/shared/report"
)

// Report answers a report from the device's files.
func (a *Archive) Report(ctx context.Context, r report.Request) (any, error) {
	return report.Answer(ctx, r, func(ctx context.Context, from, to string) (*cube.Cube, error) {
		return a.cubeFor(ctx, cube.Query{From: from, To: to})
	})
}
