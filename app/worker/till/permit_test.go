package till

import (
	"fmt"
	"testing"
	"time"

	"tillsight/app/bridge"
	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/shelflife"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
)

// Goods of the rules of sale: beer and a kit with it, chilled meat.
const (
	beer    = "4600000000015"
	kitCode = "4600000000022"
	meat    = "4600000000039"
)

func ruleRows() []refdata.Row {
	product := func(sku, name, category string, age int) refdata.Row {
		return refdata.Row{Table: refdata.Products, Value: catalogue.Product{
			SKU: catalogue.SKU(sku), Name: catalogue.Text{RU: name}, Category: category, Unit: quantity.Piece, Tax: tax.Standard, MinAge: age}}
	}
	code := func(gtin, sku string) refdata.Row {
		return refdata.Row{Table: refdata.Barcodes, Value: catalogue.Barcode{GTIN: "0" + gtin, SKU: catalogue.SKU(sku), Factor: quantity.One}}
	}
	rows := []refdata.Row{
		{Table: refdata.Categories, Value: catalogue.Category{ID: "alcohol", Name: catalogue.Text{RU: "Алкоголь"}}},
		{Table: refdata.Categories, Value: catalogue.Category{ID: "beer", Parent: "alcohol", Name: catalogue.Text{RU: "Пиво"}}},
		{Table: refdata.Categories, Value: catalogue.Category{ID: "meat", Name: catalogue.Text{RU: "Мясо"}}},
		product("2001", "Пиво", "beer", 18), product("2002", "Набор", "meat", 0), product("2003", "Фарш", "meat", 0),
		code(beer, "2001"), code(kitCode, "2002"), code(meat, "2003"),
		{Table: refdata.Kits, Value: catalogue.Kit{SKU: "2002", Parts: []catalogue.Component{{SKU: "2001", Quantity: 2 * quantity.One}, {SKU: "1001", Quantity: quantity.One}}}},
		{Table: refdata.SaleBans, Value: ban.Rule{ID: "night", Name: catalogue.Text{RU: "ночью нельзя", EN: "not at night"}, Categories: []string{"alcohol"}, Hours: []ban.Span{{From: "23:00", To: "08:00"}}}},
		{Table: refdata.ShelfLives, Value: shelflife.Rule{Category: "meat", Hint: 2, MarkdownBP: 3000}},
	}
	for _, p := range []catalogue.Price{{SKU: "2001", Amount: 12000}, {SKU: "2002", Amount: 30000}, {SKU: "2003", Amount: 40000}} {
		p.From = 1
		rows = append(rows, refdata.Row{Table: refdata.Prices, Value: p})
	}
	return rows
}

// newRuled is a register that sells by rules, at noon of 2023-11-15 in Moscow.
func newRuled(t testing.TB) *shop {
	t.Helper()
	o := newOffice(t)
	o.put(t, ruleRows()...)
	o.pack(t)
	p := newShopAt(t, o)
	p.at = time.Date(2023, 11, 15, 9, 0, 0, 0, time.UTC)
	p.signIn("2222")
	must(t)(p.OpenShift(t.Context(), bridge.Float{Amount: 100_00}))
	return p
}

// refused scans what must not be sold and returns why.
func (p *shop) refused(code string, want errcode.Code) *errcode.Error {
	p.t.Helper()
	_, err := p.Scan(p.t.Context(), bridge.Scan{Code: code})
	if errcode.Of(err) != want {
		p.t.Fatalf("scan %s: %v, want %s", code, err, want)
	}
	return errcode.As(err)
}

// pull takes what the office has changed.
func (p *shop) pull() {
	p.t.Helper()
	for more := true; more; {
		var err error
		if more, err = p.Sync().Pull(p.t.Context()); err != nil {
			p.t.Fatal(err)
		}
	}
}

// Beer is sold till eleven by the shop's clock; a receipt that was begun before
// may not be paid with it after, and one press takes it off.
func TestBanAtScanAndAtPayment(t *testing.T) {
	p := newRuled(t)
	p.scan(milk)
	d := p.scan(beer)
	must(t)(p.ConfirmAge(t.Context(), bridge.ConfirmAge{Years: 18}))
	p.at = time.Date(2023, 11, 15, 19, 59, 0, 0, time.UTC) // 22:59
	p.scan(beer)
	p.at = p.at.Add(time.Minute)
	e := p.refused(beer, errcode.SaleBan)
	if e.Data["until"] != "08:00" || e.Data["rule"] != "ночью нельзя" || e.Data["rule.en"] != "not at night" || e.Data["name"] != "Пиво" {
		t.Errorf("refused with %v", e.Data)
	}
	if _, err := p.MayPay(t.Context(), struct{}{}); errcode.Of(err) != errcode.SaleBanNow || errcode.As(err).Data["lines"] != "2" {
		t.Errorf("may pay: %v", err)
	}
	_, err := p.Pay(t.Context(), bridge.Pay{ID: d.ID, Tenders: []receipt.Tender{{Kind: receipt.Cash, Amount: 100_000}}})
	if errcode.Of(err) != errcode.SaleBanNow {
		t.Errorf("paid at eleven: %v", err)
	}
	d, err = p.Refuse(t.Context(), bridge.Refuse{Reason: receipt.VoidBanned})
	if err != nil || d.Total != 8990 || d.Count != 1 {
		t.Fatalf("taken off: %+v, %v", d, err)
	}
	p.restart()
	p.signIn("2222")
	paid := p.payCash(p.scan(milk))
	if paid.Lines[1].Reason != receipt.VoidBanned || !paid.Lines[1].Voided {
		t.Errorf("line %+v", paid.Lines[1])
	}
}

// The age of the whole receipt is asked once, by its highest; a restart forgets
// neither the question nor the answer, and the fact says who answered.
func TestAgeIsAskedOnce(t *testing.T) {
	p := newRuled(t)
	d := p.scan(beer)
	if d.Age != 18 || d.Born != "2005-11-15" {
		t.Errorf("asked %d, born %s", d.Age, d.Born)
	}
	p.restart()
	p.signIn("2222")
	if state := p.phase(bridge.PhaseSelling); state.Receipt.Age != 18 {
		t.Errorf("after a restart it asks %d", state.Receipt.Age)
	}
	_, err := p.Pay(t.Context(), bridge.Pay{ID: d.ID, Tenders: []receipt.Tender{{Kind: receipt.Cash, Amount: d.Total}}})
	if errcode.Of(err) != errcode.AgeUnasked {
		t.Errorf("paid unasked: %v", err)
	}
	if _, err := p.ConfirmAge(t.Context(), bridge.ConfirmAge{Years: 16}); errcode.Of(err) != errcode.AgeUnasked {
		t.Errorf("confirmed a lower age: %v", err)
	}
	if d, err = p.ConfirmAge(t.Context(), bridge.ConfirmAge{Years: 18}); err != nil || d.Age != 0 {
		t.Fatalf("confirmed: %+v, %v", d, err)
	}
	p.restart()
	p.signIn("2222")
	paid := p.payCash(p.scan(beer))
	if paid.Age.Years != 18 || paid.Age.By != "petr" || paid.Age.At != p.at.UnixMilli() {
		t.Errorf("the fact says %+v", paid.Age)
	}
	if d = p.scan(beer); d.Age != 18 {
		t.Error("the next customer is not asked")
	}
	d, err = p.Refuse(t.Context(), bridge.Refuse{Reason: receipt.VoidUnderAge})
	if err != nil || d.Count != 0 || d.Age != 0 || d.Lines[0].Reason != receipt.VoidUnderAge {
		t.Errorf("refused: %+v, %v", d, err)
	}
}

func gs1(gtin, rest string) string { return "010" + gtin + rest }

func TestDatesOfPackages(t *testing.T) {
	p := newRuled(t)
	var d bridge.Delta
	if e := p.refused(gs1(meat, "17231114"), errcode.Expired); e.Data["date"] != "2023-11-14" || e.Data["name"] != "Фарш" {
		t.Errorf("refused with %v", e.Data)
	}
	d = p.scan(gs1(meat, "17231116"+"10A1"))
	if h := d.Hint; h == nil || h.Code != errcode.NearExpiry || h.Data["percent"] != "3000" || h.Data["date"] != "2023-11-16" {
		t.Errorf("near the end: %v", d.Hint)
	}
	if d = p.scan(gs1(meat, "17231201"+"10A1")); d.Hint != nil || len(d.Lines) != 1 || d.Lines[0].N != 2 || d.Lines[0].Expires != "2023-12-01" || d.Lines[0].Batch != "A1" {
		t.Errorf("another date is another line: %+v", d)
	}
	if d = p.scan(gs1(meat, "15231101")); d.Hint == nil || d.Hint.Code != errcode.BestBefore {
		t.Errorf("past its best: %v", d.Hint)
	}
	if d = p.scan(gs1(meat, "17231201"+"10A1")); d.Lines[0].N != 2 || d.Lines[0].Quantity != 2*quantity.One {
		t.Errorf("the same batch again: %+v", d.Lines)
	}
	// By the shop's date: at one at night in Moscow the fifteenth has begun.
	p.at = time.Date(2023, 11, 15, 22, 0, 0, 0, time.UTC)
	p.refused(gs1(meat, "17231115"), errcode.Expired)
	p.scan(gs1(meat, "17231116"))
	// On the seventeenth two lines may not be paid any more: 1 and the last.
	p.at = p.at.AddDate(0, 0, 1)
	if _, err := p.MayPay(t.Context(), struct{}{}); errcode.Of(err) != errcode.Expired || errcode.As(err).Data["lines"] != "1, 4" {
		t.Errorf("may pay: %v", err)
	}
	var err error
	d, err = p.Refuse(t.Context(), bridge.Refuse{Reason: receipt.VoidExpired})
	if err != nil || d.Count != 2 {
		t.Fatalf("taken off: %+v, %v", d, err)
	}
	must(t)(p.MayPay(t.Context(), struct{}{}))
}

func TestSerialOnceInAReceipt(t *testing.T) {
	p := newRuled(t)
	p.scan(gs1(meat, "21S-1"))
	if e := p.refused(gs1(meat, "21S-1"), errcode.SerialTwice); e.Data["line"] != "1" {
		t.Errorf("refused with %v", e.Data)
	}
	if d := p.scan(gs1(meat, "21S-2")); d.Count != 2 {
		t.Errorf("another package: %+v", d)
	}
}

// A kit asks for the age of its beer, is banned with it, and leaves the shelf as
// its parts; each part pays its own VAT.
func TestKit(t *testing.T) {
	p := newRuled(t)
	d := p.scan(kitCode)
	l := d.Lines[0]
	if d.Age != 18 || len(l.Parts) != 2 || l.Parts[0].Worth != 24000 || l.Parts[1].Worth != 8990 || l.Parts[1].TaxBP != 1000 || l.Parts[0].TaxBP != 2000 {
		t.Errorf("line %+v", l)
	}
	// 300.00 over 240.00 and 89.90: 218.25 and 81.75 by largest remainder.
	if l.Parts[0].Net != 21825 || l.Parts[1].Net != 8175 || l.Tax != 3638+743 {
		t.Errorf("parts %+v, tax %d", l.Parts, l.Tax)
	}
	must(t)(p.ConfirmAge(t.Context(), bridge.ConfirmAge{Years: 18}))
	p.at = time.Date(2023, 11, 15, 21, 0, 0, 0, time.UTC)
	p.refused(kitCode, errcode.SaleBan)
	if _, err := p.MayPay(t.Context(), struct{}{}); errcode.Of(err) != errcode.SaleBanNow {
		t.Errorf("a kit with beer at midnight: %v", err)
	}
	p.at = time.Date(2023, 11, 15, 9, 0, 0, 0, time.UTC)
	p.office.put(t, refdata.Row{Table: refdata.Products, Value: catalogue.Product{SKU: "2001", Name: catalogue.Text{RU: "Пиво"}, Category: "beer", Unit: quantity.Piece, Tax: tax.Standard, Stopped: true}})
	p.pull()
	p.refused(kitCode, errcode.Stopped)
}

// Packs count their pieces whatever code leads to the product; a weight is asked
// for, from who may type one.
func TestPacksAndWeights(t *testing.T) {
	p := newRuled(t)
	p.scan(milk)
	d := p.scan(milkCase)
	if d.Count != 1 || d.Lines[0].Quantity != 7*quantity.One || d.Total != 7*8990 {
		t.Errorf("a bottle and a case of six: %+v", d)
	}
	d, err := p.Scan(t.Context(), bridge.Scan{Code: milkCase, Quantity: 2 * quantity.One})
	if err != nil || d.Lines[0].Quantity != 19*quantity.One {
		t.Errorf("two more cases: %+v, %v", d, err)
	}
	if _, err := p.Scan(t.Context(), bridge.Scan{Code: milk, Quantity: 1500}); errcode.Of(err) != errcode.WholeQuantity {
		t.Errorf("half a bottle: %v", err)
	}
	_, err = p.Scan(t.Context(), bridge.Scan{Code: "123", Typed: true})
	if e := errcode.As(err); errcode.Of(err) != errcode.NeedWeight || e.Data["sku"] != "1003" || e.Data["unit"] != "kg" {
		t.Errorf("cheese without a weight: %v", err)
	}
	if d, err = p.Add(t.Context(), bridge.Add{SKU: "1003", Quantity: 251}); err != nil || d.Lines[0].Gross != 15060 {
		t.Errorf("251 g: %+v, %v", d, err)
	}
	p.office.put(t, refdata.Row{Table: refdata.SellingWays, Value: refdata.Selling{SeniorsWeigh: true}})
	p.pull()
	must(t)(p.Lock(t.Context(), struct{}{}))
	p.signIn("1111")
	for what, do := range map[string]func() (bridge.Delta, error){
		"a new line": func() (bridge.Delta, error) { return p.Add(t.Context(), bridge.Add{SKU: "1003", Quantity: 300}) },
		"an old line": func() (bridge.Delta, error) {
			return p.SetQuantity(t.Context(), bridge.SetQuantity{N: 2, Quantity: 300})
		},
	} {
		if _, err := do(); errcode.Of(err) != errcode.Forbidden || errcode.As(err).Data["right"] != string(staff.ManualWeight) {
			t.Errorf("a cashier types the weight of %s: %v", what, err)
		}
	}
	p.scan(cheeseLabel) // a label of the scales is no typing
}

// Equal positions are lines as the chain says, unless the till says otherwise,
// and a restart gives the same lines again.
func TestGroupingOfTheChainAndOfTheTill(t *testing.T) {
	p := newRuled(t)
	p.office.put(t, refdata.Row{Table: refdata.SellingWays, Value: refdata.Selling{Grouping: receipt.GroupNone}})
	p.pull()
	p.scan(milk)
	if d := p.scan(milk); d.Count != 2 {
		t.Errorf("each apart: %+v", d)
	}
	way := receipt.GroupAny
	d, err := p.Scan(t.Context(), bridge.Scan{Code: milk, Grouping: &way})
	if err != nil || d.Count != 2 || d.Lines[len(d.Lines)-1].Quantity != 2*quantity.One {
		t.Errorf("this till merges: %+v, %v", d, err)
	}
	p.restart()
	p.signIn("2222")
	if state := p.phase(bridge.PhaseSelling); state.Receipt.Count != 2 || state.Receipt.Total != 3*8990 {
		t.Errorf("after a restart: %+v", state.Receipt)
	}
}

// What is left is what the server said without what this till sold since: before
// the server knows, after a restart, and not twice once it does.
func TestLeftOnTheShelf(t *testing.T) {
	p := newRuled(t)
	p.office.put(t, refdata.Row{Table: refdata.Stocks, Value: refdata.Stock{Store: "12", SKU: "1001", Left: 10_000}})
	p.pull()
	left := func() string {
		t.Helper()
		product, err := p.PriceCheck(t.Context(), bridge.Scan{Code: milk})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(product.Left.String(), product.Counted)
	}
	if got := left(); got != "10true" {
		t.Errorf("at first %s", got)
	}
	p.scan(milk)
	d := p.scan(milk)
	if got := left(); got != "8true" {
		t.Errorf("with two on the receipt %s", got)
	}
	p.payCash(d)
	if got := left(); got != "8true" {
		t.Errorf("sold %s", got)
	}
	p.restart()
	p.signIn("2222")
	if got := left(); got != "8true" {
		t.Errorf("after a restart %s", got)
	}
	var last uint64
	for _, f := range p.facts() {
		if f.Kind == fact.SaleRegistered {
			last = f.Seq
		}
	}
	p.office.put(t, refdata.Row{Table: refdata.Stocks, Value: refdata.Stock{Store: "12", SKU: "1001", Left: 8000}},
		refdata.Row{Table: refdata.StockBases, Value: refdata.StockBasis{Store: "12", Seen: []refdata.Seen{{Device: "device", Epoch: 1, Seq: last}}}})
	p.pull()
	if got := left(); got != "8true" {
		t.Errorf("counted by the server %s", got)
	}
	if product, err := p.PriceCheck(t.Context(), bridge.Scan{Code: pen}); err != nil || product.Counted {
		t.Errorf("nobody counts pens: %+v, %v", product, err)
	}
}

// Quick keys: groups in the manager's order with names in both languages, rows
// of before that only name their group still there.
func TestQuickKeysByGroup(t *testing.T) {
	p := newRuled(t)
	p.office.put(t,
		refdata.Row{Table: refdata.QuickGroups, Value: catalogue.QuickGroup{ID: "b", Name: catalogue.Text{RU: "Напитки", EN: "Drinks"}, Position: 0, Colour: "brown"}},
		refdata.Row{Table: refdata.QuickKeys, Value: catalogue.QuickKey{Group: "b", Position: 0, SKU: "2001", Picture: "🍺"}},
		refdata.Row{Table: refdata.QuickKeys, Value: catalogue.QuickKey{Group: "b", Position: 1, SKU: "1001", Colour: "blue"}})
	p.pull()
	groups, err := p.QuickKeys(t.Context(), struct{}{})
	if err != nil || len(groups) != 2 || groups[0].Name.EN != "Drinks" || groups[1].Name.RU != "Хлеб" {
		t.Fatalf("%+v, %v", groups, err)
	}
	if keys := groups[0].Keys; len(keys) != 2 || keys[0].Picture != "🍺" || keys[0].Colour != "brown" || keys[1].Colour != "blue" {
		t.Errorf("%+v", groups[0].Keys)
	}
}
