package barcode

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tillsight/shared/errcode"
)

// Example is a label whose content is known: what was weighed, which article it
// is, and what the scales said.
type Example struct {
	Code    string `json:"code"`
	Article string `json:"article"`
	Value   int64  `json:"value"` // grams, pieces or minor units, as Kind says; cards have none
}

// ExamplesMax limits the examples of one guess.
const ExamplesMax = 50

// Guess proposes masks for labels of a kind that read every example right, the
// likeliest first. With one example much is possible; two or three of different
// articles and weights leave one. Invalid says which example fits nothing.
func Guess(kind Kind, examples []Example) ([]Mask, error) {
	const op = "barcode.Guess"
	if len(examples) == 0 || len(examples) > ExamplesMax {
		return nil, errcode.New(errcode.Invalid, op, fmt.Errorf("%d examples", len(examples)))
	}
	codes := make([]string, len(examples))
	checked := true
	for i, e := range examples {
		codes[i] = Bare(e.Code)
		if !isDigits(codes[i]) || len(codes[i]) != len(codes[0]) || len(codes[i]) < 6 || len(codes[i]) > 30 {
			return nil, errcode.New(errcode.Invalid, op, fmt.Errorf("example %d: %q", i+1, e.Code)).With("example", fmt.Sprint(i+1))
		}
		checked = checked && Valid(codes[i])
	}
	g := guesser{kind: kind, codes: codes, examples: examples, end: len(codes[0]), same: commonPrefix(codes)}
	if checked {
		g.end--
	}
	masks := g.masks()
	if len(masks) == 0 {
		return nil, errcode.New(errcode.Invalid, op, fmt.Errorf("no mask reads all examples")).With("example", fmt.Sprint(g.stranger()+1))
	}
	return masks, nil
}

// Proposals of Guess.
const (
	proposalsMax = 6
	prefixMin    = 2 // digits that a label begins with, so that it is known as one
	articleMax   = 8
	valueMax     = 7
)

type guesser struct {
	kind     Kind
	codes    []string
	examples []Example
	end      int // where the check digit stands, or the code ends
	same     int // digits that all codes begin with
}

// span is a place in the code: [from, to).
type span struct{ from, to int }

// masks lists all that read every example, best first.
func (g guesser) masks() []Mask {
	type scored struct {
		mask  Mask
		score int
	}
	var list []scored
	for _, article := range g.spans(articleMax, func(e Example) (int64, bool) { return digitsValue(e.Article) }) {
		if article.from < prefixMin || article.from > g.same {
			continue
		}
		values := []span{{}}
		if g.kind != Card {
			values = g.spans(valueMax, func(e Example) (int64, bool) { return e.Value, e.Value >= 0 })
		}
		for _, value := range values {
			if value.to > 0 && value.from < article.to {
				continue // a value before its article is nobody's label
			}
			if m := g.mask(article, value); m.Validate() == nil && g.reads(m) {
				list = append(list, scored{m, g.score(article, value)})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var masks []Mask
	for _, s := range list {
		if len(masks) < proposalsMax && !slices.Contains(masks, s.mask) {
			masks = append(masks, s.mask)
		}
	}
	return masks
}

func digitsValue(digits string) (int64, bool) {
	digits = strings.TrimSpace(digits)
	if !isDigits(digits) || len(digits) > 15 {
		return 0, false
	}
	return number(digits), true
}

// spans lists the places whose digits are the wanted number in all examples.
func (g guesser) spans(most int, want func(Example) (int64, bool)) []span {
	var found []span
	for from := range g.end {
		for to := from + 1; to <= min(g.end, from+most); to++ {
			if g.all(from, to, want) {
				found = append(found, span{from, to})
			}
		}
	}
	return found
}

func (g guesser) all(from, to int, want func(Example) (int64, bool)) bool {
	for i, e := range g.examples {
		if n, ok := want(e); !ok || number(g.codes[i][from:to]) != n {
			return false
		}
	}
	return true
}

// score prefers the usual: five digits of article and five of value, side by
// side, up to the check digit, behind a short prefix.
func (g guesser) score(article, value span) int {
	score := 10*min(article.to-article.from, 5) - 4*max(0, article.to-article.from-5) - 3*article.from
	if value.to == 0 {
		return score
	}
	score += 10*min(value.to-value.from, 5) - 4*max(0, value.to-value.from-5)
	if value.from == article.to {
		score += 15
	}
	if value.to == g.end {
		score += 15
	}
	return score
}

// mask writes the pattern: the first code's digits before the article, then
// letters; what nothing is known of is not looked at.
func (g guesser) mask(article, value span) Mask {
	pattern := []byte(g.codes[0][:article.from])
	letter := byte('Q')
	if g.kind == Price {
		letter = 'M'
	}
	for i := article.from; i < len(g.codes[0]); i++ {
		switch {
		case i < article.to:
			pattern = append(pattern, 'N')
		case value.to > 0 && i >= value.from && i < value.to:
			pattern = append(pattern, letter)
		case i >= g.end:
			pattern = append(pattern, 'C')
		default:
			pattern = append(pattern, 'V')
		}
	}
	return Mask{Pattern: string(pattern), Kind: g.kind}
}

func (g guesser) reads(m Mask) bool {
	for i, e := range g.examples {
		c, err := m.read(Code{Raw: g.codes[i]})
		if err != nil {
			return false
		}
		if g.kind == Card {
			continue
		}
		have, _ := digitsValue(c.Article)
		want, _ := digitsValue(e.Article)
		if have != want || m.value(c) != e.Value {
			return false
		}
	}
	return true
}

// value is what a label's mask read, in the units of an example.
func (m Mask) value(c Code) int64 {
	switch m.Kind {
	case Price:
		return int64(c.Sum)
	case Pieces:
		return int64(c.Quantity) / 1000
	}
	return int64(c.Quantity)
}

// stranger is the first example that does not go with those before it.
func (g guesser) stranger() int {
	for n := 1; n < len(g.examples); n++ {
		part := g
		part.codes, part.examples = g.codes[:n+1], g.examples[:n+1]
		part.same = commonPrefix(part.codes)
		if len(part.masks()) == 0 {
			return n
		}
	}
	return 0
}

func commonPrefix(codes []string) int {
	n := len(codes[0])
	for _, code := range codes[1:] {
		at := 0
		for at < n && code[at] == codes[0][at] {
			at++
		}
		n = at
	}
	return n
}

// Conflict is a reason to think about a mask before it is saved.
type Conflict struct {
	Kind  ConflictKind `json:"kind"`
	Other string       `json:"other,omitempty"` // pattern of the mask it meets
	Wins  bool         `json:"wins,omitempty"`  // it would be taken before that one
}

// ConflictKind says what a mask meets.
type ConflictKind string

// Kinds of conflicts.
const (
	MeetsMask  ConflictKind = "mask"  // codes that another mask reads too
	MeetsGoods ConflictKind = "goods" // numbers that GS1 gives to goods
	MeetsSelf  ConflictKind = "same"  // this pattern is there already
)

// Conflicts lists what m meets among masks and real trade item numbers.
func (m Mask) Conflicts(masks []Mask) []Conflict {
	var list []Conflict
	for _, other := range masks {
		switch {
		case other.Pattern == m.Pattern:
			list = append(list, Conflict{Kind: MeetsSelf, Other: other.Pattern})
		case m.meets(other):
			list = append(list, Conflict{Kind: MeetsMask, Other: other.Pattern, Wins: m.prefix() > other.prefix()})
		}
	}
	if m.takesGoods() {
		list = append(list, Conflict{Kind: MeetsGoods})
	}
	return list
}

// meets reports whether there are codes that both masks match.
func (m Mask) meets(other Mask) bool {
	if len(m.Pattern) != len(other.Pattern) {
		return false
	}
	for i := range len(m.Pattern) {
		a, b := m.Pattern[i], other.Pattern[i]
		if a >= '0' && a <= '9' && b >= '0' && b <= '9' && a != b {
			return false
		}
	}
	return true
}

// takesGoods reports whether m matches numbers that GS1 gives to trade items:
// those as long as an EAN-13, EAN-8 or UPC-A that do not begin as numbers for
// use inside a company do (GS1 General Specifications, figure 1.4.2-1: 02, 04
// and 2 in EAN-13, 0 and 2 in EAN-8, 2 and 4 in UPC-A), nor as coupons do (98, 99).
func (m Mask) takesGoods() bool {
	prefix := m.Pattern[:m.prefix()]
	begins := func(list ...string) bool {
		return slices.ContainsFunc(list, func(own string) bool { return strings.HasPrefix(prefix, own) })
	}
	switch len(m.Pattern) {
	case 13:
		return !begins("02", "04", "2", "98", "99")
	case 12:
		return !begins("2", "4", "5")
	case 8:
		return !begins("0", "2")
	case 14:
		return true
	}
	return false
}
