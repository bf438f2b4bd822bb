package cubes

import (
	"context"
	"encoding/json"
	"errors"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
	"tillsight/shared/scope"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

// questionsMax are answered at once; others wait.
const questionsMax = 2

// Routes are those of questions.
func (c *Cubes) Routes(r *routes.Registry) {
	places := make(chan struct{}, questionsMax)
	ask(r, office.Query, places, c.Query)
	ask(r, office.List, places, c.List)
	ask(r, office.Report, places, func(ctx context.Context, who scope.Scope, q report.Request) (json.RawMessage, error) {
		made, err := c.Report(ctx, who, q)
		if err != nil {
			return nil, err
		}
		return json.Marshal(made)
	})
}

// ask adds the route of a question, which is answered by the person's rights. It
// ends when the request does.
func ask[Q, A any](r *routes.Registry, e wire.Endpoint[Q, A], places chan struct{}, run func(context.Context, scope.Scope, Q) (A, error)) {
	routes.Add(r, e, routes.Manager, routes.Persons, func(ctx context.Context, who routes.Caller, q Q) (none A, err error) {
		select {
		case places <- struct{}{}:
			defer func() { <-places }()
		case <-ctx.Done():
			return none, errcode.New(errcode.Cancelled, "cubes.ask", errors.New("the client went away"))
		}
		return run(ctx, who.Scope, q)
	}, routes.Figures)
}
