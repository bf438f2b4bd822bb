package barcode

import (
	"strings"

	"tillsight/shared/errcode"
)

// Examined is how a code is read, step by step, for people who want to know why.
type Examined struct {
	Given     string `json:"given"`               // as it came, separators visible
	Shown     string `json:"shown"`               // as it is read, separators visible
	Symbology string `json:"symbology,omitempty"` // AIM identifier that came with it, "d2"
	Form      Form   `json:"form"`                // what kind of symbol it probably stands in

	Mended []Mend       `json:"mended,omitempty"`
	Sample Sample       `json:"sample"`
	Fault  errcode.Code `json:"fault,omitempty"`

	Check Check      `json:"check,omitzero"`
	Mask  *Mask      `json:"mask,omitempty"` // that matched
	Parts []MaskPart `json:"parts,omitempty"`

	Fields []Field  `json:"fields,omitempty"`
	Rest   string   `json:"rest,omitempty"`  // of an element string that is not understood
	Split  []string `json:"split,omitempty"` // codes that it is made of, when it is none itself
	Limit  int64    `json:"limit,omitempty"` // minor units, on tobacco
}

// Form is what a code looks like.
type Form string

// Forms.
const (
	FormEAN13   Form = "EAN-13"
	FormEAN8    Form = "EAN-8"
	FormUPCA    Form = "UPC-A"
	FormUPCE    Form = "UPC-E"
	FormGTIN14  Form = "ITF-14"
	FormGS1     Form = "GS1"
	FormTobacco Form = "tobacco"
	FormLabel   Form = "label" // the store's own
	FormNumber  Form = "number"
	FormText    Form = "text"
	FormNone    Form = ""
)

// Check is a check digit.
type Check struct {
	Have string `json:"have"` // as read
	Want string `json:"want"` // as it should be
}

// Right reports whether the digit is as it should be; that of a code without
// one is.
func (c Check) Right() bool { return c.Have == c.Want }

// MaskPart is a part of a label as its mask divides it.
type MaskPart struct {
	Letter string `json:"letter"` // as in Mask.Pattern, "" for the prefix
	Digits string `json:"digits"`
}

// Visible writes separators so that people see them.
func Visible(code string) string { return strings.ReplaceAll(code, "\x1d", "␝") }

// Examine reads a code and tells how.
func Examine(code string, masks []Mask) Examined {
	c, err := Parse(code, masks)
	raw, symbology := split(code)
	x := Examined{
		Given: Visible(raw), Shown: Visible(c.Raw), Symbology: string(symbology), Mended: c.Mended,
		Sample: SampleOf(code, masks), Fault: errcode.Of(err), Fields: c.Fields, Limit: int64(c.Limit),
	}
	x.Form = formOf(c)
	if m, ok := match(c.Raw, masks); ok && isDigits(c.Raw) {
		x.Mask, x.Parts, x.Form = &m, m.parts(c.Raw), FormLabel
	}
	x.Check = x.checkOf(c.Raw)
	if c.Kind == GS1 && err != nil {
		x.Rest = Visible(restOf(c))
	}
	if c.Kind == Other || err != nil {
		x.Split = Split(c.Raw)
	}
	return x
}

func formOf(c Code) Form {
	switch {
	case c.Raw == "":
		return FormNone
	case c.Kind == GS1:
		return FormGS1
	case c.Kind == Tobacco:
		return FormTobacco
	case !isDigits(c.Raw):
		return FormText
	}
	switch len(c.Raw) {
	case 8:
		if _, ok := ExpandUPCE(c.Raw); ok && !Valid(c.Raw) {
			return FormUPCE
		}
		return FormEAN8
	case 12:
		return FormUPCA
	case 13:
		return FormEAN13
	case 14:
		return FormGTIN14
	}
	return FormNumber
}

// checkOf compares the last digit of a number of a trade item, or of a label
// that has a check digit, with what it should be.
func (x Examined) checkOf(raw string) Check {
	switch {
	case x.Form == FormGS1 && len(x.Fields) > 0 && len(x.Fields[0].Value) == 14:
		raw = x.Fields[0].Value
	case x.Form == FormLabel && !strings.HasSuffix(x.Mask.Pattern, "C"):
		return Check{}
	case x.Form == FormUPCE:
		raw, _ = ExpandUPCE(raw)
	case x.Form == FormTobacco:
		raw = raw[:tobaccoSerial]
	case x.Form != FormEAN13 && x.Form != FormEAN8 && x.Form != FormUPCA && x.Form != FormGTIN14 && x.Form != FormLabel:
		return Check{}
	}
	if !isDigits(raw) || len(raw) < 2 {
		return Check{}
	}
	last := len(raw) - 1
	return Check{Have: raw[last:], Want: string(CheckDigit(raw[:last]))}
}

// restOf is what follows the fields that were understood.
func restOf(c Code) string {
	text := strings.TrimPrefix(c.Raw, "\x1d")
	for _, f := range c.Fields {
		text = strings.TrimPrefix(strings.TrimPrefix(text, f.AI+f.Value), "\x1d")
	}
	return text
}

// parts divides a code as the mask does.
func (m Mask) parts(code string) []MaskPart {
	var parts []MaskPart
	for i := range len(m.Pattern) {
		letter := m.Pattern[i : i+1]
		if letter[0] >= '0' && letter[0] <= '9' {
			letter = ""
		}
		if n := len(parts); n > 0 && parts[n-1].Letter == letter {
			parts[n-1].Digits += code[i : i+1]
			continue
		}
		parts = append(parts, MaskPart{Letter: letter, Digits: code[i : i+1]})
	}
	return parts
}
