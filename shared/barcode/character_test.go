package barcode_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/barcode"
	"tillsight/shared/errcode"
)

const product = "0104601234567893"

// TestCharactersKept: whatever a serial number may hold stays in it.
func TestCharactersKept(t *testing.T) {
	tests := []struct{ name, code, serial, key string }{
		{"a percent sign beside a real separator", product + "215a%1Dx" + gs + "93Qw12", "5a%1Dx", "Qw12"},
		{"angle brackets beside a real separator", product + "21<GS>x" + gs + "93Qw12", "<GS>x", "Qw12"},
		{"letters GS beside a real separator", product + "215aGS93x" + gs + "93Qw12", "5aGS93x", "Qw12"},
		{"FNC1 in front is no separator", gs + product + "215a1Dx<GS>93Qw12", "5a1Dx", "Qw12"},
		{"one written separator of two", product + "215a%1Dx<GS>93Qw12", "5a%1Dx", "Qw12"},
		{"brackets in a serial number", "(01)04601234567893(21)LU(C6)Ck(93)Ab12", "LU(C6)Ck", "Ab12"},
		{"digits in brackets that are no identifier", "(01)04601234567893(21)LU(60)Ck(93)Ab12", "LU(60)Ck", "Ab12"},
		{"a bracket alone", "(01)04601234567893(21)L)U((93)Ab12", "L)U(", "Ab12"},
		{"brackets and a written separator", "(01)04601234567893(21)5btHYn<GS>(93)Ab12", "5btHYn", "Ab12"},
		{"brackets and a real separator", "(01)04601234567893(21)5btHYn" + gs + "(93)Ab12", "5btHYn", "Ab12"},
		{"brackets and blanks", "(01) 04601234567893 (21) 5btHYn (93) Ab12", "5btHYn", "Ab12"},
		{"another control character", product + "215a" + "\x1c" + "93Qw12", "5a", "Qw12"},
		{"a record separator", product + "215a" + "\x1e" + "93Qw12", "5a", "Qw12"},
		{"a code between STX and ETX", "\x02" + product + "215a" + gs + "93Qw12\x03\r\n", "5a", "Qw12"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, err := barcode.Parse(test.code, nil)
			if err != nil || c.GTIN != "04601234567893" || c.Serial != test.serial || !slices.Contains(c.Fields, barcode.Field{AI: "93", Value: test.key}) {
				t.Errorf("%+v, %v; want serial %q, key %q", c, err, test.serial, test.key)
			}
		})
	}
}

// TestByteNamed: a control character that has no one reading is named.
func TestByteNamed(t *testing.T) {
	for code, want := range map[string]string{
		product + "215a\x1cx" + gs + "93Qw12": "1C", "4601234\x02567893": "02", product + "215a\x7f": "7F",
	} {
		_, err := barcode.Parse(code, nil)
		if errcode.Of(err) != errcode.BadBarcode || errcode.As(err).Data["byte"] != want || !strings.Contains(errcode.As(err).Data["code"], "<"+want+">") {
			t.Errorf("%q: %v, want byte %s named", code, err, want)
		}
	}
}

// TestOtherElements: what else a package says never costs its number.
func TestOtherElements(t *testing.T) {
	for code, last := range map[string]barcode.Field{
		product + "7021123":                  {AI: "7021", Value: "123"},
		product + "3202000150" + "17270131":  {AI: "17", Value: "270131"},
		product + "3600000150" + "17270131":  {AI: "17", Value: "270131"},
		product + "4300AB CD" + gs + "10L5":  {AI: "10", Value: "L5"},
		product + "8999x1" + gs + "10L5":     {AI: "10", Value: "L5"},
		product + "7230EMx" + gs + "10L5":    {AI: "10", Value: "L5"},
		product + "425643" + gs + "10L5":     {AI: "10", Value: "L5"},
		product + "4326270131" + gs + "10L5": {AI: "10", Value: "L5"},
	} {
		c, err := barcode.Parse(code, nil)
		if err != nil || c.GTIN != "04601234567893" || c.Fields[len(c.Fields)-1] != last || c.Quantity != 0 {
			t.Errorf("%q: %+v, %v", code, c, err)
		}
	}
}

// TestWrittenInGroups: numbers as people write them, and shops' own that are none.
func TestWrittenInGroups(t *testing.T) {
	cards := []barcode.Mask{{Pattern: "29NNNNNNNNNNC", Kind: barcode.Card}}
	for code, want := range map[string]barcode.Kind{
		"2900 0000 00025": barcode.Card, "2900-0000-00025": barcode.Card, "2900\u00a00000\u00a000025": barcode.Card,
		"2900\u202f0000\u201300025": barcode.Card, "4 601234 567893": barcode.GTIN, "0425261": barcode.GTIN, "425-2614": barcode.Other,
		"1234-5678": barcode.Other, "12-34": barcode.Other, "460123-4567894": barcode.Other,
	} {
		if c, err := barcode.Parse(code, cards); err != nil || c.Kind != want {
			t.Errorf("%q: %+v, %v; want %s", code, c, err, want)
		}
	}
}

func TestUPCEOfSeven(t *testing.T) {
	for code, want := range map[string]string{"0425261": "00042100005264", "4252614": "00042100005264"} {
		if c, err := barcode.Parse(code, nil); err != nil || c.GTIN != want {
			t.Errorf("%s: %+v, %v; want %s", code, c, err, want)
		}
	}
}

// TestRealSeparatorsAreKept: a code as it should be is read as it is, whatever
// its values look like.
func TestRealSeparatorsAreKept(t *testing.T) {
	value := rapid.StringOfN(rapid.SampledFrom([]rune("aZ09%1D<>()GS\"+-_/.")), 1, 20, 20)
	rapid.Check(t, func(t *rapid.T) {
		serial, batch := value.Draw(t, "serial"), value.Draw(t, "batch")
		code := product + "21" + serial + gs + "10" + batch
		c, err := barcode.Parse(code, nil)
		if err != nil || c.Raw != code || len(c.Mended) > 0 || c.Serial != serial || c.Batch != batch {
			t.Fatalf("%q is read as %+v, %v", code, c, err)
		}
	})
}

// TestMendedOnce: what is mended is a code that needs none.
func TestMendedOnce(t *testing.T) {
	value := rapid.StringOfN(rapid.SampledFrom([]rune("aZ09%1D<>()GS")), 1, 20, 20)
	sign := rapid.SampledFrom([]string{"%1D", "<GS>", "\x1c", "|", "(GS)", "^]"})
	rapid.Check(t, func(t *rapid.T) {
		code := product + "21" + value.Draw(t, "serial") + sign.Draw(t, "sign") + "93" + value.Draw(t, "key")
		c, _ := barcode.Parse(code, nil)
		again, _ := barcode.Parse(c.Raw, nil)
		if again.Raw != c.Raw || strings.Contains(c.Raw, gs) && len(again.Mended) > 0 {
			t.Fatalf("%q is read as %q, that as %q %v", code, c.Raw, again.Raw, again.Mended)
		}
	})
}

// TestLongText: what is longer than any code however it is written is not mended:
// the ways of that grow with the square of its length.
func TestLongText(t *testing.T) {
	c, err := barcode.Parse(strings.Repeat("ф1", 10*barcode.LengthMax), nil)
	if errcode.Of(err) != errcode.BadBarcode || len(c.Mended) > 0 {
		t.Errorf("mended by %v, %v", c.Mended, err)
	}
}
