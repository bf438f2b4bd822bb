package httpapi

import (
	"errors"
	"net"
	"net/http"
	"strings"

	"tillsight/server/device"
	"tillsight/server/user"
	"tillsight/shared/errcode"
	"tillsight/shared/syncproto"
)

// A handler answers one request of somebody known, or fails before it wrote anything.
type (
	handler         func(w http.ResponseWriter, r *http.Request) error
	registerHandler func(w http.ResponseWriter, r *http.Request, d device.Device) error
	personHandler   func(w http.ResponseWriter, r *http.Request, u syncproto.User) error
)

func (s *Server) anybody(h handler) handler { return h }

// register lets registers through, also those that were replaced.
func (s *Server) register(h registerHandler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		d, err := s.Devices.Authenticate(bearer(r))
		if err != nil {
			return err
		}
		noteDevice(r, d)
		return h(w, r, d)
	}
}

// current lets the register through that stands at its place now.
func (s *Server) current(h registerHandler) handler {
	return s.register(func(w http.ResponseWriter, r *http.Request, d device.Device) error {
		if d.Replaced {
			return errcode.New(errcode.Revoked, "httpapi", errors.New("another register stands at this place"))
		}
		return h(w, r, d)
	})
}

// person lets users through who have the role or more. Requests that may
// change something must come from our own page.
func (s *Server) person(role string, h personHandler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := ownPage(r); err != nil {
			return err
		}
		u, err := s.Users.Session(s.sessionToken(r))
		if err != nil {
			return err
		}
		if role == user.Admin && u.Role != user.Admin {
			return errcode.New(errcode.Forbidden, "httpapi", errors.New("for administrators"))
		}
		return h(w, r, u)
	}
}

// either sends registers and people to the handlers of theirs.
func (s *Server) either(byRegister registerHandler, byPerson personHandler) handler {
	register, person := s.current(byRegister), s.person(user.Manager, byPerson)
	return func(w http.ResponseWriter, r *http.Request) error {
		if r.Header.Get("Authorization") != "" {
			return register(w, r)
		}
		return person(w, r)
	}
}

func bearer(r *http.Request) string {
	token, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !found {
		return ""
	}
	return token
}

// ownHeader is sent by our page with every request that changes something.
const ownHeader = "X-Tillsight"

// ownPage refuses what another site made a browser send.
func ownPage(r *http.Request) error {
	site := r.Header.Get("Sec-Fetch-Site")
	changes := r.Method != http.MethodGet && r.Method != http.MethodHead
	if site == "cross-site" || site == "same-site" || changes && r.Header.Get(ownHeader) == "" {
		return errcode.New(errcode.Forbidden, "httpapi", errors.New("not from our page"))
	}
	return nil
}

// cookieName returns the name of the session's cookie. Browsers take one that
// begins with __Host- only from a secure origin and for the whole of it.
func cookieName(secure bool) string {
	if secure {
		return "__Host-tillsight"
	}
	return "tillsight"
}

func (s *Server) secureOrigin(r *http.Request) bool {
	return r.TLS != nil || s.Proxy && r.Header.Get("X-Forwarded-Proto") == "https"
}

func (s *Server) sessionToken(r *http.Request) string {
	cookie, err := r.Cookie(cookieName(s.secureOrigin(r)))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// address returns where a request came from, without the port.
func (s *Server) address(r *http.Request) string {
	if s.Proxy {
		hops := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
		if last := strings.TrimSpace(hops[len(hops)-1]); last != "" {
			return last
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
