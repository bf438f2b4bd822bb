//go:build !js

package story

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"tillsight/server/httpapi"
	"tillsight/web"
)

// site serves one version of the program after another on one address, and can
// be cut off from the network.
type site struct {
	*httptest.Server
	now atomic.Pointer[httpapi.Static]
	cut atomic.Bool
}

func startSite(t *testing.T) *site {
	t.Helper()
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.cut.Load() {
			panic(http.ErrAbortHandler)
		}
		s.now.Load().ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// publish puts a version on the address: the built program with other files in
// place of some, and returns its version.
func (s *site) publish(t *testing.T, other map[string]string) string {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(web.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(web.Files, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range other {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	static, err := httpapi.NewStatic(files)
	if err != nil {
		t.Fatal(err)
	}
	s.now.Store(static)
	return static.Version()
}

func startUpdateTab(t *testing.T) *Tab {
	t.Helper()
	clock, err := NewClock()
	must(t, err)
	browser, err := StartBrowser(t.Context(), clock, t.TempDir(), Look{Width: 1280, Height: 800, Lang: "en"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(browser.Close)
	return browser.First()
}

// must fails the test at the first step that fails.
func must(t *testing.T, steps ...error) {
	t.Helper()
	for _, err := range steps {
		if err != nil {
			t.Fatal(err)
		}
	}
}

const (
	drawn     = `!document.getElementById("skeleton")`
	kept      = `navigator.serviceWorker.controller && caches.open("tillsight-state").then(c => c.match("/.tillsight/state")).then(r => r && r.json()).then(s => s && s.current === tillsight.version && s.groups.length > 0)`
	deskKept  = `caches.match("/web/desk.wasm", { ignoreSearch: true }).then(Boolean)`
	stateText = `caches.open("tillsight-state").then(c => c.match("/.tillsight/state")).then(r => r.json())`
)

// workerState is the service worker's stored state.
type workerState struct {
	Current  string   `json:"current"`
	Next     string   `json:"next"`
	Previous string   `json:"previous"`
	Bad      []string `json:"bad"`
	Busy     bool     `json:"busy"`
}

// runs waits for a page of version; it may load itself anew meanwhile.
func runs(tab *Tab, version string) error {
	return tab.Until(drawn + ` && tillsight.version === "` + version + `"`)
}

func version(t *testing.T, tab *Tab) string {
	t.Helper()
	v, err := Eval[string](tab, "tillsight.version")
	must(t, err)
	return v
}

func state(t *testing.T, tab *Tab) workerState {
	t.Helper()
	s, err := Eval[workerState](tab, stateText)
	must(t, err)
	return s
}

// settle says that the version started well and waits until that is stored.
func settle(t *testing.T, tab *Tab) {
	t.Helper()
	_, err := Eval[bool](tab, `tillsight.healthy(), true`)
	must(t, err, tab.Until(stateText+`.then(s => s.previous === "")`))
}

// fetchNext makes the browser look for a new version and waits until it is kept.
func fetchNext(t *testing.T, tab *Tab, next string) {
	t.Helper()
	_, err := Eval[bool](tab, `goappTryUpdate(), true`)
	must(t, err, tab.Until(`tillsight.next() === "`+next+`"`))
}

func TestUpdateWaitsForTheReceipt(t *testing.T) {
	site, tab := startSite(t), startUpdateTab(t)
	first := site.publish(t, nil)
	must(t, tab.Open(site.URL), tab.Until(drawn), tab.Until(kept))
	_, err := Eval[bool](tab, `tillsight.busy(true), true`)
	must(t, err, tab.Until(stateText+`.then(s => s.busy)`))

	second := site.publish(t, map[string]string{"static/zz.css": "/* second */"})
	fetchNext(t, tab, second)
	_, err = Eval[bool](tab, `tillsight.switchNow(), true`)
	must(t, err, tab.Open(site.URL), tab.Until(drawn))
	if got := version(t, tab); got != first {
		t.Errorf("with a receipt open version %s runs, want %s", got, first)
	}
	_, err = Eval[bool](tab, `tillsight.busy(false), true`)
	must(t, err, tab.Until(stateText+`.then(s => !s.busy)`), tab.Open(site.URL), tab.Until(drawn))
	if got := version(t, tab); got != second {
		t.Errorf("after the receipt version %s runs, want %s", got, second)
	}
	if got := state(t, tab).Previous; got != first {
		t.Errorf("on trial: version %q is kept, want %q", got, first)
	}
	settle(t, tab)
	left, err := Eval[[]string](tab, `caches.keys().then(k => k.filter(n => n.startsWith("tillsight-v-")))`)
	must(t, err)
	if len(left) != 1 || left[0] != "tillsight-v-"+second {
		t.Errorf("kept versions %q, want the second only", left)
	}
}

func TestUpdateGoesBackWhenTheNextVersionFails(t *testing.T) {
	site, tab := startSite(t), startUpdateTab(t)
	first := site.publish(t, nil)
	must(t, tab.Open(site.URL), tab.Until(drawn), tab.Until(kept))
	second := site.publish(t, map[string]string{"build/wasm_exec.js": "throw new Error('broken');"})
	fetchNext(t, tab, second)
	must(t, tab.Open(site.URL), runs(tab, first))
	if got := version(t, tab); got != first {
		t.Errorf("version %s runs, want %s", got, first)
	}
	if s := state(t, tab); len(s.Bad) != 1 || s.Bad[0] != second {
		t.Errorf("versions known as bad: %q, want %q", s.Bad, second)
	}
	must(t, tab.Open(site.URL), tab.Until(drawn))
	if got := version(t, tab); got != first {
		t.Errorf("at the next start version %s runs, want %s", got, first)
	}
}

func TestUpdateIsAllOrNothing(t *testing.T) {
	site, tab := startSite(t), startUpdateTab(t)
	first := site.publish(t, nil)
	must(t, tab.Open(site.URL), tab.Until(drawn), tab.Until(kept))
	// A version whose list names a file that another server answers: the bytes
	// do not match, as with a half-finished deployment.
	site.publish(t, map[string]string{"shell/sw.js": swWithWrongHash(t)})
	_, err := Eval[string](tab, `navigator.serviceWorker.ready.then(r => r.update()).then(r => new Promise(done => {
		const w = r.installing || r.waiting; if (!w) return done("none");
		w.onstatechange = () => { if (w.state !== "installing") done(w.state); };
	}))`)
	must(t, err)
	must(t, tab.Open(site.URL), tab.Until(drawn))
	if got := version(t, tab); got != first {
		t.Errorf("version %s runs, want %s", got, first)
	}
	left, err := Eval[[]string](tab, `caches.keys().then(k => k.filter(n => n.startsWith("tillsight-v-")))`)
	must(t, err)
	if len(left) != 1 {
		t.Errorf("kept versions %q, want the first only", left)
	}
}

// swWithWrongHash is the service worker with a list that no server can satisfy.
func swWithWrongHash(t *testing.T) string {
	t.Helper()
	text, err := fs.ReadFile(web.Files, "shell/sw.js")
	must(t, err)
	return string(text) + "\ngroups.core[1].sha256 = \"00\"; groups.core[1].url += \"&other=1\";\n"
}

func TestPageWorksOffline(t *testing.T) {
	site, tab := startSite(t), startUpdateTab(t)
	site.publish(t, nil)
	must(t, tab.Open(site.URL+"/manager"), tab.Until(drawn), tab.Until(kept), tab.Until(deskKept))
	_, err := Eval[bool](tab, `caches.open("someone-else").then(c => c.put("/x", new Response("kept"))).then(() => true)`)
	must(t, err)
	site.cut.Store(true)
	site.CloseClientConnections()
	for _, address := range []string{"/", "/manager", "/manager/goods"} {
		must(t, tab.Open(site.URL+address), tab.Until(drawn))
	}
	foreign, err := Eval[bool](tab, `caches.has("someone-else")`)
	must(t, err)
	if !foreign {
		t.Error("a cache that is not ours was deleted")
	}
	for _, fault := range tab.Faults() {
		if !strings.Contains(fault, "/v1/") { // the server's interface is never answered from a cache
			t.Errorf("page said: %s", fault)
		}
	}
	answer, err := Eval[string](tab, `fetch("/v1/session").then(() => "answered", () => "no answer")`)
	must(t, err)
	if answer != "no answer" {
		t.Errorf("without a network the interface %s", answer)
	}
}
