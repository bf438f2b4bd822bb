package people

import (
	"strings"
	"testing"

	"tillsight/app/chart"
	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/mining/cohort"
	"tillsight/shared/mining/rfm"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

func TestRFMRequest(t *testing.T) {
	d := kittest.Desk(i18n.EN)
	p := &scores{d: d}
	if r := p.request(); r.To != "2026-11-22" || r.Before != "2026-10-23" {
		t.Errorf("previous period: %+v", r)
	}
	d.Filter.Compare = cube.LastYear
	if r := p.request(); r.Before != "2025-11-23" {
		t.Errorf("a year ago: %+v", r)
	}
	d.Filter.Compare = cube.NoCompare
	if r := p.request(); r.Before != "" {
		t.Errorf("no comparison: %+v", r)
	}
}

func TestEverySegmentHasAName(t *testing.T) {
	for _, id := range rfm.Segments {
		if i18n.RFMSegments[string(id)] == nil {
			t.Errorf("%s has no name", id)
		}
	}
}

// twoSegments is a report of two segments.
func twoSegments() *report.RFM {
	r := &report.RFM{From: "2025-11-23", To: "2026-11-22", Customers: 100, Revenue: 1000_00, Recency: []float64{1, 2, 3, 4},
		Frequency: []float64{1, 2, 3, 4}, Money: []float64{100, 200, 300, 400}}
	for _, id := range rfm.Segments {
		s := report.RFMSegment{ID: id}
		switch id {
		case rfm.Champions:
			s.Customers, s.Revenue = 20, 600_00
		case rfm.Lost:
			s.Customers, s.Revenue = 80, 400_00
		}
		r.Segments = append(r.Segments, s)
	}
	r.Grid[4][4], r.Grid[0][0] = 20, 80
	return r
}

func TestReadRFM(t *testing.T) {
	got := readRFM(twoSegments(), i18n.EN)
	if got != "Champions: 20\u00a0% of the customers bring 60\u00a0% of the revenue; 80\u00a0% of the customers are at risk or lost." {
		t.Error(got)
	}
	p := &scores{d: kittest.Desk(i18n.RU), r: twoSegments()}
	if drawing, err := p.draw(chart.CanvasColours()); err != nil || drawing.Tip(4)[0] != "Чемпионы" || drawing.Tip(20)[0] != "Потерянные" {
		t.Errorf("the corners of the grid are others: %v", err)
	}
	b := &report.RFMBefore{Moves: [][]int{{5, 2, 1}, {3, 4, 2}, {7, 0, 0}}}
	if got := p.readMoves(b); !strings.HasPrefix(got, "5 ") {
		t.Errorf("2 + 1 + 2 went down: %s", got)
	}
	if !strings.Contains(p.Formula(), "1 · 2 · 3 · 4") {
		t.Error(p.Formula())
	}
}

func TestCohortsRead(t *testing.T) {
	r := &report.Cohorts{To: "2026-11-22", Rows: []report.Cohort{
		{Period: "2026-08", Since: true, Size: 90, Counts: []int{90, 80, 70, 60}, Revenue: []int64{1, 2, 3, 4}},
		{Period: "2026-09", Size: 40, Counts: []int{40, 20, 10}, Revenue: []int64{1, 2, 3}},
		{Period: "2026-10", Size: 20, Counts: []int{20, 1}, Revenue: []int64{1, 2}}, // November is not over
		{Period: "2026-11", Size: 5, Counts: []int{5}, Revenue: []int64{1}},
	}}
	if got := readCohorts(r, i18n.EN); !strings.Contains(got, "50\u00a0%") || !strings.Contains(got, "40 customers") {
		t.Error(got)
	}
	p := &cohorts{d: kittest.Desk(i18n.EN), r: r}
	drawing, err := p.draw(chart.CanvasColours())
	if err != nil || drawing.Points != 4*3 {
		t.Fatalf("%d points, %v", drawing.Points, err)
	}
	if tip := drawing.Tip(3); tip[0] != "2026-09 + 1" || drawing.Tip(11) != nil {
		t.Errorf("got %v, %v", tip, drawing.Tip(11))
	}
	if g := p.grid(); len(g.Rows) != 4 || cell(g, 2, "+1") != sheet.Of(500) || cell(g, 2, "+2").OK {
		t.Errorf("the table holds %+v", g.Rows)
	}
}

func TestBaseRead(t *testing.T) {
	r := &report.Base{To: "2026-11-22", Gap: 9, Gaps: 100, Months: []report.BaseMonth{
		{Month: "2026-10", Period: cohort.Period{Active: 10, Kept: 5, New: 3, Returned: 2, Lost: 4}},
		{Month: "2026-11", Period: cohort.Period{Active: 2, Kept: 2, Lost: 8}},
	}}
	if got := readBase(r, i18n.EN); got != "2026-10: 10 active, 3 new + 2 returned − 4 left; usually 9 days between purchases." {
		t.Error(got)
	}
	if monthEnd("2026-02") != "2026-02-28" || monthEnd("2026-10") != "2026-10-31" {
		t.Error("ends of months")
	}
	p := &base{d: kittest.Desk(i18n.EN), r: r}
	if _, err := p.draw(chart.CanvasColours()); err != nil {
		t.Error(err)
	}
	g := p.grid() // the latest month first
	if cell(g, 1, "Left") != sheet.Of(4) || g.Rows[1].Opens[column(g, "Left")] == nil || g.Rows[0].Opens[column(g, "Returned")] != nil {
		t.Errorf("the table holds %+v", g)
	}
}

// TestVisits: receipts for each who bought are rounded, not cut.
func TestVisits(t *testing.T) {
	for _, test := range []struct {
		receipts, active int
		want             sheet.Cell
	}{
		{receipts: 2156, active: 1000, want: sheet.Of(216)}, {receipts: 1926, active: 1000, want: sheet.Of(193)}, {receipts: 2139, active: 1000, want: sheet.Of(214)},
		{receipts: 2, active: 3, want: sheet.Of(67)}, {receipts: 9, active: 9, want: sheet.Of(100)}, {receipts: 0, active: 0},
	} {
		if got := visits(&report.BaseMonth{Receipts: test.receipts, Period: cohort.Period{Active: test.active}}); got != test.want {
			t.Errorf("%d receipts of %d: %+v", test.receipts, test.active, got)
		}
	}
}
