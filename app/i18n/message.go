package i18n

import (
	"fmt"
	"strings"
)

// Lang is a language of the screens.
type Lang string

// Languages.
const (
	EN Lang = "en"
	RU Lang = "ru"
)

// Langs lists all languages, in the order in which they are offered.
var Langs = []Lang{RU, EN}

// Choose returns the language for a stored preference and the browser's
// languages ("ru-RU"), the stored one first; English when none is ours.
func Choose(stored string, browser ...string) Lang {
	for _, wanted := range append([]string{stored}, browser...) {
		for _, lang := range Langs {
			if wanted == string(lang) || strings.HasPrefix(wanted, string(lang)+"-") {
				return lang
			}
		}
	}
	return EN
}

// Message is a text in all languages. Names in braces stand for values. Forms
// are parted by "|" where the text depends on the number n: English one|other,
// Russian one|few|many.
type Message struct {
	en, ru string
}

// Say declares a message. It does nothing else, so that the compiler lays
// messages out beforehand and a program carries only those that it uses.
func Say(en, ru string) *Message { return &Message{en: en, ru: ru} }

// T returns the text of m with values put in: pairs of name and value. An int
// named "n" chooses the plural form and is written with grouped digits.
func (l Lang) T(m *Message, pairs ...any) string {
	text := m.en
	if l == RU {
		text = m.ru
	}
	if strings.Contains(text, "|") {
		forms := strings.Split(text, "|")
		text = forms[min(l.form(number(pairs)), len(forms)-1)]
	}
	if len(pairs) == 0 {
		return text
	}
	replace := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		replace = append(replace, fmt.Sprintf("{%s}", pairs[i]), l.value(pairs[i+1]))
	}
	return strings.NewReplacer(replace...).Replace(text)
}

func (l Lang) value(v any) string {
	if n, ok := v.(int); ok {
		return l.Int(int64(n))
	}
	return fmt.Sprint(v)
}

func number(pairs []any) int {
	for i := 0; i+1 < len(pairs); i += 2 {
		if n, ok := pairs[i+1].(int); ok && pairs[i] == "n" {
			return n
		}
	}
	return 1
}

// form returns the index of the plural form for n by the CLDR rules for whole
// numbers.
func (l Lang) form(n int) int {
	if n < 0 {
		n = -n
	}
	if l != RU {
		if n == 1 {
			return 0
		}
		return 1
	}
	tens, ones := n%100, n%10
	switch {
	case ones == 1 && tens != 11:
		return 0
	case ones >= 2 && ones <= 4 && (tens < 12 || tens > 14):
		return 1
	}
	return 2
}
