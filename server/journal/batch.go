package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/syncproto"
)

// batch is one push on its way to the disk.
type batch struct {
	header syncproto.PushHeader
	facts  []entry
	probe  bool   // nothing but a sign that the disk can be written
	raise  *place // nothing but numbers that were given

	ack  syncproto.Ack
	err  error
	done chan struct{}
}

// entry is one fact with what the journal has to know about it.
type entry struct {
	bytes   []byte
	hash    fact.Hash
	store   string
	till    int
	receipt string // ID, of the facts that carry one
	counter uint64 // of the receipt's number
	shift   int
}

// newBatch reads the headers and computes the hashes, outside the writer so
// that several pushes do it side by side. After a fact that does not belong
// there the rest is left out; the till then sends from that one on.
func newBatch(h syncproto.PushHeader, facts [][]byte) (*batch, error) {
	if err := checkHeader(h, facts); err != nil {
		return nil, err
	}
	if err := asSent(h, facts); err != nil {
		return nil, err
	}
	b := &batch{header: h, facts: make([]entry, 0, len(facts)), done: make(chan struct{})}
	hash := h.Prev
	for i, raw := range facts {
		e, err := readEntry(raw, h.Device, h.Epoch, h.First+uint64(i))
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

// asSent compares what came with the hash that the register sent along, if it did.
func asSent(h syncproto.PushHeader, facts [][]byte) error {
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

func checkHeader(h syncproto.PushHeader, facts [][]byte) error {
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
	case len(facts) > syncproto.FactsMax:
		return errcode.New(errcode.TooLarge, "journal.Append", fmt.Errorf("%d facts", len(facts)))
	case len(facts) > 1 && size > syncproto.BytesMax, size > fact.BytesMax:
		return errcode.New(errcode.TooLarge, "journal.Append", fmt.Errorf("%d bytes", size))
	case h.First == 1 && h.Prev != fact.Hash{}:
		err = errors.New("something stands before the first fact")
	default:
		return nil
	}
	return errcode.New(errcode.Invalid, "journal.Append", err)
}

// readEntry reads what the journal has to know of fact raw, which must be
// valid JSON with the header of that device, epoch and seq. The body's own
// fields are read as far as they are there.
func readEntry(raw []byte, device string, epoch uint32, seq uint64) (entry, error) {
	e := entry{bytes: raw}
	h, body, err := readFact(raw)
	switch {
	case err != nil:
	case bytes.IndexByte(raw, '\n') >= 0:
		err = errors.New("line break inside a fact")
	case h.Device != device || h.Epoch != epoch || h.Seq != seq:
		err = fmt.Errorf("the header says %s/%d/%d", h.Device, h.Epoch, h.Seq)
	case h.Kind == "" || h.Version < 1:
		err = errors.New("incomplete header")
	}
	if err != nil {
		return e, errcode.New(errcode.Invalid, "journal.Append", fmt.Errorf("fact %d: %w", seq, err)).
			With("seq", strconv.FormatUint(seq, 10))
	}
	e.store, e.till = h.Store, h.Till
	switch h.Kind {
	case fact.SaleRegistered, fact.ReturnRegistered, fact.ReceiptCancelled:
		e.receipt, e.counter, e.shift = body.id, countOf(body.number), body.shift
	case fact.ShiftOpened, fact.ShiftClosed:
		if n, err := strconv.Atoi(body.number); err == nil && n > 0 && n < shiftLimit {
			e.shift = n
		}
	}
	return e, nil
}

// Numbers beyond these are nonsense and do not move a till place's counters.
const (
	countLimit = 1_000_000_000
	shiftLimit = 10_000_000
)

// countOf returns the count of a receipt number "store-till-count", 0 when it
// has none.
func countOf(number string) uint64 {
	count, err := strconv.ParseUint(number[strings.LastIndexByte(number, '-')+1:], 10, 64)
	if err != nil || count > countLimit {
		return 0
	}
	return count
}

// numbers are the fields of a body that say which receipt or shift it is about.
type numbers struct {
	id     string
	number string // of a receipt a text, of a shift a number
	shift  int
}

// readFact reads the header and those numbers in one pass over raw.
func readFact(raw []byte) (fact.Header, numbers, error) {
	var (
		h fact.Header
		n numbers
	)
	d := jsontext.NewDecoder(bytes.NewReader(raw), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	err := readObject(d, func(name string) error {
		switch name {
		case "device":
			return readText(d, &h.Device)
		case "kind":
			return readText(d, (*string)(&h.Kind))
		case "store":
			return readText(d, &h.Store)
		case "epoch":
			return readNumber(d, &h.Epoch)
		case "seq":
			return readNumber(d, &h.Seq)
		case "v":
			return readNumber(d, &h.Version)
		case "till":
			return readNumber(d, &h.Till)
		case "body":
			if d.PeekKind() != '{' {
				return d.SkipValue()
			}
			return readObject(d, func(name string) error { return readBody(d, name, &n) })
		}
		return d.SkipValue()
	})
	if err != nil {
		return h, n, err
	}
	if _, err := d.ReadToken(); err != io.EOF {
		return h, n, errors.New("something follows the fact")
	}
	return h, n, nil
}

func readBody(d *jsontext.Decoder, name string, n *numbers) error {
	kind := d.PeekKind()
	switch {
	case name == "id" && kind == '"':
		return readText(d, &n.id)
	case name == "number" && kind == '"':
		return readText(d, &n.number)
	case name == "number" && kind == '0':
		raw, err := d.ReadValue()
		n.number = string(raw)
		return err
	case name == "shift" && kind == '0':
		raw, err := d.ReadValue()
		if shift, bad := strconv.Atoi(string(raw)); bad == nil && shift > 0 && shift < shiftLimit {
			n.shift = shift
		}
		return err
	}
	return d.SkipValue()
}

// readObject calls field before each value of the object that comes next.
func readObject(d *jsontext.Decoder, field func(name string) error) error {
	if token, err := d.ReadToken(); err != nil {
		return err
	} else if token.Kind() != '{' {
		return errors.New("not an object")
	}
	for d.PeekKind() != '}' {
		token, err := d.ReadToken()
		if err != nil {
			return err
		}
		if err := field(token.String()); err != nil {
			return err
		}
	}
	_, err := d.ReadToken()
	return err
}

func readText(d *jsontext.Decoder, to *string) error {
	token, err := d.ReadToken()
	if err != nil {
		return err
	}
	if token.Kind() != '"' {
		return errors.New("not a text")
	}
	*to = token.String()
	return nil
}

func readNumber[T uint32 | uint64 | int](d *jsontext.Decoder, to *T) error {
	raw, err := d.ReadValue()
	if err != nil {
		return err
	}
	n, err := strconv.ParseUint(string(raw), 10, 63)
	if err != nil {
		return err
	}
	*to = T(n)
	if uint64(*to) != n {
		return errors.New("number out of range")
	}
	return nil
}
