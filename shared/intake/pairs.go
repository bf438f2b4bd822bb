package intake

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tillsight/shared/errcode"
)

// Pair is a line of a name and what belongs to it: an article and its price.
type Pair struct {
	Line          int
	First, Second string
	Fault         string // what keeps the line from being one; First is then the line
}

// Unclear is a line that can be read in two ways.
const Unclear = "unclear"

// Pairs reads lines that people type or paste, and files: of a table with headings
// the two columns, of one without its first and its last, of a line without
// separators its first word and the rest.
func Pairs(data []byte, first, second Column, max int) ([]Pair, error) {
	text, err := Text(data)
	if err != nil {
		return nil, err
	}
	first.Needed, second.Needed = true, true
	columns := []Column{first, second}
	s, err := begin(text, columns)
	if err != nil {
		return nil, err
	}
	p := pairing{s: s, at: -1}
	if s.comma == '|' {
		s.comma = ';'
	}
	head := *s
	row := head.next()
	a := slices.IndexFunc(row.cells, func(cell string) bool { return find(columns, cell) == 0 })
	b := slices.IndexFunc(row.cells, func(cell string) bool { return find(columns, cell) == 1 })
	switch {
	case row.fault == "" && a >= 0 && b >= 0:
		p.of, p.at, p.width = a, b, filled(row.cells)
		p.headed = true
		*s = head
	case !strings.ContainsFunc(s.peek(), unicode.IsDigit):
		*s = head // headings in other words
	}
	var pairs []Pair
	for s.at < len(s.text) {
		if strings.TrimSpace(s.peek()) == "" && s.line < linesFor(max) {
			s.skip()
			continue
		}
		if len(pairs) == max || s.line >= linesFor(max) {
			return nil, errcode.New(errcode.FileRows, "intake.Pairs", errors.New("too many lines")).With("limit", strconv.Itoa(max))
		}
		pairs = append(pairs, p.next())
	}
	return pairs, nil
}

// filled is the number of cells up to the last that is not empty.
func filled(cells []string) int {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return len(cells)
}

// pairing is the state of one reading.
type pairing struct {
	s     *scanner
	of    int // place of the first
	at    int // of the second, -1 before it is known
	width int

	headed bool
}

func (p *pairing) next() Pair {
	line, text := p.s.line, strings.TrimSpace(p.s.peek())
	broken := func(fault string) Pair { return Pair{Line: line, First: Shown(text), Fault: fault} }
	if !strings.ContainsAny(text, ";\t") && (p.s.comma != ',' || p.at < 0) {
		p.s.skip()
		return loose(line, text)
	}
	r := p.row(text)
	if r.fault != "" {
		return broken(r.fault)
	}
	if p.at < 0 {
		p.width = filled(r.cells)
		p.at = p.width - 1
	}
	switch n := filled(r.cells); {
	case n > p.width:
		return broken(Wide)
	case len(r.cells) < p.width || p.at < 1 && p.of == 0:
		return broken(Short)
	}
	return whole(line, r.cells[p.of], r.cells[p.at], text)
}

// row reads a line by the file's separator; what is typed under no headings may
// have another in each line.
func (p *pairing) row(text string) scanned {
	comma := p.s.comma
	if !p.headed && strings.IndexByte(text, comma) < 0 || p.at < 0 && comma == ',' {
		p.s.comma = ';'
		if !strings.Contains(text, ";") {
			p.s.comma = '\t'
		}
	}
	r := p.s.next()
	if p.at >= 0 {
		p.s.comma = comma
	}
	return r
}

// loose takes a line without separators of cells apart.
func loose(line int, text string) Pair {
	i := strings.IndexFunc(text, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	if i < 0 {
		return Pair{Line: line, First: Shown(text), Fault: Short}
	}
	name, rest := text[:i], strings.TrimSpace(text[i:])
	if name == "" {
		return Pair{Line: line, First: Shown(text), Fault: Short}
	}
	plain, comma := strings.CutPrefix(rest, ",")
	grouped := strings.ContainsFunc(strings.TrimSpace(rest), unicode.IsSpace)
	if !comma && grouped && len(name) <= 3 && strings.Trim(name, "0123456789") == "" {
		return Pair{Line: line, First: Shown(text), Fault: Unclear} // 1 100 250: where does the number begin?
	}
	return whole(line, name, plain, text)
}

func whole(line int, first, second, text string) Pair {
	p := Pair{Line: line, First: plain(first), Second: plain(second)}
	if p.First == "" || p.Second == "" {
		return Pair{Line: line, First: Shown(text), Fault: Short}
	}
	for _, cell := range []string{p.First, p.Second} {
		if code := check(cell); code != "" {
			return Pair{Line: line, First: Shown(text), Fault: code}
		}
	}
	return p
}
