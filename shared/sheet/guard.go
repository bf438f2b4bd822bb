package sheet

import "strings"

// Guard keeps a spreadsheet from running a text as a formula, in every file of
// cells that we write. Numbers are not texts and are written as they are.
func Guard(text string) string {
	if dangerous(text) {
		return "'" + text
	}
	return text
}

// Unguard is the inverse of Guard.
func Unguard(text string) string {
	if plain, guarded := strings.CutPrefix(text, "'"); guarded && dangerous(plain) {
		return plain
	}
	return text
}

// dangerous reports whether a text begins as a formula does, or as one that is
// guarded.
func dangerous(text string) bool {
	text = strings.TrimLeft(text, "' ")
	return text != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(text)[0])
}
