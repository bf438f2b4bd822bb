package till

import (
	"context"
	"fmt"
	"math"

	"tillsight/app/bridge"
	"tillsight/app/worker/syncclient"
	"tillsight/shared/staff"
)

// Receipts lists receipts of this till, newest first.
func (s *reference) Receipts(_ context.Context, q bridge.Receipts) ([]bridge.ReceiptRow, error) {
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
func (s *reference) Receipt(_ context.Context, q bridge.ReceiptRef) (bridge.Shown, error) {
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
func (s *reference) Export(_ context.Context, q bridge.ExportFacts) (bridge.Export, error) {
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
