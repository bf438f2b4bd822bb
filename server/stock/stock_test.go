package stock

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"tillsight/server/feed"
	"tillsight/server/journal"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	wire "tillsight/shared/wire/office"
)

// book is a journal in memory.
type book struct{ facts [][]byte }

func (b *book) Batch(ctx context.Context, after int64, limit int) (list []journal.Entry, err error) {
	for i := int(after); i < min(len(b.facts), int(after)+limit); i++ {
		list = append(list, journal.Entry{Pos: int64(i) + 1, Bytes: b.facts[i]})
	}
	return list, ctx.Err()
}

func (b *book) Calm(context.Context) {}

func (b *book) Position() int64 { return int64(len(b.facts)) }

func (b *book) Subscribe() (<-chan struct{}, func()) { return make(chan struct{}), func() {} }

// sell appends the sale, or the return, of some milk and of a kit with two bottles of it.
func (b *book) sell(t *testing.T, milk, kits quantity.Milli, kind receipt.Type) {
	t.Helper()
	seq := uint64(len(b.facts) + 1)
	r := receipt.New(receipt.Opening{ID: "r", Number: "1-1-1", Type: kind, Shift: 1, At: 1, Date: "2026-11-22", Cashier: "1", Store: "1"}, nil)
	lines := []receipt.Line{
		{SKU: "101", Unit: quantity.Piece, Quantity: milk, Price: 9000, TaxBP: 1000},
		{SKU: "200", Unit: quantity.Piece, Quantity: kits, Price: 15000, TaxBP: 2200, Parts: []receipt.Part{
			{SKU: "101", Quantity: 2000, Worth: 18000, TaxBP: 1000}, {SKU: "103", Quantity: 500, Worth: 2000, TaxBP: 2200}}},
	}
	for _, l := range lines {
		if l.Quantity == 0 {
			continue
		}
		if _, err := r.AddLine(l); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Pay([]receipt.Tender{{Kind: receipt.Cash, Amount: r.Total}}, 2); err != nil {
		t.Fatal(err)
	}
	of := fact.SaleRegistered
	if kind == receipt.Return {
		of = fact.ReturnRegistered
	}
	raw, err := fact.Encode(fact.Header{Device: "d", Epoch: 1, Seq: seq, Kind: of, Version: 1, At: 2, Store: "1", Till: 1}, r)
	if err != nil {
		t.Fatal(err)
	}
	b.facts = append(b.facts, raw)
}

type world struct {
	*Stock
	*testing.T
	feed *feed.Feed
	book *book
}

func newWorld(t *testing.T, hints ...refdata.Stock) world {
	t.Helper()
	dir := t.TempDir()
	now := func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }
	f, err := feed.Open(filepath.Join(dir, "reference.db"), filepath.Join(dir, "files"), now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	rows := []refdata.Row{{Table: refdata.Stores, Value: catalogue.Store{ID: "1", Name: catalogue.Text{RU: "1"}, Zone: "UTC", Currency: money.RUB}}}
	for _, sku := range []catalogue.SKU{"101", "102", "103", "200"} {
		rows = append(rows, refdata.Row{Table: refdata.Products, Value: catalogue.Product{SKU: sku, Name: catalogue.Text{RU: string(sku)}, Unit: quantity.Piece}})
	}
	for _, hint := range hints {
		rows = append(rows, refdata.Row{Table: refdata.Stocks, Value: hint})
	}
	if _, err := f.Put(rows); err != nil {
		t.Fatal(err)
	}
	b := &book{}
	s, err := Open(b, f, now)
	if err != nil {
		t.Fatal(err)
	}
	return world{s, t, f, b}
}

// left is the hint that tills have.
func (w world) left(sku catalogue.SKU) (left quantity.Milli, known bool) {
	w.Helper()
	err := w.feed.View(func(q refdata.Querier) (err error) {
		left, known, err = refdata.StockOf(q, sku, "1")
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return left, known
}

func (w world) want(sku catalogue.SKU, want quantity.Milli) {
	w.Helper()
	for n := 1; n > 0; {
		var err error
		if n, err = w.Look(w.Context()); err != nil {
			w.Fatal(err)
		}
	}
	if left, known := w.left(sku); !known || left != want {
		w.Errorf("%s: %s left, %v; want %s", sku, left, known, want)
	}
}

func document(kind wire.StockKind, sku catalogue.SKU, q quantity.Milli) wire.StockDocument {
	return wire.StockDocument{Store: "1", At: 1, Kind: kind, Rows: []wire.StockCount{{SKU: sku, Quantity: q}}}
}

func (w world) take(id string, doc wire.StockDocument) {
	w.Helper()
	if _, err := w.Document(id, doc, "anna"); err != nil {
		w.Fatal(err)
	}
}

func TestLevels(t *testing.T) {
	w := newWorld(t)
	w.take("a", document(wire.StockReceipt, "101", 10_000))
	w.want("101", 10_000)
	w.take("a", document(wire.StockReceipt, "101", 10_000)) // again
	w.want("101", 10_000)
	if _, err := w.Document("a", document(wire.StockReceipt, "101", 11_000), "anna"); errcode.Of(err) != errcode.Conflict {
		t.Errorf("another document under the same ID: %v", err)
	}
	w.take("b", document(wire.StockReceipt, "103", 3000))
	w.book.sell(t, 3000, 1000, receipt.Sale) // three, and two in a kit
	w.want("101", 5000)
	w.want("103", 2500)
	w.want("101", 5000) // counted once
	w.book.sell(t, 1000, 0, receipt.Return)
	w.want("101", 6000)
	w.take("c", document(wire.StockWriteOff, "101", 2000))
	w.want("101", 4000)
	w.take("d", document(wire.StockCounted, "101", 3000))
	w.book.sell(t, 5000, 0, receipt.Sale)
	w.want("101", -2000)
	if _, known := w.left("102"); known {
		t.Error("goods that nobody counts have a level")
	}
	var basis refdata.StockBasis
	err := w.feed.View(func(q refdata.Querier) (err error) {
		basis, err = refdata.StockBasisOf(q, "1")
		return err
	})
	if err != nil || len(basis.Seen) != 1 || basis.Seen[0] != (refdata.Seen{Device: "d", Epoch: 1, Seq: 3}) {
		t.Errorf("basis %+v, %v", basis, err)
	}
}

// The first start takes over what the reference data says and does not count
// again what was sold before.
func TestBeginsWithTheHints(t *testing.T) {
	w := newWorld(t, refdata.Stock{Store: "1", SKU: "101", Left: 7000})
	w.book.sell(t, 1000, 0, receipt.Sale)
	again, err := Open(w.book, w.feed, w.now)
	if err != nil {
		t.Fatal(err)
	}
	w.Stock = again
	w.want("101", 6000)
}

// A large level is told again when it has moved by a twentieth: tills need not
// hear of every bottle.
func TestLargeLevelsAreToldSeldom(t *testing.T) {
	w := newWorld(t)
	w.take("a", document(wire.StockReceipt, "101", 200_000))
	w.book.sell(t, 9000, 0, receipt.Sale)
	w.want("101", 200_000)
	w.book.sell(t, 1000, 0, receipt.Sale)
	w.want("101", 190_000)
}

func TestRefusedDocuments(t *testing.T) {
	w := newWorld(t)
	for name, tt := range map[string]struct {
		doc  wire.StockDocument
		want errcode.Code
	}{
		"no such store":   {wire.StockDocument{Store: "9", Kind: wire.StockReceipt, Rows: []wire.StockCount{{SKU: "101", Quantity: 1}}}, errcode.NotFound},
		"no such article": {document(wire.StockReceipt, "999", 1000), errcode.NotFound},
		"no such kind":    {document("x", "101", 1000), errcode.Invalid},
		"nothing":         {wire.StockDocument{Store: "1", Kind: wire.StockReceipt}, errcode.Invalid},
		"less than none":  {document(wire.StockReceipt, "101", -1), errcode.BadQuantity},
		"an article twice": {wire.StockDocument{Store: "1", Kind: wire.StockReceipt,
			Rows: []wire.StockCount{{SKU: "101", Quantity: 1000}, {SKU: "101", Quantity: 1000}}}, errcode.TwoRows},
		"half a piece":               {document(wire.StockReceipt, "101", 500), errcode.WholeQuantity},
		"two pieces or two thousand": {written("101", "2,000"), errcode.NumberUnclear},
		"two pieces with a point":    {written("101", "2.000"), errcode.NumberUnclear},
		"no number":                  {written("101", "many"), errcode.NotNumber},
	} {
		if _, err := w.Document("x", tt.doc, "anna"); errcode.Of(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	if _, known := w.left("101"); known {
		t.Error("a refused document moved something")
	}
}

func written(sku catalogue.SKU, text string) wire.StockDocument {
	return wire.StockDocument{Store: "1", Kind: wire.StockReceipt, Rows: []wire.StockCount{{SKU: sku, Text: text}}}
}

// A quantity is read in the unit of its article.
func TestWrittenQuantity(t *testing.T) {
	w := newWorld(t)
	for i, text := range []string{"2,0", "3", "1\u00a0250"} {
		if _, err := w.Document(text, written("101", text), "anna"); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		want := []quantity.Milli{2000, 5000, 1255_000}[i]
		if left, _ := w.left("101"); left != want {
			t.Errorf("after %q: %s, want %s", text, left, want)
		}
	}
	if saved, err := w.Document("3", written("101", "3"), "anna"); err != nil || saved.Count != 0 {
		t.Errorf("again: %+v, %v", saved, err)
	}
}
