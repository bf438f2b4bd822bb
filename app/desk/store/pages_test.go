package store

import (
	"testing"

	"tillsight/app/desk/kit/kittest"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/report"
)

func TestPages(t *testing.T) {
	kittest.Pages(t, Pages(), kittest.Answers{
		Reports: map[string]any{string(report.NameMap): mapped(), string(report.NameEmployees): worked()},
		Shows:   map[string]string{"/manager/map": "South", "/manager/people": "4,072,521.76"},
	})
}

func mapped() report.Map {
	value := func(now, then, receipts int64) report.MapValue {
		return report.MapValue{Now: cube.Some(now), Then: cube.Some(then), Receipts: receipts}
	}
	return report.Map{Total: value(1200_00, 1000_00, 120),
		Stores: []report.MapStore{{Key: "1", Name: catalogue.Text{RU: "Юг", EN: "South"}, Region: "RU-MOW", Lat: 55_700_000, Lon: 37_600_000, MapValue: value(700_00, 700_00, 70)},
			{Key: "2", Name: catalogue.Text{RU: "Север", EN: "North"}, MapValue: value(500_00, 300_00, 20)}},
		Regions: []report.MapRegion{{Key: "RU-MOW", Stores: 1, MapValue: value(700_00, 700_00, 70)}, {Key: "", Stores: 1, MapValue: value(500_00, 300_00, 20)}}}
}

func worked() report.Employees {
	target := report.Target{Done: 4_072_521_76, Plan: cube.Some(4_200_000_00), Expected: cube.Some(4_300_000_00), Low: 4_200_000_00, High: 4_400_000_00}
	return report.Employees{From: "2026-10-24", To: "2026-11-22", Month: "2026-11", Through: "2026-11-21", Left: 9, KnowsLost: true, Few: 30,
		Total: report.Employee{Receipts: 90, Revenue: 4_072_521_76, PerMinute: cube.Some(9000), Course: []int64{100_00, 200_00}, Target: target},
		Weeks: []string{"2026-11-08", "2026-11-15"},
		Rows: []report.Employee{
			{ID: "e1", Name: catalogue.Text{RU: "Анна", EN: "Anna"}, Store: "1", Receipts: 50, Revenue: 3_000_000_00, PerMinute: cube.Some(12000), Course: []int64{60_00, 90_00}, Target: target},
			{ID: "e2", Name: catalogue.Text{RU: "Олег", EN: "Oleg"}, Store: "1", Receipts: 40, Revenue: 1_072_521_76, PerMinute: cube.Some(5000), Course: []int64{40_00, 110_00}, Target: target},
			{ID: "e3", Small: true}},
		Tried: []report.Tried{{Month: "2026-10", Actual: 4_000_000_00, Expected: 4_100_000_00, Low: 3_900_000_00, High: 4_300_000_00}, {Month: "2026-09"}},
	}
}
