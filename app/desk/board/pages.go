// Package board is the overview: dashboards of widgets that the person arranges.
package board

import (
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
)

// Pages are the pages of the area.
func Pages() []kit.Page {
	return []kit.Page{
		{Path: "/manager", Area: kit.InOverview, Name: i18n.DeskOverview, Uses: kit.UsesAll, Make: newBoard},
	}
}
