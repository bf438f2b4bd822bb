package people

import (
	"testing"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/kit/kittest"
	"tillsight/shared/audience"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/mining/cohort"
	"tillsight/shared/mining/cycle"
	"tillsight/shared/mining/rfm"
	"tillsight/shared/report"
	"tillsight/shared/wire/office"
)

func TestPages(t *testing.T) {
	kittest.Pages(t, Pages(), kittest.Answers{
		Server: map[string]any{office.GetSegments.Path: []audience.Listed{asleep()}},
		Reports: map[string]any{
			string(report.NameRFM):     scored(),
			string(report.NameCohorts): began(),
			string(report.NameBase):    active(),
			string(report.NameDue):     awaited(),
			string(report.NameLife):    stages(),
			string(report.NameProfit):  earned(),
			string(report.NameProfile): described(),
		},
		Desk: func(d *kit.Desk) { d.Tables["profile-trait"] = true },
		Shows: map[string]string{
			"/manager/rfm": ">21,809<", "/manager/cohorts": "2026-09", "/manager/base": "1,200.00", "/manager/due": "Anna Petrova", "/manager/life": "Sleeping",
			"/manager/profit": "Women", "/manager/profile": "Moscow", "/manager/segments": "Asleep with a large receipt",
		},
	})
}

// asleep is a segment of who has not come for long.
func asleep() audience.Listed {
	sixty, sum := int64(60), int64(2_000_00)
	return audience.Listed{
		Definition: audience.Definition{ID: "asleep", Name: catalogue.Text{RU: "Спящие с большим чеком", EN: "Asleep with a large receipt"}, Live: true, Version: 3, By: "anna",
			Where: audience.Condition{All: []audience.Condition{{Field: audience.Recency, Op: audience.Least, N: &sixty}, {Field: audience.Average, Op: audience.Least, N: &sum}}}},
		Size: 1240, Entered: 12, Left: 3, Sizes: []audience.Sized{{N: 1200}, {N: 1240}},
	}
}

// scored is a report of scores, compared, whose borders are no round numbers.
func scored() report.RFM {
	r := *twoSegments()
	r.Recency, r.Frequency, r.Money = []float64{13.8, 34.60000000000002, 72, 180}, []float64{1, 2, 4, 9}, []float64{25019.4, 94227, 944_100, 2_180_900}
	r.Before = &report.RFMBefore{To: "2026-10-23", Customers: 90, Segments: make([]int, len(rfm.Segments))}
	for range len(rfm.Segments) + 1 {
		r.Before.Moves = append(r.Before.Moves, make([]int, len(rfm.Segments)+1))
	}
	r.Before.Moves[0][len(rfm.Segments)-1] = 7
	return r
}

func began() report.Cohorts {
	return report.Cohorts{To: "2026-11-22", Grain: cube.Month, Rows: []report.Cohort{
		{Period: "2026-08", Since: true, Size: 90, Counts: []int{90, 80, 70, 60}, Revenue: []int64{9000, 8000, 7000, 6000}, Margin: []int64{900, 800, 700, 600}},
		{Period: "2026-09", Size: 40, Counts: []int{40, 20, 10}, Revenue: []int64{4000, 2000, 1000}, Margin: []int64{400, 200, 100}, Ads: 8_000},
		{Period: "2026-10", Size: 20, Counts: []int{20, 1}, Revenue: []int64{2000, 100}, Margin: []int64{200, 10}},
		{Period: "2026-11", Size: 5, Counts: []int{5}, Revenue: []int64{500}, Margin: []int64{50}},
	}}
}

func active() report.Base {
	return report.Base{To: "2026-11-22", Gap: 9, Low: 4, High: 21, Gaps: 100, Course: []int{3, 5, 8, 2}, Months: []report.BaseMonth{
		{Month: "2026-09", Since: true, Period: cohort.Period{Active: 12, New: 12}, Revenue: 900_00, NewRevenue: 900_00, Receipts: 20, Repeated: 4},
		{Month: "2026-10", Period: cohort.Period{Active: 16, Kept: 8, New: 5, Returned: 3, Lost: 4}, Revenue: 1200_00, NewRevenue: 300_00, Receipts: 33, Repeated: 6},
		{Month: "2026-11", Period: cohort.Period{Active: 2, Kept: 2, Lost: 14}, Revenue: 100_00, Receipts: 2},
	}}
}

func awaited() report.Due {
	return report.Due{From: "2025-11-23", To: "2026-11-22", Customers: 9, Few: 2, GapsMin: 3, Gaps: []int{1, 0, 3, 1},
		States: []report.DueState{{ID: cycle.Waiting, Customers: 4, Receipt: 100}, {ID: cycle.Now, Customers: 2, Receipt: 10_000}, {ID: cycle.Overdue, Customers: 1, Receipt: 5_000}, {ID: cycle.Gone}},
		Rows: []report.Person{
			{ID: "0190-one", Name: "Anna Petrova", Phone: "+7 900", Days: 13, Receipts: 3, Revenue: 100_00, Due: cycle.Now, Gap: 11, Long: 15, Gaps: 12, Shorter: 9},
			{ID: "0190-two", Days: 40, Receipts: 8, Revenue: 90_00, Due: cycle.Overdue, Gap: 20, Long: 30, Gaps: 4, Shorter: 4},
		}}
}

func stages() report.Life {
	r := report.Life{To: "2026-11-22", Window: 30, Customers: 100, Before: &report.LifeBefore{To: "2026-10-23", Customers: 80}}
	for i, id := range cycle.Stages {
		r.Stages = append(r.Stages, report.LifeStage{ID: id, Customers: 10 + i, Receipts: 20, Revenue: 500_00})
		r.Before.Stages = append(r.Before.Stages, 12)
	}
	for range len(cycle.Stages) + 1 {
		r.Before.Moves = append(r.Before.Moves, make([]int, len(cycle.Stages)))
	}
	r.Before.Moves[0][1] = 4
	return r
}

func earned() report.Profit {
	r := report.Profit{From: "2026-10-24", To: "2026-11-22", By: cube.Sex, Known: 8_000, Tenth: 4_200, Gini: 5_500, Losing: 2, Loss: -30_00,
		All:   report.ProfitPart{Customers: 70, Receipts: 140, Revenue: 9_000_00, Margin: 2_000_00, Each: 28_57, Half: 20_00},
		Parts: []report.ProfitPart{{Key: "f", Name: catalogue.Text{RU: "Женщины", EN: "Women"}, Customers: 40, Receipts: 90, Revenue: 6_000_00, Margin: 1_500_00, Each: 37_50, Half: -1}}}
	for i := range 101 {
		r.Curve = append(r.Curve, int64(i)*100)
	}
	return r
}

func described() report.Profile {
	r := report.Profile{From: "2026-10-24", To: "2026-11-22", Customers: 60, All: 60, Few: 10, KnownReceipts: 6_000, KnownRevenue: 7_000,
		Traits:  []report.ProfileTrait{{Dim: cube.City, Known: 9_000, Parts: []report.ProfilePart{{Key: "Moscow", Customers: 40, Revenue: 900_00, Index: 100}, {Key: "Tver", Small: true}}}},
		Pyramid: []report.PyramidRow{{Age: "25–34", Women: 20, Men: 15, Unsaid: -1}},
		Goods:   []report.ProfileGoods{{Key: "milk", Name: catalogue.Text{RU: "Молоко", EN: "Milk"}, Revenue: 300_00, Share: 3_300, Buyers: 40, Index: 120}},
		Habits:  report.ProfileHabits{Receipts: 100, Receipt: 450_00, Monthly: 2_150, Promo: 3_000}, AllHabits: report.ProfileHabits{Receipts: 400, Receipt: 400_00, Monthly: 2_000, Promo: 2_500},
	}
	r.Hours[4][18] = report.HourCell{Receipts: 12, Index: 110}
	return r
}
