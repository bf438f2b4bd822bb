package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"

	"tillsight/shared/cube"
	"tillsight/shared/sheet"
)

// csvFile is RFC 4180 without a byte order mark: names in the first line,
// decimal points, moments in UTC (ISO 8601), nothing between commas for null.
type csvFile struct {
	w       *csv.Writer
	columns []Column
	record  []string
}

func newCSV(w io.Writer, t Table) (writer, error) {
	f := &csvFile{w: csv.NewWriter(w), columns: t.Columns, record: make([]string, len(t.Columns))}
	for i, c := range t.Columns {
		f.record[i] = c.Name
	}
	return f, f.w.Write(f.record)
}

func (f *csvFile) row(values []value) error {
	for i, v := range values {
		f.record[i] = plain(f.columns[i].Kind, v)
	}
	return f.w.Write(f.record)
}

// plain is a value as text.
func plain(kind Kind, v value) string {
	if v.null {
		return ""
	}
	switch kind {
	case Text:
		return sheet.Guard(v.text)
	case Date:
		return v.text
	case Money:
		return decimal(v.n, 2)
	case Milli:
		return decimal(v.n, 3)
	case Moment:
		return time.UnixMilli(v.n).UTC().Format("2006-01-02T15:04:05.000Z")
	case Truth:
		return strconv.FormatBool(v.n != 0)
	}
	return strconv.FormatInt(v.n, 10)
}

// decimal writes n × 10^-digits.
func decimal(n int64, digits int) string {
	sign, magnitude := "", uint64(n)
	if n < 0 {
		sign, magnitude = "-", -uint64(n)
	}
	text := strconv.FormatUint(magnitude, 10)
	if len(text) <= digits {
		text = strings.Repeat("0", digits+1-len(text)) + text
	}
	return sign + text[:len(text)-digits] + "." + text[len(text)-digits:]
}

func (f *csvFile) close() error {
	f.w.Flush()
	return f.w.Error()
}

// Rows of a Parquet file that are held until they are written together.
const (
	rowGroup = 100_000
	rowBatch = 256
)

// parquetFile writes rows in groups, with money as DECIMAL(18, 2).
type parquetFile struct {
	w       *parquet.Writer
	columns []Column
	batch   []parquet.Row
}

// inOrder is a group that keeps the order of its columns.
type inOrder struct {
	parquet.Group
	fields []parquet.Field
}

// Fields implements parquet.Node.
func (g inOrder) Fields() []parquet.Field { return g.fields }

func newParquet(w io.Writer, t Table) (writer, error) {
	group := parquet.Group{}
	for _, c := range t.Columns {
		node := nodeOf(c.Kind)
		if c.Null {
			node = parquet.Optional(node)
		}
		group[c.Name] = parquet.Compressed(node, &parquet.Snappy)
	}
	place := func(f parquet.Field) int {
		return slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == f.Name() })
	}
	fields := group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int { return place(a) - place(b) })
	schema := parquet.NewSchema(t.Name, inOrder{group, fields})
	return &parquetFile{
		w:       parquet.NewWriter(w, schema, parquet.MaxRowsPerRowGroup(rowGroup), parquet.CreatedBy("tillsight", "", "")),
		columns: t.Columns,
	}, nil
}

func nodeOf(kind Kind) parquet.Node {
	switch kind {
	case Text:
		return parquet.String()
	case Money:
		return parquet.Decimal(2, 18, parquet.Int64Type)
	case Milli:
		return parquet.Decimal(3, 18, parquet.Int64Type)
	case Date:
		return parquet.Date()
	case Moment:
		return parquet.Timestamp(parquet.Millisecond)
	case Truth:
		return parquet.Leaf(parquet.BooleanType)
	}
	return parquet.Int(64)
}

func (f *parquetFile) row(values []value) error {
	row := make(parquet.Row, len(values))
	for i, v := range values {
		c := f.columns[i]
		cell, level := parquet.NullValue(), 0
		if !v.null {
			var err error
			if cell, err = parquetValue(c.Kind, v); err != nil {
				return fmt.Errorf("column %s: %w", c.Name, err)
			}
			if c.Null {
				level = 1
			}
		}
		row[i] = cell.Level(0, level, i)
	}
	f.batch = append(f.batch, row)
	if len(f.batch) == rowBatch {
		return f.flush()
	}
	return nil
}

func parquetValue(kind Kind, v value) (parquet.Value, error) {
	switch kind {
	case Text:
		return parquet.ByteArrayValue([]byte(v.text)), nil
	case Date:
		day, err := cube.ParseDay(v.text)
		return parquet.Int32Value(int32(day)), err
	case Truth:
		return parquet.BooleanValue(v.n != 0), nil
	}
	return parquet.Int64Value(v.n), nil
}

func (f *parquetFile) flush() error {
	_, err := f.w.WriteRows(f.batch)
	f.batch = f.batch[:0]
	return err
}

func (f *parquetFile) close() error {
	if err := f.flush(); err != nil {
		return err
	}
	return f.w.Close()
}

// xlsxFile is a workbook that goes on on another sheet when one is full.
type xlsxFile struct {
	w       *sheet.XLSX
	columns []Column
	cells   []sheet.Cell
}

func newXLSX(w io.Writer, t Table) (writer, error) {
	columns := make([]sheet.Column, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = sheet.Column{Title: c.Name, Kind: sheet.Number}
		switch c.Kind {
		case Text, Truth:
			columns[i].Kind = sheet.Text
		case Date:
			columns[i].Kind = sheet.Date
		case Moment:
			columns[i].Kind = sheet.Moment
		case Money:
			columns[i].Exponent = 2
		case Milli:
			columns[i].Exponent = 3
		}
	}
	x, err := sheet.NewXLSX(w, t.Name, columns, sheet.Notes{})
	return &xlsxFile{w: x, columns: t.Columns, cells: make([]sheet.Cell, len(columns))}, err
}

func (f *xlsxFile) row(values []value) error {
	for i, v := range values {
		switch kind := f.columns[i].Kind; {
		case v.null:
			f.cells[i] = sheet.Cell{}
		case kind == Text || kind == Date:
			f.cells[i] = sheet.TextOf(v.text)
		case kind == Truth:
			f.cells[i] = sheet.TextOf(strconv.FormatBool(v.n != 0))
		default:
			f.cells[i] = sheet.Of(v.n)
		}
	}
	return f.w.Row(f.cells)
}

func (f *xlsxFile) close() error { return f.w.Close() }
