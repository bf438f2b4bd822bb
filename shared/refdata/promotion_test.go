package refdata

import (
	"path/filepath"
	"slices"
	"testing"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

func openEmpty(t *testing.T) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "reference.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := Migrate(db); err != nil {
		t.Fatal(err)
	}
	return db
}

func putRows(t *testing.T, db *sqlite.DB, rows ...Row) (version int64) {
	t.Helper()
	err := db.Write(func(tx *sqlite.Tx) (err error) {
		version, err = Put(tx, rows)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return version
}

func promo(version int, bp int64, stopped bool) Row {
	return Row{Table: Promotions, Value: Promotion{Stopped: stopped, Rule: pricing.Rule{ID: "p", Version: version, Name: catalogue.Text{RU: "Акция"},
		Kind: pricing.LineRule, Goods: pricing.Goods{Categories: []string{"dairy"}}, Off: pricing.Off{BP: bp}}}}
}

// versionAt is the version of promotion p among the rules of a version; 0: none.
func versionAt(t *testing.T, q Querier, at int64) int {
	t.Helper()
	rules, dropped, err := RulesAt(q, at)
	if err != nil || dropped != 0 {
		t.Fatalf("rules at %d: %d dropped, %v", at, dropped, err)
	}
	rule, _ := rules.Find("p")
	return rule.Version
}

func TestRulesOfEveryVersion(t *testing.T) {
	server := openEmpty(t)
	start := putRows(t, server, Row{Table: Categories, Value: catalogue.Category{ID: "dairy", Name: catalogue.Text{RU: "Молоко"}}})
	one := putRows(t, server, promo(1, 1000, false))
	putRows(t, server, Row{Table: Stores, Value: catalogue.Store{ID: "1"}})
	two := putRows(t, server, promo(2, 2000, false))
	stopped := putRows(t, server, promo(3, 2000, true))
	gone := putRows(t, server, Row{Table: Promotions, Key: "p"})
	for at, want := range map[int64]int{start: 0, one: 1, one + 1: 1, two: 2, stopped: 0, gone: 0} {
		if got := versionAt(t, server, at); got != want {
			t.Errorf("at %d version %d, want %d", at, got, want)
		}
	}

	// A till that was told step by step knows the same, until it may forget.
	till := openEmpty(t)
	follow(t, server, till, start)
	putRows(t, server, promo(4, 100, false))
	follow(t, server, till, gone)
	putRows(t, server, promo(5, 200, false))
	newest := follow(t, server, till, gone+1)
	if a, b := versionAt(t, till, gone+1), versionAt(t, till, newest); a != 4 || b != 5 {
		t.Errorf("the till says %d and %d", a, b)
	}
	if err := till.Write(func(tx *sqlite.Tx) error { return TrimRules(tx, gone+1) }); err != nil {
		t.Fatal(err)
	}
	if a, b := versionAt(t, till, gone+1), versionAt(t, till, newest); a != 4 || b != 5 {
		t.Errorf("with a receipt open the till says %d and %d", a, b)
	}
	if err := till.Write(func(tx *sqlite.Tx) error { return TrimRules(tx, newest) }); err != nil {
		t.Fatal(err)
	}
	from, err := RulesFrom(till)
	if a := versionAt(t, till, newest); a != 5 || from != newest || err != nil {
		t.Errorf("afterwards it says %d from %d, %v", a, from, err)
	}

	// A snapshot has the rules of its version and says from when it knows them.
	path := filepath.Join(t.TempDir(), "snapshot.db")
	if _, err := Snapshot(server, path, "1"); err != nil {
		t.Fatal(err)
	}
	fresh, err := sqlite.Open(path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer fresh.Close()
	if from, err = RulesFrom(fresh); err != nil || from != newest || versionAt(t, fresh, newest) != 5 {
		t.Errorf("the snapshot says %d from %d, %v", versionAt(t, fresh, newest), from, err)
	}
}

// follow brings what the server has put since a version to a till.
func follow(t *testing.T, server, till *sqlite.DB, since int64) (cursor int64) {
	t.Helper()
	var changes []wire.Change
	err := server.Write(func(tx *sqlite.Tx) (err error) {
		if changes, _, err = Since(tx, since, "1", 100); err == nil {
			cursor, err = Cursor(tx)
		}
		return err
	})
	if err == nil {
		err = till.Write(func(tx *sqlite.Tx) error { return Apply(tx, changes) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return cursor
}

func TestRulesThatAreNotUnderstoodAreLeftOut(t *testing.T) {
	till := openEmpty(t)
	err := till.Write(func(tx *sqlite.Tx) error {
		return Apply(tx, []wire.Change{
			{Version: 1, Table: Promotions, Key: "p", Row: []byte(`{"rule":{"id":"p","name":{"ru":"x"},"kind":"line","goods":{"all":true},"off":{"bp":5000},"moon":"full"}}`)},
			{Version: 2, Table: Promotions, Key: "q", Row: []byte(`{"rule":{"id":"q","name":{"ru":"x"},"kind":"line","goods":{"all":true},"off":{"bp":5000}}}`)},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	rules, dropped, err := RulesAt(till, 2)
	if err != nil || dropped != 1 || rules.Len() != 1 {
		t.Errorf("%d rules, %d dropped, %v", rules.Len(), dropped, err)
	}
}

func TestPriceKnown(t *testing.T) {
	db := openEmpty(t)
	putRows(t, db, Row{Table: Products, Value: catalogue.Product{SKU: "1", Name: catalogue.Text{RU: "Молоко"}, Unit: "pc"}})
	first := putRows(t, db, Row{Table: Prices, Value: catalogue.Price{SKU: "1", From: 1000, Amount: 100}})
	putRows(t, db, Row{Table: Prices, Value: catalogue.Price{SKU: "1", From: 5000, Amount: 200}})
	last := putRows(t, db, Row{Table: Prices, Value: catalogue.Price{SKU: "1", Store: "9", From: 1000, Amount: 300}})
	tests := []struct {
		store       string
		at, version int64
		want        []int64
		known       bool
	}{
		{"1", 4000, last, []int64{100}, true},
		{"1", 9000, last, []int64{200}, true},
		{"1", 9000, first, []int64{200, 100}, true}, // it may have had either
		{"1", 5005, last, []int64{200, 100}, true},  // clocks differ
		{"1", 500, last, nil, false},
		{"9", 9000, last, []int64{300}, true},
		{"9", 4000, first, []int64{300, 100}, true},
	}
	for _, tt := range tests {
		got, known, err := PriceKnown(db, "1", "", tt.store, tt.at, tt.version, 10)
		if err != nil || known != tt.known || !slices.Equal(got, tt.want) {
			t.Errorf("%+v: %v, %v, %v", tt, got, known, err)
		}
	}
	if _, known, err := PriceKnown(db, "nothing", "", "1", 1, 1, 1); known || err != nil {
		t.Errorf("an article that is not there: %v, %v", known, err)
	}
}

func TestCheckPromotion(t *testing.T) {
	good := promo(1, 1000, false).Value.(Promotion)
	if err := CheckPromotion(good); err != nil {
		t.Error(err)
	}
	slash := good
	slash.Rule.ID = "a/b"
	nothing := good
	nothing.Rule.Off = pricing.Off{}
	for _, p := range []Promotion{slash, nothing} {
		if err := CheckPromotion(p); errcode.Of(err) != errcode.Invalid {
			t.Errorf("%+v: %v", p, err)
		}
	}
}

func TestGroupsOfCards(t *testing.T) {
	db := openEmpty(t)
	putRows(t, db, Row{Table: CustomerCards, Value: Card{Card: "7", Customer: "c", Groups: []string{"gold", "seniors"}}},
		Row{Table: PromotionsUsed, Value: Use{Rule: "p", Who: "c", Count: 3}}, Row{Table: PromotionsUsed, Value: Use{Rule: "p", Who: "cc", Count: 9}})
	card, found, err := CustomerByCard(db, "7")
	if err != nil || !found || !slices.Equal(card.Groups, []string{"gold", "seniors"}) {
		t.Errorf("card %+v, %v", card, err)
	}
	used, err := UsedBy(db, "c")
	if err != nil || len(used) != 1 || used["p"] != 3 {
		t.Errorf("used %v, %v", used, err)
	}
}
