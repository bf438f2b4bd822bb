package till

import (
	"cmp"

	"tillsight/app/worker/till/lookup"
	"tillsight/shared/catalogue"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
)

// readBasis learns which facts the server's hint of stock has taken in.
func (s *Session) readBasis() error {
	basis, err := refdata.StockBasisOf(s.ref, s.identity.Store.ID)
	if err == nil {
		s.shelf.Counted(basis, s.identity.Device, s.identity.Epoch)
	}
	return err
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
	if err := s.shelf.Recall(s.since); err != nil {
		s.log("gather what was sold", err)
	}
	left -= s.shelf.Since(sku)
	if s.current.Doc != nil {
		left -= s.current.Doc.GoodsOf(sku)
	}
	return left, true
}

// goods is the catalogue as it is now.
func (s *Session) goods() lookup.Goods {
	return lookup.Goods{Copy: s.ref, Store: s.identity.Store.ID, At: s.fairNow()}
}

// reader reads codes as they are to be understood now.
func (s *Session) reader() lookup.Reader {
	return lookup.Reader{
		Catalogue: s.goods(), Masks: s.book.masks, Currency: cmp.Or(s.identity.Store.Currency, money.RUB),
		Rules: s.rulesNow(), Used: s.hadBy,
	}
}

// rulesNow are the promotions that count: those of the open receipt, if there is
// one.
func (s *Session) rulesNow() *pricing.Rules {
	if s.current.Doc != nil {
		return s.current.Rules()
	}
	return s.rules.now
}

// since reads facts of this register after a number, up to a limit.
func (s *Session) since(seq uint64, limit int, each func(fact.Fact) error) error {
	if err := s.settle(); err != nil {
		return err
	}
	return s.db.Since(seq, limit, each)
}
