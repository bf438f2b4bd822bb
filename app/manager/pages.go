package main

import (
	"slices"

	"tillsight/app/desk/board"
	"tillsight/app/desk/data"
	"tillsight/app/desk/goods"
	"tillsight/app/desk/kit"
	"tillsight/app/desk/marketing"
	"tillsight/app/desk/people"
	"tillsight/app/desk/price"
	"tillsight/app/desk/sales"
	"tillsight/app/desk/selling"
	"tillsight/app/desk/settings"
	"tillsight/app/desk/store"
)

// pages are those of all areas. Within an area of the navigation they are offered
// in this order; the first one is where its sign leads.
func pages() []kit.Page {
	return slices.Concat(board.Pages(), sales.Pages(), people.Pages(), goods.Pages(), price.Pages(), selling.Pages(), store.Pages(), marketing.Pages(), data.Pages(), settings.Pages())
}
