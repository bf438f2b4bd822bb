package pricelist

import (
	"strings"
	"testing"

	"tillsight/shared/money"
	wire "tillsight/shared/wire/office"
)

func TestParse(t *testing.T) {
	tests := []struct {
		text, code string
		amount     money.Amount
		ended      bool
		problem    string
	}{
		{"100001;89,90", "100001", 89_90, false, ""},
		{"100001\t89.9", "100001·89.9", 0, false, wire.RowBroken}, // not what the head separates by
		{"100001,89.90", "100001", 89_90, false, ""},
		{"100001,89,90", "100001", 89_90, false, ""},
		{"100001 89", "100001", 89_00, false, ""},
		{"101\u00a089,90", "101", 89_90, false, ""},
		{"101,1 234,50", "101", 1234_50, false, ""},
		{"101;1\u2007234,50", "101", 1234_50, false, ""},
		{`"4601234567893";"1 289,90 ₽"`, "4601234567893", 1289_90, false, ""},
		{"100001;89,90;", "100001", 89_90, false, ""},
		{"100001;-", "100001", 0, true, ""},
		{"100001", "100001", 0, false, wire.RowBroken},
		{"100001;", "100001;", 0, false, wire.RowBroken},
		{"100001;cheap", "100001", 0, false, wire.RowBroken},
		{"100001;89,999", "100001", 0, false, wire.RowUnclear},
		{"100001;1,999", "100001", 0, false, wire.RowUnclear},
		{"101 Молоко 1 234,50", "101 Молоко 1 234,50", 0, false, wire.RowUnclear},
		{"1001 Молоко 234,50", "1001", 0, false, wire.RowBroken},
		{"1 234 567", "1 234 567", 0, false, wire.RowUnclear},
		{"100001;-5", "100001", 0, false, wire.RowBroken},
		{"100001;1e5", "100001", 0, false, wire.RowBroken},
		{"100001;99999999999999999999", "100001", 0, false, wire.RowBroken},
		{"100001;Молоко;89,90", "100001;Молоко;89,90", 0, false, wire.RowBroken}, // wider than its head
		{";5", ";5", 0, false, wire.RowBroken},
	}
	for _, tt := range tests {
		rows, err := parse("\ufeffArticle;Price\r\n\n"+tt.text+"\r\n", money.RUB)
		if err != nil || len(rows) != 1 {
			t.Errorf("%q: %+v, %v", tt.text, rows, err)
			continue
		}
		if r := rows[0]; r.Code != tt.code || r.Amount != tt.amount || r.Ended != tt.ended || r.Problem != tt.problem || r.Line != 3 {
			t.Errorf("%q: %+v", tt.text, r)
		}
	}
	if rows, err := parse("100001;1500\n100002;1,500\n", money.CurrencyOf("JPY")); err != nil || rows[0].Amount != 1500 || rows[1].Problem != wire.RowUnclear {
		t.Errorf("yen: %+v, %v", rows, err)
	}
	if _, err := parse(strings.Repeat("1;1\n", RowsMax+1), money.RUB); err == nil {
		t.Error("any number of rows is read")
	}
}

// FuzzParse checks that no file whatever makes a price that is none.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"1;2,5", "1\t2", "a,b,c", "\ufeff1;-", "1;\u00a02\u00a0000,00", ";;;;", "\"\";\"\""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := parse(text, money.RUB)
		if err != nil {
			return
		}
		for _, r := range rows {
			if r.Amount < 0 || r.Problem == "" && r.Code == "" || r.Line < 1 || r.Ended && r.Amount != 0 {
				t.Fatalf("%+v", r)
			}
		}
	})
}
