package warehouse_test

import (
	"testing"
	"time"

	"tillsight/server/warehouse"
	"tillsight/server/warehouse/warehousetest"
	"tillsight/shared/audience"
	"tillsight/shared/customer"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/scope"
)

// TestProfileAt: what was known of a customer at each moment, by what he was
// known, and what he had bought by then.
func TestProfileAt(t *testing.T) {
	tape, ref, w := &warehousetest.Tape{}, warehousetest.NewReference(t), open(t)
	till := warehousetest.NewTill(t, tape, "1", 1, 5, start)
	other := warehousetest.NewTill(t, tape, "2", 1, 6, start)
	tell := func(hours int, city, phone string) {
		till.Clock = start.Add(time.Duration(hours) * time.Hour)
		till.Write(fact.CustomerEnrolled, 1, customer.Customer{ID: "c1", Card: "card1", City: city, Phone: phone, Email: "Anna@Example.ru", Store: "1"})
	}
	tell(0, "Казань", "+79000000001")
	till.Sell("c1", "")
	other.Clock = start.Add(5 * time.Hour)
	other.Sell("", "card1")
	tell(10, "Москва", "+79000000002")
	load(t, w, tape, ref)
	at := func(hours int, stores ...string) (p audience.Profile, err error) {
		who := scope.All()
		if len(stores) > 0 {
			who = scope.Of(stores...)
		}
		err = w.View(func(q warehouse.Querier) (err error) {
			p, err = warehouse.ProfileAt(q, "c1", start.Add(time.Duration(hours)*time.Hour).UnixMilli(), who)
			return err
		})
		return p, err
	}
	for hours, want := range map[int]string{-1: "", 0: "Казань", 9: "Казань", 10: "Москва", 99: "Москва"} {
		if p, err := at(hours); err != nil || p.City != want {
			t.Errorf("after %d hours in %q, %v; want %q", hours, p.City, err, want)
		}
	}
	p, err := at(99)
	if err != nil || p.Versions != 2 || len(p.Identities) != 4 { // a card, an address, two telephones
		t.Errorf("%d versions, known by %+v, %v", p.Versions, p.Identities, err)
	}
	if early, err := at(1); err != nil || len(early.Identities) != 3 {
		t.Errorf("after an hour known by %+v, %v", early.Identities, err)
	}
	one, err := at(99, "1")
	if err != nil || p.Metrics.Receipts+p.Metrics.Returns != 2 || one.Metrics.Receipts+one.Metrics.Returns != 1 {
		t.Errorf("bought %+v in all, %+v in store 1, %v", p.Metrics, one.Metrics, err)
	}
	if got := ask(t, w, `SELECT net FROM customer_metrics`); got != ask(t, w, `SELECT sum(net) FROM receipt`) {
		t.Errorf("metrics hold %s", got)
	}
	err = w.View(func(q warehouse.Querier) error {
		_, err := warehouse.ProfileAt(q, "nobody", 0, scope.All())
		return err
	})
	if errcode.Of(err) != errcode.NotFound {
		t.Errorf("nobody: %v", err)
	}
}
