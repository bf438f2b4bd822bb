package i18n

import "strings"

// Compact writes a large number short, for axes and small cells: 1.2M, 1,2 млн.
func (l Lang) Compact(n float64) string {
	text := formatCompact(l, n)
	if strings.HasPrefix(text, "-") {
		text = Minus + text[1:]
	}
	return text
}

// Decimal writes n × 10^-exponent with all its decimals: 8.42.
func (l Lang) Decimal(n int64, exponent int) string { return l.decimal(n, exponent, exponent) }

// Sign is the sign of a currency: ₽.
func (l Lang) Sign(currency string) string { return sign(currency) }
