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

// element is the form of one application identifier: GS1 General
// Specifications, section 3; gs1-syntax-dictionary.txt.
type element struct {
	digits bool
	length int  // exact for predefined and fixed ones, else the maximum
	exact  bool // always of this length
	fnc1   bool // ends by a separator unless it is the last
}

// elements by AI. "310" stands for 3100 … 3109: the fourth digit counts decimals.
var elements = map[string]element{
	"00": {true, 18, true, false}, "01": {true, 14, true, false}, "02": {true, 14, true, false},
	"10": {false, 20, false, true},
	"11": {true, 6, true, false}, "12": {true, 6, true, false}, "13": {true, 6, true, false},
	"15": {true, 6, true, false}, "16": {true, 6, true, false}, "17": {true, 6, true, false},
	"20": {true, 2, true, false},
	"21": {false, 20, false, true}, "22": {false, 20, false, true},
	"235": {false, 28, false, true}, "240": {false, 30, false, true}, "241": {false, 30, false, true},
	"242": {true, 6, false, true}, "243": {false, 20, false, true},
	"250": {false, 30, false, true}, "251": {false, 30, false, true},
	"253": {false, 30, false, true}, "254": {false, 20, false, true}, "255": {true, 25, false, true},
	"30": {true, 8, false, true}, "37": {true, 8, false, true},
	"310": {true, 6, true, false}, "311": {true, 6, true, false}, "312": {true, 6, true, false},
	"313": {true, 6, true, false}, "314": {true, 6, true, false}, "315": {true, 6, true, false},
	"316": {true, 6, true, false},
	"330": {true, 6, true, false}, "331": {true, 6, true, false}, "332": {true, 6, true, false},
	"333": {true, 6, true, false}, "334": {true, 6, true, false}, "335": {true, 6, true, false},
	"336": {true, 6, true, false},
	"390": {true, 15, false, true}, "391": {true, 18, false, true},
	"392": {true, 15, false, true}, "393": {true, 18, false, true},
	"395": {true, 6, true, true},
	"400": {false, 30, false, true}, "401": {false, 30, false, true}, "402": {true, 17, true, true},
	"403": {false, 30, false, true},
	"410": {true, 13, true, false}, "411": {true, 13, true, false}, "412": {true, 13, true, false},
	"413": {true, 13, true, false}, "414": {true, 13, true, false}, "415": {true, 13, true, false},
	"416": {true, 13, true, false}, "417": {true, 13, true, false},
	"420": {false, 20, false, true}, "421": {false, 12, false, true}, "422": {true, 3, true, true},
	"7003": {true, 10, true, true}, "7007": {true, 12, false, true},
	"8005": {true, 6, true, true}, "8006": {true, 18, true, true}, "8020": {false, 25, false, true},
	"90": {false, 30, false, true},
	"91": {false, 90, false, true}, "92": {false, 90, false, true}, "93": {false, 90, false, true},
	"94": {false, 90, false, true}, "95": {false, 90, false, true}, "96": {false, 90, false, true},
	"97": {false, 90, false, true}, "98": {false, 90, false, true}, "99": {false, 90, false, true},
}

// identifier returns the AI that text begins with and its form. Measures and
// prices (31nn to 39nn) have four digits of which three name the form.
func identifier(text string) (string, element, bool) {
	for n := 2; n <= 4 && n <= len(text); n++ {
		e, ok := elements[text[:n]]
		if !ok {
			continue
		}
		if n == 3 && text[0] == '3' {
			if len(text) < 4 || text[3] < '0' || text[3] > '9' {
				return "", e, false
			}
			n = 4
		}
		return text[:n], e, true
	}
	return "", element{}, false
}

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
// what looks like another identifier; only length and separators end it.
func parseGS1(c Code, currency money.Currency) (Code, error) {
	c.Kind = GS1
	text := strings.TrimPrefix(c.Raw, string(rune(separator)))
	for text != "" {
		ai, e, ok := identifier(text)
		if !ok {
			return c, bad(errcode.BadBarcode, "barcode.GS1", c.Raw)
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
	if len(c.Fields) == 0 {
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
