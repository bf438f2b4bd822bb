package httpapi

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tillsight/server/routes"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/wire/office"
	"tillsight/shared/wire/sync"
)

func TestLogIn(t *testing.T) {
	w := newWorld(t)
	try := func(header map[string]string, body string, status int, code errcode.Code) *httptest.ResponseRecorder {
		t.Helper()
		w.pass(10 * time.Minute)
		return w.ask(request{method: "POST", path: office.GetSession.Path, header: header, body: body, status: status, code: code})
	}
	right := fmt.Sprintf(`{"login":"Boss","password":%q}`, adminPassword)
	try(map[string]string{"Content-Type": "application/json"}, right, http.StatusForbidden, errcode.Forbidden)
	try(map[string]string{"Content-Type": "application/json", "X-Tillsight": "1", "Sec-Fetch-Site": "cross-site"}, right, http.StatusForbidden, errcode.Forbidden)
	try(map[string]string{"Content-Type": "text/plain", "X-Tillsight": "1"}, right, http.StatusBadRequest, errcode.Invalid)
	try(ownJSON, `{"login":"boss","password":"guessed-wrongly"}`, http.StatusUnauthorized, errcode.Unauthorised)
	try(ownJSON, `{"login":"nobody","password":"guessed-wrongly"}`, http.StatusUnauthorized, errcode.Unauthorised)
	try(ownJSON, `{"login":"boss","password":""}`, http.StatusUnauthorized, errcode.Unauthorised)
	try(ownJSON, `{"login":"boss","password":"`+strings.Repeat("x", 5000)+`"}`, http.StatusRequestEntityTooLarge, errcode.TooLarge)
	try(ownJSON, `{"login":"boss","password":"`+strings.Repeat("x", 500)+`"}`, http.StatusUnauthorized, errcode.Unauthorised)
	try(ownJSON, `{`, http.StatusBadRequest, errcode.Invalid)
	a := try(ownJSON, right, http.StatusOK, "")
	if got := decode[office.User](t, a.Body); got.Login != "boss" || got.Role != "admin" {
		t.Errorf("user %+v", got)
	}
	cookie := a.Header().Get("Set-Cookie")
	for _, want := range []string{"tillsight=", "HttpOnly", "SameSite=Strict", "Path=/"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("cookie %q, want %q in it", cookie, want)
		}
	}
	log := w.log.String()
	if strings.Contains(log, adminPassword) || strings.Contains(log, "guessed-wrongly") {
		t.Error("the log knows a password")
	}
	for _, want := range []string{"login=boss", "address=192.0.2.1", "status=401"} {
		if !strings.Contains(log, want) {
			t.Errorf("no %q in the log", want)
		}
	}
	if strings.Contains(log, "bytes=0") {
		t.Error("the log does not count the bytes of refusals")
	}
}

func TestSecureCookie(t *testing.T) {
	w := newWorld(t)
	w.server.Proxy = true
	header := map[string]string{"Content-Type": "application/json", "X-Tillsight": "1", "X-Forwarded-Proto": "https"}
	a := w.ask(request{method: "POST", path: office.GetSession.Path, header: header,
		body: fmt.Sprintf(`{"login":"boss","password":%q}`, adminPassword), status: http.StatusOK})
	if cookie := a.Header().Get("Set-Cookie"); !strings.HasPrefix(cookie, "__Host-tillsight=") || !strings.Contains(cookie, "Secure") {
		t.Errorf("cookie %q", cookie)
	}
	if a.Header().Get("Strict-Transport-Security") == "" {
		t.Error("no Strict-Transport-Security")
	}
}

func TestGuessingPasswordsIsSlowedDown(t *testing.T) {
	w := newWorld(t)
	body := `{"login":"boss","password":"wrong-wrong"}`
	r := request{method: "POST", path: office.GetSession.Path, header: ownJSON, body: body}
	r.code = errcode.Unauthorised
	for range 3 {
		w.ask(r)
	}
	r.body, r.code, r.status = fmt.Sprintf(`{"login":"boss","password":%q}`, adminPassword), errcode.TooMany, http.StatusTooManyRequests
	w.ask(r) // also with the right one
	w.pass(time.Second)
	r.code, r.status = "", http.StatusOK
	w.ask(r)
}

func TestSessionEnds(t *testing.T) {
	w := newWorld(t)
	get := func(header map[string]string, status int) {
		t.Helper()
		var want []string
		if status == http.StatusOK {
			want = []string{`"zone":"Europe/Moscow"`} // the shops', not the browser's
		}
		w.ask(request{method: "GET", path: office.GetSession.Path, header: header, status: status, want: want})
	}
	boss, again := w.boss(), w.boss()
	get(boss, http.StatusOK)
	w.restart()
	get(boss, http.StatusOK)
	w.ask(request{method: "DELETE", path: office.GetSession.Path, header: boss, status: http.StatusNoContent})
	get(boss, http.StatusUnauthorized)
	get(again, http.StatusOK)
	w.must(w.server.Users.SetPassword("boss", "another password"))
	get(again, http.StatusUnauthorized)
	two := w.two()
	w.pass(15 * 24 * time.Hour)
	get(two, http.StatusUnauthorized)
	get(nil, http.StatusUnauthorized)
}

// Each route is closed to who has no business there.
func TestRights(t *testing.T) {
	w := newWorld(t)
	boss, two, till := w.boss(), w.two(), w.enrol("1", 1).header()
	tests := []struct {
		method, path string
		admin        bool // for administrators only
		register     int  // status for a register, 0: not asked
	}{
		{"GET", office.GetDevices.Path, true, http.StatusUnauthorized},
		{"GET", office.GetTills.Path, true, http.StatusUnauthorized},
		{"POST", office.NewCode.Path, true, http.StatusForbidden},
		{"POST", office.Revoke.Path, true, http.StatusForbidden},
		{"GET", office.GetManifest.Path, false, http.StatusUnauthorized},
		{"GET", office.GetProducts.Path, false, http.StatusUnauthorized},
		{"POST", office.SetPrice.Path, false, http.StatusForbidden},
		{"GET", office.GetSession.Path, false, http.StatusUnauthorized},
		{"GET", office.GetPromotions.Path, false, http.StatusUnauthorized},
		{"POST", office.GetPromotions.Path, false, http.StatusForbidden},
		{"POST", office.StopPromotion.Path, false, http.StatusForbidden},
		{"POST", office.Simulate.Path, false, http.StatusForbidden},
		{"GET", office.GetAlarms.Path, false, http.StatusUnauthorized},
	}
	for _, test := range tests {
		t.Run(test.method+" "+test.path, func(t *testing.T) {
			r := request{method: test.method, path: test.path, body: `{"store":"2"}`}
			refused := http.StatusUnauthorized
			if test.method == "POST" {
				refused = http.StatusForbidden // without our page's header
			}
			r.status = refused
			w.ask(r)
			r.header = till
			r.status = test.register
			w.ask(r)
			r.header, r.status = two, 0
			if a := w.ask(r); test.admin != (a.Code == http.StatusForbidden) {
				t.Errorf("a manager: status %d", a.Code)
			}
			r.header = boss
			if a := w.ask(r); a.Code == http.StatusForbidden || a.Code == http.StatusUnauthorized {
				t.Errorf("an administrator: status %d", a.Code)
			}
			if test.method == "POST" {
				r.header = map[string]string{"Cookie": boss["Cookie"], "Content-Type": "application/json"}
				r.status, r.code = http.StatusForbidden, errcode.Forbidden
				w.ask(r)
			}
			r.header = map[string]string{"Cookie": boss["Cookie"], "X-Tillsight": "1", "Sec-Fetch-Site": "cross-site"}
			r.status, r.code = http.StatusForbidden, errcode.Forbidden
			w.ask(r)
		})
	}
}

// The manager of store 2 sees nothing of store 1.
func TestManagerSeesOwnStores(t *testing.T) {
	w := newWorld(t)
	boss, two := w.boss(), w.two()
	one, second := strings.Repeat("1", 64), strings.Repeat("2", 64)
	w.ask(request{method: "GET", path: office.GetManifest.Path, header: boss, status: http.StatusOK, want: []string{one, second}})
	w.ask(request{method: "GET", path: office.GetManifest.Path, header: two, status: http.StatusOK, want: []string{second}, not: []string{one}})
	w.ask(request{method: "GET", path: sync.GetFile.At(second), header: two, status: http.StatusOK, want: []string{"columns"}})
	w.ask(request{method: "GET", path: sync.GetFile.At(one), header: two, status: http.StatusNotFound, not: []string{"columns"}})
	w.ask(request{method: "GET", path: sync.GetFile.At(one), header: boss, status: http.StatusOK})
	w.ask(request{method: "GET", path: office.GetProducts.Path + "?store=1", header: two, status: http.StatusForbidden})
	w.ask(request{method: "POST", path: office.SetPrice.Path, header: two, body: `{"sku":"101","store":"1","amount":1}`, status: http.StatusForbidden})
	w.ask(request{method: "POST", path: office.SetPrice.Path, header: two, body: `{"sku":"101","amount":1}`, status: http.StatusForbidden})
}

func TestSetPrice(t *testing.T) {
	w := newWorld(t)
	two := w.two()
	version := w.server.Feed.Version()
	w.ask(request{method: "POST", path: office.SetPrice.Path, header: two, body: `{"sku":"101","store":"2","amount":9990}`,
		status: http.StatusOK, want: []string{fmt.Sprintf(`"version":%d`, version+1)}})
	w.ask(request{method: "GET", path: office.GetProducts.Path + "?q=молок&store=2", header: two, status: http.StatusOK, want: []string{"9990", "Молоко"}, not: []string{"Хлеб", "cost"}})
	w.ask(request{method: "GET", path: office.GetProducts.Path + "?limit=1", header: two, status: http.StatusOK, want: []string{`"more":true`, "Milk"}, not: []string{"Bread"}})
	w.ask(request{method: "GET", path: office.GetProducts.Path + "?limit=1&offset=1", header: two, status: http.StatusOK, want: []string{`"more":false`, "Bread"}, not: []string{"Milk"}})
	w.ask(request{method: "GET", path: office.GetProducts.Path + "?offset=50", header: two, status: http.StatusOK, want: []string{`"products":[]`}})
	w.ask(request{method: "GET", path: office.GetProducts.Path + "?limit=x", header: two, status: http.StatusBadRequest})
	for body, status := range map[string]int{
		`{"sku":"999","store":"2","amount":100}`:                 http.StatusNotFound,
		`{"sku":"101","store":"2","amount":0}`:                   http.StatusUnprocessableEntity,
		`{"sku":"101","store":"2","amount":-5}`:                  http.StatusUnprocessableEntity,
		`{"sku":"101","store":"2","amount":100,"min":200}`:       http.StatusUnprocessableEntity,
		`{"sku":"101","store":"2","amount":100,"from":1}`:        http.StatusBadRequest,
		`{"sku":"101","store":"2","amount":"100"}`:               http.StatusBadRequest,
		`{"sku":"101","store":"2","amount":9223372036854775807}`: http.StatusUnprocessableEntity,
	} {
		w.ask(request{method: "POST", path: office.SetPrice.Path, header: two, body: body, status: status})
	}
	w.ask(request{method: "POST", path: office.SetPrice.Path, header: w.boss(), body: `{"sku":"101","store":"8","amount":100}`, status: http.StatusNotFound})
	if got := w.server.Feed.Version(); got != version+1 {
		t.Errorf("version %d, want %d", got, version+1)
	}
}

func TestDevicesAndTills(t *testing.T) {
	w := newWorld(t)
	boss := w.boss()
	r := w.enrol("2", 2)
	w.push(r, r.sell(t, 4))
	w.pass(time.Hour)
	seen := w.clock().UnixMilli()
	w.ask(request{method: "GET", path: sync.Pull.Path, header: r.header(), status: http.StatusOK})
	a := w.ask(request{method: "GET", path: office.GetDevices.Path, header: boss, status: http.StatusOK, not: []string{r.Token}})
	want := office.Device{ID: r.Device, Name: "tablet", Store: "2", Till: 2, Epoch: 1, Enrolled: seen - time.Hour.Milliseconds(), LastSeen: seen, Acked: 4}
	if got := decode[[]office.Device](t, a.Body); len(got) != 1 || got[0] != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	a = w.ask(request{method: "GET", path: office.GetTills.Path, header: boss, status: http.StatusOK})
	places := decode[[]office.TillPlace](t, a.Body)
	if len(places) != 4 || places[3] != (office.TillPlace{Store: "2", Name: "Магазин 2", Till: 2, Device: r.Device}) || places[0].Device != "" {
		t.Errorf("places %+v", places)
	}
	clone := register{Enrolment: r.Enrolment}
	clone.Counter = 70
	w.ask(request{method: "POST", path: sync.Push.Path, header: r.header(), body: clone.sell(t, 1), code: errcode.Fork})
	w.ask(request{method: "GET", path: office.GetDevices.Path, header: boss, want: []string{`"fork":true`}})
	w.ask(request{method: "GET", path: "/metrics", header: nil, status: http.StatusForbidden})
	q := httptest.NewRequest("GET", "/metrics", nil)
	w.server.MetricsToken = "collector"
	q.RemoteAddr = "127.0.0.1:5"
	closed := httptest.NewRecorder()
	w.server.ServeHTTP(closed, q)
	if closed.Code != http.StatusForbidden {
		t.Errorf("metrics without the token: status %d", closed.Code)
	}
	q.Header.Set("Authorization", "Bearer collector")
	m := httptest.NewRecorder()
	w.server.ServeHTTP(m, q)
	for _, line := range []string{"tillsight_journal_facts 4", "tillsight_push_facts_total 4", "tillsight_forked_facts 1",
		`tillsight_push_refused_total{code="sync.fork"} 1`, `tillsight_device_forked{store="2",till="2"} 1`, "tillsight_sessions 1"} {
		if !strings.Contains(m.Body.String(), line+"\n") {
			t.Errorf("no %q in the metrics:\n%s", line, m.Body)
		}
	}
	w.restart()
	a = w.ask(request{method: "GET", path: office.GetDevices.Path, header: boss, status: http.StatusOK})
	want.Fork, want.LastSeen = true, seen
	if got := decode[[]office.Device](t, a.Body); len(got) != 1 || got[0] != want {
		t.Errorf("after a restart: got %+v, want %+v", got, want)
	}
}

func TestHealth(t *testing.T) {
	w := newWorld(t)
	r := w.enrol("1", 1)
	w.push(r, r.sell(t, 2))
	w.ask(request{method: "GET", path: "/healthz", status: http.StatusOK, want: []string{`"status":"ok"`, `"journal":2`}})
}

func TestWrongAddresses(t *testing.T) {
	w := newWorld(t)
	w.ask(request{method: "GET", path: "/v1/nothing", status: http.StatusNotFound, code: errcode.NotFound})
	for path, allow := range map[string]string{
		sync.Push.Path: "POST", office.GetSession.Path: "GET, HEAD, POST, DELETE", sync.GetFile.At("x"): "GET, HEAD",
		office.GetPromotions.Path: "GET, HEAD, POST",
	} {
		a := w.ask(request{method: "PATCH", path: path, header: ownJSON, body: "{}", status: http.StatusMethodNotAllowed, code: errcode.BadMethod})
		if got := a.Header().Get("Allow"); got != allow {
			t.Errorf("%s allows %q, want %q", path, got, allow)
		}
	}
	a := w.ask(request{method: "GET", path: "/healthz", status: http.StatusOK})
	for name, want := range map[string]string{
		"Content-Security-Policy":    "script-src 'self' 'wasm-unsafe-eval'",
		"X-Content-Type-Options":     "nosniff",
		"Referrer-Policy":            "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin",
		"Cache-Control":              "no-store",
	} {
		if got := a.Header().Get(name); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q in it", name, got, want)
		}
	}
	if csp := a.Header().Get("Content-Security-Policy"); strings.Contains(csp, "'unsafe-eval'") || strings.Contains(csp, "script-src 'self' 'unsafe-inline'") {
		t.Errorf("policy %q", csp)
	}
}

// A fault inside is not told outside.
func TestPanicIsAnswered(t *testing.T) {
	w := newWorld(t)
	boom := w.server.serve(routes.Route{Method: "GET", Path: "/boom", Who: routes.Anybody, Shows: routes.Nothing,
		Handle: func(http.ResponseWriter, *http.Request, routes.Caller) error { panic("secret detail") }})
	a := httptest.NewRecorder()
	boom.ServeHTTP(a, httptest.NewRequest("GET", "/boom", nil))
	if a.Code != http.StatusInternalServerError || strings.Contains(a.Body.String(), "secret") || !strings.Contains(a.Body.String(), `"internal"`) {
		t.Errorf("status %d: %s", a.Code, a.Body)
	}
	if !strings.Contains(w.log.String(), "secret detail") {
		t.Error("the log does not say why")
	}
}

// listen opens a live stream and returns its events.
func listen(t *testing.T, url string, header map[string]string) <-chan string {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), "GET", url+sync.Listen.Path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range header {
		q.Header.Set(name, value)
	}
	a, err := http.DefaultClient.Do(q)
	if err != nil || a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("live stream: %+v, %v", a, err)
	}
	events := make(chan string, 16)
	go func() {
		defer close(events)
		defer a.Body.Close()
		for lines := bufio.NewScanner(a.Body); lines.Scan(); {
			if data, found := strings.CutPrefix(lines.Text(), "data: "); found {
				events <- data
			}
		}
	}()
	return events
}

func TestLive(t *testing.T) {
	w := newWorld(t)
	server := httptest.NewUnstartedServer(w.server)
	server.Config = NewHTTP(w.server)
	server.Config.ReadTimeout, server.Config.WriteTimeout = 50*time.Millisecond, 50*time.Millisecond
	server.Start()
	defer server.Close()
	r, other := w.enrol("1", 1), w.enrol("1", 2)
	events := listen(t, server.URL, r.header())
	steady := listen(t, server.URL, other.header())
	manager := listen(t, server.URL, w.two())
	want := func(from <-chan string, text string) {
		t.Helper()
		select {
		case got := <-from:
			if !strings.Contains(got, text) {
				t.Errorf("event %s, want %s in it", got, text)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("no event, want %s", text)
		}
	}
	// The key of parked receipts changes with the registers: a new version may
	// come before the news.
	wantRevoked := func(from <-chan string) {
		t.Helper()
		for event := range from {
			if strings.Contains(event, `"revoked":true`) {
				return
			}
			if !strings.HasPrefix(event, `{"version":`) {
				t.Errorf("event %s, want to be revoked", event)
			}
		}
		t.Error("the stream ended without a word")
	}
	<-time.After(100 * time.Millisecond) // streams outlive the limits of other requests
	version := w.server.Feed.Version()
	want(events, fmt.Sprintf(`"version":%d`, version))
	want(steady, fmt.Sprintf(`"version":%d`, version))
	want(manager, `"data":"`)
	_, err := w.server.Feed.SetPrice(catalogue.Price{SKU: "101", Amount: 100})
	w.must(err)
	want(events, fmt.Sprintf(`"version":%d`, version+1))
	want(steady, fmt.Sprintf(`"version":%d`, version+1))
	w.ask(request{method: "POST", path: office.Revoke.Path, header: w.boss(), body: fmt.Sprintf(`{"device":%q}`, r.Device), status: http.StatusNoContent})
	wantRevoked(events)
	if event, open := <-events; open {
		t.Errorf("event %s to a revoked register", event)
	}
	w.enrol("1", 2) // takes the other's place
	wantRevoked(steady)
	w.close() // the server stops
	for range manager {
	}
}

func TestSaved(t *testing.T) {
	w := newWorld(t)
	body := `{"id":"f1","kind":"filter","name":"Mornings","body":{"period":"7"},"at":5}`
	w.ask(request{method: "POST", path: office.GetSaved.Path, header: ownJSON, body: body, status: http.StatusUnauthorized, code: errcode.Unauthorised})
	cookie := w.boss()
	a := w.ask(request{method: "POST", path: office.GetSaved.Path, header: cookie, body: body, status: http.StatusOK})
	if kept := decode[office.DeskItem](t, a.Body); kept.Name != "Mornings" || kept.Owner == "" {
		t.Errorf("kept %+v", kept)
	}
	a = w.ask(request{method: "GET", path: office.GetSaved.Path, header: cookie, status: http.StatusOK})
	if list := decode[[]office.DeskItem](t, a.Body); len(list) != 1 || string(list[0].Body) != `{"period":"7"}` {
		t.Errorf("listed %+v", list)
	}
}
