package intake_test

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"tillsight/shared/errcode"
	"tillsight/shared/intake"
)

var goods = []intake.Column{
	{Name: "sku", Words: []string{"артикул"}, Needed: true}, {Name: "name_ru", Words: []string{"наименование"}},
	{Name: "price", Words: []string{"цена"}}, {Name: "unit", Words: []string{"ед"}},
}

// told writes a table as "line:sku|name|price|unit" and its faults as "line!column code".
func told(t *intake.Table) string {
	var lines []string
	for _, r := range t.Rows {
		lines = append(lines, fmt.Sprintf("%d:%s|%s|%s|%s", r.Line, r.Cell("sku"), r.Cell("name_ru"), r.Cell("price"), r.Cell("unit")))
	}
	for _, f := range t.Faults {
		lines = append(lines, fmt.Sprintf("%d!%s %s", f.Line, f.Column, f.Code))
	}
	return strings.Join(lines, "\n")
}

func utf16Of(text string, order binary.AppendByteOrder, marked bool) []byte {
	var data []byte
	if marked {
		text = "\ufeff" + text
	}
	for _, unit := range utf16.Encode([]rune(text)) {
		data = order.AppendUint16(data, unit)
	}
	return data
}

func cp1251(text string) []byte {
	var data []byte
	for _, r := range text {
		switch {
		case r >= 'А' && r <= 'я':
			r = r - 'А' + 0xc0
		case r == 'ё':
			r = 0xb8
		case r == '№':
			r = 0xb9
		case r == '\u00a0':
			r = 0xa0
		}
		data = append(data, byte(r))
	}
	return data
}

func TestRead(t *testing.T) {
	const milk = "sku\tname_ru\n101\tМолоко №1\n"
	tests := []struct {
		name, data, want string
	}{
		{"quotes inside of a cell", "sku;name_ru;price\n201;\"Заря\" молоко 1 л;89,90\n202;Хлеб \"Утро\";45,00\n203;Сыр;310,00\n",
			"3:202|Хлеб \"Утро\"|45,00|\n4:203|Сыр|310,00|\n2! quotes"},
		{"an open quote", "sku;name_ru;price\n201;\"Заря;89,90\n202;Хлеб;45\n203;Сыр;310\n", "3:202|Хлеб|45|\n4:203|Сыр|310|\n2! quotes"},
		{"an open quote and another", "sku;name_ru;price\n201;\"Заря;89,90\n202;\"Утро\";45\n203;Сыр;310\n", "3:202|Утро|45|\n4:203|Сыр|310|\n2! quotes"},
		{"two open quotes that make a pair", "sku;name_ru;price\n201;\"Заря;89\n202;Хлеб\";45\n203;Сыр;310\n", "4:203|Сыр|310|\n2! break"},
		{"quoted", "\"sku\";\"name_ru\"\n\"201\"; \"Сыр \"\"Утро\"\"; 1 кг\" \n", "2:201|Сыр \"Утро\"; 1 кг||"},
		{"a row that is short", "sku;name_ru;price;unit\n105;Водка 0,5\n106;Вода;5;pc\n", "3:106|Вода|5|pc\n2! short"},
		{"a row that is wide", "sku,name_ru,price\n105,Водка,89,90\n106,Вода,5\n", "3:106|Вода|5|\n2! wide"},
		{"a price in two cells under a head that ends in a comma", "sku,price,\n105,89,90\n106,5,\n", "3:106||5|\n2! wide"},
		{"a price in two cells, one without a heading", "sku,price,,unit\n105,89,90,pc\n106,5,,pc\n", "3:106||5|pc\n2! wide"},
		{"empty cells behind", "sku;price\n105;5;;\n", "2:105||5|"},
		{"a head that ends in a separator", "sku;price;\n105;5;\n106;6\n", "2:105||5|\n3:106||6|"},
		{"sep", "sep=;\nsku;price\n101;5\n", "3:101||5|"},
		{"sep in quotes, CRLF", "\ufeff\"sep=,\"\r\nsku,price\r\n101,5\r\n", "3:101||5|"},
		{"sep of a tab", "SEP=\t\nsku\tprice\n101\t5\n", "3:101||5|"},
		{"CR only", "sku;price\r101;91,90\r102;130,00\r", "2:101||91,90|\n3:102||130,00|"},
		{"no break at the end", "sku;price\r\n101;5", "2:101||5|"},
		{"lines as an editor counts", "sku;name_ru;price\n\n101;Сыр;5\n102;\"Мол\nоко\";6\n103;Сок;x\n", "3:101|Сыр|5|\n6:103|Сок|x|\n4! break"},
		{"lines with CRLF", "sku;name_ru\r\n102;\"Мол\r\nоко\"\r\n\r\n103;Сок\r\n", "5:103|Сок||\n2! break"},
		{"a bar", "sku|price\n101|5\n", "2:101||5|"},
		{"commas in the names of a file with tabs", "sku\tname_ru, full, long, name\tprice\n101\ta,b\t5\n", "2:101||5|"},
		{"UTF-16LE with mark", string(utf16Of(milk, binary.LittleEndian, true)), "2:101|Молоко №1||"},
		{"UTF-16BE with mark", string(utf16Of(milk, binary.BigEndian, true)), "2:101|Молоко №1||"},
		{"UTF-16LE without", string(utf16Of(milk, binary.LittleEndian, false)), "2:101|Молоко №1||"},
		{"windows-1251", string(cp1251("артикул;наименование\n101;Молоко №1 ёж\u00a0\n")), "2:101|Молоко №1 ёж||"},
		{"no names", "sku;name_ru\n1;a\x00b\n2;#REF!\n3;#Н/Д\n4;#####\n5;a\tb\n6;a\u0085b\n7;#1 чай\n8;мол\ufffdко\n",
			"8:7|#1 чай||\n2!name_ru control\n3!name_ru broken\n4!name_ru broken\n5!name_ru broken\n6!name_ru control\n7!name_ru control\n9!name_ru damaged"},
		{"text that a spreadsheet keeps", "sku;name_ru\n\"=\"\"0012\"\"\";'=1+1\n'00;'Утро'\n", "2:0012|=1+1||\n3:'00|'Утро'||"},
		{"headings as people write them", " Артикул ; ЦЕНА. ;Ед.\n1;2;шт\n", "2:1||2|шт"},
	}
	for _, tt := range tests {
		table, err := intake.Read([]byte(tt.data), goods, 100)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := told(table); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
	table, err := intake.Read([]byte("sku;price;Полка;\n1;2;A;\n"), goods, 1)
	if err != nil || !slices.Equal(table.Unknown, []string{"полка"}) || !slices.Equal(table.Columns, []string{"sku", "price"}) {
		t.Errorf("%+v, %v", table, err)
	}
}

func TestReadRefuses(t *testing.T) {
	koi8 := "sku;name_ru\n" + strings.Repeat("1;\xed\xcf\xcc\xcf\xcb\xcf \xd0\xc1\xd3\xd4\xc5\xd2\xc9\xda\xcf\xd7\xc1\xce\xce\xcf\xc5\n", 5)
	tests := []struct {
		name, data string
		want       errcode.Code
	}{
		{"nothing", "", errcode.FileEmpty}, {"blank lines", "\ufeff \r\n\n", errcode.FileEmpty}, {"only sep", "sep=;\n", errcode.FileEmpty}, {"only separators", ";;\n;", errcode.FileEmpty},
		{"UTF-16 of nothing", "\xff\xfe", errcode.FileEmpty},
		{"no titles", "101;Молоко;5\n", errcode.FileColumn}, {"no article", "name_ru;price\nМолоко;5\n", errcode.FileColumn},
		{"price twice", "sku;price;цена\n1;2;3\n", errcode.FileTwice},
		{"a head without end", "sku" + strings.Repeat(";", 2000), errcode.FileHead}, {"blank lines without end", "sku\n1" + strings.Repeat("\n", 3000) + "2\n", errcode.FileRows},
		{"an open quote in the head", "sku;\"price\n1;2\n", errcode.FileHead},
		{"a workbook", "PK\x03\x04…", errcode.FileWorkbook}, {"an old workbook", "\xd0\xcf\x11\xe0\xa1\xb1", errcode.FileWorkbook},
		{"half a character", "\xff\xfes\x00k", errcode.FileEncoding},
		{"UTF-8 that was cut", "sku;name_ru\n1;Молоко пастеризованное\xd0", errcode.FileEncoding},
		{"KOI8-R", koi8, errcode.FileEncoding}, {"too many rows", "sku\n1\n2\n3\n", errcode.FileRows},
	}
	for _, tt := range tests {
		if table, err := intake.Read([]byte(tt.data), goods, 2); errcode.Of(err) != tt.want {
			t.Errorf("%s: %+v, %v", tt.name, table, err)
		}
	}
	_, err := intake.Read([]byte("name_ru;price\n"), goods, 2)
	if data := errcode.As(err).Data; data["column"] != "артикул" || data["column.en"] != "sku" {
		t.Errorf("the missing column is called %v", data)
	}
}

// Whatever a file holds, no row is told twice, none disappears, and what is taken
// is as wide as the head.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"sku;price\n1;2\n", "sep=,\nsku,price\n1,\"2\n3,4", "\xff\xfes\x00", "sku\tname_ru\r1\t\"a\"b\r", "артикул|цена\n\"\"\"|5"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := intake.Read(data, goods, 1000)
		if err != nil {
			return
		}
		last := 0
		for _, r := range table.Rows {
			if r.Line <= last {
				t.Fatalf("line %d after %d", r.Line, last)
			}
			last = r.Line
			for _, c := range goods {
				if cell := r.Cell(c.Name); strings.ContainsAny(cell, "\n\r\x00") || cell != strings.TrimSpace(cell) {
					t.Fatalf("line %d: %q", r.Line, cell)
				}
			}
		}
		for _, fault := range table.Faults {
			if slices.ContainsFunc(table.Rows, func(r intake.Row) bool { return r.Line == fault.Line }) {
				t.Fatalf("line %d is taken and refused", fault.Line)
			}
		}
	})
}
