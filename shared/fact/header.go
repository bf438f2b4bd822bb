package fact

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"tillsight/shared/canonical"
	"tillsight/shared/errcode"
)

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

// HeaderOf reads the header of a fact and returns the rest, its body. It takes
// the bytes that Encode writes and no others: the header has one spelling, so that
// nobody reads another one. Whether the body is JSON it does not look at.
func HeaderOf(b []byte) (h Header, body json.RawMessage, err error) {
	if len(b) > BytesMax {
		return h, nil, errcode.New(errcode.TooLarge, "fact.Decode", fmt.Errorf("%d bytes", len(b)))
	}
	s := scanner{rest: b}
	h.Device = s.text(`{"device":`)
	h.Epoch = uint32(s.unsigned(`,"epoch":`, 32))
	h.Seq = s.unsigned(`,"seq":`, 64)
	h.Kind = Kind(s.text(`,"kind":`))
	h.Version = int(s.signed(`,"v":`))
	h.At = s.signed(`,"at":`)
	h.Zone = int(s.signed(`,"zone":`))
	h.Store = s.text(`,"store":`)
	h.Till = int(s.signed(`,"till":`))
	s.key(`,"body":`)
	switch {
	case s.err != nil:
		err = s.err
	case len(s.rest) < 2 || s.rest[len(s.rest)-1] != '}':
		err = errors.New("no end")
	case bytes.IndexByte(b, '\n') >= 0:
		err = errors.New("line break inside a fact")
	case h.Device == "" || h.Epoch == 0 || h.Seq == 0 || h.Kind == "" || h.Version < 1:
		err = errors.New("incomplete header")
	}
	if err != nil {
		return h, nil, errcode.New(errcode.Invalid, "fact.Decode", err)
	}
	body = json.RawMessage(s.rest[:len(s.rest)-1])
	return h, body, nil
}

// scanner reads canonical members one after the other. After an error it reads
// nothing more.
type scanner struct {
	rest []byte
	err  error
}

func (s *scanner) key(key string) {
	rest, ok := bytes.CutPrefix(s.rest, []byte(key))
	if s.err == nil && !ok {
		s.err = fmt.Errorf("%s expected", key)
	}
	s.rest = rest
}

// text reads a string in the spelling of encoding/json.
func (s *scanner) text(key string) string {
	s.key(key)
	if s.err != nil {
		return ""
	}
	end := closing(s.rest)
	if end < 0 {
		s.err = fmt.Errorf("%s is no text", key)
		return ""
	}
	quoted := s.rest[:end+1]
	s.rest = s.rest[end+1:]
	text := string(quoted[1:end])
	if bytes.IndexByte(quoted, '\\') >= 0 {
		if s.err = json.Unmarshal(quoted, &text); s.err != nil {
			return ""
		}
	}
	if !bytes.Equal(canonical.String(nil, text), quoted) {
		s.err = fmt.Errorf("%s is written otherwise", key)
	}
	return text
}

// closing returns where the quoted string at the beginning of b ends, −1 when
// there is none.
func closing(b []byte) int {
	if len(b) == 0 || b[0] != '"' {
		return -1
	}
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}

func (s *scanner) number(key string) string {
	s.key(key)
	end := 0
	for end < len(s.rest) && (s.rest[end] == '-' || '0' <= s.rest[end] && s.rest[end] <= '9') {
		end++
	}
	digits := string(s.rest[:end])
	s.rest = s.rest[end:]
	return digits
}

func (s *scanner) unsigned(key string, bits int) uint64 {
	digits := s.number(key)
	if s.err != nil {
		return 0
	}
	n, err := strconv.ParseUint(digits, 10, bits)
	if err != nil || strconv.FormatUint(n, 10) != digits {
		s.err = fmt.Errorf("%s is no number", key)
	}
	return n
}

func (s *scanner) signed(key string) int64 {
	digits := s.number(key)
	if s.err != nil {
		return 0
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || strconv.FormatInt(n, 10) != digits {
		s.err = fmt.Errorf("%s is no number", key)
	}
	return n
}
