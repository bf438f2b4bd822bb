package assortment

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
	wire "tillsight/shared/wire/office"
)

// tell writes what a file would do: "line column code value" for faults and
// "line sku column:value" for changes.
func tell(found wire.Imported) string {
	var lines []string
	for _, f := range found.Faults {
		text := strings.Join(strings.Fields(fmt.Sprintf("%d! %s %s %s", f.Line, f.Column, f.Code, f.Value)), " ")
		if f.Other > 0 {
			text += fmt.Sprintf(" as line %d", f.Other)
		}
		lines = append(lines, text)
	}
	for _, c := range found.Changes {
		text := fmt.Sprintf("%d %s", c.Line, c.SKU)
		if c.New {
			text += " new"
		}
		if c.Like != "" {
			text += " like " + string(c.Like)
		}
		if c.Far {
			text += " far"
		}
		for _, e := range c.Edits {
			text += " " + e.Column + ":" + e.Before + ">" + e.After
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

// A file changes nothing that it does not clearly say.
func TestImportSays(t *testing.T) {
	a, f := shop(t)
	vodka := good("105", "Водка", "drinks", "standard")
	vodka.Name.EN, vodka.MinAge, vodka.Stopped = "Vodka", 18, true
	zeros := good("00123", "Соль", "drinks", "standard")
	zeros.PLU = "77"
	rows := []refdata.Row{
		{Table: refdata.Products, Value: vodka}, {Table: refdata.Products, Value: zeros},
		{Table: refdata.Barcodes, Value: catalogue.Barcode{GTIN: "00036000291452", SKU: "102", Factor: quantity.One}},
		{Table: refdata.Barcodes, Value: catalogue.Barcode{GTIN: "04006381333931", SKU: "105", Factor: quantity.One}},
		{Table: refdata.Barcodes, Value: catalogue.Barcode{GTIN: "1234", SKU: "103", Factor: quantity.One}},
	}
	if _, err := f.Put(rows); err != nil {
		t.Fatal(err)
	}
	const head = "sku;name_ru;category;unit;tax;plu;barcodes;price\n"
	tests := []struct{ name, file, want string }{
		{"a code that was rounded", "sku;barcodes\n101;4,60123E+12\n", "2! barcodes rounded 4,60123E+12"},
		{"rounded, with a point", "sku;barcodes\n101;4.601234567893E+12\n", "2! barcodes rounded 4.601234567893E+12"},
		{"decimals behind a code", "sku;barcodes\n101;4601234567893,00\n", "2! barcodes rounded 4601234567893,00"},
		{"one of several rounded", "sku;barcodes\n101;4601234567893|4.6E+12\n", "2! barcodes rounded 4.6E+12"},
		{"an article that was rounded", "sku;price\n4,6E+12;5\n", "2! sku rounded 4,6E+12\n2! name_ru empty\n2! unit format\n2! category unknown\n2! tax unknown"},
		{"a zero that was lost", "sku;barcodes\n102;36000291452\n", "2! barcodes zeros 036000291452"},
		{"a zero of an EAN-8 that was lost", "sku;barcodes\n102;1234565\n", "2! barcodes zeros 01234565"},
		{"digits of no code's length", "sku;barcodes\n102;46012345678931111\n", "2! barcodes length 46012345678931111"},
		{"digits too short", "sku;barcodes\n102;12345\n", "2! barcodes length 12345"},
		{"a short one that is there", "sku;barcodes\n103;1234\n", ""},
		{"letters too short", "sku;barcodes\n102;A1\n", "2! barcodes length A1"},
		{"a wrong check digit", "sku;barcodes\n102;4601234567890\n", "2! barcodes check 04601234567890"},
		{"codes with commas between", "sku;barcodes\n102;\"036000291452, 4600000000008\"\n", "2 102 barcodes:0036000291452>0036000291452|4600000000008"},
		{"two or two thousand", "sku;barcodes\n102;036000291452*2,000\n", "2! barcodes unclear 036000291452*2,000"},
		{"a short row", "sku;name_ru;name_en;min_age;stopped;barcodes\n105;Водка 0,5\n", "2! short 2"},
		{"a price cut in two", "sku,price\n101,89,90\n", "2! wide 3"},
		{"what a price may be", "sku;price\n101;0\n102;-5\n103;1,999\n105;дорого\n00123;99999999999\n",
			"2! price nothing 0\n3! price negative -5\n4! price unclear 1,999\n5! price format дорого\n6! price large 99999999999"},
		{"a price with other blanks", "sku;price\n102;1\u2007234,50 ₽\n", "2 102 far price:120.00>1234.50"},
		{"a price a hundred times the last", "sku;price\n101;8990\n102;130\n", "2 101 far price:89.90>8990.00\n3 102 price:120.00>130.00"},
		{"a price a hundredth of the last", "sku;price\n102;1,20\n", "2 102 far price:120.00>1.20"},
		{"PLU twice", "sku;plu\n101;9\n102;9\n", "3! plu twice 9 as line 2\n2 101 plu:>9"},
		{"PLU twice, with a zero", "sku;plu\n101;9\n102;09\n", "3! plu twice 09 as line 2\n2 101 plu:>9"},
		{"PLU of another", "sku;plu\n101;77\n102;077\n", "2! plu taken 00123\n3! plu twice 077 as line 2"},
		{"barcode twice, with a zero", "sku;barcodes\n102;4600000000008\n103;04600000000008\n", "3! barcodes twice 04600000000008 as line 2\n2 102 barcodes:0036000291452>4600000000008"},
		{"barcode of another", "sku;barcodes\n101;4006381333931\n", "2! barcodes taken 105"},
		{"an article that looks like another", head + "123;Соль;drinks;шт;standard;;;5\n124;Сода;drinks;шт;standard;;;5\n",
			"2 123 new like 00123 name_ru:>Соль category:>drinks unit:>pc tax:>standard price:>5.00\n3 124 new name_ru:>Сода category:>drinks unit:>pc tax:>standard price:>5.00"},
		{"articles of the file that look alike", head + "АВ-7;Соль;drinks;шт;standard;;;5\nab-7;Сода;drinks;шт;standard;;;5\n101.0;Сок;drinks;шт;standard;;;5\n",
			"3 ab-7 new like АВ-7 name_ru:>Сода category:>drinks unit:>pc tax:>standard price:>5.00\n" +
				"4 101.0 new like 101 name_ru:>Сок category:>drinks unit:>pc tax:>standard price:>5.00\n" +
				"2 АВ-7 new name_ru:>Соль category:>drinks unit:>pc tax:>standard price:>5.00"},
		{"an empty heading", "sku;price;\n101;91\n", "2 101 price:89.90>91.00"},
		{"no names", "sku;name_ru\n101;\"Мол\nоко\"\n102;#REF!\n103;a\x00b\n", "2! break 101;\"Мол\n4! name_ru broken #REF!\n5! name_ru control a·b"},
	}
	for _, tt := range tests {
		found, err := a.Import([]byte(tt.file), true)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := tell(found); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
		if len(found.Unknown) > 0 {
			t.Errorf("%s: unknown columns %q", tt.name, found.Unknown)
		}
	}
}

// A chain sells in its own currency: a price without decimals is no price in kopecks.
func TestImportInYen(t *testing.T) {
	a, f := shop(t)
	store := catalogue.Store{ID: "1", Name: catalogue.Text{RU: "Первый"}, Zone: "Asia/Tokyo", Currency: money.CurrencyOf("JPY")}
	if _, err := f.Put([]refdata.Row{{Table: refdata.Stores, Value: store}}); err != nil {
		t.Fatal(err)
	}
	found, err := a.Import([]byte("sku;price\n101;15000\n102;1,500\n103;15,5\n"), false)
	if want := "3! price unclear 1,500\n4! price unclear 15,5\n2 101 price:8990>15000"; err != nil || tell(found) != want {
		t.Fatalf("%s, %v", tell(found), err)
	}
	card, err := a.Card("101")
	if err != nil || card.Prices[len(card.Prices)-1].Amount != 15000 {
		t.Errorf("%+v, %v", card.Prices, err)
	}
	var file bytes.Buffer
	if err := a.Export(&file); err != nil || !strings.Contains(file.String(), ";15000;") {
		t.Errorf("%s, %v", file.String(), err)
	}
}

func TestImportNames(t *testing.T) {
	a, _ := shop(t)
	for data, want := range map[string]errcode.Code{"": errcode.FileEmpty, "101;5\n": errcode.FileColumn, "name;price\nx;5\n": errcode.FileColumn} {
		if _, err := a.Import([]byte(data), true); errcode.Of(err) != want {
			t.Errorf("%q: %v", data, err)
		}
	}
}

// No file whatever writes an article without a number, a price that is none, or
// stops the server.
func FuzzImport(f *testing.F) {
	f.Add([]byte("sku;name_ru;category;unit;tax;price\n1;x;beer;шт;standard;5\n"))
	f.Add([]byte("\ufeffартикул\tцена\tплу\n101\t1,0\t7\n"))
	f.Add([]byte("sku,barcodes\n101,\"4601234567893|14601234567890*6\"\n"))
	a, _ := shop(f) // looking changes nothing
	f.Fuzz(func(t *testing.T, data []byte) {
		found, err := a.Import(data, true)
		if err != nil {
			return
		}
		if found.New+found.Changed+found.Same+found.Wrong != found.Rows {
			t.Fatalf("%+v", found)
		}
		for _, c := range found.Changes {
			if c.SKU == "" || c.Line < 2 {
				t.Fatalf("%+v", c)
			}
		}
	})
}
