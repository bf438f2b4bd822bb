//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"tillsight/app/story"
)

// engines in the order in which they are asked. The folder engines holds
// what each does in the browser.
var engines = []string{ours, "duckdb", "sqlite"}

const ours = "columns"

// asked is what an engine's page reports. Times are milliseconds.
type asked struct {
	Error       string
	Took        float64            // page opened → first answer, when only that was asked
	Open        float64            // engine started and data loaded from the device
	First, Warm map[string]float64 // by question; Warm is the median
	Sums        map[string]string  // of the answers
}

// comparison is one size of data that engines are asked about.
type comparison struct {
	lines   int
	suffix  string // of the rows' names
	rounds  int
	warm    map[string]int // engine → questions after the first
	sums    map[string]string
	engines []string
}

// The sums of the answers are those of the comparison of browser databases for
// 2 000 000 lines, on which DuckDB, SQLite and hand-written loops agree.
var twoMillion = comparison{
	lines: 2_000_000, rounds: 3, engines: engines, warm: map[string]int{ours: 5, "duckdb": 5, "sqlite": 1},
	sums: map[string]string{
		"q1": "06ab7cfd:14620", "q2": "c64869a8:38284", "q3": "3a1d1fc8:300",
		"q4": "775462a6:10000", "q5": "44f3c084:100", "q6": "d4d2fd02:12",
	},
}

// Ten million lines have no published sums: the engines have to agree.
var tenMillion = comparison{
	lines: 10_000_000, suffix: "_10m", rounds: 1, engines: []string{ours, "duckdb"}, warm: map[string]int{ours: 3, "duckdb": 3},
}

// queries asks six questions about two million lines.
func queries(ctx context.Context, b *bench) error { return b.compare(ctx, twoMillion) }

// queriesOfMore asks them about ten million.
func queriesOfMore(ctx context.Context, b *bench) error { return b.compare(ctx, tenMillion) }

// compare measures the engines in turn, each on a browser profile of its own
// that holds the data in the engine's own form.
func (b *bench) compare(ctx context.Context, c comparison) error {
	site, err := b.engineSite(ctx, c.lines)
	if err != nil {
		return err
	}
	defer site.Close()
	f := newFigures()
	for round := range c.rounds {
		order := slices.Clone(c.engines)
		if round%2 == 1 {
			slices.Reverse(order)
		}
		for _, engine := range order {
			if err := b.askEngine(ctx, site.URL, engine, c, f); err != nil {
				return fmt.Errorf("%s: %w", engine, err)
			}
		}
	}
	for name, sum := range c.sums {
		for _, engine := range c.engines {
			if got := f.sums[engine+" "+name]; got != sum {
				return fmt.Errorf("%s answers %s with %s, not %s", engine, name, got, sum)
			}
		}
	}
	for _, name := range f.names {
		if name == growth {
			b.addBesidePeers(name+c.suffix+"_mb", "MB", f.of[name])
		} else {
			b.addBesidePeers(name+c.suffix+"_ms", "ms", f.of[name])
		}
	}
	return nil
}

// growth is the row of how much a browser grows by.
const growth = "columns_heap"

// figures are measurements by row and engine.
type figures struct {
	names []string // in the order of the first measurement
	of    map[string]map[string][]float64
	sums  map[string]string // "engine question"
}

func newFigures() *figures {
	return &figures{of: map[string]map[string][]float64{}, sums: map[string]string{}}
}

func (f *figures) add(name, engine string, value float64) {
	if f.of[name] == nil {
		f.names = append(f.names, name)
		f.of[name] = map[string][]float64{}
	}
	f.of[name][engine] = append(f.of[name][engine], value)
}

// agree notes the sums of an engine's answers, which are those of all engines.
func (f *figures) agree(engine string, sums map[string]string) error {
	for name, sum := range sums {
		for _, other := range engines {
			if have := f.sums[other+" "+name]; have != "" && have != sum {
				return fmt.Errorf("answers %s with %s, %s with %s", name, sum, other, have)
			}
		}
		f.sums[engine+" "+name] = sum
	}
	return nil
}

// askEngine keeps the data when that was not done yet, then measures: the whole
// browser is started anew each time, on the same profile.
func (b *bench) askEngine(ctx context.Context, site, engine string, c comparison, f *figures) error {
	profile := filepath.Join(b.dir, "profile-"+engine+c.suffix)
	page := func(do string) string {
		return fmt.Sprintf("%s/?engine=%s&do=%s&lines=%d&warm=%d", site, engine, do, c.lines, c.warm[engine])
	}
	if _, err := os.Stat(profile); err != nil {
		if _, _, err := b.openEngine(ctx, profile, page("keep")); err != nil {
			return fmt.Errorf("keep: %w", err)
		}
	}
	first, _, err := b.openEngine(ctx, profile, page("first"))
	if err != nil {
		return fmt.Errorf("first answer: %w", err)
	}
	all, memory, err := b.openEngine(ctx, profile, page("measure"))
	if err := errors.Join(err, f.agree(engine, first.Sums), f.agree(engine, all.Sums)); err != nil {
		return err
	}
	for n := 1; n <= len(all.Warm); n++ {
		question := "q" + strconv.Itoa(n)
		f.add(question+"_warm", engine, all.Warm[question])
		f.add(question+"_first", engine, all.First[question])
	}
	f.add("columns_load", engine, all.Open)
	f.add("first_answer", engine, first.Took)
	f.add(growth, engine, memory)
	return nil
}

// openEngine opens url in a browser of its own and returns what the page says,
// and by how many megabytes the browser has grown since it showed nothing.
func (b *bench) openEngine(ctx context.Context, profile, url string) (answer asked, grown float64, err error) {
	browser, err := story.StartBrowser(ctx, b.clock, profile, story.Look{Width: 800, Height: 600, Lang: "en"})
	if err != nil {
		return answer, 0, err
	}
	defer browser.Close()
	before, err := browser.Memory()
	if err != nil {
		return answer, 0, err
	}
	tab := browser.First()
	if err := tab.Open(url); err != nil {
		return answer, 0, err
	}
	if err := tab.UntilIn(10*time.Minute, "window.answer"); err != nil {
		return answer, 0, err
	}
	if answer, err = story.Eval[asked](tab, "window.answer"); err != nil {
		return answer, 0, err
	}
	if answer.Error != "" {
		return answer, 0, errors.New(answer.Error)
	}
	after, err := browser.Memory()
	return answer, float64(after-before) / 1e6, err
}

// engineSite serves the engines, built, and the facts.
func (b *bench) engineSite(ctx context.Context, lines int) (*httptest.Server, error) {
	dir := filepath.Join(b.dir, "engines")
	source := filepath.Join(story.Root(), "app", "story", "bench", "engines")
	vendored := filepath.Join(source, "node_modules")
	facts := filepath.Join(b.dir, "facts-"+strconv.Itoa(lines))
	if _, err := command(ctx, nil, "go", "run", "./app/insight/bench", "-lines", strconv.Itoa(lines), "-facts", facts); err != nil {
		return nil, err
	}
	program := filepath.Join(dir, "insightbench.wasm")
	if _, err := command(ctx, wasm, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, "./app/insight/bench"); err != nil {
		return nil, err
	}
	bundle := []string{"--bundle", "--format=esm", "--minify", "--log-level=warning", "--outdir=" + dir}
	for _, name := range []string{"columns", "duckdb", "sqlite", "sqlite-worker"} {
		bundle = append(bundle, filepath.Join(source, name+".js"))
	}
	if _, err := command(ctx, nil, filepath.Join(vendored, ".bin", "esbuild"), bundle...); err != nil {
		return nil, err
	}
	root, err := command(ctx, nil, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	files := map[string]string{
		"/{$}":                         filepath.Join(source, "index.html"),
		"/columns-worker.js":           filepath.Join(source, "columns-worker.js"),
		"/wasm_exec.js":                filepath.Join(string(root[:len(root)-1]), "lib", "wasm", "wasm_exec.js"),
		"/sqlite3.wasm":                filepath.Join(vendored, "@sqlite.org", "sqlite-wasm", "dist", "sqlite3.wasm"),
		"/duckdb-eh.wasm":              filepath.Join(vendored, "@duckdb", "duckdb-wasm", "dist", "duckdb-eh.wasm"),
		"/duckdb-browser-eh.worker.js": filepath.Join(vendored, "@duckdb", "duckdb-wasm", "dist", "duckdb-browser-eh.worker.js"),
		"/facts":                       facts,
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServer(http.Dir(dir)))
	for path, name := range files {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, name) })
	}
	return httptest.NewServer(cached(mux)), nil
}

// cached lets the browser keep what it was sent, and compiled code with it.
func cached(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
		w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
		if r.URL.Path != "/facts" && r.URL.Path != "/" {
			w.Header().Set("Cache-Control", "public, max-age=86400, immutable")
		}
		next.ServeHTTP(w, r)
	})
}
