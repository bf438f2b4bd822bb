package data

import (
	"strings"
	"testing"
	"time"

	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	"tillsight/shared/budget"
	"tillsight/shared/cube"
	"tillsight/shared/money"
	wire "tillsight/shared/wire/office"
)

// figure is a plan of store 1 for November.
func figure(measure cube.MeasureID, value int64) budget.Figure {
	return budget.Figure{Store: "1", Month: "2026-11", Measure: measure, Value: &value, Version: 3}
}

// openPlans opens a tab of the page of plans; sent is what was sent last.
func openPlans(t *testing.T, lang i18n.Lang, tab plansTab, answers map[string]any) (o *kittest.Opened, v *plansView, sent func() string) {
	t.Helper()
	server := map[string]any{
		"GET " + wire.GetPlans.Path: budget.Plans{Figures: []budget.Figure{figure(cube.Revenue, 1_250_000_00), figure(cube.Receipts, 4200)},
			Stores: []budget.Store{{ID: "1", Name: "South", Employees: []budget.Employee{{ID: "a", Name: "Anna"}}}, {ID: "2", Name: "North"}}},
		"GET " + wire.GetExpenses.Path: budget.Expenses{Kinds: []string{"rent", "other"}, Stores: []budget.Store{{ID: "1", Name: "South"}},
			Expenses: []budget.Expense{{ID: 5, Store: "1", Month: "2026-11", Kind: "rent", Amount: 90_000_00, Version: 2}}},
		wire.GetBudgetHistory.Path: []budget.Change{{At: time.Date(2026, 11, 20, 22, 30, 0, 0, time.UTC).UnixMilli(), By: "anna",
			Expense: &budget.Expense{Store: "1", Month: "2026-11", Kind: "rent", Amount: 90_000_00}}},
	}
	for path, answer := range answers {
		server[path] = answer
	}
	var heard string
	o = kittest.Open(t, Pages()[0], lang, kittest.Answers{Server: server, Heard: func(_ string, body []byte) {
		if len(body) > 0 {
			heard = string(body)
		}
	}})
	v = o.View.(*plansView)
	v.open(tab)
	o.Settle()
	return o, v, func() string { return heard }
}

// sees fails the test when the page does not show a text.
func sees(t *testing.T, o *kittest.Opened, text string) {
	t.Helper()
	if html := o.HTML(); !strings.Contains(html, text) {
		t.Errorf("%q is not shown:\n%s", text, html)
	}
}

// TestTabsOfPlans: every tab shows what it was told, and stands when there is nothing.
func TestTabsOfPlans(t *testing.T) {
	nothing := map[string]any{"GET " + wire.GetPlans.Path: nil, "GET " + wire.GetExpenses.Path: nil, wire.GetBudgetHistory.Path: nil}
	for tab, want := range map[plansTab]string{planFigures: "1\u00a0250\u00a0000", planCosts: "90,000.00", planSheet: "sheet-plans",
		planChanges: "anna"} {
		o, _, _ := openPlans(t, i18n.EN, tab, nil)
		sees(t, o, want)
		o, _, _ = openPlans(t, i18n.RU, tab, nothing)
		sees(t, o, `class="office"`)
	}
}

// TestChangesAreOfShopsTime, in the form of the language.
func TestChangesAreOfShopsTime(t *testing.T) {
	for lang, want := range map[i18n.Lang]string{i18n.EN: "21/11/2026, 01:30 · anna", i18n.RU: "21.11.2026, 01:30 · anna"} {
		o, _, _ := openPlans(t, lang, planChanges, nil)
		sees(t, o, want)
	}
}

// TestFiguresAreRead as what the measure counts: a sum has the sign of its
// currency, a number of receipts has none and no decimals.
func TestFiguresAreRead(t *testing.T) {
	_, v, _ := openPlans(t, i18n.RU, planFigures, nil)
	for _, tt := range []struct {
		measure cube.MeasureID
		text    string
		want    int64 // −1: refused
	}{
		{cube.Revenue, "1 250 000", 1_250_000_00}, {cube.Revenue, "12,5 ₽", 12_50}, {cube.Revenue, "12,505", -1}, {cube.Revenue, "much", -1},
		{cube.Receipts, "4 200", 4200}, {cube.Receipts, "4200 ₽", -1}, {cube.Receipts, "4200.5", -1},
	} {
		v.measure = tt.measure
		value, ok := v.read(tt.text)
		if ok != (tt.want >= 0) || ok && *value != tt.want {
			t.Errorf("%s %q: %v, want %d", tt.measure, tt.text, ok, tt.want)
		}
		if !ok {
			continue
		}
		if again, ok := v.read(v.text(*value)); !ok || *again != *value {
			t.Errorf("%s %d is written %q", tt.measure, *value, v.text(*value))
		}
	}
	if value, ok := v.read(" "); value != nil || !ok {
		t.Error("an empty cell is a figure")
	}
}

// TestFigureIsPut: what was typed is sent with the version that was seen; what did
// not change is not sent.
func TestFigureIsPut(t *testing.T) {
	saved := figure(cube.Revenue, 1_300_000_00)
	saved.Version = 4
	o, v, sent := openPlans(t, i18n.EN, planFigures, map[string]any{wire.GetPlans.Path: budget.Plans{Figures: []budget.Figure{saved}}})
	row := v.rows()[0]
	v.put(row, 10, "1 250 000")
	v.put(row, 10, "much")
	o.Settle()
	if sent() != "" {
		t.Errorf("sent %s", sent())
	}
	v.put(row, 10, "1 300 000")
	o.Settle()
	if !strings.Contains(sent(), `"value":130000000,"version":3`) {
		t.Errorf("sent %s", sent())
	}
	if have := v.have[placeOf(saved)]; *have.Value != 1_300_000_00 || have.Version != 4 {
		t.Errorf("%+v", have)
	}
	undo := v.d.Said.Undo
	if undo == nil {
		t.Fatal("it can't be taken back")
	}
	undo()
	o.Settle()
	if !strings.Contains(sent(), `"value":125000000,"version":4`) {
		t.Errorf("taken back by %s", sent())
	}
}

// TestLastYear fills empty cells only, with what was sold and some percent more.
func TestLastYear(t *testing.T) {
	o, v, sent := openPlans(t, i18n.EN, planFigures, map[string]any{wire.GetPlans.Path: budget.Plans{}})
	result := func(keys [][]string, values ...int64) cube.Result {
		var r cube.Result
		for i, key := range keys {
			r.Rows = append(r.Rows, cube.Row{Keys: key, Values: []cube.Value{cube.Some(values[i])}})
		}
		return r
	}
	v.fill(result([][]string{{"1", "2025-11"}, {"1", "2025-12"}, {"2", "2025-12"}}, 900_000_00, 1_000_000_00, 0), 5_00)
	o.Settle()
	if got := sent(); !strings.Contains(got, `"month":"2026-12"`) || !strings.Contains(got, `"value":105000000`) || strings.Contains(got,
		"2026-11") {
		t.Errorf("sent %s", got)
	}
	v.store = "1"
	v.fill(result([][]string{{"a", "2025-03"}}, 10_000_00), 12_50)
	o.Settle()
	if got := sent(); !strings.Contains(got, `"employee":"a"`) || !strings.Contains(got, `"value":1100000`) {
		t.Errorf("sent %s", got)
	}
	v.percent = "5 ₽"
	if v.copyLastYear(); !strings.Contains(v.d.Said.Text, "5 ₽") {
		t.Errorf("a sum is taken as a percentage: %q", v.d.Said.Text)
	}
}

// TestExpenses are entered with what stands nearest, changed, and removed.
func TestExpenses(t *testing.T) {
	answer := map[string]any{wire.GetExpenses.Path: budget.Expense{ID: 6, Store: "1", Month: "2026-11", Kind: "rent", Amount: 12_345_50}}
	o, v, sent := openPlans(t, i18n.EN, planCosts, answer)
	v.costs.form.Draft.amount = "12 345,50"
	v.saveCost()
	o.Settle()
	for _, part := range []string{`"store":"1"`, `"month":"2026-11"`, `"kind":"rent"`, `"amount":1234550`} {
		if !strings.Contains(sent(), part) {
			t.Errorf("%s is not in %s", part, sent())
		}
	}
	if draft := v.costs.form.Draft; draft.amount != "" || draft.Kind != "rent" {
		t.Errorf("the next one begins with %+v", draft)
	}
	v.costs.form.Draft.amount = "much"
	v.saveCost()
	o.Settle()
	if v.costs.form.Fault() == nil {
		t.Error("no sum is saved as one")
	}
	v.editCost(v.costs.known().Expenses[0])
	sees(t, o, "cost-back")
	if v.costs.form.Draft.amount != "90000.00" {
		t.Errorf("the field begins with %q", v.costs.form.Draft.amount)
	}
	v.removeCost(v.costs.known().Expenses[0])
	o.Settle()
	if !strings.Contains(sent(), `"delete":true`) || v.d.Said.Undo == nil {
		t.Errorf("sent %s", sent())
	}
}

// TestSheet is tried first, then loaded; a broken one says where.
func TestSheet(t *testing.T) {
	tried := budget.Imported{Rows: 2, New: 1, Changed: 1, Plans: []budget.Figure{figure(cube.Revenue, 500_00)}}
	o, v, sent := openPlans(t, i18n.EN, planSheet, map[string]any{wire.ImportPlans.Path: tried})
	v.takeSheet("plans.csv", []byte("x"))
	o.Settle()
	sees(t, o, "sheet-go")
	sees(t, o, "500.00")
	if sent() != "x" {
		t.Errorf("sent %q", sent())
	}
	o, v, _ = openPlans(t, i18n.EN, planSheet, map[string]any{wire.ImportPlans.Path: budget.Imported{
		Errors: []budget.ImportError{{Row: 3, Column: "value", Code: "number", Value: "much"}}}})
	v.takeSheet("plans.csv", []byte("x"))
	o.Settle()
	sees(t, o, "sheet-faults")
	if strings.Contains(o.HTML(), "sheet-go") {
		t.Error("a broken file can be loaded")
	}
	o, v, _ = openPlans(t, i18n.EN, planSheet, map[string]any{wire.ImportPlans.Path: budget.Imported{New: 2, Done: true}})
	v.takeSheet("plans.csv", []byte("x"))
	o.Settle()
	if v.sheet.tried != nil || v.sheet.Draft.data != nil || v.d.Said.Text == "" {
		t.Errorf("%+v, said %q", v.sheet.tried, v.d.Said.Text)
	}
}

// TestFigureText writes a figure in its unit.
func TestFigureText(t *testing.T) {
	d := kittest.Desk(i18n.EN)
	for want, f := range map[string]budget.Figure{
		"1,250,000.00\u00a0₽": figure(cube.Revenue, 1_250_000_00), "4,200": figure(cube.Receipts, 4200), "—": {Measure: cube.Revenue}} {
		if got := figureText(d, f); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if d.Currency() != money.RUB {
		t.Error("the test wants roubles")
	}
}
