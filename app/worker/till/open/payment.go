package open

import (
	"encoding/json"
	"slices"
	"strconv"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
	"tillsight/shared/tender"
)

// recorded are the steps after which cards have paid sum, as a person says.
// What a device took is the device's to give back.
func recorded(ps tender.Payments, sum money.Amount, at int64) (steps []tender.Payment) {
	have := ps.TakenBy(tender.Card)
	for _, p := range slices.Backward(ps) {
		if have <= sum {
			break
		}
		if p.Kind == tender.Card && p.State == tender.Taken && p.Ref == "" {
			have -= p.Amount
			p.State, p.At = tender.Returned, at
			steps = append(steps, p)
		}
	}
	if have < sum {
		steps = append(steps, tender.Payment{N: len(ps) + 1, Kind: tender.Card, Amount: sum - have, State: tender.Taken, At: at})
	}
	return steps
}

// Recorded are the steps after which cards have paid sum, as a person says.
func (r *Receipt) Recorded(sum money.Amount, at int64) []tender.Payment {
	return recorded(r.Payments, sum, at)
}

// paid returns the payments after a change.
func paid(ps tender.Payments, c Change) (after tender.Payments, err error) {
	steps := c.Payments
	if c.Taken != nil {
		steps = recorded(ps, *c.Taken, 0)
	}
	after = ps
	for _, step := range steps {
		if after, err = after.Step(step); err != nil {
			return nil, err
		}
	}
	return after, nil
}

// count makes room for payments that drafts of before counted on from an earlier
// receipt, which was parked when all of them had been given back.
func count(ps tender.Payments, c Change) tender.Payments {
	for len(c.Payments) > 0 && len(ps)+1 < c.Payments[0].N && len(ps) < countedMax {
		ps = append(ps, tender.Payment{N: len(ps) + 1, Kind: c.Payments[0].Kind, State: tender.Returned})
	}
	return ps
}

// countedMax bounds what a damaged draft can ask for.
const countedMax = 1000

// paymentsOf returns the payments after the changes of a draft.
func paymentsOf(changes [][]byte) (ps tender.Payments, err error) {
	for i, text := range changes {
		var c Change
		if err = json.Unmarshal(text, &c); err == nil {
			ps, err = paid(count(ps, c), c)
		}
		if err != nil {
			return nil, damaged(i, err)
		}
	}
	return ps, nil
}

// Tenders are those that the receipt is closed with: all that was taken, with the
// references of devices, and what the customer gives now. Nothing is closed while
// nobody knows of a payment, or without a device that has to take one.
func (r *Receipt) Tenders(asked []receipt.Tender, devices map[tender.Kind]tender.Device) ([]receipt.Tender, error) {
	const op = "till.Pay"
	if len(r.Payments.Waiting()) > 0 {
		return nil, errcode.New(errcode.PaymentUnknown, op, nil)
	}
	if r.Doc.Total < r.Payments.Held() {
		return nil, r.overTaken(op)
	}
	sums := map[tender.Kind]money.Amount{}
	for _, t := range asked {
		sums[t.Kind] += t.Amount
	}
	var list []receipt.Tender
	for _, rules := range tender.Kinds {
		taken := r.Payments.TakenBy(rules.Kind)
		if taken > 0 && sums[rules.Kind] < taken {
			return nil, r.overTaken(op)
		}
		if !rules.Device || devices[rules.Kind] == nil {
			continue
		}
		if sums[rules.Kind] > taken {
			return nil, errcode.New(errcode.PaymentUntaken, op, nil)
		}
		for _, p := range r.Payments {
			if p.Kind == rules.Kind && p.State == tender.Taken {
				list = append(list, receipt.Tender{Kind: p.Kind, Amount: p.Amount, Ref: p.Ref})
			}
		}
	}
	for _, t := range asked {
		if devices[t.Kind] == nil {
			list = append(list, t)
		}
	}
	return list, nil
}

// Untaken refuses to leave a receipt of which a part may be paid.
func (r *Receipt) Untaken(op string) error {
	if r.Payments.Held() == 0 {
		return nil
	}
	return r.overTaken(op)
}

// overTaken is the error of a change or payment that forgets what was paid.
func (r *Receipt) overTaken(op string) error {
	return errcode.New(errcode.CardTaken, op, nil).With("taken", strconv.FormatInt(int64(r.Payments.Held()), 10))
}
