package httpapi

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tillsight/server/aside"
	"tillsight/server/attempt"
	"tillsight/server/audit"
	"tillsight/server/device"
	"tillsight/server/feed"
	"tillsight/server/journal"
	"tillsight/server/notice"
	"tillsight/server/pricelist"
	"tillsight/server/routes"
	segments "tillsight/server/segment"
	"tillsight/server/setup"
	"tillsight/server/user"
	"tillsight/server/warehouse"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/scope"
	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
	wiresync "tillsight/shared/wire/sync"
)

// world is a server with a small chain: stores 1 and 2 with two tills each.
type world struct {
	testing.TB
	dir     string
	server  *Server
	log     *lockedBuffer
	people  *sqlite.DB
	tries   *attempt.Limiter
	star    *warehouse.Warehouse
	close   context.CancelFunc
	closers []func() error

	mu  sync.Mutex
	now time.Time
}

type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

const (
	adminPassword   = "correct horse battery"
	managerPassword = "staple of store two"
)

func newWorld(tb testing.TB) *world {
	tb.Helper()
	w := &world{TB: tb, dir: tb.TempDir(), now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), log: &lockedBuffer{}}
	w.start()
	tb.Cleanup(w.stop)
	_, err := w.server.Feed.Put(assortment())
	w.must(err)
	w.must(w.server.Users.Add(office.User{Login: "boss", Name: "Boss", Role: user.Admin}, adminPassword))
	w.must(w.server.Users.Add(office.User{Login: "two", Name: "Two", Role: user.Manager, Stores: []string{"2"}}, managerPassword))
	return w
}

// assortment is milk and bread, milk dearer in store 2.
func assortment() []refdata.Row {
	rows := []refdata.Row{
		{Table: refdata.Products, Value: catalogue.Product{SKU: "101", Name: catalogue.Text{RU: "Молоко", EN: "Milk"}, Category: "dairy", Unit: quantity.Piece, Tax: "reduced"}},
		{Table: refdata.Products, Value: catalogue.Product{SKU: "102", Name: catalogue.Text{RU: "Хлеб", EN: "Bread"}, Category: "bakery", Unit: quantity.Piece, Tax: "reduced"}},
		{Table: refdata.Prices, Value: catalogue.Price{SKU: "101", From: 1, Amount: 8990, Cost: 7777}},
		{Table: refdata.Prices, Value: catalogue.Price{SKU: "102", From: 1, Amount: 4500, Cost: 3333}},
		{Table: refdata.Prices, Value: catalogue.Price{SKU: "101", Store: "2", From: 1, Amount: 9490}},
	}
	for _, store := range []string{"1", "2"} {
		rows = append(rows, refdata.Row{Table: refdata.Stores, Value: catalogue.Store{
			ID: store, Name: catalogue.Text{RU: "Магазин " + store, EN: "Store " + store}, Zone: "Europe/Moscow", Currency: money.RUB}})
		for till := range 2 {
			rows = append(rows, refdata.Row{Table: refdata.Tills, Value: refdata.Till{Store: store, Number: till + 1}})
		}
	}
	return rows
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// pass lets time go on.
func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *world) start() {
	w.Helper()
	j, err := journal.Open(filepath.Join(w.dir, "journal.db"), w.clock)
	w.must(err)
	people, err := sqlite.Open(filepath.Join(w.dir, "journal.db"), sqlite.Options{})
	w.must(err)
	devices, err := device.Open(people, w.clock, rand.Reader)
	w.must(err)
	users, err := user.Open(people, w.clock, rand.Reader)
	w.must(err)
	f, err := feed.Open(filepath.Join(w.dir, "reference.db"), filepath.Join(w.dir, "snapshots"), w.clock)
	w.must(err)
	closing, cancel := context.WithCancel(context.Background())
	w.people = people
	w.close, w.closers = cancel, []func() error{devices.Flush, f.Close, people.Close, j.Close}
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	changed := &notice.Board{}
	auditor, err := audit.Open(j, f, w.clock)
	w.must(err)
	door := journal.NewDoor(j, f.Version, w.clock)
	w.tries = &attempt.Limiter{Now: w.clock}
	parts := []routes.Part{
		door.Routes,
		device.Desk{Registry: devices, Journal: j, Reference: f, Tries: w.tries, Changed: changed.Post, Log: log}.Routes,
		feed.Desk{Feed: f, Secret: func() string { return "secret" }}.Routes,
		user.Desk{Registry: users, Known: f.Known, Changed: changed.Post}.Routes,
		pricelist.New(f, w.clock).Routes,
		func(r *routes.Registry) { auditor.Routes(r, w.clock) },
		(&aside.Facts{Journal: j, Devices: devices}).Routes,
		(&setup.Start{Writer: setup.Writer{Feed: f}, Users: users, Now: w.clock, Tries: w.tries}).Routes,
		func(r *routes.Registry) { segments.Routes(r, fakeSegments{}) },
	}
	w.server = New(Options{
		Journal: j, Devices: devices, Users: users, Feed: f, Segments: fakeSegments{}, Closing: closing, Now: w.clock,
		Log: log, Routes: parts, Metrics: door.Metrics(), Changed: changed,
	})
}

// add gives the server the routes of other parts.
func (w *world) add(parts ...routes.Part) {
	opt := w.server.Options
	opt.Routes = append(slices.Clone(opt.Routes), parts...)
	w.server = New(opt)
}

func (w *world) stop() {
	w.Helper()
	w.close()
	for _, close := range w.closers {
		if err := close(); err != nil {
			w.Error(err)
		}
	}
	w.closers = nil
}

func (w *world) restart() {
	w.stop()
	w.start()
}

// fakeSegments has a file for each store, named by the store's digit.
type fakeSegments struct{}

func (fakeSegments) Manifest(_ context.Context, who scope.Scope) (segment.Manifest, error) {
	stores := who.Stores()
	if who.Whole() {
		stores = []string{"1", "2"}
	}
	m := segment.Manifest{}
	for _, store := range stores {
		m.Segments = append(m.Segments, segment.Ref{Hash: strings.Repeat(store, 64), Table: segment.TableSales, Store: store})
	}
	m.Seal()
	return m, nil
}

func (s fakeSegments) File(ctx context.Context, who scope.Scope, sha256 string) (string, error) {
	m, err := s.Manifest(ctx, who)
	for _, ref := range m.Segments {
		if ref.Hash == sha256 {
			return "testdata/segment", nil
		}
	}
	return "", errcode.New(errcode.NotFound, "fake", err)
}

func (fakeSegments) Subscribe() (<-chan struct{}, func()) { return nil, func() {} }

// request is one question and what must and must not be in the answer.
type request struct {
	method, path string
	header       map[string]string
	body         string
	status       int
	code         errcode.Code
	want, not    []string
}

// ask sends r and checks the answer.
func (w *world) ask(r request) *httptest.ResponseRecorder {
	w.Helper()
	q := httptest.NewRequest(r.method, r.path, strings.NewReader(r.body))
	for name, value := range r.header {
		q.Header.Set(name, value)
	}
	a := httptest.NewRecorder()
	w.server.ServeHTTP(a, q)
	body := a.Body.String()
	if r.status != 0 && a.Code != r.status {
		w.Errorf("%s %s: status %d, want %d: %s", r.method, r.path, a.Code, r.status, body)
	}
	if r.code != "" {
		var f wire.Failure
		if err := json.Unmarshal(a.Body.Bytes(), &f); err != nil || f.Error == nil || f.Error.Code != r.code {
			w.Errorf("%s %s: %s, want code %q", r.method, r.path, body, r.code)
		}
	}
	for _, text := range r.want {
		if !strings.Contains(body, text) {
			w.Errorf("%s %s: %s, want %q in it", r.method, r.path, body, text)
		}
	}
	for _, text := range r.not {
		if strings.Contains(body, text) {
			w.Errorf("%s %s: %s, want no %q in it", r.method, r.path, body, text)
		}
	}
	return a
}

func decode[T any](tb testing.TB, body io.Reader) (v T) {
	tb.Helper()
	if err := json.NewDecoder(body).Decode(&v); err != nil {
		tb.Fatal(err)
	}
	return v
}

// person is what our page sends for somebody logged in.
func (w *world) person(login, password string) map[string]string {
	w.Helper()
	a := w.ask(request{
		method: "POST", path: office.GetSession.Path, header: ownJSON,
		body: fmt.Sprintf(`{"login":%q,"password":%q}`, login, password), status: http.StatusOK,
	})
	cookie, _, _ := strings.Cut(a.Header().Get("Set-Cookie"), ";")
	return map[string]string{"Cookie": cookie, "X-Tillsight": "1", "Content-Type": "application/json"}
}

var ownJSON = map[string]string{"X-Tillsight": "1", "Content-Type": "application/json"}

func (w *world) boss() map[string]string { return w.person("boss", adminPassword) }
func (w *world) two() map[string]string  { return w.person("two", managerPassword) }

// newCode returns a fresh enrolment code.
func (w *world) newCode(store string, till int) string {
	w.Helper()
	code, err := w.server.Devices.NewCode(store, till)
	w.must(err)
	return code.Code
}

// register is an enrolled till with its journal.
type register struct {
	wiresync.Enrolment
	prev fact.Hash
	seq  uint64
}

func (w *world) enrol(store string, till int) *register {
	w.Helper()
	a := w.ask(request{
		method: "POST", path: wiresync.Enrol.Path, header: map[string]string{"Content-Type": "application/json"},
		body: fmt.Sprintf(`{"code":%q,"name":"tablet"}`, w.newCode(store, till)), status: http.StatusOK,
	})
	return &register{Enrolment: decode[wiresync.Enrolment](w, a.Body)}
}

func (r *register) header() map[string]string {
	return map[string]string{"Authorization": "Bearer " + r.Token, "Content-Type": "application/x-ndjson"}
}

// sell makes n sales and returns them as a push body.
func (r *register) sell(tb testing.TB, n int) string {
	tb.Helper()
	header := wiresync.PushHeader{Proto: 1, Device: r.Device, Epoch: r.Epoch, First: r.seq + 1, Prev: r.prev, Count: n}
	head, err := json.Marshal(header)
	if err != nil {
		tb.Fatal(err)
	}
	lines := []string{string(head)}
	for range n {
		r.seq++
		raw, err := fact.Encode(fact.Header{
			Device: r.Device, Epoch: r.Epoch, Seq: r.seq, Kind: fact.SaleRegistered, Version: 1,
			At: 1, Store: r.Store.ID, Till: r.Till,
		}, receipt.Receipt{
			ID: fmt.Sprintf("%s-%d", r.Device, r.seq), Number: fmt.Sprintf("%s-%d-%d", r.Store.ID, r.Till, r.Counter+r.seq),
			Shift: 3, Lines: []receipt.Line{},
		})
		if err != nil {
			tb.Fatal(err)
		}
		r.prev = fact.Chain(r.prev, raw)
		lines = append(lines, string(raw))
	}
	return strings.Join(lines, "\n") + "\n"
}

func (w *world) push(r *register, body string) wiresync.Ack {
	w.Helper()
	a := w.ask(request{method: "POST", path: wiresync.Push.Path, header: r.header(), body: body, status: http.StatusOK})
	return decode[wiresync.Ack](w, a.Body)
}
