package barcode_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/barcode"
	"tillsight/shared/errcode"
)

// Codes whose check digits were published or computed in research/pos.md §4.1.
var valid = []string{
	"4006381333931", "96385074", "036000291452", "4601234567893",
	"2100123007509", "2200012007501", "2300123012507", "6220010005008",
}

func TestValid(t *testing.T) {
	for _, code := range valid {
		if !barcode.Valid(code) {
			t.Errorf("Valid(%s) = false", code)
		}
		wrong := code[:len(code)-1] + string('0'+(code[len(code)-1]-'0'+1)%10)
		if barcode.Valid(wrong) {
			t.Errorf("Valid(%s) = true", wrong)
		}
	}
	for _, code := range []string{"", "0", "46012345678ab", "4601234567893 "} {
		if barcode.Valid(code) {
			t.Errorf("Valid(%q) = true", code)
		}
	}
}

func TestNormalise(t *testing.T) {
	tests := []struct {
		code, want string
		err        errcode.Code
	}{
		{"96385074", "00000096385074", ""},
		{"036000291452", "00036000291452", ""},
		{"0036000291452", "00036000291452", ""}, // the same item sent as EAN-13
		{"4006381333931", "04006381333931", ""},
		{"14006381333938", "14006381333938", ""},
		{"4006381333932", "", errcode.BadCheckDigit},
		{"400638133393", "", errcode.BadCheckDigit},
		{"12345", "", errcode.BadBarcode},
		{"400638133393A", "", errcode.BadBarcode},
		{"", "", errcode.BadBarcode},
	}
	for _, test := range tests {
		got, err := barcode.Normalise(test.code)
		if got != test.want || errcode.Of(err) != test.err {
			t.Errorf("Normalise(%q) = %q, %v; want %q, %q", test.code, got, err, test.want, test.err)
		}
	}
}

func TestKey(t *testing.T) {
	tests := map[string]string{
		"4006381333931\r":     "04006381333931",
		"]E04006381333931":    "04006381333931",
		"4006381333930":       "04006381333930", // wrong digit: the catalogue may know it all the same
		"12345":               "12345",
		"ABC-1":               "ABC-1",
		"96385074":            "00000096385074",
		"0104006381333931":    "0104006381333931",
		"\t036000291452 \r\n": "00036000291452",
	}
	for code, want := range tests {
		if got := barcode.Key(code); got != want {
			t.Errorf("Key(%q) = %q, want %q", code, got, want)
		}
	}
}

// 04252614 is the worked example of the English Wikipedia's article on UPC; the
// others, one for each way of leaving zeros out, were expanded by hand.
func TestExpandUPCE(t *testing.T) {
	tests := map[string]string{
		"04252614": "042100005264",
		"01234565": "012345000065",
		"01234531": "012300000451",
		"01234543": "012340000053",
	}
	for code, want := range tests {
		if got, ok := barcode.ExpandUPCE(code); got != want || !ok {
			t.Errorf("ExpandUPCE(%s) = %s, %v; want %s", code, got, ok, want)
		}
	}
	for _, code := range []string{"", "0425261", "24252614", "04252615", "0425261x"} {
		if got, ok := barcode.ExpandUPCE(code); ok {
			t.Errorf("ExpandUPCE(%q) = %s", code, got)
		}
	}
}

// Layouts of scales: research/pos.md §4.2.
var masks = []barcode.Mask{
	{Pattern: "21NNNNNQQQQQC", Kind: barcode.Weight},
	{Pattern: "23NNNNNMMMMMC", Kind: barcode.Price},
	{Pattern: "22NNNNNQQQQQC", Kind: barcode.Pieces},
	{Pattern: "229NNNNVQQQQC", Kind: barcode.Weight}, // a longer prefix wins
	{Pattern: "99NNNNNNNNNNC", Kind: barcode.Card},
	{Pattern: "77NNNNQQQQ", Kind: barcode.Weight},
}

func TestParse(t *testing.T) {
	const gs = "\x1d"
	ean := func(digits string) string { return digits + string(barcode.CheckDigit(digits)) }
	tests := []struct {
		name, code string
		want       barcode.Code
		err        errcode.Code
	}{
		{"EAN-13", "4601234567893", barcode.Code{Kind: barcode.GTIN, GTIN: "04601234567893"}, ""},
		{"EAN-13 with symbology and line end", "]E04601234567893\r\n", barcode.Code{Raw: "4601234567893", Kind: barcode.GTIN, GTIN: "04601234567893"}, ""},
		{"EAN-13, check digit", "4601234567894", barcode.Code{Kind: barcode.GTIN}, errcode.BadCheckDigit},
		{"UPC-E", "04252614", barcode.Code{Kind: barcode.GTIN, GTIN: "00042100005264"}, ""},
		{"weight", "2100123007509", barcode.Code{Kind: barcode.Weight, Article: "00123", Quantity: 750, Single: true}, ""},
		{"weight, check digit", "2100123007508", barcode.Code{Kind: barcode.Weight, Article: "00123"}, errcode.BadCheckDigit},
		{"weight of nothing", ean("210012300000"), barcode.Code{Kind: barcode.Weight, Article: "00123", Single: true}, errcode.BadQuantity},
		{"price", "2300123012507", barcode.Code{Kind: barcode.Price, Article: "00123", Sum: 1250, Single: true}, ""},
		{"pieces", ean("220001200006"), barcode.Code{Kind: barcode.Pieces, Article: "00012", Quantity: 6000, Single: true}, ""},
		{"longest prefix", ean("229123450842"), barcode.Code{Kind: barcode.Weight, Article: "1234", Quantity: 842, Single: true}, ""},
		{"mask without check digit", "7712340842", barcode.Code{Kind: barcode.Weight, Article: "1234", Quantity: 842, Single: true}, ""},
		{"card", ean("990000000017"), barcode.Code{Kind: barcode.Card, Article: ean("990000000017")}, ""},
		{"PLU", "4011", barcode.Code{Kind: barcode.PLU, Article: "4011"}, ""},
		{"own code", "A-17/b", barcode.Code{Kind: barcode.Other}, ""},
		{"own number", "12345678901234567", barcode.Code{Kind: barcode.Other}, ""},
		{"nothing", " \r", barcode.Code{}, errcode.BadBarcode},
		{"control characters", "46\x00", barcode.Code{}, errcode.BadBarcode},
		{"Cyrillic: wrong keyboard layout", "фыва", barcode.Code{}, errcode.BadBarcode},
		{"too long", strings.Repeat("1", barcode.LengthMax+1), barcode.Code{}, errcode.BadBarcode},
		{"GS1 weight and expiry", "]C101046012345678933103000525" + "17261100", barcode.Code{
			Raw: "0104601234567893310300052517261100", Kind: barcode.GS1, GTIN: "04601234567893",
			Quantity: 525, Single: true, Expires: "2026-11-30",
			Fields: []barcode.Field{{"01", "04601234567893"}, {"3103", "000525"}, {"17", "261100"}},
		}, ""},
		{"marked goods: 91 inside the serial", "]d2" + gs + "0104601234567893215abc91Z\"q91xy" + gs + "91EE10" + gs + "92k+/=", barcode.Code{
			Raw: gs + "0104601234567893215abc91Z\"q91xy" + gs + "91EE10" + gs + "92k+/=", Kind: barcode.GS1, GTIN: "04601234567893",
			Single: true, Serial: "5abc91Z\"q91xy",
			Fields: []barcode.Field{{"01", "04601234567893"}, {"21", "5abc91Z\"q91xy"}, {"91", "EE10"}, {"92", "k+/="}},
		}, ""},
		{"GS1 without symbology identifier", "010460123456789310L5", barcode.Code{
			Kind: barcode.GS1, GTIN: "04601234567893", Batch: "L5",
			Fields: []barcode.Field{{"01", "04601234567893"}, {"10", "L5"}},
		}, ""},
		{"GS1 count and price", "]e002046012345678933712" + gs + "39221250", barcode.Code{
			Raw: "02046012345678933712" + gs + "39221250", Kind: barcode.GS1, GTIN: "04601234567893",
			Quantity: 12000, Sum: 1250, Single: true,
			Fields: []barcode.Field{{"02", "04601234567893"}, {"37", "12"}, {"3922", "1250"}},
		}, ""},
		{"GS1 price per unit needs its separator", "]d20104601234567893" + "8005001250" + "17261130", barcode.Code{
			Raw: "0104601234567893" + "8005001250" + "17261130", Kind: barcode.GS1, GTIN: "04601234567893",
			Fields: []barcode.Field{{"01", "04601234567893"}},
		}, errcode.BadBarcode},
		{"GS1 unknown identifier", "]d20104601234567893" + "89123", barcode.Code{
			Raw: "010460123456789389123", Kind: barcode.GS1, GTIN: "04601234567893",
			Fields: []barcode.Field{{"01", "04601234567893"}, {"", "89123"}},
		}, ""},
		{"GS1 unknown identifier without goods", "]d289123", barcode.Code{
			Raw: "89123", Kind: barcode.GS1, Fields: []barcode.Field{{"", "89123"}},
		}, errcode.BadBarcode},
		{"GS1 check digit", "]d20104601234567890", barcode.Code{
			Raw: "0104601234567890", Kind: barcode.GS1, Fields: []barcode.Field{{"01", "04601234567890"}},
		}, errcode.BadCheckDigit},
		{"GS1 day that no month has", "]d217260230", barcode.Code{
			Raw: "17260230", Kind: barcode.GS1, Fields: []barcode.Field{{"17", "260230"}},
		}, errcode.BadBarcode},
		{"GS1 leap day", "]d217280200", barcode.Code{
			Raw: "17280200", Kind: barcode.GS1, Expires: "2028-02-29", Fields: []barcode.Field{{"17", "280200"}},
		}, ""},
		{"GS1 tenth of a gram", "]d20104601234567893" + "3104000525", barcode.Code{
			Raw: "01046012345678933104000525", Kind: barcode.GS1, GTIN: "04601234567893",
			Fields: []barcode.Field{{"01", "04601234567893"}, {"3104", "000525"}},
		}, errcode.BadQuantity},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := barcode.Parse(test.code, masks)
			if errcode.Of(err) != test.err {
				t.Fatalf("error %v, want %q", err, test.err)
			}
			if test.want.Raw == "" {
				test.want.Raw = got.Raw
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestMaskValidate(t *testing.T) {
	for _, m := range masks {
		if err := m.Validate(); err != nil {
			t.Errorf("%+v: %v", m, err)
		}
	}
	for _, m := range []barcode.Mask{
		{}, {Pattern: "21NNNNNQQQQQC"}, {Pattern: "NNNNNQQQQQC", Kind: barcode.Weight},
		{Pattern: "21NNNNN", Kind: barcode.Weight}, {Pattern: "21QQQQQ", Kind: barcode.Weight},
		{Pattern: "21NNNQQQNNC", Kind: barcode.Weight}, {Pattern: "21NNNNNXQQQQ", Kind: barcode.Weight},
		{Pattern: "21CNNNNQQQQ", Kind: barcode.Weight}, {Pattern: "21NNNNNQQQQQC", Kind: barcode.Price},
		{Pattern: "21NNNNNMMMMMC", Kind: barcode.Weight}, {Pattern: "21NQQQQQQQQQQQQQQQQ", Kind: barcode.Weight},
		{Pattern: "21NNNNNQQQQQC", Kind: barcode.GTIN},
	} {
		if err := m.Validate(); errcode.Of(err) != errcode.Invalid {
			t.Errorf("%+v accepted", m)
		}
	}
}

// A wrong digit anywhere is noticed: weights 3 and 1 are both prime to ten.
func TestCheckDigitNoticesOneWrongDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`[0-9]{7,17}`).Draw(t, "digits")
		code := []byte(digits + string(barcode.CheckDigit(digits)))
		if !barcode.Valid(string(code)) {
			t.Fatalf("%s is not valid", code)
		}
		i := rapid.IntRange(0, len(code)-1).Draw(t, "position")
		code[i] = '0' + (code[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "shift")))%10
		if barcode.Valid(string(code)) {
			t.Fatalf("%s is valid", code)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, code := range valid {
		f.Add(code)
	}
	f.Add("]d2\x1d0104601234567893215abc\x1d91EE10\x1d92k")
	f.Add("]C1310")
	f.Add("3922")
	f.Add("2100 1230-07509")
	f.Add("0425261")
	f.Add("\x024601234567893\x03")
	f.Add("010460123456789389123\x1d10L5")
	f.Fuzz(func(t *testing.T, code string) {
		c, err := barcode.Parse(code, masks)
		if err != nil {
			if got := errcode.Of(err); got != errcode.BadBarcode && got != errcode.BadCheckDigit && got != errcode.BadQuantity {
				t.Fatalf("Parse(%q): code %q", code, got)
			}
			return
		}
		if c.Kind == "" || c.Quantity < 0 || c.Sum < 0 || c.GTIN != "" && !barcode.Valid(c.GTIN) {
			t.Fatalf("Parse(%q) = %+v", code, c)
		}
		again, err := barcode.Parse(c.Raw, masks)
		if strings.HasPrefix(c.Raw, "]") {
			return // would be taken for a symbology identifier
		}
		c.Mended = nil // what is read again needs no mending
		if c.Kind != barcode.GS1 && (err != nil || !reflect.DeepEqual(c, again)) {
			t.Fatalf("Parse(%q) = %+v, its raw code %+v, %v", code, c, again, err)
		}
	})
}

// An element string put together from fields is taken apart into the same fields.
func FuzzGS1(f *testing.F) {
	f.Add("AB91\"!", "L-17", "x")
	f.Fuzz(func(t *testing.T, serial, batch, key string) {
		for _, s := range []string{serial, batch, key} {
			if s == "" || len(s) > 20 || strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) >= 0 {
				return
			}
		}
		code := "]d201046012345678933103000525" + "21" + serial + "\x1d" + "10" + batch + "\x1d" + "91" + key
		c, err := barcode.Parse(code, nil)
		if err != nil {
			t.Fatalf("Parse(%q): %v", code, err)
		}
		want := []barcode.Field{{"01", "04601234567893"}, {"3103", "000525"}, {"21", serial}, {"10", batch}, {"91", key}}
		if !reflect.DeepEqual(c.Fields, want) || c.Serial != serial || c.Batch != batch {
			t.Fatalf("Parse(%q) = %+v", code, c)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := barcode.Parse("2100123007509", masks); err != nil {
			b.Fatal(err)
		}
	}
}
