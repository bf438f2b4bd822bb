package sales

import (
	"slices"
	"strings"
	"testing"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
)

// titled is the number of the column with a title.
func titled(t *testing.T, g *kit.Grid, title string) int {
	t.Helper()
	i := slices.IndexFunc(g.Columns, func(c kit.Column) bool { return c.Title == title })
	if i < 0 {
		t.Fatalf("no column %q in %+v", title, g.Columns)
	}
	return i
}

func financeIn(lang i18n.Lang) *finance {
	r := earned()
	return &finance{d: kittest.Desk(lang), r: &r, by: cube.Department}
}

// What is taken off has its sign in a sum and its word in a chart, never both; more
// of it is worse.
func TestAccountSaysLessOnce(t *testing.T) {
	for lang, want := range map[i18n.Lang][]string{
		i18n.EN: {"– discounts on sales", "– returns", "– VAT", "– cost of goods", "– " + i18n.EN.T(i18n.ExpenseKinds["rent"])},
		i18n.RU: {"– скидки при продаже", "– возвраты", "– НДС", "– себестоимость", "– " + i18n.RU.T(i18n.ExpenseKinds["rent"])},
	} {
		g := financeIn(lang).accountGrid()
		sum, change := titled(t, g, lang.T(financeSum)), titled(t, g, lang.T(i18n.ColChange))
		var got []string
		for _, row := range g.Rows {
			off := row.Cells[sum].N < 0
			if row.Less != off {
				t.Errorf("%q of %d: less is good: %v", row.Cells[0].Text, row.Cells[sum].N, row.Less)
			}
			if off {
				got = append(got, row.Cells[0].Text)
			}
		}
		if !slices.Equal(got[:5], want) {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
		if g.Columns[change].Better != 1 {
			t.Error("a change has no colour")
		}
		if rent := g.Rows[len(g.Rows)-3]; rent.Cells[change].N != 3333 {
			t.Errorf("rent of 200 after 150 changed by %d", rent.Cells[change].N)
		}
	}
}

func TestExpensesAreBetterWhenLess(t *testing.T) {
	g := financeIn(i18n.EN).spendGrid()
	if c := g.Columns[titled(t, g, i18n.EN.T(i18n.ColChange))]; c.Better != -1 {
		t.Errorf("%+v", c)
	}
	if sum := g.Total[titled(t, g, i18n.EN.T(financeSum))]; sum.N != 300_00 {
		t.Errorf("the total is %d", sum.N)
	}
}

// The colour of a change follows the measure that is shown, and the compared
// columns are there only when something is compared.
func TestSalesTableFollowsItsMeasure(t *testing.T) {
	for id, better := range map[cube.MeasureID]int{cube.Revenue: 1, cube.Returns: -1, cube.Discount: -1} {
		p := newSales(kittest.Desk(i18n.EN)).(*sales)
		p.measure = id
		q := p.query()
		r := counted(q)
		p.result = &r
		g := p.grid(&r)
		change := titled(t, g, "Change")
		if g.Columns[change].Better != better || !g.Rows[0].Cells[change].OK || g.Columns[1].Title != p.d.MeasureWord(id) {
			t.Errorf("%s: %+v", id, g.Columns)
		}
		q.Compare = cube.NoCompare
		r = counted(q)
		if alone := p.grid(&r); len(alone.Columns) != len(g.Columns)-2 {
			t.Errorf("%s: %d columns compared, %d alone", id, len(g.Columns), len(alone.Columns))
		}
	}
}

func TestGroupsAddUp(t *testing.T) {
	r := ordered()
	p := &orders{d: kittest.Desk(i18n.EN), r: &r}
	g := p.groupsGrid()
	receipts, average := titled(t, g, "Receipts"), titled(t, g, "Average")
	if g.Total[receipts].N != 12 || g.Rows[0].Cells[receipts].N+g.Rows[1].Cells[receipts].N != 12 {
		t.Errorf("%+v", g)
	}
	if g.Rows[0].Cells[average].N != 55_45 || !strings.Contains(g.Rows[0].Note, "11") {
		t.Errorf("%+v", g.Rows[0])
	}
	if got := averageOf(r.Groups[0]).N; got != 55_45 {
		t.Errorf("610 in 11 receipts are %d each", got)
	}
}

func TestBorders(t *testing.T) {
	c := financeIn(i18n.RU).d.Currency()
	if c.Exponent == 0 {
		c.Exponent = 2
	}
	for text, want := range map[string][]int64{"300 1000": {300_00, 1000_00}, "300;1000": {300_00, 1000_00}, "": nil} {
		if got, ok := bordersOf(text, c); !ok || !slices.Equal(got, want) {
			t.Errorf("%q: %d, %v", text, got, ok)
		}
	}
	for _, text := range []string{"1000 300", "300 300", "0", "-5", "abc", "1 2 3 4 5 6 7 8 9 10 11 12 13"} {
		if got, ok := bordersOf(text, c); ok {
			t.Errorf("%q: %d", text, got)
		}
	}
}
