package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"tillsight/shared/errcode"
	"tillsight/shared/intake"
)

var (
	article = intake.Column{Name: "article", Words: []string{"артикул", "sku"}}
	price   = intake.Column{Name: "price", Words: []string{"цена"}}
)

func TestPairs(t *testing.T) {
	tests := []struct{ text, want string }{
		{"101;89,90\n102\t5\n103 7\n104,8\n105,89,90", "1:101=89,90 2:102=5 3:103=7 4:104=8 5:105=89,90"},
		{"101\u00a089,90", "1:101=89,90"}, {"101,1 234,50", "1:101=1 234,50"}, {"1001 1 250", "1:1001=1 250"},
		{"1 100 250", "1!unclear"}, {"101", "1!short"}, {"101;", "1!short"}, {";5", "1!short"}, {"Хлеб", ""},
		{"Article;Price\r\n\r\n101;89,90\r\n", "3:101=89,90"}, {"Код товара;Стоимость\n101;5\n", "2:101=5"},
		{"price;name;article\n5;Хлеб;101\n", "2:101=5"}, {"article,price\n101,89.90\n102,89,90\n", "2:101=89.90 3!wide"},
		{"101;Молоко, 1 л;89,90\n102;Хлеб;\n103;Сыр;5;\n104;5\n", "1:101=89,90 2!short 3:103=5 4!short"},
		{"101,89,90\n102;89,90", "1:101=89,90 2:102=89,90"}, {"101,89,90\n102;89,90", "1:101=89,90 2:102=89,90"}, {"101;89,90;\n", "1:101=89,90"}, {"sep=;\n101;5\n", "2:101=5"}, {"101;5\r102;6\r", "1:101=5 2:102=6"},
		{"\"4601234567893\";\"1 289,90 ₽\"", "1:4601234567893=1 289,90 ₽"}, {"101;\"5\n102;6\n", "1!quotes 2:102=6"},
		{"101;#REF!\n102;5\x00\n", "1!broken 2!control"}, {"\"101\";\"5\n6\";\n102;7", "1!break 3:102=7"},
	}
	for _, tt := range tests {
		pairs, err := intake.Pairs([]byte(tt.text), article, price, 10)
		var told []string
		for _, p := range pairs {
			if p.Fault != "" {
				told = append(told, fmt.Sprintf("%d!%s", p.Line, p.Fault))
			} else {
				told = append(told, fmt.Sprintf("%d:%s=%s", p.Line, p.First, p.Second))
			}
		}
		if got := strings.Join(told, " "); err != nil || got != tt.want {
			t.Errorf("%q: %s, %v; want %s", tt.text, got, err, tt.want)
		}
	}
	if _, err := intake.Pairs([]byte(strings.Repeat("1;1\n", 11)), article, price, 10); errcode.Of(err) != errcode.FileRows {
		t.Errorf("any number of lines is read: %v", err)
	}
}

// Every line that is not blank is a pair or a fault, in order.
func FuzzPairs(f *testing.F) {
	for _, text := range []string{"1;2,5", "1\t2", "a,b,c", "\ufeff1;-", "1;\u00a02\u00a0000,00", ";;;;", "\"\";\"\"", "article;price\n1;\"2", "sep=,\n1,2"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		pairs, err := intake.Pairs(data, article, price, 1000)
		if err != nil {
			return
		}
		last := 0
		for _, p := range pairs {
			if p.Line <= last || p.Fault == "" && (p.First == "" || p.Second == "") {
				t.Fatalf("%+v after line %d", p, last)
			}
			last = p.Line
		}
	})
}
