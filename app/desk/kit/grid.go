package kit

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/sheet"
)

// Format says what the cells of a column are and how they are written.
type Format int

// Forms.
const (
	AsText       Format = iota // cell.Text
	AsCount                    // whole numbers
	AsMoney                    // minor units
	AsMilli                    // thousandths
	AsShare                    // basis points
	AsChange                   // basis points, with sign and direction; see Column.Better
	asDate                     // cell.Text, 2026-11-22
	AsDecimal                  // hundredths
	AsDifference               // whole numbers with their sign
)

// Column describes a column of a grid.
type Column struct {
	Title  string
	Format Format
	Hidden bool // until the person chooses it
	// Better says of AsChange whether more is good (+1), less is (-1), or neither
	// (0): then a change has no colour.
	Better int
}

// Grid is a table of typed cells: sorted, scrolled and saved by the frame.
type Grid struct {
	Name    string // of files: "rfm-2026-11-22"
	Columns []Column
	Rows    []GridRow
	Total   []sheet.Cell // as many as columns, or nil
	Rest    string       // what the page leaves out: "240 others"; "" for nothing
	// all gets the whole table for a file when the page shows a part of it.
	All func(ctx context.Context, then func(*Grid, *errcode.Error))
}

// GridRow is a row: one cell per column.
type GridRow struct {
	Cells []sheet.Cell
	Note  string // beside the name: "n = 12"
	Less  bool   // what the row counts is a burden: less of it is good where more of others is
	Open  func() // opens what is behind the row; nil: nothing
	// opens has what is behind single cells, by column; nil: nothing of its own.
	Opens map[int]func()
}

// Measured makes a column of a measure.
func Measured(id cube.MeasureID, title string) Column {
	m, _ := cube.MeasureOf(id)
	return Column{Title: title, Format: FormOf(m.Format)}
}

// BetterOf says whether more of a measure is good (+1), less is (-1), or neither.
func BetterOf(d *Desk, id cube.MeasureID) int {
	m, _ := d.MeasureOf(id)
	if m.Better == 0 && strings.HasPrefix(string(id), cube.OwnPrefix) {
		return 1 // made before it could be said
	}
	return m.Better
}

// FormOf is how values of a format are written.
func FormOf(f cube.Format) Format {
	switch f {
	case cube.FormatMoney:
		return AsMoney
	case cube.FormatMilli:
		return AsMilli
	case cube.FormatShare:
		return AsShare
	}
	return AsCount
}

// Valued makes a cell of a cube's value.
func Valued(v cube.Value) sheet.Cell { return sheet.Cell{N: v.N, OK: v.OK} }

// Changed makes a cell of asChange.
func Changed(now, before cube.Value) sheet.Cell {
	bp, ok := Change(now, before)
	return sheet.Cell{N: bp, OK: ok}
}

// Write writes a cell as the screen shows it.
func (d *Desk) Write(c Column, cell sheet.Cell) string {
	l := d.Lang
	switch {
	case c.Format == AsText:
		return cell.Text
	case c.Format == asDate:
		return d.Date(cell.Text)
	case !cell.OK:
		return "–"
	case c.Format == AsMoney:
		return l.Money(money.Amount(cell.N), d.Currency())
	case c.Format == AsMilli:
		return l.Decimal(money.MulDiv(cell.N, 1, 10), 2)
	case c.Format == AsDecimal:
		return l.Decimal(cell.N, 2)
	case c.Format == AsShare:
		return l.Percent(Whole(cell.N))
	case c.Format == AsChange:
		return Delta(cell.N, l)
	case c.Format == AsDifference && cell.N > 0:
		return "+" + l.Int(cell.N)
	}
	return l.Int(cell.N)
}

// sheetColumn is the column in a file.
func sheetColumn(d *Desk, c Column) sheet.Column {
	s := sheet.Column{Title: c.Title}
	switch c.Format {
	case AsText:
	case asDate:
		s.Kind = sheet.Date
	case AsShare, AsChange:
		s.Kind = sheet.Share
	case AsMoney:
		s.Kind, s.Exponent = sheet.Number, d.Currency().Exponent
		s.Title += ", " + d.Lang.Symbol(d.Currency())
	case AsMilli:
		s.Kind, s.Exponent = sheet.Number, 3
	case AsDecimal:
		s.Kind, s.Exponent = sheet.Number, 2
	default:
		s.Kind = sheet.Number
	}
	return s
}

// order is how a grid is sorted by the person.
type order struct {
	column int // −1: as the report gives it
	desc   bool
}

// sorted returns the numbers of the rows in order. Nothing comes last.
func (g *Grid) sorted(o order) []int {
	list := make([]int, len(g.Rows))
	for i := range list {
		list[i] = i
	}
	if o.column < 0 || o.column >= len(g.Columns) {
		return list
	}
	words := g.Columns[o.column].Format == AsText || g.Columns[o.column].Format == asDate
	slices.SortStableFunc(list, func(i, j int) int {
		a, b := g.Rows[i].Cells[o.column], g.Rows[j].Cells[o.column]
		var order int
		switch {
		case words:
			order = cube.Natural(strings.ToLower(a.Text), strings.ToLower(b.Text))
		case a.OK != b.OK && a.OK:
			return -1
		case a.OK != b.OK:
			return 1
		default:
			order = cmp.Compare(a.N, b.N)
		}
		if o.desc {
			return -order
		}
		return order
	})
	return list
}
