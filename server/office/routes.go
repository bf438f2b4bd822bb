package office

import (
	"context"

	"tillsight/server/routes"
	"tillsight/shared/document"
	"tillsight/shared/wire"
)

// Routes are those of the kind. What is always the whole chain's is changed by who
// sees all of it.
func (s *Store[T]) Routes(r *routes.Registry) {
	reads, changes := routes.Stores, routes.Stores
	if s.Kind.Stores == nil {
		reads, changes = routes.Common, routes.Whole
	}
	routes.Add(r, s.Kind.List(), routes.Manager, reads,
		func(_ context.Context, who routes.Caller, _ wire.Nothing) ([]document.Document[T], error) {
			return s.List(who)
		})
	routes.Add(r, s.Kind.History(), routes.Manager, reads,
		func(_ context.Context, who routes.Caller, q document.Named) ([]document.Document[T], error) {
			return s.History(who, q.Key)
		})
	routes.Add(r, s.Kind.Save(), routes.Manager, changes,
		func(_ context.Context, who routes.Caller, q document.Put[T]) (document.Saved[T], error) {
			saved, err := s.Save(who, q)
			what := ".save"
			if q.Gone {
				what = ".drop"
			}
			return s.noted(who, what, q.Seen, saved, err)
		})
	routes.Add(r, s.Kind.Undo(), routes.Manager, changes,
		func(_ context.Context, who routes.Caller, q document.Back) (document.Saved[T], error) {
			saved, err := s.Undo(who, q)
			return s.noted(who, ".undo", q.Seen, saved, err)
		})
}

// noted writes down what was done, if it was.
func (s *Store[T]) noted(who routes.Caller, what string, seen int, saved document.Saved[T], err error) (document.Saved[T], error) {
	if err == nil && saved.Document != nil && saved.Document.Version == seen+1 {
		who.Did(s.Kind.Name+what, saved.Document.Key)
	}
	return saved, err
}
