package assortment

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tillsight/server/feed"
	"tillsight/server/routes"
	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/document"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
	"tillsight/shared/scope"
	"tillsight/shared/shelflife"
	"tillsight/shared/tax"
	wire "tillsight/shared/wire/office"
)

var noon = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// shop is the assortment of a small chain over a real feed.
func shop(t testing.TB) (*Assortment, *feed.Feed) {
	t.Helper()
	dir := t.TempDir()
	now := func() time.Time { return noon }
	f, err := feed.Open(filepath.Join(dir, "reference.db"), filepath.Join(dir, "files"), now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	rows := []refdata.Row{
		{Table: refdata.Stores, Value: catalogue.Store{ID: "1", Name: catalogue.Text{RU: "Первый"}, Region: "Москва", Zone: "Europe/Moscow", Currency: money.RUB}},
		{Table: refdata.Categories, Value: catalogue.Category{ID: "drinks", Name: catalogue.Text{RU: "Напитки"}}},
		{Table: refdata.Categories, Value: catalogue.Category{ID: "beer", Parent: "drinks", Name: catalogue.Text{RU: "Пиво"}}},
		{Table: refdata.Categories, Value: catalogue.Category{ID: "dairy", Name: catalogue.Text{RU: "Молочное"}}},
		{Table: refdata.TaxRates, Value: tax.Rate{Class: tax.Standard, From: "2026-01-01", BP: 2200}},
		{Table: refdata.TaxRates, Value: tax.Rate{Class: tax.Reduced, From: "2026-01-01", BP: 1000}},
		{Table: refdata.Products, Value: good("101", "Молоко", "dairy", tax.Reduced)},
		{Table: refdata.Products, Value: good("102", "Пиво светлое", "beer", tax.Standard)},
		{Table: refdata.Products, Value: good("103", "Арахис", "drinks", tax.Standard)},
		{Table: refdata.Barcodes, Value: catalogue.Barcode{GTIN: "04601234567893", SKU: "101", Factor: quantity.One}},
		{Table: refdata.Prices, Value: catalogue.Price{SKU: "101", From: 1, Amount: 8990, Min: 7000, Cost: 6000}},
		{Table: refdata.Prices, Value: catalogue.Price{SKU: "102", From: 1, Amount: 12000}},
	}
	if _, err := f.Put(rows); err != nil {
		t.Fatal(err)
	}
	return New(f, now), f
}

func good(sku, name, category string, class tax.Class) catalogue.Product {
	return catalogue.Product{SKU: catalogue.SKU(sku), Name: catalogue.Text{RU: name}, Category: category, Unit: quantity.Piece, Tax: class}
}

func skus(goods catalogue.Goods) string {
	var list []string
	for _, row := range goods.Rows {
		list = append(list, string(row.SKU))
	}
	return strings.Join(list, " ")
}

func TestList(t *testing.T) {
	a, f := shop(t)
	if _, err := f.Put([]refdata.Row{{Table: refdata.Stocks, Value: refdata.Stock{Store: "1", SKU: "102", Left: -2000}}}); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		query catalogue.GoodsQuery
		want  string
		total int
	}{
		{"all by article", catalogue.GoodsQuery{Limit: 10}, "101 102 103", 3},
		{"a page", catalogue.GoodsQuery{Limit: 1, Offset: 1}, "102", 3},
		{"by name", catalogue.GoodsQuery{Sort: catalogue.ByName, Limit: 10}, "103 101 102", 3},
		{"by price downwards, those without last", catalogue.GoodsQuery{Sort: catalogue.ByPrice, Desc: true, Limit: 10}, "102 101 103", 3},
		{"by price upwards, those without last", catalogue.GoodsQuery{Sort: catalogue.ByPrice, Limit: 10}, "101 102 103", 3},
		{"a category with those below", catalogue.GoodsQuery{Category: "drinks", Limit: 10}, "102 103", 2},
		{"found by word", catalogue.GoodsQuery{Text: "пиво", Limit: 10}, "102", 1},
		{"found by code", catalogue.GoodsQuery{Text: "4601234567893", Limit: 10}, "101", 1},
		{"without a price", catalogue.GoodsQuery{State: catalogue.NoPriceGoods, Limit: 10}, "103", 1},
		{"without a code", catalogue.GoodsQuery{State: catalogue.NoCodeGoods, Limit: 10}, "102 103", 2},
		{"none left", catalogue.GoodsQuery{State: catalogue.NoneLeft, Limit: 10}, "102", 1},
		{"nothing", catalogue.GoodsQuery{Text: "йцукен", Limit: 10}, "", 0},
	}
	for _, tt := range tests {
		goods, err := a.List(tt.query)
		if err != nil || skus(goods) != tt.want || goods.Total != tt.total {
			t.Errorf("%s: %q of %d, want %q of %d; %v", tt.name, skus(goods), goods.Total, tt.want, tt.total, err)
		}
	}
	if _, err := a.List(catalogue.GoodsQuery{Sort: "id; DROP TABLE product", Limit: 1}); errcode.Of(err) != errcode.Invalid {
		t.Errorf("a made-up order: %v", err)
	}
}

func TestSave(t *testing.T) {
	a, f := shop(t)
	card, err := a.Card("101")
	if err != nil {
		t.Fatal(err)
	}
	card.Product.Name.RU, card.Barcodes = "Молоко 3,2 %", append(card.Barcodes, catalogue.Barcode{GTIN: "14601234567890", Factor: 6 * quantity.One})
	saved, err := a.Save(card)
	if err != nil || saved.Card == nil || len(saved.Card.Barcodes) != 2 || saved.Card.Barcodes[1].Factor != 6000 {
		t.Fatalf("saved %+v, %v", saved, err)
	}
	version := f.Version()
	if again, err := a.Save(card); err != nil || again.Card.Tag != saved.Card.Tag || f.Version() != version {
		t.Errorf("the same again: %+v, version %d, was %d, %v", again, f.Version(), version, err)
	}
	card.Product.MinAge = 18 // still made from the first state
	if _, err := a.Save(card); errcode.Of(err) != errcode.Conflict {
		t.Errorf("from an old state: %v", err)
	}
	card = *saved.Card
	card.Barcodes = nil
	if saved, err = a.Save(card); err != nil || len(saved.Card.Barcodes) != 0 {
		t.Errorf("codes taken away: %+v, %v", saved, err)
	}
}

func TestSaveSaysWhatIsWrong(t *testing.T) {
	a, _ := shop(t)
	set := good("200", "Набор", "drinks", tax.Standard)
	tests := []struct {
		name string
		edit func(*wire.GoodCard)
		want wire.GoodProblem
	}{
		{"no name", func(c *wire.GoodCard) { c.Product.Name.RU = " " }, wire.GoodProblem{Field: "name.ru", Code: wire.ProblemEmpty}},
		{"no such category", func(c *wire.GoodCard) { c.Product.Category = "x" }, wire.GoodProblem{Field: "category", Code: wire.ProblemUnknown, Value: "x"}},
		{"no such rate", func(c *wire.GoodCard) { c.Product.Tax = "x" }, wire.GoodProblem{Field: "tax", Code: wire.ProblemUnknown, Value: "x"}},
		{"no such unit", func(c *wire.GoodCard) { c.Product.Unit = "box" }, wire.GoodProblem{Field: "unit", Code: wire.ProblemFormat, Value: "box"}},
		{"a code of another", func(c *wire.GoodCard) { c.Barcodes = []catalogue.Barcode{{GTIN: "4601234567893"}} },
			wire.GoodProblem{Field: "barcodes.0", Code: wire.ProblemTaken, Value: "101"}},
		{"a wrong check digit", func(c *wire.GoodCard) { c.Barcodes = []catalogue.Barcode{{GTIN: "14601234567891"}} },
			wire.GoodProblem{Field: "barcodes.0", Code: wire.ProblemCheck, Value: "14601234567891"}},
		{"half a piece in a pack", func(c *wire.GoodCard) { c.Barcodes = []catalogue.Barcode{{GTIN: "4600000000008", Factor: 500}} },
			wire.GoodProblem{Field: "barcodes.0", Code: wire.ProblemWhole, Value: "0.5"}},
		{"a part that is not", func(c *wire.GoodCard) { c.Parts = []catalogue.Component{{SKU: "999", Quantity: 1000}} },
			wire.GoodProblem{Field: "parts.0", Code: wire.ProblemUnknown, Value: "999"}},
		{"a part of itself", func(c *wire.GoodCard) { c.Parts = []catalogue.Component{{SKU: "200", Quantity: 1000}} },
			wire.GoodProblem{Field: "parts.0", Code: wire.ProblemNested, Value: "200"}},
	}
	for _, tt := range tests {
		card := wire.GoodCard{Product: set}
		tt.edit(&card)
		saved, err := a.Save(card)
		if err != nil || len(saved.Problems) == 0 || saved.Problems[0] != tt.want {
			t.Errorf("%s: %+v, %v", tt.name, saved.Problems, err)
		}
	}
	if _, err := a.Card("200"); errcode.Of(err) != errcode.NotFound {
		t.Errorf("something was written: %v", err)
	}
}

// A kit of what is a kit already, and a kit of what becomes one, are refused.
func TestKits(t *testing.T) {
	a, _ := shop(t)
	set := wire.GoodCard{Product: good("200", "Пиво с арахисом", "beer", tax.Standard), Parts: []catalogue.Component{{SKU: "102", Quantity: 2000}, {SKU: "103", Quantity: 1000}}}
	saved, err := a.Save(set)
	if err != nil || saved.Card == nil || saved.Card.PartNames["103"].RU != "Арахис" {
		t.Fatalf("%+v, %v", saved, err)
	}
	other := wire.GoodCard{Product: good("201", "Набор набора", "beer", tax.Standard), Parts: []catalogue.Component{{SKU: "200", Quantity: 1000}}}
	if saved, err := a.Save(other); err != nil || len(saved.Problems) != 1 || saved.Problems[0].Code != wire.ProblemNested {
		t.Errorf("a kit in a kit: %+v, %v", saved, err)
	}
	inner, err := a.Card("103")
	if err != nil {
		t.Fatal(err)
	}
	inner.Parts = []catalogue.Component{{SKU: "101", Quantity: 1000}}
	if saved, err := a.Save(inner); err != nil || len(saved.Problems) != 1 || saved.Problems[0].Field != "parts" {
		t.Errorf("a part made a kit: %+v, %v", saved, err)
	}
}

func TestStop(t *testing.T) {
	a, f := shop(t)
	saved, err := a.Stop(wire.GoodsStop{SKUs: []catalogue.SKU{"101", "102", "nothing"}})
	if err != nil || saved.Count != 2 {
		t.Errorf("stopped %+v, %v", saved, err)
	}
	if goods, err := a.List(catalogue.GoodsQuery{State: catalogue.StoppedGoods, Limit: 10}); err != nil || skus(goods) != "101 102" {
		t.Errorf("stop list %q, %v", skus(goods), err)
	}
	version := f.Version()
	if saved, err := a.Stop(wire.GoodsStop{SKUs: []catalogue.SKU{"101"}}); err != nil || saved.Count != 0 || f.Version() != version {
		t.Errorf("stopped again: %+v, %v", saved, err)
	}
}

// A ban names what there is.
func TestBansFit(t *testing.T) {
	_, f := shop(t)
	bans, err := Bans.Open(f, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	boss := routes.Caller{Scope: scope.All(), User: wire.User{Login: "boss"}}
	night := ban.Rule{ID: "night", Name: catalogue.Text{RU: "Ночью нельзя"}, Categories: []string{"beer"}, Hours: []ban.Span{{From: "23:00", To: "08:00"}}}
	for field, wrong := range map[string]func(*ban.Rule){
		"goods":  func(r *ban.Rule) { r.Categories = []string{"wine"} },
		"stores": func(r *ban.Rule) { r.Regions = []string{"Марс"} },
		"hours":  func(r *ban.Rule) { r.Hours = []ban.Span{{From: "23:00", To: "25:00"}} },
	} {
		rule := night
		wrong(&rule)
		if s, err := bans.Save(boss, document.Put[ban.Rule]{Key: "night", Body: rule}); err != nil || len(s.Problems) != 1 || s.Problems[0].Field != field {
			t.Errorf("%s: %+v, %v", field, s, err)
		}
	}
	if s, err := bans.Save(boss, document.Put[ban.Rule]{Key: "night", Body: night}); err != nil || s.Document == nil {
		t.Errorf("%+v, %v", s, err)
	}
	err = f.View(func(q refdata.Querier) error {
		rules, err := refdata.AllBans(q)
		if len(rules) != 1 {
			t.Errorf("tills hear of %+v", rules)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestShelfLivesReplaceEachOther(t *testing.T) {
	a, _ := shop(t)
	for _, want := range [][]shelflife.Rule{
		{{Category: "dairy", Hint: 2, MarkdownBP: 3000}, {Category: "beer", Refuse: 1}},
		{{Category: "dairy", Hint: 1, MarkdownBP: 5000}},
		{},
	} {
		if _, err := a.SaveShelfLives(wire.ShelfLives{Rules: want}); err != nil {
			t.Fatal(err)
		}
		lives, err := a.ShelfLives()
		if err != nil || len(lives.Rules) != len(want) || len(want) == 1 && lives.Rules[0] != want[0] {
			t.Errorf("%+v, want %+v, %v", lives.Rules, want, err)
		}
	}
}

func TestQuickKeys(t *testing.T) {
	a, f := shop(t)
	// Keys of before there were groups with names: the group is called by its ID.
	if _, err := f.Put([]refdata.Row{{Table: refdata.QuickKeys, Value: catalogue.QuickKey{Group: "Разное", SKU: "101"}}}); err != nil {
		t.Fatal(err)
	}
	grid, err := a.QuickKeys()
	if err != nil || len(grid.Groups) != 1 || grid.Groups[0].Name.RU != "Разное" || grid.Groups[0].Keys[0].Name.RU != "Молоко" {
		t.Fatalf("%+v, %v", grid, err)
	}
	stale := grid
	grid.Groups = []wire.KeyGroup{
		{ID: "b", Name: catalogue.Text{RU: "Пиво", EN: "Beer"}, Colour: "brown", Keys: []wire.Key{{SKU: "102", Colour: "red", Picture: "🍺"}, {SKU: "103"}}},
		{ID: "Разное", Name: catalogue.Text{RU: "Разное", EN: "Other"}, Keys: []wire.Key{{SKU: "101"}}},
	}
	saved, err := a.SaveQuickKeys(grid)
	if err != nil || len(saved.Groups) != 2 || saved.Groups[0].ID != "b" || saved.Groups[0].Keys[0].Picture != "🍺" || saved.Groups[1].Name.EN != "Other" {
		t.Fatalf("%+v, %v", saved, err)
	}
	version := f.Version()
	if again, err := a.SaveQuickKeys(grid); err != nil || again.Tag != saved.Tag || f.Version() != version {
		t.Errorf("the same again: %v", err)
	}
	stale.Groups = nil
	if _, err := a.SaveQuickKeys(stale); errcode.Of(err) != errcode.Conflict {
		t.Errorf("from an old state: %v", err)
	}
	saved.Groups = saved.Groups[:1]
	if saved, err = a.SaveQuickKeys(saved); err != nil || len(saved.Groups) != 1 || len(saved.Groups[0].Keys) != 2 {
		t.Errorf("a group taken away: %+v, %v", saved, err)
	}
}

func TestImport(t *testing.T) {
	a, _ := shop(t)
	file := "\ufeffАртикул;Наименование;Категория;Ед.;НДС;Штрихкоды;Цена;Полка\r\n" +
		"101;Молоко;dairy;шт;reduced;4601234567893;89,90;A1\r\n" + // as it is
		"102;Пиво тёмное;beer;шт;standard;4600000000008|14600000000005*20;130,00;\r\n" + // other
		"300;Чипсы;drinks;шт;standard;4600000000015;99;\r\n" + // new
		"301;Чипсы;нет;шт;standard;;1;\r\n" + // no such category
		"302;Чипсы;drinks;ящик;standard;;1;\r\n" + // no such unit
		"303;Чипсы;drinks;шт;standard;4600000000015;1;\r\n" + // code of 300
		"300;Чипсы;drinks;шт;standard;;1;\r\n" + // again
		";;;;;;;\r\n" +
		"304;Чипсы;drinks;шт;standard;;дорого;\r\n"
	file = strings.Replace(file, "Ед.", "Ед", 1)
	dry, err := a.Import([]byte(file), true)
	if err != nil || dry.Done || dry.Rows != 8 || dry.New != 1 || dry.Changed != 1 || dry.Same != 1 || dry.Wrong != 5 {
		t.Fatalf("looked at: %+v, %v", dry, err)
	}
	want := []wire.ImportFault{
		{Line: 5, Column: "category", Code: wire.ProblemUnknown, Value: "нет"},
		{Line: 6, Column: "unit", Code: wire.ProblemFormat, Value: "ящик"},
		{Line: 7, Column: "barcodes", Code: wire.ProblemTwice, Value: "04600000000015", Other: 4},
		{Line: 8, Column: "sku", Code: wire.ProblemTwice, Value: "300", Other: 4},
		{Line: 10, Column: "price", Code: wire.ProblemFormat, Value: "дорого"},
	}
	for i := range want {
		if i >= len(dry.Faults) || dry.Faults[i] != want[i] {
			t.Errorf("fault %d: %+v, want %+v", i, dry.Faults, want[i])
			break
		}
	}
	if len(dry.Unknown) != 1 || dry.Unknown[0] != "полка" {
		t.Errorf("unknown columns %v", dry.Unknown)
	}
	if _, err := a.Card("300"); errcode.Of(err) != errcode.NotFound {
		t.Error("looking wrote something")
	}
	done, err := a.Import([]byte(file), false)
	if err != nil || !done.Done || done.New != 1 {
		t.Fatalf("done: %+v, %v", done, err)
	}
	card, err := a.Card("102")
	if err != nil || card.Product.Name.RU != "Пиво тёмное" || len(card.Barcodes) != 2 || card.Barcodes[1].Factor != 20_000 {
		t.Errorf("%+v, %v", card, err)
	}
	if again, err := a.Import([]byte(file), false); err != nil || again.New != 0 || again.Changed != 0 || again.Same != 3 {
		t.Errorf("again: %+v, %v", again, err)
	}
}

// What is written out and read in again changes nothing, and a column that a file
// does not have stays.
func TestExportIsAnImport(t *testing.T) {
	a, f := shop(t)
	if _, err := a.Stop(wire.GoodsStop{SKUs: []catalogue.SKU{"103"}}); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := a.Export(&file); err != nil {
		t.Fatal(err)
	}
	version := f.Version()
	result, err := a.Import(file.Bytes(), false)
	if err != nil || result.Same != 3 || result.Wrong != 0 || f.Version() != version {
		t.Errorf("%+v, version %d → %d, %v\n%s", result, version, f.Version(), err, file.String())
	}
	if result, err = a.Import([]byte("sku,price\n101,95.00\n"), false); err != nil || result.Changed != 1 {
		t.Fatalf("%+v, %v", result, err)
	}
	card, err := a.Card("101")
	if err != nil || len(card.Barcodes) != 1 || card.Prices[len(card.Prices)-1].Amount != 9500 || card.Prices[len(card.Prices)-1].Min != 7000 {
		t.Errorf("%+v, %v", card, err)
	}
}
