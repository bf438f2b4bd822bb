package routes

import (
	"context"
	"net/http"

	"tillsight/shared/wire"
)

// Needs is what else a route asks for.
type Needs int

// Needs of routes.
const (
	Figures Needs = iota + 1 // what was sold is counted whole
	Costly                   // few at once, and not for ever
)

// Add puts in the route of an endpoint: do gets the question and returns the answer.
func Add[Q, A any](r *Registry, e wire.Endpoint[Q, A], who Who, shows Shows,
	do func(ctx context.Context, who Caller, q Q) (A, error), needs ...Needs) {
	Serve(r, e, who, shows, func(w http.ResponseWriter, r *http.Request, who Caller, q Q) error {
		a, err := do(r.Context(), who, q)
		if err != nil {
			return err
		}
		return Answer(w, a)
	}, needs...)
}

// Serve is Add for what is no message: a stream, a file, an answer with a cookie.
// do fails before it wrote anything, or with ErrCut.
func Serve[Q, A any](r *Registry, e wire.Endpoint[Q, A], who Who, shows Shows,
	do func(w http.ResponseWriter, r *http.Request, who Caller, q Q) error, needs ...Needs) {
	route := Route{Method: e.Method, Path: e.Path, Who: who, Shows: shows, Limit: e.Max()}
	for _, need := range needs {
		switch need {
		case Figures:
			route.Figures = true
		case Costly:
			do = costly(do)
		}
	}
	route.Handle = func(w http.ResponseWriter, r *http.Request, who Caller) error {
		body, err := ReadAll(r.Body)
		if err != nil {
			return err
		}
		q, err := e.Read(r.PathValue, r.URL.Query(), r.Header.Get("Content-Type"), body)
		if err != nil {
			return err
		}
		return do(w, r, who, q)
	}
	r.Add(route)
}
