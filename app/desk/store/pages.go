// Package store has the pages of stores: on the map, and who works there.
package store

import "tillsight/app/desk/kit"

// Pages are the pages of the area.
func Pages() []kit.Page {
	return []kit.Page{
		{Path: "/manager/map", Area: kit.InStores, Name: tabMap, Uses: kit.UsesAll, Make: kit.Studied(newAtlas)},
		{Path: "/manager/people", Area: kit.InStores, Name: tabPeople, Uses: kit.UsesPeriod, Make: kit.Studied(newEmployees)},
	}
}
