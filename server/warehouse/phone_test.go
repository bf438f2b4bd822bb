package warehouse

import (
	"path/filepath"
	"testing"

	"tillsight/shared/customer"
	"tillsight/shared/sqlite"
)

// TestPhonesOfBefore: rows of before get the spelling that new ones have, and those
// that become the same are one.
func TestPhonesOfBefore(t *testing.T) {
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "old.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	run := func(sql string, args ...any) {
		t.Helper()
		if err := db.Exec(sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	run(`CREATE TABLE identity (kind TEXT, value TEXT, customer INTEGER, first_at INTEGER, last_at INTEGER, PRIMARY KEY (kind, value, customer)) STRICT`)
	typed := []string{
		"8 (926) 123-45-67", "+79261234567", "9261234567", "+380 44 1234567", "112", "8 495 1234567 доб. 12", " нет ", "+", "7+926", "8\u00a0926–123.45/67",
		"2261234567", "3261234567", "380441234567", "++7926",
	}
	for i, phone := range typed {
		run(`INSERT INTO identity VALUES ('phone', ?, ?, 1, 2)`, phone, i)
	}
	run(`INSERT INTO identity VALUES ('phone', '8 926 123 45 67', 0, 3, 9), ('card', '8 926', 0, 1, 2)`)
	script, err := migrations.ReadFile("migration/0007_phone.sql")
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Script(string(script)); err != nil {
		t.Fatal(err)
	}
	rows := 0
	err = db.Query(`SELECT customer, value, last_at FROM identity WHERE kind = 'phone'`, func(r sqlite.Row) error {
		rows++
		if i := r.Int(0); r.Text(1) != customer.Phone(typed[i]) || (i == 0) != (r.Int64(2) == 9) {
			t.Errorf("%q is %q until %d, want %q", typed[i], r.Text(1), r.Int64(2), customer.Phone(typed[i]))
		}
		return nil
	})
	if err != nil || rows != len(typed) {
		t.Errorf("%d rows of %d, %v", rows, len(typed), err)
	}
}
