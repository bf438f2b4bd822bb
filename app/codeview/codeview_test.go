package codeview_test

import (
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/codeview"
	"tillsight/app/i18n"
	"tillsight/app/ui/uitest"
	"tillsight/shared/barcode"
	"tillsight/shared/money"
)

var masks = []barcode.Mask{{Pattern: "21NNNNNQQQQQC", Kind: barcode.Weight}}

func TestDraw(t *testing.T) {
	tests := []struct {
		name, code string
		en         []string
	}{
		{"a label", "2100123007509", []string{"the store’s own label", "label with a weight", "9, right", "00123", "0.750 kg", "21NNNNNQQQQQC", "prefix", "article", "quantity", "check digit"}},
		{"a wrong digit", "4601234567894", []string{"EAN-13", "4, should be 3"}},
		{"a mark with its separator written out", "01046012345678932" + "15w9EJp{GS}93abc1",
			[]string{"{GS}", "⟨GS⟩", "GS written as something else", "GS1 element string", "04601234567893", "5w9EJp", "(01) product (GTIN)", "(93) verification code"}},
		{"tobacco", "00000046198488X?io+qCAB+ZwAYa", []string{"pack of tobacco", "Highest retail price"}},
		{"two at once", "46012345678934006381333931", []string{"4601234567893 + 4006381333931"}},
		{"an identifier that nobody knows", "]d20104601234567893" + "89123", []string{"Not understood", "89123"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			view := codeview.View{Lang: i18n.EN, Currency: money.RUB}
			uitest.Shows(t, app.Div().Body(view.Draw(barcode.Examine(test.code, masks))...), test.en...)
		})
	}
}

func TestSummary(t *testing.T) {
	view := codeview.View{Lang: i18n.RU, Currency: money.RUB}
	for code, want := range map[string]string{
		"2100123007509": "весовая этикетка · 00123 · 0,750 кг",
		"2100123007508": "отказ (barcode.check_digit)",
		"4601234567893": "номер товара · 04601234567893",
	} {
		if got := view.Summary(barcode.SampleOf(code, masks)); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}

// Letters of masks and identifiers have words in both languages.
func TestWords(t *testing.T) {
	for _, l := range i18n.Langs {
		for _, letter := range []string{"", "N", "Q", "M", "P", "V", "C"} {
			if l.T(i18n.Letters[letter]) == "" {
				t.Errorf("%s: letter %q", l, letter)
			}
		}
		for ai, want := range map[string]bool{"01": true, "3103": true, "3922": true, "7003": true, "99": false} {
			if got := l.Identifier(ai) != ""; got != want {
				t.Errorf("%s: identifier %s has a name: %v", l, ai, got)
			}
		}
	}
}
