// Package selling has the pages of how tills sell: quick keys, codes, and rules of sale.
package selling

import "tillsight/app/desk/kit"

// Pages are the pages of the area.
func Pages() []kit.Page {
	return []kit.Page{
		{Path: "/manager/quick-keys", Area: kit.InGoods, Name: deskKeys, Uses: kit.UsesNothing, Make: newKeys},
		{Path: "/manager/barcodes", Area: kit.InGoods, Name: deskCodes, Uses: kit.UsesNothing, Make: newLab},
		{Path: "/manager/rules", Area: kit.InGoods, Name: deskRules, Uses: kit.UsesNothing, Make: newRules},
	}
}
