//go:build !js

// Command workertest runs a js/wasm program inside a dedicated Worker of a real
// Chromium on a real profile, where OPFS access handles exist and flush to the
// disk. What the program prints is printed and its exit code is returned, so
// that it serves go test as -exec:
//
//	go build -o build/workertest ./app/worker/workertest
//	GOOS=js GOARCH=wasm go test -exec "$PWD/build/workertest" ./app/opfs/... ./app/worker/journal ./app/worker/localdb
//
// and runs programs, here the storage benchmark, whose rows are JSON:
//
//	GOOS=js GOARCH=wasm go build -o build/storebench.wasm ./app/worker/storebench
//	build/workertest build/storebench.wasm
//
// A program finds the files of the directory WORKERTEST_FILES under /files/.
// WORKERTEST_PROFILE names a profile directory to keep; otherwise it is made
// anew and removed. CHROME names the browser, else chromium is looked for.
package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/chromedp/chromedp"
)

//go:embed worker.js
var workerJS string

// page starts the Worker; an error in it is a failure of the run.
const page = `<!doctype html><meta charset="utf-8"><title>workertest</title><script>
const w = new Worker('/worker.js');
const fail = (text) => fetch('/exit?code=2', {method: 'POST', body: text});
w.onerror = (e) => fail('worker: ' + e.message);
w.onmessage = (e) => fail(e.data);
</script>`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	code, err := run(ctx, os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "workertest:", err)
		code = 2
	}
	os.Exit(code)
}

// run serves the program args[0], starts the browser and waits for the exit code.
func run(ctx context.Context, args []string) (code int, err error) {
	if len(args) == 0 {
		return 0, errors.New("usage: workertest PROGRAM.wasm [ARGUMENT...]")
	}
	profile, remove, err := profileDir()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, remove()) }()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	exit := make(chan int, 1)
	handler, err := routes(args, exit)
	if err != nil {
		return 0, errors.Join(err, listener.Close())
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	defer func() { err = errors.Join(err, server.Close()) }()

	cancel, err := browse(ctx, profile, "http://"+listener.Addr().String()+"/")
	if err != nil {
		return 0, err
	}
	defer cancel()
	select {
	case code = <-exit:
		return code, nil
	case err := <-served:
		return 0, err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// profileDir returns the browser's profile directory and what removes it.
func profileDir() (dir string, remove func() error, err error) {
	if dir = os.Getenv("WORKERTEST_PROFILE"); dir != "" {
		return dir, func() error { return nil }, os.MkdirAll(dir, 0o755)
	}
	dir, err = os.MkdirTemp("", "workertest-")
	return dir, func() error { return os.RemoveAll(dir) }, err
}

// browse opens url in a browser, which cancel ends.
func browse(ctx context.Context, profile, url string) (cancel func(), err error) {
	options := []chromedp.ExecAllocatorOption{
		chromedp.UserDataDir(profile),
		chromedp.Flag("headless", "new"),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
	}
	if path := os.Getenv("CHROME"); path != "" {
		options = append(options, chromedp.ExecPath(path))
	} else if path, err := exec.LookPath("chromium"); err == nil {
		options = append(options, chromedp.ExecPath(path))
	}
	allocator, endAllocator := chromedp.NewExecAllocator(ctx, options...)
	tab, endTab := chromedp.NewContext(allocator)
	cancel = func() { endTab(); endAllocator() }
	if err := chromedp.Do(tab, chromedp.Navigate(url)); err != nil {
		cancel()
		return nil, fmt.Errorf("start browser: %w", err)
	}
	return cancel, nil
}

// routes serves the page, the Worker and the program, and takes its output.
func routes(args []string, exit chan<- int) (http.Handler, error) {
	support, err := os.ReadFile(filepath.Join(goroot(), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, fmt.Errorf("find wasm_exec.js: %w", err)
	}
	setting, err := json.Marshal(map[string]any{"argv": args, "env": environment()})
	if err != nil {
		return nil, err
	}
	text := func(kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
			w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
			io.WriteString(w, body)
		}
	}
	mux := http.NewServeMux()
	mux.Handle("GET /{$}", text("text/html; charset=utf-8", page))
	mux.Handle("GET /worker.js", text("text/javascript; charset=utf-8",
		string(support)+"\nconst setting = "+string(setting)+";\n"+workerJS))
	mux.HandleFunc("GET /program.wasm", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/wasm")
		http.ServeFile(w, r, args[0])
	})
	if dir := os.Getenv("WORKERTEST_FILES"); dir != "" {
		mux.Handle("GET /files/", http.StripPrefix("/files/", http.FileServer(http.Dir(dir))))
	}
	mux.HandleFunc("POST /print", func(w http.ResponseWriter, r *http.Request) {
		out := os.Stdout
		if r.URL.Query().Get("fd") == "2" {
			out = os.Stderr
		}
		if _, err := io.Copy(out, r.Body); err != nil {
			fmt.Fprintln(os.Stderr, "workertest: output lost:", err)
		}
	})
	mux.HandleFunc("POST /exit", func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(os.Stderr, r.Body); err != nil {
			fmt.Fprintln(os.Stderr, "workertest: output lost:", err)
		}
		code, err := strconv.Atoi(r.URL.Query().Get("code"))
		if err != nil {
			code = 2
		}
		select {
		case exit <- code:
		default:
		}
	})
	return mux, nil
}

// environment passes on what tests and benchmarks are set by.
func environment() map[string]string {
	env := map[string]string{}
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "STOREBENCH_") || strings.HasPrefix(name, "RAPID_") || name == "GOGC" || name == "GODEBUG" {
			env[name] = value
		}
	}
	return env
}

// goroot is where the toolchain that is in use lies.
func goroot() string {
	if out, err := exec.Command("go", "env", "GOROOT").Output(); err == nil {
		return strings.TrimSpace(string(out))
	}
	return runtime.GOROOT()
}
