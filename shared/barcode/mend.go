package barcode

import (
	"slices"
	"strings"
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
)

// mend puts a code right.
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

// fromBrackets undoes the form in which element strings are printed for people.
func fromBrackets(code string) (string, bool) {
	parts := strings.Split(code, "(")
	if len(parts) < 2 || parts[0] != "" {
		return code, false
	}
	var b strings.Builder
	for i, part := range parts[1:] {
		ai, value, closed := strings.Cut(part, ")")
		if !closed || len(ai) < 2 || len(ai) > 4 || !isDigits(ai) || value == "" || strings.Contains(value, ")") {
			return code, false
		}
		if i > 0 {
			b.WriteByte(separator) // behind a value of fixed length it does no harm
		}
		b.WriteString(ai + value)
	}
	return b.String(), true
}

// written are ways in which programs and scanners write the group separator.
var written = strings.NewReplacer(
	"␝", "\x1d", "<GS>", "\x1d", "{GS}", "\x1d", "[GS]", "\x1d", "<FNC1>", "\x1d", "{FNC1}", "\x1d", "[FNC1]", "\x1d",
	`\x1d`, "\x1d", `\x1D`, "\x1d", `\u001d`, "\x1d", `\u001D`, "\x1d", `\F`, "\x1d", "^]", "\x1d", "%1D", "\x1d",
	"~029", "\x1d", "{29}", "\x1d", "(GS)", "\x1d",
)

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
// has something else for them.
func withSeparators(code string, s symbology) (string, bool) {
	if !s.isGS1() && !beginsGS1(code) {
		return code, false
	}
	fixed := written.Replace(code)
	if at, ok := lettersGS(fixed); ok {
		fixed = fixed[:at] + strings.ReplaceAll(fixed[at:], "GS", "\x1d")
	}
	if strings.IndexByte(fixed, separator) < 0 {
		if at := strings.IndexAny(fixed, outside); at > 0 && strings.Trim(fixed, outside) == fixed {
			mark := fixed[at : at+1]
			if other := strings.ReplaceAll(fixed, mark, "\x1d"); !strings.ContainsAny(other, outside) {
				fixed = other
			}
		}
	}
	return fixed, fixed != code
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
	if len(found) != 1 {
		return code, false
	}
	return found[0], true
}

// Split parts digits that are several codes written one behind the other, as two
// scanners leave them that are used at the very same moment: numbers of trade
// items with right check digits, in the only way there is. It returns nil when
// there is none. Whether the parts are goods is the caller's to find out.
func Split(code string) []string {
	const most = 4
	raw := strip(code)
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
