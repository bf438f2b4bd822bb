package desk

import (
	"bytes"
	"context"
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
func (d *desk) exportMenu(id, title string, drawing *chart.Drawing, g *grid) app.UI {
	l, name := d.lang, "export-"+id
	return app.Div().Class("export").Body(
		&ui.Button{ID: name, Label: "⋯", Name: l.T(i18n.ExportMenu, "name", title), Kind: ui.Quiet, Class: "widget-table",
			OnPress: d.press(func() { d.toggleMenu(name) })},
		app.If(d.menu == name, func() app.UI { return app.Div().Class("menu menu-end").Body(d.exportItems(id, title, drawing, g)...) }),
	)
}

func (d *desk) exportItems(id, title string, drawing *chart.Drawing, g *grid) []app.UI {
	l := d.lang
	item := func(kind string, label *i18n.Message, do func()) app.UI {
		return &ui.Button{ID: kind + "-" + id, Label: l.T(label), Kind: ui.Quiet, Class: "option plain", OnPress: d.press(func() {
			d.menu = ""
			do()
		})}
	}
	var items []app.UI
	if g != nil {
		items = append(items,
			item("csv", i18n.ExportCSV, func() { d.saveGrid(g, title, asCSV) }),
			item("xlsx", i18n.ExportXLSX, func() { d.saveGrid(g, title, asXLSX) }),
			item("copy", i18n.ExportCopy, func() { d.saveGrid(g, title, asCopy) }))
	}
	if drawing != nil {
		name := fileName(id)
		if g != nil {
			name = g.name
		}
		items = append(items,
			item("png", i18n.ExportPNG, func() { d.saveChart(drawing, name, "png") }),
			item("svg", i18n.ExportSVG, func() { d.saveChart(drawing, name, "svg") }))
	}
	items = append(items, item("print", i18n.ExportPrint, d.print))
	if g != nil && len(g.columns) > 2 && (drawing == nil || d.tables[id]) {
		items = append(items, app.P().Class("menu-label").Text(l.T(i18n.ExportColumns)))
		state := d.grids[id]
		shown := state.columnsShown(g)
		for i := 1; i < len(g.columns); i++ {
			items = append(items, d.columnChoice(id, g.columns[i], state, contains(shown, i)))
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
func (d *desk) columnChoice(id string, c column, state gridState, on bool) app.UI {
	return d.option("column-"+id+"-"+c.title, c.title, on, func() {
		if c.hidden {
			state.Shown = toggled(state.Shown, c.title)
		} else {
			state.Hidden = toggled(state.Hidden, c.title)
		}
		d.setGrid(id, state)
	})
}

// saveGrid saves a table with all its rows: those too that the page leaves out.
func (d *desk) saveGrid(g *grid, title string, kind fileKind) {
	if g.all == nil {
		d.writeGrid(g, title, kind)
		return
	}
	g.all(context.Background(), func(whole *grid, e *errcode.Error) {
		if e != nil {
			d.say(ui.Bad, d.lang.Error(e))
			return
		}
		d.writeGrid(whole, title, kind)
	})
}

// writeGrid makes the file and offers it.
func (d *desk) writeGrid(g *grid, title string, kind fileKind) {
	var err error
	switch kind {
	case asCopy:
		ui.Copy(d.tabbed(g))
		d.say(ui.Good, d.lang.T(i18n.ExportCopied, "n", len(g.rows)))
	case asXLSX:
		var b bytes.Buffer
		if err = d.writeXLSX(&b, g, title); err == nil {
			ui.Download(fileName(g.name)+".xlsx", b.Bytes())
		}
	default:
		var b bytes.Buffer
		if err = d.writeCSV(&b, g); err == nil {
			ui.Download(fileName(g.name)+".csv", b.Bytes())
		}
	}
	if err != nil {
		d.say(ui.Bad, d.lang.Error(errcode.As(err)))
	}
}

func (d *desk) sheetColumns(g *grid) []sheet.Column {
	columns := make([]sheet.Column, len(g.columns))
	for i, c := range g.columns {
		columns[i] = d.sheetColumn(c)
	}
	return columns
}

func (d *desk) writeCSV(b *bytes.Buffer, g *grid) error {
	dialect := sheet.English
	if d.lang == i18n.RU {
		dialect = sheet.Continental
	}
	w, err := sheet.NewCSV(b, d.sheetColumns(g), dialect)
	if err != nil {
		return err
	}
	return writeRows(w, g)
}

// writeXLSX makes a workbook; its second sheet says what the table is about.
func (d *desk) writeXLSX(b *bytes.Buffer, g *grid, title string) error {
	l := d.lang
	notes := sheet.Notes{Sheet: l.T(i18n.ExportAbout), Lines: []sheet.Note{{Name: title}}}
	for _, words := range d.filterWords() {
		name, value, _ := strings.Cut(words, ": ")
		notes.Lines = append(notes.Lines, sheet.Note{Name: name, Value: value})
	}
	notes.Lines = append(notes.Lines, sheet.Note{Name: d.freshness()})
	w, err := sheet.NewXLSX(b, title, d.sheetColumns(g), notes)
	if err != nil {
		return err
	}
	return writeRows(w, g)
}

func writeRows(w sheet.Writer, g *grid) error {
	for _, row := range g.rows {
		if err := w.Row(row.cells); err != nil {
			return err
		}
	}
	if g.total != nil {
		if err := w.Row(g.total); err != nil {
			return err
		}
	}
	return w.Close()
}

// tabbed is a table as spreadsheets take it from the clipboard.
func (d *desk) tabbed(g *grid) string {
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
	columns := d.sheetColumns(g)
	line(len(columns), func(i int) string { return columns[i].Title })
	for _, row := range g.rows {
		line(len(columns), func(i int) string { return sheet.Plain(columns[i], row.cells[i], d.point()) })
	}
	return b.String()
}

// point is the language's decimal sign.
func (d *desk) point() string {
	if d.lang == i18n.RU {
		return ","
	}
	return "."
}

// saveChart saves a chart as a picture.
func (d *desk) saveChart(drawing *chart.Drawing, name, kind string) {
	d.ctx.Async(func() {
		b, err := chart.Picture(drawing, kind, fileWidth, fileHeight, d.colours.Back)
		d.on(func() {
			if err != nil {
				d.say(ui.Bad, d.lang.Error(errcode.As(err)))
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
