package budget_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	book "tillsight/server/budget"
	"tillsight/shared/budget"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
)

func open(t testing.TB) *book.Book {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "office.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := book.Open(db, func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func all(string) bool { return true }

func only(stores ...string) book.Allowed {
	return func(store string) bool { return slices.Contains(stores, store) }
}

func figure(store, month string, value, version int64) budget.Figure {
	return budget.Figure{Store: store, Month: month, Measure: cube.Revenue, Value: &value, Version: version}
}

func TestFigures(t *testing.T) {
	b := open(t)
	saved, err := b.SaveFigures([]budget.Figure{figure("1", "2026-11", 100, 0), figure("2", "2026-11", 200, 0)}, "anna", all)
	if err != nil || saved[0].Version != 1 || saved[1].Version != 2 || b.Version() != 2 {
		t.Fatalf("got %+v, %v, version %d", saved, err, b.Version())
	}
	cases := []struct {
		name   string
		figure budget.Figure
		may    book.Allowed
		want   errcode.Code
	}{
		{"of another's version", figure("1", "2026-11", 110, 0), all, errcode.Conflict},
		{"of another's store", figure("2", "2026-11", 110, 2), only("1"), errcode.Forbidden},
		{"of no store", figure("", "2026-11", 110, 0), all, errcode.Invalid},
		{"of no month", figure("1", "2026-13", 110, 0), all, errcode.Invalid},
		{"negative", figure("1", "2026-11", -1, 1), all, errcode.Invalid},
		{"of a ratio", budget.Figure{Store: "1", Month: "2026-11", Measure: cube.AverageReceipt}, all, errcode.Invalid},
		{"seen", figure("1", "2026-11", 110, 1), only("1"), ""},
		{"the same again", figure("1", "2026-11", 110, 3), only("1"), ""},
		{"taken away", budget.Figure{Store: "1", Month: "2026-11", Measure: cube.Revenue, Version: 3}, only("1"), ""},
		{"and entered again", figure("1", "2026-11", 120, 0), only("1"), ""},
	}
	for _, c := range cases {
		// All or none: the first one is always right.
		pair := []budget.Figure{figure("3", "2026-12", 1, 0), c.figure}
		if c.want == "" {
			pair = pair[1:]
		}
		if _, err := b.SaveFigures(pair, "boris", c.may); errcode.Of(err) != c.want && !(c.want == "" && err == nil) {
			t.Fatalf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	list, err := b.Figures("2026-11", "2026-12", only("1", "3"))
	if err != nil || len(list) != 1 || *list[0].Value != 120 || list[0].By != "boris" {
		t.Errorf("got %+v, %v", list, err)
	}
	history, err := b.History(10, only("1"))
	if err != nil || len(history) != 4 {
		t.Fatalf("got %+v, %v", history, err)
	}
	if h := history[1]; !h.Deleted || *h.Before != 110 || h.Plan.Value != nil || h.By != "boris" {
		t.Errorf("the figure that was taken away is told as %+v", h)
	}
}

func TestExpenses(t *testing.T) {
	b := open(t)
	rent := budget.Expense{Store: "1", Month: "2026-11", Kind: " rent ", Amount: 300_000_00}
	saved, err := b.SaveExpense(budget.SaveExpense{Expense: rent}, "anna", only("1"))
	if err != nil || saved.ID == 0 || saved.Kind != "rent" {
		t.Fatalf("got %+v, %v", saved, err)
	}
	if _, err := b.SaveExpense(budget.SaveExpense{Expense: budget.Expense{Month: "2026-11", Kind: "ads", Amount: 5}}, "anna", only("1")); errcode.Of(err) != errcode.Forbidden {
		t.Errorf("an expense of the chain by a manager of one store: %v", err)
	}
	moved := saved
	moved.Store = "2"
	if _, err := b.SaveExpense(budget.SaveExpense{Expense: moved}, "anna", only("1")); errcode.Of(err) != errcode.Forbidden {
		t.Errorf("moved to another's store: %v", err)
	}
	if _, err := b.SaveExpense(budget.SaveExpense{Expense: saved}, "igor", only("2")); errcode.Of(err) != errcode.NotFound {
		t.Errorf("another's expense: %v", err)
	}
	changed := saved
	changed.Amount = 310_000_00
	changed, err = b.SaveExpense(budget.SaveExpense{Expense: changed}, "anna", all)
	if err != nil || changed.ID != saved.ID || changed.Version == saved.Version {
		t.Fatalf("got %+v, %v", changed, err)
	}
	if _, err := b.SaveExpense(budget.SaveExpense{Expense: saved, Delete: true}, "anna", all); errcode.Of(err) != errcode.Conflict {
		t.Errorf("taking away what was changed meanwhile: %v", err)
	}
	if _, err := b.SaveExpense(budget.SaveExpense{Expense: changed, Delete: true}, "anna", all); err != nil {
		t.Error(err)
	}
	if list, err := b.Expenses("", "9999", all); err != nil || len(list) != 0 {
		t.Errorf("got %+v, %v", list, err)
	}
	history, err := b.History(10, all)
	if err != nil || len(history) != 3 || !history[0].Deleted || *history[0].Before != 310_000_00 || history[2].Before != nil {
		t.Errorf("history %+v, %v", history, err)
	}
}

var places = book.Places{Stores: map[string]bool{"1": true, "2": true}, Employees: map[string]bool{"101": true}}

func TestImportPlans(t *testing.T) {
	b := open(t)
	sheet := "\ufeffМагазин;Месяц;Показатель;Сотрудник;План\n1;11.2026;Выручка;;1 250 000,50\n2;2026-11;чеки;;4000\n1;2026-11;revenue;101;200000\n\n"
	tried, err := b.ImportPlans([]byte(sheet), places, "anna", all, true)
	if err != nil || tried.New != 3 || tried.Done || len(tried.Errors) != 0 || *tried.Plans[0].Value != 1_250_000_50 {
		t.Fatalf("tried: %+v, %v", tried, err)
	}
	if list, _ := b.Figures("", "9999", all); len(list) != 0 {
		t.Fatalf("a trial wrote %+v", list)
	}
	if done, err := b.ImportPlans([]byte(sheet), places, "anna", all, false); err != nil || !done.Done {
		t.Fatalf("done: %+v, %v", done, err)
	}
	again, err := b.ImportPlans([]byte(strings.Replace(sheet, "4000", "4100", 1)), places, "anna", all, false)
	if err != nil || again.Same != 2 || again.Changed != 1 || again.Was[1] == nil || *again.Was[1] != 4000 {
		t.Errorf("again: %+v, %v", again, err)
	}
}

func TestImportErrors(t *testing.T) {
	cases := []struct{ name, sheet, want string }{
		{"unknown store", "store,month,measure,value\n9,2026-11,revenue,5\n", "2 store unknown"},
		{"another's store", "store,month,measure,value\n2,2026-11,revenue,5\n", "2 store forbidden"},
		{"month", "store,month,measure,value\n1,2026-13,revenue,5\n", "2 month month"},
		{"measure", "store,month,measure,value\n1,2026-11,happiness,5\n", "2 measure unknown"},
		{"number", "store,month,measure,value\n1,2026-11,revenue,five\n", "2 value number"},
		{"parts of a kopeck", "store,month,measure,value\n1,2026-11,revenue,5.005\n", "2 value unclear"},
		{"half a receipt", "store,month,measure,value\n1,2026-11,receipts,5.5\n", "2 value unclear"},
		{"negative", "store,month,measure,value\n1,2026-11,revenue,-5\n", "2 value negative"},
		{"twice", "store,month,measure,value\n1,2026-11,revenue,5\n1,2026-11,revenue,5\n", "3 store twice"},
		{"short row", "store,month,measure,value\n1,2026-11,revenue\n", "2  short"},
		{"a sum in two cells", "store,month,measure,value\n1,2026-11,revenue,150,00\n", "2  wide"},
	}
	for _, c := range cases {
		b := open(t)
		result, err := b.ImportPlans([]byte(c.sheet), places, "anna", only("1"), false)
		if err != nil || result.Done || len(result.Errors) == 0 {
			t.Errorf("%s: %+v, %v", c.name, result, err)
			continue
		}
		e := result.Errors[0]
		if got := strings.Join([]string{string(rune('0' + e.Row)), e.Column, e.Code}, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if b.Version() != 0 {
			t.Errorf("%s: something was written", c.name)
		}
	}
}

func TestImportExpenses(t *testing.T) {
	b := open(t)
	sheet := "Магазин\tМесяц\tСтатья\tСумма\tКомментарий\n1\t2026-11\tАренда\t300 000\t\n\t2026-11\tРадио\t−15,5\tвозврат\n1\t2026-11\tАренда\t300 000\t\n"
	done, err := b.ImportExpenses([]byte(sheet), places, "anna", all, false)
	if err != nil || !done.Done || done.New != 3 || done.Expenses[0].Kind != "rent" || done.Expenses[1].Amount != -15_50 {
		t.Fatalf("got %+v, %v", done, err)
	}
	again, err := b.ImportExpenses([]byte(sheet+"2\t2026-12\tохрана\t9000\t\n"), places, "anna", all, false)
	if err != nil || again.Same != 3 || again.New != 1 {
		t.Errorf("again: %+v, %v", again, err)
	}
}

// A sheet without a column is refused with the name of the column.
func TestImportWithoutColumn(t *testing.T) {
	b := open(t)
	_, err := b.ImportPlans([]byte("store,month,value\n1,2026-11,5\n"), places, "anna", all, true)
	if e := errcode.As(err); e == nil || e.Code != errcode.FileColumn || e.Data["column"] != "показатель" || e.Data["column.en"] != "measure" {
		t.Errorf("%v", err)
	}
	if _, err := b.ImportExpenses(nil, places, "anna", all, true); errcode.Of(err) != errcode.FileEmpty {
		t.Errorf("nothing: %v", err)
	}
}
