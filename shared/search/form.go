package search

import (
	"strings"

	"github.com/kljensen/snowball/russian"
)

// root returns what the forms of a word have in common: for Russian the stem
// without the vowel that comes and goes ("огурец", "огурцы"), for English
// the word without the ending of the plural. A word with digits is its own.
func root(word string) string {
	switch {
	case strings.ContainsAny(word, "0123456789"):
		return word
	case word[0] < 0x80:
		return englishRoot(word)
	}
	stem := []rune(stem(word))
	// At least five letters: "сон" and "снег" are no forms of each other.
	if n := len(stem); n >= 5 && strings.ContainsRune("цкн", stem[n-1]) &&
		strings.ContainsRune("ео", stem[n-2]) && !strings.ContainsRune("аеиоуыэюяйьъ", stem[n-3]) {
		stem = append(stem[:n-2], stem[n-1])
	}
	return string(stem)
}

// stem returns a word without its ending.
func stem(word string) string {
	if word[0] < 0x80 {
		return englishRoot(word)
	}
	return russian.Stem(word, false)
}

func englishRoot(word string) string {
	switch n := len(word); {
	case n > 4 && strings.HasSuffix(word, "ies"):
		return word[:n-3] + "y"
	case n > 4 && strings.HasSuffix(word, "oes"):
		return word[:n-2]
	case n > 4 && (strings.HasSuffix(word, "ches") || strings.HasSuffix(word, "shes") || strings.HasSuffix(word, "xes")):
		return word[:n-2]
	case n > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss"):
		return word[:n-1]
	}
	return word
}

// sharedBeginning returns how all words with this root begin.
func sharedBeginning(root string) string {
	runes := []rune(root)
	return string(runes[:max(1, len(runes)-1)])
}
