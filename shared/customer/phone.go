package customer

import "strings"

// Phone returns the one spelling of a telephone number by which people are told
// apart: "+79261234567". Blanks, brackets and dashes do not matter; a number of ten
// digits, or of eleven behind the 8 of long distance, is Russian. What holds
// anything else, an extension or words, stays as it is typed but for its ends.
func Phone(typed string) string {
	typed = strings.TrimSpace(typed)
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r == '+':
			return r
		case strings.ContainsRune(" \u00a0\u2007\u2009\u202f\t()[]-\u2010\u2011\u2012\u2013\u2014\u2212./", r):
			return -1
		}
		return 'x'
	}, typed)
	bare := strings.TrimPrefix(digits, "+")
	if bare == "" || strings.Trim(bare, "0123456789") != "" {
		return typed
	}
	switch n := len(bare); {
	case bare != digits:
		return digits
	case n == 11 && (bare[0] == '7' || bare[0] == '8'):
		return "+7" + bare[1:]
	case n == 10 && bare[0] >= '3':
		return "+7" + bare
	}
	return bare
}
