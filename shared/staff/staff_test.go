package staff_test

import (
	"testing"

	"tillsight/shared/staff"
)

func TestMay(t *testing.T) {
	tests := []struct {
		role  staff.Role
		right staff.Right
		want  bool
	}{
		{staff.Cashier, staff.VoidLine, true},
		{staff.Cashier, staff.CancelReceipt, false},
		{staff.Cashier, staff.Discount, false},
		{staff.Senior, staff.Discount, true},
		{staff.Senior, staff.ExportJournal, false},
		{staff.Manager, staff.ExportJournal, true},
		{"", staff.VoidLine, false},
		{"owner", staff.VoidLine, false},
	}
	for _, test := range tests {
		if got := (staff.Employee{Role: test.role}).May(test.right); got != test.want {
			t.Errorf("%q may %s: %v", test.role, test.right, got)
		}
	}
}
