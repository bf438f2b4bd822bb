package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"tillsight/server/device"
	"tillsight/server/httpapi"
	"tillsight/server/notice"
	"tillsight/server/warehouse"
	"tillsight/shared/catalogue"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	"tillsight/shared/staff"
	wire "tillsight/shared/wire/sync"
)

// pushWorld is a server with all that follows its journal, and registers in two
// stores that push to it.
type pushWorld struct {
	t       testing.TB
	truth   *truth
	derived *derived
	followers
	handler http.Handler
	one     *pushTill
	two     *pushTill
}

// pushTill is a register that may say anything.
type pushTill struct {
	device.Device
	token string
	seq   uint64
	prev  fact.Hash
}

func newPushWorld(t testing.TB) *pushWorld {
	t.Helper()
	d := dataDir{Data: t.TempDir()}
	w := &pushWorld{t: t}
	var err error
	w.truth, err = d.openTruth()
	w.must(err)
	_, err = w.truth.feed.Put([]refdata.Row{
		{Table: refdata.Stores, Value: catalogue.Store{ID: "1", Name: catalogue.Text{RU: "Первый"}, Zone: "Europe/Moscow", Currency: money.RUB}},
		{Table: refdata.Stores, Value: catalogue.Store{ID: "2", Name: catalogue.Text{RU: "Второй"}, Zone: "Europe/Moscow", Currency: money.RUB}},
		{Table: refdata.Employees, Value: staff.Employee{ID: "e17", Name: "Анна", Role: staff.Senior, DiscountBP: 1000}},
		{Table: refdata.Products, Value: catalogue.Product{SKU: "1", Name: catalogue.Text{RU: "Молоко"}, Unit: quantity.Piece, Tax: "reduced"}},
		{Table: refdata.Prices, Value: catalogue.Price{SKU: "1", From: 1, Amount: 100_00, Cost: 70_00}},
		{Table: refdata.Stocks, Value: refdata.Stock{Store: "1", SKU: "1", Left: 100 * quantity.One}},
		{Table: refdata.Stocks, Value: refdata.Stock{Store: "2", SKU: "1", Left: 100 * quantity.One}},
		{Table: refdata.Promotions, Value: refdata.Promotion{Rule: pricing.Rule{ID: "half", Name: catalogue.Text{RU: "Половина"}, Kind: pricing.LineRule,
			Coupon: pricing.Coupon{Prefix: "AB", Length: 6}, Goods: pricing.Goods{All: true}, Off: pricing.Off{BP: 5000}, LimitTotal: 5}}},
	})
	w.must(err)
	w.derived, err = d.openDerived(w.truth, slog.New(slog.NewTextHandler(io.Discard, nil)))
	w.must(err)
	w.followers, err = openFollowers(w.truth)
	w.must(err)
	log, changed := slog.New(slog.DiscardHandler), &notice.Board{}
	parts, _ := interfaceOf(w.truth, w.derived, w.followers, nil, log, changed)
	w.handler = httpapi.New(httpapi.Options{
		Journal: w.truth.journal, Devices: w.truth.devices, Users: w.truth.users, Feed: w.truth.feed, Warehouse: w.derived.warehouse,
		Log: log, Now: w.truth.now, Closing: context.Background(), Routes: parts, Changed: changed,
	})
	w.one, w.two = w.enrol("1"), w.enrol("2")
	t.Cleanup(func() {
		w.must(w.derived.close())
		w.must(w.truth.close())
	})
	return w
}

func (w *pushWorld) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *pushWorld) enrol(store string) *pushTill {
	w.t.Helper()
	code, err := w.truth.devices.NewCode(store, 1)
	w.must(err)
	d, token, err := w.truth.devices.Enrol(code.Code, "till", nil)
	w.must(err)
	return &pushTill{Device: d, token: token}
}

// push sends one fact and reports whether it was acknowledged.
func (w *pushWorld) push(t *pushTill, raw []byte) bool {
	w.t.Helper()
	head, err := json.Marshal(wire.PushHeader{Proto: 1, Device: t.ID, Epoch: t.Epoch, First: t.seq + 1, Prev: t.prev, Count: 1})
	w.must(err)
	r := httptest.NewRequest("POST", wire.Push.Path, bytes.NewReader(append(append(head, '\n'), raw...)))
	r.Header.Set("Authorization", "Bearer "+t.token)
	answer := httptest.NewRecorder()
	w.handler.ServeHTTP(answer, r)
	switch {
	case answer.Code >= 500:
		w.t.Fatalf("push of %.300q: status %d, %s", raw, answer.Code, answer.Body)
	case answer.Code != http.StatusOK:
		return false
	}
	var ack wire.Ack
	w.must(json.Unmarshal(answer.Body.Bytes(), &ack))
	if ack.Acked == t.seq {
		return false
	}
	t.seq, t.prev = ack.Acked, fact.Chain(t.prev, raw)
	return true
}

// raw is the register's next fact with a body of any bytes.
func (t *pushTill) raw(kind fact.Kind, version int, at int64, body []byte) []byte {
	raw, err := fact.Encode(fact.Header{Device: t.ID, Epoch: t.Epoch, Seq: t.seq + 1, Kind: kind, Version: max(version, 1), At: at, Zone: 180,
		Store: t.Store, Till: t.Till}, verbatim(body))
	if err != nil {
		return nil // too large
	}
	return raw
}

// verbatim is a body that is written as it is.
type verbatim []byte

// AppendJSON appends the bytes.
func (b verbatim) AppendJSON(dst []byte) []byte { return append(dst, b...) }

// settle has everybody look the journal through.
func (w *pushWorld) settle() {
	w.t.Helper()
	w.must(w.derived.warehouse.LoadAll(w.t.Context(), w.truth.journal, nil))
	for _, reader := range []interface {
		Look(context.Context) (int, error)
	}{w.audit, w.parked, w.stock} {
		for n := 1; n > 0; {
			var err error
			n, err = reader.Look(w.t.Context())
			w.must(err)
		}
	}
	states, err := w.states(w.truth, w.derived)
	w.must(err)
	for _, s := range states {
		if s.Behind != 0 || s.Still {
			w.t.Fatalf("%s: %+v", s.Name, s)
		}
	}
}

// otherRows are the rows of store 2, wherever they are.
func (w *pushWorld) otherRows() map[string][]string {
	w.t.Helper()
	rows := map[string][]string{}
	read := func(q refdata.Querier, name, sql string) error {
		return q.Query(sql, func(r sqlite.Row) error {
			rows[name] = append(rows[name], r.Text(0))
			return nil
		})
	}
	w.must(w.derived.warehouse.View(func(q warehouse.Querier) error {
		for _, table := range []string{"receipt", "cancelled_receipt", "shift", "cash_move", "sign_in", "sales_day", "device_seen", "till"} {
			if err := read(q, table, `SELECT json_array(`+columnsOf(q, w, table)+`) FROM `+table+` WHERE store = '2'`); err != nil {
				return err
			}
		}
		return read(q, "line", `SELECT json_array(l.receipt, n, l.quantity, price, l.net) FROM receipt_line l JOIN receipt r ON r.pos = l.receipt WHERE store = '2'`)
	}))
	w.must(w.truth.feed.View(func(q refdata.Querier) error {
		for _, table := range []string{"stock_level", "stock_seen", "parked", "price_alarm"} {
			if err := read(q, table, `SELECT json_array(`+columnsOf(q, w, table)+`) FROM `+table+` WHERE store = '2'`); err != nil {
				return err
			}
		}
		return nil
	}))
	counter, shift, err := w.truth.journal.Highest("2", 1)
	w.must(err)
	rows["place"] = []string{fmt.Sprint(counter, shift)}
	return rows
}

func columnsOf(q warehouse.Querier, w *pushWorld, table string) (list string) {
	w.must(q.Query(`SELECT group_concat(name) FROM pragma_table_info(?)`, func(r sqlite.Row) error {
		list = r.Text(0)
		return nil
	}, table))
	return list
}

// bodies are those of the fixtures, of every kind.
func bodies(t testing.TB) map[fact.Kind][][]byte {
	t.Helper()
	list := map[fact.Kind][][]byte{}
	files, err := filepath.Glob("../testdata/fact/v1/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d fixtures, %v", len(files), err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := fact.Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		list[f.Kind] = append(list[f.Kind], f.Body)
	}
	return list
}

// trade has the register of store 2 sell a little.
func (w *pushWorld) trade() {
	w.t.Helper()
	for kind, list := range bodies(w.t) {
		for _, body := range list {
			w.push(w.two, w.two.raw(kind, 1, 1_795_331_502_000, bytes.ReplaceAll(body, []byte(`"store":"12"`), []byte(`"store":"2"`))))
		}
	}
	w.settle()
}

// sayAll pushes what the fuzzer made of a body, as it is and as a till would
// write what it says.
func (w *pushWorld) sayAll(kind fact.Kind, version int, at int64, body []byte) {
	w.t.Helper()
	raw := w.one.raw(kind, version, at, body)
	if raw == nil {
		return
	}
	w.push(w.one, raw)
	f, err := fact.Decode(raw)
	if err != nil {
		return
	}
	if said, err := f.Read(); err == nil {
		if raw, err := fact.Encode(fact.Header{Device: w.one.ID, Epoch: 1, Seq: w.one.seq + 1, Kind: kind, Version: 1, At: at, Zone: 180,
			Store: "1", Till: 1}, said); err == nil {
			w.push(w.one, raw)
		}
		if r, ok := said.(*receipt.Receipt); ok {
			w.push(w.one, w.one.fitting(kind, at, r))
		}
	}
}

// fitting is a receipt whose sums agree, of whatever the fuzzer made.
func (t *pushTill) fitting(kind fact.Kind, at int64, r *receipt.Receipt) []byte {
	again := receipt.Resume(*r)
	again.ID, again.Number = fmt.Sprintf("%s-%d", t.ID, t.seq), receipt.NumberOf(t.Store, t.Till, t.seq+1)
	again.Store, again.Tenders, again.Change = t.Store, nil, 0
	again.UseRules(nil, nil)
	if err := again.Pay([]receipt.Tender{{Kind: receipt.Card, Amount: again.Total}}, at); err != nil && again.Total != 0 {
		return nil
	}
	raw, err := fact.Encode(fact.Header{Device: t.ID, Epoch: t.Epoch, Seq: t.seq + 1, Kind: kind, Version: 1, At: at, Zone: 180, Store: t.Store, Till: t.Till}, again)
	if err != nil {
		return nil
	}
	return raw
}

// FuzzPushEndToEnd pushes anything at all. Whatever is acknowledged leaves the
// server alive, everybody who follows the journal at its end, and the rows of other
// stores as they were; the next honest sale is counted.
func FuzzPushEndToEnd(f *testing.F) {
	kinds := fact.Kinds()
	for i, kind := range kinds {
		for _, body := range bodies(f)[kind] {
			f.Add(i, 1, int64(1_795_331_502_000), []byte(body))
		}
	}
	absurd := bodies(f)[fact.SaleRegistered][0]
	f.Add(0, 1, int64(1_795_331_502_000), bytes.Replace(absurd, []byte(`"total":`), []byte(`"manual":{"bp":4611686018427387904},"total":`), 1))
	f.Add(0, 7, int64(-5), []byte(`{"number":-1,"id":{}}`))
	w := newPushWorld(f)
	w.trade()
	before := w.otherRows()
	if len(before["receipt"]) == 0 || len(before["stock_level"]) == 0 {
		f.Fatalf("store 2 has sold nothing: %v", before)
	}
	f.Fuzz(func(t *testing.T, kind, version int, at int64, body []byte) {
		w.t = t
		w.sayAll(kinds[(kind%len(kinds)+len(kinds))%len(kinds)], version%4, at, body)
		w.settle()
		if after := w.otherRows(); !reflect.DeepEqual(before, after) {
			t.Fatalf("rows of another store\nbefore %v\nafter  %v", before, after)
		}
	})
}

// TestPushedFixtures: facts of a till are counted, and only those that make no
// sense wait for a person.
func TestPushedFixtures(t *testing.T) {
	w := newPushWorld(t)
	w.trade()
	for kind, list := range bodies(t) {
		for _, body := range list {
			w.sayAll(kind, 1, 1_795_331_502_000, bytes.ReplaceAll(body, []byte(`"store":"12"`), []byte(`"store":"1"`)))
		}
	}
	w.settle()
	counts := map[string]int{}
	w.must(w.derived.warehouse.View(func(q warehouse.Querier) error {
		return q.Query(`SELECT store, count(*) FROM receipt GROUP BY store`, func(r sqlite.Row) error {
			counts[r.Text(0)] = r.Int(1)
			return nil
		})
	}))
	if counts["1"] == 0 || counts["2"] == 0 {
		t.Errorf("receipts %v", counts)
	}
}
