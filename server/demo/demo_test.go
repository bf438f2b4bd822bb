package demo

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/shift"
	"tillsight/shared/staff"
	wire "tillsight/shared/wire/sync"
)

// lastDay ends the chains of tests.
const lastDay = "2026-11-21"

// tiny is a chain that takes a moment to make.
var tiny = Options{Seed: 7, Stores: 2, Months: 3, Lines: 6000, SKUs: 600, End: lastDay}

// collector keeps the reference data of a chain and hands its facts on.
type collector struct {
	rows    []refdata.Row
	past    []catalogue.Price
	devices []Device
	facts   func(h wire.PushHeader, facts [][]byte) error
}

func (c *collector) Reference(_ context.Context, rows []refdata.Row) error {
	c.rows = append(c.rows, rows...)
	return nil
}

func (c *collector) PriceHistory(_ context.Context, prices []catalogue.Price) error {
	c.past = append(c.past, prices...)
	return nil
}

func (c *collector) Device(_ context.Context, d Device) error {
	c.devices = append(c.devices, d)
	return nil
}

func (c *collector) Facts(_ context.Context, h wire.PushHeader, facts [][]byte) error {
	if c.facts == nil {
		return nil
	}
	return c.facts(h, facts)
}

// each makes a chain and calls one for every fact of it.
func each(tb testing.TB, opt Options, one func(f fact.Fact, raw []byte) error) (*collector, Summary) {
	tb.Helper()
	c := &collector{facts: func(_ wire.PushHeader, facts [][]byte) error {
		for _, raw := range facts {
			f, err := fact.Decode(raw)
			if err != nil {
				return err
			}
			if err := one(f, raw); err != nil {
				return fmt.Errorf("%s %d: %w", f.Device, f.Seq, err)
			}
		}
		return nil
	}}
	sum, err := Generate(tb.Context(), opt, c)
	if err != nil {
		tb.Fatal(err)
	}
	return c, sum
}

// goldenTiny is the SHA-256 of all that the tiny chain is made of. A change of
// it changes every demo chain: TRUTH.md has to be written anew then.
const goldenTiny = "b85d20caa2b1f4f1ea6fe6227af9148bc3d1be99f4039c2dcdff6c680a1b9907"

func TestSameOptionsSameBytes(t *testing.T) {
	hash := func(opt Options) string {
		sum := sha256.New()
		c, _ := each(t, opt, func(_ fact.Fact, raw []byte) error {
			_, err := sum.Write(raw)
			return err
		})
		for _, rows := range []any{c.rows, c.past, c.devices} {
			if err := json.NewEncoder(sum).Encode(rows); err != nil {
				t.Fatal(err)
			}
		}
		return hex.EncodeToString(sum.Sum(nil))
	}
	first := hash(tiny)
	if again := hash(tiny); again != first {
		t.Errorf("second run %s, first %s", again, first)
	}
	if first != goldenTiny {
		t.Errorf("the tiny chain is %s, was %s", first, goldenTiny)
	}
	other := tiny
	other.Seed = 8
	if hash(other) == first {
		t.Error("another seed makes the same chain")
	}
}

// Every till's facts are numbered without gaps and chained, receipts verify,
// numbers count up, shifts close with the sums of their receipts.
func TestFactsAreSound(t *testing.T) {
	type till struct {
		seq     uint64
		chain   fact.Hash
		count   int
		shift   shift.Shift
		last    int64
		cashier string
	}
	tills := map[string]*till{}
	receipts := map[string]receipt.Receipt{}
	customers, buyers := map[string]bool{}, map[string]bool{}
	z := 0
	c, sum := each(t, tiny, func(f fact.Fact, raw []byte) error {
		d := tills[f.Device]
		if d == nil {
			d = &till{}
			tills[f.Device] = d
		}
		if f.Seq != d.seq+1 || f.At < d.last {
			return fmt.Errorf("seq %d after %d, at %d after %d", f.Seq, d.seq, f.At, d.last)
		}
		d.seq, d.last, d.chain = f.Seq, f.At, fact.Chain(d.chain, raw)
		switch f.Kind {
		case fact.CustomerEnrolled:
			id := gjson(f.Body, "id")
			customers[id] = true
		case fact.SignedIn:
			d.cashier = gjson(f.Body, "employee")
		case fact.ShiftOpened:
			o, err := fact.BodyOf[fact.ShiftOpening](f)
			if err != nil {
				return err
			}
			number := d.shift.Number + 1
			if o.Number != number || o.By != d.cashier {
				return fmt.Errorf("shift %+v after %d", o, d.shift.Number)
			}
			d.shift, err = shift.Open(o.Number, o.Float, o.By, f.At)
			return err
		case fact.CashMoved:
			m, err := fact.BodyOf[shift.CashMove](f)
			if err != nil {
				return err
			}
			return d.shift.Move(m)
		case fact.ShiftClosed:
			z++
			got, err := fact.BodyOf[shift.Shift](f)
			if err != nil {
				return err
			}
			if err := got.Verify(); err != nil {
				return err
			}
			if err := d.shift.Close(got.Counted, got.ClosedBy, got.Closed); err != nil {
				return err
			}
			want, err := json.Marshal(d.shift)
			if err != nil {
				return err
			}
			if string(want) != string(f.Body) {
				return fmt.Errorf("Z %s, receipts sum to %s", f.Body, want)
			}
		case fact.SaleRegistered, fact.ReturnRegistered, fact.ReceiptCancelled:
			r, err := fact.BodyOf[receipt.Receipt](f)
			if err != nil {
				return err
			}
			if err := r.Verify(); err != nil {
				return err
			}
			d.count++
			if want := fmt.Sprintf("%s-%d-%d", f.Store, f.Till, d.count); r.Number != want {
				return fmt.Errorf("receipt %s, want %s", r.Number, want)
			}
			if r.Customer != "" {
				buyers[r.Customer] = true // may have enrolled at a till that is heard of later
			}
			if _, twice := receipts[r.ID]; twice {
				return fmt.Errorf("receipt ID %s twice", r.ID)
			}
			receipts[r.ID] = r
			return d.shift.Apply(&r)
		}
		return nil
	})
	if len(tills) != 6 || len(c.devices) != 6 || z != 6*92 {
		t.Errorf("%d tills, %d devices, %d Z reports", len(tills), len(c.devices), z)
	}
	for _, r := range receipts {
		if err := checkReturn(r, receipts); err != nil {
			t.Error(err)
		}
	}
	for id := range buyers {
		if !customers[id] {
			t.Errorf("customer %s bought and never enrolled", id)
		}
	}
	if len(customers) != sum.Customers || sum.Returns == 0 {
		t.Errorf("%d customers, %+v", len(customers), sum)
	}
	if off := float64(sum.Lines)/float64(tiny.Lines) - 1; off < -0.15 || off > 0.15 {
		t.Errorf("%d lines of %d wanted", sum.Lines, tiny.Lines)
	}
}

// gjson reads one text of an object.
func gjson(raw []byte, name string) string {
	var object map[string]any
	if err := json.Unmarshal(raw, &object); err != nil {
		return err.Error()
	}
	text, _ := object[name].(string)
	return text
}

// checkReturn compares a return with its sale: same money, same tax, later.
func checkReturn(r receipt.Receipt, receipts map[string]receipt.Receipt) error {
	if r.Type != receipt.Return {
		return nil
	}
	sale, found := receipts[r.Original]
	if !found || sale.Closed >= r.Opened {
		return fmt.Errorf("return %s of %q", r.Number, r.Original)
	}
	for _, l := range sale.Lines {
		if l.SKU == r.Lines[0].SKU && l.Net == r.Lines[0].Net && l.TaxBP == r.Lines[0].TaxBP {
			return nil
		}
	}
	return fmt.Errorf("return %s is of something else", r.Number)
}

func TestReferenceIsSound(t *testing.T) {
	c, sum := each(t, Options{Seed: 3, Stores: 3, Months: 1, Lines: 100, End: lastDay}, func(fact.Fact, []byte) error { return nil })
	names, codes, prices := map[string]bool{}, map[string]bool{}, map[catalogue.SKU]bool{}
	var keys, weighed, stopped, packs, second, inLists, kitsSold int
	products := map[catalogue.SKU]catalogue.Product{}
	owners := map[catalogue.SKU]int{}
	for _, row := range c.rows {
		switch v := row.Value.(type) {
		case catalogue.Product:
			if names[v.Name.RU] || v.Name.EN == "" || strings.Contains(v.Name.RU, "  ") {
				t.Errorf("product %s: %+v", v.SKU, v.Name)
			}
			names[v.Name.RU], products[v.SKU] = true, v
			if v.PLU != "" {
				weighed++
			}
			if v.Stopped {
				stopped++
			}
			if v.MinAge == 0 && (v.Category == "cigarettes" || v.Category == "spirits" || v.Category == "wine") {
				t.Errorf("%s for children", v.Name.RU)
			}
		case catalogue.Barcode:
			if !barcode.Valid(v.GTIN) || len(v.GTIN) != 14 || v.GTIN[1:3] != "46" || codes[v.GTIN] {
				t.Errorf("barcode %+v", v)
			}
			codes[v.GTIN] = true
			owners[v.SKU]++
			if v.Factor > 1000 {
				packs++
			} else if owners[v.SKU] > 1 {
				second++
			}
		case catalogue.Price:
			if v.List != "" {
				if v.Min > v.Amount || v.Ended {
					t.Errorf("price %+v", v)
				}
				inLists++
				continue
			}
			prices[v.SKU] = true
			if v.Cost <= 0 || v.Cost >= v.Amount*2 || v.Min > v.Amount {
				t.Errorf("price %+v", v)
			}
		case catalogue.Kit:
			kitsSold++
			for _, part := range v.Parts {
				if p := products[part.SKU]; p.SKU == "" || p.MinAge > products[v.SKU].MinAge {
					t.Errorf("kit %s of %+v", v.SKU, p)
				}
			}
		case catalogue.QuickKey:
			keys++
			if products[v.SKU].SKU != "" {
				t.Error("quick key after products") // they are sent before and found later
			}
		case catalogue.Store:
			if !validTaxID(v.TaxID) {
				t.Errorf("INN %s", v.TaxID)
			}
		case refdata.Card:
			if code, err := barcode.Parse(v.Card, masks); err != nil || code.Kind != barcode.Card {
				t.Errorf("card %s reads as %+v, %v", v.Card, code, err)
			}
		}
	}
	for sku, p := range products {
		if !prices[sku] || (owners[sku] == 0) != (p.PLU != "") {
			t.Errorf("%s %s: price %v, %d codes, PLU %q", sku, p.Name.RU, prices[sku], owners[sku], p.PLU)
		}
	}
	if len(products) != 12_000+len(kits) || kitsSold != len(kits) || sum.Products != 12_000 || keys < 35 || weighed < 80 || stopped != 30 || packs < 100 || second < 400 || inLists < 5_000 {
		t.Errorf("%d products, %d keys, %d weighed, %d stopped, %d packs, %d second codes, %d prices in lists", len(products), keys, weighed, stopped, packs, second, inLists)
	}
}

// validTaxID checks the INN of an organisation against its last digit.
func validTaxID(inn string) bool { return len(inn) == 10 && taxID(inn[:9]) == inn }

func TestTaxID(t *testing.T) {
	// The federal tax service's own INN: 7707329152 (nalog.gov.ru).
	if got := taxID("770732915"); got != "7707329152" {
		t.Errorf("INN %s", got)
	}
}

func TestLabelsAreWeights(t *testing.T) {
	each(t, tiny, func(f fact.Fact, _ []byte) error {
		if f.Kind != fact.SaleRegistered {
			return nil
		}
		r, err := fact.BodyOf[receipt.Receipt](f)
		if err != nil {
			return err
		}
		for _, l := range r.Lines {
			code, err := barcode.Parse(l.Code, masks)
			if err != nil {
				return err
			}
			weighed := code.Kind == barcode.Weight
			if weighed != (l.Unit == "kg") || weighed && code.Quantity != l.Quantity {
				return fmt.Errorf("code %s of %s reads as %+v", l.Code, l.Name.RU, code)
			}
		}
		return nil
	})
}

func TestPINs(t *testing.T) {
	pins, err := PINs(tiny)
	if err != nil || len(pins) != 2*8 {
		t.Fatalf("%d PINs, %v", len(pins), err)
	}
	c := &collector{}
	if _, err := Generate(t.Context(), tiny, c); err != nil {
		t.Fatal(err)
	}
	for _, row := range c.rows {
		if e, ok := row.Value.(staff.Employee); ok && e.ID == pins[0].Employee {
			if !e.HasPIN(pins[0].PIN) || e.HasPIN("0000") {
				t.Errorf("PIN of %s does not fit", e.Name)
			}
			return
		}
	}
	t.Error("no such employee")
}

func TestYesterdayIsOfMoscow(t *testing.T) {
	for now, want := range map[string]string{
		"2026-11-30T20:59:59Z":      "2026-11-29",
		"2026-11-30T21:00:00Z":      "2026-11-30",
		"2028-03-01T00:30:00+03:00": "2028-02-29",
		"2026-12-31T23:58:00+03:00": "2026-12-30",
		"2026-12-31T13:30:00-10:00": "2026-12-31",
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := Yesterday(at); got != want {
			t.Errorf("the day before %s is %s, want %s", now, got, want)
		}
	}
}

func TestOptionsOutOfRange(t *testing.T) {
	for _, opt := range []Options{
		{}, {End: "yesterday"}, {End: lastDay, Stores: -1}, {End: lastDay, Stores: 101},
		{End: lastDay, Months: 500}, {End: lastDay, Lines: -5}, {End: lastDay, SKUs: 10}, {End: lastDay, SKUs: 200_000},
	} {
		if _, err := Generate(t.Context(), opt, &collector{}); errcode.Of(err) != errcode.Invalid {
			t.Errorf("%+v: %v", opt, err)
		}
	}
}

func TestCancelStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	opt := tiny
	opt.Progress = func(done, _ int) {
		if done == 3 {
			cancel()
		}
		if done > 3 {
			t.Errorf("day %d after the end", done)
		}
	}
	if _, err := Generate(ctx, opt, &collector{}); err == nil {
		t.Error("no error")
	}
}

func BenchmarkGenerate(b *testing.B) {
	for b.Loop() {
		sum, err := Generate(b.Context(), Options{Seed: 1, End: lastDay}, &collector{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(sum.Lines), "lines")
	}
}

// The promotions make sense and some run on the day after the chain's last.
func TestPromotionsRun(t *testing.T) {
	c, _ := each(t, tiny, func(fact.Fact, []byte) error { return nil })
	var set pricing.Set
	var tree []catalogue.Category
	for _, row := range c.rows {
		switch value := row.Value.(type) {
		case refdata.Promotion:
			set.Rules = append(set.Rules, value.Rule)
		case refdata.PriceList:
			set.Lists = append(set.Lists, value.List)
		case refdata.Regulation:
			set.Regulations = append(set.Regulations, value.Regulation)
		case catalogue.Category:
			tree = append(tree, value)
		}
	}
	rules, err := pricing.Compile(set, tree)
	if err != nil {
		t.Fatal(err)
	}
	item := pricing.Item{SKU: "1", Category: "yogurt", Unit: quantity.Piece, Quantity: 3 * quantity.One, Price: 50_00}
	priced := pricing.Price(pricing.Basket{Items: []pricing.Item{item}, Date: "2026-11-22", At: 1795428000000, Zone: 180, Store: "1"}, rules)
	if priced[0].Discount != 15_00 {
		t.Errorf("three yogurts at 50.00 are reduced by %d", priced[0].Discount)
	}
	// No shelf price is below the least that the chain's own rules allow.
	for _, row := range c.rows {
		if p, ok := row.Value.(catalogue.Price); ok && p.List == "" {
			item := pricing.Item{SKU: p.SKU, Unit: quantity.Piece, Quantity: quantity.One, Price: p.Amount}
			if g, forbidden := rules.Forbids(pricing.Basket{Date: "2026-11-22", Store: p.Store}, item); forbidden {
				t.Errorf("%s at %d is forbidden by %q", p.SKU, p.Amount, g.ID)
			}
		}
	}
}
