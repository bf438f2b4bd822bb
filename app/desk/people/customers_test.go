package people

import (
	"slices"
	"strings"
	"testing"

	"tillsight/app/chart"
	"tillsight/app/desk/kit"
	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/mining/cycle"
	"tillsight/shared/money"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
	wire "tillsight/shared/wire/office"
)

// TestBordersShown: a border is written with no more decimals than matter, and
// large ones in groups; in its field it stands as it is typed.
func TestBordersShown(t *testing.T) {
	counted := &report.RFM{Recency: []float64{13.8, 34.60000000000002, 72, 180}, Frequency: []float64{1, 2.0000000000000004, 1000, 1200.24},
		Money: []float64{25019.4, 49009, 944_100, 2_180_900}}
	own := &report.RFM{Fixed: true, Recency: []float64{13.85, 34.6, 72, 180}, Frequency: []float64{1, 2, 3, 4}, Money: []float64{250_50, 944_100, 2_000_000, 9_999_999}}
	tests := map[string]struct {
		r            *report.RFM
		lang         i18n.Lang
		shown, typed [3]string
	}{
		"counted":            {counted, i18n.EN, [3]string{"13.8 34.6 72 180", "1 2 1,000 1,200.2", "250 490 9,441 21,809"}, [3]string{"13.8 34.6 72 180", "1 2 1000 1200.2", "250 490 9441 21809"}},
		"counted in Russian": {counted, i18n.RU, [3]string{"13,8 34,6 72 180", "1 2 1\u00a0000 1\u00a0200,2", "250 490 9\u00a0441 21\u00a0809"}, [3]string{"13,8 34,6 72 180", "1 2 1000 1200,2", "250 490 9441 21809"}},
		"own":                {own, i18n.EN, [3]string{"13.85 34.6 72 180", "1 2 3 4", "250.5 9,441 20,000 99,999.99"}, [3]string{"13.85 34.6 72 180", "1 2 3 4", "250.5 9441 20000 99999.99"}},
	}
	for name, test := range tests {
		draft := typedBorders(test.lang, test.r, money.RUB)
		for row, cuts := range cutsOf(test.r, money.RUB) {
			var shown []string
			for _, one := range cuts {
				shown = append(shown, one.shown(test.lang))
			}
			if got := strings.Join(shown, " "); got != test.shown[row] {
				t.Errorf("%s: row %d shows %q, not %q", name, row, got, test.shown[row])
			}
			if got := strings.Join(draft.rows[row][:], " "); got != test.typed[row] {
				t.Errorf("%s: row %d is typed as %q, not %q", name, row, got, test.typed[row])
			}
		}
	}
}

// TestTypedBorders: own borders are kept as they were typed, and what can't be one is said.
func TestTypedBorders(t *testing.T) {
	draft := bordersDraft{rows: [3][4]string{{" 13,8 ", "33", "72", "180"}, {"1", "2", "3", "6"}, {"250.50", "490", "1 942", "20 580"}}}
	b, wrong := draft.read(i18n.EN, money.RUB)
	if wrong != "" || b.Recency[0] != 13.8 || b.Frequency[3] != 6 || b.Money[0] != 250_50 || b.Money[3] != 20_580_00 {
		t.Errorf("read %+v, %q", b, wrong)
	}
	tests := map[string][2]string{ // texts in place of the first two days, and what is said
		"falls":         {"200", "Each row needs four numbers that rise."},
		"is no number":  {"many", "“many” is not a number."},
		"has no end":    {"Inf", "“Inf” is not a number."},
		"is below zero": {"-1", ""},
		"is nothing":    {"", ""},
		"is too much":   {"1e300", ""},
	}
	for name, test := range tests {
		bad := draft
		bad.rows[0][0] = test[0]
		if _, wrong := bad.read(i18n.EN, money.RUB); wrong == "" || test[1] != "" && wrong != test[1] {
			t.Errorf("a border that %s: %q", name, wrong)
		}
	}
}

// TestBordersKept: borders of this browser that no report takes are as good as none.
func TestBordersKept(t *testing.T) {
	d := kittest.Desk(i18n.EN)
	four := []float64{1, 2, 3, 4}
	for name, b := range map[string]report.RFMBorders{"few": {Recency: four, Frequency: four[:2], Money: four}, "falling": {Recency: []float64{4, 3, 2, 1}, Frequency: four, Money: four}} {
		d.Keep(bordersKey, b)
		if got := setBorders(d); got != nil {
			t.Errorf("%s borders are used: %+v", name, got)
		}
	}
	d.Keep(bordersKey, report.RFMBorders{Recency: four, Frequency: four, Money: four})
	if got := setBorders(d); got == nil || got.Money[3] != 4 {
		t.Errorf("own borders are lost: %+v", got)
	}
}

// TestNamesAreForWhoMayKnow: a list shows names where there are some, and offers
// telephones only to who may see them.
func TestNamesAreForWhoMayKnow(t *testing.T) {
	list := []report.Person{{ID: "0190-long-identifier", Name: "Анна", Phone: "+7"}, {ID: "0190-long-identifier"}}
	d := kittest.Desk(i18n.EN)
	for personal, columns := range map[bool]int{false: 6, true: 7} {
		d.User = &wire.User{Role: "manager", Personal: personal}
		g := peopleTable(d, "x", list, "2026-11-22", nil).Grid(i18n.EN)
		if len(g.Columns) != columns || g.Rows[0].Cells[0] != sheet.TextOf("Анна") || g.Rows[1].Cells[0] != sheet.TextOf("…entifier") {
			t.Errorf("personal %v: %d columns, %v", personal, len(g.Columns), g.Rows[0].Cells)
		}
	}
}

// cell is the cell of a row below a title; none when there is no such column.
func cell(g *kit.Grid, row int, title string) sheet.Cell {
	i := column(g, title)
	if i < 0 {
		return sheet.Cell{}
	}
	return g.Rows[row].Cells[i]
}

// column is the number of the column below a title, −1 when there is none.
func column(g *kit.Grid, title string) int {
	return slices.IndexFunc(g.Columns, func(c kit.Column) bool { return c.Title == title })
}

// total is the cell of the total below a title.
func total(g *kit.Grid, title string) sheet.Cell {
	i := column(g, title)
	if i < 0 || g.Total == nil {
		return sheet.Cell{}
	}
	return g.Total[i]
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
	g := p.states()
	if cell(g, 1, "Revenue of the year") != sheet.Of(0) || cell(g, 4, "Revenue of the year").OK || total(g, "Customers") != sheet.Of(9) {
		t.Errorf("the table holds %+v", g)
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
	for title, want := range map[string][2]sheet.Cell{ // of October and September
		"CAC":                {sheet.Of(1000), sheet.Of(200)},
		"Pays after, months": {{}, sheet.Of(1)},
		"Began":              {sheet.TextOf("2026-10"), sheet.TextOf("2026-09")},
		"+0 months":          {sheet.Of(20), sheet.Of(100)},
		"+1 months":          {{}, sheet.Of(200)},
		"+2 months":          {{}, {}},
	} {
		if column(g, title) < 0 || cell(g, 0, title) != want[0] || cell(g, 1, title) != want[1] {
			t.Errorf("%s: %+v and %+v, want %+v", title, cell(g, 0, title), cell(g, 1, title), want)
		}
	}
	if lines := p.lines(); len(lines.Names) != 1 || len(lines.Values[0]) != 2 {
		t.Errorf("curves %+v", lines)
	}
	p.r = &report.Profit{By: cube.Sex, All: report.ProfitPart{Margin: 300}, Parts: []report.ProfitPart{{Key: "f", Margin: 200}, {Key: "m", Margin: 100}}}
	p.before = &report.Profit{From: "2026-10-01", All: report.ProfitPart{Margin: 100}, Parts: []report.ProfitPart{{Key: "f", Margin: 100}}}
	g = p.parting()
	change := g.Columns[len(g.Columns)-1].Title
	if cell(g, 0, change) != sheet.Of(10_000) || cell(g, 1, change).OK || total(g, change) != sheet.Of(20_000) {
		t.Errorf("%s: %+v, %+v", change, g.Rows, g.Total)
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
	if cell(g, 0, "+0") != sheet.Of(100) || cell(g, 0, "+2") != sheet.Of(175) || cell(g, 1, "+2").OK || g.Rows[1].Opens[column(g, "+2")] != nil {
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
