package httpapi

import (
	"net/http"

	"tillsight/server/routes"
	"tillsight/server/user"
	"tillsight/shared/refdata"
	"tillsight/shared/scope"
	"tillsight/shared/syncproto"
)

// logIn begins a session.
func (s *Server) logIn(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	if err := ownPage(r); err != nil {
		return err
	}
	credentials, err := readMessage[syncproto.Credentials](r)
	if err != nil {
		return err
	}
	u, token, err := s.Users.LogIn(r.Context(), credentials, who.Address)
	if err != nil {
		return err
	}
	if u.Zone, u.Currency, err = s.home(user.Scope(u)); err != nil {
		return err
	}
	noteCaller(r, routes.Caller{User: u})
	http.SetCookie(w, s.cookie(r, token, int(user.SessionLife.Seconds())))
	return answer(w, u)
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

func (s *Server) cookie(r *http.Request, token string, seconds int) *http.Cookie {
	secure := s.secureOrigin(r)
	return &http.Cookie{
		Name:     cookieName(secure),
		Value:    token,
		Path:     "/",
		MaxAge:   seconds,
		Secure:   secure,
		HttpOnly: true,
		SameSite: http.SameSiteStrictMode,
	}
}

// session tells who is logged in.
func (s *Server) session(w http.ResponseWriter, _ *http.Request, who routes.Caller) (err error) {
	u := who.User
	if u.Zone, u.Currency, err = s.home(who.Scope); err != nil {
		return err
	}
	return answer(w, u)
}

// logOut ends the session.
func (s *Server) logOut(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	if err := s.Users.LogOut(who.Secret); err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(r, "", -1))
	w.WriteHeader(http.StatusNoContent)
	return nil
}
