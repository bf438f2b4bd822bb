package refdata

import (
	"path/filepath"
	"slices"
	"testing"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/scope"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

func listOf(id string, version int, stopped bool) Row {
	return Row{Table: PriceLists, Value: PriceList{List: pricing.List{ID: id, Version: version, Name: catalogue.Text{RU: id}}, Stopped: stopped}}
}

func inList(list, store string, from int64, amount money.Amount) Row {
	p := catalogue.Price{SKU: "1", List: list, Store: store, From: from, Amount: amount, Ended: amount == 0}
	return Row{Table: ListPrices, Value: p}
}

// priceLists fills a database with a product of two lists.
func priceLists(t *testing.T, db *sqlite.DB) (last int64) {
	t.Helper()
	return putRows(t, db,
		Row{Table: Products, Value: catalogue.Product{SKU: "1", Name: catalogue.Text{RU: "Молоко"}, Unit: "pc"}},
		Row{Table: Barcodes, Value: catalogue.Barcode{GTIN: "04006381333931", SKU: "1", Factor: 1000}},
		Row{Table: Prices, Value: catalogue.Price{SKU: "1", From: 1000, Amount: 100}},
		listOf("staff", 1, false), listOf("seniors", 1, false),
		inList("staff", "", 1000, 90), inList("staff", "", 5000, 80), inList("staff", "2", 2000, 85),
		inList("seniors", "", 1000, 70), inList("seniors", "", 3000, 0), inList("seniors", "", 6000, 75),
	)
}

func offers(item Item) map[string]money.Amount {
	prices := map[string]money.Amount{"": item.Price.Amount}
	for _, p := range item.Lists {
		prices[p.List] = p.Amount
	}
	return prices
}

// A scan finds the shelf's price and those of the lists, at the server and at a
// till that got them with the feed or with a copy.
func TestOneLookUpFindsAllPrices(t *testing.T) {
	server, till := openEmpty(t), openEmpty(t)
	priceLists(t, server)
	follow(t, server, till, 0)
	path := filepath.Join(t.TempDir(), "copy.db")
	if _, err := Snapshot(server, path, "1"); err != nil {
		t.Fatal(err)
	}
	fresh, err := sqlite.Open(path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer fresh.Close()
	tests := []struct {
		store string
		at    int64
		want  map[string]money.Amount
	}{
		{"1", 500, map[string]money.Amount{"": 0}},
		{"1", 2500, map[string]money.Amount{"": 100, "staff": 90, "seniors": 70}},
		{"1", 3000, map[string]money.Amount{"": 100, "staff": 90}}, // ended for seniors
		{"1", 7000, map[string]money.Amount{"": 100, "staff": 80, "seniors": 75}},
		{"2", 7000, map[string]money.Amount{"": 100, "staff": 85, "seniors": 75}},
	}
	for name, db := range map[string]*sqlite.DB{"server": server, "till": till, "copy": fresh} {
		for _, tt := range tests {
			if db != server && tt.store != "1" {
				continue // not its store's
			}
			byCode, ok, err := ProductByCode(db, "04006381333931", tt.store, tt.at)
			if err != nil || !ok || !equalPrices(offers(byCode), tt.want) {
				t.Errorf("%s: %+v by code: %v, %v", name, tt, offers(byCode), err)
			}
			bySKU, ok, err := ProductBySKU(db, "1", tt.store, tt.at)
			if err != nil || !ok || !equalPrices(offers(bySKU), tt.want) {
				t.Errorf("%s: %+v by article: %v, %v", name, tt, offers(bySKU), err)
			}
		}
	}
}

func equalPrices(a, b map[string]money.Amount) bool {
	if len(a) != len(b) {
		return false
	}
	for list, amount := range a {
		if b[list] != amount {
			return false
		}
	}
	return true
}

// The log knows prices of lists apart from the shelf's, those that ended, and
// what one was before it was put right for the same moment.
func TestPriceKnownInLists(t *testing.T) {
	db := openEmpty(t)
	last := priceLists(t, db)
	fixed := putRows(t, db, inList("staff", "", 5000, 79))
	tests := []struct {
		list        string
		at, version int64
		want        []int64
		known       bool
	}{
		{"", 9000, last, []int64{100}, true},
		{"staff", 2500, last, []int64{90}, true},
		{"staff", 9000, last, []int64{79, 80}, true},
		{"staff", 9000, fixed, []int64{79}, true},
		{"seniors", 4000, last, []int64{NoPrice}, true},
		{"seniors", 3005, last, []int64{NoPrice, 70}, true},
		{"nobody's", 9000, last, nil, false},
	}
	for _, tt := range tests {
		got, known, err := PriceKnown(db, "1", tt.list, "1", tt.at, tt.version, 10)
		if err != nil || known != tt.known || !slices.Equal(got, tt.want) {
			t.Errorf("%+v: %v, %v, %v", tt, got, known, err)
		}
	}
	var shelf []catalogue.Price
	if err := EachPrice(db, func(p catalogue.Price) error { shelf = append(shelf, p); return nil }); err != nil || len(shelf) != 1 {
		t.Errorf("prices of the shelf: %+v, %v", shelf, err)
	}
}

// Lists and regulations are part of the rules of a version; one with a condition
// that is not known is left out, not applied to everybody.
func TestRulesHaveListsAndRegulations(t *testing.T) {
	db := openEmpty(t)
	first := putRows(t, db, listOf("staff", 1, false),
		Row{Table: Regulations, Value: Regulation{Regulation: pricing.Regulation{ID: "g", Name: catalogue.Text{RU: "g"}, Goods: pricing.Goods{All: true}, Max: 60}}})
	second := putRows(t, db, listOf("staff", 2, true))
	price := func(version int64) money.Amount {
		rules, dropped, err := RulesAt(db, version)
		if err != nil || dropped != 0 {
			t.Fatal(dropped, err)
		}
		item := pricing.Item{SKU: "1", Unit: "pc", Quantity: 1000, Price: 100, Offers: []pricing.Offer{{List: "staff", Price: 50}}}
		return pricing.Price(pricing.Basket{Items: []pricing.Item{item}}, rules)[0].Net
	}
	if a, b := price(first), price(second); a != 50 || b != 60 {
		t.Errorf("%d with the list, %d after it was stopped", a, b)
	}
	err := db.Write(func(tx *sqlite.Tx) error {
		return Apply(tx, []wire.Change{
			{Version: 90, Table: PriceLists, Key: "moon", Row: []byte(`{"list":{"id":"moon","name":{"ru":"x"},"moon":"full"}}`)},
			{Version: 91, Table: Regulations, Key: "moon", Row: []byte(`{"regulation":{"id":"moon","name":{"ru":"x"},"goods":{"all":true},"max":1,"moon":"full"}}`)},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	rules, dropped, err := RulesAt(db, 91)
	if _, known := rules.List("moon"); known || dropped != 2 || err != nil {
		t.Errorf("%d dropped, %v", dropped, err)
	}
}

func TestListPricesOf(t *testing.T) {
	db := openEmpty(t)
	priceLists(t, db)
	rows, total, err := ListPricesOf(db, "staff", "молоко", scope.All().Sees, 2500, 0, 10)
	if err != nil || total != 3 || len(rows) != 3 || rows[0].Amount != 90 || rows[1].Amount != 80 || rows[0].Shelf != 100 {
		t.Errorf("%d: %+v, %v", total, rows, err)
	}
	if rows, total, err = ListPricesOf(db, "seniors", "", scope.All().Sees, 7000, 0, 10); err != nil || total != 1 || rows[0].Amount != 75 {
		t.Errorf("%d: %+v, %v", total, rows, err)
	}
	if counts, err := CountListPrices(db); err != nil || counts["staff"] != 1 || counts["seniors"] != 1 || len(counts) != 2 {
		t.Errorf("%v, %v", counts, err)
	}
	if old, err := Superseded(db, 9000); err != nil || len(old) != 3 {
		t.Errorf("%+v, %v", old, err)
	}
	putRows(t, db, Row{Table: CustomerCards, Value: Card{Card: "9", Customer: "c", Groups: []string{"staff", "gold"}}},
		Row{Table: CustomerCards, Value: Card{Card: "8", Customer: "d", Groups: []string{"gold"}}}, Row{Table: CustomerCards, Value: Card{Card: "7", Customer: "e"}})
	if groups, err := CustomerGroups(db); err != nil || !slices.Equal(groups, []string{"gold", "staff"}) {
		t.Errorf("%v, %v", groups, err)
	}
}

func TestListPricesThatMakeNoSense(t *testing.T) {
	for name, row := range map[string]Row{
		"a list's price on the shelf": {Table: Prices, Value: catalogue.Price{SKU: "1", List: "l", Amount: 1}},
		"the shelf's price in a list": {Table: ListPrices, Value: catalogue.Price{SKU: "1", Amount: 1}},
		"ended on the shelf":          {Table: Prices, Value: catalogue.Price{SKU: "1", Ended: true}},
		"ended, with a price":         {Table: ListPrices, Value: catalogue.Price{SKU: "1", List: "l", Ended: true, Amount: 1}},
		"a separator in the list":     {Table: ListPrices, Value: catalogue.Price{SKU: "1", List: "a/b", Amount: 1}},
	} {
		err := openEmpty(t).Write(func(tx *sqlite.Tx) error { _, err := Put(tx, []Row{row}); return err })
		if err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	for _, l := range []PriceList{{}, {List: pricing.List{ID: "a/b", Name: catalogue.Text{RU: "x"}}}} {
		if CheckPriceList(l) == nil {
			t.Errorf("%+v is taken", l)
		}
	}
	if CheckRegulation(Regulation{}) == nil {
		t.Error("an empty regulation is taken")
	}
}
