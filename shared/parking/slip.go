package parking

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"

	"tillsight/shared/errcode"
)

// Forms of a slip and its limits.
const (
	version    = 1
	prefix     = "TSP1" // of every part; the digit is the version
	shortSize  = 8      // characters that name the parking
	checkSize  = 4
	overhead   = len(prefix) + shortSize + 2 + checkSize
	macSize    = 16
	partShort  = 600 // characters: a code that any scanner reads from narrow paper
	partLong   = 900 // when more than fewParts short ones would be needed
	fewParts   = 3
	PartsMax   = 20 // that a slip may have; see ErrTooLong
	textMax    = 1024
	setsHeld   = 4
	storeMax   = 64
	keyMinimum = 16
)

// Crockford's alphabet: no letter looks like a digit, all are typed by keys
// whose KeyboardEvent.code is the same in every layout, and case does not matter.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

var alphabet = base32.NewEncoding(letters).WithPadding(base32.NoPadding)

// ErrTooLong means a receipt whose slip would have more than PartsMax parts, which
// begins at some 1 500 lines.
var ErrTooLong = errors.New("the receipt is too long for a slip")

// Short is the name of a parking in the parts of its slip: whoever knows the
// parking already recognises it by any one of them.
func Short(id string) string {
	sum := sha256.Sum256([]byte(id))
	return alphabet.EncodeToString(sum[:5])
}

// Parts are the texts of the codes of p's slip, sealed with key. It fails with
// ErrTooLong.
func Parts(p *Parking, key []byte) ([]string, error) {
	store := p.Receipt.Store
	if len(key) < keyMinimum || len(store) > storeMax {
		return nil, errcode.New(errcode.SlipKey, "parking.Parts", fmt.Errorf("key of %d bytes, store %q", len(key), store))
	}
	packed, err := pack(p)
	if err != nil {
		return nil, err
	}
	sealed := append([]byte{version, byte(len(store))}, store...)
	sealed = append(sealed, packed...)
	return divide(append(sealed, macOf(sealed, key)...), Short(p.ID))
}

func macOf(b, key []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("tillsight parking slip\x00"))
	mac.Write(b)
	return mac.Sum(nil)[:macSize]
}

// divide writes sealed as texts of about the same length.
func divide(sealed []byte, short string) ([]string, error) {
	room := func(chars int) int { return (chars - overhead) * 5 / 8 }
	parts := func(chars int) int { return (len(sealed) + room(chars) - 1) / room(chars) }
	count := parts(partShort)
	if count > fewParts {
		count = parts(partLong)
	}
	if count > PartsMax {
		return nil, ErrTooLong
	}
	var texts []string
	for i := range count {
		from, to := i*len(sealed)/count, (i+1)*len(sealed)/count
		text := prefix + short + string(letters[i]) + string(letters[count-1]) + alphabet.EncodeToString(sealed[from:to])
		texts = append(texts, text+checkOf(text))
	}
	return texts, nil
}

// checkOf tells a part that was read with a mistake; the seal tells what was forged.
func checkOf(text string) string {
	sum := crc32.ChecksumIEEE([]byte(text))
	check := make([]byte, checkSize)
	for i := range check {
		check[i] = letters[sum>>(5*i)&31]
	}
	return string(check)
}

// IsPart reports whether a scanned code is a part of a slip, of any version.
func IsPart(code string) bool {
	code = strings.TrimSpace(code)
	return len(code) > overhead && strings.EqualFold(code[:3], prefix[:3]) && code[3] >= '0' && code[3] <= '9'
}

// Part is one part of a slip.
type Part struct {
	Short string // see Short
	Index int    // from 0
	Count int
	data  []byte
}

// Read reads a part. Errors: SlipDamaged, SlipVersion.
func Read(code string) (Part, error) {
	text := strings.ToUpper(strings.TrimSpace(code))
	if !IsPart(text) || len(text) > textMax {
		return Part{}, damaged(fmt.Errorf("%d characters", len(text)))
	}
	if text[:len(prefix)] != prefix {
		return Part{}, errcode.New(errcode.SlipVersion, "parking.Read", fmt.Errorf("%.4s", text))
	}
	body := text[:len(text)-checkSize]
	if checkOf(body) != text[len(body):] {
		return Part{}, damaged(errors.New("the check does not fit"))
	}
	at := len(prefix)
	p := Part{Short: body[at : at+shortSize]}
	p.Index, p.Count = strings.IndexByte(letters, body[at+shortSize]), strings.IndexByte(letters, body[at+shortSize+1])+1
	if p.Index < 0 || p.Count < 1 || p.Count > PartsMax || p.Index >= p.Count {
		return Part{}, damaged(fmt.Errorf("part %d of %d", p.Index, p.Count))
	}
	var err error
	if p.data, err = alphabet.DecodeString(body[at+shortSize+2:]); err != nil {
		return Part{}, damaged(err)
	}
	return p, nil
}

// Collector puts the parts of slips together, in whatever order they come. Its
// zero value is ready. It is not safe for concurrent use.
type Collector struct {
	sets []*set // the one that grew last at the end
}

type set struct {
	short string
	parts []*Part
}

// Add takes a part. Missing are the numbers, from 1, of those not seen yet; with
// none missing sealed is the whole slip, and the set is forgotten.
func (c *Collector) Add(p Part) (sealed []byte, missing []int) {
	at := slices.IndexFunc(c.sets, func(s *set) bool { return s.short == p.Short && len(s.parts) == p.Count })
	s := &set{short: p.Short, parts: make([]*Part, p.Count)}
	if at >= 0 {
		s = c.sets[at]
		c.sets = slices.Delete(c.sets, at, at+1)
	}
	s.parts[p.Index] = &p
	for i, part := range s.parts {
		if part == nil {
			missing = append(missing, i+1)
			continue
		}
		sealed = append(sealed, part.data...)
	}
	if len(missing) == 0 {
		return sealed, nil
	}
	if c.sets = append(c.sets, s); len(c.sets) > setsHeld {
		c.sets = c.sets[1:]
	}
	return nil, missing
}

// Forget drops what was gathered.
func (c *Collector) Forget() { c.sets = nil }

// Open checks the seal of a whole slip for a register of store and unpacks it.
// keys are those that may have sealed it. Errors: SlipDamaged, SlipVersion,
// SlipForeign, SlipKey, SlipAltered. The lines have what the slip carries; the
// rest is the caller's to look up. Whether it is still good is the caller's to
// decide.
func Open(sealed []byte, store string, keys [][]byte) (Parking, error) {
	const op = "parking.Open"
	if len(sealed) < 2+macSize || len(sealed) < 2+int(sealed[1])+macSize {
		return Parking{}, damaged(fmt.Errorf("%d bytes", len(sealed)))
	}
	if sealed[0] != version {
		return Parking{}, errcode.New(errcode.SlipVersion, op, fmt.Errorf("version %d", sealed[0]))
	}
	body, mac := sealed[:len(sealed)-macSize], sealed[len(sealed)-macSize:]
	head := 2 + int(body[1])
	if name := string(body[2:head]); name != store {
		return Parking{}, errcode.New(errcode.SlipForeign, op, nil).With("store", name)
	}
	if len(keys) == 0 {
		return Parking{}, errcode.New(errcode.SlipKey, op, nil)
	}
	if !slices.ContainsFunc(keys, func(key []byte) bool { return hmac.Equal(mac, macOf(body, key)) }) {
		return Parking{}, errcode.New(errcode.SlipAltered, op, nil)
	}
	p, err := unpack(body[head:])
	if err == nil && p.Receipt.Store != store {
		err = damaged(fmt.Errorf("store %q", p.Receipt.Store))
	}
	return p, err
}
