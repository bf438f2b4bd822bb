// Package sales has the pages of sales: why revenue changed, finance, and receipts.
package sales

import (
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
)

// Pages are the pages of the area.
func Pages() []kit.Page {
	return []kit.Page{
		{Path: "/manager/sales", Area: kit.InSales, Name: i18n.TabSales, Uses: kit.UsesAll, Make: kit.Studied(newSales)},
		{Path: "/manager/finance", Area: kit.InSales, Name: tabFinance, Uses: kit.UsesAll, Make: kit.Studied(newFinance)},
		{Path: "/manager/orders", Area: kit.InSales, Name: tabOrders, Uses: kit.UsesPeriod, Make: kit.Studied(newOrders)},
	}
}
