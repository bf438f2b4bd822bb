package stock

import (
	"context"

	"tillsight/server/routes"
	"tillsight/shared/wire/office"
)

// Routes are those of documents of goods.
func (s *Stock) Routes(r *routes.Registry) {
	routes.Add(r, office.SaveStock, routes.Manager, routes.Stores,
		func(_ context.Context, who routes.Caller, q office.PutDocument) (office.Saved, error) {
			if err := who.Must("stock.document", q.Store); err != nil {
				return office.Saved{}, err
			}
			saved, err := s.Document(q.ID, q.StockDocument, who.User.Login)
			if err == nil {
				who.Did("stock.document", q.ID)
			}
			return saved, err
		})
}
