package segment

import "tillsight/shared/money"

// Plan is what a store, or one employee of it, should reach in a month.
type Plan struct {
	Store    string
	Month    string // 2026-11
	Measure  string // a cube.MeasureID
	Employee string // ID, "" is the whole store
	Value    int64  // in the measure's unit: minor units, pieces
}

// Expense is money that a store, or the chain, spent in a month beside what
// goods cost.
type Expense struct {
	Store  string // "" is the chain
	Month  string // 2026-11
	Kind   string // rent, wages, energy, ads … or any word of the chain's own
	Amount money.Amount
	Text   string // what it was for, "" when nothing was said
}

// PlanFile returns the plan figures of one store in file form.
func PlanFile(store string, plans []Plan) File {
	n := len(plans)
	month, measure, employee, value := make([]string, n), make([]string, n), make([]string, n), make([]int64, n)
	for i, p := range plans {
		month[i], measure[i], employee[i], value[i] = p.Month, p.Measure, p.Employee, p.Value
	}
	return File{Table: TablePlan, Store: store, Columns: []Column{
		{"key", counted(n)}, {"month", month}, {"measure", measure}, {"employee", employee}, {"value", value},
	}}
}

// ExpenseFile returns the expenses of one store, or with "" of the chain, in file form.
func ExpenseFile(store string, expenses []Expense) File {
	n := len(expenses)
	month, kind, text, amount := make([]string, n), make([]string, n), make([]string, n), make([]int64, n)
	for i, e := range expenses {
		month[i], kind[i], text[i], amount[i] = e.Month, e.Kind, e.Text, int64(e.Amount)
	}
	return File{Table: TableExpense, Store: store, Columns: []Column{
		{"key", counted(n)}, {"month", month}, {"kind", kind}, {"amount", amount}, {"text", text},
	}}
}

// counted are the keys of rows that nothing refers to.
func counted(n int) []int32 {
	keys := make([]int32, n)
	for i := range keys {
		keys[i] = int32(i)
	}
	return keys
}

// addOffice appends the rows of a file of plan figures or expenses: such a file
// is its store's alone, and its keys count within it.
func (d *Dims) addOffice(r *reader, n int) {
	f := r.f
	text := func(name string) []string { return read[string](r, name, n) }
	month := text("month")
	if f.Table == TablePlan {
		measure, employee, value := text("measure"), text("employee"), read[int64](r, "value", n)
		for i := 0; i < n && r.err == nil; i++ {
			d.Plans = append(d.Plans, Plan{f.Store, month[i], measure[i], employee[i], value[i]})
		}
		return
	}
	kind, amount, words := text("kind"), read[int64](r, "amount", n), text("text")
	for i := 0; i < n && r.err == nil; i++ {
		d.Expenses = append(d.Expenses, Expense{f.Store, month[i], kind[i], money.Amount(amount[i]), words[i]})
	}
}
