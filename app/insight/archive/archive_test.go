package archive_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/insight/archive"
	"tillsight/app/network"
	"tillsight/app/opfs"
	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/segment"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
	wiresync "tillsight/shared/wire/sync"
)

// server is a network with a server of segments behind it.
type server struct {
	total    int64 // what it answers to any query
	mu       sync.Mutex
	away     bool
	refusal  *errcode.Error
	manifest segment.Manifest
	files    map[string][]byte
	asked    []string
	live     []chan string
}

func (s *server) Do(ctx context.Context, r network.Request) (network.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.away {
		return network.Response{}, errors.New("no route")
	}
	path := strings.TrimPrefix(r.URL, "http://server")
	s.asked = append(s.asked, path)
	if s.refusal != nil {
		return reply(401, wire.Failure{Error: s.refusal})
	}
	switch {
	case path == office.GetManifest.Path:
		return reply(200, s.manifest)
	case path == wiresync.Listen.Path:
		reader, writer := io.Pipe()
		events := make(chan string, 10)
		s.live = append(s.live, events)
		go func() {
			for {
				select {
				case event := <-events:
					if _, err := fmt.Fprint(writer, event); err != nil {
						return
					}
				case <-ctx.Done():
					writer.CloseWithError(ctx.Err())
					return
				}
			}
		}()
		return network.Response{Status: 200, Body: reader}, nil
	}
	if path == office.Query.Path {
		return reply(200, cube.Result{Total: cube.Row{Values: []cube.Value{cube.Some(s.total)}}})
	}
	b, ok := s.files[strings.TrimPrefix(path, wiresync.GetFile.At(""))]
	if !ok {
		return reply(404, wire.Failure{Error: errcode.New(errcode.NotFound, "", nil)})
	}
	return network.Response{Status: 200, Body: io.NopCloser(bytes.NewReader(b))}, nil
}

// leave makes the server unreachable, or reachable again.
func (s *server) leave(away bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.away = away
}

func reply(status int, body any) (network.Response, error) {
	b, err := json.Marshal(body)
	return network.Response{Status: status, Body: io.NopCloser(bytes.NewReader(b))}, err
}

// downloads returns how many files were asked for since the last call.
func (s *server) downloads() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, path := range s.asked {
		if strings.HasPrefix(path, wiresync.GetFile.At("")) {
			n++
		}
	}
	s.asked = nil
	return n
}

func (s *server) put(t *testing.T, f segment.File) segment.Ref {
	t.Helper()
	b, err := segment.Encode(f)
	if err != nil {
		t.Fatal(err)
	}
	hash := segment.Hash(b)
	s.files[hash] = b
	return segment.Ref{Hash: hash, Table: f.Table, Store: f.Store, Month: f.Month, Size: int64(len(b))}
}

// sales makes a file of n receipts of 100 each on the first days of a month.
func sales(t *testing.T, month string, n int) segment.File {
	t.Helper()
	start, err := cube.ParseDay(month + "-01")
	if err != nil {
		t.Fatal(err)
	}
	s := &segment.Sales{Store: "1", Month: month, First: []uint32{0}}
	var amount []int64
	for i := range n {
		s.At = append(s.At, uint32(start)*86400+uint32(i))
		s.Day = append(s.Day, uint16(start)+uint16(i))
		s.Hour = append(s.Hour, 10)
		s.Kind = append(s.Kind, segment.KindSale)
		s.Till = append(s.Till, 0)
		s.Cashier = append(s.Cashier, 0)
		s.Customer = append(s.Customer, segment.NoCustomer)
		s.Number = append(s.Number, int32(i))
		s.Product = append(s.Product, 0)
		s.Took, s.Voided = append(s.Took, 0), append(s.Voided, 0)
		s.First = append(s.First, uint32(i+1))
		amount = append(amount, 100)
	}
	s.Price = segment.MakeInts(amount)
	all := segment.MakeInts(amount)
	s.Line = segment.Amounts{Quantity: all, Net: all, Discount: all, Tax: all, Cost: all}
	s.Sum = s.Line
	return s.File()
}

func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{files: map[string][]byte{}}
	s.manifest.Dims = []segment.Ref{
		s.put(t, segment.StoreFile(segment.Rows[segment.Store]{Keys: []int32{0}, Rows: []segment.Store{{ID: "1", Name: catalogue.Text{RU: "Первый"}}}})),
		s.put(t, segment.ProductFile(segment.Rows[segment.Product]{Keys: []int32{0}, Rows: []segment.Product{{SKU: "7", Name: catalogue.Text{RU: "Хлеб", EN: "Bread"}, Category: -1}}})),
	}
	s.sell(t, map[string]int{"2026-09": 3, "2026-10": 4, "2026-11": 5})
	return s
}

// sell makes the manifest list months with so many receipts each.
func (s *server) sell(t *testing.T, months map[string]int) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.manifest.Segments = nil
	for _, month := range slices.Sorted(maps.Keys(months)) {
		ref := s.put(t, sales(t, month, months[month]))
		ref.Rows = months[month]
		s.manifest.Segments = append(s.manifest.Segments, ref)
	}
	s.manifest.Seal()
}

// device is a manager's device whose worker can be started again.
type device struct {
	t      *testing.T
	server *server
	dir    func() (opfs.Dir, error)
	budget int64

	archive *archive.Archive
	stop    func()
	mu      sync.Mutex
	states  []bridge.Insight
	changed chan struct{}
}

func newDevice(t *testing.T, s *server) *device {
	disk := opfs.NewMemory()
	d := &device{t: t, server: s, dir: func() (opfs.Dir, error) { return disk, nil }}
	t.Cleanup(func() {
		if d.stop != nil {
			d.stop()
		}
	})
	return d
}

func (d *device) start() {
	d.t.Helper()
	if d.stop != nil {
		d.stop()
	}
	d.states, d.changed = nil, make(chan struct{}, 1)
	changed := d.changed
	d.archive = archive.New(archive.Options{
		Dir: d.dir, Network: d.server, Base: "http://server", Now: time.Now, Random: func() float64 { return 0 },
		Tell: func(state bridge.Insight) {
			d.mu.Lock()
			d.states = append(d.states, state)
			d.mu.Unlock()
			select {
			case changed <- struct{}{}:
			default:
			}
		},
		Progress: func(bridge.Progress) {},
		Log:      func(string, error) {}, Rest: func() {}, Budget: d.budget,
	})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	a := d.archive
	go func() { a.Run(ctx); close(done) }()
	d.stop = func() { cancel(); <-done; d.stop = nil }
}

// until waits for a state.
func (d *device) until(what string, ok func(bridge.Insight) bool) bridge.Insight {
	d.t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		state, err := d.archive.State(d.t.Context())
		if err != nil {
			d.t.Fatal(err)
		}
		if ok(state) {
			return state
		}
		select {
		case <-d.changed:
		case <-deadline:
			d.t.Fatalf("never %s: %+v", what, state)
		}
	}
}

func complete(s bridge.Insight) bool { return s.Ready && s.Missing == 0 && s.Live }

func (d *device) revenue(q cube.Query) (string, error) {
	q.Measures = []cube.MeasureID{cube.Revenue}
	r, err := d.archive.Query(d.t.Context(), q)
	if err != nil {
		return "", err
	}
	return fmt.Sprint(r.Total.Values[0].N), nil
}

func (d *device) wantRevenue(q cube.Query, want string) {
	d.t.Helper()
	got, err := d.revenue(q)
	if err != nil || got != want {
		d.t.Errorf("revenue %s, %v; want %s", got, err, want)
	}
}

func TestOpensOffline(t *testing.T) {
	d := newDevice(t, newServer(t))
	d.start()
	state := d.until("complete", complete)
	if state.Lines != 12 || state.InMemory || state.From[:7] != "2026-09" || state.To[:7] != "2026-11" || state.Bytes == 0 {
		t.Errorf("state %+v", state)
	}
	d.wantRevenue(cube.Query{}, "1200")
	d.server.leave(true)
	d.start()
	d.wantRevenue(cube.Query{}, "1200")
	d.wantRevenue(cube.Query{From: "2026-10-02", To: "2026-10-03"}, "200")
	if state := d.until("offline", func(s bridge.Insight) bool { return s.Ready && !s.Online }); state.Fault != nil {
		t.Errorf("being offline is no fault: %v", state.Fault)
	}
}

func TestNoDataOffline(t *testing.T) {
	d := newDevice(t, newServer(t))
	d.server.leave(true)
	d.start()
	if _, err := d.revenue(cube.Query{}); errcode.Of(err) != errcode.NoData {
		t.Errorf("got %v, want no data", err)
	}
}

func TestOnlyWhatChangedIsFetched(t *testing.T) {
	d := newDevice(t, newServer(t))
	d.start()
	first := d.until("complete", complete)
	if n := d.server.downloads(); n != 5 {
		t.Errorf("%d files fetched, want 5", n)
	}
	d.server.sell(t, map[string]int{"2026-09": 3, "2026-10": 4, "2026-11": 6})
	d.server.mu.Lock()
	events, hash := d.server.live[len(d.server.live)-1], d.server.manifest.Hash
	d.server.mu.Unlock()
	events <- ": beat\n\ndata: {\"data\":\"" + hash + "\"}\n\n"
	d.until("changed", func(s bridge.Insight) bool { return s.Data != first.Data && s.Missing == 0 })
	if n := d.server.downloads(); n != 1 {
		t.Errorf("%d files fetched, want 1", n)
	}
	d.wantRevenue(cube.Query{}, "1300")
}

// TestOldDataStaysUntilTheNewIsComplete cuts the connection between manifest and file.
func TestOldDataStaysUntilTheNewIsComplete(t *testing.T) {
	d := newDevice(t, newServer(t))
	d.start()
	first := d.until("complete", complete)
	d.server.sell(t, map[string]int{"2026-09": 3, "2026-10": 4, "2026-11": 6})
	d.server.mu.Lock()
	last := d.server.manifest.Segments[2].Hash
	file := d.server.files[last]
	delete(d.server.files, last)
	d.server.mu.Unlock()
	if err := d.archive.Sync(t.Context()); err == nil {
		t.Fatal("the missing file went unnoticed")
	}
	d.wantRevenue(cube.Query{}, "1200")
	if state, err := d.archive.State(t.Context()); err != nil || state.Data != first.Data {
		t.Errorf("the new manifest is in force: %+v, %v", state, err)
	}
	d.server.mu.Lock()
	d.server.files[last] = file
	d.server.mu.Unlock()
	if err := d.archive.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.wantRevenue(cube.Query{}, "1300")
}

func TestInMemory(t *testing.T) {
	d := newDevice(t, newServer(t))
	d.dir = func() (opfs.Dir, error) { return nil, errcode.New(errcode.NoStorage, "test", nil) }
	d.start()
	if state := d.until("complete", complete); !state.InMemory {
		t.Error("it does not say that nothing is kept")
	}
	d.wantRevenue(cube.Query{}, "1200")
}

func TestStorageFull(t *testing.T) {
	d := newDevice(t, newServer(t))
	disk := opfs.NewMemory()
	disk.SetQuota(100)
	d.dir = func() (opfs.Dir, error) { return disk, nil }
	d.start()
	d.until("told", func(s bridge.Insight) bool { return s.Fault != nil && s.Fault.Code == errcode.StorageFull })
}

func TestUnauthorised(t *testing.T) {
	d := newDevice(t, newServer(t))
	d.server.refusal = errcode.New(errcode.Unauthorised, "test", nil)
	d.start()
	d.until("told", func(s bridge.Insight) bool { return s.Fault != nil && s.Fault.Code == errcode.Unauthorised && s.Online })
	if _, err := d.revenue(cube.Query{}); errcode.Of(err) != errcode.Unauthorised {
		t.Errorf("got %v", err)
	}
	d.server.mu.Lock()
	d.server.refusal = nil
	d.server.mu.Unlock()
	if err := d.archive.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.until("live after log-in", complete)
	d.wantRevenue(cube.Query{}, "1200")
}

func TestBudget(t *testing.T) {
	s := newServer(t)
	d := newDevice(t, s)
	d.budget = s.manifest.Segments[1].Size + s.manifest.Segments[2].Size
	d.start()
	if state := d.until("complete", complete); state.From[:7] != "2026-10" {
		t.Errorf("kept from %s", state.From)
	}
	s.leave(true)
	d.start()
	d.wantRevenue(cube.Query{From: "2026-10-01"}, "900")
	if _, err := d.revenue(cube.Query{From: "2026-10-01", To: "2026-10-31", Compare: cube.Previous}); errcode.Of(err) != errcode.NoData {
		t.Errorf("comparison with a month that is not here: %v", err)
	}
	s.leave(false)
	d.start()
	s.total = 1234
	d.wantRevenue(cube.Query{}, "1234") // not all is here: the server answers
	d.wantRevenue(cube.Query{From: "2026-10-01"}, "900")
	if state := d.until("complete", complete); state.Elsewhere != "2026-09" {
		t.Errorf("elsewhere %q", state.Elsewhere)
	}
	s.downloads()
	if state, err := d.archive.SetBudget(t.Context(), bridge.Budget{Months: 1}); err != nil || state.Elsewhere != "2026-10" {
		t.Errorf("with one month: %+v, %v", state, err)
	}
	d.wantRevenue(cube.Query{From: "2026-10-01"}, "1234")
	if _, err := d.archive.SetBudget(t.Context(), bridge.Budget{Bytes: 1 << 20}); err != nil {
		t.Error(err)
	}
	d.until("with room for all", func(s bridge.Insight) bool { return complete(s) && s.Elsewhere == "" })
	d.wantRevenue(cube.Query{}, "1200")
}

func TestForget(t *testing.T) {
	d := newDevice(t, newServer(t))
	disk := opfs.NewMemory()
	d.dir = func() (opfs.Dir, error) { return disk, nil }
	d.start()
	d.until("complete", complete)
	d.server.leave(true)
	if err := d.archive.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	if names, err := disk.List(); err != nil || len(names) != 0 {
		t.Errorf("left on the device: %v, %v", names, err)
	}
	if _, err := d.revenue(cube.Query{}); errcode.Of(err) != errcode.NoData {
		t.Errorf("got %v", err)
	}
}

func TestDims(t *testing.T) {
	d := newDevice(t, newServer(t))
	d.start()
	d.until("complete", complete)
	for _, c := range []struct {
		request bridge.DimsRequest
		want    string
	}{
		{bridge.DimsRequest{Dim: cube.Store}, "1 Первый;"},
		{bridge.DimsRequest{Dim: cube.Product, Text: "ХЛЕ"}, "7 Хлеб;"},
		{bridge.DimsRequest{Dim: cube.Product, Text: "bre"}, "7 Хлеб;"},
		{bridge.DimsRequest{Dim: cube.Product, Text: "milk"}, ""},
		{bridge.DimsRequest{Dim: cube.Weekday, Limit: 2}, "1 ;2 ;"},
	} {
		list, err := d.archive.Dims(t.Context(), c.request)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, v := range list {
			got += v.Key + " " + v.Name.RU + ";"
		}
		if got != c.want {
			t.Errorf("%+v: got %q, want %q", c.request, got, c.want)
		}
	}
	if _, err := d.archive.Dims(t.Context(), bridge.DimsRequest{Dim: "planet"}); errcode.Of(err) != errcode.BadQuery {
		t.Errorf("unknown dimension: %v", err)
	}
}

// TestBridge asks through the frames that page and worker exchange.
func TestBridge(t *testing.T) {
	d := newDevice(t, newServer(t))
	d.start()
	d.until("complete", complete)
	page, worker := bridge.Pair()
	defer page.Close()
	served := bridge.NewServer(worker)
	archive.Serve(served, d.archive)
	if err := served.Serve(); err != nil {
		t.Fatal(err)
	}
	client := bridge.NewClient(page)
	r, err := bridge.Call(t.Context(), client, bridge.InsightQuery, cube.Query{
		Measures: []cube.MeasureID{cube.Revenue, cube.MarginShare}, By: []cube.DimID{cube.Month},
	})
	if err != nil || len(r.Rows) != 3 || r.Rows[1].Keys[0] != "2026-10" || r.Total.Values[0] != cube.Some(1200) {
		t.Errorf("got %+v, %v", r, err)
	}
	if _, err := bridge.Call(t.Context(), client, bridge.InsightRefresh, bridge.Nothing{}); err != nil {
		t.Error(err)
	}
	_, err = bridge.Call(t.Context(), client, bridge.InsightQuery, cube.Query{})
	if errcode.Of(err) != errcode.BadQuery {
		t.Errorf("got %v, want a bad query", err)
	}
}
