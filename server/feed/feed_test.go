package feed

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
	"tillsight/shared/staff"
	wire "tillsight/shared/wire/sync"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, dir string) *Feed {
	t.Helper()
	f, err := Open(filepath.Join(dir, "reference.db"), filepath.Join(dir, "snapshots"), func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// filled returns a feed with stores 1 and 2, a cashier in each and n articles.
func filled(t *testing.T, dir string, n int) *Feed {
	t.Helper()
	f := open(t, dir)
	var rows []refdata.Row
	for _, store := range []string{"1", "2"} {
		rows = append(rows,
			refdata.Row{Table: refdata.Stores, Value: catalogue.Store{ID: store, Name: catalogue.Text{RU: "Магазин"}, Zone: "UTC", Currency: money.RUB}},
			refdata.Row{Table: refdata.Employees, Value: staff.Employee{ID: "e" + store, Name: "Secretive " + store, Role: staff.Cashier, Store: store}})
	}
	for i := range n {
		sku := catalogue.SKU(fmt.Sprint(100 + i))
		rows = append(rows,
			refdata.Row{Table: refdata.Products, Value: catalogue.Product{SKU: sku, Name: catalogue.Text{RU: "Товар"}, Category: "c", Unit: quantity.Piece, Tax: "standard"}},
			refdata.Row{Table: refdata.Prices, Value: catalogue.Price{SKU: sku, From: 1, Amount: 1000, Cost: 700}})
	}
	if _, err := f.Put(rows); err != nil {
		t.Fatal(err)
	}
	return f
}

func closeFeed(t *testing.T, f *Feed) {
	t.Helper()
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}

func TestTooFarBehindMustRefetch(t *testing.T) {
	f := filled(t, t.TempDir(), 20)
	defer closeFeed(t, f)
	f.behind = 10
	version := f.Version()
	for since, want := range map[int64]errcode.Code{
		version: "", version - 10: "", version - 11: errcode.MustRefetch, 0: errcode.MustRefetch,
		version + 1: errcode.MustRefetch, -1: errcode.MustRefetch,
	} {
		if _, err := f.Pull("1", since, 0); errcode.Of(err) != want {
			t.Errorf("since %d of %d: %v, want %q", since, version, err, want)
		}
	}
}

func TestSnapshotIsKeptWhileItIsNewEnough(t *testing.T) {
	dir := t.TempDir()
	f := filled(t, dir, 5)
	first := snapshot(t, f, "1")
	for i := range 3 {
		price(t, f, int64(2000+i))
	}
	if again := snapshot(t, f, "1"); again != first {
		t.Errorf("a few changes later it is another one: %+v, %+v", again, first)
	}
	if page, err := f.Pull("1", first.Version, 0); err != nil || len(page.Changes) != 1 || page.Cursor != first.Version+3 {
		t.Errorf("after the snapshot: %+v, %v; want the one price's last change", page, err)
	}
	closeFeed(t, f)
	f = open(t, dir)
	if again := snapshot(t, f, "1"); again != first {
		t.Errorf("after a restart it is another one: %+v, %+v", again, first)
	}
	for i := range staleMax + 1 {
		price(t, f, int64(3000+i))
	}
	second := snapshot(t, f, "1")
	if second.SHA256 == first.SHA256 || second.Version != f.Version() {
		t.Errorf("the old one is served at version %d: %+v", f.Version(), second)
	}
	if _, err := f.File("1", first.SHA256); err != nil {
		t.Errorf("downloads of the one before break: %v", err)
	}
	closeFeed(t, f)
	if err := os.Remove(filepath.Join(dir, "snapshots", second.SHA256)); err != nil {
		t.Fatal(err)
	}
	f = open(t, dir)
	defer closeFeed(t, f)
	third := snapshot(t, f, "1")
	path, err := f.File("1", third.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("a snapshot without its file: %v", err)
	}
}

func snapshot(t *testing.T, f *Feed, store string) wire.Snapshot {
	t.Helper()
	s, err := f.Snapshot(store)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func price(t *testing.T, f *Feed, amount int64) {
	t.Helper()
	if _, err := f.SetPrice(catalogue.Price{SKU: "100", Amount: money.Amount(amount)}); err != nil {
		t.Fatal(err)
	}
}

func TestSnapshotHoldsOnlyWhatTheStoreNeeds(t *testing.T) {
	f := filled(t, t.TempDir(), 3)
	defer closeFeed(t, f)
	s := snapshot(t, f, "1")
	path, err := f.File("1", s.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(raw); !strings.Contains(text, "Secretive 1") || strings.Contains(text, "Secretive 2") {
		t.Error("the staff in the snapshot is not that of the store")
	}
	if _, err := f.File("2", s.SHA256); errcode.Of(err) != errcode.NotFound {
		t.Errorf("another store gets it: %v", err)
	}
	if _, err := f.Snapshot("3"); errcode.Of(err) != errcode.NotFound {
		t.Errorf("snapshot of no store: %v", err)
	}
}

// Registers that start at once wait for one snapshot; prices change meanwhile.
func TestSnapshotsAtOnce(t *testing.T) {
	dir := t.TempDir()
	f := filled(t, dir, 50)
	var wait sync.WaitGroup
	got := make([]wire.Snapshot, 8)
	for i := range got {
		wait.Go(func() {
			s, err := f.Snapshot("1")
			if err != nil {
				t.Error(err)
			}
			got[i] = s
		})
	}
	wait.Go(func() {
		for i := range 20 {
			if _, err := f.SetPrice(catalogue.Price{SKU: "101", Amount: money.Amount(500 + i)}); err != nil {
				t.Error(err)
			}
		}
	})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f.Run(ctx, func(err error) { t.Error(err) })
	}()
	wait.Wait()
	cancel()
	<-ended
	for _, s := range got {
		if s != got[0] {
			t.Errorf("two snapshots were made: %+v, %+v", s, got[0])
		}
	}
	closeFeed(t, f)
	left, err := filepath.Glob(filepath.Join(dir, "snapshots", "making-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
}

func TestRunKeepsSnapshotsReady(t *testing.T) {
	f := filled(t, t.TempDir(), 2)
	defer closeFeed(t, f)
	if err := f.prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, store := range []string{"1", "2"} {
		if s, ok, err := f.held(store, 0); err != nil || !ok || s.Version != f.Version() {
			t.Errorf("store %s: %+v, %v, %v", store, s, ok, err)
		}
	}
}

func TestRestartRemovesWhatWasNotFinished(t *testing.T) {
	dir := t.TempDir()
	closeFeed(t, filled(t, dir, 1))
	unfinished := filepath.Join(dir, "snapshots", "making-123")
	stray := filepath.Join(dir, "snapshots", strings.Repeat("a", 64)+".br")
	if err := os.Mkdir(unfinished, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(stray, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	closeFeed(t, open(t, dir))
	for _, name := range []string{unfinished, stray} {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
}
