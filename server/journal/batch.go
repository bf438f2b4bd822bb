package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	wire "tillsight/shared/wire/sync"
)

// batch is one push on its way to the disk.
type batch struct {
	header wire.PushHeader
	from   Place
	facts  []entry
	probe  bool   // nothing but a sign that the disk can be written
	raise  *place // nothing but numbers that were given
	edit   func(*writer) error

	ack  wire.Ack
	err  error
	done chan struct{}
}

// Place is where a register stands.
type Place struct {
	Store string
	Till  int
}

// entry is one fact with what the journal has to know about it.
type entry struct {
	bytes   []byte
	hash    fact.Hash
	receipt string // ID, of the facts that carry one
	counter uint64 // of the receipt's number
	shift   int
}

// newBatch reads the headers and computes the hashes, outside the writer so
// that several pushes do it side by side. After a fact that does not belong
// there the rest is left out; the till then sends from that one on.
func newBatch(from Place, h wire.PushHeader, facts [][]byte) (*batch, error) {
	if err := checkHeader(h, facts); err != nil {
		return nil, err
	}
	if err := asSent(h, facts); err != nil {
		return nil, err
	}
	b := &batch{header: h, from: from, facts: make([]entry, 0, len(facts)), done: make(chan struct{})}
	hash := h.Prev
	for i, raw := range facts {
		e, err := readEntry(raw, from, h, h.First+uint64(i))
		switch {
		case err != nil && i == 0:
			return nil, err
		case err != nil:
			return b, nil
		}
		hash = fact.Chain(hash, raw)
		e.hash = hash
		b.facts = append(b.facts, e)
	}
	return b, nil
}

// size is that of its facts in bytes.
func (b *batch) size() (n int64) {
	for _, e := range b.facts {
		n += int64(len(e.bytes))
	}
	return n
}

// asSent compares what came with the hash that the register sent along, if it did.
func asSent(h wire.PushHeader, facts [][]byte) error {
	if h.Last == nil {
		return nil
	}
	hash := h.Prev
	for _, raw := range facts {
		hash = fact.Chain(hash, raw)
	}
	if hash != *h.Last {
		return errcode.New(errcode.Garbled, "journal.Append", errors.New("the facts are not those that were sent"))
	}
	return nil
}

func checkHeader(h wire.PushHeader, facts [][]byte) error {
	size := 0
	for _, raw := range facts {
		size += len(raw)
	}
	var err error
	switch {
	case h.Device == "" || h.Epoch == 0 || h.First == 0 || h.First > 1<<62:
		err = errors.New("incomplete header")
	case h.Count != len(facts):
		err = fmt.Errorf("%d facts announced, %d came", h.Count, len(facts))
	case len(facts) > wire.FactsMax:
		return errcode.New(errcode.TooLarge, "journal.Append", fmt.Errorf("%d facts", len(facts)))
	case len(facts) > 1 && size > wire.BytesMax, size > fact.BytesMax:
		return errcode.New(errcode.TooLarge, "journal.Append", fmt.Errorf("%d bytes", size))
	case h.First == 1 && h.Prev != fact.Hash{}:
		err = errors.New("something stands before the first fact")
	default:
		return nil
	}
	return errcode.New(errcode.Invalid, "journal.Append", err)
}

// readEntry reads what the journal has to know of fact raw. It is the door: the
// header must be spelled as tills spell it and be that of the register, the rest
// JSON with one reading. What the fact says is not looked at: an honest till is
// never refused because of that.
func readEntry(raw []byte, from Place, push wire.PushHeader, seq uint64) (entry, error) {
	e := entry{bytes: raw}
	h, body, err := fact.HeaderOf(raw)
	code := errcode.Invalid
	switch {
	case err != nil:
	case h.Device != push.Device || h.Epoch != push.Epoch || h.Seq != seq:
		err = fmt.Errorf("the header says %s/%d/%d", h.Device, h.Epoch, h.Seq)
	case h.Store != from.Store || h.Till != from.Till:
		err, code = fmt.Errorf("of store %q, till %d", h.Store, h.Till), errcode.Forbidden
	case len(h.Kind) > kindMax || h.Version > versionMax:
		err = fmt.Errorf("kind of %d bytes, version %d", len(h.Kind), h.Version)
	default:
		err = e.read(fact.Fact{Header: h, Body: body})
	}
	if err != nil {
		return e, errcode.New(code, "journal.Append", fmt.Errorf("fact %d: %w", seq, err)).
			With("seq", strconv.FormatUint(seq, 10))
	}
	return e, nil
}

// Limits of a header.
const (
	kindMax    = 64
	versionMax = 1000
)

// Numbers beyond these are nonsense and do not move a till place's counters.
const (
	countLimit = receipt.CountMax
	shiftLimit = 10_000_000
)

// members are the fields of a body that say which receipt or shift it is about, as
// far as they are what they should be.
type members struct {
	id     string
	number string // of a receipt a text, of a shift a number
	shift  int
}

// numbered says which facts the journal takes numbers from.
var numbered = func() fact.Table[*entry] {
	t := fact.Table[*entry]{}
	for _, kind := range []fact.Kind{fact.SaleRegistered, fact.ReturnRegistered, fact.ReceiptCancelled} {
		fact.OnRaw(t, kind, func(e *entry, f fact.Fact) error {
			m, err := readBody(f.Body, "")
			e.receipt, e.shift = m.id, m.shift
			e.counter, _ = receipt.CountOf(m.number)
			return err
		})
	}
	fact.OnRaw(t, fact.ReceiptParked, func(e *entry, f fact.Fact) error {
		m, err := readBody(f.Body, "receipt")
		e.counter, _ = receipt.CountOf(m.number)
		return err
	})
	for _, kind := range []fact.Kind{fact.ShiftOpened, fact.ShiftClosed} {
		fact.OnRaw(t, kind, func(e *entry, f fact.Fact) error {
			m, err := readBody(f.Body, "")
			if n, bad := strconv.Atoi(m.number); bad == nil && n > 0 && n < shiftLimit {
				e.shift = n
			}
			return err
		})
	}
	fact.Ignore(t, "gives no number away", fact.CashMoved, fact.SignedIn, fact.SignInRefused, fact.CustomerEnrolled,
		fact.ReceiptRecalled, fact.ParkedTaken, fact.FactLost)
	return t
}()

// read takes what the fact says of numbers, and checks that its body is JSON with
// one reading.
func (e *entry) read(f fact.Fact) error {
	if numbered.Takes(f.Kind) {
		return numbered.Take(e, f)
	}
	_, err := readBody(f.Body, "")
	return err
}

// readBody reads the members of a body, or of the object in it, in one pass over
// all of it. A name that stands twice in an object is an error, and so is one that
// another reader could take for one of ours: all names are of small letters.
func readBody(body []byte, in string) (members, error) {
	var m members
	d := jsontext.NewDecoder(bytes.NewReader(body), jsontext.AllowDuplicateNames(false), jsontext.AllowInvalidUTF8(false))
	want, inside := 1, in == "" // level of the members looked for, and whether this object has them
	if in != "" {
		want = 2
	}
	for values := 0; ; {
		token, err := d.ReadToken()
		switch {
		case errors.Is(err, io.EOF) && values == 1:
			return m, nil
		case err != nil:
			return m, err
		}
		level := d.StackDepth()
		if level == 0 {
			if values++; values > 1 {
				return m, errors.New("something follows the body")
			}
		}
		kind, n := d.StackIndex(level)
		if kind != '{' || token.Kind() != '"' || n%2 == 0 {
			continue // no name
		}
		name := token.String()
		if !plainName(name) {
			return m, fmt.Errorf("member %q", name)
		}
		if level == 1 && in != "" {
			inside = name == in
		}
		if level == want && inside {
			if err := m.take(d, name); err != nil {
				return m, err
			}
		}
	}
}

// plainName reports whether a member's name is one that only equals itself,
// whoever compares.
func plainName(name string) bool {
	for i := range len(name) {
		if c := name[i]; c != '_' && (c < 'a' || 'z' < c) && (c < '0' || '9' < c) {
			return false
		}
	}
	return name != ""
}

// take reads the value of a member if it is one of those looked for.
func (m *members) take(d *jsontext.Decoder, name string) error {
	kind := d.PeekKind()
	switch {
	case (name == "id" || name == "number") && kind == '"':
		token, err := d.ReadToken()
		if name == "id" {
			m.id = token.String()
		} else {
			m.number = token.String()
		}
		return err
	case name == "number" && kind == '0':
		raw, err := d.ReadValue()
		m.number = string(raw)
		return err
	case name == "shift" && kind == '0':
		raw, err := d.ReadValue()
		if shift, bad := strconv.Atoi(string(raw)); bad == nil && shift > 0 && shift < shiftLimit {
			m.shift = shift
		}
		return err
	}
	return nil
}
