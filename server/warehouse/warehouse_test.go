package warehouse_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"testing"
	"time"

	"tillsight/server/warehouse"
	"tillsight/server/warehouse/warehousetest"
	"tillsight/shared/catalogue"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

var start = time.Date(2026, 10, 30, 6, 0, 0, 0, time.UTC)

func open(t *testing.T) *warehouse.Warehouse {
	t.Helper()
	w, err := warehouse.Open(filepath.Join(t.TempDir(), "warehouse.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func load(t *testing.T, w *warehouse.Warehouse, tape *warehousetest.Tape, ref *warehousetest.Reference) {
	t.Helper()
	if err := w.Refer(ref); err != nil {
		t.Fatal(err)
	}
	if err := w.LoadAll(t.Context(), tape, nil); err != nil {
		t.Fatal(err)
	}
}

// ask returns the only row of a query as text.
func ask(t *testing.T, w *warehouse.Warehouse, sql string, args ...any) string {
	t.Helper()
	var got string
	err := w.View(func(q warehouse.Querier) error {
		return q.Query(sql, func(r sqlite.Row) error {
			got += r.Text(0)
			return nil
		}, args...)
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func sums(t *testing.T, w *warehouse.Warehouse) map[string]string {
	t.Helper()
	s, err := w.Sums()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestIncrementalEqualsRebuild(t *testing.T) {
	tape, ref := &warehousetest.Tape{}, warehousetest.NewReference(t)
	tills := []*warehousetest.Till{
		warehousetest.NewTill(t, tape, "1", 1, 1, start),
		warehousetest.NewTill(t, tape, "1", 2, 2, start),
		warehousetest.NewTill(t, tape, "2", 1, 3, start),
	}
	w := open(t)
	for day := range 4 {
		for _, till := range tills {
			till.Day(40)
			if day == 2 {
				till.Write("LoyaltyPointsMoved", 1, map[string]int{"points": 5})
			}
			load(t, w, tape, ref)
		}
		// Costs that hold for the past too, as when an invoice comes late.
		ref.Put(t, refdata.Row{Table: refdata.Prices, Value: catalogue.Price{
			SKU: "103", From: start.Add(time.Duration(day) * 5 * time.Hour).UnixMilli(), Amount: 4000, Cost: money.Amount(1700 + day),
		}})
	}
	load(t, w, tape, ref)
	incremental := sums(t, w)

	path := filepath.Join(t.TempDir(), "again.db")
	if err := warehouse.Rebuild(t.Context(), path, tape, ref, &warehousetest.Budget{}, nil); err != nil {
		t.Fatal(err)
	}
	again, err := warehouse.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	rebuilt := sums(t, again)
	if !maps.Equal(incremental, rebuilt) {
		for table := range incremental {
			if incremental[table] != rebuilt[table] {
				t.Errorf("table %s differs", table)
			}
		}
	}
	if n := ask(t, w, `SELECT count(*) FROM receipt`); n != "480" {
		t.Errorf("%s receipts", n)
	}
	if n := ask(t, w, `SELECT count(*) FROM quarantine WHERE reason = 'fact.unknown'`); n != "3" {
		t.Errorf("%s unknown facts kept", n)
	}
}

// TestSumsAgree compares the totals kept at every level with the lines.
func TestSumsAgree(t *testing.T) {
	tape, ref, w := &warehousetest.Tape{}, warehousetest.NewReference(t), open(t)
	till := warehousetest.NewTill(t, tape, "1", 1, 7, start)
	for range 3 {
		till.Day(60)
		load(t, w, tape, ref)
	}
	for name, sql := range map[string]string{
		"receipts": `SELECT count(*) FROM receipt r
			WHERE (r.net, r.discount, r.tax, r.cost, r.quantity, r.lines) IS NOT (
				SELECT sum(net), sum(discount), sum(tax), sum(cost), sum(quantity), count(*)
				FROM receipt_line WHERE receipt = r.pos AND voided = 0)`,
		"payments": `SELECT count(*) FROM receipt r
			WHERE r.net <> (SELECT sum(amount) FROM payment WHERE receipt = r.pos)`,
		"customers": `SELECT count(*) FROM customer_metrics m
			WHERE (m.receipts, m.returns, m.lines, m.net, m.cost) IS NOT (
				SELECT sum(kind = 0), sum(kind = 1), sum(lines), sum(net), sum(cost) FROM receipt WHERE customer = m.customer)
			OR m.last_at IS NOT (SELECT coalesce(max(at), 0) FROM receipt WHERE customer = m.customer AND kind = 0)
			OR m.first_at IS NOT (SELECT coalesce(min(at), 0) FROM receipt WHERE customer = m.customer AND kind = 0)`,
		"customers without metrics": `SELECT count(*) FROM receipt
			WHERE customer IS NOT NULL AND customer NOT IN (SELECT customer FROM customer_metrics)`,
		"days": `SELECT count(*) FROM sales_day d
			WHERE (d.receipts, d.lines) IS NOT (SELECT count(*), sum(lines) FROM receipt WHERE store = d.store AND day = d.day)`,
		"returns are negative": `SELECT count(*) FROM receipt WHERE kind = 1 AND net > 0`,
		"cost is known":        `SELECT count(*) FROM receipt_line WHERE cost = 0 AND voided = 0`,
	} {
		if n := ask(t, w, sql); n != "0" {
			t.Errorf("%s: %s rows disagree", name, n)
		}
	}
	if n := ask(t, w, `SELECT count(*) FROM customer_metrics`); n == "0" {
		t.Error("no customers")
	}
}

func TestQuarantine(t *testing.T) {
	cases := []struct {
		name, reason string
		write        func(*warehousetest.Till)
	}{
		{"one kopeck more", "receipt.wrong_sum", func(till *warehousetest.Till) {
			r := till.Receipt("", "")
			r.Total++
			till.Register(r)
		}},
		{"line that does not multiply", "receipt.wrong_sum", func(till *warehousetest.Till) {
			r := till.Receipt("", "")
			r.Lines[0].Net--
			till.Register(r)
		}},
		{"not paid", "receipt.state", func(till *warehousetest.Till) {
			r := till.Receipt("", "")
			r.State = receipt.Open
			till.Register(r)
		}},
		{"year 1995", "clock.wrong", func(till *warehousetest.Till) {
			r := till.Receipt("", "")
			r.Date = "1995-02-03"
			till.Register(r)
		}},
		{"number without a count", "invalid", func(till *warehousetest.Till) {
			r := till.Receipt("", "")
			r.Number = "1-1-x"
			till.Register(r)
		}},
		{"same receipt again", "conflict", func(till *warehousetest.Till) {
			till.Register(till.Sell("", ""))
		}},
		{"unknown kind", "fact.unknown", func(till *warehousetest.Till) { till.Write("StockCounted", 1, struct{}{}) }},
		{"later version", "fact.unknown", func(till *warehousetest.Till) { till.Write(fact.SaleRegistered, 2, till.Receipt("", "")) }},
		{"body of another form", "invalid", func(till *warehousetest.Till) { till.Write(fact.CashMoved, 1, []int{1}) }},
		{"nobody", "invalid", func(till *warehousetest.Till) { till.Enrol("", "card1") }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tape, ref, w := &warehousetest.Tape{}, warehousetest.NewReference(t), open(t)
			till := warehousetest.NewTill(t, tape, "1", 1, 5, start)
			c.write(till)
			bad := len(tape.Facts)
			till.Sell("", "")
			load(t, w, tape, ref)
			if n, err := w.Quarantined(); err != nil || n != 1 {
				t.Fatalf("%d facts in quarantine, %v", n, err)
			}
			if got := ask(t, w, `SELECT reason FROM quarantine`); got != c.reason {
				t.Errorf("reason %q, want %q", got, c.reason)
			}
			if got := ask(t, w, `SELECT bytes FROM quarantine`); got != string(tape.Facts[bad-1]) {
				t.Errorf("kept %q", got)
			}
			if n := ask(t, w, `SELECT count(*) > 0 FROM receipt`); n != "1" {
				t.Error("the sale after it did not arrive")
			}
		})
	}
}

func TestLateFact(t *testing.T) {
	tape, ref, w := &warehousetest.Tape{}, warehousetest.NewReference(t), open(t)
	early := warehousetest.NewTill(t, tape, "1", 1, 5, start)
	late := warehousetest.NewTill(t, tape, "1", 2, 6, start)
	early.Day(5)
	early.Day(5)
	load(t, w, tape, ref)
	day := `SELECT receipts FROM sales_day d JOIN calendar c ON c.day = d.day WHERE c.date = '2026-10-30'`
	change := `SELECT revision FROM sales_change d JOIN calendar c ON c.day = d.day WHERE c.date = '2026-10-30'`
	if n := ask(t, w, day); n != "5" {
		t.Fatalf("%s receipts on the first day", n)
	}
	before := ask(t, w, change)
	late.Sell("", "") // arrives a day later, belongs to the first day
	load(t, w, tape, ref)
	if n := ask(t, w, day); n != "6" {
		t.Errorf("%s receipts on the first day, want 6", n)
	}
	if after := ask(t, w, change); after == before {
		t.Error("the day is not marked as changed")
	}
}

// TestCardBeforeCustomer: a card is shown, and only later is it known whose it is.
func TestCardBeforeCustomer(t *testing.T) {
	tape, ref, w := &warehousetest.Tape{}, warehousetest.NewReference(t), open(t)
	till := warehousetest.NewTill(t, tape, "1", 1, 5, start)
	till.Sell("", "77")
	till.Sell("", "78")
	load(t, w, tape, ref)
	if n := ask(t, w, `SELECT count(*) FROM receipt WHERE customer IS NOT NULL`); n != "0" {
		t.Fatalf("%s receipts have a customer already", n)
	}
	till.Enrol("c1", "77")
	load(t, w, tape, ref)
	got := ask(t, w, `SELECT c.id || ' ' || (m.receipts + m.returns) || ' ' || (m.net = r.net)
		FROM receipt r JOIN customer c ON c.key = r.customer JOIN customer_metrics m ON m.customer = c.key`)
	if got != "c1 1 1" {
		t.Errorf("got %q", got)
	}
}

func TestProfileVersions(t *testing.T) {
	tape, ref, w := &warehousetest.Tape{}, warehousetest.NewReference(t), open(t)
	till := warehousetest.NewTill(t, tape, "1", 1, 5, start)
	at := func(hours int, card string) {
		till.Clock = start.Add(time.Duration(hours) * time.Hour)
		till.Enrol("c1", card)
		load(t, w, tape, ref)
	}
	at(0, "first")
	at(10, "third")
	at(5, "second") // arrives late
	for hours, want := range map[int]string{0: "first", 4: "first", 5: "second", 9: "second", 10: "third", 1000: "third"} {
		moment := start.Add(time.Duration(hours) * time.Hour).UnixMilli()
		got := ask(t, w, `SELECT card FROM customer_profile WHERE valid_from <= ?1 AND ?1 < valid_to`, moment)
		if got != want {
			t.Errorf("after %d hours: %q, want %q", hours, got, want)
		}
	}
}

// TestLateCost: an invoice that comes late changes the cost of what was sold.
func TestLateCost(t *testing.T) {
	tape, ref, w := &warehousetest.Tape{}, warehousetest.NewReference(t), open(t)
	till := warehousetest.NewTill(t, tape, "1", 1, 5, start)
	till.Day(30)
	load(t, w, tape, ref)
	ref.Put(t, refdata.Row{Table: refdata.Prices, Value: catalogue.Price{SKU: "101", Store: "1", From: 0, Amount: 5000, Cost: 1}})
	load(t, w, tape, ref)
	bad := ask(t, w, `SELECT count(*) FROM receipt_line l JOIN product p ON p.key = l.product
		WHERE p.sku = '101' AND voided = 0 AND abs(l.cost) <> (abs(l.quantity) + 500) / 1000`)
	if bad != "0" {
		t.Errorf("%s lines have the old cost", bad)
	}
	if n := ask(t, w, `SELECT count(*) FROM receipt r
		WHERE cost <> (SELECT sum(cost) FROM receipt_line WHERE receipt = r.pos AND voided = 0)`); n != "0" {
		t.Errorf("%s receipts have the old sum", n)
	}
}

// TestHeaderOfUnreadableFact: bytes that are no fact at all stop nothing.
func TestHeaderOfUnreadableFact(t *testing.T) {
	tape, ref, w := &warehousetest.Tape{}, warehousetest.NewReference(t), open(t)
	tape.Facts = append(tape.Facts, []byte("{"))
	load(t, w, tape, ref)
	if n, err := w.Quarantined(); err != nil || n != 1 {
		t.Errorf("%d facts in quarantine, %v", n, err)
	}
}

func BenchmarkLoad(b *testing.B) {
	tape, ref := &warehousetest.Tape{}, warehousetest.NewReference(b)
	till := warehousetest.NewTill(b, tape, "1", 1, 1, start)
	for range 40 {
		till.Day(500)
	}
	lines := 0
	for _, f := range tape.Facts {
		var body struct{ Body receipt.Receipt }
		if err := json.Unmarshal(f, &body); err == nil {
			lines += len(body.Body.Lines)
		}
	}
	b.ResetTimer()
	for n := range b.N {
		w, err := warehouse.Open(filepath.Join(b.TempDir(), fmt.Sprint(n, ".db")))
		if err != nil {
			b.Fatal(err)
		}
		if err := w.Refer(ref); err != nil {
			b.Fatal(err)
		}
		if err := w.LoadAll(b.Context(), tape, nil); err != nil {
			b.Fatal(err)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*lines)/b.Elapsed().Seconds(), "lines/s")
}
