package cubes

import (
	"context"
	"encoding/json"

	"tillsight/server/routes"
	"tillsight/shared/report"
	"tillsight/shared/scope"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

// Routes are those of questions.
func (c *Cubes) Routes(r *routes.Registry) {
	ask(r, office.Query, c.Query)
	ask(r, office.List, c.List)
	ask(r, office.Report, func(ctx context.Context, who scope.Scope, q report.Request) (json.RawMessage, error) {
		made, err := c.Report(ctx, who, q)
		if err != nil {
			return nil, err
		}
		return json.Marshal(made)
	})
}

// ask adds the route of a question, which is answered by the person's rights. It
// ends when the request does.
func ask[Q, A any](r *routes.Registry, e wire.Endpoint[Q, A], run func(context.Context, scope.Scope, Q) (A, error)) {
	routes.Add(r, e, routes.Manager, routes.Persons, func(ctx context.Context, who routes.Caller, q Q) (A, error) {
		return run(ctx, who.Scope, q)
	}, routes.Figures, routes.Costly)
}
