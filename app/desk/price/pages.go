// Package price has the pages of prices: of the shelf, of price lists, and as the law bounds them.
package price

import "tillsight/app/desk/kit"

// Pages are the pages of the area.
func Pages() []kit.Page {
	return []kit.Page{
		{Path: "/manager/prices", Area: kit.InGoods, Name: deskPrices, Uses: kit.UsesNothing, Make: newPrices},
		{Path: "/manager/price-lists", Area: kit.InGoods, Name: deskLists, Uses: kit.UsesNothing, Make: newPriceLists},
	}
}
