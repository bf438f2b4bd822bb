package chain

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
)

// Words are a text in both languages. A document may give one text for both.
type Words catalogue.Text

// UnmarshalJSON reads a text, or an object with one for each language.
func (w *Words) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*w = Words{RU: strings.TrimSpace(one)}
		return nil
	}
	var both struct{ RU, EN string }
	if err := strict(b, &both); err != nil {
		return fmt.Errorf("neither a text nor texts under ru and en: %w", err)
	}
	*w = Words{RU: strings.TrimSpace(both.RU), EN: strings.TrimSpace(both.EN)}
	if w.RU == "" {
		*w = Words{RU: w.EN}
	}
	return nil
}

// MarshalJSON writes one text when it is the same in both languages.
func (w Words) MarshalJSON() ([]byte, error) {
	if w.EN == "" {
		return json.Marshal(w.RU)
	}
	return json.Marshal(catalogue.Text(w))
}

// Percent is a share in basis points: "12.5" is 1250.
type Percent int64

// UnmarshalJSON reads a number or a text, with two decimals at most.
func (p *Percent) UnmarshalJSON(b []byte) error {
	n, err := decimal(b, 2)
	*p = Percent(n)
	return err
}

// MarshalJSON writes a text without zeros behind.
func (p Percent) MarshalJSON() ([]byte, error) { return json.Marshal(p.String()) }

// String is the percentage without zeros behind: "12.5".
func (p Percent) String() string { return text(int64(p), 2) }

// Set reads a percentage as a person writes it.
func (p *Percent) Set(written string) error {
	n, err := money.Decimal(written, 2)
	if err == nil {
		*p = Percent(n)
	}
	return err
}

// Degrees are millionths of a degree: "55.751244".
type Degrees int64

// UnmarshalJSON reads a number or a text, with six decimals at most.
func (d *Degrees) UnmarshalJSON(b []byte) error {
	n, err := decimal(b, 6)
	*d = Degrees(n)
	return err
}

// MarshalJSON writes a text without zeros behind.
func (d Degrees) MarshalJSON() ([]byte, error) { return json.Marshal(text(int64(d), 6)) }

// Number is a whole number.
type Number int

// UnmarshalJSON reads a number or a text.
func (n *Number) UnmarshalJSON(b []byte) error {
	got, err := decimal(b, 0)
	if err == nil && (got < math.MinInt32 || got > math.MaxInt32) {
		err = fmt.Errorf("%d is too large", got)
	}
	*n = Number(got)
	return err
}

// decimal reads a number as it is written, or a text with one.
func decimal(b []byte, exponent int) (int64, error) {
	var written string
	if json.Unmarshal(b, &written) != nil {
		written = string(b)
	}
	written = strings.TrimSpace(written)
	n, err := money.Decimal(strings.TrimPrefix(written, "-"), exponent)
	if err != nil {
		return 0, fmt.Errorf("%q: %w", written, err)
	}
	if strings.HasPrefix(written, "-") {
		n = -n
	}
	return n, nil
}

// text writes a number with exponent decimals, zeros behind left out.
func text(n int64, exponent int) string {
	digits := fmt.Sprintf("%0*d", exponent+1, max(n, -n))
	at := len(digits) - exponent
	whole, part := digits[:at], strings.TrimRight(digits[at:], "0")
	if part != "" {
		whole += "." + part
	}
	if n < 0 {
		whole = "-" + whole
	}
	return whole
}

// strict decodes an object that has no other members than into.
func strict(b []byte, into any) error {
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	return d.Decode(into)
}

// digits reports whether all of text are digits.
func digits(text string) bool {
	_, err := strconv.ParseUint(text, 10, 64)
	return err == nil
}
