// Package marketing has the pages of promotions: rules, and what one would change.
package marketing

import "tillsight/app/desk/kit"

// Pages are the pages of the area.
func Pages() []kit.Page {
	return []kit.Page{
		{Path: "/manager/promotions", Area: kit.InMarketing, Name: deskPromotions, Uses: kit.UsesNothing, Make: newPromotions},
	}
}
