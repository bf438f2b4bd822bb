package pricelist_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tillsight/server/feed"
	"tillsight/server/pricelist"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
	"tillsight/shared/scope"
	wire "tillsight/shared/wire/office"
)

// now is 12:00 in Moscow.
var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func newBook(t *testing.T) (*pricelist.Book, *feed.Feed) {
	t.Helper()
	dir := t.TempDir()
	f, err := feed.Open(filepath.Join(dir, "reference.db"), filepath.Join(dir, "snapshots"), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	product := func(sku, name, category string) refdata.Row {
		return refdata.Row{Table: refdata.Products, Value: catalogue.Product{SKU: catalogue.SKU(sku), Name: catalogue.Text{RU: name}, Category: category, Unit: quantity.Piece}}
	}
	_, err = f.Put([]refdata.Row{
		{Table: refdata.Stores, Value: catalogue.Store{ID: "1", Zone: "Europe/Moscow"}},
		{Table: refdata.Categories, Value: catalogue.Category{ID: "food"}}, {Table: refdata.Categories, Value: catalogue.Category{ID: "dairy", Parent: "food"}},
		product("1", "Молоко", "dairy"), product("2", "Водка", "vodka"), product("3", "Хлеб", "food"), product("4", "Без цены", "food"),
		{Table: refdata.Barcodes, Value: catalogue.Barcode{GTIN: "04006381333931", SKU: "1", Factor: 1000}},
		{Table: refdata.Prices, Value: catalogue.Price{SKU: "1", From: 1, Amount: 99_90, Min: 80_00}},
		{Table: refdata.Prices, Value: catalogue.Price{SKU: "2", From: 1, Amount: 450_00}},
		{Table: refdata.Prices, Value: catalogue.Price{SKU: "3", From: 1, Amount: 50_00}},
		{Table: refdata.Regulations, Value: refdata.Regulation{Regulation: pricing.Regulation{ID: "vodka", Version: 1, Name: catalogue.Text{RU: "Водка"},
			Goods: pricing.Goods{Categories: []string{"vodka"}}, Min: 409_00}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return pricelist.New(f, func() time.Time { return now }), f
}

func anybody(refdata.PriceList) error { return nil }

// gold makes a list.
func gold(t *testing.T, b *pricelist.Book) {
	t.Helper()
	list := refdata.PriceList{List: pricing.List{ID: "gold", Name: catalogue.Text{RU: "Золото"}, Who: pricing.Who{Groups: []string{"gold"}}}, By: "boss"}
	if saved, version, err := b.SaveList(list, func(*refdata.PriceList) error { return nil }); err != nil || saved.List.Version != 1 || version == 0 {
		t.Fatalf("%+v, %d, %v", saved, version, err)
	}
}

func TestPricesComeWithAPreview(t *testing.T) {
	b, f := newBook(t)
	gold(t, b)
	change := wire.ListPricesChange{List: "gold", From: now.UnixMilli(), Dry: true, Text: "article;price\n" +
		"4006381333931;89,90\n2;400\n3;55\n4;10\n77;1\nnonsense\n1;85,00\n"}
	before := f.Version()
	set, err := b.SetPrices(change, anybody)
	if err != nil || f.Version() != before {
		t.Fatalf("a preview wrote: %v", err)
	}
	want := map[int]string{2: wire.RowTwice, 3: wire.RowLaw, 4: wire.RowDearer, 5: wire.RowNoShelf, 6: wire.RowUnknown, 7: wire.RowBroken, 8: ""}
	for _, row := range set.Rows {
		if row.Problem != want[row.Line] {
			t.Errorf("line %d: %+v", row.Line, row)
		}
	}
	if set.Total != 7 || set.Bad != 4 || set.Changed != 3 || set.Warnings != 2 || set.Rows[6].Line != 8 {
		t.Errorf("%+v", set)
	}
	change.Dry = false
	if set, err = b.SetPrices(change, anybody); err != nil || set.Version <= before {
		t.Fatalf("%+v, %v", set, err)
	}
	page, err := b.Prices(scope.All(), "gold", "", 0, 10)
	if err != nil || page.Total != 3 {
		t.Fatalf("%+v, %v", page, err)
	}
	if set, err = b.SetPrices(change, anybody); err != nil || set.Same != 3 || set.Changed != 0 {
		t.Errorf("again: %+v, %v", set, err)
	}
	end := wire.ListPricesChange{List: "gold", From: 5, Text: "3;-"} // in the past: from now on
	if set, err = b.SetPrices(end, anybody); err != nil || set.Changed != 1 {
		t.Errorf("ended: %+v, %v", set, err)
	}
	when, err := b.When(scope.All(), "3", "1")
	if err != nil || len(when.Offers) != 0 {
		t.Errorf("bread after its end: %+v, %v", when.Offers, err)
	}
	var file strings.Builder
	if err := b.Export(scope.All(), &file, "gold"); err != nil || !strings.Contains(file.String(), "1;Молоко;85,00") || strings.Contains(file.String(), "Хлеб") {
		t.Errorf("file %q, %v", file.String(), err)
	}
	change.Text = file.String()
	if set, err = b.SetPrices(change, anybody); err != nil || set.Same != 2 || set.Bad != 0 {
		t.Errorf("what was exported, imported: %+v, %v", set, err)
	}
}

// A list filled from the shelf never goes below the goods' least price or the law's.
func TestFill(t *testing.T) {
	b, _ := newBook(t)
	gold(t, b)
	set, err := b.SetPrices(wire.ListPricesChange{List: "gold", From: now.UnixMilli(),
		Fill: &wire.Fill{Goods: pricing.Goods{All: true}, BP: 9000, Round: 1_00}}, anybody)
	if err != nil {
		t.Fatal(err)
	}
	got := map[catalogue.SKU]money.Amount{}
	for _, row := range set.Rows {
		if row.Problem == "" {
			got[row.SKU] = row.Amount
		} else if row.SKU != "2" || row.Problem != wire.RowLaw {
			t.Errorf("%+v", row)
		}
	}
	// 99.90 − 10 % = 89.91, down to a rouble 89; 50.00 − 10 % = 45; vodka would be 405.
	if len(got) != 2 || got["1"] != 89_00 || got["3"] != 45_00 {
		t.Errorf("%v", got)
	}
	set, err = b.SetPrices(wire.ListPricesChange{List: "gold", From: now.UnixMilli(), Dry: true,
		Fill: &wire.Fill{Goods: pricing.Goods{Categories: []string{"dairy"}}, BP: 5000}}, anybody)
	if err != nil || set.Total != 1 || set.Rows[0].Amount != 80_00 {
		t.Errorf("half of milk stops at its least price: %+v, %v", set, err)
	}
}

func TestWhoIsQuicker(t *testing.T) {
	b, _ := newBook(t)
	gold(t, b)
	stale := refdata.PriceList{List: pricing.List{ID: "gold", Name: catalogue.Text{RU: "Другое"}}}
	if _, _, err := b.SaveList(stale, func(*refdata.PriceList) error { return nil }); errcode.Of(err) != errcode.Conflict {
		t.Errorf("a stale list: %v", err)
	}
	no := errcode.New(errcode.Forbidden, "test", nil)
	if _, err := b.SetPrices(wire.ListPricesChange{List: "gold", Text: "1;1"}, func(refdata.PriceList) error { return no }); errcode.Of(err) != errcode.Forbidden {
		t.Errorf("somebody else's list: %v", err)
	}
	if _, err := b.SetPrices(wire.ListPricesChange{List: "none", Text: "1;1"}, anybody); errcode.Of(err) != errcode.NotFound {
		t.Errorf("a list that is not there: %v", err)
	}
	if _, err := b.SetPrices(wire.ListPricesChange{List: "gold"}, anybody); errcode.Of(err) != errcode.Invalid {
		t.Errorf("nothing to do: %v", err)
	}
}

func TestListsAndRegulations(t *testing.T) {
	b, f := newBook(t)
	gold(t, b)
	g := refdata.Regulation{Regulation: pricing.Regulation{ID: "milk", Name: catalogue.Text{RU: "Молоко"}, Goods: pricing.Goods{Categories: []string{"food"}}, Max: 60_00}}
	saved, _, err := b.SaveRegulation(g, func(*refdata.Regulation) error { return nil })
	if err != nil || saved.Above != 1 || saved.Below != 0 || saved.Regulation.Version != 1 {
		t.Errorf("%+v, %v", saved, err)
	}
	if _, err := f.Put([]refdata.Row{{Table: refdata.CustomerCards, Value: refdata.Card{Card: "9", Customer: "c", Groups: []string{"gold"}}}}); err != nil {
		t.Fatal(err)
	}
	page, err := b.Lists(scope.All())
	if err != nil || len(page.Lists) != 1 || len(page.Regulations) != 2 || len(page.Groups) != 1 || page.Regulations[0].Above != 1 {
		t.Errorf("%+v, %v", page, err)
	}
	when, err := b.When(scope.All(), "1", "1")
	if err != nil || when.Date != "2026-11-22" || when.Zone != 180 || when.Shelf.Price != 99_90 || len(when.Lists) != 1 || len(when.Regulations) != 2 {
		t.Errorf("%+v, %v", when, err)
	}
	if _, err := b.When(scope.All(), "nothing", ""); errcode.Of(err) != errcode.NotFound {
		t.Errorf("an article that is not there: %v", err)
	}
}
