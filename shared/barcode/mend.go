package barcode

import (
	"regexp"
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

var bracketed = regexp.MustCompile(`^(\(\d{2,4}\)[^()]+)+$`)

// fromBrackets undoes the form in which element strings are printed for people.
func fromBrackets(code string) (string, bool) {
	if !bracketed.MatchString(code) {
		return code, false
	}
	var b strings.Builder
	for i, part := range strings.Split(code, "(")[1:] {
		ai, value, _ := strings.Cut(part, ")")
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

// lettersGS is GS written as two letters, before what only a marked product's
// tail looks like.
var lettersGS = regexp.MustCompile(`GS(91.{4}GS92.{44}|91.{4}GS92.{88}|93.{4}|8005\d{6}GS93.{4})$`)

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
	if m := lettersGS.FindStringIndex(fixed); m != nil {
		fixed = fixed[:m[0]] + strings.ReplaceAll(fixed[m[0]:], "GS", "\x1d")
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
var (
	serialLengths = []int{6, 7, 8, 13, 20}
	tails         = []*regexp.Regexp{
		regexp.MustCompile(`^(93.{4})$`),
		regexp.MustCompile(`^(91.{4})(92.{44})$`),
		regexp.MustCompile(`^(91.{4})(92.{88})$`),
		regexp.MustCompile(`^(8005\d{6})(93.{4})$`),
	}
)

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
			if parts := tail.FindStringSubmatch(rest[n:]); parts != nil {
				found = append(found, code[:18]+rest[:n]+"\x1d"+strings.Join(parts[1:], "\x1d"))
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
