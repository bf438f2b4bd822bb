package httpapi

import (
	"net/http"
	"slices"
	"strings"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/wire/office"
	"tillsight/shared/wire/sync"
)

// allRoutes is the whole interface. testdata/routes.txt has it on one page.
func (s *Server) allRoutes() *routes.Registry {
	r := &routes.Registry{}
	for _, part := range s.Options.Routes {
		part(r)
	}
	routes.Serve(r, sync.GetFile, routes.Either, routes.Persons, s.file)
	routes.Serve(r, sync.Listen, routes.Either, routes.Stores, s.liveEvents)
	routes.Serve(r, office.LogIn, routes.Anybody, routes.Nothing, s.logIn)
	routes.Add(r, office.GetSession, routes.Manager, routes.Own, s.session)
	routes.Serve(r, office.LogOut, routes.Manager, routes.Own, s.logOut)
	r.Add(routes.Route{Method: "GET", Path: "/healthz", Who: routes.Anybody, Shows: routes.Nothing, Handle: s.health})
	r.Add(routes.Route{Method: "GET", Path: "/metrics", Who: routes.Anybody, Shows: routes.Nothing, Handle: s.exposeMetrics})
	return r
}

// List is all routes.
func (s *Server) List() []routes.Route { return s.registry.All() }

// mux serves the routes, and the program's own files.
func (s *Server) mux() http.Handler {
	mux := http.NewServeMux()
	for _, route := range s.registry.All() {
		mux.Handle(route.Pattern(), s.serve(route))
	}
	mux.Handle("/v1/", s.serve(routes.Route{Path: "/v1/", Who: routes.Anybody, Shows: routes.Nothing,
		Handle: func(w http.ResponseWriter, r *http.Request, _ routes.Caller) error { return noRoute(mux, w, r) }}))
	if s.Static != nil {
		mux.Handle("/", s.Static)
	}
	return mux
}

// noRoute answers an address that there is not, or not for this method.
func noRoute(mux *http.ServeMux, w http.ResponseWriter, r *http.Request) error {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete} {
		ask := r.Clone(r.Context())
		ask.Method = method
		if _, pattern := mux.Handler(ask); strings.Contains(pattern, " ") {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 || slices.Contains(allowed, r.Method) {
		return errcode.New(errcode.NotFound, "httpapi", nil)
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	return errcode.New(errcode.BadMethod, "httpapi", nil)
}
