package kit

import (
	"context"

	"tillsight/app/i18n"
	"tillsight/shared/errcode"
	"tillsight/shared/sheet"
)

// Table is a table of rows of T as one list of columns: what stands in a cell,
// in the total, and when the column is there at all, is said in one place.
type Table[T any] struct {
	Name    string // of files: "rfm-2026-11-22"
	Rows    []T
	Columns []TableColumn[T]
	Open    func(T)        // opens what is behind a row; nil: nothing
	Opens   func(T) bool   // rows that Open has something for; nil: all
	Note    func(T) string // beside the name; nil: none
	Less    func(T) bool   // rows of which less is good; nil: none
	Rest    string         // what the page leaves out; "" for nothing
	// All gets the whole table for a file when the page shows a part of it.
	All func(ctx context.Context, then func(*Grid, *errcode.Error))
}

// TableColumn is a column of a table.
type TableColumn[T any] struct {
	Title   *i18n.Message
	Text    string // title of what has no message of its own, such as a name of data
	Format  Format
	Cell    func(T) sheet.Cell
	Total   sheet.Cell   // zero: none
	Open    func(T)      // opens what is behind a single cell; nil: nothing of its own
	Opens   func(T) bool // cells that Open has something for; nil: all
	Hidden  bool         // until the person chooses it
	Better  int          // as of Column
	Without bool         // the column is not there: nothing to compare with, no right
}

// Grid lays the table out in a language.
func (t Table[T]) Grid(l i18n.Lang) *Grid {
	g := &Grid{Name: t.Name, Rest: t.Rest, All: t.All}
	var columns []TableColumn[T]
	totals := false
	for _, c := range t.Columns {
		if c.Without {
			continue
		}
		title := c.Text
		if c.Title != nil {
			title = l.T(c.Title)
		}
		columns = append(columns, c)
		g.Columns = append(g.Columns, Column{Title: title, Format: c.Format, Hidden: c.Hidden, Better: c.Better})
		totals = totals || c.Total != sheet.Cell{}
	}
	for _, row := range t.Rows {
		g.Rows = append(g.Rows, t.row(columns, row))
	}
	if totals {
		for _, c := range columns {
			g.Total = append(g.Total, c.Total)
		}
	}
	return g
}

func (t Table[T]) row(columns []TableColumn[T], row T) GridRow {
	line := GridRow{}
	if t.Note != nil {
		line.Note = t.Note(row)
	}
	line.Less = t.Less != nil && t.Less(row)
	if t.Open != nil && (t.Opens == nil || t.Opens(row)) {
		line.Open = func() { t.Open(row) }
	}
	for i, c := range columns {
		line.Cells = append(line.Cells, c.Cell(row))
		if c.Open == nil || c.Opens != nil && !c.Opens(row) {
			continue
		}
		if line.Opens == nil {
			line.Opens = map[int]func(){}
		}
		line.Opens[i] = func() { c.Open(row) }
	}
	return line
}
