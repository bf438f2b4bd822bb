package audit

import (
	"context"
	"time"

	"tillsight/server/routes"
	"tillsight/shared/pricing"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

const alarmsMax = 200

// Routes are those of what receipts should have come to, or would have.
func (a *Auditor) Routes(r *routes.Registry, now func() time.Time) {
	routes.Add(r, office.Simulate, routes.Manager, routes.Stores,
		func(ctx context.Context, who routes.Caller, q office.Simulation) (office.Simulated, error) {
			set, problems, err := pricing.ParseOne("rules", q.Rule)
			if err != nil || len(problems) > 0 {
				return office.Simulated{Problems: problems}, err
			}
			return a.Simulate(ctx, set.Rules[0], q.Days, now(), who.Scope)
		}, routes.Costly)
	routes.Add(r, office.GetAlarms, routes.Manager, routes.Stores,
		func(_ context.Context, who routes.Caller, _ wire.Nothing) ([]office.Alarm, error) {
			return a.Alarms(who.Scope, alarmsMax)
		})
}
