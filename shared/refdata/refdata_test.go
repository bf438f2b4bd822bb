package refdata

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"testing"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/sqlite"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
	wire "tillsight/shared/wire/sync"
)

func open(tb testing.TB) *sqlite.DB {
	tb.Helper()
	return openAt(tb, filepath.Join(tb.TempDir(), "reference.db"))
}

func openAt(tb testing.TB, path string) *sqlite.DB {
	tb.Helper()
	db, err := sqlite.Open(path, sqlite.Options{Pragmas: []string{"synchronous=OFF"}})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	if err := Migrate(db); err != nil {
		tb.Fatal(err)
	}
	return db
}

func put(tb testing.TB, db *sqlite.DB, rows ...Row) (version int64) {
	tb.Helper()
	err := db.Write(func(tx *sqlite.Tx) (err error) {
		version, err = Put(tx, rows)
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return version
}

// pull copies what a till of store lacks, in pages of a few rows.
func pull(tb testing.TB, server, till *sqlite.DB, store string) {
	tb.Helper()
	for more := true; more; {
		var changes []wire.Change
		since, err := Cursor(till)
		if err != nil {
			tb.Fatal(err)
		}
		err = server.Read(func(tx *sqlite.Tx) (err error) {
			changes, more, err = Since(tx, since, store, 7)
			return err
		})
		if err != nil {
			tb.Fatal(err)
		}
		if len(changes) == 0 {
			return
		}
		err = till.Write(func(tx *sqlite.Tx) error {
			if err := Apply(tx, changes); err != nil {
				return err
			}
			return SetCursor(tx, changes[len(changes)-1].Version)
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
}

func check(tb testing.TB, db *sqlite.DB, store string) wire.Check {
	tb.Helper()
	c, err := CheckOf(db, store)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

var milk = catalogue.Product{
	SKU: "100234", Name: catalogue.Text{RU: "Молоко «Заречье» 3,2 %, 930 мл", EN: "Milk Zarechye 3.2 %, 930 ml"},
	Category: "milk", Unit: quantity.Piece, Tax: tax.Reduced, Picture: "🥛",
}

var chips = catalogue.Product{
	SKU: "CH-7", Name: catalogue.Text{RU: "Чипсы «Берёзка» сметана", EN: "Crisps Beryozka"},
	Category: "snacks", Unit: quantity.Piece, Tax: tax.Standard,
}

var bananas = catalogue.Product{
	SKU: "100777", Name: catalogue.Text{RU: "Бананы, кг"}, Category: "fruit", Unit: quantity.Kilogram, Tax: tax.Reduced, PLU: "1011",
}

// small is a row of every table.
func small() []Row {
	return []Row{
		{Table: Stores, Value: catalogue.Store{ID: "1", Name: catalogue.Text{RU: "Первый"}, Zone: "Europe/Moscow", Currency: money.RUB}},
		{Table: Tills, Value: Till{Store: "1", Number: 2}},
		{Table: Categories, Value: catalogue.Category{ID: "milk", Name: catalogue.Text{RU: "Молоко"}}},
		{Table: TaxRates, Value: tax.Rate{Class: tax.Standard, From: "2026-01-01", BP: 2200}},
		{Table: Employees, Value: staff.Employee{ID: "101", Name: "Анна", Role: staff.Cashier, Store: "1", PINSalt: []byte{1}, PINHash: []byte{2}}},
		{Table: Employees, Value: staff.Employee{ID: "201", Name: "Пётр", Role: staff.Cashier, Store: "2"}},
		{Table: Employees, Value: staff.Employee{ID: "900", Name: "Ольга", Role: staff.Manager}},
		{Table: Masks, Value: barcode.Mask{Pattern: "21NNNNNQQQQQC", Kind: barcode.Weight}},
		{Table: QuickKeys, Value: catalogue.QuickKey{Group: "2", Position: 10, SKU: milk.SKU}},
		{Table: QuickKeys, Value: catalogue.QuickKey{Group: "2", Position: 9, SKU: chips.SKU}},
		{Table: CustomerCards, Value: Card{Card: "2900000000018", Customer: "c1", Name: "Мария"}},
		{Table: Products, Value: milk},
		{Table: Products, Value: chips},
		{Table: Products, Value: bananas},
		{Table: Barcodes, Value: catalogue.Barcode{GTIN: "04601234567893", SKU: milk.SKU, Factor: quantity.One}},
		{Table: Barcodes, Value: catalogue.Barcode{GTIN: "14601234567890", SKU: milk.SKU, Factor: 12 * quantity.One}},
		{Table: Barcodes, Value: catalogue.Barcode{GTIN: "ШК-7", SKU: chips.SKU, Factor: quantity.One}},
		{Table: Prices, Value: catalogue.Price{SKU: milk.SKU, From: 1000, Amount: 9900, Cost: 7000}},
		{Table: Prices, Value: catalogue.Price{SKU: milk.SKU, From: 5000, Amount: 10500, Min: 8000, Cost: 7400}},
		{Table: Prices, Value: catalogue.Price{SKU: milk.SKU, Store: "1", From: 2000, Amount: 9700, Cost: 7100}},
		{Table: Prices, Value: catalogue.Price{SKU: milk.SKU, Store: "2", From: 2000, Amount: 11100}},
		{Table: Prices, Value: catalogue.Price{SKU: bananas.SKU, From: 1000, Amount: 13990}},
	}
}

func TestReplicaHoldsWhatItsStoreNeeds(t *testing.T) {
	server, till := open(t), open(t)
	put(t, server, small()...)
	pull(t, server, till, "1")

	if got, want := check(t, till, "1"), check(t, server, "1"); got != want || got.Rows != 20 {
		t.Errorf("check of the replica %+v, of the server %+v, want 20 rows", got, want)
	}
	staff, err := AllEmployees(till)
	if err != nil || len(staff) != 2 || staff[0].ID != "101" || string(staff[0].PINHash) != "\x02" {
		t.Errorf("employees %v, %v", staff, err)
	}
	var costs int
	err = till.Query(`SELECT count(*) FROM price_log`, func(r sqlite.Row) error { costs = r.Int(0); return nil })
	if err != nil || costs != 0 {
		t.Errorf("%d purchase prices at the till, %v", costs, err)
	}
	var logged []catalogue.Price
	err = EachPrice(server, func(p catalogue.Price) error { logged = append(logged, p); return nil })
	if err != nil || len(logged) != 5 || logged[0].Cost != 7000 {
		t.Errorf("price log %v, %v", logged, err)
	}
}

func TestPutVersions(t *testing.T) {
	db := open(t)
	first := put(t, db, small()...)
	if first != int64(len(small())) {
		t.Errorf("version %d after %d rows", first, len(small()))
	}
	if again := put(t, db, small()...); again != first {
		t.Errorf("version %d after the same rows, want %d", again, first)
	}
	if gone := put(t, db, Row{Table: Products, Key: "no such"}); gone != first {
		t.Errorf("version %d after deleting nothing", gone)
	}
	if gone := put(t, db, Row{Table: Products, Key: string(chips.SKU)}); gone != first+1 {
		t.Errorf("version %d after a deletion, want %d", gone, first+1)
	}
}

// A cashier who moves to another store leaves the first one's tills.
func TestRowChangesStore(t *testing.T) {
	server, one, two := open(t), open(t), open(t)
	put(t, server, small()...)
	pull(t, server, one, "1")
	pull(t, server, two, "2")
	put(t, server, Row{Table: Employees, Value: staff.Employee{ID: "101", Name: "Анна", Role: staff.Senior, Store: "2"}})
	pull(t, server, one, "1")
	pull(t, server, two, "2")
	for _, c := range []struct {
		db    *sqlite.DB
		store string
		want  int
	}{{one, "1", 1}, {two, "2", 3}} {
		here, err := EmployeesOf(c.db, c.store)
		if err != nil || len(here) != c.want {
			t.Errorf("store %s: %v, %v, want %d people", c.store, here, err, c.want)
		}
		if got, want := check(t, c.db, c.store), check(t, server, c.store); got != want {
			t.Errorf("store %s: check %+v, server %+v", c.store, got, want)
		}
	}
}

func TestLookups(t *testing.T) {
	db := open(t)
	put(t, db, small()...)
	cases := []struct {
		name   string
		find   func() (Item, bool, error)
		sku    catalogue.SKU
		amount money.Amount
		factor quantity.Milli
	}{
		{"store's own price wins", func() (Item, bool, error) { return ProductByCode(db, "04601234567893", "1", 9000) }, milk.SKU, 9700, 1000},
		{"chain price, latest begun", func() (Item, bool, error) { return ProductByCode(db, "04601234567893", "3", 9000) }, milk.SKU, 10500, 1000},
		{"chain price before the rise", func() (Item, bool, error) { return ProductByCode(db, "04601234567893", "3", 4999) }, milk.SKU, 9900, 1000},
		{"no price begun yet", func() (Item, bool, error) { return ProductByCode(db, "04601234567893", "3", 999) }, milk.SKU, 0, 1000},
		{"pack", func() (Item, bool, error) { return ProductByCode(db, "14601234567890", "1", 9000) }, milk.SKU, 9700, 12000},
		{"code that is no number", func() (Item, bool, error) { return ProductByCode(db, "ШК-7", "1", 9000) }, chips.SKU, 0, 1000},
		{"article", func() (Item, bool, error) { return ProductBySKU(db, milk.SKU, "2", 9000) }, milk.SKU, 11100, 1000},
		{"article that is no number", func() (Item, bool, error) { return ProductBySKU(db, chips.SKU, "2", 9000) }, chips.SKU, 0, 1000},
		{"short number", func() (Item, bool, error) { return ProductByPLU(db, "1011", "2", 9000) }, bananas.SKU, 13990, 1000},
	}
	for _, c := range cases {
		item, found, err := c.find()
		if err != nil || !found || item.SKU != c.sku || item.Price.Amount != c.amount || item.Priced != (c.amount != 0) || item.Factor != c.factor {
			t.Errorf("%s: %+v, %v, %v", c.name, item, found, err)
		}
	}
	if item, _, err := ProductBySKU(db, milk.SKU, "1", 9000); err != nil || item.Code != "04601234567893" || !reflect.DeepEqual(item.Product, milk) {
		t.Errorf("milk read back as %+v, %v", item, err)
	}
	for _, missing := range []string{"04601234567890", "", "7", "ШК-8", "00000000000000"} {
		if item, found, err := ProductByCode(db, missing, "1", 9000); found || err != nil {
			t.Errorf("code %q: %+v, %v", missing, item, err)
		}
	}
}

func TestSmallLookups(t *testing.T) {
	db := open(t)
	put(t, db, small()...)
	if s, found, err := Store(db, "1"); err != nil || !found || s.Name.RU != "Первый" || s.Currency != money.RUB {
		t.Errorf("store %+v, %v, %v", s, found, err)
	}
	if table, err := TaxTable(db); err != nil || len(table) != 1 || table[0].BP != 2200 {
		t.Errorf("taxes %v, %v", table, err)
	}
	if masks, err := AllMasks(db); err != nil || len(masks) != 1 || masks[0].Kind != barcode.Weight {
		t.Errorf("masks %v, %v", masks, err)
	}
	if keys, err := AllQuickKeys(db); err != nil || len(keys) != 2 || keys[0].Position != 9 {
		t.Errorf("quick keys %v, %v: 9 goes before 10", keys, err)
	}
	if c, found, err := CustomerByCard(db, "2900000000018"); err != nil || !found || c.Customer != "c1" || c.Name != "Мария" {
		t.Errorf("card %v, %v, %v", c, found, err)
	}
	if tills, err := AllTills(db); err != nil || len(tills) != 1 || tills[0].Number != 2 {
		t.Errorf("tills %v, %v", tills, err)
	}
	if counts, err := Counts(db); err != nil || counts["product"] != 3 || counts["price"] != 5 {
		t.Errorf("counts %v, %v", counts, err)
	}
}

func TestSuperseded(t *testing.T) {
	server, till := open(t), open(t)
	put(t, server, small()...)
	pull(t, server, till, "1")
	rows, err := Superseded(server, 6000)
	if err != nil || len(rows) != 1 || rows[0].Key != PriceKey(milk.SKU, "", 1000) {
		t.Fatalf("superseded %v, %v", rows, err)
	}
	put(t, server, rows...)
	pull(t, server, till, "1")
	if got, want := check(t, till, "1"), check(t, server, "1"); got != want {
		t.Errorf("check %+v, server %+v", got, want)
	}
	if price, found, err := PriceAt(till, milk.SKU, "3", 6000); err != nil || !found || price.Amount != 10500 {
		t.Errorf("price %+v, %v, %v", price, found, err)
	}
}

func TestUnknownTableIsKept(t *testing.T) {
	server, till := open(t), open(t)
	put(t, server, Row{Table: "recipe", Key: "borscht", Value: map[string]int{"beetroot": 3}})
	put(t, server, Row{Table: "recipe", Key: "borscht", Value: map[string]int{"beetroot": 4}})
	pull(t, server, till, "1")
	var row string
	err := till.Query(`SELECT row FROM other WHERE tbl = 'recipe' AND key = 'borscht'`, func(r sqlite.Row) error { row = r.Text(0); return nil })
	if err != nil || row != `{"beetroot":4}` {
		t.Errorf("kept %q, %v", row, err)
	}
	if got, want := check(t, till, "1"), check(t, server, "1"); got != want || got.Rows != 1 {
		t.Errorf("check %+v, server %+v", got, want)
	}
}

// A field that a newer server adds to a small table goes through this version
// unharmed: the check still agrees and the next version finds it.
func TestUnknownFieldIsKept(t *testing.T) {
	till := open(t)
	row := json.RawMessage(`{"id":"1","name":{"ru":"Один"},"zone":"Europe/Moscow","parking":40}`)
	err := till.Write(func(tx *sqlite.Tx) error {
		return Apply(tx, []wire.Change{{Version: 1, Table: Stores, Key: "1", Row: row}})
	})
	if err != nil {
		t.Fatal(err)
	}
	rec, found, err := tables[Stores].get(till, "1")
	if err != nil || !found || string(rec.row) != string(row) {
		t.Errorf("kept %s, %v", rec.row, err)
	}
}

// Random puts and deletions, pulled at random moments in pages: the replica
// equals one that was pulled at once, and repeated changes do nothing.
func TestReplicaFollows(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			server, till, late := open(t), open(t), open(t)
			for range 40 {
				var rows []Row
				for range 1 + r.IntN(12) {
					rows = append(rows, randomRow(r))
				}
				put(t, server, rows...)
				if r.IntN(3) == 0 {
					pull(t, server, till, "1")
				}
			}
			pull(t, server, till, "1")
			pull(t, server, late, "1")
			want := check(t, server, "1")
			if a, b := check(t, till, "1"), check(t, late, "1"); a != want || b != want {
				t.Fatalf("till %+v, late %+v, server %+v", a, b, want)
			}
			if a, b := dump(t, till), dump(t, late); !reflect.DeepEqual(a, b) {
				t.Fatalf("till %v\nlate %v", a, b)
			}
			repeat(t, server, till)
			if got := check(t, till, "1"); got != want {
				t.Fatalf("after a repeat %+v, want %+v", got, want)
			}
		})
	}
}

// repeat applies the whole feed once more.
func repeat(t *testing.T, server, till *sqlite.DB) {
	t.Helper()
	var changes []wire.Change
	err := server.Read(func(tx *sqlite.Tx) (err error) {
		changes, _, err = Since(tx, 0, "1", 1e6)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := till.Write(func(tx *sqlite.Tx) error { return Apply(tx, changes) }); err != nil {
		t.Fatal(err)
	}
}

var someWords = []string{"Молоко", "Чай", "Ёлка", "сыр", "3,2 %", "зелёный", "хлеб"}

func randomRow(r *rand.Rand) Row {
	sku := catalogue.SKU(fmt.Sprint(100 + r.IntN(6)))
	if r.IntN(4) == 0 {
		sku = "A-" + sku
	}
	gone := r.IntN(5) == 0
	switch r.IntN(4) {
	case 0:
		if gone {
			return Row{Table: Products, Key: string(sku)}
		}
		name := someWords[r.IntN(len(someWords))] + " " + someWords[r.IntN(len(someWords))]
		return Row{Table: Products, Value: catalogue.Product{SKU: sku, Name: catalogue.Text{RU: name}, Unit: quantity.Piece, Tax: tax.Reduced}}
	case 1:
		code := fmt.Sprintf("%014d", r.IntN(8))
		if gone {
			return Row{Table: Barcodes, Key: code}
		}
		return Row{Table: Barcodes, Value: catalogue.Barcode{GTIN: code, SKU: sku, Factor: quantity.One}}
	case 2:
		price := catalogue.Price{SKU: sku, Store: []string{"", "1", "2"}[r.IntN(3)], From: int64(r.IntN(3)), Amount: money.Amount(r.IntN(9))}
		if gone {
			return Row{Table: Prices, Key: PriceKey(price.SKU, price.Store, price.From)}
		}
		return Row{Table: Prices, Value: price}
	}
	id := fmt.Sprint(r.IntN(5))
	if gone {
		return Row{Table: Employees, Key: id}
	}
	return Row{Table: Employees, Value: staff.Employee{ID: id, Name: "Имя", Role: staff.Cashier, Store: []string{"", "1", "2"}[r.IntN(3)]}}
}

// dump lists what tills look up. Internal ids may differ.
func dump(t *testing.T, db *sqlite.DB) (rows []string) {
	t.Helper()
	for _, sql := range []string{
		`SELECT coalesce(a.sku, p.id), p.name_ru FROM product p LEFT JOIN article a ON a.id = p.id ORDER BY 1`,
		`SELECT b.code, coalesce(a.sku, b.product) FROM barcode b LEFT JOIN article a ON a.id = b.product ORDER BY 1`,
		`SELECT coalesce(a.sku, x.product) || '/' || x.store || '/' || x.from_ms, x.amount
			FROM price x LEFT JOIN article a ON a.id = x.product ORDER BY 1`,
		`SELECT key, row FROM employee ORDER BY 1`,
		`SELECT word, length(products) > 0 FROM word ORDER BY 1`,
	} {
		err := db.Query(sql, func(r sqlite.Row) error {
			rows = append(rows, r.Text(0)+"="+r.Text(1))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return rows
}

func TestSnapshotEqualsPull(t *testing.T) {
	server, pulled := open(t), open(t)
	put(t, server, small()...)
	put(t, server, Row{Table: "recipe", Key: "borscht", Value: map[string]int{"beetroot": 3}})
	path := filepath.Join(t.TempDir(), "snapshot.db")
	version, err := Snapshot(server, path, "1")
	if err != nil {
		t.Fatal(err)
	}
	snapshot := openAt(t, path)
	pull(t, server, pulled, "1")
	if a, b := dump(t, snapshot), dump(t, pulled); !reflect.DeepEqual(a, b) {
		t.Errorf("snapshot %v\npulled %v", a, b)
	}
	if a, b := check(t, snapshot, "1"), check(t, pulled, "1"); a != b {
		t.Errorf("snapshot %+v, pulled %+v", a, b)
	}
	if cursor, err := Cursor(snapshot); err != nil || cursor != version {
		t.Errorf("cursor %d, %v, want %d", cursor, err, version)
	}
	put(t, server, Row{Table: Products, Key: string(chips.SKU)})
	pull(t, server, snapshot, "1")
	if a, b := check(t, snapshot, "1"), check(t, server, "1"); a != b {
		t.Errorf("after a delta %+v, server %+v", a, b)
	}
	var text string
	err = snapshot.Query(`SELECT count(*) FROM price WHERE store = '2'`, func(r sqlite.Row) error { text = r.Text(0); return nil })
	if err != nil || text != "0" {
		t.Errorf("%s prices of another store, %v", text, err)
	}
}
