package lookup

import (
	"fmt"
	"path/filepath"
	"testing"

	"tillsight/app/bridge"
	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/fact"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// goods is a copy of the reference data with two articles and their keys.
func goods(t *testing.T) Goods {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "reference.db"), sqlite.Options{Pragmas: []string{"synchronous=OFF"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := refdata.Migrate(db); err != nil {
		t.Fatal(err)
	}
	product := func(sku catalogue.SKU, plu string) refdata.Row {
		return refdata.Row{Table: refdata.Products, Value: catalogue.Product{
			SKU: sku, Name: catalogue.Text{RU: "Ручка"}, Unit: quantity.Piece, PLU: plu}}
	}
	rows := []refdata.Row{
		product("1", "7"), product("2", "8"),
		{Table: refdata.Barcodes, Value: catalogue.Barcode{GTIN: barcode.Key(pen), SKU: "1", Factor: quantity.One}},
		{Table: refdata.Prices, Value: catalogue.Price{SKU: "1", From: 10, Amount: 25_00}},
		{Table: refdata.Prices, Value: catalogue.Price{SKU: "1", Store: "12", From: 10, Amount: 20_00}},
		{Table: refdata.CustomerCards, Value: refdata.Card{Card: known, Customer: "c-2", Name: "Анна"}},
		{Table: refdata.QuickKeys, Value: catalogue.QuickKey{Group: "b", Position: 1, SKU: "1", Picture: "hash"}},
		{Table: refdata.QuickKeys, Value: catalogue.QuickKey{Group: "b", Position: 2, SKU: "gone"}},
		{Table: refdata.QuickKeys, Value: catalogue.QuickKey{Group: "empty", Position: 1, SKU: "gone"}},
	}
	if err := db.Write(func(tx *sqlite.Tx) error { _, err := refdata.Put(tx, rows); return err }); err != nil {
		t.Fatal(err)
	}
	return Goods{Copy: db, Store: "12", At: 20}
}

// TestGoods: the store's own price, at the moment.
func TestGoods(t *testing.T) {
	g := goods(t)
	for name, ask := range map[string]func() (refdata.Item, bool, error){
		"code": func() (refdata.Item, bool, error) { return g.ProductByCode(barcode.Key(pen)) },
		"PLU":  func() (refdata.Item, bool, error) { return g.ProductByPLU("7") },
		"SKU":  func() (refdata.Item, bool, error) { return g.ProductBySKU("1") },
	} {
		if item, ok, err := ask(); err != nil || !ok || item.SKU != "1" || item.Price.Amount != 20_00 {
			t.Errorf("by %s: %+v, %v, %v", name, item, ok, err)
		}
	}
	if card, ok, err := g.CustomerByCard(known); err != nil || !ok || card.Customer != "c-2" {
		t.Errorf("card %+v, %v, %v", card, ok, err)
	}
	g.At = 5
	if item, ok, err := g.ProductBySKU("1"); err != nil || !ok || item.Priced {
		t.Errorf("before its price: %+v, %v, %v", item, ok, err)
	}
}

func TestQuickKeys(t *testing.T) {
	groups, err := goods(t).QuickKeys(func(item refdata.Item) bridge.Product { return bridge.Product{Product: item.Product} })
	if err != nil || len(groups) != 1 || len(groups[0].Keys) != 1 {
		t.Fatalf("%+v, %v", groups, err)
	}
	if key := groups[0].Keys[0]; key.SKU != "1" || key.Picture != "hash" {
		t.Errorf("%+v", key)
	}
}

// past is receipts that were sold before.
type past []receipt.Receipt

func (p past) Receipts(string, int) (rows []bridge.ReceiptRow, err error) {
	for _, r := range p {
		rows = append(rows, bridge.ReceiptRow{ID: r.ID})
	}
	return rows, nil
}

func (p past) Receipt(id string) (receipt.Receipt, error) {
	for _, r := range p {
		if r.ID == id {
			return r, nil
		}
	}
	return receipt.Receipt{}, fmt.Errorf("receipt %q", id)
}

func soldOf(id string, sku catalogue.SKU, state receipt.State) receipt.Receipt {
	return receipt.Receipt{ID: id, Type: receipt.Sale, State: state, Lines: []receipt.Line{{N: 1, SKU: sku, Quantity: quantity.One}}}
}

// TestIndex: what is sold often is found first, once it has been read; what was
// cancelled or voided was not sold.
func TestIndex(t *testing.T) {
	g := goods(t)
	x := new(Index)
	first := func() catalogue.SKU {
		t.Helper()
		found, err := x.Search(g, "ручка", 10)
		if err != nil || len(found) != 2 {
			t.Fatalf("%+v, %v", found, err)
		}
		return found[0].SKU
	}
	if got := first(); got != "1" {
		t.Errorf("nothing read: %s", got)
	}
	var sales past
	for n := range receiptsStep + 1 { // more than a step
		sales = append(sales, soldOf(fmt.Sprint(n), "2", receipt.Paid))
	}
	for n := range 5 * receiptsStep {
		sales = append(sales, soldOf(fmt.Sprint("cancelled ", n), "1", receipt.Cancelled))
	}
	steps := 1
	for ; ; steps++ {
		done, err := x.Step(g.Copy, sales)
		if err != nil {
			t.Fatal(err)
		}
		if done {
			break
		}
	}
	if got := first(); got != "2" || steps < 2 {
		t.Errorf("after %d steps: %s", steps, got)
	}
}

// TestShelf: what the server has counted is not taken off twice.
func TestShelf(t *testing.T) {
	seen := func(seq uint64) refdata.StockBasis {
		return refdata.StockBasis{Seen: []refdata.Seen{{Device: "other", Epoch: 1, Seq: 90}, {Device: "d", Epoch: 1, Seq: seq}}}
	}
	var s Shelf
	s.Counted(seen(5), "d", 1)
	asked := 0
	facts := func(after uint64, limit int, each func(fact.Fact) error) error {
		asked++
		if after != 5 || limit != shelfFacts {
			t.Errorf("facts after %d, %d at most", after, limit)
		}
		return each(fact.Fact{Header: fact.Header{Kind: fact.SignedIn, Seq: 6}})
	}
	for range 2 {
		if err := s.Recall(facts); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 1 {
		t.Errorf("the past was read %d times", asked)
	}
	for seq := uint64(7); seq < 10; seq++ {
		r := soldOf("r", "1", receipt.Paid)
		s.Sold(&r, seq)
	}
	for _, tt := range []struct {
		counted uint64
		want    quantity.Milli
	}{{5, 3000}, {7, 2000}, {7, 2000}, {9, 0}} {
		s.Counted(seen(tt.counted), "d", 1)
		if got := s.Since("1"); got != tt.want {
			t.Errorf("counted to %d: %d off the shelf, want %d", tt.counted, got, tt.want)
		}
	}
}
