package httpapi

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"

	"tillsight/web"
)

// builtFiles are the real files of package web with small programs in place of
// what the build makes.
func builtFiles(t *testing.T, programs map[string]string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for _, root := range []string{"static", "shell"} {
		err := fs.WalkDir(web.Files, root, func(name string, entry fs.DirEntry, err error) error {
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
	}
	list := map[string]web.Packed{}
	for name, text := range programs {
		var br, gz bytes.Buffer
		b, g := brotli.NewWriter(&br), gzip.NewWriter(&gz)
		for _, w := range []io.WriteCloser{b, g} {
			if _, err := w.Write([]byte(text)); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
		files["build/"+name+".br"] = &fstest.MapFile{Data: br.Bytes()}
		files["build/"+name+".gz"] = &fstest.MapFile{Data: gz.Bytes()}
		sum := sha256.Sum256([]byte(text))
		list[name] = web.Packed{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(text)), Quality: 9}
	}
	text, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	files["build/"+web.PackList] = &fstest.MapFile{Data: text}
	files["build/wasm_exec.js"] = &fstest.MapFile{Data: []byte("// exec")}
	return files
}

func newTestStatic(t *testing.T, programs map[string]string) *Static {
	t.Helper()
	s, err := NewStatic(builtFiles(t, programs))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func get(t *testing.T, h http.Handler, url string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, url, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, res *http.Response) string {
	t.Helper()
	var r io.Reader = res.Body
	switch res.Header.Get("Content-Encoding") {
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		g, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = g
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

var twoPrograms = map[string]string{"app.wasm": "page program", "till.wasm": "till program"}

func TestStaticSendsTheFormThatTheClientTakes(t *testing.T) {
	s := newTestStatic(t, twoPrograms)
	tests := []struct{ accept, want string }{
		{"gzip, deflate, br", "br"},
		{"gzip", "gzip"},
		{"br;q=0, gzip;q=0.5", "gzip"},
		{"identity", ""},
		{"", ""},
	}
	for _, tt := range tests {
		res := get(t, s, "/web/app.wasm", "Accept-Encoding", tt.accept)
		if got := res.Header.Get("Content-Encoding"); got != tt.want {
			t.Errorf("accept %q: encoding %q, want %q", tt.accept, got, tt.want)
		}
		if got := body(t, res); got != "page program" {
			t.Errorf("accept %q: body %q", tt.accept, got)
		}
		if got := res.Header.Get("Content-Type"); got != "application/wasm" {
			t.Errorf("type %q", got)
		}
		if got := res.Header.Get("Vary"); got != "Accept-Encoding" {
			t.Errorf("vary %q", got)
		}
	}
}

// A till on a bad line goes on where it broke off, in whatever form it takes.
func TestStaticGoesOn(t *testing.T) {
	s, err := NewStatic(builtFiles(t, map[string]string{"app.wasm": strings.Repeat("program ", 500)}))
	if err != nil {
		t.Fatal(err)
	}
	ask := func(coding, part string) *httptest.ResponseRecorder {
		q := httptest.NewRequest("GET", "/web/app.wasm", nil)
		q.Header.Set("Accept-Encoding", coding)
		if part != "" {
			q.Header.Set("Range", part)
		}
		a := httptest.NewRecorder()
		s.ServeHTTP(a, q)
		return a
	}
	for _, coding := range []string{"br", "gzip", "identity"} {
		whole := ask(coding, "").Body.Bytes()
		a := ask(coding, "bytes=10-")
		if a.Code != http.StatusPartialContent || !bytes.Equal(a.Body.Bytes(), whole[10:]) {
			t.Errorf("%s: status %d, %d bytes of %d", coding, a.Code, a.Body.Len(), len(whole))
		}
	}
}

func TestStaticAddressWithHash(t *testing.T) {
	s := newTestStatic(t, twoPrograms)
	hash := s.assets["/web/app.wasm"].tag()
	tests := []struct {
		url    string
		status int
		cache  string
	}{
		{"/web/app.wasm", 200, "no-cache"},
		{"/web/app.wasm?v=" + hash, 200, "public, max-age=31536000, immutable"},
		{"/web/app.wasm?v=0123456789abcdef", 404, "no-store"},
		{"/web/none.wasm", 404, ""},
		{"/v1/none", 404, ""},
		{"/none.js", 404, ""},
		{"/app-worker.js", 200, "no-cache"},
		{"/", 200, "no-cache"},
		{"/manager", 200, "no-cache"},
		{"/favicon.ico", 200, "no-cache"},
	}
	for _, tt := range tests {
		res := get(t, s, tt.url)
		if res.StatusCode != tt.status {
			t.Errorf("%s: status %d, want %d", tt.url, res.StatusCode, tt.status)
		}
		if got := res.Header.Get("Cache-Control"); got != tt.cache {
			t.Errorf("%s: cache %q, want %q", tt.url, got, tt.cache)
		}
	}
}

func TestStaticNotModified(t *testing.T) {
	s := newTestStatic(t, twoPrograms)
	first := get(t, s, "/", "Accept-Encoding", "br")
	again := get(t, s, "/", "Accept-Encoding", "br", "If-None-Match", "W/"+first.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("same tag: status %d", again.StatusCode)
	}
	other := get(t, s, "/", "Accept-Encoding", "gzip", "If-None-Match", first.Header.Get("ETag"))
	if other.StatusCode != http.StatusOK {
		t.Errorf("tag of another encoding: status %d", other.StatusCode)
	}
}

func TestStaticVersionFollowsContent(t *testing.T) {
	a := newTestStatic(t, twoPrograms)
	same := newTestStatic(t, twoPrograms)
	other := newTestStatic(t, map[string]string{"app.wasm": "page program", "till.wasm": "till program 2"})
	if a.Version() != same.Version() {
		t.Error("same files, other version")
	}
	if a.Version() == other.Version() {
		t.Error("other files, same version")
	}
}

// TestStaticListHashes checks what the service worker will check: every file of
// its list is served with the bytes that the list promises.
func TestStaticListHashes(t *testing.T) {
	s := newTestStatic(t, map[string]string{
		"app.wasm": "page", "till.wasm": "till", "desk.wasm": "desk", "insight.wasm": "insight", "vendor/echarts.min.js": "echarts",
	})
	text := body(t, get(t, s, "/app-worker.js"))
	match := regexp.MustCompile(`const groups = (\{.*\});`).FindStringSubmatch(text)
	if match == nil {
		t.Fatal("no list in the service worker")
	}
	var groups map[string][]shellFile
	if err := json.Unmarshal([]byte(match[1]), &groups); err != nil {
		t.Fatal(err)
	}
	where := map[string]string{}
	for group, list := range groups {
		for _, file := range list {
			where[strings.Split(file.URL, "?")[0]] = group
			res := get(t, s, file.URL, "Accept-Encoding", "br")
			sum := sha256.Sum256([]byte(body(t, res)))
			if got := hex.EncodeToString(sum[:]); got != file.SHA256 {
				t.Errorf("%s: hash %s, list says %s", file.URL, got, file.SHA256)
			}
		}
	}
	want := map[string]string{
		"/": "core", "/app.js": "core", "/web/app.wasm": "core", "/web/wasm_exec.js": "core", "/web/worker.js": "core",
		"/web/till.wasm": "till", "/web/desk.wasm": "manager", "/web/insight.wasm": "manager", "/web/vendor/echarts.min.js": "manager",
	}
	for name, group := range want {
		if where[name] != group {
			t.Errorf("%s is in group %q, want %q", name, where[name], group)
		}
	}
}

// TestStaticPageKeepsPolicy checks that the page needs no inline script or style.
func TestStaticPageKeepsPolicy(t *testing.T) {
	page := body(t, get(t, newTestStatic(t, twoPrograms), "/"))
	for _, bad := range []string{"<style", " style=", " onclick=", "javascript:", "http://", "https://"} {
		if strings.Contains(page, bad) {
			t.Errorf("page holds %q", bad)
		}
	}
	if got := regexp.MustCompile(`<script[^>]*>[^<]`).FindString(page); got != "" {
		t.Errorf("inline script %q", got)
	}
}

func TestStaticWithoutBuild(t *testing.T) {
	files := builtFiles(t, nil)
	delete(files, "build/"+web.PackList)
	s, err := NewStatic(files)
	if err != nil {
		t.Fatal(err)
	}
	if res := get(t, s, "/"); res.StatusCode != http.StatusOK {
		t.Errorf("page: status %d", res.StatusCode)
	}
	if res := get(t, s, "/web/app.wasm"); res.StatusCode != http.StatusNotFound {
		t.Errorf("program: status %d", res.StatusCode)
	}
}

func TestStaticRefusesDamagedList(t *testing.T) {
	files := builtFiles(t, twoPrograms)
	files["build/"+web.PackList] = &fstest.MapFile{Data: []byte(`{"app.wasm":{"sha256":"12"}}`)}
	if _, err := NewStatic(files); err == nil {
		t.Error("a list with a short hash was taken")
	}
}
