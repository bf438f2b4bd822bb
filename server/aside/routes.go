package aside

import (
	"context"

	"tillsight/server/routes"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

// Routes are those of what is kept and not counted.
func (f *Facts) Routes(r *routes.Registry) {
	routes.Add(r, office.GetAside, routes.Admin, routes.Whole, func(ctx context.Context, _ routes.Caller, _ wire.Nothing) (office.Aside, error) {
		return f.List(ctx)
	})
	decide(r, office.ReleaseFact, "fact.release", func(ctx context.Context, _ routes.Caller, q office.FactDecision) (office.Aside, error) {
		return f.Release(ctx, q)
	})
	decide(r, office.LeaveFact, "fact.leave", func(ctx context.Context, who routes.Caller, q office.FactDecision) (office.Aside, error) {
		return f.Leave(ctx, who.Name(), q)
	})
	decide(r, office.AdoptBranch, "fork.adopt", func(ctx context.Context, _ routes.Caller, q office.BranchDecision) (office.Aside, error) {
		return f.AdoptBranch(ctx, q)
	})
	decide(r, office.LeaveBranch, "fork.leave", func(ctx context.Context, who routes.Caller, q office.BranchDecision) (office.Aside, error) {
		return f.LeaveBranch(ctx, who.Name(), q)
	})
}

// decide adds the route of a decision, which is written down.
func decide[Q interface{ Object() string }](r *routes.Registry, e wire.Endpoint[Q, office.Aside], what string,
	do func(context.Context, routes.Caller, Q) (office.Aside, error)) {
	routes.Add(r, e, routes.Admin, routes.Whole, func(ctx context.Context, who routes.Caller, q Q) (office.Aside, error) {
		list, err := do(ctx, who, q)
		if err == nil {
			who.Did(what, q.Object())
		}
		return list, err
	})
}
