package till

import (
	"context"
	"encoding/json"
	"strconv"

	"tillsight/app/bridge"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
)

// TakeCard notes, durably, how much cards have paid of the open receipt so far:
// a page that is loaded anew must not ask the customer for it again. 0 says
// that it was given back.
func (s *Session) TakeCard(_ context.Context, q bridge.CardPart) (bridge.Delta, error) {
	const op = "till.TakeCard"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	switch {
	case s.receipt == nil || s.receipt.ID != q.ID:
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, nil)
	case q.Amount < 0:
		return bridge.Delta{}, errcode.New(errcode.BadAmount, op, nil).
			With("min", "0").With("max", strconv.FormatInt(int64(s.receipt.Total), 10))
	case q.Amount > s.receipt.Total:
		return bridge.Delta{}, errcode.New(errcode.CardOverpaid, op, nil)
	}
	return s.do(change{Taken: &q.Amount})
}

// untaken refuses to leave a receipt of which a card has paid a part.
func (s *Session) untaken(op string) error {
	if s.taken == 0 {
		return nil
	}
	return s.overTaken(op)
}

// holdsTaken refuses tenders that leave out what cards have paid of the open
// receipt, and a receipt that costs less than that.
func (s *Session) holdsTaken(tenders []receipt.Tender) error {
	var cards money.Amount
	for _, t := range tenders {
		if t.Kind == receipt.Card {
			cards += t.Amount
		}
	}
	if cards < s.taken || s.receipt.Total < s.taken {
		return s.overTaken("till.Pay")
	}
	return nil
}

// overTaken is the error of a change or payment that forgets what cards have paid.
func (s *Session) overTaken(op string) error {
	return errcode.New(errcode.CardTaken, op, nil).With("taken", strconv.FormatInt(int64(s.taken), 10))
}

// takenOf returns what cards had paid after the changes of a draft.
func takenOf(changes [][]byte) (taken money.Amount) {
	for _, text := range changes {
		var c struct {
			Taken *money.Amount `json:"taken"`
		}
		if err := json.Unmarshal(text, &c); err == nil && c.Taken != nil {
			taken = *c.Taken
		}
	}
	return taken
}
