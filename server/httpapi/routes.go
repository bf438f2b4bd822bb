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

// Limits of bodies.
const (
	pushMax  = 2 << 20
	enterMax = 1 << 10 // of who is not known yet
)

// allRoutes is the whole interface. testdata/routes.txt has it on one page.
func (s *Server) allRoutes() *routes.Registry {
	r := &routes.Registry{}
	add := func(method, path string, who routes.Who, shows routes.Shows, limit int64, h routes.Handler) {
		r.Add(routes.Route{Method: method, Path: path, Who: who, Shows: shows, Limit: limit, Handle: h})
	}
	// Registers.
	add("POST", sync.PathEnrol, routes.Anybody, routes.Nothing, enterMax, s.enrol)
	add("POST", sync.PathPush, routes.Register, routes.Own, pushMax, s.push)
	add("GET", sync.PathPull, routes.Current, routes.Stores, 0, s.pull)
	add("GET", sync.PathSnapshot, routes.Current, routes.Stores, 0, s.snapshot)
	s.parkedRoutes(r)

	// Registers and people.
	add("GET", sync.PathFiles+"{sha256}", routes.Either, routes.Persons, 0, s.file)
	add("GET", sync.PathLive, routes.Either, routes.Stores, 0, s.liveEvents)

	// People.
	add("POST", office.PathSession, routes.Anybody, routes.Nothing, enterMax, s.logIn)
	add("GET", office.PathSession, routes.Manager, routes.Own, 0, s.session)
	add("DELETE", office.PathSession, routes.Manager, routes.Own, 0, s.logOut)
	add("GET", office.PathManifest, routes.Manager, routes.Persons, 0, s.made(s.manifest))
	add("GET", office.PathProducts, routes.Manager, routes.Stores, 0, s.products)
	add("POST", office.PathPrices, routes.Manager, routes.Stores, messageMax, s.setPrice)
	add("GET", office.PathPromotions, routes.Manager, routes.Stores, 0, s.promotions)
	add("POST", office.PathPromotions, routes.Manager, routes.Stores, messageMax, s.savePromotion)
	add("POST", office.PathPromotionStop, routes.Manager, routes.Stores, messageMax, s.stopPromotion)
	add("POST", office.PathNever, routes.Manager, routes.Whole, messageMax, s.saveNever)
	add("GET", office.PathPromotionSchema, routes.Anybody, routes.Nothing, 0, s.promotionSchema)
	add("POST", office.PathSimulate, routes.Manager, routes.Stores, messageMax, s.simulate)
	add("GET", office.PathSaved, routes.Manager, routes.Own, 0, s.saved)
	add("POST", office.PathSaved, routes.Manager, routes.Own, 2*office.SavedBodyMax, s.save)
	add("GET", office.PathAlarms, routes.Manager, routes.Stores, 0, s.alarms)
	add("GET", office.PathDevices, routes.Admin, routes.Whole, 0, s.devices)
	add("GET", office.PathTills, routes.Admin, routes.Whole, 0, s.tills)
	add("POST", office.PathCodes, routes.Admin, routes.Whole, messageMax, s.newCode)
	add("POST", office.PathRevoke, routes.Admin, routes.Whole, messageMax, s.revoke)
	s.peopleRoutes(r)
	s.budgetRoutes(r)
	s.exportRoutes(r)
	s.audienceRoutes(r)
	asideRoutes(r, s.Aside, s.note)
	s.cubeRoutes(r)
	s.codeRoutes(r)
	s.storeRoutes(r)
	s.goodsRoutes(r)
	s.priceRoutes(r)

	// Operation.
	add("GET", "/healthz", routes.Anybody, routes.Nothing, 0, s.health)
	add("GET", "/metrics", routes.Anybody, routes.Nothing, 0, s.exposeMetrics)
	return r
}

// Routes are all routes.
func (s *Server) Routes() []routes.Route { return s.registry.All() }

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
