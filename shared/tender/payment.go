package tender

import (
	"context"
	"fmt"
	"slices"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// State of a payment. It begins as asked of a device, or as taken when somebody
// says that the money is there; it ends as taken, refused or returned.
type State string

// States.
const (
	Asked     State = "asked"     // a device is to take it
	Unknown   State = "unknown"   // a device was asked, and nobody knows what came of it
	Taken     State = "taken"     // the money is there
	Refused   State = "refused"   // the money was not taken
	Returning State = "returning" // a device is to give it back
	Returned  State = "returned"  // the money was given back
)

// next lists what may follow a state; "" is before the first.
var next = map[State][]State{
	"":        {Asked, Taken},
	Asked:     {Taken, Refused, Unknown},
	Unknown:   {Taken, Refused, Returned},
	Taken:     {Returning, Returned},
	Returning: {Returned, Taken},
}

// Payment is one try to pay a part of a receipt.
type Payment struct {
	N      int          `json:"n"` // 1, 2, 3… within the receipt
	Kind   Kind         `json:"kind"`
	Amount money.Amount `json:"amount"`
	State  State        `json:"state"`
	Ref    string       `json:"ref,omitempty"` // of the device's document
	At     int64        `json:"at,omitempty"`  // unix ms of the last step
}

// Waits reports whether nobody can say yet where the money is.
func (p Payment) Waits() bool { return p.State == Asked || p.State == Unknown || p.State == Returning }

// Payments are all payments of one receipt.
type Payments []Payment

// Step returns the payments after p, which is a new one or one of them in its next
// state. A step that makes no sense is errcode.PaymentState.
func (ps Payments) Step(p Payment) (Payments, error) {
	i := slices.IndexFunc(ps, func(have Payment) bool { return have.N == p.N })
	var before State
	switch {
	case i >= 0:
		if before = ps[i].State; ps[i].Kind != p.Kind || ps[i].Amount != p.Amount {
			return nil, wrongStep(p, fmt.Errorf("is %s of %d", ps[i].Kind, ps[i].Amount))
		}
	case p.N != len(ps)+1 || p.Amount <= 0:
		return nil, wrongStep(p, fmt.Errorf("number %d of %d", p.N, len(ps)))
	}
	if !slices.Contains(next[before], p.State) {
		return nil, wrongStep(p, fmt.Errorf("%q after %q", p.State, before))
	}
	after := slices.Clone(ps)
	if i < 0 {
		return append(after, p), nil
	}
	after[i] = p
	return after, nil
}

func wrongStep(p Payment, why error) error {
	return errcode.New(errcode.PaymentState, "tender.Step", fmt.Errorf("payment %d: %w", p.N, why))
}

// Taken is what is there.
func (ps Payments) Taken() (sum money.Amount) {
	for _, p := range ps {
		if p.State == Taken {
			sum += p.Amount
		}
	}
	return sum
}

// TakenBy is Taken of one kind.
func (ps Payments) TakenBy(k Kind) (sum money.Amount) {
	for _, p := range ps {
		if p.State == Taken && p.Kind == k {
			sum += p.Amount
		}
	}
	return sum
}

// Held is what the customer may have paid: what is there and what nobody knows of.
func (ps Payments) Held() (sum money.Amount) {
	for _, p := range ps {
		if p.State == Taken || p.Waits() {
			sum += p.Amount
		}
	}
	return sum
}

// Waiting returns the payments of which nobody knows where the money is.
func (ps Payments) Waiting() (list []Payment) {
	for _, p := range ps {
		if p.Waits() {
			list = append(list, p)
		}
	}
	return list
}

// Device takes payments of one kind: a terminal, a server of points. Its methods
// may take minutes. An error with code PaymentRefused says for certain that
// nothing was moved; after any other nobody knows, and Find is asked.
type Device interface {
	Take(ctx context.Context, id string, p Payment) (ref string, err error)
	GiveBack(ctx context.Context, id string, p Payment) error
	// Find says what became of a payment whose answer was lost: Taken, Refused or
	// Returned.
	Find(ctx context.Context, id string, p Payment) (state State, ref string, err error)
}
