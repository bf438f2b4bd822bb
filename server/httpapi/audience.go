package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"tillsight/server/routes"
	"tillsight/server/warehouse"
	"tillsight/shared/audience"
	"tillsight/shared/errcode"
)

// Audience is the segments of customers.
type Audience interface {
	List() ([]audience.Listed, error)
	Save(ctx context.Context, d audience.Definition, by string) (audience.Definition, error)
	Retire(ctx context.Context, id string, version int, by string) (audience.Definition, error)
	Try(ctx context.Context, w audience.Condition) (audience.Tried, error)
	Members(id string, offset, limit int) (audience.Members, error)
	History(customer string, at int64) ([]audience.Member, error)
	Offers() ([]audience.Offer, error)
}

const membersMax = 500

// segments lists the segments of customers. How many they are is the chain's.
func (s *Server) segments(w http.ResponseWriter, _ *http.Request, who routes.Caller) error {
	list, err := s.Audience.List()
	if err != nil {
		return err
	}
	for i := range list {
		if !who.Whole() {
			list[i] = audience.Listed{Definition: list[i].Definition}
		}
	}
	return answer(w, list)
}

// segmentFields says what conditions can ask.
func (s *Server) segmentFields(w http.ResponseWriter, _ *http.Request, _ routes.Caller) error {
	list, err := s.Audience.Offers()
	if err != nil {
		return err
	}
	return answer(w, list)
}

// saveSegment writes a definition, or says what is wrong with it.
func (s *Server) saveSegment(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	text, err := readMessage[json.RawMessage](r)
	if err != nil {
		return err
	}
	d, err := audience.Parse(text)
	var problems audience.Problems
	if err == nil {
		d, err = s.Audience.Save(r.Context(), d, who.User.Login)
	}
	if errors.As(err, &problems) {
		return answer(w, audience.Saved{Problems: problems})
	}
	if err != nil {
		return err
	}
	return answer(w, audience.Saved{Definition: &d})
}

// retireSegment takes a segment out of use.
func (s *Server) retireSegment(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[audience.Definition](r)
	if err != nil {
		return err
	}
	d, err := s.Audience.Retire(r.Context(), request.ID, request.Version, who.User.Login)
	if err != nil {
		return err
	}
	return answer(w, d)
}

// trySegment counts whom a condition finds.
func (s *Server) trySegment(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	condition, err := readMessage[audience.Condition](r)
	if err != nil {
		return err
	}
	tried, err := s.Audience.Try(r.Context(), condition)
	if err == nil {
		err = s.nameMembers(tried.Sample, who)
	}
	if err != nil {
		return err
	}
	return answer(w, tried)
}

// segmentMembers lists who is in a segment.
func (s *Server) segmentMembers(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	offset, _ := strconv.Atoi(r.FormValue("offset"))
	limit, err := strconv.Atoi(r.FormValue("limit"))
	if err != nil || limit < 1 || limit > membersMax {
		limit = membersMax
	}
	page, err := s.Audience.Members(r.FormValue("id"), max(0, offset), limit)
	if err == nil {
		err = s.nameMembers(page.Members, who)
	}
	if err != nil {
		return err
	}
	return answer(w, page)
}

// nameMembers says who members are, to who may know it.
func (s *Server) nameMembers(list []audience.Member, who routes.Caller) error {
	if !who.Personal() || len(list) == 0 {
		return nil
	}
	ids := make([]string, len(list))
	for i, m := range list {
		ids[i] = m.Customer
	}
	return s.Star.Look(func(q warehouse.Querier) error {
		names, err := warehouse.NamesOf(q, ids)
		for i := range list {
			list[i].Name = names[list[i].Customer]
		}
		return err
	})
}

// customer tells of one customer, as he was at a moment.
func (s *Server) customer(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	at := s.Now().UnixMilli()
	if text := r.FormValue("at"); text != "" {
		var err error
		if at, err = strconv.ParseInt(text, 10, 64); err != nil {
			return errcode.New(errcode.Invalid, "httpapi.customer", fmt.Errorf("moment %q", text)).With("field", "at").With("value", text)
		}
	}
	var p audience.Profile
	err := s.Star.Look(func(q warehouse.Querier) (err error) {
		p, err = warehouse.ProfileAt(q, r.PathValue("id"), at, who.Scope)
		return err
	})
	if err != nil {
		return err
	}
	if !who.Sees(p.Store) && p.Metrics.Receipts == 0 {
		return errcode.New(errcode.NotFound, "httpapi.customer", fmt.Errorf("customer %q", r.PathValue("id")))
	}
	if !who.Personal() || !p.Data {
		p.Name, p.Phone, p.Email, p.Card, p.Birth, p.Identities = "", "", "", "", "", nil
	}
	if p.Segments, err = s.Audience.History(p.ID, at); err != nil {
		return err
	}
	if p.History, err = s.Audience.History(p.ID, 0); err != nil {
		return err
	}
	return answer(w, p)
}

// audienceRoutes are those of segments and profiles of customers.
func (s *Server) audienceRoutes(r *routes.Registry) {
	if s.Audience == nil || s.Star == nil {
		return
	}
	person := func(method, path string, shows routes.Shows, h routes.Handler) {
		r.Add(routes.Route{Method: method, Path: path, Who: routes.Manager, Shows: shows, Limit: messageMax, Handle: h})
	}
	person("GET", audience.PathSegments, routes.Common, s.segments)
	person("POST", audience.PathSegments, routes.Whole, s.saveSegment)
	person("POST", audience.PathTry, routes.Whole, s.made(s.trySegment))
	person("POST", audience.PathRetire, routes.Whole, s.retireSegment)
	person("GET", audience.PathMembers, routes.Whole, s.made(s.segmentMembers))
	person("GET", audience.PathFields, routes.Whole, s.made(s.segmentFields))
	person("GET", audience.PathCustomer+"{id}", routes.Persons, s.made(s.customer))
}
