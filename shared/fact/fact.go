// Package fact defines the past-tense facts that are the only truth of the
// system: what happened at a till, numbered without gaps, chained by hash.
//
// A fact is encoded once, where it happened. Those bytes are canonical: they
// are stored, sent and hashed as they are and never marshalled again.
package fact

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// BytesMax limits one encoded fact: a receipt of receipt.LinesMax lines fits.
const BytesMax = 1 << 20

// Fact is a decoded fact; Body is still JSON.
type Fact struct {
	Header
	Body json.RawMessage `json:"body"`
}

// ShiftOpening is the body of ShiftOpened.
type ShiftOpening struct {
	Number int          `json:"number"`
	Float  money.Amount `json:"float"`
	By     string       `json:"by"`
}

// SignIn is the body of SignedIn and SignInRefused.
type SignIn struct {
	Employee string `json:"employee,omitempty"`
	Failures int    `json:"failures,omitempty"` // in a row, this one included
}

// appender is a body that writes the bytes of encoding/json faster than it does.
type appender interface {
	AppendJSON(dst []byte) []byte
}

// Encode returns the canonical bytes of a fact, those that encoding/json makes
// of header and body. They hold no line break.
func Encode(h Header, body any) ([]byte, error) {
	b := append(h.appendJSON(make([]byte, 0, 256)), `,"body":`...)
	if fast, ok := body.(appender); ok {
		b = fast.AppendJSON(b)
	} else {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, errcode.New(errcode.Internal, "fact.Encode", err)
		}
		b = append(b, text...)
	}
	b = append(b, '}')
	if len(b) > BytesMax {
		return nil, errcode.New(errcode.TooLarge, "fact.Encode", fmt.Errorf("%d bytes", len(b)))
	}
	return b, nil
}

// Decode reads the canonical bytes of a fact of any known or unknown kind.
func Decode(b []byte) (Fact, error) {
	h, body, err := HeaderOf(b)
	if err == nil && !json.Valid(body) {
		err = errcode.New(errcode.Invalid, "fact.Decode", fmt.Errorf("%s %d: the body is no JSON", h.Kind, h.Seq))
	}
	if err != nil {
		return Fact{Header: h}, err
	}
	return Fact{Header: h, Body: body}, nil
}

// Read returns a pointer to the body of f in today's form, whatever version it was
// written in. A kind or version that this program does not know is
// errcode.UnknownFact.
func (f Fact) Read() (any, error) { return find(f.Kind).read(f) }

// BodyOf is Read of a fact whose body is a T.
func BodyOf[T any](f Fact) (T, error) {
	body, err := f.Read()
	if err != nil {
		var none T
		return none, err
	}
	t, ok := body.(*T)
	if !ok {
		var none T
		return none, errcode.New(errcode.Internal, "fact.BodyOf", fmt.Errorf("the body of %s is no %T", f.Kind, none))
	}
	return *t, nil
}

// Hash is a link of the chain. The zero Hash stands before the first fact of an epoch.
type Hash [sha256.Size]byte

// Chain returns SHA-256(prev ‖ b): the hash of fact b that follows prev.
func Chain(prev Hash, b []byte) Hash {
	d := sha256.New()
	d.Write(prev[:])
	d.Write(b)
	return Hash(d.Sum(nil))
}

func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText encodes the hash as hexadecimal digits.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads hexadecimal digits.
func (h *Hash) UnmarshalText(b []byte) error {
	if len(b) != 2*len(h) {
		return errcode.New(errcode.Invalid, "fact.Hash", fmt.Errorf("%d digits", len(b)))
	}
	if _, err := hex.Decode(h[:], b); err != nil {
		return errcode.New(errcode.Invalid, "fact.Hash", err)
	}
	return nil
}
