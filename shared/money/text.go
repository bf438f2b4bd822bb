package money

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tillsight/shared/errcode"
)

// Parse reads a sum as people type it: "12,5", "1 234,56", "1,234.56 ₽". It takes
// no more decimals than the currency has and nothing negative.
func Parse(text string, c Currency) (Amount, error) {
	n, err := Decimal(unsigned(text, c), c.Exponent)
	return Amount(n), err
}

// ParseSigned is Parse for sums that may be less than nothing.
func ParseSigned(text string, c Currency) (Amount, error) {
	n, err := Signed(unsigned(text, c), c.Exponent)
	return Amount(n), err
}

// unsigned takes off the sign of the currency, before or behind the sum.
func unsigned(text string, c Currency) string {
	for _, sign := range append([]string{c.Code}, signs[c.Code]...) {
		for _, plain := range []string{strings.TrimSuffix(trim(text), sign), strings.TrimPrefix(trim(text), sign)} {
			if plain != trim(text) && sign != "" {
				return plain
			}
		}
	}
	return text
}

var signs = map[string][]string{
	"RUB": {"₽", "руб.", "руб", "р."}, "KZT": {"₸"}, "USD": {"$"}, "EUR": {"€"}, "GBP": {"£"}, "JPY": {"¥", "￥"}, "CNY": {"¥"}, "UAH": {"₴"}, "TRY": {"₺"},
}

// Format writes the sum in the plain form of logs and files, "-1234.50". Words
// and separators for people are made by app/i18n.
func (a Amount) Format(c Currency) string { return FormatDecimal(int64(a), c.Exponent) }

// DecimalMax bounds what is read from people and files, in units of its last decimal.
const DecimalMax = 1_000_000_000_000_000

// Decimal reads a number that is not negative as an integer of 10^-exponent, by
// people and from files. Blanks of any width, apostrophes, commas and full stops
// may group digits by three; a comma or full stop separates decimals.
//
// It is exact or an error, and what can be read in two ways is one: "12,500" is
// no sum in roubles, because nobody knows whether it is twelve or twelve
// thousand. With three decimals only the full stop says that they are some.
func Decimal(text string, exponent int) (int64, error) { return read(text, exponent, ",") }

// Measure is Decimal for what scales and measures write with three decimals: a
// group of three behind the comma is decimals too.
func Measure(text string) (int64, error) { return read(text, 3, "") }

// Signed is Decimal for numbers that may be negative.
func Signed(text string, exponent int) (int64, error) {
	for _, minus := range []string{"-", "−"} {
		if plain, negative := strings.CutPrefix(trim(text), minus); negative {
			n, err := Decimal(plain, exponent)
			return -n, err
		}
	}
	return Decimal(text, exponent)
}

// trim takes off blanks and marks without a width, which come with what was
// copied from a page.
func trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
}

// read reads a number. unclear are the marks that may be either a point or a
// separator of thousands when there is one, before three digits.
func read(text string, exponent int, unclear string) (int64, error) {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Zs, r):
			return ' '
		case r == '’':
			return '\''
		}
		return r
	}, trim(text))
	whole, fraction, fault := apart(plain)
	if fault != "" {
		return 0, refuse(fault, text, exponent)
	}
	if len(fraction) == 3 && groupable(whole) && (exponent < 3 || strings.Contains(unclear, plain[len(whole):len(whole)+1])) {
		return 0, twoWays(text, whole, fraction, exponent)
	}
	for len(fraction) > exponent && fraction[len(fraction)-1] == '0' {
		fraction = fraction[:len(fraction)-1]
	}
	if len(fraction) > exponent {
		return 0, refuse(errcode.NumberDecimals, text, exponent)
	}
	digits, ok := ungroup(whole)
	if !ok {
		return 0, refuse(errcode.NotNumber, text, exponent)
	}
	n, err := strconv.ParseInt("0"+digits+fraction+strings.Repeat("0", exponent-len(fraction)), 10, 64)
	if err != nil || n > DecimalMax {
		return 0, refuse(errcode.NumberLarge, text, exponent)
	}
	return n, nil
}

// apart finds the decimals of a number and says what keeps it from being one.
func apart(plain string) (whole, fraction string, fault errcode.Code) {
	switch {
	case plain == "":
		return "", "", errcode.NoNumber
	case strings.ContainsAny(plain[:1], "-") || strings.HasPrefix(plain, "−"):
		return "", "", errcode.NumberNegative
	case strings.Trim(plain, "0123456789.,' ") != "" || !strings.ContainsAny(plain, "0123456789"):
		return "", "", errcode.NotNumber
	}
	whole = plain
	last := strings.LastIndexAny(plain, ".,")
	if last < 0 {
		return whole, "", ""
	}
	mark, other := plain[last:last+1], strings.ContainsAny(plain[:last], ".,")
	if strings.Contains(plain[:last], mark) {
		return whole, "", "" // more than one of them can only group
	}
	whole, fraction = plain[:last], plain[last+1:]
	if strings.Trim(fraction, "0123456789") != "" || other && fraction == "" {
		return "", "", errcode.NotNumber
	}
	return whole, fraction, ""
}

// groupable reports whether digits may stand before a group of three.
func groupable(whole string) bool {
	return len(whole) >= 1 && len(whole) <= 3 && whole[0] != '0' && strings.Trim(whole, "0123456789") == ""
}

// ungroup removes the separators between groups of three digits, which are the
// same throughout.
func ungroup(whole string) (string, bool) {
	at := strings.IndexAny(whole, " .,'")
	if at < 0 {
		return whole, true
	}
	groups := strings.Split(whole, whole[at:at+1])
	for i, group := range groups {
		if strings.Trim(group, "0123456789") != "" || i == 0 && !groupable(group) || i > 0 && len(group) != 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// shownMax limits how much of a text is told back, in characters.
const shownMax = 40

func refuse(code errcode.Code, text string, exponent int) *errcode.Error {
	shown := trim(text)
	if utf8.RuneCountInString(shown) > shownMax {
		shown = string([]rune(shown)[:shownMax]) + "…"
	}
	return errcode.New(code, "money.Decimal", fmt.Errorf("no number with %d decimals: %q", exponent, shown)).
		With("value", shown).With("digits", strconv.Itoa(exponent))
}

// twoWays refuses what may be a number with decimals or a larger one.
func twoWays(text, whole, fraction string, exponent int) *errcode.Error {
	if exponent == 1 || exponent == 2 {
		return refuse(errcode.NumberDecimals, text, exponent)
	}
	parted := whole
	if plain := strings.TrimRight(fraction, "0"); plain != "" {
		parted += "." + fraction
	}
	return refuse(errcode.NumberUnclear, text, exponent).With("grouped", whole+fraction).With("parted", parted)
}

// FormatDecimal is the inverse of Decimal: "0.842", with exactly exponent decimals.
func FormatDecimal(n int64, exponent int) string {
	digits := strconv.FormatUint(abs(n), 10)
	if missing := exponent + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	if exponent > 0 {
		i := len(digits) - exponent
		digits = digits[:i] + "." + digits[i:]
	}
	if n < 0 {
		return "-" + digits
	}
	return digits
}
