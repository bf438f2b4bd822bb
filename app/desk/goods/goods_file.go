package goods

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

// goodsFile is a file of articles on its way in: first looked at, then written.
type goodsFile struct {
	g     *goodsView
	name  string
	data  []byte
	found *wire.Imported
	fault *errcode.Error
	busy  bool
}

func (g *goodsView) openFile() { g.file = &goodsFile{g: g} }

// take looks at a file.
func (f *goodsFile) take(name string, data []byte) {
	f.name, f.data, f.found = name, data, nil
	f.send(true)
}

func (f *goodsFile) send(dry bool) {
	f.busy, f.fault = true, nil
	data := f.data
	kit.Call(f.g.d, office.Asking(f.g.d.Office.Server, wire.ImportGoods, wire.Sheet{Dry: dry, File: data}),
		func(found wire.Imported, e *errcode.Error) {
			f.busy, f.fault = false, e
			if e != nil {
				return
			}
			f.found = &found
			if found.Done {
				f.g.said = f.g.d.Lang.T(importDone, "n", found.New+found.Changed)
				f.g.file = nil
				f.g.find()
			}
		})
}

func (f *goodsFile) draw() app.UI {
	d, l := f.g.d, f.g.d.Lang
	body := []app.UI{
		app.P().Class("muted").Text(l.T(importHow)),
		&kit.FileField{Label: l.T(i18n.ImportFile), OnFile: func(name string, data []byte) { d.On(func() { f.take(name, data) }) }},
		d.ErrorBox(f.fault),
	}
	if f.busy {
		body = append(body, ui.Toast(ui.Busy, l.T(i18n.ImportBusy), app.Span().Hidden(true)))
	}
	if f.found != nil {
		body = append(body, f.drawFound()...)
	}
	ready := f.found != nil && f.found.New+f.found.Changed > 0
	return app.Div().Class("form-card goods-file").Body(append(body, app.Div().Class("form-acts").Body(
		&ui.Button{ID: "import-back", Label: l.T(i18n.Cancel), OnPress: d.Press(func() { f.g.file = nil })},
		&ui.Button{ID: "import-go", Label: l.T(i18n.ImportGo), Kind: ui.Primary, Disabled: !ready || f.busy, OnPress: d.Press(func() { f.send(false) })},
	))...)
}

func (f *goodsFile) drawFound() []app.UI {
	l, found := f.g.d.Lang, f.found
	body := []app.UI{
		app.P().ID("import-sum").Class("good-title").Text(f.name + ": " + l.T(importSum, "rows", found.Rows, "new", found.New, "changed", found.Changed, "same", found.Same, "wrong", found.Wrong)),
	}
	if len(found.Unknown) > 0 {
		body = append(body, app.P().Class("muted").Text(l.T(i18n.ImportUnknown, "columns", strings.Join(found.Unknown, ", "))))
	}
	if len(found.Faults) > 0 {
		var list []app.UI
		for _, fault := range found.Faults[:min(len(found.Faults), kit.ImportShown)] {
			list = append(list, app.Li().Text(l.T(importLine, "line", fault.Line)+" "+faultText(f.g.d, fault)))
		}
		body = append(body, app.H2().Class("field-head").Text(l.T(importFaults)), app.Ul().ID("import-faults").Class("form-problems").Body(list...))
	}
	if found.Warnings > 0 {
		body = append(body, app.P().ID("import-ask").Class("good-title").Text("⚠ "+l.T(importAsk, "n", found.Warnings)))
	}
	if len(found.Changes) > 0 {
		var rows []app.UI
		for _, change := range found.Changes[:min(len(found.Changes), kit.ImportShown)] {
			rows = append(rows, app.Div().Class("good-price").Body(
				app.Span().Text(string(change.SKU)+" · "+change.Name.In(string(l))), app.Span().Class("muted").Text(changeText(f.g.d, change))))
		}
		body = append(body, app.H2().Class("field-head").Text(l.T(importChanges)), app.Div().ID("import-changes").Class("import-changes").Body(rows...))
	}
	return body
}

// changeText says what a line of the file changes, and what to look at twice.
func changeText(d *kit.Desk, change wire.ImportRow) string {
	var parts []string
	if change.Like != "" {
		parts = append(parts, "⚠ "+d.Lang.T(importLike, "sku", string(change.Like)))
	}
	if change.Far {
		parts = append(parts, "⚠ "+d.Lang.T(importFar))
	}
	if change.New {
		parts = append(parts, d.Lang.T(importNew))
	}
	for _, e := range change.Edits {
		text := goodsField(d, e.Column) + ": "
		if !change.New {
			text += orDash(e.Before) + " → "
		}
		parts = append(parts, text+orDash(e.After))
	}
	return strings.Join(parts, "; ")
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
