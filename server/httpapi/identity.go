package httpapi

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"tillsight/server/routes"
	"tillsight/server/user"
	"tillsight/shared/errcode"
	"tillsight/shared/scope"
	"tillsight/shared/wire"
)

// identify finds out who asks, and refuses who may not.
func (s *Server) identify(who routes.Who, r *http.Request) (routes.Caller, error) {
	byToken := r.Header.Get("Authorization") != ""
	switch who {
	case routes.Anybody:
		return routes.Caller{Address: s.address(r)}, nil
	case routes.Register:
		return s.register(r)
	case routes.Current:
		return s.current(r)
	case routes.Manager:
		return s.person(r)
	case routes.Admin:
		c, err := s.person(r)
		if err == nil && c.User.Role != user.Admin {
			err = errcode.New(errcode.Forbidden, "httpapi", errors.New("for administrators"))
		}
		return c, err
	case routes.Either:
		if byToken {
			return s.current(r)
		}
		return s.person(r)
	case routes.Reader:
		if byToken {
			return s.program(r)
		}
		return s.person(r)
	}
	return routes.Caller{}, errcode.New(errcode.Forbidden, "httpapi", fmt.Errorf("nobody is %q", who))
}

// register lets registers through, also those that were replaced. A register
// sees its store.
func (s *Server) register(r *http.Request) (routes.Caller, error) {
	c := routes.Caller{Secret: bearer(r), Address: s.address(r)}
	d, err := s.Devices.Authenticate(c.Secret)
	if err != nil {
		return c, err
	}
	c.Device, c.Scope = d.Caller(), scope.Of(d.Store)
	return c, nil
}

// current lets the register through that stands at its place now.
func (s *Server) current(r *http.Request) (routes.Caller, error) {
	c, err := s.register(r)
	if err == nil && c.Device.Replaced {
		err = errcode.New(errcode.Revoked, "httpapi", errors.New("another register stands at this place"))
	}
	return c, err
}

// person lets people through who are logged in. Requests that may change
// something must come from our own page.
func (s *Server) person(r *http.Request) (routes.Caller, error) {
	c := routes.Caller{Secret: s.sessionToken(r), Address: s.address(r)}
	if err := ownPage(r); err != nil {
		return c, err
	}
	u, err := s.Users.Session(c.Secret)
	if err != nil {
		return c, err
	}
	c.User, c.Scope = u, user.Scope(u)
	return c, nil
}

// program lets other programs through, by their token.
func (s *Server) program(r *http.Request) (routes.Caller, error) {
	c := routes.Caller{Secret: bearer(r), Address: s.address(r)}
	if s.Tokens == nil {
		return c, errcode.New(errcode.Unauthorised, "httpapi", errors.New("there are no tokens"))
	}
	t, err := s.Tokens.Authenticate(c.Secret)
	if err != nil {
		return c, err
	}
	c.Program = fmt.Sprintf("token %d", t.ID)
	if t.All {
		c.Scope = scope.All()
	} else {
		c.Scope = scope.Of(t.Stores...)
	}
	c.Scope = c.WithPersonal(t.Personal)
	return c, nil
}

func bearer(r *http.Request) string {
	token, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !found {
		return ""
	}
	return token
}

// ownPage refuses what another site made a browser send.
func ownPage(r *http.Request) error {
	site := r.Header.Get("Sec-Fetch-Site")
	changes := r.Method != http.MethodGet && r.Method != http.MethodHead
	if site == "cross-site" || site == "same-site" || changes && r.Header.Get(wire.OwnHeader) == "" {
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

// address returns where a request came from, without the port, each visitor in
// one spelling.
func (s *Server) address(r *http.Request) string {
	from := r.RemoteAddr
	if s.Proxy {
		hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if last := strings.TrimSpace(hops[len(hops)-1]); last != "" {
			from = last
		}
	}
	return plainAddress(from)
}

// plainAddress takes the port off and writes an IP address in its one form; what
// is no address stays as it came, cut to what an address may be long.
func plainAddress(from string) string {
	host := strings.Trim(from, `"`)
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	if err != nil {
		return from[:min(len(from), 64)]
	}
	return ip.Unmap().WithZone("").String()
}
