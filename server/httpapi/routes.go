package httpapi

import (
	"net/http"

	"tillsight/server/user"
	"tillsight/shared/syncproto"
)

// routes is the whole interface on one page. Who may ask is said here:
// anybody, a register (one that was replaced at its place still may push), a
// person logged in, or both.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()

	// Registers.
	s.handle(mux, "POST", syncproto.PathEnrol, s.anybody(s.enrol))
	s.handle(mux, "POST", syncproto.PathPush, s.register(s.push))
	s.handle(mux, "GET", syncproto.PathPull, s.current(s.pull))
	s.handle(mux, "GET", syncproto.PathSnapshot, s.current(s.snapshot))

	// Registers and people.
	s.handle(mux, "GET", syncproto.PathFiles+"{sha256}", s.either(s.snapshotFile, s.segmentFile))
	s.handle(mux, "GET", syncproto.PathLive, s.either(s.liveRegister, s.liveUser))

	// People.
	s.handle(mux, "POST", syncproto.PathSession, s.anybody(s.logIn))
	s.handle(mux, "GET", syncproto.PathSession, s.person(user.Manager, s.session))
	s.handle(mux, "DELETE", syncproto.PathSession, s.person(user.Manager, s.logOut))
	s.handle(mux, "GET", syncproto.PathManifest, s.person(user.Manager, s.manifest))
	s.handle(mux, "GET", syncproto.PathProducts, s.person(user.Manager, s.products))
	s.handle(mux, "POST", syncproto.PathPrices, s.person(user.Manager, s.setPrice))
	s.handle(mux, "GET", syncproto.PathPromotions, s.person(user.Manager, s.promotions))
	s.handle(mux, "POST", syncproto.PathPromotions, s.person(user.Manager, s.savePromotion))
	s.handle(mux, "POST", syncproto.PathPromotionStop, s.person(user.Manager, s.stopPromotion))
	s.handle(mux, "POST", syncproto.PathNever, s.person(user.Manager, s.saveNever))
	s.handle(mux, "GET", syncproto.PathPromotionSchema, s.anybody(s.promotionSchema))
	s.handle(mux, "POST", syncproto.PathSimulate, s.person(user.Manager, s.simulate))
	s.handle(mux, "GET", syncproto.PathSaved, s.person(user.Manager, s.saved))
	s.handle(mux, "POST", syncproto.PathSaved, s.person(user.Manager, s.save))
	s.handle(mux, "GET", syncproto.PathAlarms, s.person(user.Manager, s.alarms))
	s.handle(mux, "GET", syncproto.PathDevices, s.person(user.Admin, s.devices))
	s.handle(mux, "GET", syncproto.PathTills, s.person(user.Admin, s.tills))
	s.handle(mux, "POST", syncproto.PathCodes, s.person(user.Admin, s.newCode))
	s.handle(mux, "POST", syncproto.PathRevoke, s.person(user.Admin, s.revoke))

	s.budgetRoutes(mux)
	s.exportRoutes(mux)
	s.audienceRoutes(mux)
	s.cubeRoutes(mux)
	s.parkedRoutes(mux)
	s.codeRoutes(mux)
	s.storeRoutes(mux)

	s.goodsRoutes(mux)
	s.priceRoutes(mux)

	// Operation.
	s.handle(mux, "GET", "/healthz", s.anybody(s.health))
	s.handle(mux, "GET", "/metrics", s.anybody(s.exposeMetrics))

	s.handle(mux, "", "/v1/", s.anybody(s.noRoute))
	if s.Static != nil {
		mux.Handle("/", s.Static)
	}
	return mux
}
