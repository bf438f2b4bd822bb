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
func (s *Session) scanParts(q bridge.Scan, reason error) (bridge.Delta, error) {
	parts := barcode.Split(q.Code)
	if parts == nil || q.Typed || q.Quantity != 0 {
		return bridge.Delta{}, reason
	}
	found := make([]meaning, len(parts))
	for i, part := range parts {
		var err error
		if found[i], err = s.understand(part, false); err != nil || found[i].card != nil || found[i].coupon != "" {
			return bridge.Delta{}, reason
		}
		if _, err := s.permit(found[i], 0, s.opt.Now()); err != nil {
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
func (s *Session) ReadCode(_ context.Context, q bridge.Scan) (bridge.CodeRead, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready("till.ReadCode"); err != nil {
		return bridge.CodeRead{}, err
	}
	read := bridge.CodeRead{Reading: barcode.Examine(q.Code, s.book.masks)}
	found, err := s.understand(q.Code, true)
	switch {
	case err != nil:
		read.Fault = errcode.As(err)
	case found.card != nil:
		read.Card = found.card.Card
		read.Holder = found.card.Name
	case found.coupon != "":
		read.Coupon = found.coupon
	default:
		product := s.productOf(found.item)
		read.Product, read.Factor = &product, found.factor
		if read.Factor == quantity.One {
			read.Factor = 0
		}
	}
	return read, nil
}
