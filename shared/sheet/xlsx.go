package sheet

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// What a worksheet and its cells hold at most (ECMA-376 as Excel reads it).
const (
	rowsMax = 1 << 20 // the head among them
	textMax = 32767   // units of UTF-16, as nameMax
	nameMax = 31
)

// Note is a line about the table: what it shows, and its value.
type Note struct{ Name, Value string }

// XLSX is a workbook in the making: a table, continued on further sheets when
// one is full, and a sheet that says what it is about.
type XLSX struct {
	zip     *zip.Writer
	out     *bufio.Writer // of the sheet that is open
	name    string
	columns []Column
	notes   Notes
	names   []string // of the sheets
	styles  []int    // of the columns
	rows    int      // written to the open sheet
	max     int      // rows of a sheet
}

// Notes is the sheet about the table.
type Notes struct {
	Sheet string // its name
	Lines []Note // none: there is no such sheet
}

// NewXLSX begins a workbook with a sheet of the given name. Close does not
// close w.
func NewXLSX(w io.Writer, name string, columns []Column, notes Notes) (*XLSX, error) {
	x := &XLSX{zip: zip.NewWriter(w), name: name, columns: columns, notes: notes, max: rowsMax}
	for _, column := range columns {
		x.styles = append(x.styles, styleOf(column))
	}
	return x, x.begin()
}

// begin opens the next sheet of the table and writes its head.
func (x *XLSX) begin() error {
	name := x.name
	if n := len(x.names); n > 0 {
		name = cut(name, nameMax-5) + " (" + strconv.Itoa(n+1) + ")"
	}
	if err := x.open(name); err != nil {
		return err
	}
	x.raw(`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i, column := range x.columns {
		fmt.Fprintf(x.out, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, column.width())
	}
	x.raw(`</cols><sheetData><row r="1">`)
	for i, column := range x.columns {
		x.text(i, column.Title, styleHead)
	}
	x.raw(`</row>`)
	x.rows = 1
	return nil
}

// open begins a worksheet part.
func (x *XLSX) open(name string) error {
	x.names = append(x.names, sheetName(name, x.names))
	part, err := x.zip.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(x.names)))
	if err != nil {
		return err
	}
	x.out = bufio.NewWriterSize(part, 1<<16)
	x.raw(xml.Header + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
	return nil
}

// raw writes markup. A bufio.Writer keeps its first error for Flush.
func (x *XLSX) raw(text string) { x.out.WriteString(text) }

// end closes the open worksheet.
func (x *XLSX) end() error {
	x.raw(`</sheetData></worksheet>`)
	return x.out.Flush()
}

// Row implements Writer.
func (x *XLSX) Row(cells []Cell) error {
	if len(cells) != len(x.columns) {
		return errWidth
	}
	if x.rows == x.max {
		if err := x.end(); err != nil {
			return err
		}
		if err := x.begin(); err != nil {
			return err
		}
	}
	x.rows++
	x.raw(`<row r="` + strconv.Itoa(x.rows) + `">`)
	for i, cell := range cells {
		x.cell(i, cell)
	}
	_, err := x.out.WriteString(`</row>`)
	return err
}

func (x *XLSX) cell(i int, cell Cell) {
	column := x.columns[i]
	value := ""
	switch column.Kind {
	case Date:
		ms, ok := dateOf(cell.Text)
		if !ok {
			x.text(i, cell.Text, styleText)
			return
		}
		value = serial(ms)
	case Moment:
		value = serial(cell.N)
	case Number, Share:
		value = decimal(cell.N, column.exponentOf(), ".")
	default:
		x.text(i, cell.Text, styleText)
		return
	}
	if column.Kind == Date || cell.OK {
		x.raw(`<c r="` + place(i, x.rows) + `" s="` + strconv.Itoa(x.styles[i]) + `"><v>` + value + `</v></c>`)
	}
}

// text writes a text into the sheet itself: there is no table of strings that
// would have to be kept until the end.
func (x *XLSX) text(i int, text string, style int) {
	if text == "" {
		return
	}
	row := max(x.rows, 1)
	x.raw(`<c r="` + place(i, row) + `" s="` + strconv.Itoa(style) + `" t="inlineStr"><is><t xml:space="preserve">`)
	var b bytes.Buffer
	// A bytes.Buffer takes everything.
	_ = xml.EscapeText(&b, []byte(escape(cut(text, textMax))))
	x.out.Write(b.Bytes())
	x.raw(`</t></is></c>`)
}

// Close implements Writer: the sheet of notes and the parts that name the sheets.
func (x *XLSX) Close() error {
	if err := x.end(); err != nil {
		return err
	}
	if len(x.notes.Lines) > 0 {
		if err := x.writeNotes(); err != nil {
			return err
		}
	}
	for _, part := range x.parts() {
		w, err := x.zip.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, xml.Header+part.text); err != nil {
			return err
		}
	}
	return x.zip.Close()
}

func (x *XLSX) writeNotes() error {
	if err := x.open(x.notes.Sheet); err != nil {
		return err
	}
	x.raw(`<cols><col min="1" max="1" width="28" customWidth="1"/><col min="2" max="2" width="80" customWidth="1"/></cols><sheetData>`)
	for i, note := range x.notes.Lines {
		x.rows = i + 1
		x.raw(`<row r="` + strconv.Itoa(x.rows) + `">`)
		x.text(0, note.Name, styleHead)
		x.text(1, note.Value, styleText)
		x.raw(`</row>`)
	}
	return x.end()
}

// width is the width of a column in characters.
func (c Column) width() int {
	if c.Width > 0 {
		return min(c.Width, 255)
	}
	return min(max(utf8.RuneCountInString(c.Title)+2, map[Kind]int{Text: 24, Number: 14, Share: 10, Date: 12, Moment: 18}[c.Kind]), 60)
}

// place names a cell: A1, AB12.
func place(column, row int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name + strconv.Itoa(row)
}

// escaped is what Excel would read as an escape of its own: _x000D_.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// escape writes a text so that it is read back as it is.
func escape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	for at := 0; ; {
		found := escaped.FindStringIndex(text[at:])
		if found == nil {
			return text
		}
		text = text[:at+found[0]] + "_x005F" + text[at+found[0]:]
		at += found[0] + len("_x005F_")
	}
}

// cut returns the beginning of text that is at most n units of UTF-16 long, which
// is how the format counts.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for i, r := range text {
		if n -= max(utf16.RuneLen(r), 1); n < 0 {
			return text[:i]
		}
	}
	return text
}

// sheetName makes name one that a sheet may have beside others.
func sheetName(name string, others []string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name = strings.Trim(cut(name, nameMax), "' ")
	taken := func(name string) bool {
		return slices.ContainsFunc(others, func(other string) bool { return strings.EqualFold(name, other) })
	}
	for n := len(others) + 1; name == "" || taken(name) || strings.EqualFold(name, "History"); n++ {
		name = "Sheet" + strconv.Itoa(n)
	}
	return name
}
