package barcode

import (
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
)

// Sample is a code with the reading that it is known to have. Masks that would
// read it otherwise are refused.
type Sample struct {
	Code     string         `json:"code"`
	Note     string         `json:"note,omitempty"` // where it comes from
	Kind     Kind           `json:"kind"`
	GTIN     string         `json:"gtin,omitempty"`
	Article  string         `json:"article,omitempty"`
	Quantity quantity.Milli `json:"qty,omitempty"`
	Sum      money.Amount   `json:"sum,omitempty"`
	Expires  string         `json:"expires,omitempty"`
	Batch    string         `json:"batch,omitempty"`
	Serial   string         `json:"serial,omitempty"`
	Mark     string         `json:"mark,omitempty"`  // of a markdown label
	Fault    errcode.Code   `json:"fault,omitempty"` // a code that has to be refused
}

// SampleOf is how code is read now.
func SampleOf(code string, masks []Mask) Sample {
	c, err := Parse(code, masks)
	return Sample{
		Code: code, Kind: c.Kind, GTIN: c.GTIN, Article: c.Article, Quantity: c.Quantity, Sum: c.Sum,
		Expires: c.Expires, Batch: c.Batch, Serial: c.Serial, Mark: c.Mark, Fault: errcode.Of(err),
	}
}

// Holds reports whether the code is still read as the sample says.
func (s Sample) Holds(masks []Mask) (now Sample, ok bool) {
	now = SampleOf(s.Code, masks)
	now.Note = s.Note
	return now, now == s
}
