//go:build !js

package story

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// weather is what the way to the server does to requests for its interface.
type weather int

const (
	clear   weather = iota
	failing         // status 500
	garbage         // status 200 and a page of somebody else's
	silent          // no answer at all
)

// between stands between browser and server.
type between struct {
	url string

	mu      sync.Mutex
	weather weather
	changed chan struct{} // closed when the weather changes
	ahead   time.Duration // the server's clock, beyond the true time
	prelude string        // put before the worker's script
}

// stand puts a proxy before the world's server, which from now on is reached
// through it only.
func stand(t *testing.T, w *world) *between {
	t.Helper()
	target, err := url.Parse(w.URL)
	must(t, err)
	b := &between{changed: make(chan struct{})}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host
			if !strings.HasPrefix(r.In.URL.Path, "/v1/files/") {
				r.Out.Header.Set("Accept-Encoding", "identity")
			}
		},
		ModifyResponse: b.edit,
		ErrorHandler:   func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/v1/") && b.spoil(w, r) {
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		b.set(clear)
		server.CloseClientConnections()
		server.Close()
	})
	b.url = strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	w.URL = b.url
	return b
}

// set changes the weather; requests that wait for an answer are dropped.
func (b *between) set(now weather) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.weather = now
	close(b.changed)
	b.changed = make(chan struct{})
}

// spoil answers in the server's place when the weather is bad.
func (b *between) spoil(w http.ResponseWriter, r *http.Request) bool {
	b.mu.Lock()
	now, changed := b.weather, b.changed
	b.mu.Unlock()
	switch now {
	case failing:
		http.Error(w, "internal server error", http.StatusInternalServerError)
	case garbage:
		fmt.Fprint(w, "<html><h1>Welcome to the guest network</h1></html>")
	case silent:
		select {
		case <-changed:
		case <-r.Context().Done():
		}
		panic(http.ErrAbortHandler)
	default:
		return false
	}
	return true
}

var serverTime = regexp.MustCompile(`"server_time":(\d+)`)

// edit changes the time that the server tells, and the script of workers.
func (b *between) edit(answer *http.Response) error {
	b.mu.Lock()
	ahead, prelude := b.ahead, b.prelude
	b.mu.Unlock()
	path := answer.Request.URL.Path
	worker := prelude != "" && strings.HasSuffix(path, "/worker.js")
	if !worker && (ahead == 0 || answer.Header.Get("Content-Type") == "text/event-stream" || !strings.HasPrefix(path, "/v1/")) {
		return nil
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if worker {
		body = append([]byte(prelude+"\n"), body...)
	} else {
		body = serverTime.ReplaceAllFunc(body, func(found []byte) []byte {
			told, err := strconv.ParseInt(string(found[len(`"server_time":`):]), 10, 64)
			if err != nil {
				return found
			}
			return fmt.Appendf(nil, `"server_time":%d`, told+ahead.Milliseconds())
		})
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	answer.ContentLength = int64(len(body))
	answer.Header.Set("Content-Length", strconv.Itoa(len(body)))
	return nil
}

func (b *between) setClock(ahead time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ahead = ahead
}

func (b *between) setPrelude(script string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.prelude = script
}
