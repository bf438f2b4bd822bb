package sheet

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

var example = []Column{
	{Title: "Товар"}, {Title: "Revenue, ₽", Kind: Number, Exponent: 2}, {Title: "Receipts", Kind: Number},
	{Title: "Share", Kind: Share}, {Title: "Day", Kind: Date}, {Title: "At", Kind: Moment},
}

func workbook(t *testing.T, x func(*bytes.Buffer)) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	x(&b)
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func written(t *testing.T, rows [][]Cell, limit int) *excelize.File {
	t.Helper()
	return workbook(t, func(b *bytes.Buffer) {
		x, err := NewXLSX(b, "Sales: by day", example, Notes{Sheet: "Filter", Lines: []Note{{"Period", "1 – 22 Nov"}, {"Stores", "<all> & more"}}})
		if err != nil {
			t.Fatal(err)
		}
		if limit > 0 {
			x.max = limit
		}
		for _, row := range rows {
			if err := x.Row(row); err != nil {
				t.Fatal(err)
			}
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

var exampleRows = [][]Cell{
	{TextOf("=SUM(A1) <молоко>"), Of(-123456), Of(7), Of(4830), TextOf("2026-11-22"), Of(1795339920000)},
	{TextOf("  two  "), {}, Of(0), {}, TextOf("later"), {}},
}

// TestXLSX reads a workbook back with another library.
func TestXLSX(t *testing.T) {
	f := written(t, exampleRows, 0)
	if got := f.GetSheetList(); len(got) != 2 || got[0] != "Sales  by day" || got[1] != "Filter" {
		t.Fatalf("sheets %q", got)
	}
	raw := excelize.Options{RawCellValue: true}
	for _, tt := range []struct{ sheet, cell, want, raw string }{
		{"Sales  by day", "A1", "Товар", "Товар"},
		{"Sales  by day", "A2", "=SUM(A1) <молоко>", "=SUM(A1) <молоко>"},
		{"Sales  by day", "B2", "-1,234.56", "-1234.56"},
		{"Sales  by day", "C2", "7", "7"},
		{"Sales  by day", "D2", "48.3%", "0.483"},
		{"Sales  by day", "E2", "11-22-26", "46348"}, // format 14 in excelize's culture; 46348 by LibreOffice's =DATE(2026;11;22)
		{"Sales  by day", "A3", "  two  ", "  two  "},
		{"Sales  by day", "B3", "", ""},
		{"Sales  by day", "C3", "0", "0"},
		{"Sales  by day", "E3", "later", "later"},
		{"Filter", "B2", "<all> & more", "<all> & more"},
	} {
		got, err := f.GetCellValue(tt.sheet, tt.cell)
		if err != nil || got != tt.want {
			t.Errorf("%s %s = %q, %v, want %q", tt.sheet, tt.cell, got, err, tt.want)
		}
		if got, err = f.GetCellValue(tt.sheet, tt.cell, raw); err != nil || got != tt.raw {
			t.Errorf("%s %s holds %q, %v, want %q", tt.sheet, tt.cell, got, err, tt.raw)
		}
	}
	for cell, want := range map[string]excelize.CellType{"B2": excelize.CellTypeUnset, "A2": excelize.CellTypeInlineString} {
		if got, err := f.GetCellType("Sales  by day", cell); err != nil || got != want {
			t.Errorf("%s is of type %v, %v", cell, got, err)
		}
	}
	if got, err := f.GetCellValue("Sales  by day", "F2"); err != nil || got != "2026-11-22 09:32" {
		t.Errorf("F2 = %q, %v", got, err)
	}
}

// TestXLSXGoesOnOnAnotherSheet checks that no row is lost when a sheet is full.
func TestXLSXGoesOnOnAnotherSheet(t *testing.T) {
	var rows [][]Cell
	for n := range 7 {
		rows = append(rows, []Cell{{}, {}, Of(int64(n)), {}, {}, {}})
	}
	f := written(t, rows, 4)
	var got []string
	for _, name := range f.GetSheetList()[:3] {
		list, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range list[1:] {
			got = append(got, row[2])
		}
	}
	if strings.Join(got, "") != "0123456" {
		t.Errorf("rows %q on sheets %q", got, f.GetSheetList())
	}
}

// TestXLSXKeepsEveryCell writes texts and numbers of any kind and reads them back.
func TestXLSXKeepsEveryCell(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		columns := []Column{{Title: "a"}, {Title: "b", Kind: Number, Exponent: rapid.IntRange(0, 4).Draw(r, "exponent")}}
		text := rapid.StringMatching(`([ -~а-я₽\n]|_x[0-9A-F]{4}_){0,20}`).Draw(r, "text")
		n := rapid.Int64Range(-1e14, 1e14).Draw(r, "n")
		f := workbook(t, func(b *bytes.Buffer) {
			x, err := NewXLSX(b, "t", columns, Notes{})
			if err == nil {
				err = x.Row([]Cell{TextOf(text), Of(n)})
			}
			if err == nil {
				err = x.Close()
			}
			if err != nil {
				r.Fatal(err)
			}
		})
		got, err := f.GetCellValue("t", "A2")
		if err != nil || got != text {
			r.Fatalf("text %q came back as %q, %v", text, got, err)
		}
		got, err = f.GetCellValue("t", "B2", excelize.Options{RawCellValue: true})
		want := decimal(n, columns[1].Exponent, ".")
		x, wrong := strconv.ParseFloat(got, 64)
		if y, _ := strconv.ParseFloat(want, 64); err != nil || wrong != nil || x != y {
			r.Fatalf("number %s came back as %s, %v", want, got, err)
		}
	})
}

func TestCSV(t *testing.T) {
	for _, tt := range []struct {
		dialect Dialect
		want    string
	}{
		{Continental, "\ufeffТовар;Revenue, ₽;Receipts;Share, %;Day;At\r\n'=SUM(A1) <молоко>;-1234,56;7;48,30;2026-11-22;2026-11-22 09:32:00\r\n  two  ;;0;;later;\r\n"},
		{English, "\ufeffТовар,\"Revenue, ₽\",Receipts,\"Share, %\",Day,At\r\n'=SUM(A1) <молоко>,-1234.56,7,48.30,2026-11-22,2026-11-22 09:32:00\r\n\"  two  \",,0,,later,\r\n"},
	} {
		var b bytes.Buffer
		w, err := NewCSV(&b, example, tt.dialect)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range exampleRows {
			if err := w.Row(row); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if tt.dialect == Continental {
			tt.want = strings.Replace(tt.want, "  two  ;", "\"  two  \";", 1)
		}
		if b.String() != tt.want {
			t.Errorf("wrote\n%q\nwant\n%q", b.String(), tt.want)
		}
	}
}

// A name never runs as a formula, and comes back as it was.
func TestGuard(t *testing.T) {
	for text, want := range map[string]string{
		"-5 °C": "'-5 °C", "-2+3+cmd|' /C calc'!A0": "'-2+3+cmd|' /C calc'!A0", "-a": "'-a", "@x": "'@x", "+7": "'+7", "=1": "'=1", "\tx": "'\tx",
		"'=1": "''=1", "a=b": "a=b", "'Утро'": "'Утро'", "": "", "＝1": "'＝1",
	} {
		if got := Guard(text); got != want || Unguard(got) != text {
			t.Errorf("%q is written as %q, want %q, and read as %q", text, got, want, Unguard(got))
		}
	}
	if got := Plain(Column{Kind: Number, Exponent: 2}, Of(-500), "."); got != "-5.00" {
		t.Errorf("a number is written as %q", got)
	}
}

// Names of sheets are as long as the format counts, and nobody else's.
func TestSheetNames(t *testing.T) {
	const flag = "🇷🇺" // four units of UTF-16
	tests := []struct {
		name   string
		others []string
		want   string
	}{
		{flag + strings.Repeat("a", 28), nil, flag + strings.Repeat("a", 27)},
		{strings.Repeat("я", 40), nil, strings.Repeat("я", 31)},
		{"", []string{"Sheet3", "t"}, "Sheet4"}, {"t", []string{"T", "sheet3", "Sheet4"}, "Sheet5"},
		{"a/b", nil, "a b"}, {"history", nil, "Sheet1"},
	}
	for _, tt := range tests {
		got := sheetName(tt.name, tt.others)
		if got != tt.want || len(utf16.Encode([]rune(got))) > 31 {
			t.Errorf("%q beside %q is %q, want %q", tt.name, tt.others, got, tt.want)
		}
	}
}

func TestPlace(t *testing.T) {
	for column, want := range map[int]string{0: "A1", 25: "Z1", 26: "AA1", 701: "ZZ1", 702: "AAA1"} {
		if got := place(column, 1); got != want {
			t.Errorf("column %d is %s, want %s", column, got, want)
		}
	}
}

func BenchmarkXLSX(b *testing.B) {
	row := []Cell{TextOf("Молоко 3,2 % 930 мл"), Of(123456), Of(7), Of(4830), TextOf("2026-11-22"), Of(1795339920000)}
	for b.Loop() {
		x, err := NewXLSX(&bytes.Buffer{}, "t", example, Notes{})
		if err != nil {
			b.Fatal(err)
		}
		for n := range 10_000 {
			row[2] = Of(int64(n))
			if err := x.Row(row); err != nil {
				b.Fatal(err)
			}
		}
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(10_000, "rows/op")
}
