package desk

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

// form says what the cells of a column are and how they are written.
type form int

// Forms.
const (
	asText       form = iota // cell.Text
	asCount                  // whole numbers
	asMoney                  // minor units
	asMilli                  // thousandths
	asShare                  // basis points
	asChange                 // basis points, with sign and direction
	asDate                   // cell.Text, 2026-11-22
	asDecimal                // hundredths
	asDifference             // whole numbers with their sign
)

// column describes a column of a grid.
type column struct {
	title  string
	form   form
	hidden bool // until the person chooses it
}

// grid is a table of typed cells: sorted, scrolled and saved by the frame.
type grid struct {
	name    string // of files: "rfm-2026-11-22"
	columns []column
	rows    []gridRow
	total   []sheet.Cell // as many as columns, or nil
	rest    string       // what the page leaves out: "240 others"; "" for nothing
	// all gets the whole table for a file when the page shows a part of it.
	all func(ctx context.Context, then func(*grid, *errcode.Error))
}

// gridRow is a row: one cell per column.
type gridRow struct {
	cells []sheet.Cell
	note  string // beside the name: "n = 12"
	open  func() // opens what is behind the row; nil: nothing
	// opens has what is behind single cells, by column; nil: nothing of its own.
	opens map[int]func()
}

// measured makes a column of a measure.
func measured(id cube.MeasureID, title string) column {
	m, _ := cube.MeasureOf(id)
	return column{title: title, form: formOf(m.Format)}
}

// formOf is how values of a format are written.
func formOf(f cube.Format) form {
	switch f {
	case cube.FormatMoney:
		return asMoney
	case cube.FormatMilli:
		return asMilli
	case cube.FormatShare:
		return asShare
	}
	return asCount
}

// valued makes a cell of a cube's value.
func valued(v cube.Value) sheet.Cell { return sheet.Cell{N: v.N, OK: v.OK} }

// changed makes a cell of asChange.
func changed(now, before cube.Value) sheet.Cell {
	bp, ok := change(now, before)
	return sheet.Cell{N: bp, OK: ok}
}

// write writes a cell as the screen shows it.
func (d *desk) write(c column, cell sheet.Cell) string {
	l := d.lang
	switch {
	case c.form == asText:
		return cell.Text
	case c.form == asDate:
		return d.date(cell.Text)
	case !cell.OK:
		return "–"
	case c.form == asMoney:
		return l.Money(money.Amount(cell.N), d.currency())
	case c.form == asMilli:
		return l.Decimal(money.MulDiv(cell.N, 1, 10), 2)
	case c.form == asDecimal:
		return l.Decimal(cell.N, 2)
	case c.form == asShare:
		return l.Percent(whole(cell.N))
	case c.form == asChange:
		return delta(cell.N, l)
	case c.form == asDifference && cell.N > 0:
		return "+" + l.Int(cell.N)
	}
	return l.Int(cell.N)
}

// sheetColumn is the column in a file.
func (d *desk) sheetColumn(c column) sheet.Column {
	s := sheet.Column{Title: c.title}
	switch c.form {
	case asText:
	case asDate:
		s.Kind = sheet.Date
	case asShare, asChange:
		s.Kind = sheet.Share
	case asMoney:
		s.Kind, s.Exponent = sheet.Number, d.currency().Exponent
		s.Title += ", " + d.lang.Symbol(d.currency())
	case asMilli:
		s.Kind, s.Exponent = sheet.Number, 3
	case asDecimal:
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
func (g *grid) sorted(o order) []int {
	list := make([]int, len(g.rows))
	for i := range list {
		list[i] = i
	}
	if o.column < 0 || o.column >= len(g.columns) {
		return list
	}
	words := g.columns[o.column].form == asText || g.columns[o.column].form == asDate
	slices.SortStableFunc(list, func(i, j int) int {
		a, b := g.rows[i].cells[o.column], g.rows[j].cells[o.column]
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
