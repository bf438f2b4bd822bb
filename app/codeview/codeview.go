// Package codeview draws how a code is read, for people who want to know why: the
// till's sheet and the desk's barcode lab show the same.
package codeview

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/shared/barcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
)

// View says how sums and quantities are written.
type View struct {
	Lang     i18n.Lang
	Currency money.Currency
}

// Draw draws the reading, as rows of facts.
func (v View) Draw(x barcode.Examined) []app.UI {
	l := v.Lang
	rows := []app.UI{Row(l.T(i18n.CodeGiven), "mono", x.Given)}
	if x.Shown != x.Given {
		rows = append(rows, Row(l.T(i18n.CodeShown), "mono", x.Shown))
	}
	for _, m := range x.Mended {
		rows = append(rows, Row("", "code-note", "↻ "+l.T(i18n.Mends[m])))
	}
	rows = append(rows, Row(l.T(i18n.CodeForm), "", v.form(x)))
	if kind, ok := i18n.Kinds[x.Sample.Kind]; ok {
		rows = append(rows, Row(l.T(i18n.CodeKind), "", l.T(kind)))
	}
	rows = append(rows, v.check(x)...)
	rows = append(rows, v.content(x)...)
	rows = append(rows, v.mask(x)...)
	return append(rows, v.fields(x)...)
}

// Row is one fact; class is for its value.
func Row(name, class, value string) app.UI {
	value = strings.ReplaceAll(value, "␝", "⟨GS⟩") // the sign is too small to be seen
	return app.Div().Class("code-row").Body(
		app.Span().Class("code-name").Text(name),
		app.Span().Class("code-value").Class(class).Text(value),
	)
}

func (v View) form(x barcode.Examined) string {
	form := string(x.Form)
	if m, ok := i18n.Forms[x.Form]; ok {
		form = v.Lang.T(m)
	}
	if x.Symbology != "" {
		form += " · ]" + x.Symbology
	}
	return form
}

func (v View) check(x barcode.Examined) []app.UI {
	if x.Check == (barcode.Check{}) {
		return nil
	}
	if x.Check.Right() {
		return []app.UI{Row(v.Lang.T(i18n.CodeCheck), "code-good", "✓ "+v.Lang.T(i18n.CodeCheckOK, "have", x.Check.Have))}
	}
	return []app.UI{Row(v.Lang.T(i18n.CodeCheck), "code-bad", "✕ "+v.Lang.T(i18n.CodeCheckBad, "have", x.Check.Have, "want", x.Check.Want))}
}

// content is what the code says by itself.
func (v View) content(x barcode.Examined) []app.UI {
	l, s := v.Lang, x.Sample
	var rows []app.UI
	add := func(name *i18n.Message, value string) {
		if value != "" {
			rows = append(rows, Row(l.T(name), "", value))
		}
	}
	add(i18n.CodeGTIN, s.GTIN)
	add(i18n.CodeArticle, s.Article)
	if s.Quantity != 0 {
		add(i18n.CodeQuantity, v.Amount(s))
	}
	if s.Sum != 0 {
		add(i18n.CodeSum, l.Sum(s.Sum, v.Currency))
	}
	if x.Limit != 0 {
		add(i18n.CodeLimit, l.Sum(money.Amount(x.Limit), v.Currency))
	}
	add(i18n.CodeExpires, s.Expires)
	add(i18n.CodeBatch, s.Batch)
	add(i18n.CodeSerial, s.Serial)
	add(i18n.CodeSplit, strings.Join(x.Split, " + "))
	return rows
}

// Amount writes the quantity of a reading: pieces whole, all else as kilograms.
func (v View) Amount(s barcode.Sample) string {
	if s.Kind == barcode.Pieces || s.Kind == barcode.GS1 && s.Quantity%quantity.One == 0 {
		return v.Lang.Quantity(s.Quantity, quantity.Piece) + " " + v.Lang.Unit(quantity.Piece)
	}
	return v.Lang.Quantity(s.Quantity, quantity.Kilogram) + " " + v.Lang.Unit(quantity.Kilogram)
}

// mask shows a label divided by its mask.
func (v View) mask(x barcode.Examined) []app.UI {
	if x.Mask == nil {
		return nil
	}
	var parts []app.UI
	for _, p := range x.Parts {
		parts = append(parts, app.Span().Class("code-part").Class("code-part-"+strings.ToLower(p.Letter)).Body(
			app.Span().Class("code-digits").Text(p.Digits), app.Span().Class("code-letter").Text(v.Lang.T(i18n.Letters[p.Letter]))))
	}
	return []app.UI{
		Row(v.Lang.T(i18n.CodeMask), "mono", x.Mask.Pattern),
		app.Div().Class("code-row").Body(app.Span().Class("code-name").Text(v.Lang.T(i18n.CodeParts)), app.Span().Class("code-parts").Body(parts...)),
	}
}

// fields lists the application identifiers.
func (v View) fields(x barcode.Examined) []app.UI {
	var rows []app.UI
	for _, f := range x.Fields {
		if f.AI == "" { // of no table that is known
			rows = append(rows, Row(v.Lang.T(i18n.CodeRest), "mono code-bad", f.Value))
			continue
		}
		rows = append(rows, Row("("+f.AI+") "+v.Lang.Identifier(f.AI), "mono", f.Value))
	}
	if x.Rest != "" {
		rows = append(rows, Row(v.Lang.T(i18n.CodeRest), "mono code-bad", x.Rest))
	}
	return rows
}

// Summary says in one line what a code is read as.
func (v View) Summary(s barcode.Sample) string {
	l := v.Lang
	if s.Fault != "" {
		return l.T(i18n.LabRefused) + " (" + string(s.Fault) + ")"
	}
	text := string(s.Kind)
	if kind, ok := i18n.Kinds[s.Kind]; ok {
		text = l.T(kind)
	}
	for _, part := range []string{s.GTIN, s.Article} {
		if part != "" {
			text += " · " + part
		}
	}
	if s.Quantity != 0 {
		text += " · " + v.Amount(s)
	}
	if s.Sum != 0 {
		text += " · " + l.Sum(s.Sum, v.Currency)
	}
	for _, part := range []string{s.Serial, s.Expires} {
		if part != "" {
			text += " · " + part
		}
	}
	return text
}
