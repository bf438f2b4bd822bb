package till

import (
	"cmp"

	"tillsight/app/worker/till/lookup"
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
)

// left returns what is left of an article, roughly: what the server said,
// without what this till sold since and has on its open receipt.
func (s *sale) left(sku catalogue.SKU) (left quantity.Milli, counted bool) {
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

// reader reads codes as they are to be understood now.
func (s *sale) reader() lookup.Reader {
	return lookup.Reader{
		Catalogue: s.goods(), Masks: s.book.masks, Currency: cmp.Or(s.identity.Store.Currency, money.RUB),
		Rules: s.rulesNow(), Used: s.hadBy,
	}
}

// rulesNow are the promotions that count: those of the open receipt, if there is
// one.
func (s *sale) rulesNow() *pricing.Rules {
	if s.current.Doc != nil {
		return s.current.Rules()
	}
	return s.rules.now
}
