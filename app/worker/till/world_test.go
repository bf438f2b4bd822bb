package till

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/network"
	"tillsight/app/opfs"
	"tillsight/app/zone"
	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	"tillsight/shared/staff"
	"tillsight/shared/tax"
	"tillsight/shared/tender"
	"tillsight/shared/wire"
	wiresync "tillsight/shared/wire/sync"
)

// Codes of the test shop. EAN-13 and in-store samples are those of research on
// barcodes: 4601234567893, 4006381333931, 2100123007509 (PLU 123, 750 g),
// 2300123012507 (PLU 123, 12.50).
const (
	milk        = "4601234567893"
	milkCase    = "14601234567890" // GTIN-14 of six
	pen         = "4006381333931"
	cheeseLabel = "2100123007509"
	cheeseSum   = "2300123012507"
	loyal       = "2900000000018"
	shopOpens   = 1_700_000_000_000 // 2023-11-14 22:13:20 UTC
)

var salt = []byte("0123456789abcdef")

// quickHash stands for staff.HashPIN, which is slow on purpose.
func quickHash(pin string, salt []byte) []byte {
	sum := sha256.Sum256(append([]byte(pin), salt...))
	return sum[:]
}

var testStore = catalogue.Store{ID: "12", Name: catalogue.Text{RU: "Магазин"}, Zone: "Europe/Moscow", Currency: money.RUB}

func testRows() []refdata.Row {
	names := func(ru string) catalogue.Text { return catalogue.Text{RU: ru} }
	product := func(p catalogue.Product) refdata.Row { return refdata.Row{Table: refdata.Products, Value: p} }
	price := func(p catalogue.Price) refdata.Row { return refdata.Row{Table: refdata.Prices, Value: p} }
	code := func(gtin string, sku catalogue.SKU, factor quantity.Milli) refdata.Row {
		return refdata.Row{Table: refdata.Barcodes, Value: catalogue.Barcode{GTIN: barcode.Key(gtin), SKU: sku, Factor: factor}}
	}
	person := func(id, pin string, role staff.Role, bp int64) refdata.Row {
		return refdata.Row{Table: refdata.Employees, Value: staff.Employee{
			ID: id, Name: id, Role: role, PINSalt: salt, PINHash: quickHash(pin, salt), DiscountBP: bp,
		}}
	}
	return []refdata.Row{
		{Table: refdata.Stores, Value: testStore},
		{Table: refdata.TaxRates, Value: tax.Rate{Class: tax.Standard, From: "2019-01-01", BP: 2000}},
		{Table: refdata.TaxRates, Value: tax.Rate{Class: tax.Reduced, From: "2019-01-01", BP: 1000}},
		product(catalogue.Product{SKU: "1001", Name: names("Молоко"), Unit: quantity.Piece, Tax: tax.Reduced, PLU: "7"}),
		product(catalogue.Product{SKU: "1002", Name: names("Ручка"), Unit: quantity.Piece, Tax: tax.Standard}),
		product(catalogue.Product{SKU: "1003", Name: names("Сыр"), Unit: quantity.Kilogram, Tax: tax.Reduced, PLU: "123"}),
		product(catalogue.Product{SKU: "1004", Name: names("Спички"), Unit: quantity.Piece, Tax: tax.Standard, Stopped: true}),
		product(catalogue.Product{SKU: "1005", Name: names("Без цены"), Unit: quantity.Piece, Tax: tax.Standard, PLU: "55"}),
		product(catalogue.Product{SKU: "1006", Name: names("Без ставки"), Unit: quantity.Piece, Tax: "odd"}),
		code(milk, "1001", quantity.One), code(milkCase, "1001", 6*quantity.One), code(pen, "1002", quantity.One),
		code("ABC-1", "1002", quantity.One), code("20000004", "1004", quantity.One),
		price(catalogue.Price{SKU: "1001", From: 1, Amount: 8990}),
		price(catalogue.Price{SKU: "1002", From: 1, Amount: 2500, Min: 2000}),
		price(catalogue.Price{SKU: "1003", From: 1, Amount: 60000}),
		price(catalogue.Price{SKU: "1004", From: 1, Amount: 100}),
		price(catalogue.Price{SKU: "1006", From: 1, Amount: 100}),
		{Table: refdata.Masks, Value: barcode.Mask{Pattern: "21NNNNNQQQQQC", Kind: barcode.Weight}},
		{Table: refdata.Masks, Value: barcode.Mask{Pattern: "23NNNNNMMMMMC", Kind: barcode.Price}},
		{Table: refdata.Masks, Value: barcode.Mask{Pattern: "29NNNNNNNNNNC", Kind: barcode.Card}},
		{Table: refdata.CustomerCards, Value: refdata.Card{Card: "2900000000025", Customer: "c-2", Name: "Анна"}},
		{Table: refdata.QuickKeys, Value: catalogue.QuickKey{Group: "Хлеб", Position: 1, SKU: "1001"}},
		{Table: refdata.QuickKeys, Value: catalogue.QuickKey{Group: "Хлеб", Position: 2, SKU: "none"}},
		person("olga", "1111", staff.Cashier, 0), person("petr", "2222", staff.Senior, 1000), person("vera", "3333", staff.Manager, 10000),
	}
}

// office is a server for one register, in memory.
type office struct {
	db       *sqlite.DB
	file     []byte
	snapshot wiresync.Snapshot

	mu      sync.Mutex
	dead    bool // no answer to anything
	counter uint64
	epoch   uint32
	facts   map[uint32][][]byte // by epoch
	chain   fact.Hash
	now     func() time.Time
	till    int
	recall  func(id string) (wiresync.RecallAnswer, error) // nil: an older server
}

func newOffice(t testing.TB) *office {
	t.Helper()
	o := &office{facts: map[uint32][][]byte{}, now: time.Now, till: 3}
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "reference.db"), sqlite.Options{Pragmas: []string{"synchronous=OFF"}})
	if err != nil {
		t.Fatal(err)
	}
	o.db = db
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := refdata.Migrate(db); err != nil {
		t.Fatal(err)
	}
	o.put(t, testRows()...)
	o.pack(t)
	return o
}

func (o *office) put(t testing.TB, rows ...refdata.Row) {
	t.Helper()
	if err := o.db.Write(func(tx *sqlite.Tx) error { _, err := refdata.Put(tx, rows); return err }); err != nil {
		t.Fatal(err)
	}
}

// pack makes the snapshot anew.
func (o *office) pack(t testing.TB) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "snapshot.db")
	version, err := refdata.Snapshot(o.db, path, testStore.ID)
	if err != nil {
		t.Fatal(err)
	}
	if o.file, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(o.file)
	o.snapshot = wiresync.Snapshot{Version: version, SHA256: hex.EncodeToString(sum[:]), Size: int64(len(o.file)), URL: "/v1/files/x"}
}

func reply(status int, v any) (network.Response, error) {
	b, ok := v.([]byte)
	if !ok {
		var err error
		if b, err = json.Marshal(v); err != nil {
			return network.Response{}, err
		}
	}
	return network.Response{Status: status, Body: io.NopCloser(bytes.NewReader(b))}, nil
}

func refusal(status int, code errcode.Code) (network.Response, error) {
	return reply(status, wire.Failure{Error: errcode.New(code, "", nil)})
}

// Do implements network.Network.
func (o *office) Do(ctx context.Context, r network.Request) (network.Response, error) {
	if strings.HasPrefix(r.URL, wiresync.Listen.Path) {
		<-ctx.Done() // nothing ever happens
		return network.Response{}, ctx.Err()
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.dead {
		return network.Response{}, fmt.Errorf("no network")
	}
	path, _, _ := strings.Cut(r.URL, "?")
	switch path {
	case wiresync.Enrol.Path:
		if !bytes.Contains(r.Body, []byte("GOOD")) {
			return refusal(404, errcode.CodeUnknown)
		}
		o.epoch++
		o.chain = fact.Hash{}
		return reply(200, wiresync.Enrolment{
			Device: "device", Epoch: o.epoch, Token: "token", Store: testStore, Till: o.till,
			Counter: o.counter, Snapshot: o.snapshot,
		})
	case wiresync.GetSnapshot.Path:
		return reply(200, o.snapshot)
	case "/v1/files/x":
		return reply(200, o.file)
	case wiresync.Pull.Path:
		return o.pull(r.URL)
	case wiresync.Push.Path:
		return o.push(r.Body)
	case wiresync.Recall.Path:
		return o.giveParked(r.Body)
	}
	return refusal(404, errcode.NotFound)
}

func (o *office) pull(url string) (network.Response, error) {
	var page wiresync.Changes
	var since int64
	if _, err := fmt.Sscanf(url, wiresync.Pull.Path+"?since=%d", &since); err != nil {
		return network.Response{}, err
	}
	err := o.db.Write(func(tx *sqlite.Tx) (err error) {
		if page.Changes, page.More, err = refdata.Since(tx, since, testStore.ID, 500); err != nil {
			return err
		}
		if page.Cursor, err = refdata.Cursor(tx); err != nil {
			return err
		}
		check, err := refdata.CheckOf(tx, testStore.ID)
		page.Check = &check
		return err
	})
	if err != nil {
		return network.Response{}, err
	}
	return reply(200, page)
}

func (o *office) push(body []byte) (network.Response, error) {
	lines := bufio.NewScanner(bytes.NewReader(body))
	lines.Buffer(nil, 2<<20)
	lines.Scan()
	var head wiresync.PushHeader
	if err := json.Unmarshal(lines.Bytes(), &head); err != nil {
		return refusal(400, errcode.Invalid)
	}
	facts := o.facts[head.Epoch]
	for seq := head.First; lines.Scan(); seq++ {
		if seq == uint64(len(facts))+1 {
			facts = append(facts, bytes.Clone(lines.Bytes()))
			o.chain = fact.Chain(o.chain, lines.Bytes())
		}
	}
	o.facts[head.Epoch] = facts
	have := uint64(len(facts))
	return reply(200, wiresync.Ack{Acked: have, Chain: o.chain, Expected: have + 1, ServerTime: o.now().UnixMilli()})
}

// hall is where the tabs of one device elect the live register.
type hall struct {
	mu    sync.Mutex
	owner *voter
	tabs  []*voter
}

type voter struct {
	hall  *hall
	letGo func()
	none  bool // the platform has no locks
}

func (v *voter) Acquire(context.Context, time.Duration) (bool, error) {
	if v.none {
		return false, errcode.New(errcode.NoStorage, "voter", nil)
	}
	v.hall.mu.Lock()
	defer v.hall.mu.Unlock()
	if v.hall.owner != nil && v.hall.owner != v {
		return false, nil
	}
	v.hall.owner = v
	return true, nil
}

func (v *voter) Release() {
	v.hall.mu.Lock()
	defer v.hall.mu.Unlock()
	if v.hall.owner == v {
		v.hall.owner = nil
	}
}

func (v *voter) AskOthers() error {
	for _, other := range v.hall.tabs {
		if other != v {
			other.letGo()
		}
	}
	return nil
}

func (v *voter) OnAsked(letGo func()) error { v.letGo = letGo; return nil }

// shop is one register with its surroundings.
type shop struct {
	*Session
	t      testing.TB
	office *office
	hall   *hall
	dir    *opfs.Memory
	at     time.Time     // the device's clock
	set    time.Duration // by which somebody set it forward

	devices map[tender.Kind]tender.Device
	ids     *int
	told    int // states that the page was sent
}

// open starts the register's program on the storage that there is.
func (p *shop) open() {
	p.t.Helper()
	tab := &voter{hall: p.hall}
	p.hall.tabs = append(p.hall.tabs, tab)
	p.Session = New(Options{
		Dir:      func() (opfs.Dir, error) { return p.dir, nil },
		Storage:  func() (opfs.Facts, error) { return opfs.Facts{Persisted: true, Quota: 1 << 30}, nil },
		Election: tab,
		Network:  p.office,
		Now:      func() time.Time { return p.at },
		Passed:   func() time.Duration { return p.at.Sub(time.UnixMilli(shopOpens)) - p.set },
		Zone:     zone.Offset,
		Devices:  p.devices,
		Random:   func() float64 { return 0.5 },
		HashPIN:  quickHash,
		NewID:    func() string { *p.ids++; return fmt.Sprintf("id-%d", *p.ids) },
		Tell:     func(bridge.State) { p.told++ },
	})
	p.Session.Open(p.t.Context())
}

// restart ends the program as a closed tab does, and starts it again.
func (p *shop) restart() {
	p.t.Helper()
	p.Session.Close()
	p.dir = p.dir.Reopen()
	p.open()
}

// newShop returns an enrolled register with nobody signed in.
func newShop(t testing.TB) *shop {
	t.Helper()
	return newShopAt(t, newOffice(t))
}

// newShopAt returns a register of the office's chain.
func newShopAt(t testing.TB, o *office) *shop {
	t.Helper()
	p := &shop{t: t, office: o, hall: &hall{}, dir: opfs.NewMemory(), at: time.UnixMilli(shopOpens), ids: new(int)}
	p.office.now = func() time.Time { return p.at }
	p.open()
	if _, err := p.Enrol(t.Context(), wiresync.EnrolRequest{Code: "GOOD"}); err != nil {
		t.Fatalf("Enrol: %v", err)
	}
	p.phase(bridge.PhaseSignedOut)
	return p
}

// newSelling returns a register with the senior cashier signed in and a shift open.
func newSelling(t testing.TB) *shop {
	t.Helper()
	p := newShop(t)
	p.signIn("2222")
	must(t)(p.OpenShift(t.Context(), bridge.Float{Amount: 100_00}))
	return p
}

func (p *shop) phase(want bridge.Phase) bridge.State {
	p.t.Helper()
	state := must(p.t)(p.State(p.t.Context(), struct{}{}))
	if state.Phase != want {
		p.t.Fatalf("phase %q (%v), want %q", state.Phase, state.Fault, want)
	}
	return state
}

func (p *shop) signIn(pin string) {
	p.t.Helper()
	if _, err := p.SignIn(p.t.Context(), bridge.SignIn{PIN: pin}); err != nil {
		p.t.Fatalf("SignIn: %v", err)
	}
}

func (p *shop) scan(code string) bridge.Delta {
	p.t.Helper()
	delta, err := p.Scan(p.t.Context(), bridge.Scan{Code: code})
	if err != nil {
		p.t.Fatalf("Scan %s: %v", code, err)
	}
	return delta
}

func (p *shop) payCash(d bridge.Delta) receipt.Receipt {
	p.t.Helper()
	paid, err := p.Pay(p.t.Context(), bridge.Pay{ID: d.ID, Tenders: []receipt.Tender{{Kind: receipt.Cash, Amount: d.Total}}})
	if err != nil {
		p.t.Fatalf("Pay: %v", err)
	}
	return paid.Receipt
}

// facts returns what the journal holds.
func (p *shop) facts() []fact.Fact {
	p.t.Helper()
	var all []fact.Fact
	err := p.journal.Each(0, func(_ uint64, raw []byte) error {
		f, err := fact.Decode(raw)
		all = append(all, f)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return all
}

// must fails the test of t on an error.
func must(t testing.TB) func(any, error) bridge.State {
	return func(v any, err error) bridge.State {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		state, _ := v.(bridge.State)
		return state
	}
}
