package httpapi

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"tillsight/server/device"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
	wiresync "tillsight/shared/wire/sync"
)

func TestEnrol(t *testing.T) {
	w := newWorld(t)
	json := map[string]string{"Content-Type": "application/json"}
	ask := func(body string, status int, code errcode.Code) {
		t.Helper()
		w.pass(10 * time.Minute) // failures slow the next try down
		w.ask(request{method: "POST", path: wiresync.Enrol.Path, header: json, body: body, status: status, code: code, not: []string{"token"}})
	}
	ask(`{"code":"0000000000"}`, http.StatusNotFound, errcode.CodeUnknown)
	ask(`{"code":""}`, http.StatusNotFound, errcode.CodeUnknown)
	ask(`{"code":7}`, http.StatusBadRequest, errcode.Invalid)
	ask(`code`, http.StatusBadRequest, errcode.Invalid)
	ask(`{"code":"`+strings.Repeat("x", wire.MessageMax)+`"}`, http.StatusRequestEntityTooLarge, errcode.TooLarge)
	late := w.newCode("1", 1)
	ask(fmt.Sprintf(`{"code":%q}`, late), http.StatusGone, errcode.CodeExpired)
	ask(fmt.Sprintf(`{"code":%q}`, w.newCode("9", 1)), http.StatusGone, errcode.CodeExpired)

	w.pass(time.Hour)
	nowhere := w.newCode("9", 1)
	w.ask(request{method: "POST", path: wiresync.Enrol.Path, header: json, body: fmt.Sprintf(`{"code":%q}`, nowhere), status: http.StatusNotFound})

	w.pass(time.Hour)
	code := w.newCode("2", 1)
	spoken := strings.ToLower(code[:5]) + " - " + code[5:]
	a := w.ask(request{method: "POST", path: wiresync.Enrol.Path, header: json,
		body: fmt.Sprintf(`{"code":%q,"name":"  Tablet \n two "}`, spoken), status: http.StatusOK})
	e := decode[wiresync.Enrolment](t, a.Body)
	if e.Device == "" || e.Epoch != 1 || len(e.Token) != 64 || e.Store.ID != "2" || e.Till != 1 || e.Snapshot.SHA256 == "" || e.Counter != 0 {
		t.Errorf("enrolment %+v", e)
	}
	w.pass(-9 * time.Minute)
	ask(fmt.Sprintf(`{"code":%q}`, code), http.StatusConflict, errcode.CodeUsed)
	if log := w.log.String(); strings.Contains(log, code) || strings.Contains(log, e.Token) {
		t.Error("the log knows a secret")
	}
	list, err := w.server.Devices.List()
	if err != nil || len(list) != 1 || list[0].Name != "Tablet two" {
		t.Errorf("devices %+v, %v", list, err)
	}
}

func TestGuessingCodesIsSlowedDown(t *testing.T) {
	w := newWorld(t)
	code := w.newCode("1", 1)
	r := request{method: "POST", path: wiresync.Enrol.Path, header: map[string]string{"Content-Type": "application/json"}, body: `{"code":"1111111111"}`}
	for range 3 {
		r.code = errcode.CodeUnknown
		w.ask(r)
	}
	r.body, r.code, r.status = fmt.Sprintf(`{"code":%q}`, code), errcode.TooMany, http.StatusTooManyRequests
	if a := w.ask(r); a.Header().Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	w.pass(time.Minute)
	r.code, r.status = "", http.StatusOK
	w.ask(r)
}

func TestOneCodeEnrolsOne(t *testing.T) {
	w := newWorld(t)
	body := fmt.Sprintf(`{"code":%q}`, w.newCode("1", 2))
	_, err := w.server.Feed.Snapshot("1")
	w.must(err)
	w.tries.Now = time.Now // so that only the code decides
	var wait sync.WaitGroup
	answers := make([]*httptest.ResponseRecorder, 8)
	for i := range answers {
		wait.Go(func() {
			q := httptest.NewRequest("POST", wiresync.Enrol.Path, strings.NewReader(body))
			q.Header.Set("Content-Type", "application/json")
			q.RemoteAddr = fmt.Sprintf("10.0.0.%d:1", i)
			answers[i] = httptest.NewRecorder()
			w.server.ServeHTTP(answers[i], q)
		})
	}
	wait.Wait()
	won := 0
	for _, a := range answers {
		switch a.Code {
		case http.StatusOK:
			won++
		case http.StatusConflict:
		default:
			t.Errorf("status %d: %s", a.Code, a.Body)
		}
	}
	list, err := w.server.Devices.List()
	if won != 1 || err != nil || len(list) != 1 {
		t.Errorf("%d won, %d devices, %v; want one", won, len(list), err)
	}
}

// A tablet that takes a till's place goes on with the place's numbers; the one
// before may still deliver what it sold.
func TestEnrolAgain(t *testing.T) {
	w := newWorld(t)
	first := w.enrol("1", 1)
	w.push(first, first.sell(t, 5))
	late := first.sell(t, 2)
	second := w.enrol("1", 1)
	if second.Device == first.Device || second.Epoch != 2 || second.Counter != 5 || second.Shift != 3 {
		t.Errorf("second enrolment %+v", second.Enrolment)
	}
	w.ask(request{method: "GET", path: wiresync.Pull.Path, header: first.header(), status: http.StatusForbidden, code: errcode.Revoked})
	if ack := w.push(first, late); ack.Acked != 7 {
		t.Errorf("ack %+v, want 7", ack)
	}
	if third := w.enrol("1", 1); third.Counter != 7 || third.Epoch != 3 {
		t.Errorf("third enrolment %+v", third.Enrolment)
	}
	if other := w.enrol("1", 2); other.Counter != 0 || other.Epoch != 1 {
		t.Errorf("enrolment of another till %+v", other.Enrolment)
	}
}

func TestPush(t *testing.T) {
	w := newWorld(t)
	r, other := w.enrol("1", 1), w.enrol("1", 2)
	body := r.sell(t, 3)
	ack := w.push(r, body)
	want := wiresync.Ack{Acked: 3, Chain: r.prev, Expected: 4, ServerTime: w.clock().UnixMilli(), Version: w.server.Feed.Version()}
	if ack != want {
		t.Errorf("got %+v, want %+v", ack, want)
	}
	if again := w.push(r, body); again != want {
		t.Errorf("again: got %+v, want %+v", again, want)
	}
	if open := w.push(r, strings.TrimSuffix(body, "\n")); open != want {
		t.Errorf("without the last line break: got %+v, want %+v", open, want)
	}

	skipped := *r
	skipped.sell(t, 1)
	if gap := w.push(&skipped, skipped.sell(t, 1)); gap != want {
		t.Errorf("after a gap: got %+v, want %+v", gap, want)
	}

	clone := register{Enrolment: r.Enrolment}
	clone.Counter = 50
	forked := clone.sell(t, 2)
	w.ask(request{method: "POST", path: wiresync.Push.Path, header: r.header(), body: forked,
		status: http.StatusConflict, code: errcode.Fork, want: []string{`"seq":"1"`}})

	bad := func(name, body string, status int, code errcode.Code) {
		t.Run(name, func(t *testing.T) {
			w.ask(request{method: "POST", path: wiresync.Push.Path, header: r.header(), body: body, status: status, code: code})
		})
	}
	next := r.sell(t, 2)
	bad("empty", "", http.StatusBadRequest, errcode.Invalid)
	bad("garbage", "\x00\x01\x02", http.StatusBadRequest, errcode.Invalid)
	bad("a fact less", strings.Replace(next, `"count":2`, `"count":3`, 1), http.StatusBadRequest, errcode.Invalid)
	bad("a fact more", strings.Replace(next, `"count":2`, `"count":1`, 1), http.StatusBadRequest, errcode.Invalid)
	bad("negative count", strings.Replace(next, `"count":2`, `"count":-1`, 1), http.StatusBadRequest, errcode.Invalid)
	bad("absurd count", strings.Replace(next, `"count":2`, `"count":501`, 1), http.StatusRequestEntityTooLarge, errcode.TooLarge)
	bad("an empty line", strings.Replace(next, "\n", "\n\n", 1), http.StatusBadRequest, errcode.Invalid)
	bad("facts are garbage", strings.Replace(next, `{"device":"`, `["device":"`, 2), http.StatusBadRequest, errcode.Invalid)
	bad("another device's", strings.ReplaceAll(next, r.Device, other.Device), http.StatusForbidden, errcode.Forbidden)
	bad("another epoch's", strings.ReplaceAll(next, `"epoch":1`, `"epoch":2`), http.StatusForbidden, errcode.Forbidden)
	bad("old protocol", strings.Replace(next, `"proto":1`, `"proto":0`, 1), http.StatusUpgradeRequired, errcode.OldProtocol)
	bad("protocol to come", strings.Replace(next, `"proto":1`, `"proto":9`, 1), http.StatusBadRequest, errcode.Invalid)
	bad("hash of garbage", strings.Replace(next, `"prev":"`, `"prev":"zz`, 1), http.StatusBadRequest, errcode.Invalid)
	bad("oversize", next+strings.Repeat("x", int(wiresync.Push.Max())), http.StatusRequestEntityTooLarge, errcode.TooLarge)

	w.ask(request{method: "POST", path: wiresync.Push.Path, body: next, status: http.StatusUnauthorized, code: errcode.Unauthorised})
	w.ask(request{method: "POST", path: wiresync.Push.Path, header: map[string]string{"Authorization": "Bearer " + strings.Repeat("0", 64)},
		body: next, status: http.StatusUnauthorized, code: errcode.Unauthorised})
	w.ask(request{method: "POST", path: wiresync.Push.Path, header: map[string]string{"Authorization": "Basic " + r.Token},
		body: next, status: http.StatusUnauthorized, code: errcode.Unauthorised})

	if ack := w.push(r, next); ack.Acked != 5 {
		t.Errorf("after all that: %+v, want 5", ack)
	}
	w.restart()
	if ack := w.push(r, body); ack.Acked != 5 || ack.Chain != r.prev {
		t.Errorf("after a restart: %+v, want 5 and %v", ack, r.prev)
	}
}

func TestPushPacked(t *testing.T) {
	w := newWorld(t)
	r := w.enrol("1", 1)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := io.WriteString(z, r.sell(t, 20))
	w.must(err)
	w.must(z.Close())
	header := r.header()
	header["Content-Encoding"] = "gzip"
	w.ask(request{method: "POST", path: wiresync.Push.Path, header: header, body: packed.String(), status: http.StatusOK, want: []string{`"acked":20`}})
	w.ask(request{method: "POST", path: wiresync.Push.Path, header: header, body: "not gzip", status: http.StatusBadRequest, code: errcode.Invalid})
	w.ask(request{method: "POST", path: wiresync.Push.Path, header: header, body: packed.String()[:packed.Len()/2] + strings.Repeat("x", packed.Len()), status: http.StatusBadRequest, code: errcode.Invalid})

	packed.Reset()
	z = gzip.NewWriter(&packed)
	_, err = z.Write(make([]byte, 64<<20)) // 64 KB on the line
	w.must(err)
	w.must(z.Close())
	w.ask(request{method: "POST", path: wiresync.Push.Path, header: header, body: packed.String(), status: http.StatusRequestEntityTooLarge, code: errcode.TooLarge})
	header["Content-Encoding"] = "zip"
	w.ask(request{method: "POST", path: wiresync.Push.Path, header: header, body: "PK", status: http.StatusBadRequest, code: errcode.Invalid})
}

// What makes no sense is taken all the same: it must not block what follows.
func TestPushOfNonsense(t *testing.T) {
	w := newWorld(t)
	r := w.enrol("1", 1)
	raw := []byte(fmt.Sprintf(`{"device":%q,"epoch":1,"seq":1,"kind":"MoonLanded","v":7,"at":-5,"zone":9999,"store":"1","till":1,"body":{"number":-1,"id":{}}}`, r.Device))
	head := fmt.Sprintf(`{"proto":1,"device":%q,"epoch":1,"first":1,"prev":"%064d","count":1}`, r.Device, 0)
	if ack := w.push(r, head+"\n"+string(raw)); ack.Acked != 1 || ack.Chain != fact.Chain(fact.Hash{}, raw) {
		t.Errorf("ack %+v", ack)
	}
	r.seq, r.prev = 1, fact.Chain(fact.Hash{}, raw)
	if ack := w.push(r, r.sell(t, 1)); ack.Acked != 2 {
		t.Errorf("ack %+v", ack)
	}
}

// A register tells of its own place only.
func TestPushForAnotherPlace(t *testing.T) {
	w := newWorld(t)
	r := w.enrol("1", 1)
	head := fmt.Sprintf(`{"proto":1,"device":%q,"epoch":1,"first":1,"prev":"%064d","count":1}`, r.Device, 0)
	for _, place := range []string{`"store":"2","till":1`, `"store":"1","till":2`, `"store":"no-such-store","till":1`} {
		raw := fmt.Sprintf(`{"device":%q,"epoch":1,"seq":1,"kind":"SignedIn","v":1,"at":5,"zone":0,%s,"body":{}}`, r.Device, place)
		w.ask(request{method: "POST", path: wiresync.Push.Path, header: r.header(), body: head + "\n" + raw,
			status: http.StatusForbidden, code: errcode.Forbidden})
	}
	if got := w.server.Journal.Position(); got != 0 {
		t.Errorf("%d facts were taken", got)
	}
}

func TestRevoked(t *testing.T) {
	w := newWorld(t)
	r := w.enrol("1", 1)
	body := r.sell(t, 1)
	boss := w.boss()
	w.ask(request{method: "POST", path: office.Revoke.Path, header: boss, body: `{"device":"nobody"}`, status: http.StatusNotFound})
	w.ask(request{method: "POST", path: office.Revoke.Path, header: boss, body: fmt.Sprintf(`{"device":%q}`, r.Device), status: http.StatusNoContent})
	w.ask(request{method: "POST", path: office.Revoke.Path, header: boss, body: fmt.Sprintf(`{"device":%q}`, r.Device), status: http.StatusNoContent})
	for _, path := range []string{wiresync.Pull.Path, wiresync.GetSnapshot.Path, wiresync.Listen.Path, r.Snapshot.URL} {
		w.ask(request{method: "GET", path: path, header: r.header(), status: http.StatusForbidden, code: errcode.Revoked})
	}
	w.ask(request{method: "POST", path: wiresync.Push.Path, header: r.header(), body: body, status: http.StatusForbidden, code: errcode.Revoked})
	if got := w.server.Journal.Position(); got != 0 {
		t.Errorf("%d facts of a revoked register", got)
	}
}

func TestPull(t *testing.T) {
	w := newWorld(t)
	r := w.enrol("2", 1)
	get := func(query string, status int) wiresync.Changes {
		t.Helper()
		a := w.ask(request{method: "GET", path: wiresync.Pull.Path + query, header: r.header(), status: status, not: []string{"7777", `"cost"`}})
		if status != http.StatusOK {
			return wiresync.Changes{}
		}
		return decode[wiresync.Changes](t, a.Body)
	}
	version := w.server.Feed.Version()
	if page := get(fmt.Sprintf("?since=%d", version), http.StatusOK); len(page.Changes) != 0 || page.More || page.Check == nil || page.Cursor != version {
		t.Errorf("nothing new: %+v", page)
	}
	replica := w.replica()
	for cursor, more := int64(0), true; more; {
		page := get(fmt.Sprintf("?since=%d&limit=3", cursor), http.StatusOK)
		if len(page.Changes) == 0 || len(page.Changes) > 3 || page.More != (page.Check == nil) {
			t.Fatalf("page %+v", page)
		}
		w.must(replica.Write(func(tx *sqlite.Tx) error { return refdata.Apply(tx, page.Changes) }))
		if page.Check != nil {
			if got, err := refdata.CheckOf(replica, "2"); err != nil || got != *page.Check {
				t.Errorf("replica has %+v, %v; the server says %+v", got, err, *page.Check)
			}
		}
		cursor, more = page.Cursor, page.More
	}
	get("?since=-1", http.StatusBadRequest)
	get("?since=x", http.StatusBadRequest)
	get(fmt.Sprintf("?since=%d", version+1), http.StatusGone)

	_, err := w.server.Feed.SetPrice(catalogue.Price{SKU: "101", Store: "1", Amount: 100})
	w.must(err)
	if page := get(fmt.Sprintf("?since=%d", version), http.StatusOK); len(page.Changes) != 0 || page.Cursor != version+1 {
		t.Errorf("a price of another store: %+v", page)
	}
}

func (w *world) replica() *sqlite.DB {
	w.Helper()
	db, err := sqlite.Open(filepath.Join(w.TempDir(), "replica.db"), sqlite.Options{})
	w.must(err)
	w.Cleanup(func() {
		if err := db.Close(); err != nil {
			w.Error(err)
		}
	})
	w.must(refdata.Migrate(db))
	return db
}

func TestSnapshotFile(t *testing.T) {
	w := newWorld(t)
	r, other := w.enrol("2", 1), w.enrol("1", 1)
	a := w.ask(request{method: "GET", path: wiresync.GetSnapshot.Path, header: r.header(), status: http.StatusOK})
	s := decode[wiresync.Snapshot](t, a.Body)
	if s != r.Snapshot {
		t.Errorf("snapshot %+v, at enrolment %+v", s, r.Snapshot)
	}
	plain := func(coding string, body io.Reader) []byte {
		t.Helper()
		switch coding {
		case "br":
			body = brotli.NewReader(body)
		case "gzip":
			z, err := gzip.NewReader(body)
			w.must(err)
			body = z
		}
		all, err := io.ReadAll(body)
		w.must(err)
		return all
	}
	var file []byte
	for accept, coding := range map[string]string{"": "", "gzip, deflate, br": "br", "gzip": "gzip", "br;q=0, gzip": "gzip", "zstd": ""} {
		header := r.header()
		header["Accept-Encoding"] = accept
		a := w.ask(request{method: "GET", path: s.URL, header: header, status: http.StatusOK})
		if got := a.Header().Get("Content-Encoding"); got != coding {
			t.Errorf("Accept-Encoding %q: coding %q, want %q", accept, got, coding)
		}
		if cache := a.Header().Get("Cache-Control"); !strings.Contains(cache, "immutable") || !strings.Contains(cache, "private") {
			t.Errorf("Cache-Control %q", cache)
		}
		file = plain(coding, a.Body)
		sum := sha256.Sum256(file)
		if hex.EncodeToString(sum[:]) != s.SHA256 || int64(len(file)) != s.Size {
			t.Errorf("Accept-Encoding %q: %d bytes with hash %x", accept, len(file), sum)
		}
	}
	header := r.header()
	header["Range"], header["Accept-Encoding"] = "bytes=100-199", "br"
	if a := w.ask(request{method: "GET", path: s.URL, header: header, status: http.StatusPartialContent}); !bytes.Equal(a.Body.Bytes(), file[100:200]) {
		t.Error("the range is not of the plain file")
	}
	w.ask(request{method: "GET", path: s.URL, header: other.header(), status: http.StatusNotFound, code: errcode.NotFound})
	w.ask(request{method: "GET", path: s.URL, status: http.StatusUnauthorized})
	w.ask(request{method: "GET", path: wiresync.GetFile.At("..%2fjournal.db"), header: r.header(), status: http.StatusNotFound})
	w.ask(request{method: "GET", path: wiresync.GetFile.At(strings.Repeat("0", 64)), header: r.header(), status: http.StatusNotFound})

	name := filepath.Join(t.TempDir(), "snapshot.db")
	w.must(os.WriteFile(name, file, 0o600))
	db, err := sqlite.Open(name, sqlite.Options{})
	w.must(err)
	defer db.Close()
	if item, found, err := refdata.ProductBySKU(db, "101", "2", w.clock().UnixMilli()); err != nil || !found || item.Price.Amount != 9490 {
		t.Errorf("milk in the snapshot: %+v, %v, %v", item, found, err)
	}
	if bytes.Contains(file, []byte("price_log")) {
		err := db.Query(`SELECT count(*) FROM price_log`, func(r sqlite.Row) error {
			if r.Int(0) != 0 {
				t.Errorf("%d purchase costs in the snapshot", r.Int(0))
			}
			return nil
		})
		w.must(err)
	}
}

// A disk that can't be written must not be answered with an acknowledgement.
func TestFailingJournalAcknowledgesNothing(t *testing.T) {
	w := newWorld(t)
	r := w.enrol("1", 1)
	body := r.sell(t, 3)
	w.must(w.server.Journal.Close())
	w.ask(request{method: "POST", path: wiresync.Push.Path, header: r.header(), body: body, status: http.StatusServiceUnavailable, not: []string{"acked"}})
	w.ask(request{method: "GET", path: "/healthz", status: http.StatusServiceUnavailable, want: []string{"can't be written"}})
	w.restart()
	w.ask(request{method: "GET", path: "/healthz", status: http.StatusOK})
	if ack := w.push(r, body); ack.Acked != 3 {
		t.Errorf("ack %+v", ack)
	}
}

func TestCodesOverHTTP(t *testing.T) {
	w := newWorld(t)
	boss := w.boss()
	a := w.ask(request{method: "POST", path: office.NewCode.Path, header: boss, body: `{"store":"1","till":2}`, status: http.StatusOK})
	code := decode[office.Code](t, a.Body)
	if len(code.Code) != 10 || code.Expires != w.clock().Add(device.CodeLife).UnixMilli() {
		t.Errorf("code %+v", code)
	}
	w.ask(request{method: "POST", path: office.NewCode.Path, header: boss, body: `{"store":"1","till":3}`, status: http.StatusNotFound})
	w.ask(request{method: "POST", path: office.NewCode.Path, header: boss, body: `{"store":"7","till":1}`, status: http.StatusNotFound})
	w.ask(request{method: "POST", path: office.NewCode.Path, header: boss, body: `{`, status: http.StatusBadRequest})
}
