package till

import (
	"tillsight/shared/catalogue"
	"tillsight/shared/fact"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
)

// shelf is what this till has sold since the server counted last: the server's
// hint is old by as much, offline by days.
type shelf struct {
	counted uint64 // last fact of this register that the server's hint has taken in
	read    bool   // sold has what the projection knows
	sales   []sold
	sum     map[catalogue.SKU]quantity.Milli
}

// sold is what one fact took off the shelf; returned goods are below zero.
type sold struct {
	seq uint64
	sku catalogue.SKU
	q   quantity.Milli
}

// shelfFacts bounds how much of the past is read once after a start: a hint need
// not be exact after that many sales without the server.
const shelfFacts = 500

// readBasis learns which facts the server's hint has taken in.
func (s *Session) readBasis() error {
	basis, err := refdata.StockBasisOf(s.ref, s.identity.Store.ID)
	if err != nil {
		return err
	}
	counted := uint64(0)
	for _, seen := range basis.Seen {
		if seen.Device == s.identity.Device && seen.Epoch == s.identity.Epoch {
			counted = seen.Seq
		}
	}
	if counted == s.shelf.counted {
		return nil
	}
	s.shelf.counted = counted
	kept := s.shelf.sales[:0]
	s.shelf.sum = map[catalogue.SKU]quantity.Milli{}
	for _, e := range s.shelf.sales {
		if e.seq > counted {
			kept = append(kept, e)
			s.shelf.sum[e.sku] += e.q
		}
	}
	s.shelf.sales = kept
	return nil
}

// noteSold takes a paid receipt off the shelf.
func (s *Session) noteSold(r *receipt.Receipt, seq uint64) {
	if s.shelf.sum == nil {
		s.shelf.sum = map[catalogue.SKU]quantity.Milli{}
	}
	for sku, q := range r.Goods() {
		s.shelf.sales = append(s.shelf.sales, sold{seq, sku, q})
		s.shelf.sum[sku] += q
	}
}

// gatherSold reads after a start what was sold before it.
func (s *Session) gatherSold() error {
	s.shelf.read = true
	s.shelf.sales, s.shelf.sum = nil, nil
	if err := s.settle(); err != nil {
		return err
	}
	return s.db.Since(s.shelf.counted, shelfFacts, func(f fact.Fact) error {
		if f.Kind != fact.SaleRegistered {
			return nil
		}
		r, err := fact.BodyOf[receipt.Receipt](f)
		if err != nil {
			return err
		}
		s.noteSold(&r, f.Seq)
		return nil
	})
}

// left returns what is left of an article, roughly: what the server said,
// without what this till sold since and has on its open receipt.
func (s *Session) left(sku catalogue.SKU) (left quantity.Milli, counted bool) {
	left, counted, err := refdata.StockOf(s.ref, sku, s.identity.Store.ID)
	if err != nil || !counted {
		if err != nil {
			s.log("stock", err)
		}
		return 0, false
	}
	if !s.shelf.read {
		if err := s.gatherSold(); err != nil {
			s.log("gather what was sold", err)
		}
	}
	left -= s.shelf.sum[sku]
	if s.receipt != nil {
		left -= s.receipt.GoodsOf(sku)
	}
	return left, true
}
