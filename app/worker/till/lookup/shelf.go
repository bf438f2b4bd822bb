package lookup

import (
	"tillsight/shared/catalogue"
	"tillsight/shared/fact"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
)

// shelfFacts bounds how much of the past is read once after a start: a hint need
// not be exact after that many sales without the server.
const shelfFacts = 500

// Shelf is what this till has sold since the server counted last: the server's
// hint is old by as much, offline by days.
type Shelf struct {
	counted uint64 // last fact of this register that the server's hint has taken in
	read    bool   // sales has what the projection knows
	sales   []sold
	sum     map[catalogue.SKU]quantity.Milli
}

// sold is what one fact took off the shelf; returned goods are below zero.
type sold struct {
	seq uint64
	sku catalogue.SKU
	q   quantity.Milli
}

// Counted learns which facts of this register the server's hint has taken in.
func (s *Shelf) Counted(basis refdata.StockBasis, device string, epoch uint32) {
	counted := uint64(0)
	for _, seen := range basis.Seen {
		if seen.Device == device && seen.Epoch == epoch {
			counted = seen.Seq
		}
	}
	if counted == s.counted {
		return
	}
	s.counted = counted
	kept := s.sales[:0]
	s.sum = map[catalogue.SKU]quantity.Milli{}
	for _, e := range s.sales {
		if e.seq > counted {
			kept = append(kept, e)
			s.sum[e.sku] += e.q
		}
	}
	s.sales = kept
}

// Sold takes a paid receipt off the shelf, the fact of number seq.
func (s *Shelf) Sold(r *receipt.Receipt, seq uint64) {
	if s.sum == nil {
		s.sum = map[catalogue.SKU]quantity.Milli{}
	}
	for sku, q := range r.Goods() {
		s.sales = append(s.sales, sold{seq, sku, q})
		s.sum[sku] += q
	}
}

// Recall reads once after a start what was sold before it. Facts gives those
// after a number, up to a limit.
func (s *Shelf) Recall(facts func(after uint64, limit int, each func(fact.Fact) error) error) error {
	if s.read {
		return nil
	}
	s.read, s.sales, s.sum = true, nil, nil
	return facts(s.counted, shelfFacts, func(f fact.Fact) error {
		if f.Kind != fact.SaleRegistered {
			return nil
		}
		r, err := fact.BodyOf[receipt.Receipt](f)
		if err != nil {
			return err
		}
		s.Sold(&r, f.Seq)
		return nil
	})
}

// Since returns how much of an article was sold since the server counted.
func (s *Shelf) Since(sku catalogue.SKU) quantity.Milli { return s.sum[sku] }
