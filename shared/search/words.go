// Package search knows how what people type meets the names of goods: words in
// any order and any form, their beginnings, another keyboard layout, another
// script, one wrong key. It knows words, not products: see refdata.Finder.
package search

import (
	"strings"
	"unicode"
)

// Words splits a text into the words that a search knows: lower case, ё as е,
// a decimal comma as a point.
func Words(text string) []string {
	runes := []rune(strings.ToLower(text))
	var words []string
	var word []rune
	for i, r := range runes {
		switch {
		case r == 'ё':
			word = append(word, 'е')
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			word = append(word, r)
		case isPoint(runes, i):
			word = append(word, '.')
		case len(word) > 0:
			words = append(words, string(word))
			word = word[:0]
		}
	}
	if len(word) > 0 {
		words = append(words, string(word))
	}
	return words
}

// isPoint reports whether the sign at i stands between two digits.
func isPoint(runes []rune, i int) bool {
	return (runes[i] == ',' || runes[i] == '.') && i > 0 && i+1 < len(runes) &&
		unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1])
}

// Places returns where the words of text stand in it: the runes [from, to) of
// the word that Words returns at the same index.
func Places(text string) [][2]int {
	runes := []rune(strings.ToLower(text))
	var places [][2]int
	from := -1
	for i, r := range runes {
		switch inside := unicode.IsLetter(r) || unicode.IsDigit(r) || isPoint(runes, i); {
		case inside && from < 0:
			from = i
		case !inside && from >= 0:
			places = append(places, [2]int{from, i})
			from = -1
		}
	}
	if from >= 0 {
		places = append(places, [2]int{from, len(runes)})
	}
	return places
}
