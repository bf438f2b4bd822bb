package desk

import (
	"strings"
	"testing"
	"time"

	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/mining/cohort"
	"tillsight/shared/mining/rfm"
	"tillsight/shared/report"
)

func reportDesk(lang i18n.Lang) *desk {
	return &desk{lang: lang, filter: firstFilter(), now: func() time.Time { return sunday }, tables: map[string]bool{}}
}

func TestRFMRequest(t *testing.T) {
	d := reportDesk(i18n.EN)
	if r := d.rfmRequest(""); r.To != "2026-11-22" || r.Before != "2026-10-23" {
		t.Errorf("previous period: %+v", r)
	}
	d.filter.Compare = cube.LastYear
	if r := d.rfmRequest(""); r.Before != "2025-11-23" {
		t.Errorf("a year ago: %+v", r)
	}
	d.filter.Compare = cube.NoCompare
	if r := d.rfmRequest(rfm.Lost); r.Before != "" || r.Segment != rfm.Lost {
		t.Errorf("a segment: %+v", r)
	}
}

func TestEverySegmentHasAName(t *testing.T) {
	for _, id := range rfm.Segments {
		if i18n.RFMSegments[string(id)] == nil {
			t.Errorf("%s has no name", id)
		}
	}
}

// scores is a report of two segments.
func scores() *report.RFM {
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
	got := readRFM(scores(), i18n.EN)
	if got != "Champions: 20\u00a0% of the customers bring 60\u00a0% of the revenue; 80\u00a0% of the customers are at risk or lost." {
		t.Error(got)
	}
	d := reportDesk(i18n.RU)
	if drawing, err := d.drawRFMGrid(scores()); err != nil || drawing.Tip(4)[0] != "Чемпионы" || drawing.Tip(20)[0] != "Потерянные" {
		t.Errorf("the corners of the grid are others: %v", err)
	}
	b := &report.RFMBefore{Moves: [][]int{{5, 2, 1}, {3, 4, 2}, {7, 0, 0}}}
	if got := d.readMoves(b); !strings.HasPrefix(got, "5 ") {
		t.Errorf("2 + 1 + 2 went down: %s", got)
	}
	if !strings.Contains(d.rfmFormula(scores()), "1,0 · 2,0 · 3,0 · 4,0") {
		t.Error(d.rfmFormula(scores()))
	}
}

func TestCohortsRead(t *testing.T) {
	r := &report.Cohorts{To: "2026-11-22", Rows: []report.Cohort{
		{Month: "2026-08", Since: true, Counts: []int{90, 80, 70, 60}, Revenue: []int64{1, 2, 3, 4}},
		{Month: "2026-09", Counts: []int{40, 20, 10}, Revenue: []int64{1, 2, 3}},
		{Month: "2026-10", Counts: []int{20, 1}, Revenue: []int64{1, 2}}, // November is not over
		{Month: "2026-11", Counts: []int{5}, Revenue: []int64{1}},
	}}
	if got := readCohorts(r, i18n.EN); !strings.Contains(got, "50\u00a0%") || !strings.Contains(got, "40 customers") {
		t.Error(got)
	}
	d := reportDesk(i18n.EN)
	drawing, err := d.drawTriangle(r)
	if err != nil || drawing.Points != 4*3 {
		t.Fatalf("%d points, %v", drawing.Points, err)
	}
	if tip := drawing.Tip(3); tip[0] != "2026-09 + 1" || drawing.Tip(11) != nil {
		t.Errorf("got %v, %v", tip, drawing.Tip(11))
	}
	if f := d.cohortFile(r); len(f.rows) != 10 || strings.Join(f.rows[5], ",") != "2026-09,1,20,50.00,0.02" {
		t.Errorf("file %v", f.rows)
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
	d := reportDesk(i18n.EN)
	if b := d.behindMonth(r, 1); b.from != "2026-11-01" || b.to != "2026-11-22" || b.measure != cube.Customers {
		t.Errorf("got %+v", b)
	}
	if monthEnd("2026-02") != "2026-02-28" || monthEnd("2026-10") != "2026-10-31" {
		t.Error("ends of months")
	}
	if _, err := d.drawBaseCourse(r); err != nil {
		t.Error(err)
	}
}

func TestEveryReportHasAnAddress(t *testing.T) {
	of := map[string]section{}
	for _, tab := range reportTabs {
		path := sectionPath[tab.section]
		if path == "" || of[path] != "" || sectionName[tab.section] == nil {
			t.Errorf("%s: address %q, also of %q, name %v", tab.section, path, of[path], sectionName[tab.section])
		}
		of[path] = tab.section
	}
}
