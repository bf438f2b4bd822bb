// Package selling has the pages of how tills sell: quick keys, codes, and rules of sale.
package selling

import (
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
)

// Pages are the pages of the area.
func Pages() []kit.Page {
	return []kit.Page{
		{Path: "/manager/quick-keys", Area: kit.InGoods, Name: i18n.DeskKeys, Uses: kit.UsesNothing, Make: newKeys},
		{Path: "/manager/barcodes", Area: kit.InGoods, Name: i18n.DeskCodes, Uses: kit.UsesNothing, Make: newLab},
		{Path: "/manager/rules", Area: kit.InGoods, Name: i18n.DeskRules, Uses: kit.UsesNothing, Make: newRules},
	}
}
