// Package warehousetest is a chain in memory for tests: a journal of plausible
// facts from several tills, and the reference data they sell by.
package warehousetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"tillsight/server/journal"
	"tillsight/server/notice"
	"tillsight/shared/catalogue"
	"tillsight/shared/customer"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/shift"
	"tillsight/shared/sqlite"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
)

// Tape is a journal in memory. The zero value is empty.
type Tape struct {
	mu       sync.Mutex
	Facts    [][]byte
	Received int64 // unix ms, of all
	notice.Board
}

// Calm implements warehouse.Journal.
func (t *Tape) Calm(context.Context) {}

// Position returns how many facts there are.
func (t *Tape) Position() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return int64(len(t.Facts))
}

// Batch implements warehouse.Journal.
func (t *Tape) Batch(ctx context.Context, after int64, limit int) (list []journal.Entry, err error) {
	t.mu.Lock()
	facts := t.Facts[min(int(after), len(t.Facts)):]
	t.mu.Unlock()
	for i, b := range facts[:min(limit, len(facts))] {
		list = append(list, journal.Entry{Pos: after + int64(i) + 1, Received: t.Received, Bytes: b})
	}
	return list, ctx.Err()
}

// ReceiptAt implements audit.Journal.
func (t *Tape) ReceiptAt(id string) (int64, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, raw := range t.Facts {
		f, err := fact.Decode(raw)
		if err != nil {
			return 0, err
		}
		if body, err := f.Read(); err == nil {
			if r, ok := body.(*receipt.Receipt); ok && r.ID == id {
				return int64(i) + 1, nil
			}
		}
	}
	return 0, nil
}

// Reference is reference data in memory.
type Reference struct {
	db      *sqlite.DB
	version int64
	notice.Board
}

// NewReference returns reference data of two stores and twenty products.
func NewReference(tb testing.TB) *Reference {
	tb.Helper()
	db, err := sqlite.Open(filepath.Join(tb.TempDir(), "reference.db"), sqlite.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	if err := refdata.Migrate(db); err != nil {
		tb.Fatal(err)
	}
	r := &Reference{db: db}
	rows := []refdata.Row{
		{Table: refdata.Categories, Value: catalogue.Category{ID: "food", Name: catalogue.Text{RU: "Еда", EN: "Food"}}},
		{Table: refdata.Categories, Value: catalogue.Category{ID: "dairy", Parent: "food", Name: catalogue.Text{RU: "Молочное", EN: "Dairy"}}},
		{Table: refdata.Categories, Value: catalogue.Category{ID: "home", Name: catalogue.Text{RU: "Дом", EN: "Home"}}},
		{Table: refdata.Stores, Value: catalogue.Store{ID: "1", Name: catalogue.Text{RU: "Первый", EN: "First"}, Region: "Север", Zone: "Europe/Moscow", Currency: money.RUB}},
		{Table: refdata.Stores, Value: catalogue.Store{ID: "2", Name: catalogue.Text{RU: "Второй", EN: "Second"}, Region: "Юг", Zone: "Europe/Moscow", Currency: money.RUB}},
		{Table: refdata.Employees, Value: staff.Employee{ID: "e0", Name: "Анна", Role: staff.Cashier}},
		{Table: refdata.Employees, Value: staff.Employee{ID: "e1", Name: "Борис", Role: staff.Senior}},
	}
	for i := range products {
		sku, name := product(i)
		rows = append(rows,
			refdata.Row{Table: refdata.Products, Value: catalogue.Product{SKU: sku, Name: name, Category: category(i), Unit: unit(i), Tax: tax.Standard}},
			refdata.Row{Table: refdata.Prices, Value: catalogue.Price{SKU: sku, From: 0, Amount: price(i), Cost: price(i) / 2}})
	}
	r.Put(tb, rows...)
	return r
}

// Put writes rows as the next versions.
func (r *Reference) Put(tb testing.TB, rows ...refdata.Row) {
	tb.Helper()
	err := r.db.Write(func(tx *sqlite.Tx) (err error) {
		r.version, err = refdata.Put(tx, rows)
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	r.Post()
}

// View implements warehouse.Reference.
func (r *Reference) View(queries func(refdata.Querier) error) error {
	return r.db.Read(func(tx *sqlite.Tx) error { return queries(tx) })
}

// Version implements warehouse.Reference.
func (r *Reference) Version() int64 { return r.version }

const products = 20

func product(i int) (catalogue.SKU, catalogue.Text) {
	return catalogue.SKU(fmt.Sprint(100 + i)), catalogue.Text{RU: fmt.Sprintf("Товар %d", i), EN: fmt.Sprintf("Product %d", i)}
}

func category(i int) string { return []string{"dairy", "home", "food"}[i%3] }

func price(i int) money.Amount { return money.Amount(1000 + 990*i) }

func unit(i int) quantity.Unit {
	if i%5 == 0 {
		return quantity.Kilogram
	}
	return quantity.Piece
}

// Till is one register that writes its facts to a tape.
type Till struct {
	Device string
	Store  string
	N      int

	Clock time.Time // of the next fact; moves on by itself

	tb    testing.TB
	tape  *Tape
	rand  *rand.Rand
	seq   uint64
	count int
	shift int
}

// NewTill returns a register. Its sales follow from the seed.
func NewTill(tb testing.TB, tape *Tape, store string, n int, seed uint64, start time.Time) *Till {
	return &Till{
		Device: fmt.Sprintf("device-%s-%d", store, n), Store: store, N: n, Clock: start,
		tb: tb, tape: tape, rand: rand.New(rand.NewPCG(seed, uint64(n))),
	}
}

// Zone of all tills: minutes east of UTC.
const Zone = 180

// Write adds a fact of any kind to the tape.
func (t *Till) Write(kind fact.Kind, version int, body any) {
	t.tb.Helper()
	t.seq++
	b, err := fact.Encode(fact.Header{
		Device: t.Device, Epoch: 1, Seq: t.seq, Kind: kind, Version: version,
		At: t.Clock.UnixMilli(), Zone: Zone, Store: t.Store, Till: t.N,
	}, body)
	if err != nil {
		t.tb.Fatal(err)
	}
	t.tape.mu.Lock()
	t.tape.Facts = append(t.tape.Facts, b)
	t.tape.mu.Unlock()
}

// OpenShift opens the next shift.
func (t *Till) OpenShift() {
	t.shift++
	t.Write(fact.ShiftOpened, 1, fact.ShiftOpening{Number: t.shift, Float: 100000, By: "e0"})
}

// CloseShift closes the shift.
func (t *Till) CloseShift() {
	t.Write(fact.ShiftClosed, 1, shift.Shift{
		Number: t.shift, Opened: t.Clock.Add(-8 * time.Hour).UnixMilli(), Closed: t.Clock.UnixMilli(),
		OpenedBy: "e0", ClosedBy: "e0", Float: 100000,
	})
}

// Enrol makes a customer known.
func (t *Till) Enrol(id, card string) {
	t.Write(fact.CustomerEnrolled, 1, customer.Customer{ID: id, Card: card, Name: "Мария", Store: t.Store, Since: t.Clock.UnixMilli()})
}

// Receipt returns a paid receipt of random lines, a return one time in ten.
func (t *Till) Receipt(customer, card string) *receipt.Receipt {
	t.tb.Helper()
	t.Clock = t.Clock.Add(time.Duration(30+t.rand.IntN(600)) * time.Second)
	t.count++
	opening := receipt.Opening{
		ID: fmt.Sprintf("0199-%s-%d-%06d", t.Store, t.N, t.count), Number: fmt.Sprintf("%s-%d-%d", t.Store, t.N, t.count),
		Type: receipt.Sale, Shift: t.shift, At: t.Clock.Add(-20 * time.Second).UnixMilli(), Zone: Zone,
		Date: t.Clock.Add(Zone * time.Minute).UTC().Format(time.DateOnly), Cashier: fmt.Sprint("e", t.rand.IntN(2)),
	}
	if t.rand.IntN(10) == 0 {
		opening.Type = receipt.Return
	}
	r := receipt.New(opening, nil)
	for range 1 + t.rand.IntN(6) {
		t.line(r)
	}
	if len(r.Lines) > 2 {
		t.must(r.VoidLine(r.Lines[1].N))
	}
	if card != "" || customer != "" {
		t.must(r.SetCard(card, customer))
	}
	tender := receipt.Tender{Kind: receipt.Card, Amount: r.Total}
	if t.rand.IntN(2) == 0 && opening.Type == receipt.Sale {
		tender = receipt.Tender{Kind: receipt.Cash, Amount: (r.Total/50000 + 1) * 50000}
	}
	if err := r.Pay([]receipt.Tender{tender}, t.Clock.UnixMilli()); err != nil {
		t.tb.Fatal(err)
	}
	return r
}

func (t *Till) must(_ []int, err error) {
	t.tb.Helper()
	if err != nil {
		t.tb.Fatal(err)
	}
}

func (t *Till) line(r *receipt.Receipt) {
	i := t.rand.IntN(products)
	sku, name := product(i)
	l := receipt.Line{
		SKU: sku, Name: name, Category: category(i), Unit: unit(i), Quantity: quantity.Milli(1+t.rand.IntN(3)) * quantity.One,
		Price: price(i), TaxClass: tax.Standard, TaxBP: 2200, At: t.Clock.UnixMilli(),
	}
	if !l.Unit.Whole() {
		l.Quantity = quantity.Milli(50 + t.rand.IntN(3000))
	}
	if t.rand.IntN(4) == 0 {
		l.Manual = receipt.Manual{BP: 1000, By: "e1", Reason: "yesterday's"}
	}
	t.must(r.AddLine(l))
}

// Sell writes a receipt as Receipt makes it.
func (t *Till) Sell(customer, card string) *receipt.Receipt {
	t.tb.Helper()
	r := t.Receipt(customer, card)
	t.Register(r)
	return r
}

// Register writes a receipt that was made before.
func (t *Till) Register(r *receipt.Receipt) {
	t.tb.Helper()
	kind := fact.SaleRegistered
	if r.Type == receipt.Return {
		kind = fact.ReturnRegistered
	}
	t.Write(kind, 1, r)
}

// Day writes a day of a till: a shift, n receipts, some by known customers,
// some by cards that nobody knows yet, some money moved.
func (t *Till) Day(n int) {
	t.tb.Helper()
	t.Write(fact.SignedIn, 1, fact.SignIn{Employee: "e0"})
	t.OpenShift()
	for i := range n {
		who := t.rand.IntN(12)
		switch {
		case who < 4:
			t.Sell("", "")
		case who < 8:
			t.Sell(fmt.Sprint("c", who), fmt.Sprint("card", who))
		default:
			t.Sell("", fmt.Sprint("card", who))
		}
		if i == n/2 {
			t.Write(fact.CashMoved, 1, shift.CashMove{Shift: t.shift, Amount: -5000, Reason: "collection", By: "e1"})
		}
		if t.rand.IntN(20) == 0 {
			who := 4 + t.rand.IntN(8)
			t.Enrol(fmt.Sprint("c", who), fmt.Sprint("card", who))
		}
	}
	t.CloseShift()
	t.Clock = t.Clock.Add(24 * time.Hour).Truncate(24 * time.Hour).Add(8 * time.Hour)
}
