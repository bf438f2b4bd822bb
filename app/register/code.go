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

// askCode opens the sheet that tells how a code is read.
func (r *register) askCode() {
	r.openSheet(&codeSheet{form: r.form()})
}

// codeSheet tells how a code is read; what is scanned into it is not sold.
type codeSheet struct {
	form
	code *bridge.CodeRead
}

func (s *codeSheet) id() string { return "sheet-code" }

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
func (s *codeSheet) drawPrefix() app.UI {
	l := s.Lang
	if before := s.Prefs.ScanPrefix; before != "" {
		return app.Div().Class("code-prefix").Body(
			app.P().Text(l.T(i18n.PrefixOff, "prefix", before)),
			&ui.Button{ID: "prefix-keep", Label: l.T(i18n.PrefixKeep), OnPress: s.Press(func() { s.setPrefix("") })})
	}
	before := scanPrefix(s.text)
	if before == "" {
		return app.Span().Hidden(true)
	}
	return app.Div().Class("code-prefix").Body(
		app.P().Text(l.T(i18n.PrefixSeen, "prefix", before)),
		&ui.Button{ID: "prefix-off", Label: l.T(i18n.PrefixTake, "prefix", before), Kind: ui.Primary, OnPress: s.Press(func() {
			s.setPrefix(before)
			s.read(strings.TrimPrefix(s.text, before))
		})})
}

func (s *codeSheet) setPrefix(before string) {
	s.Prefs.ScanPrefix = before
	prefs.Save(s.Ctx, s.Prefs)
}

// read asks how a code is read; nothing is sold.
func (s *codeSheet) read(code string) {
	if code == "" {
		return
	}
	s.text = code
	s.rev++
	kit.Ask(s.Page, bridge.TillReadCode, bridge.Scan{Code: code}, func(read bridge.CodeRead, e *errcode.Error) {
		if s.fault = e; e == nil {
			s.code = &read
		}
	})
}

func (s *codeSheet) draw() app.UI {
	l := s.Lang
	enter := s.Press(func() { s.read(s.text) })
	return ui.Sheet(s.id(), l.T(i18n.CodeWhat), "sheet-code", s.closing(),
		app.P().Class("sheet-how").Text(l.T(i18n.CodeWhatHow)),
		app.Div().Class("code-ask").Body(
			&ui.Field{ID: "code-field", Value: s.text, Rev: s.rev, Example: l.T(i18n.CodeField), Mode: "text", Focus: true, OnEnter: enter,
				OnText: func(_ app.Context, text string) { s.text = text }},
			&ui.Button{ID: "code-read", Label: l.T(i18n.CodeRead), Kind: ui.Primary, OnPress: enter},
		),
		s.drawPrefix(),
		app.Div().Class("code-rows").ID("code-rows").Body(s.codeRows()...),
		s.problem(),
	)
}

func (s *codeSheet) codeRows() []app.UI {
	if s.code == nil {
		return nil
	}
	l, c := s.Lang, s.code
	rows := codeview.View{Lang: l, Currency: s.Currency()}.Draw(c.Reading)
	switch {
	case c.Product != nil:
		price := l.T(i18n.NoPriceShort)
		if !c.Product.NoPrice {
			price = s.Sum(c.Product.Amount) + " / " + l.Unit(c.Product.Unit)
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
