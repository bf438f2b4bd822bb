package till

import (
	"context"
	"fmt"
	"math"

	"tillsight/app/bridge"
	"tillsight/app/worker/syncclient"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/staff"
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
func (s *Session) Search(_ context.Context, q bridge.Search) ([]bridge.Hit, error) {
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
func (s *Session) PriceCheck(_ context.Context, q bridge.Scan) (bridge.Product, error) {
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
func (s *Session) QuickKeys(context.Context, struct{}) ([]bridge.QuickGroup, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready("till.QuickKeys"); err != nil {
		return nil, err
	}
	return s.goods().QuickKeys(s.productOf)
}

func (s *Session) productOf(item refdata.Item) bridge.Product {
	p := bridge.Product{Product: item.Product, Amount: item.Price.Amount, NoPrice: !item.Priced, Code: item.Code}
	p.Left, p.Counted = s.left(item.SKU)
	_, p.Kit = s.book.Kits[item.SKU]
	return p
}

// Receipts lists receipts of this till, newest first.
func (s *Session) Receipts(_ context.Context, q bridge.Receipts) ([]bridge.ReceiptRow, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.signedIn("till.Receipts", ""); err != nil {
		return nil, err
	}
	if err := s.settle(); err != nil {
		return nil, err
	}
	rows, err := s.db.Receipts(q.Text, limited(q.Limit, receiptsLimit, receiptsMax))
	if rows == nil {
		rows = []bridge.ReceiptRow{}
	}
	return rows, err
}

// Receipt returns a receipt of this till.
func (s *Session) Receipt(_ context.Context, q bridge.ReceiptRef) (bridge.Shown, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.signedIn("till.Receipt", ""); err != nil {
		return bridge.Shown{}, err
	}
	if err := s.settle(); err != nil {
		return bridge.Shown{}, err
	}
	found, err := s.db.Receipt(q.ID)
	return bridge.Shown{Receipt: found, CashierName: s.nameOf(found.Cashier)}, err
}

// Export returns facts as a push body: those that the server does not have yet,
// the way out for a register that will never be online again; or all that are
// kept here, for a server that lost what it had.
func (s *Session) Export(_ context.Context, q bridge.ExportFacts) (bridge.Export, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.signedIn("till.Export", staff.ExportJournal); err != nil {
		return bridge.Export{}, err
	}
	after := outbox{s.journal, s.identity.Epoch}.Acked()
	if q.All {
		after = s.journal.First() - 1
	}
	batch, err := outbox{s.journal, s.identity.Epoch}.Batch(after, math.MaxInt32, math.MaxInt32)
	if err != nil {
		return bridge.Export{}, err
	}
	data, err := syncclient.Body(s.identity.Device, batch)
	if err != nil {
		return bridge.Export{}, err
	}
	return bridge.Export{
		Name:  fmt.Sprintf("tillsight-%s-%d-%d-%d.ndjson", s.identity.Store.ID, s.identity.Till, s.identity.Epoch, batch.First),
		Data:  data,
		Facts: len(batch.Facts),
		Head:  syncclient.HeadOf(s.identity.Device, batch),
	}, nil
}
