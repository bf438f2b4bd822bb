package budget

import "testing"

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

func TestDecimal(t *testing.T) {
	cases := []struct {
		text   string
		digits int
		want   int64
		ok     bool
	}{
		{"5", 2, 500, true}, {"5,5", 2, 550, true}, {"1 234,50 ₽", 2, 123450, true}, {"1,234.50", 2, 123450, true},
		{"−3.25", 2, -325, true}, {"5.000", 0, 5, true}, {"5.5", 0, 0, false}, {"0.005", 2, 0, false},
		{"", 2, 0, false}, {".5", 2, 0, false}, {"1.2.3", 2, 0, false}, {"5.-3", 2, 0, false}, {"9223372036854775807", 2, 0, false},
	}
	for _, c := range cases {
		if got, ok := decimal(c.text, c.digits); ok != c.ok || ok && got != c.want {
			t.Errorf("%q: got %d, %v", c.text, got, ok)
		}
	}
}
