// Package people has the pages of customers: who they are, who buys again, who leaves, and segments of them.
package people

import (
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
)

// Pages are the pages of the area.
func Pages() []kit.Page {
	return []kit.Page{
		{Path: "/manager/rfm", Area: kit.InCustomers, Name: i18n.TabRFM, Uses: kit.UsesEnd | kit.UsesCompare, Make: kit.Studied(newScores)},
		{Path: "/manager/cohorts", Area: kit.InCustomers, Name: i18n.TabCohorts, Uses: kit.UsesEnd, Make: kit.Studied(newCohorts)},
		{Path: "/manager/base", Area: kit.InCustomers, Name: i18n.TabBase, Uses: kit.UsesEnd, Make: kit.Studied(newBase)},
		{Path: "/manager/due", Area: kit.InCustomers, Name: i18n.TabDue, Uses: kit.UsesEnd, Make: kit.Studied(newDue)},
		{Path: "/manager/life", Area: kit.InCustomers, Name: i18n.TabLife, Uses: kit.UsesEnd | kit.UsesCompare, Make: kit.Studied(newLife)},
		{Path: "/manager/profit", Area: kit.InCustomers, Name: i18n.TabProfit, Uses: kit.UsesAll, Make: kit.Studied(newProfit)},
		{Path: "/manager/profile", Area: kit.InCustomers, Name: i18n.TabProfile, Uses: kit.UsesPeriod, Make: kit.Studied(newProfile)},
		{Path: "/manager/segments", Area: kit.InCustomers, Name: i18n.TabSegments, Uses: kit.UsesNothing, Make: newSegments},
	}
}
