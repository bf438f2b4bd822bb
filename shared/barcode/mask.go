package barcode

import (
	"fmt"
	"strings"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
)

// Mask describes the store's own labels, letter by digit: a digit stands for
// itself (the prefix), N is the article, Q the grams or pieces, M the sum in
// minor units, P the code of a reduction, V a digit that is not looked at, C the
// EAN check digit.
//
// "21NNNNNQQQQQC" with kind weight: prefix 21, five digits of article, five of grams.
type Mask struct {
	Pattern string `json:"pattern"`
	Kind    Kind   `json:"kind"` // Weight, Pieces, Price, Card or Markdown
}

// MarkSum is the code of a markdown label that says the sum itself.
const MarkSum = "sum"

// Validate checks that the letters fit the kind.
func (m Mask) Validate() error {
	const op = "barcode.Mask"
	if len(m.Pattern) > 30 || strings.Trim(m.Pattern, "0123456789NQMPVC") != "" {
		return errcode.New(errcode.Invalid, op, fmt.Errorf("pattern %q", m.Pattern))
	}
	for _, letter := range "NQMP" {
		first, last := strings.IndexRune(m.Pattern, letter), strings.LastIndex(m.Pattern, string(letter))
		if first >= 0 && strings.Trim(m.Pattern[first:last+1], string(letter)) != "" || last-first >= 12 {
			return errcode.New(errcode.Invalid, op, fmt.Errorf("%c of %q is torn apart or too long", letter, m.Pattern))
		}
	}
	has := func(letter string) bool { return strings.Contains(m.Pattern, letter) }
	if i := strings.IndexByte(m.Pattern, 'C'); i >= 0 && i != len(m.Pattern)-1 {
		return errcode.New(errcode.Invalid, op, fmt.Errorf("check digit inside %q", m.Pattern))
	}
	fits := has("N") && m.prefix() > 0
	if m.Kind != Markdown {
		fits = fits && !has("P")
	}
	switch m.Kind {
	case Weight, Pieces:
		fits = fits && has("Q") && !has("M")
	case Price:
		fits = fits && has("M") && !has("Q")
	case Card:
		fits = fits && !has("M") && !has("Q")
	case Markdown:
		fits = fits && has("M") != has("P")
	default:
		fits = false
	}
	if !fits {
		return errcode.New(errcode.Invalid, op, fmt.Errorf("pattern %q of kind %q", m.Pattern, m.Kind))
	}
	return nil
}

// prefix returns the number of digits the pattern begins with.
func (m Mask) prefix() int {
	return len(m.Pattern) - len(strings.TrimLeft(m.Pattern, "0123456789"))
}

func (m Mask) matches(code string) bool {
	if len(code) != len(m.Pattern) {
		return false
	}
	for i := 0; i < len(code); i++ {
		if p := m.Pattern[i]; p >= '0' && p <= '9' && p != code[i] {
			return false
		}
	}
	return true
}

// match returns the mask of code with the longest prefix; the earlier of equals.
func match(code string, masks []Mask) (Mask, bool) {
	var best Mask
	for _, m := range masks {
		if m.prefix() > best.prefix() && m.matches(code) {
			best = m
		}
	}
	return best, best.Pattern != ""
}

// letters returns the digits of code under letter.
func (m Mask) letters(code string, letter byte) string {
	first := strings.IndexByte(m.Pattern, letter)
	if first < 0 {
		return ""
	}
	return code[first : strings.LastIndexByte(m.Pattern, letter)+1]
}

func (m Mask) read(c Code) (Code, error) {
	c.Kind = m.Kind
	c.Article = m.letters(c.Raw, 'N')
	if m.Kind == Card {
		c.Article = c.Raw
	}
	if strings.HasSuffix(m.Pattern, "C") && !Valid(c.Raw) {
		return c, bad(errcode.BadCheckDigit, "barcode.Parse", c.Raw)
	}
	switch m.Kind {
	case Weight:
		c.Quantity = quantity.Milli(number(m.letters(c.Raw, 'Q')))
	case Pieces:
		c.Quantity = quantity.Milli(number(m.letters(c.Raw, 'Q'))) * quantity.One
	case Price:
		c.Sum = money.Amount(number(m.letters(c.Raw, 'M')))
	case Markdown:
		c.Mark = m.letters(c.Raw, 'P')
		c.Sum = money.Amount(number(m.letters(c.Raw, 'M')))
		c.Quantity = quantity.Milli(number(m.letters(c.Raw, 'Q')))
		if c.Mark == "" {
			c.Mark = MarkSum
		}
	}
	c.Single = m.Kind != Card
	empty := c.Quantity == 0 && c.Sum == 0
	if m.Kind == Markdown {
		empty = strings.Contains(m.Pattern, "M") && c.Sum == 0 || strings.Contains(m.Pattern, "Q") && c.Quantity == 0
	}
	if c.Single && empty {
		return c, errcode.New(errcode.BadQuantity, "barcode.Parse", fmt.Errorf("%q", c.Raw)).With("code", c.Raw)
	}
	return c, nil
}

// number reads at most 15 digits.
func number(digits string) int64 {
	var n int64
	for i := 0; i < len(digits); i++ {
		n = n*10 + int64(digits[i]-'0')
	}
	return n
}
