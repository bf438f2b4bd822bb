package i18n

import (
	"strings"
	"time"

	"tillsight/shared/money"
	"tillsight/shared/quantity"
)

// Minus is the sign of negative figures.
const Minus = "−"

// nbsp joins a figure and its unit.
const nbsp = "\u00a0"

// Int writes a whole number with grouped digits.
func (l Lang) Int(n int64) string { return l.decimal(n, 0, 0) }

// Money writes a sum without its currency, for columns that name it once.
func (l Lang) Money(a money.Amount, c money.Currency) string {
	return l.decimal(int64(a), c.Exponent, c.Exponent)
}

// Sum writes a sum with its currency.
func (l Lang) Sum(a money.Amount, c money.Currency) string {
	return l.Money(a, c) + nbsp + sign(c.Code)
}

func sign(currency string) string {
	switch currency {
	case "RUB":
		return "₽"
	case "EUR":
		return "€"
	case "USD":
		return "$"
	case "KZT":
		return "₸"
	case "BYN":
		return "Br"
	}
	return currency
}

// Quantity writes a quantity without its unit: whole pieces plainly, weights
// with three decimals.
func (l Lang) Quantity(q quantity.Milli, unit quantity.Unit) string {
	if unit.Whole() && q%quantity.One == 0 {
		return l.Int(int64(q / quantity.One))
	}
	return l.decimal(int64(q), 3, 3)
}

// Unit names a unit of sale, short.
func (l Lang) Unit(unit quantity.Unit) string {
	switch unit {
	case quantity.Kilogram:
		return l.T(UnitKilogram)
	case quantity.Litre:
		return l.T(UnitLitre)
	case quantity.Metre:
		return l.T(UnitMetre)
	}
	return l.T(UnitPiece)
}

// Percent writes basis points as a percentage: 1050 is 10.5 %.
func (l Lang) Percent(bp int64) string { return l.decimal(bp, 2, 0) + nbsp + "%" }

// Bytes writes a size in megabytes, or gigabytes when there are thousands.
func (l Lang) Bytes(n int64) string {
	const mega = 1 << 20
	unit, size := UnitMegabyte, int64(mega)
	if n >= 1000*mega {
		unit, size = UnitGigabyte, 1<<30
	}
	return l.decimal((n*10+size/2)/size, 1, 1) + nbsp + l.T(unit)
}

// Bare writes a sum for typing: ungrouped, with the language's decimal sign.
func (l Lang) Bare(a money.Amount, c money.Currency) string {
	text := money.FormatDecimal(int64(a), c.Exponent)
	if l == RU {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

// decimal writes n × 10^-exponent with at least fewest decimals.
func (l Lang) decimal(n int64, exponent, fewest int) string {
	text := formatNumber(l, money.FormatDecimal(n, exponent), fewest, exponent)
	if strings.HasPrefix(text, "-") {
		text = Minus + text[1:]
	}
	return text
}

// Style of a date.
type Style int

// Styles.
const (
	Clock    Style = iota // 14:32
	Day                   // 22.11.2026
	Moment                // 22.11.2026, 14:32
	ShortDay              // 22 Nov
)

// Time writes a moment (unix ms) in a store's time zone (IANA name; "" is the
// device's own).
func (l Lang) Time(ms int64, zone string, style Style) string {
	return formatTime(l, ms, zone, style)
}

// Date writes a date, or a date with the hour, of a wall clock (2026-11-23,
// 2026-11-23T08:00); any other text stays as it is.
func (l Lang) Date(text string) string {
	if at, err := time.Parse("2006-01-02T15:04", text); err == nil {
		return l.Time(at.UnixMilli(), "UTC", Moment)
	}
	if at, err := time.Parse(time.DateOnly, text); err == nil {
		return l.Time(at.UnixMilli(), "UTC", Day)
	}
	return text
}

// Symbol is the currency's sign.
func (l Lang) Symbol(c money.Currency) string { return sign(c.Code) }
