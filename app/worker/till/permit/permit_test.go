package permit

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tillsight/app/worker/till/lookup"
	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/shelflife"
	"tillsight/shared/sqlite"
	"tillsight/shared/staff"
)

// Hours of one day, by the store's wall clock.
var (
	noon  = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	night = time.Date(2026, 1, 15, 23, 30, 0, 0, time.UTC)
)

// store has rules of sale and three articles: beer, a kit with it, minced meat.
func store(t *testing.T) (Rules, lookup.Goods) {
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
	product := func(sku catalogue.SKU, category string, stopped bool) refdata.Row {
		return refdata.Row{Table: refdata.Products, Value: catalogue.Product{
			SKU: sku, Name: catalogue.Text{RU: string(sku)}, Category: category, Unit: quantity.Piece, Stopped: stopped}}
	}
	kit := func(sku, part catalogue.SKU) refdata.Row {
		parts := []catalogue.Component{{SKU: part, Quantity: quantity.One}, {SKU: "meat", Quantity: quantity.One}}
		return refdata.Row{Table: refdata.Kits, Value: catalogue.Kit{SKU: sku, Parts: parts}}
	}
	rows := []refdata.Row{
		{Table: refdata.Categories, Value: catalogue.Category{ID: "alcohol", Name: catalogue.Text{RU: "Алкоголь"}}},
		{Table: refdata.Categories, Value: catalogue.Category{ID: "beers", Parent: "alcohol", Name: catalogue.Text{RU: "Пиво"}}},
		{Table: refdata.Categories, Value: catalogue.Category{ID: "mince", Parent: "cold", Name: catalogue.Text{RU: "Фарш"}}},
		{Table: refdata.Categories, Value: catalogue.Category{ID: "cold", Name: catalogue.Text{RU: "Охлаждённое"}}},
		product("beer", "beers", false), product("set", "", false), product("meat", "mince", false), product("off", "", true),
		kit("set", "beer"), kit("halt", "off"),
		{Table: refdata.SaleBans, Value: ban.Rule{ID: "night", Name: catalogue.Text{RU: "ночью нельзя", EN: "not at night"},
			Categories: []string{"alcohol"}, Hours: []ban.Span{{From: "23:00", To: "08:00"}}}},
		{Table: refdata.ShelfLives, Value: shelflife.Rule{Category: "cold", Hint: 2, MarkdownBP: 3000}},
		{Table: refdata.SellingWays, Value: refdata.Selling{SeniorsWeigh: true}},
	}
	if err := db.Write(func(tx *sqlite.Tx) error { _, err := refdata.Put(tx, rows); return err }); err != nil {
		t.Fatal(err)
	}
	rules, dropped, err := Read(db, catalogue.Store{ID: "12"})
	if err != nil || dropped != 0 {
		t.Fatalf("%d dropped, %v", dropped, err)
	}
	return rules, lookup.Goods{Copy: db, Store: "12", At: 1}
}

func found(sku catalogue.SKU, category string) lookup.Meaning {
	return lookup.Meaning{Item: refdata.Item{
		Product: catalogue.Product{SKU: sku, Name: catalogue.Text{RU: string(sku)}, Category: category, Unit: quantity.Piece}, Priced: true,
	}, Factor: quantity.One}
}

func TestScan(t *testing.T) {
	with := func(m lookup.Meaning, f func(*lookup.Meaning)) lookup.Meaning { f(&m); return m }
	dated := func(useBy, best string) lookup.Meaning {
		return with(found("meat", "mince"), func(m *lookup.Meaning) { m.Life = shelflife.Life{UseBy: useBy, BestBefore: best} })
	}
	loose := with(found("cheese", ""), func(m *lookup.Meaning) { m.Item.Unit = quantity.Kilogram })
	cashier, senior := staff.Employee{Role: staff.Cashier}, staff.Employee{Role: staff.Senior}
	tests := []struct {
		name   string
		m      lookup.Meaning
		wanted quantity.Milli
		wall   time.Time
		who    staff.Employee
		err    errcode.Code
		hint   errcode.Code
	}{
		{"goods", found("milk", ""), 0, night, cashier, "", ""},
		{"stopped", with(found("milk", ""), func(m *lookup.Meaning) { m.Item.Stopped = true }), 0, noon, cashier, errcode.Stopped, ""},
		{"no price", with(found("milk", ""), func(m *lookup.Meaning) { m.Item.Priced = false }), 0, noon, cashier, errcode.NoPrice, ""},
		{"a label with a sum", with(found("milk", ""), func(m *lookup.Meaning) { m.Item.Priced, m.Sum = false, 1 }), 0, noon, cashier, "", ""},
		{"two of one package", with(found("milk", ""), func(m *lookup.Meaning) { m.Single = true }), 2000, noon, cashier, errcode.FixedQuantity, ""},
		{"beer by day", found("beer", "beers"), 0, noon, cashier, "", ""},
		{"beer by night", found("beer", "beers"), 0, night, cashier, errcode.SaleBan, ""},
		{"a kit by night", found("set", ""), 0, night, cashier, errcode.SaleBan, ""},
		{"a kit with a stopped part", found("halt", ""), 0, noon, cashier, errcode.Stopped, ""},
		{"fresh", dated("2026-02-01", ""), 0, noon, cashier, "", ""},
		{"near its date", dated("2026-01-16", ""), 0, noon, cashier, "", errcode.NearExpiry},
		{"past its best", dated("", "2026-01-14"), 0, noon, cashier, "", errcode.BestBefore},
		{"past its date", dated("2026-01-14", ""), 0, noon, cashier, errcode.Expired, ""},
		{"nobody said the weight", loose, 0, noon, senior, errcode.NeedWeight, ""},
		{"weight of a scale", with(loose, func(m *lookup.Meaning) { m.Weighed = true }), 750, noon, cashier, "", ""},
		{"weight typed by a cashier", loose, 750, noon, cashier, errcode.Forbidden, ""},
		{"weight typed by a senior", loose, 750, noon, senior, "", ""},
	}
	rules, goods := store(t)
	for _, tt := range tests {
		hint, err := rules.Scan(tt.m, tt.wanted, goods, tt.wall, tt.who)
		if errcode.Of(err) != tt.err {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.err)
		}
		if got := (errcode.Code)(""); hint != nil || tt.hint != "" {
			if hint != nil {
				got = hint.Code
			}
			if got != tt.hint {
				t.Errorf("%s: hint %q, want %q", tt.name, got, tt.hint)
			}
		}
	}
}

// TestPay: the lines that may not be sold any more are named, voided ones are no matter.
func TestPay(t *testing.T) {
	rules, _ := store(t)
	of := func(sku catalogue.SKU) string {
		return map[catalogue.SKU]string{"beer": "beers", "meat": "mince"}[sku]
	}
	lines := []receipt.Line{
		{N: 1, SKU: "milk"},
		{N: 2, SKU: "beer", Category: "beers", Voided: true},
		{N: 3, SKU: "set", Parts: []receipt.Part{{SKU: "meat"}, {SKU: "beer"}}},
		{N: 4, SKU: "meat", Category: "mince", Expires: "2026-01-15"},
		{N: 5, SKU: "beer", Category: "beers"},
	}
	if err := rules.Pay(lines, of, noon); err != nil {
		t.Errorf("at noon: %v", err)
	}
	if numbers, why := rules.Banned(lines, of, night); !slices.Equal(numbers, []int{3, 5}) || why.Data["until"] != "08:00" || why.Data["rule.en"] == "" {
		t.Errorf("by night: lines %v, %v", numbers, why)
	}
	if err := errcode.As(rules.Pay(lines, of, night)); err.Code != errcode.SaleBanNow || err.Data["lines"] != "3, 5" {
		t.Errorf("by night: %v %v", err, err.Data)
	}
	tomorrow := noon.Add(24 * time.Hour)
	if err := errcode.As(rules.Pay(lines, of, tomorrow)); err.Code != errcode.Expired || err.Data["lines"] != "4" {
		t.Errorf("on the next day: %v %v", err, err.Data)
	}
}
