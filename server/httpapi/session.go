package httpapi

import (
	"net/http"

	"tillsight/server/user"
	"tillsight/shared/refdata"
	"tillsight/shared/syncproto"
)

// logIn begins a session.
func (s *Server) logIn(w http.ResponseWriter, r *http.Request) error {
	if err := ownPage(r); err != nil {
		return err
	}
	credentials, err := readMessage[syncproto.Credentials](r)
	if err != nil {
		return err
	}
	u, token, err := s.Users.LogIn(r.Context(), credentials, s.address(r))
	if err != nil {
		return err
	}
	if u.Zone, u.Currency, err = s.home(u); err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(r, token, int(user.SessionLife.Seconds())))
	return answer(w, u)
}

// zone is the time zone of the first store that u may see: a manager wants to
// read his shops' clock, wherever he is.
func (s *Server) home(u syncproto.User) (zone, currency string, err error) {
	err = s.Feed.View(func(q refdata.Querier) error {
		stores, err := refdata.AllStores(q)
		for _, store := range stores {
			if user.May(u, store.ID) {
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
func (s *Server) session(w http.ResponseWriter, _ *http.Request, u syncproto.User) (err error) {
	if u.Zone, u.Currency, err = s.home(u); err != nil {
		return err
	}
	return answer(w, u)
}

// logOut ends the session.
func (s *Server) logOut(w http.ResponseWriter, r *http.Request, _ syncproto.User) error {
	if err := s.Users.LogOut(s.sessionToken(r)); err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(r, "", -1))
	w.WriteHeader(http.StatusNoContent)
	return nil
}
