package people

import (
	"testing"

	"tillsight/app/chart"
	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/mining/cycle"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
	wire "tillsight/shared/wire/office"
)

func TestTypedBorders(t *testing.T) {
	draft := typedBorders(&report.RFM{Recency: []float64{13.8, 33, 72, 180}, Frequency: []float64{1, 2, 3, 6}, Money: []float64{25019.4, 49009, 94227, 205842}}, 2)
	if draft.rows[0][0] != "13.8" || draft.rows[2] != [4]string{"250", "490", "942", "2058"} {
		t.Errorf("typed as %q", draft.rows)
	}
	b, ok := draft.read(2)
	if !ok || b.Recency[0] != 13.8 || b.Frequency[3] != 6 || b.Money[3] != 205800 {
		t.Errorf("read %+v, %v", b, ok)
	}
	for what, text := range map[string]string{"falls": "200", "is no number": "many", "is nothing": "", "is below zero": "-1"} {
		wrong := *draft
		wrong.rows[0][1] = text
		if what == "falls" {
			wrong.rows[0][2] = "1"
		}
		if _, ok := wrong.read(2); ok {
			t.Errorf("a row that %s was taken", what)
		}
	}
	draft.rows[0][0] = " 13,8 "
	if b, ok := draft.read(2); !ok || b.Recency[0] != 13.8 {
		t.Error("a comma is no decimal point")
	}
}

// TestNamesAreForWhoMayKnow: a list shows names where there are some, and offers
// telephones only to who may see them.
func TestNamesAreForWhoMayKnow(t *testing.T) {
	list := []report.Person{{ID: "0190-long-identifier", Name: "Анна", Phone: "+7"}, {ID: "0190-long-identifier"}}
	d := kittest.Desk(i18n.EN)
	for personal, columns := range map[bool]int{false: 6, true: 7} {
		d.User = &wire.User{Role: "manager", Personal: personal}
		g := peopleGrid(d, "x", list, "2026-11-22", nil)
		if len(g.Columns) != columns || g.Rows[0].Cells[0] != sheet.TextOf("Анна") || g.Rows[1].Cells[0] != sheet.TextOf("…entifier") {
			t.Errorf("personal %v: %d columns, %v", personal, len(g.Columns), g.Rows[0].Cells)
		}
	}
}

func TestDueRead(t *testing.T) {
	p := &due{d: kittest.Desk(i18n.EN), r: &report.Due{To: "2026-11-22", Customers: 9, Gaps: []int{1, 0, 3, 1}, States: []report.DueState{
		{ID: cycle.Waiting, Customers: 4, Receipt: 100}, {ID: cycle.Now, Customers: 2, Receipt: 10_000}, {ID: cycle.Overdue, Customers: 1, Receipt: 5_000}, {ID: cycle.Gone, Customers: 2, Receipt: 100},
	}}}
	if got := p.read(); got != "3 customers should have come by now; one visit of each is worth about 250.00\u00a0₽." {
		t.Error(got)
	}
	if got := p.readGaps(); got != "Half of the customers with a rhythm come at least every 3 days." {
		t.Error(got)
	}
	if g := p.states(); g.Rows[1].Cells[3] != sheet.Of(0) || g.Rows[4].Cells[3].OK || g.Total[1] != sheet.Of(9) {
		t.Errorf("the table holds %+v", g.Rows)
	}
	if d, err := p.gaps(chart.CanvasColours()); err != nil || d.Points != 4 || d.Tip(2)[1] != "Customers: 3" {
		t.Errorf("%v, %v", d, err)
	}
}

// TestLTV: advertising pays when what a customer brought is as much; an open
// month is not told.
func TestLTV(t *testing.T) {
	p := &profit{d: kittest.Desk(i18n.EN), r: &report.Profit{}, cohorts: &report.Cohorts{To: "2026-11-22", Rows: []report.Cohort{
		{Period: "2026-09", Size: 40, Counts: []int{40, 20, 10}, Margin: []int64{4_000, 4_000, 9_000}, Ads: 8_000},
		{Period: "2026-10", Size: 50, Counts: []int{50, 20}, Margin: []int64{1_000, 1_000}, Ads: 50_000},
	}}}
	g := p.ltv()
	late, early := g.Rows[0].Cells, g.Rows[1].Cells
	if early[3] != sheet.Of(200) || early[4] != sheet.Of(1) || early[5] != sheet.Of(100) || early[6] != sheet.Of(200) || early[7].OK {
		t.Errorf("2026-09: %+v", early)
	}
	if late[3] != sheet.Of(1000) || late[4].OK || late[5] != sheet.Of(20) || late[6].OK {
		t.Errorf("2026-10: %+v", late)
	}
	if lines := p.lines(); len(lines.Names) != 1 || len(lines.Values[0]) != 2 {
		t.Errorf("curves %+v", lines)
	}
	p.r = &report.Profit{By: cube.Sex, All: report.ProfitPart{Margin: 300}, Parts: []report.ProfitPart{{Key: "f", Margin: 200}, {Key: "m", Margin: 100}}}
	p.before = &report.Profit{From: "2026-10-01", All: report.ProfitPart{Margin: 100}, Parts: []report.ProfitPart{{Key: "f", Margin: 100}}}
	if g := p.parting(); g.Rows[0].Cells[9] != sheet.Of(10_000) || g.Rows[1].Cells[9].OK || g.Total[9] != sheet.Of(20_000) {
		t.Errorf("compared: %+v, %+v", g.Rows, g.Total)
	}
	if got := p.readLTV(); got != "A month after the first purchase a customer has brought 2.00\u00a0₽ of margin on average (40 customers followed)." {
		t.Error(got)
	}
}

// TestCohortMoney: what a customer has brought adds up over the periods, and
// begins with the first.
func TestCohortMoney(t *testing.T) {
	p := &cohorts{d: kittest.Desk(i18n.EN), shown: cohortEach, r: &report.Cohorts{To: "2026-11-22", Rows: []report.Cohort{
		{Period: "2026-09", Size: 4, Counts: []int{4, 2, 1}, Revenue: []int64{400, 200, 100}},
		{Period: "2026-10", Size: 2, Counts: []int{2, 1}, Revenue: []int64{100, 100}},
	}}}
	drawing, err := p.draw(chart.CanvasColours())
	if err != nil || drawing.Points != 2*3 || drawing.Tip(2)[2] != "not over" || drawing.Tip(5) != nil {
		t.Fatalf("%v, %v", drawing, err)
	}
	g := p.grid()
	if g.Rows[0].Cells[2] != sheet.Of(100) || g.Rows[0].Cells[4] != sheet.Of(175) || g.Rows[1].Cells[4].OK || g.Rows[1].Opens[4] != nil {
		t.Errorf("the table holds %+v", g.Rows)
	}
	if lines := p.lines(); len(lines.Names) != 1 || lines.Values[0][1] != 150 {
		t.Errorf("curves %+v", lines)
	}
}

func TestBeforeDates(t *testing.T) {
	d := kittest.Desk(i18n.EN) // 2026-10-24 … 2026-11-22
	if from, to := beforeDates(d); from != "2026-09-24" || to != "2026-10-23" {
		t.Errorf("the period before is %s … %s", from, to)
	}
	d.Filter.Compare = cube.LastYear
	if from, to := beforeDates(d); from != "2025-10-25" || to != "2025-11-23" {
		t.Errorf("a year before is %s … %s", from, to)
	}
	d.Filter.Compare = cube.Plan
	if from, to := beforeDates(d); from != "" || to != "" {
		t.Errorf("compared with a plan: %s … %s", from, to)
	}
}
