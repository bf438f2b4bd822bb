package register

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/codeview"
	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
)

const sheetCode sheet = "sheet-code"

// askCode opens the sheet that tells how a code is read.
func (r *register) askCode() {
	r.code = nil
	r.openSheet(sheetCode)
}

// scanPrefix returns what a scanner has put before a code: signs that no code of
// goods begins with.
func scanPrefix(code string) string {
	rest := strings.TrimLeft(code, "*#$%!~^&@+=/\\")
	if len(rest) == len(code) || len(rest) < barcodeMin {
		return ""
	}
	return code[:len(code)-len(rest)]
}

// drawPrefix offers to take off what this till's scanner puts before every code.
func (r *register) drawPrefix() app.UI {
	l := r.Lang
	if before := r.Prefs.ScanPrefix; before != "" {
		return app.Div().Class("code-prefix").Body(
			app.P().Text(l.T(i18n.PrefixOff, "prefix", before)),
			&ui.Button{ID: "prefix-keep", Label: l.T(i18n.PrefixKeep), OnPress: r.Press(func() { r.setPrefix("") })})
	}
	before := scanPrefix(r.form.text)
	if before == "" {
		return app.Span().Hidden(true)
	}
	return app.Div().Class("code-prefix").Body(
		app.P().Text(l.T(i18n.PrefixSeen, "prefix", before)),
		&ui.Button{ID: "prefix-off", Label: l.T(i18n.PrefixTake, "prefix", before), Kind: ui.Primary, OnPress: r.Press(func() {
			r.setPrefix(before)
			r.readCode(strings.TrimPrefix(r.form.text, before))
		})})
}

func (r *register) setPrefix(before string) {
	r.Prefs.ScanPrefix = before
	prefs.Save(r.Ctx, r.Prefs)
}

// readCode asks how a code is read; nothing is sold.
func (r *register) readCode(code string) {
	if code == "" {
		return
	}
	r.form.text = code
	r.form.rev++
	kit.Ask(r.Page, bridge.TillReadCode, bridge.Scan{Code: code}, func(read bridge.CodeRead, e *errcode.Error) {
		if r.form.fault = e; e == nil {
			r.code = &read
		}
	})
}

func (r *register) drawCodeSheet() app.UI {
	l := r.Lang
	read := r.Press(func() { r.readCode(r.form.text) })
	return ui.Sheet(string(sheetCode), l.T(i18n.CodeWhat), "sheet-code", r.closing(),
		app.P().Class("sheet-how").Text(l.T(i18n.CodeWhatHow)),
		app.Div().Class("code-ask").Body(
			&ui.Field{ID: "code-field", Value: r.form.text, Rev: r.form.rev, Example: l.T(i18n.CodeField), Mode: "text", Focus: true, OnEnter: read,
				OnText: func(_ app.Context, text string) { r.form.text = text }},
			&ui.Button{ID: "code-read", Label: l.T(i18n.CodeRead), Kind: ui.Primary, OnPress: read},
		),
		r.drawPrefix(),
		app.Div().Class("code-rows").ID("code-rows").Body(r.codeRows()...),
		r.problem(),
	)
}

func (r *register) codeRows() []app.UI {
	if r.code == nil {
		return nil
	}
	l, c := r.Lang, r.code
	rows := codeview.View{Lang: l, Currency: r.Currency()}.Draw(c.Reading)
	switch {
	case c.Product != nil:
		price := l.T(i18n.NoPriceShort)
		if !c.Product.NoPrice {
			price = r.Sum(c.Product.Amount) + " / " + l.Unit(c.Product.Unit)
		}
		rows = append(rows, codeview.Row(l.T(i18n.CodeProduct), "code-good", c.Product.Name.In(string(l))+" · "+string(c.Product.SKU)+" · "+price))
		if c.Factor != 0 && c.Reading.Sample.Quantity == 0 {
			rows = append(rows, codeview.Row(l.T(i18n.CodeFactor), "", l.Quantity(c.Factor, quantity.Kilogram)+" "+l.Unit(c.Product.Unit)))
		}
	case c.Card != "":
		rows = append(rows, codeview.Row(l.T(i18n.CodeIsCard), "code-good", c.Card+" "+c.Holder))
	case c.Coupon != "":
		rows = append(rows, codeview.Row(l.T(i18n.CodeIsCoupon), "code-good", c.Coupon))
	case c.Fault != nil:
		rows = append(rows, codeview.Row("", "code-bad", l.Error(c.Fault)))
	}
	return rows
}
