package barcode

import (
	"slices"
	"strings"
	"unicode"
)

// Mend is a way in which a code was put right before it was read. Only what can
// mean one thing is mended.
type Mend string

// Mends.
const (
	MendLayout    Mend = "layout"    // typed under a Russian keyboard layout
	MendSeparator Mend = "separator" // GS written as something else
	MendBrackets  Mend = "brackets"  // as people write it: (01)…
	MendLost      Mend = "lost"      // GS that the scanner left out, known from the lengths
	MendBlanks    Mend = "blanks"    // a number written in groups
)

// mend puts an element string right. A code that has real separators has them
// where they belong: whatever looks like another is a character of a value.
func mend(raw string, s symbology) (string, []Mend) {
	var done []Mend
	if fixed, ok := fromRussian(raw); ok {
		raw, done = fixed, append(done, MendLayout)
	}
	if fixed, ok := fromBrackets(raw); ok {
		raw, done = fixed, append(done, MendBrackets)
	}
	if fixed, ok := withSeparators(raw, s); ok {
		raw, done = fixed, append(done, MendSeparator)
	}
	if fixed, ok := withLost(raw); ok {
		raw, done = fixed, append(done, MendLost)
	}
	return raw, done
}

// The keys of a Russian layout (ЙЦУКЕН) in the order of those of a US one.
const (
	russianKeys = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,\"№;:?"
	usKeys      = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?@#$^&"
)

var toUS = func() map[rune]rune {
	us := []rune(usKeys)
	keys := map[rune]rune{}
	for i, r := range []rune(russianKeys) {
		keys[r] = us[i]
	}
	return keys
}()

// digitsMin is how many digits tell a code from a word.
const digitsMin = 4

// fromRussian undoes a Russian layout: Cyrillic letters among digits.
func fromRussian(code string) (string, bool) {
	digits, cyrillic := 0, false
	for _, r := range code {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r >= 'А' && r <= 'я' || r == 'ё' || r == 'Ё':
			cyrillic = true
		}
	}
	if !cyrillic || digits < digitsMin {
		return code, false
	}
	return strings.Map(func(r rune) rune {
		if us, ok := toUS[r]; ok {
			return us
		}
		return r
	}, code), true
}

// fromBrackets undoes the form in which element strings are printed for people. A
// serial number may hold brackets: only those around a known identifier begin an
// element. A separator before them says the same once more.
func fromBrackets(code string) (string, bool) {
	var parts []string
	from := 0
	for i := 0; i < len(code); i++ {
		n := bracketed(code[i:])
		switch {
		case n == 0 && i == 0:
			return code, false
		case n == 0:
			continue
		case i > 0:
			parts = append(parts, code[from:i])
		}
		from = i
		i += n - 1
	}
	if len(parts) == 0 && from == 0 && bracketed(code) == 0 {
		return code, false
	}
	parts = append(parts, code[from:])
	for i, part := range parts {
		ai, value, _ := strings.Cut(part[1:], ")")
		value = strings.Trim(value, " ")
		for _, sign := range separators {
			value = strings.TrimSuffix(value, sign)
		}
		parts[i] = ai + strings.Trim(value, " ")
	}
	fixed := strings.Join(parts, "\x1d") // behind a value of fixed length it does no harm
	return fixed, len(parts) == strings.Count(fixed, "\x1d")+1 && strict(fixed)
}

// bracketed returns how long the known identifier in brackets is that text begins
// with; 0: none.
func bracketed(text string) int {
	end := strings.IndexByte(text[:min(len(text), len("(1234)"))], ')')
	if end < len("(12") || text[0] != '(' || !isDigits(text[1:end]) {
		return 0
	}
	if ai, _, ok := identifier(text[1:end]); !ok || ai != text[1:end] {
		return 0
	}
	return end + 1
}

// separators are ways in which programs and scanners write the group separator.
var separators = []string{
	"\x1d", "␝", "<GS>", "{GS}", "[GS]", "<FNC1>", "{FNC1}", "[FNC1]",
	`\x1d`, `\x1D`, `\u001d`, `\u001D`, `\F`, "^]", "%1D", "~029", "{29}", "(GS)",
}

var written = func() *strings.Replacer {
	var pairs []string
	for _, sign := range separators {
		pairs = append(pairs, sign, "\x1d")
	}
	return strings.NewReplacer(pairs...)
}()

// part is an element of a tail: an identifier and a value of fixed length.
type part struct {
	ai     string
	length int
	number bool // digits only
}

// tails are what stands behind the serial number of a marked product.
var tails = [][]part{
	{{ai: "93", length: 4}},
	{{ai: "91", length: 4}, {ai: "92", length: 44}},
	{{ai: "91", length: 4}, {ai: "92", length: 88}},
	{{ai: "8005", length: 6, number: true}, {ai: "93", length: 4}},
}

// lengthOf is that of a tail with a separator of n letters before each part.
func lengthOf(tail []part, n int) (length int) {
	for _, p := range tail {
		length += n + len(p.ai) + p.length
	}
	return length
}

// cut parts code, which has the length of the tail, into its elements.
func cut(code string, tail []part, before string) (elements []string, ok bool) {
	for _, p := range tail {
		rest, found := strings.CutPrefix(code, before)
		n := len(p.ai) + p.length
		if !found || len(rest) < n || !strings.HasPrefix(rest, p.ai) || p.number && !isDigits(rest[len(p.ai):n]) {
			return nil, false
		}
		elements, code = append(elements, rest[:n]), rest[n:]
	}
	return elements, code == ""
}

// lettersGS returns where GS written as two letters begins, before what only a
// marked product's tail looks like.
func lettersGS(code string) (at int, ok bool) {
	for _, tail := range tails {
		if at = len(code) - lengthOf(tail, len("GS")); at < 0 {
			continue
		}
		if _, ok := cut(code[at:], tail, "GS"); ok {
			return at, true
		}
	}
	return 0, false
}

// outside are printable characters that no value of an element string may hold
// (GS1 General Specifications, figure 7.11-1): one that parts is a separator.
const outside = "|^~@#$`\\{}[]"

// withSeparators puts group separators where a code that is an element string
// without any has something else for them: the first reading without a fault.
func withSeparators(code string, s symbology) (string, bool) {
	if strings.LastIndexByte(code, separator) > 0 || !s.isGS1() && !beginsGS1(code) {
		return code, false
	}
	fixed := written.Replace(code)
	readings := []string{fixed}
	if at, ok := lettersGS(fixed); ok {
		readings = append(readings, fixed[:at]+strings.ReplaceAll(fixed[at:], "GS", "\x1d"))
	}
	if strings.LastIndexByte(fixed, separator) <= 0 {
		if at := strings.IndexFunc(fixed, divides); at > 0 && strings.TrimFunc(fixed, divides) == fixed {
			readings = append(readings, strings.ReplaceAll(fixed, fixed[at:at+1], "\x1d"))
		}
	}
	slices.Reverse(readings)
	readings = append(readings, oneWritten(code)...)
	for _, reading := range readings {
		if reading != code && strict(reading) {
			return reading, true
		}
	}
	return code, false
}

// divides reports whether a sign can only part elements: a control character, or
// one that no value may hold.
func divides(r rune) bool {
	return r != separator && (r < ' ' || r == 0x7f) || strings.ContainsRune(outside, r)
}

// oneWritten returns the only reading without a fault in which one of the written
// separators of a code is real and the others are characters of a serial number.
func oneWritten(code string) (found []string) {
	for at := range code {
		for _, sign := range separators {
			if rest, ok := strings.CutPrefix(code[at:], sign); ok && at > 0 && strict(code[:at]+"\x1d"+rest) {
				found = append(found, code[:at]+"\x1d"+rest)
			}
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found
}

// beginsGS1 reports whether a code begins as an element string of a product,
// perhaps behind a separator in some form.
func beginsGS1(code string) bool {
	code = strings.TrimLeft(written.Replace(code), "\x1d")
	return len(code) > 16 && (code[:2] == "01" || code[:2] == "02") && isDigits(code[2:16]) && Valid(code[2:16])
}

// Serial numbers of marked goods have these lengths; behind them stand keys of
// fixed length, of which the first needs a separator that some scanners drop.
var serialLengths = []int{6, 7, 8, 13, 20}

// withLost puts separators back into a marked product's code that has none, if
// its length leaves one way only.
func withLost(code string) (string, bool) {
	if !beginsGS1(code) || strings.IndexByte(code, separator) >= 0 || len(code) < 18 || code[:2] != "01" || code[16:18] != "21" {
		return code, false
	}
	rest := code[18:]
	if slices.Contains(serialLengths, len(rest)) {
		return code, false // a serial number and nothing behind it
	}
	var found []string
	for _, n := range serialLengths {
		if len(rest) <= n {
			continue
		}
		for _, tail := range tails {
			if elements, ok := cut(rest[n:], tail, ""); ok {
				found = append(found, code[:18]+rest[:n]+"\x1d"+strings.Join(elements, "\x1d"))
			}
		}
	}
	if len(found) != 1 || !strict(found[0]) {
		return code, false
	}
	return found[0], true
}

// digitsOfNumber is how many digits make a number that people write in groups.
const digitsOfNumber = 8

// fromBlanks joins a number that is written in groups.
func fromBlanks(code string) (string, bool) {
	joined := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || r == '\u2212' {
			return -1
		}
		return r
	}, code)
	return joined, joined != code && len(joined) >= digitsOfNumber && isDigits(joined)
}

// Split parts digits that are several codes written one behind the other, as two
// scanners leave them that are used at the very same moment: numbers of trade
// items with right check digits, in the only way there is. It returns nil when
// there is none. Whether the parts are goods is the caller's to find out.
func Split(code string) []string {
	const most = 4
	raw := Bare(code)
	if !isDigits(raw) || len(raw) <= 14 || len(raw) > most*14 {
		return nil
	}
	var ways [][]string
	var walk func(rest string, parts []string)
	walk = func(rest string, parts []string) {
		if rest == "" {
			ways = append(ways, slices.Clone(parts))
			return
		}
		for _, n := range []int{8, 12, 13, 14} {
			if len(parts) < most && len(rest) >= n && Valid(rest[:n]) {
				walk(rest[n:], append(parts, rest[:n]))
			}
		}
	}
	walk(raw, nil)
	if len(ways) != 1 {
		return nil
	}
	return ways[0]
}
