package main

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"tillsight/app/opfs"
	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
)

// The simulation lets real tills sell against the real server: their journals
// on a disk that forgets what was not flushed, their network one that loses,
// repeats and delays, the clocks wrong, either side ending at any moment. All
// of it follows from a seed.
//
// When the faults stop and everything has come to rest, what people hold in
// their hands, the tills' journals, the server's journal and the warehouse must
// be the same receipts, each once.
const (
	simTills = 3
	simSteps = 220
	simSeeds = 100
)

// TestSimulation runs the seeds that once failed, then simSeeds others (N), or
// only that of SEED.
func TestSimulation(t *testing.T) {
	template := simTemplate(t)
	seeds := simSeedList(t)
	var failed sync.Map
	t.Run("seeds", func(t *testing.T) {
		for _, seed := range seeds {
			t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
				t.Parallel()
				defer func() {
					if t.Failed() {
						failed.Store(seed, true)
					}
				}()
				simulate(t, template, seed)
			})
		}
	})
	failed.Range(func(seed, _ any) bool {
		t.Logf("replay with: SEED=%d go test -run TestSimulation ./server", seed)
		return true
	})
}

func simSeedList(t *testing.T) []uint64 {
	t.Helper()
	if text := os.Getenv("SEED"); text != "" {
		return []uint64{simNumber(t, text)}
	}
	file, err := os.Open("../testdata/sim/seeds.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var seeds []uint64
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if text, _, _ := strings.Cut(lines.Text(), "#"); strings.TrimSpace(text) != "" {
			seeds = append(seeds, simNumber(t, strings.TrimSpace(text)))
		}
	}
	count := uint64(simSeeds)
	if text := os.Getenv("N"); text != "" {
		count = simNumber(t, text)
	}
	for seed := range count {
		seeds = append(seeds, seed+1)
	}
	return seeds
}

func simNumber(t *testing.T, text string) uint64 {
	t.Helper()
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// simulate lives through one seed.
func simulate(t *testing.T, template string, seed uint64) {
	w := newSimWorld(t, template, seed)
	for range simSteps {
		w.step()
		w.now = w.now.Add(time.Duration(w.random.IntN(120_000)) * time.Millisecond)
	}
	w.heal()
	w.check()
}

// simWorld is the chain with its tills, its server and what lies between.
type simWorld struct {
	t      *testing.T
	seed   uint64
	random *rand.Rand
	now    time.Time // true time
	dir    string    // data of the server
	server *simServer
	tills  []*simTill
	late   []simLate // requests that arrive later
	faults bool
}

func newSimWorld(t *testing.T, template string, seed uint64) *simWorld {
	t.Helper()
	w := &simWorld{
		t: t, seed: seed, random: rand.New(rand.NewPCG(seed, 2026)), dir: simDir(t),
		now: time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC),
	}
	if err := os.CopyFS(w.dir, os.DirFS(template)); err != nil {
		t.Fatal(err)
	}
	w.server = w.startServer()
	t.Cleanup(func() { w.server.stop(t) })
	skews := []time.Duration{-24 * time.Hour, -3 * time.Minute, 0, 2 * time.Minute, 24 * time.Hour}
	for n := 1; n <= simTills; n++ {
		till := &simTill{w: w, number: n, disk: opfs.NewMemory(), skew: skews[w.random.IntN(len(skews))], printed: map[string]receipt.Receipt{}}
		w.tills = append(w.tills, till)
		till.start()
		till.enrol()
	}
	w.faults = true
	return w
}

// simDir is a directory in memory where there is one: a simulation of hundreds
// of power cuts has no use for the real disk's patience.
func simDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "tillsight-sim-")
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return t.TempDir()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func (w *simWorld) fatalf(format string, args ...any) {
	w.t.Helper()
	w.t.Fatalf("seed %d: %s", w.seed, fmt.Sprintf(format, args...))
}

func (w *simWorld) chance(percent int) bool { return w.random.IntN(100) < percent }

// step does one thing somewhere.
func (w *simWorld) step() {
	till := w.tills[w.random.IntN(len(w.tills))]
	switch n := w.random.IntN(100); {
	case n < 45:
		till.scan()
	case n < 60:
		till.pay()
	case n < 64:
		till.edit()
	case n < 66:
		till.turnShift()
	case n < 80:
		till.push()
	case n < 87:
		till.pull()
	case n < 91:
		w.deliverLate()
	case n < 93:
		till.cutPower()
	case n < 95:
		till.restart()
	case n < 97:
		w.server.stop(w.t)
		w.server = w.startServer()
	default:
		w.newPrice()
	}
}

// newPrice is what a manager does in the middle of the day.
func (w *simWorld) newPrice() {
	price := catalogue.Price{
		SKU:    catalogue.SKU(strconv.Itoa(1001 + w.random.IntN(simProducts))),
		From:   w.now.UnixMilli(),
		Amount: money.Amount(100 + w.random.IntN(90000)),
	}
	if _, err := w.server.feed.Put([]refdata.Row{{Table: refdata.Prices, Value: price}}); err != nil {
		w.fatalf("set a price: %v", err)
	}
}

// heal ends all faults and lets everything come to rest.
func (w *simWorld) heal() {
	w.faults = false
	for len(w.late) > 0 {
		w.deliverLate()
	}
	for _, till := range w.tills {
		till.restart()
		till.closeReceipt()
		for range 1000 {
			more, err := till.Sync().Push(w.t.Context())
			if err != nil {
				w.fatalf("till %d: push after everything was healed: %v", till.number, err)
			}
			if !more {
				break
			}
		}
		for more := true; more; {
			var err error
			if more, err = till.Sync().Pull(w.t.Context()); err != nil {
				w.fatalf("till %d: pull after everything was healed: %v", till.number, err)
			}
		}
	}
	if err := w.server.warehouse.LoadAll(w.t.Context(), w.server.journal, nil); err != nil {
		w.fatalf("load warehouse: %v", err)
	}
}

const simProducts = 8

// simHash stands for staff.HashPIN, which is slow on purpose.
func simHash(pin string, salt []byte) []byte {
	sum := sha256.Sum256(append([]byte(pin), salt...))
	return sum[:]
}

const simPIN = "4711"

// simRows is the chain's reference data.
func simRows() []refdata.Row {
	store := catalogue.Store{ID: "5", Name: catalogue.Text{RU: "Пятый"}, Zone: "Europe/Moscow", Currency: money.RUB}
	rows := []refdata.Row{
		{Table: refdata.Stores, Value: store},
		{Table: refdata.TaxRates, Value: tax.Rate{Class: tax.Standard, From: "2026-01-01", BP: 2200}},
		{Table: refdata.Employees, Value: staff.Employee{
			ID: "vera", Name: "Вера", Role: staff.Manager, DiscountBP: 2000,
			PINSalt: []byte("salt"), PINHash: simHash(simPIN, []byte("salt")),
		}},
	}
	for n := range simTills {
		rows = append(rows, refdata.Row{Table: refdata.Tills, Value: refdata.Till{Store: store.ID, Number: n + 1}})
	}
	for n := range simProducts {
		sku := catalogue.SKU(strconv.Itoa(1001 + n))
		rows = append(rows,
			refdata.Row{Table: refdata.Products, Value: catalogue.Product{
				SKU: sku, Name: catalogue.Text{RU: "Товар " + string(sku)}, Category: "all", Unit: quantity.Piece, Tax: tax.Standard,
			}},
			refdata.Row{Table: refdata.Barcodes, Value: catalogue.Barcode{GTIN: barcode.Key(simCode(n)), SKU: sku, Factor: quantity.One}},
			refdata.Row{Table: refdata.Prices, Value: catalogue.Price{SKU: sku, From: 1, Amount: money.Amount(999 * (n + 1))}})
	}
	return rows
}

func simCode(n int) string {
	digits := fmt.Sprintf("46000000%04d", n)
	return digits + string(barcode.CheckDigit(digits))
}

// simTemplate is the data directory that every seed begins with.
func simTemplate(t *testing.T) string {
	t.Helper()
	w := &simWorld{t: t, dir: filepath.Join(simDir(t), "data"), now: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)}
	if err := os.MkdirAll(w.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s := w.startServer()
	if _, err := s.feed.Put(simRows()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.feed.Snapshot("5"); err != nil {
		t.Fatal(err)
	}
	s.stop(t)
	return w.dir
}

// fell reports whether an operation failed. A till whose power is being cut is
// started anew; any other failure is one of the program.
func (till *simTill) fell(err error) bool {
	if err == nil {
		return false
	}
	if !till.cutting || errcode.Of(err) != errcode.StorageFault {
		till.w.fatalf("till %d: %v", till.number, err)
	}
	till.crash()
	return true
}
