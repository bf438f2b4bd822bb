package money

import (
	"fmt"
	"strconv"
	"strings"

	"tillsight/shared/errcode"
)

// Parse reads a sum as people type it: "12,5", "1 234,56", "1,234.56". It takes
// no more decimals than the currency has and nothing negative.
func Parse(text string, c Currency) (Amount, error) {
	n, err := Decimal(text, c.Exponent)
	if err != nil {
		return 0, errcode.New(errcode.BadAmount, "money.Parse", err)
	}
	return Amount(n), nil
}

// Format writes the sum in the plain form of logs and files, "-1234.50". Words
// and separators for people are made by app/i18n.
func (a Amount) Format(c Currency) string { return FormatDecimal(int64(a), c.Exponent) }

// Decimal reads a number that is not negative as an integer of 10^-exponent.
// The last comma or full stop separates decimals; blanks and the other of the
// two may group digits before it by three. It is exact or an error: "12,500" is
// no sum in roubles, because nobody knows whether it is twelve or twelve thousand.
func Decimal(text string, exponent int) (int64, error) {
	fail := func() (int64, error) { return 0, fmt.Errorf("not a number with %d decimals: %q", exponent, text) }
	plain := strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ").Replace(strings.TrimSpace(text))
	whole, fraction := plain, ""
	if i := strings.LastIndexAny(plain, ".,"); i >= 0 {
		whole, fraction = plain[:i], plain[i+1:]
		if strings.IndexByte(whole, plain[i]) >= 0 {
			return fail()
		}
		if whole == "" && fraction == "" {
			return fail()
		}
	}
	whole, ok := ungroup(whole)
	if !ok || len(fraction) > exponent || whole == "" && fraction == "" && !strings.ContainsAny(plain, "0") {
		return fail()
	}
	digits := whole + fraction + strings.Repeat("0", exponent-len(fraction))
	if digits == "" {
		digits = "0"
	}
	if strings.Trim(digits, "0123456789") != "" {
		return fail()
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return fail()
	}
	return n, nil
}

// ungroup removes the separators between groups of three digits.
func ungroup(whole string) (string, bool) {
	groups := strings.FieldsFunc(whole, func(r rune) bool { return r == ' ' || r == '.' || r == ',' || r == '\'' })
	joined := strings.Join(groups, "")
	if len(joined) == len(whole) {
		return joined, true
	}
	if len(joined)+len(groups)-1 != len(whole) {
		return "", false
	}
	for i, group := range groups {
		if len(group) > 3 || i > 0 && len(group) != 3 {
			return "", false
		}
	}
	return joined, true
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
