// Package barcode says what a scanned code means: a GTIN, a label of the store's
// own scales, a GS1 element string, a card, a short number typed by hand.
//
// It knows no products. A caller first looks for Key(code) among the catalogue's
// barcodes, because shops have internal codes that obey no rule, and calls
// Parse for what was not found. Parse reports every code it can't accept by an
// errcode and never guesses by searching inside the text.
package barcode

import (
	"fmt"
	"strings"
	"unicode"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
)

// Kind is what a code turned out to be.
type Kind string

// Kinds.
const (
	GTIN   Kind = "gtin"   // number of a trade item
	Weight Kind = "weight" // own label: article and weight
	Pieces Kind = "pieces" // own label: article and number of pieces
	Price  Kind = "price"  // own label: article and the sum to pay
	Card   Kind = "card"   // loyalty card
	// Markdown is an own label on goods that are reduced: the article with the
	// code of the reduction, or with the sum that is left to pay.
	Markdown Kind = "markdown"
	GS1      Kind = "gs1"     // element string of application identifiers
	PLU      Kind = "plu"     // up to six digits
	Tobacco  Kind = "tobacco" // mark of a pack of tobacco, without application identifiers
	Other    Kind = "other"   // anything else: known by the catalogue or not at all
)

// LengthMax is the longest code taken: GS1 DataMatrix with a crypto tail fits.
const LengthMax = 512

// writtenMax is the longest text that may be a code before it is mended: signs of
// a separator and letters of a Russian layout are longer than what they stand for.
const writtenMax = 4 * LengthMax

// Code is a code that was understood.
type Code struct {
	Raw      string         // as scanned: separators and case kept, symbology identifier and line end removed
	Kind     Kind           //
	GTIN     string         // 14 digits; for GTIN and GS1 with AI 01 or 02
	Article  string         // digits of the article in a label, the card's number, the PLU
	Quantity quantity.Milli // from the label or the AIs; 0: not told
	Sum      money.Amount   // to pay, from the label or AI 392n; 0: not told
	Mark     string         // code of the reduction on a markdown label
	Single   bool           // one package: scanning it again is another line
	Expires  string         // 2026-11-30, last good day; with AI 7003 its hour too, 2026-11-30T14:00
	Best     string         // 2026-11-30, best before or sell by
	Batch    string
	Serial   string
	Limit    money.Amount // highest price that the law allows, on a pack of tobacco; 0: not told
	Fields   []Field      // all application identifiers in order
	Mended   []Mend       // how Raw was put right
}

// Field is one application identifier of a GS1 element string with its value.
type Field struct {
	AI    string
	Value string
}

// CheckDigit returns the check digit ('0'…'9') of the digits that stand before
// it: weights 3, 1, 3… from the right, as in EAN-8, UPC-A, EAN-13, GTIN-14 and SSCC.
func CheckDigit(digits string) byte {
	sum, weight := 0, 3
	for i := len(digits) - 1; i >= 0; i-- {
		sum += weight * int(digits[i]-'0')
		weight = 4 - weight
	}
	return byte('0' + (10-sum%10)%10)
}

// Valid reports whether code is all digits and ends in its check digit.
func Valid(code string) bool {
	n := len(code)
	return n > 1 && isDigits(code) && CheckDigit(code[:n-1]) == code[n-1]
}

// Key returns the form under which the catalogue keeps a code: numbers as long
// as EAN-8, UPC-A, EAN-13 or GTIN-14 padded to 14 digits, whatever their last
// digit says; other codes as they are.
func Key(code string) string {
	code = Bare(code)
	if isDigits(code) {
		switch len(code) {
		case 8, 12, 13, 14:
			return pad(code)
		}
	}
	return code
}

// Normalise returns the GTIN-14 of an EAN-8, UPC-A, EAN-13 or GTIN-14 with a
// right check digit.
func Normalise(code string) (string, error) {
	if !isDigits(code) {
		return "", bad(errcode.BadBarcode, "barcode.Normalise", code)
	}
	switch len(code) {
	case 8, 12, 13, 14:
	default:
		return "", bad(errcode.BadBarcode, "barcode.Normalise", code)
	}
	if !Valid(code) {
		return "", bad(errcode.BadCheckDigit, "barcode.Normalise", code)
	}
	return pad(code), nil
}

// ExpandUPCE returns the UPC-A of an eight-digit UPC-E (number system 0 or 1).
// The check digit is that of the UPC-A; ok is false when it is wrong.
func ExpandUPCE(code string) (upca string, ok bool) {
	if len(code) != 8 || !isDigits(code) || code[0] > '1' {
		return "", false
	}
	d := code[1:7]
	var body string
	switch last := d[5]; {
	case last <= '2':
		body = d[:2] + d[5:] + "0000" + d[2:5]
	case last == '3':
		body = d[:3] + "00000" + d[3:5]
	case last == '4':
		body = d[:4] + "00000" + d[4:5]
	default:
		body = d[:5] + "0000" + d[5:]
	}
	upca = code[:1] + body + code[7:]
	return upca, Valid(upca)
}

// expandShort returns the UPC-A of a UPC-E that a scanner sends with seven digits:
// without its check digit, or else without its number system, which is 0.
func expandShort(code string) (upca string, ok bool) {
	if code[0] > '1' {
		return ExpandUPCE("0" + code)
	}
	upca, _ = ExpandUPCE(code + "0")
	body := upca[:len(upca)-1]
	return body + string(CheckDigit(body)), true
}

// Parse understands a code that the catalogue does not know as it is. masks
// describe the store's own labels and cards. Errors: BadBarcode, BadCheckDigit,
// BadQuantity (a label of nothing); Code.Raw is set even then.
func Parse(code string, masks []Mask) (Code, error) { return ParseIn(code, masks, money.RUB) }

// ParseIn is Parse where sums in codes are in another currency than the home
// market's.
func ParseIn(code string, masks []Mask, currency money.Currency) (Code, error) {
	raw, symbology := split(code)
	if len(raw) > writtenMax {
		return Code{Raw: raw}, bad(errcode.BadBarcode, "barcode.Parse", raw)
	}
	if joined, ok := fromBlanks(raw); ok {
		// A shop's own number may have dashes: only what is a number of goods or of
		// the store's own labels and cards without them was written in groups.
		if c, err := parseDigits(Code{Raw: joined, Mended: []Mend{MendBlanks}}, masks); err == nil && c.Kind != Other {
			return c, nil
		}
	}
	raw, mended := mend(raw, symbology)
	c := Code{Raw: raw, Mended: mended}
	if raw == "" || len(raw) > LengthMax {
		return c, bad(errcode.BadBarcode, "barcode.Parse", raw)
	}
	if at := unprintable(raw); at >= 0 {
		named := raw[:at] + fmt.Sprintf("<%02X>", raw[at]) + raw[at+1:] // nobody sees a control character
		return c, bad(errcode.BadBarcode, "barcode.Parse", raw).With("byte", fmt.Sprintf("%02X", raw[at])).With("code", named)
	}
	if symbology.isGS1() || looksGS1(raw) {
		return parseGS1(c, currency)
	}
	if isTobacco(raw) {
		return parseTobacco(c)
	}
	if !isDigits(raw) {
		c.Kind = Other
		return c, nil
	}
	return parseDigits(c, masks)
}

func parseDigits(c Code, masks []Mask) (Code, error) {
	if m, ok := match(c.Raw, masks); ok {
		return m.read(c)
	}
	switch len(c.Raw) {
	case 1, 2, 3, 4, 5, 6:
		c.Kind, c.Article = PLU, c.Raw
		return c, nil
	case 7:
		if upca, ok := expandShort(c.Raw); ok {
			c.Kind, c.GTIN = GTIN, pad(upca)
			return c, nil
		}
	case 8, 12, 13, 14:
		return parseGTIN(c)
	}
	c.Kind = Other
	return c, nil
}

func parseGTIN(c Code) (Code, error) {
	c.Kind = GTIN
	code := c.Raw
	if upca, ok := ExpandUPCE(code); ok && !Valid(code) {
		code = upca
	}
	gtin, err := Normalise(code)
	if err != nil {
		return c, err
	}
	c.GTIN = gtin
	return c, nil
}

// symbology is an AIM identifier, "]d2", without the bracket.
type symbology string

func (s symbology) isGS1() bool {
	return s == "d2" || s == "C1" || s == "Q3" || s == "e0" || s == "J1"
}

// split takes the AIM symbology identifier and what the scanner adds around the code off.
func split(code string) (string, symbology) {
	code = strings.TrimFunc(code, around)
	if len(code) >= 3 && code[0] == ']' {
		return strings.TrimFunc(code[3:], around), symbology(code[1:3])
	}
	return code, ""
}

// around reports what stands before and behind a code and is no part of it: blanks
// and the signs STX, ETX and EOT, in which a scanner may wrap it.
func around(r rune) bool { return unicode.IsSpace(r) || r >= 2 && r <= 4 }

// Bare returns a code without what the scanner adds around it: the symbology
// identifier, blanks, ends of lines. Whatever is compared with a scanned text is
// compared with this.
func Bare(code string) string {
	raw, _ := split(code)
	return raw
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// unprintable returns where the first byte is that is neither printable ASCII nor
// the group separator, -1 if there is none.
func unprintable(s string) int {
	return strings.IndexFunc(s, func(r rune) bool { return (r < ' ' || r > '~') && r != separator })
}

func pad(code string) string { return strings.Repeat("0", 14-len(code)) + code }

func bad(code errcode.Code, op, raw string) *errcode.Error {
	return errcode.New(code, op, fmt.Errorf("%q", raw)).With("code", raw)
}
