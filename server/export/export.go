// Package export gives the warehouse to other programs: tables as CSV, Parquet
// and XLSX, streamed without a limit of rows, and the dictionary that says what
// is in them.
//
// A table is described once (tables.go): the description names each column,
// says what it means and is the SQL that reads it. The dictionary, the files and
// the statement come from that one description and can't disagree.
package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"tillsight/server/warehouse"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/scope"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// Kind says what a column holds.
type Kind string

// Kinds.
const (
	Text   Kind = "text"
	Whole  Kind = "integer"
	Money  Kind = "money"   // decimal with two digits; minor units in the warehouse
	Milli  Kind = "decimal" // decimal with three digits
	Date   Kind = "date"    // a business date
	Moment Kind = "timestamp"
	Truth  Kind = "boolean"
)

// Column is one column of a table.
type Column struct {
	Name     string
	Kind     Kind
	Unit     string
	Meaning  catalogue.Text
	Example  string
	Null     bool // may be empty
	Personal bool // only with the right to personal data
	Key      bool // names the row, alone or with the other keys

	sql string
}

// Table is what can be exported.
type Table struct {
	Name    string
	Title   catalogue.Text
	Meaning catalogue.Text
	Columns []Column
	// ByStore and ByDate say that rows can be asked for by store and by business
	// date, ByMonth by the months of those dates.
	ByStore bool
	ByDate  bool
	ByMonth bool

	from     string // SQL after FROM; may say %s for the condition on stores of r
	store    string // SQL of the row's store; "" when it belongs to none
	day      string // SQL of the row's day or month
	order    string
	chain    bool // rows of store '' are only for who may see all stores
	personal bool // the whole table is personal data
}

// Ask says which rows and columns.
type Ask struct {
	Who      scope.Scope // what may be seen
	Only     []string    // of these stores, none: all that may be seen
	From, To string      // business dates, both included; "" is open
	// Equal keeps rows whose text column has the value.
	Equal map[string]string
}

// TableOf returns the table of that name.
func TableOf(name string) (Table, bool) {
	i := slices.IndexFunc(tables, func(t Table) bool { return t.Name == name })
	if i < 0 {
		return Table{}, false
	}
	return tables[i], true
}

// Tables returns all tables in the order of the dictionary.
func Tables() []Table { return slices.Clone(tables) }

// Visible returns the table with the columns that ask allows, false when the
// whole of it is not for the asker.
func (t Table) Visible(a Ask) (Table, bool) {
	if t.personal && !a.Who.Personal() {
		return t, false
	}
	t.Columns = slices.DeleteFunc(slices.Clone(t.Columns), func(c Column) bool { return c.Personal && !a.Who.Personal() })
	return t, true
}

// value is a cell: a number or a text, by the column's kind.
type value struct {
	n    int64
	text string
	null bool
}

// writer is a form of files.
type writer interface {
	row(values []value) error
	close() error
}

// Format is a form of files.
type Format struct {
	Suffix string
	Type   string // media type
	open   func(w io.Writer, t Table) (writer, error)
}

// Formats are the forms that there are.
var Formats = []Format{
	{"csv", "text/csv; charset=utf-8", newCSV},
	{"parquet", "application/vnd.apache.parquet", newParquet},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", newXLSX},
}

// FormatOf returns the form with that suffix.
func FormatOf(suffix string) (Format, bool) {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Suffix == suffix })
	if i < 0 {
		return Format{}, false
	}
	return Formats[i], true
}

// pauseEvery is how many rows are written between looks at the context.
const pauseEvery = 1000

// Write writes the rows that a asks for and returns how many there were. The
// table must be what Visible returned. An error may leave a part written.
func Write(ctx context.Context, w io.Writer, q warehouse.Querier, t Table, f Format, a Ask) (rows int64, err error) {
	text, args, err := t.statement(a)
	if err != nil {
		return 0, err
	}
	out, err := f.open(w, t)
	if err != nil {
		return 0, fmt.Errorf("export %s: %w", t.Name, err)
	}
	values := make([]value, len(t.Columns))
	err = q.Query(text, func(r sqlite.Row) error {
		for i, c := range t.Columns {
			values[i] = value{null: c.Null && r.Null(i)}
			if c.Kind == Text || c.Kind == Date {
				values[i].text = r.Text(i)
			} else {
				values[i].n = r.Int64(i)
			}
		}
		if rows++; rows%pauseEvery == 1 && ctx.Err() != nil {
			return errcode.New(errcode.Cancelled, "export.Write", ctx.Err())
		}
		return out.row(values)
	}, args...)
	if err := errors.Join(err, out.close()); err != nil {
		return rows, fmt.Errorf("export %s: %w", t.Name, err)
	}
	return rows, nil
}

// statement is the SQL of the rows that a asks for.
func (t Table) statement(a Ask) (text string, args []any, err error) {
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = c.sql + " AS " + c.Name
	}
	from := t.from
	if strings.Contains(from, "%s") {
		condition, more := storeCondition("r.store", a, false)
		from, args = fmt.Sprintf(from, condition), more
	}
	var where []string
	if t.store != "" {
		condition, more := storeCondition(t.store, a, t.chain)
		where, args = append(where, condition), append(args, more...)
	}
	bounds := []struct{ date, op string }{{a.From, ">="}, {a.To, "<="}}
	for _, b := range bounds {
		if b.date == "" || t.day == "" {
			continue
		}
		day, err := cube.ParseDay(b.date)
		if err != nil {
			return "", nil, errcode.New(errcode.Invalid, "export.Ask", err).With("field", "date").With("value", b.date)
		}
		where = append(where, t.day+" "+b.op+" ?")
		if t.ByMonth {
			args = append(args, b.date[:len("2026-11")])
		} else {
			args = append(args, int64(day))
		}
	}
	for _, c := range t.Columns {
		if value, asked := a.Equal[c.Name]; asked && c.Kind == Text {
			where, args = append(where, c.sql+" = ?"), append(args, value)
		}
	}
	text = "SELECT " + strings.Join(columns, ", ") + "\nFROM " + from
	if len(where) > 0 {
		text += "\nWHERE " + strings.Join(where, " AND ")
	}
	return text + "\nORDER BY " + t.order, args, nil
}

// storeCondition keeps what belongs to the stores that may be seen and are asked
// for. What belongs to no store is for all, or with chain for who may see all stores.
func storeCondition(column string, a Ask, chain bool) (text string, args []any) {
	list := func(stores []string) string {
		for _, store := range stores {
			args = append(args, store)
		}
		return column + " IN (" + strings.TrimPrefix(strings.Repeat(", ?", len(stores)), ", ") + ")"
	}
	parts := []string{"1 = 1"}
	if !a.Who.Whole() {
		condition := list(a.Who.Stores())
		if chain {
			condition = "(" + condition + " AND " + column + " <> '')"
		}
		parts = append(parts, condition)
	}
	if len(a.Only) > 0 {
		parts = append(parts, list(a.Only))
	}
	return strings.Join(parts, " AND "), args
}

// Check refuses dates that are none, before anything is written.
func (t Table) Check(a Ask) error {
	_, _, err := t.statement(a)
	return err
}

// Dictionary returns the table's page of the dictionary.
func (t Table) Dictionary() wire.DictionaryTable {
	page := wire.DictionaryTable{
		Table: t.Name, Title: wire.Words(t.Title), Meaning: wire.Words(t.Meaning), ByStore: t.ByStore, ByDate: t.ByDate,
	}
	for _, c := range t.Columns {
		page.Columns = append(page.Columns, wire.DictionaryColumn{
			Name: c.Name, Type: string(c.Kind), Unit: c.Unit, Meaning: wire.Words(c.Meaning), Example: c.Example,
			Null: c.Null, Personal: c.Personal, Key: c.Key,
		})
	}
	return page
}
