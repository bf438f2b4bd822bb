package store

import (
	"slices"
	"testing"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/report"
)

// titled is the number of the column with a title, less than zero for none.
func titled(g *kit.Grid, title string) int {
	return slices.IndexFunc(g.Columns, func(c kit.Column) bool { return c.Title == title })
}

func TestEmployeesTables(t *testing.T) {
	r := worked()
	p := &employees{d: kittest.Desk(i18n.EN), r: &r}
	g := p.planGrid()
	if done := titled(g, i18n.EN.T(peopleDone)); done < 0 || g.Total[done].N != 4_072_521_76 || len(g.Rows) != 3 {
		t.Errorf("%+v", g)
	}
	lost := i18n.EN.T(peopleLost)
	if titled(p.grid(), lost) < 0 {
		t.Error("receipts that were given up are not told")
	}
	r.KnowsLost = false
	if titled(p.grid(), lost) >= 0 {
		t.Error("receipts that were given up are told where nobody knows them")
	}
	weeks := p.weeksGrid()
	for i := range r.Weeks { // somebody without a course sold nothing
		if last := weeks.Rows[2].Cells[i+1]; !last.OK || last.N != 0 {
			t.Errorf("%+v", last)
		}
	}
}

func TestHeld(t *testing.T) {
	for _, tt := range []struct {
		tried report.Tried
		held  bool
		off   int64
	}{
		{report.Tried{Actual: 100, Expected: 110, Low: 90, High: 120}, true, 1000},
		{report.Tried{Actual: 100, Expected: 80, Low: 70, High: 99}, false, 2000},
		{report.Tried{Actual: 100, Expected: 100, Low: 100, High: 100}, true, 0},
	} {
		if got := held(tt.tried); got != tt.held || missedBy(tt.tried) != tt.off {
			t.Errorf("%+v: held %v, off by %d", tt.tried, got, missedBy(tt.tried))
		}
	}
}

// The map's tables lead with who brings most, and compare only where there is
// something to compare with; a ratio has no shares.
func TestMapTables(t *testing.T) {
	r := mapped()
	p := &atlas{d: kittest.Desk(i18n.EN), r: &r, measure: cube.Returns}
	g := p.storesGrid()
	change := titled(g, i18n.EN.T(i18n.ColChange))
	if g.Rows[0].Cells[0].Text != "South" || change < 0 || g.Columns[change].Better != -1 || g.Rows[1].Cells[change].N != 6667 {
		t.Errorf("%+v", g)
	}
	if g.Rows[1].Note == "" || g.Rows[0].Note != "" {
		t.Error("20 receipts are few, 70 are not")
	}
	p.measure = cube.AverageReceipt
	if titled(p.regionsGrid(), i18n.EN.T(i18n.ColShare)) >= 0 {
		t.Error("an average has shares")
	}
	r.Total.Then = cube.Value{}
	if titled(p.regionsGrid(), i18n.EN.T(i18n.ColChange)) >= 0 {
		t.Error("a change of nothing")
	}
}
