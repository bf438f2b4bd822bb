package bridge

import (
	"tillsight/shared/barcode"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
)

// TillReadCode asks how a code is read.
const TillReadCode Method[Scan, CodeRead] = "till.read-code"

// CodeRead is how a code is read, and what it stands for here.
type CodeRead struct {
	Reading barcode.Examined `json:"reading"`

	Product *Product       `json:"product,omitempty"`
	Factor  quantity.Milli `json:"factor,omitempty"` // units that one scan counts, 0: one
	Card    string         `json:"card,omitempty"`   // a loyalty card
	Holder  string         `json:"holder,omitempty"`
	Coupon  string         `json:"coupon,omitempty"`
	Fault   *errcode.Error `json:"fault,omitempty"` // why it stands for nothing
}
