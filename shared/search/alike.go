package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Letters that look the same in Latin and Cyrillic, small or as capitals.
const (
	latinAlike = "abcehkmoptxy"
	cyrilAlike = "авсенкмортху"
)

var toCyril, toLatin = func() (cyril, latin map[rune]rune) {
	cyril, latin = map[rune]rune{}, map[rune]rune{}
	to := []rune(cyrilAlike)
	for i, r := range latinAlike {
		cyril[r], latin[to[i]] = to[i], r
	}
	return cyril, latin
}()

// OtherScript returns the other ways in which letters that look like those of text
// can be written: all in Cyrillic, all in Latin. Small and capital letters stay.
func OtherScript(text string) (ways []string) {
	for _, letters := range []map[rune]rune{toCyril, toLatin} {
		way := strings.Map(func(r rune) rune {
			switch other, ok := letters[unicode.ToLower(r)]; {
			case !ok:
				return r
			case unicode.IsUpper(r):
				return unicode.ToUpper(other)
			default:
				return other
			}
		}, text)
		if way != text && oneScript(way) {
			ways = append(ways, way)
		}
	}
	return ways
}

// oneScript reports whether text does not mix letters of the two.
func oneScript(text string) bool {
	latin := strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
	return !latin || !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}

// unitMax is how many letters a unit of measure has.
const unitMax = 3

// Measure parts a word into a number and a unit behind it: "5л", "0.5l".
func Measure(word string) (number, unit string, ok bool) {
	at := strings.IndexFunc(word, unicode.IsLetter)
	if at <= 0 {
		return "", "", false
	}
	return word[:at], word[at:], IsMeasure(word[:at], word[at:])
}

// IsMeasure reports whether two words may be a number and its unit.
func IsMeasure(number, unit string) bool {
	return number != "" && unit != "" && utf8.RuneCountInString(unit) <= unitMax &&
		strings.Trim(number, "0123456789.") == "" && !strings.ContainsFunc(unit, func(r rune) bool { return !unicode.IsLetter(r) })
}
