package desk

import (
	"bytes"
	"encoding/csv"
	"strings"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/money"
)

// tableFile is a table on its way out of the device: all rows, plain figures.
type tableFile struct {
	name string // of the file, without its ending
	head []string
	rows [][]string
}

// csv writes the table as spreadsheets of the language's countries read it: UTF-8
// with its mark, semicolons where the comma is the decimal sign.
func (s tableFile) csv(l i18n.Lang) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if l == i18n.RU {
		w.Comma = ';'
	}
	for _, row := range append([][]string{s.head}, s.rows...) {
		cells := make([]string, len(row))
		for i, text := range row {
			cells[i] = harmless(text)
		}
		// A bytes.Buffer takes everything.
		_ = w.Write(cells)
	}
	w.Flush()
	return b.Bytes()
}

// harmless keeps a spreadsheet from running a text as a formula. Numbers may
// begin with a minus.
func harmless(text string) string {
	if text == "" {
		return ""
	}
	if strings.ContainsRune("=+@\t\r", rune(text[0])) || text[0] == '-' && (len(text) < 2 || text[1] < '0' || text[1] > '9') {
		return "'" + text
	}
	return text
}

// save offers the table as a file.
func (d *desk) save(s tableFile) { ui.Download(s.name+".csv", s.csv(d.lang)) }

// bare writes n × 10^-exponent plainly, with the language's decimal sign.
func bare(n int64, exponent int, l i18n.Lang) string {
	text := money.FormatDecimal(n, exponent)
	if l == i18n.RU {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

// bareSum writes a sum of minor units plainly.
func (d *desk) bareSum(n int64) string { return bare(n, d.currency().Exponent, d.lang) }
