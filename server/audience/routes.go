package audience

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"tillsight/server/routes"
	"tillsight/server/warehouse"
	"tillsight/shared/audience"
	"tillsight/shared/errcode"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

const membersMax = 500

// Routes are those of segments and profiles of customers.
func (s *Segments) Routes(r *routes.Registry) {
	routes.Add(r, office.GetSegments, routes.Manager, routes.Common, s.list)
	routes.Add(r, wire.Raw(office.SaveSegment), routes.Manager, routes.Whole, s.save)
	routes.Add(r, office.TrySegment, routes.Manager, routes.Whole,
		func(ctx context.Context, who routes.Caller, q audience.Condition) (audience.Tried, error) {
			tried, err := s.Try(ctx, q)
			if err == nil {
				err = s.name(tried.Sample, who)
			}
			return tried, err
		}, routes.Figures, routes.Costly)
	routes.Add(r, office.RetireSegment, routes.Manager, routes.Whole,
		func(ctx context.Context, who routes.Caller, q audience.Definition) (audience.Definition, error) {
			d, err := s.Retire(ctx, q.ID, q.Version, who.User.Login)
			if err == nil {
				who.Did("segment.retire", q.ID)
			}
			return d, err
		})
	routes.Add(r, office.GetSegmentMembers, routes.Manager, routes.Whole,
		func(_ context.Context, who routes.Caller, q office.MembersOf) (audience.Members, error) {
			if q.Limit < 1 || q.Limit > membersMax {
				q.Limit = membersMax
			}
			page, err := s.Members(q.ID, q.Offset, q.Limit)
			if err == nil {
				err = s.name(page.Members, who)
			}
			return page, err
		}, routes.Figures)
	routes.Add(r, office.GetSegmentFields, routes.Manager, routes.Whole,
		func(context.Context, routes.Caller, wire.Nothing) ([]audience.Offer, error) { return s.Offers() },
		routes.Figures, routes.Costly)
	routes.Add(r, office.GetCustomer, routes.Manager, routes.Persons, s.customer, routes.Figures)
}

// list is the segments of customers. How many they are is the chain's.
func (s *Segments) list(_ context.Context, who routes.Caller, _ wire.Nothing) ([]audience.Listed, error) {
	list, err := s.List()
	for i := range list {
		if !who.Whole() {
			list[i] = audience.Listed{Definition: list[i].Definition}
		}
	}
	return list, err
}

// save writes a definition, or says what is wrong with it.
func (s *Segments) save(ctx context.Context, who routes.Caller, text json.RawMessage) (audience.Saved, error) {
	d, err := audience.Parse(text)
	if err == nil {
		d, err = s.Save(ctx, d, who.User.Login)
	}
	var problems audience.Problems
	if errors.As(err, &problems) {
		return audience.Saved{Problems: problems}, nil
	}
	if err == nil {
		who.Did("segment.save", d.ID)
	}
	return audience.Saved{Definition: &d}, err
}

// name says who members are, to who may know it.
func (s *Segments) name(list []audience.Member, who routes.Caller) error {
	if !who.Personal() || len(list) == 0 {
		return nil
	}
	ids := make([]string, len(list))
	for i, m := range list {
		ids[i] = m.Customer
	}
	return s.warehouse.Look(func(q warehouse.Querier) error {
		names, err := warehouse.NamesOf(q, ids)
		for i := range list {
			list[i].Name = names[list[i].Customer]
		}
		return err
	})
}

// customer tells of one customer, as they were at a moment.
func (s *Segments) customer(_ context.Context, who routes.Caller, q office.CustomerAt) (p audience.Profile, err error) {
	if q.At == 0 {
		q.At = s.now().UnixMilli()
	}
	err = s.warehouse.Look(func(db warehouse.Querier) (err error) {
		p, err = warehouse.ProfileAt(db, q.ID, q.At, who.Scope)
		return err
	})
	if err != nil {
		return p, err
	}
	if !who.Sees(p.Store) && p.Metrics.Receipts == 0 {
		return audience.Profile{}, errcode.New(errcode.NotFound, "audience.customer", fmt.Errorf("customer %q", q.ID))
	}
	if !who.Personal() || !p.Data {
		p.Name, p.Phone, p.Email = "", "", ""
		p.Card, p.Birth, p.Identities = "", "", nil
	}
	if p.Segments, err = s.History(p.ID, q.At); err != nil {
		return p, err
	}
	p.History, err = s.History(p.ID, 0)
	return p, err
}
