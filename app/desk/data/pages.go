// Package data has the pages of plans, exports to other programs, and a person's own measures.
package data

import "tillsight/app/desk/kit"

// Pages are the pages of the area.
func Pages() []kit.Page {
	return []kit.Page{
		{Path: "/manager/plans", Area: kit.InData, Name: tabPlans, Uses: kit.UsesNothing, Make: newPlans},
		{Path: "/manager/exports", Area: kit.InData, Name: tabExports, Uses: kit.UsesNothing, Make: newExports},
		{Path: "/manager/measures", Area: kit.InData, Name: tabMeasures, Uses: kit.UsesAll, Make: newMeasures},
	}
}
