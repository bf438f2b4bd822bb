package barcode

import (
	"fmt"
	"strings"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
)

// separator is FNC1 between elements as scanners send it.
const separator = 0x1D

// looksGS1 reports whether a code without symbology identifier is an element
// string: it holds a separator, or it is longer than any GTIN and begins with
// AI 01 and a right GTIN.
func looksGS1(raw string) bool {
	if strings.IndexByte(raw, separator) >= 0 {
		return true
	}
	return len(raw) > 16 && raw[:2] == "01" && Valid(raw[2:16])
}

// parseGS1 reads c.Raw from left to right by the table. A value may contain
// what looks like another identifier; only length and separators end it. What no
// table knows yet is kept without an identifier up to the next separator: it costs
// nobody the product that was told before.
func parseGS1(c Code, currency money.Currency) (Code, error) {
	c.Kind = GS1
	text, unknown := strings.TrimPrefix(c.Raw, string(rune(separator))), false
	for text != "" {
		ai, e, ok := identifier(text)
		if !ok {
			value, rest, _ := strings.Cut(text, string(rune(separator)))
			if len(value) < 3 || !isDigits(value[:2]) {
				return c, bad(errcode.BadBarcode, "barcode.GS1", c.Raw)
			}
			c.Fields = append(c.Fields, Field{Value: value})
			text, unknown = rest, true
			continue
		}
		value, rest, ok := e.cut(text[len(ai):])
		if !ok {
			return c, bad(errcode.BadBarcode, "barcode.GS1", c.Raw)
		}
		c.Fields = append(c.Fields, Field{AI: ai, Value: value})
		if err := c.mean(ai, value, currency); err != nil {
			return c, err
		}
		text = rest
	}
	if len(c.Fields) == 0 || unknown && c.GTIN == "" {
		return c, bad(errcode.BadBarcode, "barcode.GS1", c.Raw)
	}
	return c, nil
}

// cut takes the value of e off the front of text.
func (e element) cut(text string) (value, rest string, ok bool) {
	end := strings.IndexByte(text, separator)
	if end < 0 {
		end = len(text)
	}
	n := end
	if e.exact {
		n = e.length
		if n > end || e.fnc1 && n != end {
			return "", "", false
		}
	}
	if n == 0 || n > e.length || e.digits && !isDigits(text[:n]) {
		return "", "", false
	}
	rest = text[n:]
	if rest != "" && rest[0] == separator {
		rest = rest[1:]
	}
	return text[:n], rest, true
}

// mean takes from an element what a till wants to know.
func (c *Code) mean(ai, value string, currency money.Currency) error {
	switch {
	case ai == "01", ai == "02":
		if !Valid(value) {
			return bad(errcode.BadCheckDigit, "barcode.GS1", c.Raw)
		}
		c.GTIN = value
	case ai == "10":
		c.Batch = value
	case ai == "21":
		c.Serial, c.Single = value, true
	case ai == "15", ai == "16", ai == "17", ai == "7003":
		return c.date(ai, value)
	case ai == "30", ai == "37":
		c.Quantity = quantity.Milli(number(value)) * quantity.One
	case strings.HasPrefix(ai, "310"):
		q, ok := scale(number(value), 3-int(ai[3]-'0'))
		if !ok || q == 0 {
			return errcode.New(errcode.BadQuantity, "barcode.GS1", fmt.Errorf("%q", c.Raw)).With("code", c.Raw)
		}
		c.Quantity, c.Single = quantity.Milli(q), true
	case strings.HasPrefix(ai, "392"):
		sum, ok := scale(number(value), currency.Exponent-int(ai[3]-'0'))
		if !ok {
			return bad(errcode.BadBarcode, "barcode.GS1", c.Raw)
		}
		c.Sum, c.Single = money.Amount(sum), true
	}
	return nil
}

// date takes a date of the package: best before (15), sell by (16), use by (17),
// use by with the hour (7003). Best before says more than sell by, the hour more
// than the day, in whatever order they stand.
func (c *Code) date(ai, value string) error {
	day, ok := lastDay(value[:6])
	if hour := value[6:]; ok && hour != "" {
		_, err := time.Parse("1504", hour)
		day, ok = day+"T"+hour[:2]+":"+hour[2:], err == nil
	}
	switch {
	case !ok:
		return bad(errcode.BadBarcode, "barcode.GS1", c.Raw)
	case ai == "15", ai == "16" && c.Best == "":
		c.Best = day
	case ai == "7003", ai == "17" && c.Expires == "":
		c.Expires = day
	}
	return nil
}

// scale returns n×10^power; ok is false when digits other than zero would be
// lost or the result has more than 17 digits.
func scale(n int64, power int) (int64, bool) {
	for ; power > 0; power-- {
		if n > 1e16 {
			return 0, false
		}
		n *= 10
	}
	for ; power < 0; power++ {
		if n%10 != 0 {
			return 0, false
		}
		n /= 10
	}
	return n, true
}

// lastDay reads YYMMDD; day 00 is the last of the month. Two-digit years are of
// this century: a product that expired in the last one is not sold.
func lastDay(yymmdd string) (string, bool) {
	year, month, day := int(number(yymmdd[:2]))+2000, time.Month(number(yymmdd[2:4])), int(number(yymmdd[4:]))
	if month < 1 || month > 12 {
		return "", false
	}
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
	if day > last {
		return "", false
	}
	if day == 0 {
		day = last
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day), true
}
