package goods

import (
	"slices"
	"testing"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/report"
)

func TestClassesAddUp(t *testing.T) {
	r := sorted()
	rows, total := classesOf(&r)
	items, revenue := 0, int64(0)
	for _, row := range rows {
		items, revenue = items+row.Items, revenue+row.Revenue
	}
	if items != total.Items || revenue != total.Revenue || total.even[0].Items != 1 || total.even[2].Items != 1 {
		t.Errorf("%+v, together %+v", rows, total)
	}
}

// Evenness stands in the table only when there are weeks enough to tell it.
func TestEvennessNeedsWeeks(t *testing.T) {
	for weeks, want := range map[int]bool{4: false, 8: true} {
		r := sorted()
		r.Weeks = weeks
		p := &abc{d: kittest.Desk(i18n.EN), r: &r, item: cube.Product}
		g := p.classes()
		if got := slices.ContainsFunc(g.Columns, func(c kit.Column) bool { return c.Title == "X" }); got != want {
			t.Errorf("%d weeks: %v", weeks, got)
		}
	}
	for want, row := range map[string]report.ABCRow{"AX": {}, "C": {Class: 2, Even: 2, Variation: -1}, "BZ": {Class: 1, Even: 2, Variation: 5000}} {
		if got := lettersOf(row); got != want {
			t.Errorf("%+v is %s, want %s", row, got, want)
		}
	}
}

func TestQuadrantsAddUp(t *testing.T) {
	r := placed()
	p := &bcg{d: kittest.Desk(i18n.EN), r: &r, item: cube.Category}
	g := p.lists()
	at := slices.IndexFunc(g.Columns, func(c kit.Column) bool { return c.Title == i18n.EN.T(bcgItems) })
	if at < 0 || g.Total[at].N != int64(len(report.Quadrants)) {
		t.Fatalf("%+v", g)
	}
	list := p.items(&r)
	if list.Rows[0].Note != "" || list.Rows[1].Note == "" || list.Rest != "" {
		t.Errorf("%+v", list.Rows)
	}
	r.Others = 5
	if list := p.items(&r); list.Rest == "" || list.All == nil {
		t.Error("five others are not told, or not in the file")
	}
}
