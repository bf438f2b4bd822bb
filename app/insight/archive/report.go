package archive

import (
	"context"
	"errors"

	"tillsight/shared/cube"
	"tillsight/shared/report"
	wire "tillsight/shared/wire/office"
)

// errBeyond says that a report needs months that this device does not keep.
var errBeyond = errors.New("beyond what the device keeps")

// Report answers a report from the device's files, or has the server answer it.
func (a *Archive) Report(ctx context.Context, r report.Request) (any, error) {
	answer, err := report.Answer(a.watched(ctx), r, func(ctx context.Context, from, to string) (*cube.Cube, error) {
		q := cube.Query{From: from, To: to}
		if beyond, err := a.beyond(ctx, q); err != nil {
			return nil, err
		} else if beyond {
			return nil, errBeyond
		}
		return a.cubeFor(ctx, q)
	})
	if errors.Is(err, errBeyond) {
		return elsewhere(ctx, a, wire.Report, r)
	}
	return answer, err
}
