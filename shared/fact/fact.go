// Package fact defines the past-tense facts that are the only truth of the
// system: what happened at a till, numbered without gaps, chained by hash.
//
// A fact is encoded once, where it happened. Those bytes are canonical: they
// are stored, sent and hashed as they are and never marshalled again.
package fact

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"

	"tillsight/shared/canonical"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
)

// Kind names what happened.
type Kind string

// Kinds. The comment names the body.
const (
	SaleRegistered   Kind = "SaleRegistered"   // receipt.Receipt, paid
	ReturnRegistered Kind = "ReturnRegistered" // receipt.Receipt of type return
	ReceiptCancelled Kind = "ReceiptCancelled" // receipt.Receipt, cancelled
	ShiftOpened      Kind = "ShiftOpened"      // ShiftOpening
	ShiftClosed      Kind = "ShiftClosed"      // shift.Shift, the Z report
	CashMoved        Kind = "CashMoved"        // shift.CashMove
	SignedIn         Kind = "SignedIn"         // SignIn
	SignInRefused    Kind = "SignInRefused"    // SignIn
	CustomerEnrolled Kind = "CustomerEnrolled" // customer.Customer
	ReceiptParked    Kind = "ReceiptParked"    // parking.Parking, an open receipt set aside
	ReceiptRecalled  Kind = "ReceiptRecalled"  // parking.Recall
	ParkedTaken      Kind = "ParkedTaken"      // parking.Taken, recalled at another till
	FactLost         Kind = "FactLost"         // {}: the till's disk destroyed the fact of this number before it was sent
)

// BytesMax limits one encoded fact: a receipt of receipt.LinesMax lines fits.
const BytesMax = 1 << 20

// Header identifies a fact and says when and where it happened.
type Header struct {
	Device  string `json:"device"`
	Epoch   uint32 `json:"epoch"` // a new one after storage was wiped, cloned or restored
	Seq     uint64 `json:"seq"`   // 1, 2, 3… within the epoch, without gaps
	Kind    Kind   `json:"kind"`
	Version int    `json:"v"`    // of the body's form
	At      int64  `json:"at"`   // unix ms by the device's clock
	Zone    int    `json:"zone"` // minutes east of UTC there and then
	Store   string `json:"store"`
	Till    int    `json:"till"`
}

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

// appendJSON appends the header's members without the closing brace.
func (h Header) appendJSON(dst []byte) []byte {
	dst = canonical.Text(dst, `{"device":`, h.Device)
	dst = canonical.Int(dst, `,"epoch":`, int64(h.Epoch))
	dst = strconv.AppendUint(append(dst, `,"seq":`...), h.Seq, 10)
	dst = canonical.Text(dst, `,"kind":`, string(h.Kind))
	dst = canonical.Int(dst, `,"v":`, h.Version)
	dst = canonical.Int(dst, `,"at":`, h.At)
	dst = canonical.Int(dst, `,"zone":`, h.Zone)
	dst = canonical.Text(dst, `,"store":`, h.Store)
	return canonical.Int(dst, `,"till":`, h.Till)
}

// Decode reads the canonical bytes of a fact of any known or unknown kind.
func Decode(b []byte) (Fact, error) {
	var f Fact
	if len(b) > BytesMax {
		return f, errcode.New(errcode.TooLarge, "fact.Decode", fmt.Errorf("%d bytes", len(b)))
	}
	if bytes.IndexByte(b, '\n') >= 0 {
		return f, errcode.New(errcode.Invalid, "fact.Decode", fmt.Errorf("line break inside a fact"))
	}
	if err := json.Unmarshal(b, &f); err != nil {
		return f, errcode.New(errcode.Invalid, "fact.Decode", err)
	}
	if f.Device == "" || f.Epoch == 0 || f.Seq == 0 || f.Kind == "" || f.Version < 1 {
		return f, errcode.New(errcode.Invalid, "fact.Decode", fmt.Errorf("incomplete header"))
	}
	return f, nil
}

// BodyOf decodes the body of f as a T.
func BodyOf[T any](f Fact) (T, error) {
	var body T
	if err := json.Unmarshal(f.Body, &body); err != nil {
		return body, errcode.New(errcode.Invalid, "fact.BodyOf", fmt.Errorf("%s %d: %w", f.Kind, f.Seq, err))
	}
	return body, nil
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
