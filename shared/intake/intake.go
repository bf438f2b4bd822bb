// Package intake reads the tables that come as files from people and from other
// programs: goods, plans, expenses, prices, stock. All of them are read here, so
// that one rule holds for all: a file changes nothing that it does not clearly
// say. A row that is not as wide as its head, a quote that is left open, a cell
// with a line break or a spreadsheet's error is a fault with its line; no cell is
// taken from a neighbour, and no row disappears.
package intake

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tillsight/shared/errcode"
)

// Column is a column that a table may have.
type Column struct {
	Name   string
	Words  []string // other headings by which it is found, small letters
	Needed bool
}

// Fault is what is wrong with a row. Rows with a fault are not in Table.Rows.
type Fault struct {
	Line   int    // as an editor counts, from 1
	Column string // "" is the row
	Code   string
	Value  string
}

// Codes of faults.
const (
	Short   = "short"   // fewer cells than the head
	Wide    = "wide"    // more cells than the head
	Quotes  = "quotes"  // a quote is not closed, or closed too early
	Break   = "break"   // a cell goes over several lines
	Control = "control" // characters that nobody sees
	Broken  = "broken"  // a spreadsheet's error in place of a value
	Damaged = "damaged" // characters got lost before
)

// Row is a row of a table that is formed as its head says.
type Row struct {
	Line  int
	cells []string
	table *Table
}

// Table is a file of rows under headings.
type Table struct {
	Columns []string // of ours, in the order of the file
	Unknown []string // headings that are not ours
	Rows    []Row
	Faults  []Fault // in the order of the file
	at      map[string]int
	names   []string // of the cells of a row, "" for those that are not ours
	untold  []int    // cells without a heading
}

// Has reports whether the file has a column.
func (t *Table) Has(column string) bool {
	_, has := t.at[column]
	return has
}

// Cell returns a cell without blanks around it, "" when there is no such column.
func (r Row) Cell(column string) string {
	at, has := r.table.at[column]
	if !has {
		return ""
	}
	return r.cells[at]
}

// Read reads a file with headings in its first line. What makes no sense as a
// whole is an error that says why; max limits the rows.
func Read(data []byte, columns []Column, max int) (*Table, error) {
	text, err := Text(data)
	if err != nil {
		return nil, err
	}
	s, err := begin(text, columns)
	if err != nil {
		return nil, err
	}
	head := s.next()
	for blank(head.cells) && head.fault == "" {
		if s.at >= len(s.text) {
			return nil, errcode.New(errcode.FileEmpty, "intake.Read", nil)
		}
		head = s.next()
	}
	if head.fault != "" {
		return nil, errcode.New(errcode.FileHead, "intake.Read", errors.New(head.fault))
	}
	t := &Table{at: map[string]int{}}
	if err := t.readHead(head.cells, columns); err != nil {
		return nil, err
	}
	return t, t.readRows(s, max)
}

// begin finds out how a file separates its cells: as its first line says
// ("sep=;"), else so that most columns are found, else by what is there most.
func begin(text string, columns []Column) (*scanner, error) {
	s := &scanner{text: text, line: 1}
	first := s.peek()
	if mark, said := strings.CutPrefix(strings.ToLower(strings.Trim(strings.TrimSpace(first), `"`)), "sep="); said {
		s.skip()
		if len(mark) == 0 && strings.HasSuffix(first, "\t") {
			mark = "\t"
		}
		if len(mark) != 1 {
			return nil, errcode.New(errcode.FileHead, "intake.Read", fmt.Errorf("separator %q", mark))
		}
		s.comma = mark[0]
	}
	for s.at < len(s.text) && strings.TrimSpace(s.peek()) == "" {
		s.skip()
	}
	if s.at >= len(s.text) {
		return nil, errcode.New(errcode.FileEmpty, "intake.Read", nil)
	}
	if s.comma != 0 {
		return s, nil
	}
	best := -1
	for _, comma := range []byte(";\t,|") {
		try := *s
		try.comma = comma
		cells := try.next().cells
		known := 0
		for _, cell := range cells {
			if find(columns, cell) >= 0 {
				known++
			}
		}
		if score := known*1000 + min(len(cells), 999); score > best {
			best, s.comma = score, comma
		}
	}
	return s, nil
}

// find returns the column with a heading, -1 when there is none.
func find(columns []Column, heading string) int {
	heading = tidy(heading)
	return slices.IndexFunc(columns, func(c Column) bool { return c.Name == heading || slices.Contains(c.Words, heading) })
}

// tidy writes a heading as columns name them.
func tidy(heading string) string {
	return strings.TrimSuffix(strings.ToLower(strings.Join(strings.Fields(heading), " ")), ".")
}

func (t *Table) readHead(head []string, columns []Column) error {
	const op = "intake.Read"
	width := len(head)
	for width > 0 && strings.TrimSpace(head[width-1]) == "" {
		width--
	}
	t.names = make([]string, width)
	for i, heading := range head[:width] {
		at := find(columns, heading)
		if at < 0 {
			if heading = tidy(heading); heading != "" {
				t.Unknown = append(t.Unknown, Shown(heading))
			} else {
				t.untold = append(t.untold, i)
			}
			continue
		}
		name := columns[at].Name
		if t.Has(name) {
			return errcode.New(errcode.FileTwice, op, fmt.Errorf("column %s twice", name)).With("column", tidy(heading))
		}
		t.at[name], t.names[i] = i, name
		t.Columns = append(t.Columns, name)
	}
	for _, c := range columns {
		if c.Needed && !t.Has(c.Name) {
			title := c.Name
			if len(c.Words) > 0 {
				title = c.Words[0]
			}
			return errcode.New(errcode.FileColumn, op, fmt.Errorf("no column %s", c.Name)).
				With("field", c.Name).With("column", title).With("column.en", c.Name)
		}
	}
	return nil
}

func (t *Table) readRows(s *scanner, max int) error {
	for rows := 0; s.at < len(s.text); {
		r := s.next()
		if r.fault == "" && blank(r.cells) && s.line < linesFor(max) {
			continue
		}
		if rows++; rows > max || s.line >= linesFor(max) {
			return errcode.New(errcode.FileRows, "intake.Read", nil).With("limit", strconv.Itoa(max))
		}
		t.take(r)
	}
	return nil
}

// linesFor limits the lines of a file of rows, blank ones with the others.
func linesFor(rows int) int { return 10*rows + 1000 }

// take adds a row, or says what is wrong with it.
func (t *Table) take(r scanned) {
	before := len(t.Faults)
	switch {
	case r.fault != "":
		t.fault(r.line, "", r.fault, r.value)
	case len(r.cells) < len(t.names):
		t.fault(r.line, "", Short, strconv.Itoa(len(r.cells)))
	case !blank(r.cells[len(t.names):]) || t.nameless(r.cells):
		t.fault(r.line, "", Wide, strconv.Itoa(len(r.cells)))
	}
	cells := make([]string, len(t.names))
	for i, name := range t.names {
		if name == "" || len(t.Faults) > before {
			continue
		}
		cell := plain(r.cells[i])
		cells[i] = cell
		if code := check(cell); code != "" {
			t.fault(r.line, name, code, cell)
		}
	}
	if len(t.Faults) == before {
		t.Rows = append(t.Rows, Row{Line: r.line, cells: cells, table: t})
	}
}

// nameless reports whether there is something under an empty heading: a number
// that a separator cut in two may be there.
func (t *Table) nameless(cells []string) bool {
	return slices.ContainsFunc(t.untold, func(i int) bool { return strings.TrimSpace(cells[i]) != "" })
}

func (t *Table) fault(line int, column, code, value string) {
	t.Faults = append(t.Faults, Fault{Line: line, Column: column, Code: code, Value: Shown(value)})
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" })
}

// Once finds what should be there once: the line on which a key was first, by key.
type Once map[string]int

// Twice reports the line on which key was before; it is kept when it is new.
func (o Once) Twice(key string, line int) (first int, twice bool) {
	if first, twice = o[key]; !twice {
		o[key] = line
	}
	return first, twice
}
