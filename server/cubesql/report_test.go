package cubesql_test

import (
	"fmt"
	"testing"

	"tillsight/server/demo"
	"tillsight/server/warehouse"
	"tillsight/shared/cube"
	"tillsight/shared/report"
	"tillsight/shared/sqlite"
)

// TestForecastOfDemo makes the forecast of the month's end on the demo chain as
// it would have been made on the 10th and the 20th of every month, and looks how
// it came: the interval promises four in five.
func TestForecastOfDemo(t *testing.T) {
	_, c := chainOf(t, demo.Options{Seed: 5, Stores: 2, Months: 15, Lines: 25_000, SKUs: 600, End: "2026-10-31"})
	made, held, missed := 0, 0, 0.0
	for _, month := range []string{"2026-04", "2026-10"} {
		for _, day := range []int{10, 20} {
			to := fmt.Sprintf("%s-%02d", month, day)
			r, err := report.EmployeesOf(t.Context(), c, report.EmployeesRequest{Slice: cube.Slice{From: month + "-01", To: to}})
			if err != nil {
				t.Fatal(err)
			}
			if r.Through != to || r.Month != month || len(r.Tried) < 3 {
				t.Fatalf("%s: through %s of %s, tried on %d months", to, r.Through, r.Month, len(r.Tried))
			}
			for _, tried := range r.Tried {
				made++
				if tried.Low <= tried.Actual && tried.Actual <= tried.High {
					held++
				}
				missed += float64(max(tried.Actual-tried.Expected, tried.Expected-tried.Actual)) / float64(tried.Actual)
			}
		}
	}
	t.Logf("%d forecasts: the interval held %d, they missed by %.1f %% on average", made, held, 100*missed/float64(made))
	if 100*held < 70*made || missed/float64(made) > 0.08 {
		t.Errorf("the interval held %d of %d, they missed by %.1f %% on average", held, made, 100*missed/float64(made))
	}
}

// TestLostReceipts counts receipts that were given up in files and in the
// warehouse, and the cuts of lines against their discounts.
func TestLostReceipts(t *testing.T) {
	w, c := newChain(t)
	var receipts, total, discount int64
	err := w.View(func(q warehouse.Querier) error {
		err := q.Query(`SELECT count(*), sum(total) FROM cancelled_receipt`, func(r sqlite.Row) error {
			receipts, total = r.Int64(0), r.Int64(1)
			return nil
		})
		if err != nil {
			return err
		}
		return q.Query(`SELECT sum(discount) FROM receipt`, func(r sqlite.Row) error {
			discount = r.Int64(0)
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	lost, ok, err := c.Lost(cube.Slice{})
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	var n, sum, off int64
	for _, l := range lost {
		n, sum = n+int64(l.Receipts), sum+l.Total
	}
	cuts, err := c.Cuts(t.Context(), cube.Slice{})
	if err != nil {
		t.Fatal(err)
	}
	for _, cut := range cuts {
		off += cut.Amount
		if cut.Rule.ID == "" || cut.Rule.Name.RU == "" && !cut.Rule.Manual() {
			t.Errorf("a rule without a name: %+v", cut)
		}
	}
	if n != receipts || sum != total || n == 0 || off != discount || off == 0 {
		t.Errorf("%d of %d receipts given up, %d of %d; cuts of %d, discounts of %d", n, receipts, sum, total, off, discount)
	}
}
