package warehouse_test

import (
	"testing"
	"time"

	"tillsight/server/warehouse/warehousetest"
	"tillsight/shared/customer"
	"tillsight/shared/fact"
)

// TestOnePhone: a number is one whatever its spelling; a profile keeps what was typed.
func TestOnePhone(t *testing.T) {
	tape, ref, w := &warehousetest.Tape{}, warehousetest.NewReference(t), open(t)
	till := warehousetest.NewTill(t, tape, "1", 1, 5, start)
	for i, phone := range []string{"8 (926) 123-45-67", "+79261234567", "79261234567"} {
		till.Clock = start.Add(time.Duration(i) * time.Hour)
		id := string(rune('a' + i))
		till.Write(fact.CustomerEnrolled, 1, customer.Customer{ID: id, Card: "card" + id, Phone: phone, Store: "1"})
	}
	load(t, w, tape, ref)
	const known = `SELECT count(*) || ' ' || count(DISTINCT value) || ' ' || min(value) FROM identity WHERE kind = 'phone'`
	if got := ask(t, w, known); got != "3 1 +79261234567" {
		t.Errorf("identities %s", got)
	}
	if got := ask(t, w, `SELECT count(DISTINCT phone) FROM customer_profile`); got != "3" {
		t.Errorf("%s spellings kept, want 3", got)
	}
}
