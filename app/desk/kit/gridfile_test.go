package kit

import (
	"bytes"
	"strings"
	"testing"

	"tillsight/app/i18n"
	"tillsight/shared/sheet"
)

// A total in a file says that it is one.
func TestTotalIsNamed(t *testing.T) {
	g := &Grid{Columns: []Column{{Title: "a"}, {Title: "b", Format: AsCount}}, Rows: []GridRow{{Cells: []sheet.Cell{sheet.TextOf("-5 °C"), sheet.Of(-2)}}},
		Total: []sheet.Cell{{}, sheet.Of(-2)}}
	for lang, want := range map[i18n.Lang]string{i18n.RU: "'-5 °C;-2\r\nИтого;-2\r\n", i18n.EN: "'-5 °C,-2\r\nTotal,-2\r\n"} {
		var b bytes.Buffer
		if err := writeCSV(testDesk(lang), &b, g); err != nil || !strings.HasSuffix(b.String(), want) {
			t.Errorf("%s: %q, %v", lang, b.String(), err)
		}
	}
	if g.Total[0] != (sheet.Cell{}) {
		t.Error("the table on the page was changed")
	}
}
