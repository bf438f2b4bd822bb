//go:build !js

package story

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"tillsight/shared/sqlite"
)

// world is a small chain with its server, and what one needs to know to sell in it.
type world struct {
	*Server
	dir     string
	clock   Clock
	pin     string // of a senior cashier of store 1
	manager string // password of the log-in "manager"
	codes   []string
	began   int64 // unix ms
}

const (
	adminPassword   = "admin-of-the-story"
	managerPassword = "manager-of-the-story"
)

// startWorld makes a demo chain of the given size and serves it.
func startWorld(t *testing.T, skus int) *world {
	t.Helper()
	clock, err := NewClock()
	must(t, err)
	w := &world{dir: t.TempDir(), manager: managerPassword, clock: clock, began: clock.Now().UnixMilli()}
	data := filepath.Join(w.dir, "data")
	must(t, os.Mkdir(data, 0o755))
	server, err := StartServer(t.Context(), clock, data, "--demo",
		"--demo-stores=2", "--demo-months=2", "--demo-lines=8000", fmt.Sprintf("--demo-skus=%d", skus),
		"--demo-admin-password="+adminPassword, "--demo-manager-password="+managerPassword)
	must(t, err)
	w.Server = server
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("server said:\n%s", server.Tail(30))
		}
		server.Quit(t.Context())
	})
	w.pin, err = server.SeniorPIN()
	must(t, err)
	w.codes, err = server.sellable("p.id", 60)
	must(t, err)
	return w
}

// query reads a database of the server beside it.
func (w *world) query(t *testing.T, file, sql string, row func(sqlite.Row) error, args ...any) {
	t.Helper()
	must(t, w.Query(file, sql, row, args...))
}

// until waits for a condition outside the browser.
func until(t *testing.T, what string, condition func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), wait)
	defer cancel()
	for !condition() {
		if ctx.Err() != nil {
			t.Fatalf("waited in vain until %s", what)
		}
		pause(ctx, 25*time.Millisecond)
	}
}

// code asks the command line for an enrolment code.
func (w *world) code(t *testing.T, store string, till int) string {
	t.Helper()
	code, err := w.Code(t.Context(), store, till)
	must(t, err)
	return code
}

// browser starts Chromium on a profile of the world.
func (w *world) browser(t *testing.T, profile string, look Look) *Browser {
	t.Helper()
	b, err := StartBrowser(t.Context(), w.clock, filepath.Join(w.dir, profile), look)
	must(t, err)
	t.Cleanup(b.Close)
	return b
}

// phase selects the till's page in a phase of the register.
func phase(name string) string { return `#till[data-phase="` + name + `"]` }

// onScreen selects the till's page with a screen.
func onScreen(name string) string { return `#till[data-screen="` + name + `"]` }

// enrol makes the tab a till that waits for a PIN.
func (w *world) enrol(t *testing.T, tab *Tab, store string, till int) {
	t.Helper()
	must(t,
		tab.Open(w.URL+"/"),
		tab.Click("#start-till"),
		tab.See(phase("new")),
		tab.Type("#enrol-code", w.code(t, store, till)),
		tab.Click("#enrol"),
		tab.See(phase("signed-out")))
}

// signIn types the PIN and opens a shift when there is none.
func (w *world) signIn(t *testing.T, tab *Tab) {
	t.Helper()
	must(t, tab.SignIn(w.pin))
}

// minor reads a sum of money as people see it.
func minor(t *testing.T, text string) int64 {
	t.Helper()
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		t.Fatalf("no sum in %q", text)
	}
	return n
}

// sum reads the sum that css shows.
func (t *Tab) sum(tt *testing.T, css string) int64 {
	tt.Helper()
	text, err := t.Text(css)
	must(tt, err)
	return minor(tt, text)
}

// quoted writes codes as a JavaScript array.
func quoted(codes []string) string { return `["` + strings.Join(codes, `","`) + `"]` }

var numberForm = regexp.MustCompile(`\d+-\d+-\d+`)

// receiptNumber finds the number in what the screen says of a receipt.
func receiptNumber(text string) string { return numberForm.FindString(text) }
