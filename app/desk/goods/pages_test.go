package goods

import (
	"testing"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/kit/kittest"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/report"
	wire "tillsight/shared/wire/office"
)

func TestPages(t *testing.T) {
	kittest.Pages(t, Pages(), kittest.Answers{
		Server: map[string]any{wire.GetGoods.Path: catalogue.Goods{Total: 1,
			Rows:       []catalogue.GoodRow{{Product: catalogue.Product{SKU: "100", Name: catalogue.Text{RU: "Молоко", EN: "Milk"}, Category: "dairy"}, Price: &catalogue.Price{SKU: "100", Amount: 89_90}}},
			Categories: []catalogue.Category{{ID: "dairy", Name: catalogue.Text{RU: "Молочное", EN: "Dairy"}}}}},
		Reports: map[string]any{string(report.NameABC): sorted(), string(report.NameBCG): placed()},
		Desk:    func(d *kit.Desk) { d.Tables["bcg"] = true },
		Shows:   map[string]string{"/manager/goods": "1 article", "/manager/abc": "Milk", "/manager/bcg": "Dairy"},
	})
}

func sorted() report.ABC {
	curve := make([]int64, 101)
	for i := range curve {
		curve[i] = int64(i) * 100
	}
	return report.ABC{Items: 2, Revenue: 1200_00, Weeks: 12, Few: 8, Tenth: 4000, Gini: 3000, Curve: curve,
		Cells: [3][3]report.ABCCell{{{Items: 1, Revenue: 1000_00}}, {}, {{}, {}, {Items: 1, Revenue: 200_00}}},
		Rows: []report.ABCRow{{Key: "100", Name: catalogue.Text{RU: "Молоко", EN: "Milk"}, Revenue: 1000_00, Variation: 900},
			{Key: "200", Revenue: 200_00, Class: 2, Even: 2, Variation: -1}}}
}

func placed() report.BCG {
	r := report.BCG{Now: 1200_00, Then: 1000_00, Share: 200_000, Growth: 500, Few: 30, Season: true,
		Rows: []report.BCGRow{{Key: "dairy", Name: catalogue.Text{RU: "Молочное", EN: "Dairy"}, Quadrant: report.Star, Now: 900_00, Then: 700_00, Share: 750_000,
			Growth: cube.Some(2857), Receipts: 90},
			{Key: "bread", Quadrant: report.Fresh, Now: 300_00, Share: 250_000, Receipts: 3, Small: true}}}
	for _, q := range report.Quadrants {
		r.Lists = append(r.Lists, report.QuadrantList{Quadrant: q, Items: 1, Now: 200_00, Then: 100_00})
	}
	return r
}
