package search

import "strings"

// The same keys in the two layouts of a Russian keyboard, row by row.
const (
	latinKeys = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
	cyrilKeys = "ёйцукенгшщзхъфывапролджэячсмитьбю"
)

var otherKey = func() map[rune]rune {
	keys := map[rune]rune{}
	cyril := []rune(cyrilKeys)
	for i, latin := range []rune(latinKeys) {
		keys[latin], keys[cyril[i]] = cyril[i], latin
	}
	// With Shift some signs are letters in the other layout.
	for i, latin := range []rune("~{}:\"<>") {
		keys[latin] = []rune("ёхъжэбю")[i]
	}
	return keys
}()

// OtherLayout returns what the keys of text type in the other layout: "vjkjrj"
// is "молоко".
func OtherLayout(text string) string {
	return strings.Map(func(r rune) rune {
		if other, ok := otherKey[r]; ok {
			return other
		}
		return r
	}, strings.ToLower(text))
}
