package segment

import (
	"tillsight/shared/catalogue"
	"tillsight/shared/pricing"
)

// Rule is what takes something off a price: a promotion, or a person by hand.
type Rule struct {
	ID     string // of the promotion, pricing.RuleManual or pricing.RuleReceipt
	Name   catalogue.Text
	Marked bool // only lines with a markdown label got it
}

// Manual reports whether a person gave the discount.
func (r Rule) Manual() bool { return r.ID == pricing.RuleManual || r.ID == pricing.RuleReceipt }

// RuleFile returns rules in file form.
func RuleFile(r Rows[Rule]) File {
	n := len(r.Rows)
	id, ru, en, marked := make([]string, n), make([]string, n), make([]string, n), make([]uint8, n)
	for i, row := range r.Rows {
		id[i], ru[i], en[i] = row.ID, row.Name.RU, row.Name.EN
		if row.Marked {
			marked[i] = 1
		}
	}
	return dimFile(TableRule, "", r.Keys, Column{"id", id}, Column{"ru", ru}, Column{"en", en}, Column{"marked", marked})
}
