package till

import (
	"context"
	"fmt"

	"tillsight/app/bridge"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
)

// Limits of lists.
const (
	searchLimit   = 30
	searchMax     = 200
	receiptsLimit = 50
	receiptsMax   = 500
)

func limited(asked, usual, most int) int {
	if asked <= 0 {
		return usual
	}
	return min(asked, most)
}

// Search finds products by words of their names, article or code.
func (s *sale) Search(_ context.Context, q bridge.Search) ([]bridge.Hit, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready("till.Search"); err != nil {
		return nil, err
	}
	found, err := s.index.Search(s.goods(), q.Text, limited(q.Limit, searchLimit, searchMax))
	if err != nil {
		return nil, err
	}
	hits := make([]bridge.Hit, 0, len(found))
	for _, f := range found {
		hits = append(hits, bridge.Hit{Product: s.productOf(f.Item), RU: f.RU, EN: f.EN, Guess: f.Guess})
	}
	return hits, nil
}

// PriceCheck says what a code stands for and costs, without selling it.
func (s *sale) PriceCheck(_ context.Context, q bridge.Scan) (bridge.Product, error) {
	const op = "till.PriceCheck"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(op); err != nil {
		return bridge.Product{}, err
	}
	found, err := s.reader().Read(q.Code, q.Typed)
	if err != nil {
		return bridge.Product{}, err
	}
	if !found.Goods() {
		return bridge.Product{}, errcode.New(errcode.UnknownBarcode, op, fmt.Errorf("a loyalty card or coupon")).With("code", q.Code)
	}
	return s.productOf(found.Item), nil
}

// QuickKeys returns the key grid. Keys of products that are gone are left out.
func (s *sale) QuickKeys(context.Context, struct{}) ([]bridge.QuickGroup, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready("till.QuickKeys"); err != nil {
		return nil, err
	}
	return s.goods().QuickKeys(s.productOf)
}

func (s *sale) productOf(item refdata.Item) bridge.Product {
	p := bridge.Product{Product: item.Product, Amount: item.Price.Amount, NoPrice: !item.Priced, Code: item.Code}
	p.Left, p.Counted = s.left(item.SKU)
	_, p.Kit = s.book.Kits[item.SKU]
	return p
}
