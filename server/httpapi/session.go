package httpapi

import (
	"context"
	"net/http"
	"time"

	"tillsight/server/routes"
	"tillsight/server/user"
	"tillsight/shared/refdata"
	"tillsight/shared/scope"
	wire "tillsight/shared/wire/office"
)

// logIn begins a session.
func (s *Server) logIn(w http.ResponseWriter, r *http.Request, who routes.Caller, credentials wire.Credentials) error {
	if err := ownPage(r); err != nil {
		return err
	}
	device := ""
	if cookie, err := r.Cookie(deviceCookie(s.secureOrigin(r))); err == nil {
		device = cookie.Value
	}
	entry, err := s.Users.LogIn(r.Context(), credentials, user.From{Address: who.Address, Device: device})
	if err != nil {
		return err
	}
	u := entry.User
	if u.Zone, u.Currency, err = s.home(user.Scope(u)); err != nil {
		return err
	}
	who.User = u
	who.Known(routes.Caller{User: u})
	who.Did("log-in", "")
	secure := s.secureOrigin(r)
	http.SetCookie(w, cookie(secure, cookieName(secure), entry.Token, user.SessionLife))
	http.SetCookie(w, cookie(secure, deviceCookie(secure), entry.Device, user.DeviceLife))
	return routes.Answer(w, u)
}

// home is the time zone and the currency of the first store that somebody sees:
// managers want to read their shops' clock, wherever they are.
func (s *Server) home(who scope.Scope) (zone, currency string, err error) {
	err = s.Feed.View(func(q refdata.Querier) error {
		stores, err := refdata.AllStores(q)
		for _, store := range stores {
			if who.Sees(store.ID) {
				zone, currency = store.Zone, store.Currency.Code
				break
			}
		}
		return err
	})
	return zone, currency, err
}

// deviceCookie is the name of the cookie by which a browser is known again, also
// when nobody is logged in: guesses from elsewhere do not keep its people out.
func deviceCookie(secure bool) string { return cookieName(secure) + "-device" }

func cookie(secure bool, name, value string, life time.Duration) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(life.Seconds()),
		Secure: secure, HttpOnly: true, SameSite: http.SameSiteStrictMode,
	}
}

// session tells who is logged in.
func (s *Server) session(_ context.Context, who routes.Caller, _ struct{}) (u wire.User, err error) {
	u = who.User
	u.Zone, u.Currency, err = s.home(who.Scope)
	return u, err
}

// logOut ends the session.
func (s *Server) logOut(w http.ResponseWriter, r *http.Request, who routes.Caller, _ struct{}) error {
	if err := s.Users.LogOut(who.Secret); err != nil {
		return err
	}
	secure := s.secureOrigin(r)
	http.SetCookie(w, cookie(secure, cookieName(secure), "", -time.Second))
	w.WriteHeader(http.StatusNoContent)
	return nil
}
