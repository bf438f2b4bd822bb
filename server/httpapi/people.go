package httpapi

import (
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strings"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	wire "tillsight/shared/wire/office"
)

const actsMax = 1000

// peopleRoutes are those of people who log in, and of what was done.
func (s *Server) peopleRoutes(r *routes.Registry) {
	r.Add(routes.Route{Method: "GET", Path: wire.PathPeople, Who: routes.Admin, Shows: routes.Whole, Handle: s.people})
	r.Add(routes.Route{Method: "POST", Path: wire.PathPeople, Who: routes.Admin, Shows: routes.Whole, Limit: messageMax, Handle: s.newPerson})
	r.Add(routes.Route{Method: "PUT", Path: wire.PathPeople + "/{login}", Who: routes.Admin, Shows: routes.Whole, Limit: messageMax, Handle: s.changePerson})
	r.Add(routes.Route{Method: "GET", Path: wire.PathActs, Who: routes.Admin, Shows: routes.Whole, Handle: s.acts})
}

// note writes down what somebody did. What is done stays done when that fails.
func (s *Server) note(who routes.Caller, what, object string) {
	err := s.Users.Note(wire.Act{Login: who.User.Login, Address: who.Address, What: what, Object: object})
	if err != nil {
		s.Log.Error("note act", "what", what, "object", object, "error", err)
	}
}

func (s *Server) people(w http.ResponseWriter, _ *http.Request, _ routes.Caller) error {
	list, err := s.Users.List()
	if err != nil {
		return err
	}
	return answer(w, list)
}

// knownStores refuses stores that there are not.
func (s *Server) knownStores(ids []string) error {
	return s.Feed.View(func(q refdata.Querier) error {
		for _, id := range ids {
			_, found, err := refdata.Store(q, id)
			if err != nil {
				return err
			}
			if !found {
				return errcode.New(errcode.Invalid, "httpapi.stores", nil).With("field", "store").With("value", id)
			}
		}
		return nil
	})
}

// newPerson lets somebody in, with a password that is made up and told this once.
func (s *Server) newPerson(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	u, err := readMessage[wire.User](r)
	if err != nil {
		return err
	}
	if err := s.knownStores(u.Stores); err != nil {
		return err
	}
	password := rand.Text()[:16]
	if err := s.Users.Add(u, password); err != nil {
		return err
	}
	s.note(who, "person.add", strings.ToLower(u.Login))
	return s.tellPerson(w, u.Login, password)
}

func (s *Server) tellPerson(w http.ResponseWriter, login, password string) error {
	list, err := s.Users.List()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(p wire.Person) bool { return strings.EqualFold(p.Login, login) })
	if i < 0 {
		return errcode.New(errcode.NotFound, "httpapi.person", nil)
	}
	return answer(w, wire.MadePerson{Person: list[i], Password: password})
}

// changePerson changes what somebody may do, or whether they may log in at all.
func (s *Server) changePerson(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	change, err := readMessage[wire.PersonChange](r)
	if err != nil {
		return err
	}
	u := change.User
	if u.Login = r.PathValue("login"); change.User.Login != "" && !strings.EqualFold(change.User.Login, u.Login) {
		return errcode.New(errcode.Invalid, "httpapi.changePerson", errors.New("another person in the address"))
	}
	if err := s.knownStores(u.Stores); err != nil {
		return err
	}
	if err := s.Users.Change(u); err != nil {
		return err
	}
	s.note(who, "person.change", u.Login)
	if err := s.Users.Disable(u.Login, change.Disabled); err != nil {
		return err
	}
	if change.Disabled {
		s.note(who, "person.disable", u.Login)
	}
	password := ""
	if change.Password {
		password = rand.Text()[:16]
		if err := s.Users.SetPassword(u.Login, password); err != nil {
			return err
		}
		s.note(who, "person.password", u.Login)
	}
	s.revoked.Post() // live streams look again whether they may go on
	return s.tellPerson(w, u.Login, password)
}

func (s *Server) acts(w http.ResponseWriter, r *http.Request, _ routes.Caller) error {
	limit, err := number(r, "limit", actsMax)
	if err != nil {
		return err
	}
	list, err := s.Users.Acts(int(min(max(limit, 1), actsMax)))
	if err != nil {
		return err
	}
	return answer(w, list)
}
