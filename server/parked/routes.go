package parked

import (
	"context"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/wire"
	"tillsight/shared/wire/sync"
)

const idMax = 64 // bytes of a parking's ID

// Routes are those of registers about parked receipts.
func (l *Lot) Routes(r *routes.Registry) {
	routes.Add(r, sync.GetParked, routes.Current, routes.Stores,
		func(_ context.Context, who routes.Caller, _ wire.Nothing) (sync.Parked, error) {
			return l.List(who.Device)
		})
	routes.Add(r, sync.Recall, routes.Current, routes.Stores,
		func(ctx context.Context, who routes.Caller, q sync.RecallRequest) (sync.RecallAnswer, error) {
			if q.ID == "" || len(q.ID) > idMax {
				return sync.RecallAnswer{}, errcode.New(errcode.Invalid, "parked.recall", nil)
			}
			return l.Recall(ctx, who.Device, q.ID)
		})
}
