package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tillsight/server/export"
	"tillsight/server/warehouse"
	"tillsight/server/warehouse/warehousetest"
	"tillsight/shared/catalogue"
	"tillsight/shared/customer"
	"tillsight/shared/fact"
	"tillsight/shared/scope"
	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
)

var start = time.Date(2026, 10, 30, 6, 0, 0, 0, time.UTC)

// chain is the warehouse of two stores with customers, plans and expenses.
func chain(t testing.TB) *warehouse.Warehouse {
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
	tape := &warehousetest.Tape{}
	one := warehousetest.NewTill(t, tape, "1", 1, 1, start)
	two := warehousetest.NewTill(t, tape, "2", 1, 2, start)
	one.Write(fact.CustomerEnrolled, 1, customer.Customer{
		ID: "c5", Card: "card5", Name: "Анна", Phone: "+79161234567", Birth: "1988-04-17", Sex: "f", Store: "1", Consent: customer.Consent{Data: true},
	})
	two.Enrol("c6", "card6")
	for range 5 {
		one.Day(30)
		two.Day(20)
	}
	for _, err := range []error{
		w.Refer(warehousetest.NewReference(t)),
		w.TakeBudget(&warehousetest.Budget{
			N:        1,
			Plans:    []segment.Plan{{Store: "1", Month: "2026-11", Measure: "revenue", Value: 100}, {Store: "2", Month: "2026-11", Measure: "revenue", Value: 200}},
			Expenses: []segment.Expense{{Month: "2026-11", Kind: "ads", Amount: -1_05}, {Store: "2", Month: "2026-11", Kind: "rent", Amount: 300_000_00}},
		}),
		w.LoadAll(t.Context(), tape, nil),
		w.TakeMembers(members{}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// members puts c5 into a segment, and c6 for a day.
type members struct{}

func (members) Changes(int64) (warehouse.MemberChanges, error) {
	return warehouse.MemberChanges{
		Seq:      2,
		Segments: []warehouse.CustomerSegment{{ID: "s1", Name: catalogue.Text{RU: "Свои"}, Live: true, Version: 1}},
		Members: []warehouse.Member{
			{Segment: "s1", Customer: "c5", Entered: 1, Version: 1, Why: "[]"},
			{Segment: "s1", Customer: "c6", Entered: 1, Left: 86_400_000, Version: 1, Why: "[]", WhyLeft: "[]"},
		},
	}, nil
}

var everything = export.Ask{Who: scope.All().WithPersonal(true)}

func write(t testing.TB, w *warehouse.Warehouse, out io.Writer, table, form string, a export.Ask) int64 {
	t.Helper()
	described, ok := export.TableOf(table)
	if !ok {
		t.Fatalf("no table %s", table)
	}
	described, ok = described.Visible(a)
	if !ok {
		t.Fatalf("table %s is not to be seen", table)
	}
	format, _ := export.FormatOf(form)
	var rows int64
	err := w.Look(func(q warehouse.Querier) (err error) {
		rows, err = export.Write(t.Context(), out, q, described, format, a)
		return err
	})
	if err != nil {
		t.Fatalf("%s.%s: %v", table, form, err)
	}
	return rows
}

// TestDuckDB reads every table's Parquet and CSV with DuckDB: as many rows and
// the same sums in both, and those of the warehouse.
func TestDuckDB(t *testing.T) {
	modules, err := filepath.Abs("../../web/node_modules")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(modules, "@duckdb/node-api")); err != nil {
		t.Fatalf("%v: run `npm ci` in web first, as make test does", err)
	}
	w, dir := chain(t), t.TempDir()
	rows := map[string]int64{}
	args := []string{"duck.mjs", modules}
	for _, table := range export.Tables() {
		for _, form := range []string{"csv", "parquet"} {
			path := filepath.Join(dir, table.Name+"."+form)
			file, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			rows[path] = write(t, w, file, table.Name, form, everything)
			if err := file.Close(); err != nil {
				t.Fatal(err)
			}
			args = append(args, path)
		}
	}
	node := exec.CommandContext(t.Context(), "node", args...)
	node.Stderr = os.Stderr
	told, err := node.Output()
	if err != nil {
		t.Fatal(err)
	}
	var found map[string]struct {
		Rows  int64
		Types map[string]string
		Sums  map[string]string
	}
	if err := json.Unmarshal(told, &found); err != nil {
		t.Fatal(err)
	}
	for _, table := range export.Tables() {
		csv, parquet := filepath.Join(dir, table.Name+".csv"), filepath.Join(dir, table.Name+".parquet")
		if found[csv].Rows != rows[csv] || found[parquet].Rows != rows[parquet] || rows[csv] == 0 && table.Name != "cancelled" {
			t.Errorf("%s: %d and %d rows, written were %d", table.Name, found[csv].Rows, found[parquet].Rows, rows[csv])
		}
		for _, c := range table.Columns {
			if got := found[parquet].Types[c.Name]; got != duckTypes[c.Kind] {
				t.Errorf("%s.%s is %s in DuckDB, want %s", table.Name, c.Name, got, duckTypes[c.Kind])
			}
			if c.Kind != export.Money && c.Kind != export.Milli && c.Kind != export.Whole {
				continue
			}
			if a, b := found[csv].Sums[c.Name], found[parquet].Sums[c.Name]; a != b && !(a == "" && trimmed(b) == "") {
				t.Errorf("%s.%s sums to %q in CSV, %q in Parquet", table.Name, c.Name, a, b)
			}
		}
	}
	for sql, got := range map[string]string{
		`SELECT sum(net) FROM receipt`:                             found[filepath.Join(dir, "receipts.parquet")].Sums["revenue"],
		`SELECT sum(quantity) FROM receipt_line`:                   found[filepath.Join(dir, "lines.parquet")].Sums["quantity"],
		`SELECT sum(amount) FROM payment`:                          found[filepath.Join(dir, "payments.parquet")].Sums["amount"],
		`SELECT sum(cost) FROM receipt WHERE customer IS NOT NULL`: found[filepath.Join(dir, "customer_metrics.parquet")].Sums["cost"],
		`SELECT sum(net - tax - cost) FROM customer_metrics`:       found[filepath.Join(dir, "customer_metrics.parquet")].Sums["margin"],
		`SELECT sum(amount) FROM ref_expense`:                      found[filepath.Join(dir, "expenses.parquet")].Sums["amount"],
	} {
		if want := sumOf(t, w, sql); digits(got) != want && digits(got) != want+"0" {
			t.Errorf("%s: %s in DuckDB, %s in the warehouse", sql, got, want)
		}
	}
}

var duckTypes = map[export.Kind]string{
	export.Text: "VARCHAR", export.Whole: "BIGINT", export.Money: "DECIMAL(18,2)", export.Milli: "DECIMAL(18,3)",
	export.Date: "DATE", export.Moment: "TIMESTAMP WITH TIME ZONE", export.Truth: "BOOLEAN",
}

func trimmed(sum string) string { return strings.Trim(sum, "0.") }

func digits(decimal string) string { return strings.ReplaceAll(decimal, ".", "") }

func sumOf(t *testing.T, w *warehouse.Warehouse, sql string) (sum string) {
	t.Helper()
	if err := w.View(func(q warehouse.Querier) error {
		return q.Query(sql, func(r sqlite.Row) error {
			sum = r.Text(0)
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	return sum
}

func readCSV(t *testing.T, b []byte) (head []string, rows []map[string]string) {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return all[0], rows
}

// TestRights: a token of one store gets this store's rows, no expenses of the
// chain, and nothing personal without the right.
func TestRights(t *testing.T) {
	w := chain(t)
	for _, table := range export.Tables() {
		ask := export.Ask{Who: scope.Of("2")}
		described, ok := table.Visible(ask)
		if !ok {
			if table.Name != "customer_identities" {
				t.Errorf("table %s is hidden", table.Name)
			}
			continue
		}
		var out bytes.Buffer
		write(t, w, &out, table.Name, "csv", ask)
		head, rows := readCSV(t, out.Bytes())
		for _, row := range rows {
			for _, column := range []string{"store_id", "home_store_id"} {
				if store, has := row[column]; has && store != "2" && table.ByStore {
					t.Errorf("%s tells of store %q", table.Name, store)
				}
			}
		}
		for _, c := range table.Columns {
			if c.Personal == slices.Contains(head, c.Name) || len(head) != len(described.Columns) {
				t.Errorf("%s: columns %v", table.Name, head)
			}
		}
		if table.Name == "expenses" && len(rows) != 1 {
			t.Errorf("expenses of the chain are told: %v", rows)
		}
	}
	one, both := metrics(t, w, export.Ask{Who: scope.Of("1")}), metrics(t, w, export.Ask{Who: scope.Of("1", "2")})
	if one >= both || one == 0 {
		t.Errorf("metrics count %d receipts in one store, %d in both", one, both)
	}
}

func metrics(t *testing.T, w *warehouse.Warehouse, a export.Ask) (receipts int) {
	t.Helper()
	var out bytes.Buffer
	write(t, w, &out, "customer_metrics", "csv", a)
	_, rows := readCSV(t, out.Bytes())
	for _, row := range rows {
		var n int
		if _, err := fmt.Sscan(row["receipts"], &n); err != nil {
			t.Fatal(err)
		}
		receipts += n
	}
	return receipts
}

func TestFilters(t *testing.T) {
	w := chain(t)
	var out bytes.Buffer
	write(t, w, &out, "receipts", "csv", export.Ask{Who: scope.All(), From: "2026-10-31", To: "2026-11-01", Only: []string{"1"}})
	_, rows := readCSV(t, out.Bytes())
	if len(rows) == 0 {
		t.Fatal("no rows")
	}
	for _, row := range rows {
		if row["store_id"] != "1" || row["business_date"] < "2026-10-31" || row["business_date"] > "2026-11-01" {
			t.Errorf("row %v", row)
		}
	}
	out.Reset()
	write(t, w, &out, "segment_members", "csv", export.Ask{Who: scope.All(), Equal: map[string]string{"customer_id": "c5"}})
	if _, rows := readCSV(t, out.Bytes()); len(rows) != 1 || rows[0]["customer_id"] != "c5" {
		t.Errorf("members who are c5: %v", rows)
	}
	table, _ := export.TableOf("receipts")
	if err := table.Check(export.Ask{Who: scope.All(), From: "yesterday"}); err == nil {
		t.Error("a date that is none was taken")
	}
}

func TestXLSX(t *testing.T) {
	w := chain(t)
	var out bytes.Buffer
	rows := write(t, w, &out, "lines", "xlsx", everything)
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	all, err := book.GetRows("lines")
	if err != nil || int64(len(all)) != rows+1 || all[0][0] != "receipt_id" {
		t.Errorf("%d rows, %v, want %d and a head", len(all), err, rows)
	}
}

// TestCancelled: somebody who goes away stops the export.
func TestCancelled(t *testing.T) {
	w := chain(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	table, _ := export.TableOf("lines")
	format, _ := export.FormatOf("csv")
	err := w.Look(func(q warehouse.Querier) error {
		_, err := export.Write(ctx, io.Discard, q, table, format, everything)
		return err
	})
	if err == nil {
		t.Error("it was written to its end")
	}
}
