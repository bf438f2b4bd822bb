//go:build !js

package archive_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/insight/archive"
	"tillsight/app/network"
	"tillsight/app/opfs"
	"tillsight/server/budget"
	"tillsight/server/cubes"
	devices "tillsight/server/device"
	"tillsight/server/feed"
	"tillsight/server/httpapi"
	"tillsight/server/journal"
	"tillsight/server/routes"
	files "tillsight/server/segment"
	"tillsight/server/user"
	"tillsight/server/warehouse"
	"tillsight/server/warehouse/warehousetest"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/report"
	"tillsight/shared/sqlite"
	"tillsight/shared/wire/office"
	"tillsight/shared/wire/sync"
)

// chain is the whole way from a till's facts to a manager's device, with the
// real server between.
type chain struct {
	t       *testing.T
	journal *journal.Journal
	url     string
	prev    map[string]fact.Hash
	sent    map[string]uint64
	sold    map[string]int64 // store → revenue
}

const password = "correct horse battery"

func newChain(t *testing.T) *chain {
	t.Helper()
	c := &chain{t: t, prev: map[string]fact.Hash{}, sent: map[string]uint64{}, sold: map[string]int64{}}
	dir := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	c.journal, err = journal.Open(filepath.Join(dir, "journal.db"), time.Now)
	must(err)
	people, err := sqlite.Open(filepath.Join(dir, "journal.db"), sqlite.Options{})
	must(err)
	registers, err := devices.Open(people, time.Now, rand.Reader)
	must(err)
	users, err := user.Open(people, time.Now, rand.Reader)
	must(err)
	must(users.Add(office.User{Login: "all", Name: "All", Role: user.Manager, All: true}, password))
	must(users.Add(office.User{Login: "two", Name: "Two", Role: user.Manager, Stores: []string{"2"}}, password))
	reference, err := feed.Open(filepath.Join(dir, "reference.db"), filepath.Join(dir, "snapshots"), time.Now)
	must(err)
	stock := warehousetest.NewReference(t)
	must(stock.View(func(q refdata.Querier) error {
		stores, err := refdata.AllStores(q)
		for _, store := range stores {
			_, err := reference.Put([]refdata.Row{{Table: refdata.Stores, Value: store}})
			must(err)
		}
		return err
	}))
	book, err := budget.Open(people, time.Now)
	must(err)
	w, err := warehouse.Open(filepath.Join(dir, "warehouse.db"))
	must(err)
	segments, err := files.Open(filepath.Join(dir, "segments"), w, registers, time.Now)
	must(err)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{}, 2)
	go func() {
		w.Run(ctx, c.journal, reference, book, time.Now, func(err error) { t.Error(err) })
		done <- struct{}{}
	}()
	go func() { segments.Run(ctx, func(err error) { t.Error(err) }); done <- struct{}{} }()
	server := httptest.NewServer(httpapi.New(httpapi.Options{
		Journal: c.journal, Devices: registers, Users: users, Feed: reference, Segments: segments, Warehouse: w,
		Routes: []routes.Part{
			journal.NewDoor(c.journal, reference.Version, time.Now).Routes,
			feed.Desk{Feed: reference}.Routes,
			func(r *routes.Registry) { files.Routes(r, segments) },
			cubes.New(segments).Routes,
		},
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now, Closing: ctx,
	}))
	c.url = server.URL
	t.Cleanup(func() {
		stop()
		<-done
		<-done
		server.Close()
		for _, err := range []error{w.Close(), reference.Close(), people.Close(), c.journal.Close()} {
			if err != nil {
				t.Error(err)
			}
		}
	})
	return c
}

// push sends what a till has written to its tape, as the till would.
func (c *chain) push(till *warehousetest.Till, tape *warehousetest.Tape) {
	c.t.Helper()
	for _, b := range tape.Facts {
		f, err := fact.Decode(b)
		if err != nil {
			c.t.Fatal(err)
		}
		_, err = c.journal.Append(c.t.Context(), journal.Place{Store: f.Store, Till: f.Till}, sync.PushHeader{
			Proto: sync.Version, Device: f.Device, Epoch: f.Epoch, First: f.Seq, Prev: c.prev[f.Device], Count: 1,
		}, [][]byte{b})
		if err != nil {
			c.t.Fatal(err)
		}
		c.prev[f.Device] = fact.Chain(c.prev[f.Device], b)
		switch f.Kind {
		case fact.SaleRegistered, fact.ReturnRegistered:
			r, err := fact.BodyOf[receipt.Receipt](f)
			if err != nil {
				c.t.Fatal(err)
			}
			sign := int64(1)
			if r.Type == receipt.Return {
				sign = -1
			}
			c.sold[till.Store] += sign * int64(r.Total)
		}
	}
	tape.Facts = nil
}

// logIn logs somebody in and starts a report worker.
func (c *chain) logIn(login string) *manager {
	c.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		c.t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	request, err := http.NewRequest("POST", c.url+office.GetSession.Path, bytes.NewReader([]byte(`{"login":"`+login+`","password":"`+password+`"}`)))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("X-Tillsight", "1")
	request.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(request)
	if err != nil || answer.StatusCode != 200 {
		c.t.Fatalf("log-in: %v, %v", answer, err)
	}
	answer.Body.Close()
	m := &manager{t: c.t, changed: make(chan struct{}, 1)}
	disk := opfs.NewMemory()
	m.archive = archive.New(archive.Options{
		Dir: func() (opfs.Dir, error) { return disk, nil }, Network: network.HTTP{Client: client}, Base: c.url,
		Now: time.Now, Random: func() float64 { return 0 }, Log: func(string, error) {}, Rest: func() {},
		Tell: func(bridge.Insight) {
			select {
			case m.changed <- struct{}{}:
			default:
			}
		},
		Progress: func(bridge.Progress) {},
	})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { m.archive.Run(ctx); close(done) }()
	c.t.Cleanup(func() { cancel(); <-done })
	return m
}

// manager is his device at the real server.
type manager struct {
	t       *testing.T
	archive *archive.Archive
	changed chan struct{}
}

// wants waits until the device shows the revenue of each store.
func (m *manager) wants(sold map[string]int64) {
	m.t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		r, err := m.archive.Query(m.t.Context(), cube.Query{Measures: []cube.MeasureID{cube.Revenue}, By: []cube.DimID{cube.Store}})
		if err != nil {
			m.t.Fatal(err)
		}
		same := len(r.Rows) == len(sold)
		for _, row := range r.Rows {
			same = same && sold[row.Keys[0]] == row.Values[0].N
		}
		if same {
			return
		}
		select {
		case <-m.changed:
		case <-deadline:
			m.t.Fatalf("shows %+v, sold %v", r.Rows, sold)
		}
	}
}

// TestFromTheTillToTheScreen: the sum of the receipts is the sum on the
// manager's device, without a refresh, and each sees only his stores.
func TestFromTheTillToTheScreen(t *testing.T) {
	c := newChain(t)
	tape := &warehousetest.Tape{}
	start := time.Date(2026, 10, 30, 6, 0, 0, 0, time.UTC)
	first := warehousetest.NewTill(t, tape, "1", 1, 1, start)
	for range 3 {
		first.Day(20)
	}
	c.push(first, tape)
	second := warehousetest.NewTill(t, tape, "2", 1, 2, start)
	second.Day(20)
	c.push(second, tape)

	all, two := c.logIn("all"), c.logIn("two")
	all.wants(c.sold)
	two.wants(map[string]int64{"2": c.sold["2"]})
	for range 3 {
		first.Sell("", "")
		c.push(first, tape)
		all.wants(c.sold)
		second.Sell("c7", "card7")
		c.push(second, tape)
		all.wants(c.sold)
		two.wants(map[string]int64{"2": c.sold["2"]})
	}
	dims, err := two.archive.Dims(t.Context(), bridge.DimsRequest{Dim: cube.Store})
	if err != nil || len(dims) != 1 || !strings.Contains(dims[0].Name.RU, "Второй") {
		t.Errorf("stores that the manager of store 2 sees: %+v, %v", dims, err)
	}
}

// TestServerAnswersTheSame: a device that keeps nothing has the server answer,
// by the same rights and with the same words as one that keeps everything.
func TestServerAnswersTheSame(t *testing.T) {
	c := newChain(t)
	tape := &warehousetest.Tape{}
	start := time.Date(2026, 9, 10, 6, 0, 0, 0, time.UTC)
	for n, store := range []string{"1", "2"} {
		till := warehousetest.NewTill(t, tape, store, 1, uint64(n+1), start)
		for range 3 {
			till.Day(12)
			till.Clock = till.Clock.AddDate(0, 1, 0)
		}
		c.push(till, tape)
	}
	sold := map[string]map[string]int64{"all": c.sold, "two": {"2": c.sold["2"]}}
	ask := func(name string, request any) report.Request {
		b, err := json.Marshal(request)
		if err != nil {
			t.Fatal(err)
		}
		return report.Request{Report: report.Name(name), Ask: b}
	}
	for login, want := range sold {
		here, there := c.logIn(login), c.logIn(login)
		here.wants(want)
		there.wants(want)
		if state, err := there.archive.SetBudget(t.Context(), bridge.Budget{Bytes: 1}); err != nil || state.Elsewhere == "" {
			t.Fatalf("%s: %+v, %v", login, state, err)
		}
		asked := 0
		same := func(question any, on func(a *archive.Archive) (any, error)) {
			t.Helper()
			asked++
			a, errHere := on(here.archive)
			b, errThere := on(there.archive)
			if errcode.Of(errHere) != errcode.Of(errThere) {
				t.Errorf("%s: %v on the device, %v at the server: %+v", login, errHere, errThere, question)
				return
			}
			if x, y := asJSON(t, a), asJSON(t, b); x != y {
				t.Errorf("%s: %+v\n%.600s on the device\n%.600s at the server", login, question, x, y)
			}
		}
		for _, dim := range cube.Dims() {
			for _, compare := range []cube.Compare{cube.NoCompare, cube.Previous, cube.LastYear, cube.Plan} {
				q := cube.Query{
					Measures: []cube.MeasureID{cube.Revenue, cube.AverageReceipt, cube.Customers}, By: []cube.DimID{dim.ID}, Limit: 3, Rest: true,
					From: "2026-10-01", To: "2026-11-20", Compare: compare, Sort: []cube.Sort{{Measure: cube.Revenue, Desc: true}},
				}
				same(q, func(a *archive.Archive) (any, error) { return a.Query(t.Context(), q) })
			}
		}
		drill := cube.Drill{Slice: cube.Slice{From: "2026-09-01", To: "2026-10-31"}, Measure: cube.Revenue}
		same(drill, func(a *archive.Archive) (any, error) { return a.List(t.Context(), drill) })
		for name, request := range map[string]any{
			string(report.NameABC): report.ABCRequest{}, string(report.NameRFM): report.RFMRequest{}, string(report.NameBase): report.BaseRequest{},
			string(report.NameFinance): report.FinanceRequest{}, "nothing": struct{}{},
		} {
			r := ask(name, request)
			same(r, func(a *archive.Archive) (any, error) { return a.Report(t.Context(), r) })
		}
		if state, err := there.archive.State(t.Context()); err != nil || state.Lines != 0 {
			t.Errorf("%s: %d lines were downloaded after all (%v)", login, state.Lines, err)
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
