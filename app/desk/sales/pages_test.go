package sales

import (
	"testing"

	"tillsight/app/desk/kit/kittest"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/report"
)

func TestPages(t *testing.T) {
	kittest.Pages(t, Pages(), kittest.Answers{
		Reports: map[string]any{
			string(report.NameGrowth):  grown(),
			string(report.NameFinance): earned(),
			string(report.NameOrders):  ordered(),
		},
		Query: counted,
		Shows: map[string]string{"/manager/sales": "Dairy", "/manager/finance": "Milk week", "/manager/orders": "from 500\u00a0₽"},
	})
}

// counted answers a query with one row, whatever it is broken down by.
func counted(q cube.Query) cube.Result {
	r := kittest.Nothing(q)
	row := cube.Row{}
	for i := range q.Measures {
		r.Total.Values[i] = cube.Some(int64(1200_00 + i))
		row.Values = append(row.Values, r.Total.Values[i])
		if q.Compare != cube.NoCompare {
			row.Before, r.Total.Before = append(row.Before, cube.Some(1000_00)), append(r.Total.Before, cube.Some(1000_00))
		}
	}
	if q.Compare != cube.NoCompare {
		r.Before = &cube.Period{From: "2026-09-24", To: "2026-10-23"}
	}
	keys := map[cube.DimID]string{cube.Weekday: "6", cube.Hour: "17", cube.Store: "1", cube.Month: "2026-11", cube.Day: "2026-11-20"}
	for _, dim := range q.By {
		row.Keys = append(row.Keys, keys[dim])
		r.Names = append(r.Names, nil)
		if keys[dim] == "" {
			row.Keys[len(row.Keys)-1] = "dairy"
			r.Names[len(r.Names)-1] = map[string]catalogue.Text{"dairy": {RU: "Молочное", EN: "Dairy"}}
		}
	}
	r.Rows = []cube.Row{row}
	return r
}

func grown() report.Growth {
	r := report.Growth{From: "2026-10-24", To: "2026-11-22", Before: &cube.Period{From: "2026-09-24", To: "2026-10-23"},
		Now: report.GrowthSide{Revenue: 1200_00, Sales: 1210_00, Returns: 10_00, Receipts: 12}, Then: report.GrowthSide{Revenue: 1000_00, Sales: 1000_00, Receipts: 10},
		Returns: -10_00, Both: 40, New: 3, Gone: 2,
		Drivers: []report.Driver{{Key: "dairy", Name: catalogue.Text{RU: "Молочное", EN: "Dairy"}, Now: 700_00, Then: 400_00}}}
	r.Parts.Receipts, r.Parts.Price = 260_00, -50_00
	return r
}

// earned is a result with a loss of more discounts and higher rent.
func earned() report.Finance {
	return report.Finance{From: "2026-10-24", To: "2026-11-22", Whole: true,
		Now: report.Account{Gross: 1300_00, Discount: 90_00, Sales: 1210_00, Returns: 10_00, Revenue: 1200_00, Tax: 100_00, Net: 1100_00, Cost: 700_00, Margin: 400_00,
			Spent: 300_00, Result: 100_00, Receipts: 12},
		Then: &report.Account{Gross: 1040_00, Discount: 40_00, Sales: 1000_00, Revenue: 1000_00, Tax: 90_00, Net: 910_00, Cost: 600_00, Margin: 310_00,
			Spent: 200_00, Result: 110_00, Receipts: 10},
		Expenses: []report.Spent{{Kind: "rent", Now: 200_00, Then: 150_00}, {Kind: "ads", Now: 100_00, Then: 50_00}},
		Stores: []report.StoreSpent{{Key: "1", Name: catalogue.Text{RU: "Юг", EN: "South"}, Net: 600_00, Margin: 200_00, Spent: 250_00, Result: -50_00},
			{Key: "2", Name: catalogue.Text{RU: "Север", EN: "North"}, Net: 500_00, Margin: 200_00, Spent: 50_00, Result: 150_00}},
		Discounts: []report.DiscountBy{{Rule: "milk", Name: catalogue.Text{RU: "Молочная неделя", EN: "Milk week"}, Way: report.OffByRule, Amount: 80_00, Lines: 9},
			{Rule: "manual", Way: report.OffByHand, Amount: 10_00, Lines: 1}},
		ByHand: []report.HandOff{{Cashier: "e1", Name: catalogue.Text{RU: "Анна", EN: "Anna"}, Amount: 10_00, Lines: 1, Sales: 600_00}},
	}
}

func ordered() report.Orders {
	curve := make([]int64, 101)
	for i := range curve {
		curve[i] = int64(i) * 100
	}
	r := report.Orders{OrderGroup: report.OrderGroup{Receipts: 12, Sales: 1210_00, Margin: 400_00, Discount: 90_00}, Median: 90_00,
		Groups: []report.OrderGroup{{Below: 500_00, Receipts: 11, Sales: 610_00, Margin: 200_00}, {Least: 500_00, Receipts: 1, Sales: 600_00, Margin: 200_00}}}
	for _, item := range []cube.DimID{"", cube.Customer, cube.Product} {
		r.Spread = append(r.Spread, report.Concentrate{Item: item, Items: 40, Tenth: 3000, Half: 9, Gini: 4200, Curve: curve})
	}
	return r
}
