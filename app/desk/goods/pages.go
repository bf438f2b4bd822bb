// Package goods has the pages of goods: what sells, and the list of articles with all that is known of one.
package goods

import (
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
)

// Pages are the pages of the area.
func Pages() []kit.Page {
	return []kit.Page{
		{Path: "/manager/abc", Area: kit.InGoods, Name: i18n.TabABC, Uses: kit.UsesPeriod, Make: kit.Studied(newABC)},
		{Path: "/manager/bcg", Area: kit.InGoods, Name: i18n.TabBCG, Uses: kit.UsesAll, Make: kit.Studied(newBCG)},
		{Path: "/manager/goods", Area: kit.InGoods, Name: i18n.DeskGoods, Uses: kit.UsesNothing, Make: newGoods},
	}
}
