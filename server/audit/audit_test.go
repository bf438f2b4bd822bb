package audit_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"tillsight/server/audit"
	"tillsight/server/feed"
	"tillsight/server/journal"
	"tillsight/server/notice"
	"tillsight/shared/catalogue"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/scope"
	wire "tillsight/shared/wire/office"
)

// now is 12:00 in Moscow, UTC+3.
var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// tape is a journal in memory.
type tape struct {
	facts [][]byte
	notice.Board
}

func (t *tape) Calm(context.Context) {}

func (t *tape) Position() int64 { return int64(len(t.facts)) }

func (t *tape) Batch(ctx context.Context, after int64, limit int) (list []journal.Entry, err error) {
	for i := int(after); i < min(len(t.facts), int(after)+limit); i++ {
		list = append(list, journal.Entry{Pos: int64(i) + 1, Bytes: t.facts[i]})
	}
	return list, ctx.Err()
}

// ReceiptAt finds the first fact of a receipt.
func (t *tape) ReceiptAt(id string) (int64, error) {
	for i, raw := range t.facts {
		if bytes.Contains(raw, []byte(`"body":{"id":"`+id+`"`)) {
			return int64(i) + 1, nil
		}
	}
	return 0, nil
}

// chain is a store with milk at 100.00 and bread at 50.00, and its auditor.
type chain struct {
	*testing.T
	feed *feed.Feed
	*tape
	audit *audit.Auditor
	n     int
}

func newChain(t *testing.T) *chain {
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
	c := &chain{T: t, feed: f, tape: &tape{}}
	c.put(
		refdata.Row{Table: refdata.Products, Value: catalogue.Product{SKU: "1", Name: catalogue.Text{RU: "Молоко"}, Category: "dairy", Unit: quantity.Piece, Tax: "reduced"}},
		refdata.Row{Table: refdata.Products, Value: catalogue.Product{SKU: "2", Name: catalogue.Text{RU: "Хлеб"}, Category: "bread", Unit: quantity.Piece, Tax: "reduced"}},
		refdata.Row{Table: refdata.Prices, Value: catalogue.Price{SKU: "1", From: 1, Amount: 100_00}},
		refdata.Row{Table: refdata.Prices, Value: catalogue.Price{SKU: "2", From: 1, Amount: 50_00}},
	)
	if c.audit, err = audit.Open(c.tape, f, func() time.Time { return now }); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *chain) put(rows ...refdata.Row) {
	c.Helper()
	if _, err := c.feed.Put(rows); err != nil {
		c.Fatal(err)
	}
}

func (c *chain) promote(rule pricing.Rule) {
	c.Helper()
	c.put(refdata.Row{Table: refdata.Promotions, Value: refdata.Promotion{Rule: rule}})
}

// half takes half off milk.
func half() pricing.Rule {
	return pricing.Rule{ID: "half", Version: 1, Name: catalogue.Text{RU: "Половина"}, Kind: pricing.LineRule,
		Goods: pricing.Goods{SKUs: []catalogue.SKU{"1"}}, Off: pricing.Off{BP: 5000}}
}

// open opens a receipt with the rules of now, as a till does.
func (c *chain) open() *receipt.Receipt {
	c.Helper()
	c.n++
	version := c.feed.Version()
	var rules *pricing.Rules
	err := c.feed.View(func(q refdata.Querier) (err error) {
		rules, _, err = refdata.RulesAt(q, version)
		return err
	})
	if err != nil {
		c.Fatal(err)
	}
	return receipt.New(receipt.Opening{ID: fmt.Sprint("r", c.n), Number: fmt.Sprintf("1-1-%06d", c.n), Type: receipt.Sale, Shift: 1,
		At: now.UnixMilli(), Zone: 180, Date: "2026-11-22", Cashier: "e", Store: "1", Rules: version}, rules)
}

func (c *chain) scan(r *receipt.Receipt, sku catalogue.SKU, price money.Amount) {
	c.Helper()
	_, err := r.AddLine(receipt.Line{SKU: sku, Name: catalogue.Text{RU: string(sku)}, Category: map[catalogue.SKU]string{"1": "dairy", "2": "bread"}[sku],
		Unit: quantity.Piece, Quantity: quantity.One, Price: price, TaxClass: "reduced", TaxBP: 1000, At: now.UnixMilli()})
	if err != nil {
		c.Fatal(err)
	}
}

// pay registers the sale and has it looked through.
func (c *chain) pay(r *receipt.Receipt) {
	c.Helper()
	if err := r.Pay([]receipt.Tender{{Kind: receipt.Card, Amount: r.Total}}, now.UnixMilli()); err != nil {
		c.Fatal(err)
	}
	raw, err := fact.Encode(fact.Header{Device: "d", Epoch: 1, Seq: uint64(c.n), Kind: fact.SaleRegistered, Version: 1,
		At: now.UnixMilli(), Zone: 180, Store: "1", Till: 1}, r)
	if err != nil {
		c.Fatal(err)
	}
	c.facts = append(c.facts, raw)
	c.look()
}

func (c *chain) look() {
	c.Helper()
	for {
		n, err := c.audit.Look(c.Context())
		if err != nil {
			c.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

func (c *chain) alarms(want ...string) []wire.Alarm {
	c.Helper()
	list, err := c.audit.Alarms(scope.All(), 100)
	if err != nil {
		c.Fatal(err)
	}
	got := []string{}
	for _, a := range list {
		got = append(got, a.Reason)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		c.Fatalf("alarms %+v, want %v", list, want)
	}
	if n, err := c.audit.Count(); err != nil || int(n) != len(want) {
		c.Fatalf("count %d, %v", n, err)
	}
	return list
}

func TestReceiptsAsTheRulesOfTheirTimeSay(t *testing.T) {
	c := newChain(t)
	c.promote(half())
	r := c.open()
	c.scan(r, "1", 100_00)
	later := half()
	later.Version, later.Off.BP = 2, 1000
	c.promote(later) // the open receipt keeps the first version
	c.put(refdata.Row{Table: refdata.Prices, Value: catalogue.Price{SKU: "2", From: now.UnixMilli() - 1000, Amount: 60_00}})
	c.scan(r, "2", 60_00) // a price that came meanwhile
	c.pay(r)
	if r.Total != 110_00 {
		t.Fatalf("total %d", r.Total)
	}
	c.alarms()
}

func TestAlarms(t *testing.T) {
	c := newChain(t)
	c.promote(half())
	r := c.open()
	c.scan(r, "1", 100_00)
	r.UseRules(nil, nil) // a till that forgot the promotion
	c.pay(r)
	a := c.alarms("rule")[0]
	if a.Found != 100_00 || a.Expected != 50_00 || a.Number != "1-1-000001" || a.Line != 1 {
		t.Errorf("alarm %+v", a)
	}
	r = c.open()
	c.scan(r, "2", 49_99)
	c.pay(r)
	if a := c.alarms("price", "rule")[0]; a.Found != 49_99 || a.Expected != 50_00 {
		t.Errorf("alarm %+v", a)
	}
	c.look()
	c.alarms("price", "rule")
}

func TestUsesAreCounted(t *testing.T) {
	c := newChain(t)
	rule := half()
	rule.Who.Card, rule.LimitCustomer = true, 3
	serial := pricing.Rule{ID: "serial", Name: catalogue.Text{RU: "Купон"}, Kind: pricing.LineRule, Coupon: pricing.Coupon{Prefix: "AB", Length: 6},
		Goods: pricing.Goods{SKUs: []catalogue.SKU{"2"}}, Off: pricing.Off{Amount: 10_00}}
	c.promote(rule)
	c.promote(serial)
	sell := func() {
		r := c.open()
		c.scan(r, "1", 100_00)
		c.scan(r, "1", 100_00)
		c.scan(r, "2", 50_00)
		for _, err := range []error{second(r.SetCard("777", "c7")), second(r.AddCoupon("AB1234"))} {
			if err != nil {
				t.Fatal(err)
			}
		}
		c.pay(r)
	}
	sell()
	c.alarms()
	var used, coupon map[string]int
	read := func() {
		err := c.feed.View(func(q refdata.Querier) (err error) {
			if used, err = refdata.UsedBy(q, "c7"); err == nil {
				coupon, err = refdata.UsedBy(q, "AB1234")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read(); used["half"] != 2 || coupon["serial"] != 1 {
		t.Errorf("used %v, coupon %v", used, coupon)
	}
	sell() // a till that was offline takes the coupon again, and gives a fourth piece
	if a := c.alarms("coupon", "limit")[1]; a.Found != 4 || a.Expected != 3 || a.Name != "Половина" {
		t.Errorf("alarm %+v", a)
	}
	if read(); used["half"] != 4 {
		t.Errorf("used %v", used)
	}
}

func second(_ []int, err error) error { return err }

func TestSimulate(t *testing.T) {
	c := newChain(t)
	for range 3 {
		r := c.open()
		c.scan(r, "1", 100_00)
		c.scan(r, "1", 100_00)
		c.pay(r)
	}
	r := c.open()
	c.scan(r, "2", 50_00)
	c.pay(r)
	got, err := c.audit.Simulate(t.Context(), half(), 7, now, scope.All())
	if err != nil {
		t.Fatal(err)
	}
	if got.Receipts != 4 || got.Reached != 3 || got.Cost != 300_00 || got.Revenue != 650_00 || got.Touched != 600_00 || got.Lift != 10000 ||
		len(got.Days) != 7 || got.Days[6] != (wire.SimulatedDay{Date: "2026-11-22", Reached: 3, Cost: 300_00}) {
		t.Errorf("simulated %+v", got)
	}
	three := half()
	three.ID, three.Kind, three.Buy, three.Get, three.Off = "three", pricing.MultiRule, 2, 1, pricing.Off{}
	if got, err = c.audit.Simulate(t.Context(), three, 7, now, scope.All()); err != nil || got.Reached != 0 || got.Near != 3 {
		t.Errorf("three for two: %+v, %v", got, err)
	}
	if got, err = c.audit.Simulate(t.Context(), half(), 7, now, scope.Of("9")); err != nil || got.Receipts != 0 {
		t.Errorf("another store: %+v, %v", got, err)
	}
}
