package httpapi

import (
	"context"
	"net/http"

	"tillsight/server/aside"
	"tillsight/server/routes"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

// asideRoutes are those of what is kept and not counted. note writes down who
// decided what.
func asideRoutes(r *routes.Registry, f *aside.Facts, note func(who routes.Caller, what, object string)) {
	if f == nil {
		return
	}
	r.Add(routes.Route{Method: office.GetAside.Method, Path: office.GetAside.Path, Who: routes.Admin, Shows: routes.Whole,
		Handle: func(w http.ResponseWriter, r *http.Request, _ routes.Caller) error {
			list, err := f.List(r.Context())
			if err != nil {
				return err
			}
			return answer(w, list)
		}})
	noted := func(what string) func(routes.Caller, string) {
		return func(who routes.Caller, object string) { note(who, what, object) }
	}
	decideAside(r, office.ReleaseFact, noted("fact.release"), func(ctx context.Context, who routes.Caller, q office.FactDecision) (office.Aside, error) {
		return f.Release(ctx, q)
	})
	decideAside(r, office.LeaveFact, noted("fact.leave"), func(ctx context.Context, who routes.Caller, q office.FactDecision) (office.Aside, error) {
		return f.Leave(ctx, who.Name(), q)
	})
	decideAside(r, office.AdoptBranch, noted("fork.adopt"), func(ctx context.Context, who routes.Caller, q office.BranchDecision) (office.Aside, error) {
		return f.AdoptBranch(ctx, q)
	})
	decideAside(r, office.LeaveBranch, noted("fork.leave"), func(ctx context.Context, who routes.Caller, q office.BranchDecision) (office.Aside, error) {
		return f.LeaveBranch(ctx, who.Name(), q)
	})
}

// decideAside adds the route of a decision.
func decideAside[Q interface{ Object() string }](r *routes.Registry, e wire.Endpoint[Q, office.Aside], note func(routes.Caller, string),
	do func(context.Context, routes.Caller, Q) (office.Aside, error)) {
	r.Add(routes.Route{Method: e.Method, Path: e.Path, Who: routes.Admin, Shows: routes.Whole, Limit: messageMax,
		Handle: func(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
			q, err := readMessage[Q](r)
			if err != nil {
				return err
			}
			list, err := do(r.Context(), who, q)
			if err != nil {
				return err
			}
			note(who, q.Object())
			return answer(w, list)
		}})
}
