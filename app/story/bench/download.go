//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	wire "tillsight/shared/wire/sync"
)

// download measures what the network carries to a fresh till until it can sell:
// everything but the assortment, and the assortment.
func download(ctx context.Context, b *bench) (err error) {
	c, err := b.theChain(ctx)
	if err != nil {
		return err
	}
	meter, err := newMeter(c.URL)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, meter.close()) }()
	browser, tab, err := b.browser(ctx, "profile-download")
	if err != nil {
		return err
	}
	defer browser.Close()
	if _, err := enrolTab(ctx, c, tab, meter.url, "1", 2); err != nil {
		return err
	}
	if err := tab.SignIn(c.pin); err != nil {
		return err
	}
	snapshot := meter.bodies(wire.GetFile.At(""))
	b.add("download_kb", "KiB", float64(meter.sent.Load()-snapshot)/1024, 1)
	b.add("snapshot_100k_kb", "KiB", float64(snapshot)/1024, 1)
	meter.print(os.Stderr)
	return nil
}

// meter stands before a server and counts the bytes that it sends.
type meter struct {
	url    string
	server *http.Server
	sent   atomic.Int64 // all bytes on the connections, heads included

	mu    sync.Mutex
	paths map[string]int64 // bytes of bodies
}

func newMeter(server string) (*meter, error) {
	to, err := url.Parse(server)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return nil, err
	}
	m := &meter{
		url:   fmt.Sprintf("http://localhost:%d", listener.Addr().(*net.TCPAddr).Port),
		paths: map[string]int64{},
	}
	proxy := &httputil.ReverseProxy{
		Rewrite:       func(r *httputil.ProxyRequest) { r.SetURL(to); r.Out.Host = r.In.Host },
		Transport:     &http.Transport{DisableCompression: true},
		FlushInterval: -1,
		ErrorHandler:  func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
		ModifyResponse: func(a *http.Response) error {
			a.Body = &countedBody{a.Body, m, a.Request.URL.Path}
			return nil
		},
	}
	m.server = &http.Server{Handler: proxy, ReadHeaderTimeout: 10 * time.Second}
	go m.server.Serve(countedListener{listener, &m.sent})
	return m, nil
}

func (m *meter) close() error { return m.server.Close() }

// bodies returns the bytes of all bodies under a path.
func (m *meter) bodies(prefix string) (sum int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for path, n := range m.paths {
		if strings.HasPrefix(path, prefix) {
			sum += n
		}
	}
	return sum
}

// print lists the largest answers.
func (m *meter) print(w io.Writer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var paths []string
	for path := range m.paths {
		paths = append(paths, path)
	}
	sort.Slice(paths, func(i, k int) bool { return m.paths[paths[i]] > m.paths[paths[k]] })
	for _, path := range paths[:min(8, len(paths))] {
		fmt.Fprintf(w, "%10d  %s\n", m.paths[path], path)
	}
}

type countedBody struct {
	io.ReadCloser
	meter *meter
	path  string
}

func (b *countedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.meter.mu.Lock()
	b.meter.paths[b.path] += int64(n)
	b.meter.mu.Unlock()
	return n, err
}

type countedListener struct {
	net.Listener
	sent *atomic.Int64
}

func (l countedListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	return countedConn{conn, l.sent}, err
}

type countedConn struct {
	net.Conn
	sent *atomic.Int64
}

func (c countedConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.sent.Add(int64(n))
	return n, err
}
