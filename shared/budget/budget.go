// Package budget is what a chain plans and spends, as the office and the server
// talk about it: plan figures by store and month, and expenses.
package budget

import (
	"regexp"

	"tillsight/shared/cube"
	"tillsight/shared/money"
)

// Figure is what a store, or one employee of it, should reach in a month.
type Figure struct {
	Store    string         `json:"store"`
	Month    string         `json:"month"` // 2026-11
	Measure  cube.MeasureID `json:"measure"`
	Employee string         `json:"employee,omitempty"` // "" is the whole store
	// Value is in the measure's unit; without one there is no figure, or it is
	// to be taken away.
	Value *int64 `json:"value"`
	// Version is that of the figure's last change. When saving: the version
	// that was seen, 0 when there was no figure.
	Version int64  `json:"version,omitempty"`
	By      string `json:"by,omitempty"` // login
	At      int64  `json:"at,omitempty"` // unix ms
}

// Plans is the figures of some months.
type Plans struct {
	Figures []Figure `json:"figures"`
	Version int64    `json:"version"`          // of the last change of all
	Stores  []Store  `json:"stores,omitempty"` // whose figures the person may change, with those who work there
}

// Store is a store that can be planned.
type Store struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Employees []Employee `json:"employees,omitempty"`
}

// Employee is somebody who can have a plan.
type Employee struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// SavePlans changes figures, all or none: if one was changed by somebody else
// meanwhile, the answer is errcode.Conflict.
type SavePlans struct {
	Figures []Figure `json:"figures"`
}

// Expense is money that a store, or the chain, spent in a month beside what
// goods cost.
type Expense struct {
	ID      int64        `json:"id"`
	Store   string       `json:"store"` // "" is the chain
	Month   string       `json:"month"`
	Kind    string       `json:"kind"`
	Amount  money.Amount `json:"amount"`
	Text    string       `json:"text,omitempty"`
	Version int64        `json:"version"`
	By      string       `json:"by,omitempty"`
	At      int64        `json:"at,omitempty"`
}

// Expenses is the expenses of some months, by month, store and kind.
type Expenses struct {
	Expenses []Expense `json:"expenses"`
	Kinds    []string  `json:"kinds"` // that are in use or usual
	Stores   []Store   `json:"stores"`
	Chain    bool      `json:"chain"` // the person may enter those of the whole chain
}

// SaveExpense puts an expense (ID 0: a new one) or takes one away. Version is
// the one that was seen.
type SaveExpense struct {
	Expense
	Delete bool `json:"delete,omitempty"`
}

// Imported says what a file holds and, unless it was tried only, what was done.
// A file with errors changes nothing.
type Imported struct {
	Rows    int           `json:"rows"`
	New     int           `json:"new"`
	Changed int           `json:"changed"`
	Same    int           `json:"same"`
	Errors  []ImportError `json:"errors"`
	Unknown []string      `json:"unknown,omitempty"` // headings that are not ours
	Done    bool          `json:"done"`              // false: a trial, or there are errors
	// Sample is the first rows as they were understood.
	Plans    []Figure  `json:"plans,omitempty"`
	Was      []*int64  `json:"was,omitempty"` // of Plans: values before, null where there was none
	Expenses []Expense `json:"expenses,omitempty"`
}

// ImportError is a value that was not understood.
type ImportError struct {
	Row    int    `json:"row"`    // line of the file, from 1
	Column string `json:"column"` // its heading
	Code   string `json:"code"`   // missing, unknown, month, number, unclear, negative, twice (Value: the first line), forbidden, long, or of intake.Fault
	Value  string `json:"value"`
}

// Change is an entry of the book of changes.
type Change struct {
	N      int64   `json:"n"`
	At     int64   `json:"at"`
	By     string  `json:"by"`
	Plan   *Figure `json:"plan,omitempty"` // the figure's place; Value is what it became
	Before *int64  `json:"before"`         // value or amount before, null when there was none

	Expense *Expense `json:"expense,omitempty"` // as it became, or was when it was taken away
	Deleted bool     `json:"deleted,omitempty"`
}

// Kinds are the usual kinds of expenses; any other word may be used too.
func Kinds() []string {
	return []string{"rent", "wages", "taxes", "energy", "ads", "equipment", "repairs", "transport", "bank", "security", "software", "other"}
}

// IsMonth reports whether text is a month, 2026-11.
func IsMonth(text string) bool { return monthForm.MatchString(text) }

var monthForm = regexp.MustCompile(`^(19|20)\d\d-(0[1-9]|1[0-2])$`)

// Limits of expenses.
const (
	KindMax = 60  // characters
	TextMax = 300 // characters
)
