package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tillsight/shared/sheet"
)

// plain takes off what spreadsheets and our own guard put around a text.
func plain(cell string) string {
	cell = strings.TrimSpace(cell)
	if inner, is := strings.CutPrefix(cell, `="`); is && strings.HasSuffix(inner, `"`) && len(inner) > 1 {
		return strings.TrimSpace(inner[:len(inner)-1]) // ="0012" keeps zeros
	}
	return sheet.Unguard(cell)
}

// check says what keeps a cell from being a value.
func check(cell string) string {
	switch {
	case strings.ContainsRune(cell, utf8.RuneError):
		return Damaged
	case strings.ContainsFunc(cell, unicode.IsControl):
		return Control
	case broken(cell):
		return Broken
	}
	return ""
}

// broken reports whether a cell is what a spreadsheet shows in place of a value:
// #REF!, #Н/Д, #ИМЯ?, or a column that was too narrow.
func broken(cell string) bool {
	word, is := strings.CutPrefix(cell, "#")
	if !is {
		return false
	}
	if strings.Trim(word, "#") == "" {
		return len(word) > 1
	}
	switch strings.ToUpper(word) {
	case "N/A", "Н/Д", "SPILL!", "CALC!", "REF!", "NAME?", "VALUE!", "DIV/0!", "NULL!", "NUM!", "ССЫЛКА!", "ИМЯ?", "ЗНАЧ!", "ДЕЛ/0!", "ПУСТО!", "ЧИСЛО!",
		"ПЕРЕНОС!", "BLOCKED!", "FIELD!", "BUSY!", "CONNECT!", "GETTING_DATA":
		return true
	}
	return false
}

// shownMax limits how much of a cell is told back, in characters.
const shownMax = 60

// Shown is a text as faults tell it: short, and without characters that nobody sees.
func Shown(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '·'
		}
		return r
	}, text)
	if utf8.RuneCountInString(text) > shownMax {
		text = string([]rune(text)[:shownMax]) + "…"
	}
	return text
}
