package httpapi

import (
	"context"
	"errors"
	"net/http"

	files "tillsight/server/segment"
	"tillsight/server/user"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
	"tillsight/shared/syncproto"
)

// Cubes answers questions for devices that have not got the months.
type Cubes interface {
	Query(ctx context.Context, rights files.Rights, q cube.Query) (*cube.Result, error)
	List(ctx context.Context, rights files.Rights, d cube.Drill) (*cube.Listing, error)
	Report(ctx context.Context, rights files.Rights, r report.Request) (any, error)
}

const (
	questionMax  = 1 << 20 // bytes: thousands of keys in filters
	questionsMax = 2       // answered at once; others wait
)

// asked answers a question by the person's rights. It ends when the request does.
func asked[Q, A any](s *Server, run func(context.Context, files.Rights, Q) (A, error)) personHandler {
	return func(w http.ResponseWriter, r *http.Request, u syncproto.User) error {
		question, err := readUpTo[Q](r, questionMax)
		if err != nil {
			return err
		}
		select {
		case s.asking <- struct{}{}:
			defer func() { <-s.asking }()
		case <-r.Context().Done():
			return errcode.New(errcode.Cancelled, "httpapi.asked", errors.New("the client went away"))
		}
		made, err := run(r.Context(), rights(u), question)
		if err != nil {
			return err
		}
		return answer(w, made)
	}
}

// cubeRoutes are those of questions.
func (s *Server) cubeRoutes(mux *http.ServeMux) {
	if s.Cubes == nil {
		return
	}
	s.handle(mux, "POST", syncproto.PathQuery, s.person(user.Manager, asked(s, s.Cubes.Query)))
	s.handle(mux, "POST", syncproto.PathList, s.person(user.Manager, asked(s, s.Cubes.List)))
	s.handle(mux, "POST", syncproto.PathReport, s.person(user.Manager, asked(s, s.Cubes.Report)))
}
