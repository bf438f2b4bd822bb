package data

import (
	"net/url"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	wire "tillsight/shared/wire/office"
)

// exportsView is the page of exports to other programs: the dictionary with
// downloads, the tokens, and what this device keeps.
type exportsView struct {
	d      *kit.Desk
	book   kit.Remote[wire.Dictionary]
	shown  string // table whose columns are shown
	from   string // dates; "" for all
	to     string
	tokens tokens
}

func newExports(d *kit.Desk) kit.View { return &exportsView{d: d, tokens: newTokens(d)} }

// Redraw has nothing to do: the page draws no charts.
func (v *exportsView) Redraw() {}

// Refresh gets the dictionary, and the tokens of who may see them.
func (v *exportsView) Refresh() {
	v.book.Load(v.d, office.Asking(v.d.Office.Server, wire.GetDictionary, struct{}{}), nil)
	if v.d.Admin() {
		v.tokens.load()
	}
}

// in writes words of the dictionary in a language.
func in(w wire.Words, l i18n.Lang) string {
	if l == i18n.EN {
		return w.EN
	}
	return w.RU
}

// link is the address of a table's file.
func (v *exportsView) link(t wire.DictionaryTable, format string) string {
	query := url.Values{}
	if t.ByDate && v.from != "" {
		query.Set("from", v.from)
	}
	if t.ByDate && v.to != "" {
		query.Set("to", v.to)
	}
	address := wire.Export.At(t.Table) + "." + format
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return address
}

// Head is the page's name.
func (v *exportsView) Head() kit.Head { return kit.Head{Title: v.d.Lang.T(tabExports)} }

// Draw draws what this device keeps, the tokens, and the dictionary.
func (v *exportsView) Draw() app.UI {
	d, l := v.d, v.d.Lang
	date := func(id string, name *i18n.Message, value *string) app.UI {
		return &kit.DateField{ID: id, Label: l.T(name), Value: *value, OnDate: func(date string) { d.On(func() { *value = date }) }}
	}
	return app.Div().Class("office exports").Body(
		app.P().Class("muted").Text(l.T(exportsHow)),
		drawDevice(d),
		v.tokens.draw(),
		app.H2().Class("field-head").Text(l.T(exportsTables)),
		app.Div().Class("office-bar").Body(date("export-from", exportsFrom, &v.from), date("export-to", exportsTo, &v.to)),
		v.book.Draw(d, v.drawBook),
		v.tokens.drawMade(),
		v.tokens.drawSure(),
	)
}

func (v *exportsView) drawBook(book *wire.Dictionary) app.UI {
	return app.Div().Class("items").Body(app.Range(book.Tables).Slice(func(i int) app.UI { return v.drawTable(book.Tables[i], book.Formats) }))
}

// drawTable is a row of the dictionary with downloads, and its columns when open.
func (v *exportsView) drawTable(t wire.DictionaryTable, formats []string) app.UI {
	d, l := v.d, v.d.Lang
	open := v.shown == t.Table
	toggle := func() {
		if v.shown = t.Table; open {
			v.shown = ""
		}
	}
	var links []app.UI
	for _, format := range formats {
		links = append(links, app.A().ID("export-%s-%s", t.Table, format).Class("button quiet office-link").Href(v.link(t, format)).
			Download(t.Table+"."+format).Text(strings.ToUpper(format)))
	}
	row := app.Div().Class("item office-export").DataSet("table", t.Table).Body(
		app.Div().Class("item-what").Body(
			app.Span().Class("item-name").Text(in(t.Title, l)+" "), app.Span().Class("office-code").Text(t.Table),
			app.Span().Class("item-facts").Text(in(t.Meaning, l)),
		),
		app.Div().Class("form-acts").Body(append(links,
			&ui.Button{ID: "export-columns-" + t.Table, Label: l.T(exportsColumns, "n", len(t.Columns)), Kind: ui.Quiet, Toggle: true,
				Pressed: open, OnPress: d.Press(toggle)})...),
	)
	if !open {
		return row
	}
	return app.Div().Body(row, drawColumns(t, l))
}

func drawColumns(t wire.DictionaryTable, l i18n.Lang) app.UI {
	head := []app.UI{}
	for _, name := range []*i18n.Message{exportsColumn, exportsType, exportsUnit, exportsMeaning, exportsExample} {
		head = append(head, app.Th().Scope("col").Text(l.T(name)))
	}
	var rows []app.UI
	for _, c := range t.Columns {
		var marks []string
		for mark, has := range map[*i18n.Message]bool{exportsKey: c.Key, exportsNull: c.Null, exportsPersonal: c.Personal} {
			if has {
				marks = append(marks, l.T(mark))
			}
		}
		slices.Sort(marks)
		kind := c.Type
		if len(marks) > 0 {
			kind += " · " + strings.Join(marks, " · ")
		}
		rows = append(rows, app.Tr().Body(
			app.Td().Class("office-code").Text(c.Name), app.Td().Class("muted").Text(kind), app.Td().Text(c.Unit),
			app.Td().Text(in(c.Meaning, l)), app.Td().Class("office-code").Text(c.Example),
		))
	}
	return app.Div().Class("office-table").Body(app.Table().Class("plan-table dictionary").Body(app.THead().Body(app.Tr().Body(head...)),
		app.TBody().Body(rows...)))
}
