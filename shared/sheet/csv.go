package sheet

import (
	"encoding/csv"
	"io"
	"time"
)

// Dialect is how the spreadsheets of a country read CSV.
type Dialect struct {
	Comma rune   // between cells
	Point string // between whole and fraction
}

// Dialects.
var (
	Continental = Dialect{Comma: ';', Point: ","} // where the comma is the decimal sign
	English     = Dialect{Comma: ',', Point: "."}
)

// csvWriter writes UTF-8 with its mark and the line ends of RFC 4180.
type csvWriter struct {
	w       *csv.Writer
	columns []Column
	dialect Dialect
	record  []string
}

// NewCSV begins a table with its head. Close does not close w.
func NewCSV(w io.Writer, columns []Column, d Dialect) (Writer, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, err
	}
	c := &csvWriter{w: csv.NewWriter(w), columns: columns, dialect: d, record: make([]string, len(columns))}
	c.w.Comma, c.w.UseCRLF = d.Comma, true
	for i, column := range columns {
		c.record[i] = Guard(column.Title)
		if column.Kind == Share {
			c.record[i] += ", %"
		}
	}
	return c, c.w.Write(c.record)
}

// Row implements Writer.
func (c *csvWriter) Row(cells []Cell) error {
	if len(cells) != len(c.columns) {
		return errWidth
	}
	for i, cell := range cells {
		c.record[i] = Plain(c.columns[i], cell, c.dialect.Point)
	}
	return c.w.Write(c.record)
}

// Plain writes a cell without grouping, as CSV and the clipboard take it. A share
// is written in percent.
func Plain(column Column, cell Cell, point string) string {
	switch {
	case column.Kind == Text || column.Kind == Date:
		return Guard(cell.Text)
	case !cell.OK:
		return ""
	case column.Kind == Moment:
		return time.UnixMilli(cell.N).UTC().Format(time.DateTime)
	case column.Kind == Share:
		return decimal(cell.N, 2, point)
	}
	return decimal(cell.N, column.Exponent, point)
}

// Close implements Writer.
func (c *csvWriter) Close() error {
	c.w.Flush()
	return c.w.Error()
}
