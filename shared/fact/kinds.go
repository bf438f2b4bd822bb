package fact

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"tillsight/shared/errcode"
)

// Kind names what happened.
type Kind string

// Kinds. Their bodies are in the list below.
const (
	SaleRegistered   Kind = "SaleRegistered"
	ReturnRegistered Kind = "ReturnRegistered"
	ReceiptCancelled Kind = "ReceiptCancelled"
	ShiftOpened      Kind = "ShiftOpened"
	ShiftClosed      Kind = "ShiftClosed" // the Z report
	CashMoved        Kind = "CashMoved"
	SignedIn         Kind = "SignedIn"
	SignInRefused    Kind = "SignInRefused"
	CustomerEnrolled Kind = "CustomerEnrolled"
	ReceiptParked    Kind = "ReceiptParked"   // an open receipt set aside
	ReceiptRecalled  Kind = "ReceiptRecalled" // it goes on
	ParkedTaken      Kind = "ParkedTaken"     // recalled at another till
	FactLost         Kind = "FactLost"        // the till's disk destroyed the fact of this number before it was sent
)

// kinds is the only list of kinds, each with today's version and what makes sense
// of its body. To add one: a constant, a line here, a fixture; every reader's test
// then names what is missing. To change a body: raise the version and say how an
// older one becomes it.
var kinds = []kind{
	of(SaleRegistered, 1, senseClosed),
	of(ReturnRegistered, 1, senseClosed),
	of(ReceiptCancelled, 1, senseCancelled),
	of(ShiftOpened, 1, senseOpening),
	of(ShiftClosed, 1, senseShift),
	of(CashMoved, 1, senseMove),
	of(SignedIn, 1, senseSignIn),
	of(SignInRefused, 1, senseSignIn),
	of(CustomerEnrolled, 1, senseCustomer),
	of(ReceiptParked, 1, senseParking),
	of(ReceiptRecalled, 1, senseRecall),
	of(ParkedTaken, 1, senseTaken),
	of(FactLost, 1, senseNothing),
}

// Nothing is the body of a fact that says all by its kind.
type Nothing struct{}

// kind is what is known of a kind of facts.
type kind struct {
	name    Kind
	version int // of today's body
	body    reflect.Type
	decode  func(json.RawMessage) (any, error) // of today's version, to a pointer
	sense   func(Fact, any) error              // of that body
	older   []upcast                           // the first makes version 2 of version 1, and so on
}

// upcast makes the next version of a body.
type upcast func(json.RawMessage) (json.RawMessage, error)

func of[T any](name Kind, version int, sense func(Fact, *T) error, older ...upcast) kind {
	return kind{
		name: name, version: version, body: reflect.TypeFor[T](), older: older,
		decode: func(raw json.RawMessage) (any, error) {
			body := new(T)
			return body, json.Unmarshal(raw, body)
		},
		sense: func(f Fact, body any) error { return sense(f, body.(*T)) },
	}
}

// Kinds lists all kinds.
func Kinds() []Kind {
	list := make([]Kind, len(kinds))
	for i := range kinds {
		list[i] = kinds[i].name
	}
	return list
}

func find(name Kind) *kind {
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
	if i < 0 {
		return nil
	}
	return &kinds[i]
}

// read returns a pointer to the body of f in today's form.
func (k *kind) read(f Fact) (any, error) {
	if k == nil || f.Version > k.version {
		return nil, errcode.New(errcode.UnknownFact, "fact.Read", fmt.Errorf("kind %q, version %d", f.Kind, f.Version))
	}
	raw, err := k.today(f)
	if err != nil {
		return nil, errcode.New(errcode.Invalid, "fact.Read", fmt.Errorf("%s %d, version %d: %w", f.Kind, f.Seq, f.Version, err))
	}
	body, err := k.decode(raw)
	if err != nil {
		return nil, errcode.New(errcode.Invalid, "fact.Read", fmt.Errorf("%s %d: %w", f.Kind, f.Seq, err))
	}
	return body, nil
}

// today brings a body to today's version.
func (k *kind) today(f Fact) (raw json.RawMessage, err error) {
	raw = f.Body
	for v := f.Version; v < k.version; v++ {
		if raw, err = k.older[v-1](raw); err != nil {
			return nil, err
		}
	}
	return raw, nil
}

// canonical returns an error when f, whose bytes are raw, says the same in other
// bytes than Encode writes: an unknown or doubled member, other spaces, another
// order. Two readers might understand such a fact differently. Bodies of older
// versions were checked by the programs of their time.
func (f Fact) canonical(k *kind, body any, raw []byte) error {
	if f.Version != k.version {
		return nil
	}
	again, err := Encode(f.Header, body)
	if err != nil {
		return err
	}
	if !bytes.Equal(again, raw) {
		return errcode.New(errcode.Invalid, "fact.Understand", fmt.Errorf("%s %d is written otherwise than a till writes it", f.Kind, f.Seq))
	}
	return nil
}
