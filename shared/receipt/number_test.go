package receipt_test

import (
	"testing"

	"tillsight/shared/receipt"
)

func TestNumber(t *testing.T) {
	for _, test := range []struct {
		number string
		count  uint64
		ok     bool
	}{
		{receipt.NumberOf("12", 3, 1024), 1024, true},
		{receipt.NumberOf("north-1", 3, 7), 7, true},
		{receipt.NumberOf("1", 1, receipt.CountMax), receipt.CountMax, true},
		{receipt.NumberOf("1", 1, receipt.CountMax+1), 0, false},
		{"1-1-000000", 0, true},
		{"17", 17, true}, // of a till that counted alone
		{"1-1-18446744073709551616", 0, false},
		{"1-1--5", 5, true},
		{"1-1-+5", 0, false},
		{"1-1-5 ", 0, false},
		{"1-1-", 0, false},
		{"", 0, false},
	} {
		if count, ok := receipt.CountOf(test.number); count != test.count || ok != test.ok {
			t.Errorf("%q: %d, %v; want %d, %v", test.number, count, ok, test.count, test.ok)
		}
	}
	if got := receipt.NumberOf("12", 3, 1024); got != "12-3-001024" {
		t.Errorf("written as %q", got)
	}
}
