package httpapi

import (
	"net/http"
	"slices"
	"strings"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/syncproto"
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
	add("POST", syncproto.PathEnrol, routes.Anybody, routes.Nothing, enterMax, s.enrol)
	add("POST", syncproto.PathPush, routes.Register, routes.Own, pushMax, s.push)
	add("GET", syncproto.PathPull, routes.Current, routes.Stores, 0, s.pull)
	add("GET", syncproto.PathSnapshot, routes.Current, routes.Stores, 0, s.snapshot)
	s.parkedRoutes(r)

	// Registers and people.
	add("GET", syncproto.PathFiles+"{sha256}", routes.Either, routes.Persons, 0, s.file)
	add("GET", syncproto.PathLive, routes.Either, routes.Stores, 0, s.liveEvents)

	// People.
	add("POST", syncproto.PathSession, routes.Anybody, routes.Nothing, enterMax, s.logIn)
	add("GET", syncproto.PathSession, routes.Manager, routes.Own, 0, s.session)
	add("DELETE", syncproto.PathSession, routes.Manager, routes.Own, 0, s.logOut)
	add("GET", syncproto.PathManifest, routes.Manager, routes.Persons, 0, s.made(s.manifest))
	add("GET", syncproto.PathProducts, routes.Manager, routes.Stores, 0, s.products)
	add("POST", syncproto.PathPrices, routes.Manager, routes.Stores, messageMax, s.setPrice)
	add("GET", syncproto.PathPromotions, routes.Manager, routes.Stores, 0, s.promotions)
	add("POST", syncproto.PathPromotions, routes.Manager, routes.Stores, messageMax, s.savePromotion)
	add("POST", syncproto.PathPromotionStop, routes.Manager, routes.Stores, messageMax, s.stopPromotion)
	add("POST", syncproto.PathNever, routes.Manager, routes.Whole, messageMax, s.saveNever)
	add("GET", syncproto.PathPromotionSchema, routes.Anybody, routes.Nothing, 0, s.promotionSchema)
	add("POST", syncproto.PathSimulate, routes.Manager, routes.Stores, messageMax, s.simulate)
	add("GET", syncproto.PathSaved, routes.Manager, routes.Own, 0, s.saved)
	add("POST", syncproto.PathSaved, routes.Manager, routes.Own, 2*syncproto.SavedBodyMax, s.save)
	add("GET", syncproto.PathAlarms, routes.Manager, routes.Stores, 0, s.alarms)
	add("GET", syncproto.PathDevices, routes.Admin, routes.Whole, 0, s.devices)
	add("GET", syncproto.PathTills, routes.Admin, routes.Whole, 0, s.tills)
	add("POST", syncproto.PathCodes, routes.Admin, routes.Whole, messageMax, s.newCode)
	add("POST", syncproto.PathRevoke, routes.Admin, routes.Whole, messageMax, s.revoke)
	s.peopleRoutes(r)
	s.budgetRoutes(r)
	s.exportRoutes(r)
	s.audienceRoutes(r)
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
