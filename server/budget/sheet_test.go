package budget

import (
	"testing"

	"tillsight/shared/money"
)

func FuzzSheet(f *testing.F) {
	f.Add([]byte("store,month,measure,value\n1,2026-11,revenue,5\n"))
	f.Add([]byte("магазин;месяц;показатель;план\n1;11.2026;выручка;1 234,50\n"))
	f.Add([]byte("\ufeffstore\tmonth\tkind\tamount\n\t2026-11\trent\t\"5\n"))
	known := Places{Stores: map[string]bool{"1": true}, Employees: map[string]bool{"7": true}}
	all := func(string) bool { return true }
	f.Fuzz(func(t *testing.T, file []byte) {
		if s, err := readSheet(file, planColumns); err == nil {
			for _, figure := range s.plans(known, all) {
				if err := check(figure); err != nil && len(s.errors) == 0 {
					t.Errorf("%+v was taken: %v", figure, err)
				}
			}
		}
		if s, err := readSheet(file, expenseColumns); err == nil {
			for _, e := range s.expenses(known, all) {
				if field, value := badExpense(e); field != "" && len(s.errors) == 0 {
					t.Errorf("%+v was taken: %s %q", e, field, value)
				}
			}
		}
	})
}

// What can be read in two ways is refused, what can be read in one is taken.
func TestNumbersOfSheets(t *testing.T) {
	known := Places{Stores: map[string]bool{"1": true}}
	all := func(string) bool { return true }
	cases := []struct {
		measure, text string
		want          int64
		code          string
	}{
		{"revenue", "5", 500, ""}, {"revenue", "5,5", 550, ""}, {"revenue", "1 234,50 ₽", 123450, ""}, {"revenue", "1,234.50", 123450, ""},
		{"revenue", "1\u2009250", 125000, ""}, {"revenue", "1\u2007234,50", 123450, ""}, {"revenue", ".5", 50, ""}, {"receipts", "5.00", 5, ""},
		{"revenue", "150,000", 0, "unclear"}, {"revenue", "1,2,3", 0, "number"}, {"revenue", "1.2.3", 0, "number"}, {"revenue", "0.005", 0, "unclear"},
		{"revenue", "", 0, "missing"}, {"revenue", "5.-3", 0, "number"}, {"revenue", "9223372036854775807", 0, "number"}, {"revenue", "−5", 0, "negative"},
		{"receipts", "2,000", 0, "unclear"}, {"receipts", "5.5", 0, "unclear"}, {"units", "2,000", 0, "unclear"}, {"units", "2 000", 2_000_000, ""},
		{"units", "2000", 2_000_000, ""}, {"units", "2.5", 2500, ""},
	}
	for _, c := range cases {
		s, err := readSheet([]byte("store\tmonth\tmeasure\tvalue\n1\t2026-11\t"+c.measure+"\t"+c.text+"\n"), planColumns)
		if err != nil {
			t.Fatal(err)
		}
		figures, code := s.plans(known, all), ""
		if len(s.errors) > 0 {
			code = s.errors[0].Code
		}
		if len(figures) != 1 || *figures[0].Value != c.want || code != c.code {
			t.Errorf("%s %q: %+v, %+v", c.measure, c.text, figures, s.errors)
		}
	}
	known.Currency = money.CurrencyOf("JPY")
	s, err := readSheet([]byte("month;kind;amount\n2026-11;rent;150 000\n2026-11;ads;1,500\n2026-11;ads;−2000 ¥\n"), expenseColumns)
	if err != nil {
		t.Fatal(err)
	}
	if list := s.expenses(known, all); list[0].Amount != 150_000 || list[2].Amount != -2000 || len(s.errors) != 1 || s.errors[0].Row != 3 {
		t.Errorf("yen: %+v, %+v", list, s.errors)
	}
}
