// Package goods has the pages of goods: what sells, and the list of articles with all that is known of one.
package goods

import "tillsight/app/desk/kit"

// Pages are the pages of the area.
func Pages() []kit.Page {
	return []kit.Page{
		{Path: "/manager/abc", Area: kit.InGoods, Name: tabABC, Uses: kit.UsesPeriod, Make: kit.Studied(newABC)},
		{Path: "/manager/bcg", Area: kit.InGoods, Name: tabBCG, Uses: kit.UsesAll, Make: kit.Studied(newBCG)},
		{Path: "/manager/goods", Area: kit.InGoods, Name: deskGoods, Uses: kit.UsesNothing, Make: newGoods},
	}
}
