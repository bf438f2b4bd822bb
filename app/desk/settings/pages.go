// Package settings has the pages of administrators: registers and their enrolment.
package settings

import (
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
)

// Pages are the pages of the area.
func Pages() []kit.Page {
	return []kit.Page{
		{Path: "/admin", Area: kit.InSettings, Name: i18n.DeskTills, Uses: kit.UsesNothing, Admin: true, Make: newTills},
		{Path: "/admin/aside", Area: kit.InSettings, Name: i18n.DeskAside, Uses: kit.UsesNothing, Admin: true, Make: newAside},
	}
}
