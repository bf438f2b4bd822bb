package warehouse_test

import (
	"path/filepath"
	"testing"
	"time"

	"tillsight/server/journal"
	"tillsight/server/warehouse"
	"tillsight/server/warehouse/warehousetest"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	"tillsight/shared/sqlite"
)

// decisions is what people said of facts.
type decisions map[int64]journal.Settled

func (d decisions) SettledFacts() (map[int64]journal.Settled, error) { return d, nil }

// A fact whose rows the database refuses does not stop the ones behind it, and
// when the reason is mended it is released.
func TestFactThatCannotBeWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "warehouse.db")
	w, err := warehouse.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}()
	tape, ref := &warehousetest.Tape{}, warehousetest.NewReference(t)
	till := warehousetest.NewTill(t, tape, "1", 1, 7, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	till.OpenShift()
	till.Sell("c1", "")
	load(t, w, tape, ref)
	set := func(net string) {
		db, err := sqlite.Open(path, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Exec(`UPDATE customer_metrics SET net = ` + net); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	set("9223372036854775807")
	for range 5 {
		till.Sell("", "")
	}
	poison := till.Receipt("c1", "")
	for poison.Type != receipt.Sale {
		poison = till.Receipt("c1", "")
	}
	till.Register(poison)
	for range 5 {
		till.Sell("", "")
	}
	till.CloseShift()
	load(t, w, tape, ref)
	if got := w.Position(); got != int64(len(tape.Facts)) {
		t.Errorf("stands at %d of %d", got, len(tape.Facts))
	}
	list, err := w.QuarantineList(decisions{}, 0, 10)
	if err != nil || len(list) != 1 || list[0].Pos != 8 || list[0].Kind == "" || list[0].Detail == "" {
		t.Fatalf("quarantine %+v, %v", list, err)
	}
	if n, err := w.Waiting(decisions{8: {Pos: 8, By: "boss"}}); n != 0 || err != nil {
		t.Errorf("%d wait, %v, when one is settled", n, err)
	}
	if err := w.Release(t.Context(), tape, 8); errcode.Of(err) == "" {
		t.Error("released though it still fails")
	}
	set("0")
	if err := w.Release(t.Context(), tape, 8); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, w, `SELECT count(*) FROM receipt WHERE id = ?`, poison.ID); got != "1" {
		t.Errorf("%s receipts after the release", got)
	}
	if _, err := w.QuarantineAt(decisions{}, 8); errcode.Of(err) != errcode.NotFound {
		t.Errorf("still in quarantine: %v", err)
	}
	if got := w.Position(); got != int64(len(tape.Facts)) {
		t.Errorf("stands at %d after the release", got)
	}
}

// FactLost is understood: its number is there, and nothing else.
func TestLostFact(t *testing.T) {
	w := open(t)
	tape := &warehousetest.Tape{}
	till := warehousetest.NewTill(t, tape, "1", 1, 7, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	till.Write(fact.FactLost, 1, fact.Nothing{})
	load(t, w, tape, warehousetest.NewReference(t))
	if n, err := w.Quarantined(); n != 0 || err != nil || w.Position() != 1 {
		t.Errorf("%d in quarantine, %v", n, err)
	}
}
