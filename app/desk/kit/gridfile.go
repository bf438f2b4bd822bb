package kit

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/chart"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/sheet"
)

// fileKind is what a table is saved as.
type fileKind string

// Kinds.
const (
	asCSV  fileKind = "csv"
	asXLSX fileKind = "xlsx"
	asCopy fileKind = "copy" // to the clipboard
)

// Size of charts in files, in CSS pixels.
const (
	fileWidth  = 1200
	fileHeight = 600
)

// exportMenu is the menu of a part: files, the clipboard, columns.
func exportMenu(d *Desk, id, title string, drawing *chart.Drawing, g *Grid) app.UI {
	l, name := d.Lang, "export-"+id
	return app.Div().Class("export").Body(
		&ui.Button{ID: name, Label: "⋯", Name: l.T(i18n.ExportMenu, "name", title), Kind: ui.Quiet, Class: "widget-table",
			OnPress: d.Press(func() { d.ToggleMenu(name) })},
		app.If(d.Menu == name, func() app.UI { return app.Div().Class("menu menu-end").Body(exportItems(d, id, title, drawing, g)...) }),
	)
}

func exportItems(d *Desk, id, title string, drawing *chart.Drawing, g *Grid) []app.UI {
	l := d.Lang
	item := func(kind string, label *i18n.Message, do func()) app.UI {
		return &ui.Button{ID: kind + "-" + id, Label: l.T(label), Kind: ui.Quiet, Class: "option plain", OnPress: d.Press(func() {
			d.Menu = ""
			do()
		})}
	}
	var items []app.UI
	if g != nil {
		items = append(items,
			item("csv", i18n.ExportCSV, func() { saveGrid(d, g, title, asCSV) }),
			item("xlsx", i18n.ExportXLSX, func() { saveGrid(d, g, title, asXLSX) }),
			item("copy", i18n.ExportCopy, func() { saveGrid(d, g, title, asCopy) }))
	}
	if drawing != nil {
		name := fileName(id)
		if g != nil {
			name = g.Name
		}
		items = append(items,
			item("png", i18n.ExportPNG, func() { saveChart(d, drawing, name, "png") }),
			item("svg", i18n.ExportSVG, func() { saveChart(d, drawing, name, "svg") }))
	}
	items = append(items, item("print", i18n.ExportPrint, d.Print))
	if g != nil && len(g.Columns) > 2 && (drawing == nil || d.Tables[id]) {
		items = append(items, app.P().Class("menu-label").Text(l.T(i18n.ExportColumns)))
		state := d.Grids[id]
		shown := state.columnsShown(g)
		for i := 1; i < len(g.Columns); i++ {
			items = append(items, columnChoice(d, id, g.Columns[i], state, contains(shown, i)))
		}
	}
	return items
}

func contains(list []int, n int) bool {
	for _, have := range list {
		if have == n {
			return true
		}
	}
	return false
}

// columnChoice shows or hides a column.
func columnChoice(d *Desk, id string, c Column, state GridState, on bool) app.UI {
	return d.Option("column-"+id+"-"+c.Title, c.Title, on, func() {
		if c.Hidden {
			state.Shown = Toggled(state.Shown, c.Title)
		} else {
			state.Hidden = Toggled(state.Hidden, c.Title)
		}
		setGrid(d, id, state)
	})
}

// saveGrid saves a table with all its rows: those too that the page leaves out.
func saveGrid(d *Desk, g *Grid, title string, kind fileKind) {
	if g.All == nil {
		writeGrid(d, g, title, kind)
		return
	}
	g.All(context.Background(), func(whole *Grid, e *errcode.Error) {
		if e != nil {
			d.Say(ui.Bad, d.Lang.Error(e))
			return
		}
		writeGrid(d, whole, title, kind)
	})
}

// writeGrid makes the file and offers it.
func writeGrid(d *Desk, g *Grid, title string, kind fileKind) {
	var err error
	switch kind {
	case asCopy:
		ui.Copy(tabbed(d, g))
		d.Say(ui.Good, d.Lang.T(i18n.ExportCopied, "n", len(g.Rows)))
	case asXLSX:
		var b bytes.Buffer
		if err = writeXLSX(d, &b, g, title); err == nil {
			ui.Download(fileName(g.Name)+".xlsx", b.Bytes())
		}
	default:
		var b bytes.Buffer
		if err = writeCSV(d, &b, g); err == nil {
			ui.Download(fileName(g.Name)+".csv", b.Bytes())
		}
	}
	if err != nil {
		d.Say(ui.Bad, d.Lang.Error(errcode.As(err)))
	}
}

func sheetColumns(d *Desk, g *Grid) []sheet.Column {
	columns := make([]sheet.Column, len(g.Columns))
	for i, c := range g.Columns {
		columns[i] = sheetColumn(d, c)
	}
	return columns
}

func writeCSV(d *Desk, b *bytes.Buffer, g *Grid) error {
	dialect := sheet.English
	if d.Lang == i18n.RU {
		dialect = sheet.Continental
	}
	w, err := sheet.NewCSV(b, sheetColumns(d, g), dialect)
	if err != nil {
		return err
	}
	return writeRows(d, w, g)
}

// writeXLSX makes a workbook; its second sheet says what the table is about.
func writeXLSX(d *Desk, b *bytes.Buffer, g *Grid, title string) error {
	l := d.Lang
	notes := sheet.Notes{Sheet: l.T(i18n.ExportAbout), Lines: []sheet.Note{{Name: title}}}
	for _, words := range d.FilterWords() {
		name, value, _ := strings.Cut(words, ": ")
		notes.Lines = append(notes.Lines, sheet.Note{Name: name, Value: value})
	}
	notes.Lines = append(notes.Lines, sheet.Note{Name: d.Freshness()})
	w, err := sheet.NewXLSX(b, title, sheetColumns(d, g), notes)
	if err != nil {
		return err
	}
	return writeRows(d, w, g)
}

func writeRows(d *Desk, w sheet.Writer, g *Grid) error {
	for _, row := range g.Rows {
		if err := w.Row(row.Cells); err != nil {
			return err
		}
	}
	if g.Total != nil {
		total := slices.Clone(g.Total)
		if total[0] == (sheet.Cell{}) {
			total[0] = sheet.TextOf(d.Lang.T(i18n.WidgetTotal)) // or a pivot takes it for one more row
		}
		if err := w.Row(total); err != nil {
			return err
		}
	}
	return w.Close()
}

// tabbed is a table as spreadsheets take it from the clipboard.
func tabbed(d *Desk, g *Grid) string {
	var b strings.Builder
	line := func(n int, text func(int) string) {
		for i := range n {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(strings.Map(func(r rune) rune {
				if r < ' ' {
					return ' '
				}
				return r
			}, text(i)))
		}
		b.WriteByte('\n')
	}
	columns := sheetColumns(d, g)
	line(len(columns), func(i int) string { return columns[i].Title })
	for _, row := range g.Rows {
		line(len(columns), func(i int) string { return sheet.Plain(columns[i], row.Cells[i], point(d)) })
	}
	return b.String()
}

// point is the language's decimal sign.
func point(d *Desk) string {
	if d.Lang == i18n.RU {
		return ","
	}
	return "."
}

// saveChart saves a chart as a picture.
func saveChart(d *Desk, drawing *chart.Drawing, name, kind string) {
	d.Ctx.Async(func() {
		b, err := chart.Picture(drawing, kind, fileWidth, fileHeight, d.Colours.Back)
		d.On(func() {
			if err != nil {
				d.Say(ui.Bad, d.Lang.Error(errcode.As(err)))
				return
			}
			ui.Download(fileName(name)+"."+kind, b)
		})
	})
}

// fileName keeps what every file system takes.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '-'
		}
		return r
	}, name)
}
