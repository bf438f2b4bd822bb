package httpapi

import (
	"context"
	"errors"
	"net/http"

	"tillsight/server/routes"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
	"tillsight/shared/scope"
	wire "tillsight/shared/wire/office"
)

// Cubes answers questions for devices that have not got the months.
type Cubes interface {
	Query(ctx context.Context, who scope.Scope, q cube.Query) (*cube.Result, error)
	List(ctx context.Context, who scope.Scope, d cube.Drill) (*cube.Listing, error)
	Report(ctx context.Context, who scope.Scope, r report.Request) (any, error)
}

const (
	questionMax  = 1 << 20 // bytes: thousands of keys in filters
	questionsMax = 2       // answered at once; others wait
)

// asked answers a question by the person's rights. It ends when the request does.
func asked[Q, A any](s *Server, run func(context.Context, scope.Scope, Q) (A, error)) routes.Handler {
	return func(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
		question, err := readMessage[Q](r)
		if err != nil {
			return err
		}
		select {
		case s.asking <- struct{}{}:
			defer func() { <-s.asking }()
		case <-r.Context().Done():
			return errcode.New(errcode.Cancelled, "httpapi.asked", errors.New("the client went away"))
		}
		made, err := run(r.Context(), who.Scope, question)
		if err != nil {
			return err
		}
		return answer(w, made)
	}
}

// cubeRoutes are those of questions.
func (s *Server) cubeRoutes(r *routes.Registry) {
	if s.Cubes == nil {
		return
	}
	question := func(path string, h routes.Handler) {
		r.Add(routes.Route{Method: "POST", Path: path, Who: routes.Manager, Shows: routes.Persons, Limit: questionMax, Handle: s.made(h)})
	}
	question(wire.PathQuery, asked(s, s.Cubes.Query))
	question(wire.PathList, asked(s, s.Cubes.List))
	question(wire.PathReport, asked(s, s.Cubes.Report))
}
