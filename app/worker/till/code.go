package till

import (
	"context"

	"tillsight/app/bridge"
	"tillsight/shared/barcode"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
)

// scanParts sells a code that is none, because two scanners wrote theirs one
// behind the other: only if there is one way to part it and every part is for
// sale here. Otherwise the scan is refused for its reason.
func (s *sale) scanParts(q bridge.Scan, reason error) (bridge.Delta, error) {
	if q.Typed || q.Quantity != 0 {
		return bridge.Delta{}, reason
	}
	found := s.reader().Parts(q.Code)
	if found == nil {
		return bridge.Delta{}, reason
	}
	for _, m := range found {
		if _, err := s.book.Scan(m, 0, s.goods(), s.wall(s.opt.Now()), *s.cashier); err != nil {
			return bridge.Delta{}, err
		}
	}
	var all bridge.Delta
	var lines []receipt.Line
	for _, m := range found {
		delta, err := s.sell(m, 0, q.Grouping)
		if err != nil {
			return all, err
		}
		lines = append(lines, delta.Lines...)
		all = delta
	}
	all.Lines = lines // the last word on a line comes last
	return all, nil
}

// ReadCode tells how a code is read here and what it stands for, without selling it.
func (s *sale) ReadCode(_ context.Context, q bridge.Scan) (bridge.CodeRead, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready("till.ReadCode"); err != nil {
		return bridge.CodeRead{}, err
	}
	read := bridge.CodeRead{Reading: barcode.Examine(q.Code, s.book.masks)}
	found, err := s.reader().Read(q.Code, true)
	switch {
	case err != nil:
		read.Fault = errcode.As(err)
	case found.Card != nil:
		read.Card = found.Card.Card
		read.Holder = found.Card.Name
	case found.Coupon != "":
		read.Coupon = found.Coupon
	default:
		product := s.productOf(found.Item)
		read.Product, read.Factor = &product, found.Factor
		if read.Factor == quantity.One {
			read.Factor = 0
		}
	}
	return read, nil
}
