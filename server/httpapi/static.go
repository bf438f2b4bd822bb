package httpapi

import (
	"bytes"
	"io"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
)

// Static serves the program to browsers: the page, which is the same at every
// address of it, the service worker, and the files under /web/.
//
// An address with ?v= gives exactly the bytes with that hash and may be kept
// for ever; another hash is not found, so that no page mixes two versions.
type Static struct {
	shell  *shell
	assets map[string]*asset
}

// NewStatic reads the files of package web and makes them ready to send.
func NewStatic(files fs.FS) (*Static, error) {
	all, err := loadAssets(files)
	if err != nil {
		return nil, err
	}
	s := &Static{assets: make(map[string]*asset, len(all)+4)}
	for _, a := range all {
		s.assets[a.path] = a
	}
	if s.shell, err = newShell(files, s.assets); err != nil {
		return nil, err
	}
	for _, a := range []*asset{s.shell.appJS, s.shell.worker, s.shell.list} {
		s.assets[a.path] = a
	}
	return s, nil
}

// Version identifies all that browsers get. It changes with any byte of it.
func (s *Static) Version() string { return s.shell.version }

// ServeHTTP implements http.Handler.
func (s *Static) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := r.URL.Path
	if name == "/favicon.ico" {
		name = "/web/icon/icon-192.png"
	}
	a, found := s.assets[name]
	if !found && !isPage(r) {
		http.NotFound(w, r)
		return
	}
	if !found {
		a = s.shell.page
	}
	if tag := r.URL.Query().Get("v"); found && tag != "" && tag != a.tag() {
		w.Header().Set("Cache-Control", "no-store")
		http.NotFound(w, r)
		return
	}
	serve(w, r, a)
}

// isPage tells an address of the program from a file that is not there.
func isPage(r *http.Request) bool {
	p := r.URL.Path
	if strings.HasPrefix(p, "/web/") || strings.HasPrefix(p, "/v1/") {
		return false
	}
	return !strings.Contains(p[strings.LastIndexByte(p, '/')+1:], ".")
}

func serve(w http.ResponseWriter, r *http.Request, a *asset) {
	h := w.Header()
	h.Set("Content-Type", a.typ)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if r.URL.Query().Get("v") != "" && a.typ != contentTypes[".html"] {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	encoding, body := choose(a, r.Header.Get("Accept-Encoding"))
	etag := `"` + a.tag() + encoding + `"`
	h.Set("ETag", etag)
	if matches(r.Header.Get("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	if body == nil {
		servePlain(w, r, a)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// servePlain sends a packed file to a client that takes no compression.
func servePlain(w http.ResponseWriter, r *http.Request, a *asset) {
	if r.Header.Get("Range") != "" {
		if whole, err := io.ReadAll(brotli.NewReader(bytes.NewReader(a.br))); err == nil {
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(whole))
			return
		}
	}
	w.Header().Set("Content-Length", strconv.FormatInt(a.size, 10))
	if r.Method == http.MethodHead {
		return
	}
	_, _ = io.Copy(w, brotli.NewReader(bytes.NewReader(a.br)))
}

// choose picks the smallest form that the client takes. A nil body stands for
// the plain bytes of a packed file.
func choose(a *asset, accept string) (encoding string, body []byte) {
	switch {
	case a.br != nil && accepts(accept, "br"):
		return "br", a.br
	case a.gz != nil && accepts(accept, "gzip"):
		return "gzip", a.gz
	}
	return "", a.plain
}

// accepts reads an Accept-Encoding header (RFC 9110 §12.5.3). "*" and weights
// other than a refusal do not matter to us.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		q := strings.TrimPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
		value, err := strconv.ParseFloat(q, 64)
		return q == "" || err == nil && value > 0
	}
	return false
}

// matches reads an If-None-Match header.
func matches(header, etag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimPrefix(strings.TrimSpace(part), "W/")
		if part == etag || part == "*" {
			return true
		}
	}
	return false
}
