package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/sqlite"
	"tillsight/shared/wire/office"
	"tillsight/shared/wire/sync"
)

// command runs one command line and returns what it printed.
func command(t *testing.T, input string, args ...string) (string, error) {
	t.Helper()
	var out, log bytes.Buffer
	err := run(t.Context(), args, at(testClock(t)), strings.NewReader(input), &out, &log)
	if err != nil {
		t.Logf("%s: %v\n%s%s", strings.Join(args, " "), err, out.String(), log.String())
	}
	return out.String(), err
}

func mustCommand(t *testing.T, input string, args ...string) string {
	t.Helper()
	out, err := command(t, input, args...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// program is a running server.
type running struct {
	url  string
	text string // printed up to and with the address's lines
	stop func() error
}

// serve starts the server and waits until it says where it is.
func serve(t *testing.T, dir string, args ...string) *running {
	t.Helper()
	return serveAt(t, testClock(t), dir, args...)
}

// serveAt is serve with a clock that begins at a time.
func serveAt(t *testing.T, begin time.Time, dir string, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	var log bytes.Buffer
	done := make(chan error, 1)
	go func() {
		err := run(ctx, append([]string{"serve", "--data", dir, "--addr", "localhost:0"}, args...),
			at(begin), strings.NewReader(""), writer, &log)
		done <- err
		writer.CloseWithError(io.EOF)
	}()
	r := &running{}
	ended := false
	r.stop = func() error {
		if ended {
			return nil
		}
		ended = true
		cancel()
		return <-done
	}
	t.Cleanup(func() {
		if err := r.stop(); err != nil {
			t.Error(err)
		}
	})
	lines := bufio.NewScanner(reader)
	for lines.Scan() {
		r.text += lines.Text() + "\n"
		if _, url, found := strings.Cut(lines.Text(), "Tillsight is at "); found {
			r.url = url
		}
		if strings.Contains(lines.Text(), "code ") || strings.Contains(lines.Text(), "user add") {
			break
		}
	}
	go io.Copy(io.Discard, reader)
	if r.url == "" {
		t.Fatalf("the server did not start: %v\n%s", r.stop(), log.String())
	}
	return r
}

// post sends a JSON message and decodes the answer.
func post[T any](t *testing.T, url, token string, message any) (answer T, status int) {
	t.Helper()
	body, isText := message.(string)
	if !isText {
		raw, err := json.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		body = string(raw)
	}
	q, err := http.NewRequestWithContext(t.Context(), "POST", url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("X-Tillsight", "1")
	if token != "" {
		q.Header.Set("Authorization", "Bearer "+token)
	}
	a, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if err := json.NewDecoder(a.Body).Decode(&answer); err != nil && a.StatusCode == http.StatusOK {
		t.Fatal(err)
	}
	return answer, a.StatusCode
}

func health(t *testing.T, url string) (state struct{ Journal, Warehouse, Version int64 }) {
	t.Helper()
	a, err := http.Get(url + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if err := json.NewDecoder(a.Body).Decode(&state); err != nil || a.StatusCode != http.StatusOK {
		t.Fatalf("health: %d, %v", a.StatusCode, err)
	}
	return state
}

// caughtUp waits until the warehouse holds the whole journal.
func caughtUp(t *testing.T, url string) int64 {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range 1500 {
		if state := health(t, url); state.Journal == state.Warehouse {
			return state.Journal
		}
		<-tick.C
	}
	t.Fatal("the warehouse does not catch up")
	return 0
}

var small = []string{"--demo", "--demo-stores", "2", "--demo-months", "1", "--demo-lines", "1500", "--demo-skus", "300",
	"--demo-admin-password", "admin of the demo", "--log-level", "error"}

var codeForm = regexp.MustCompile(`store (\S+), till (\d+): code (\S+) `)

// TestWholeProgram starts a demo chain, enrols a till, sells, stops and starts,
// and then checks, copies and damages the data by the command line.
func TestWholeProgram(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	server := serve(t, dir, small...)
	if !strings.Contains(server.text, "admin of the demo") || !strings.Contains(server.text, "PIN ") {
		t.Errorf("no log-ins in\n%s", server.text)
	}
	offer := codeForm.FindStringSubmatch(server.text)
	if offer == nil {
		t.Fatalf("no code in\n%s", server.text)
	}
	user, status := post[office.User](t, server.url+office.GetSession.Path, "", office.Credentials{Login: "admin", Password: "admin of the demo"})
	if status != http.StatusOK || user.Role != "admin" {
		t.Errorf("log-in: %d, %+v", status, user)
	}
	e, status := post[sync.Enrolment](t, server.url+sync.Enrol.Path, "", sync.EnrolRequest{Code: offer[3]})
	if status != http.StatusOK || e.Store.ID != offer[1] || fmt.Sprint(e.Till) != offer[2] {
		t.Fatalf("enrolment: %d, %+v", status, e)
	}
	if _, err := command(t, "", "serve", "--data", dir, "--addr", "localhost:0"); errcode.Of(err) != errcode.Conflict {
		t.Errorf("a second server on the same data: %v", err)
	}
	before := caughtUp(t, server.url)
	body, raw := opening(t, e)
	ack, status := post[sync.Ack](t, server.url+sync.Push.Path, e.Token, body)
	if status != http.StatusOK || ack.Acked != 1 {
		t.Fatalf("push: %d, %+v", status, ack)
	}
	if got := caughtUp(t, server.url); got != before+1 {
		t.Errorf("%d facts, want %d", got, before+1)
	}
	copied := filepath.Join(t.TempDir(), "copy.zip")
	mustCommand(t, "", "backup", copied, "--data", dir)
	if out := mustCommand(t, "", "verify", "--data", dir); !strings.Contains(out, "everything agrees") {
		t.Errorf("verify beside the server: %s", out)
	}
	if err := server.stop(); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*-wal")); err != nil || len(left) > 0 {
		t.Errorf("after the stop there are %v, %v", left, err)
	}
	if out := mustCommand(t, "", "verify", "--data", dir); !strings.Contains(out, "tables of the warehouse compared") {
		t.Errorf("verify: %s", out)
	}

	server = serve(t, dir, small...)
	if got := caughtUp(t, server.url); got != before+1 {
		t.Errorf("after a restart %d facts, want %d", got, before+1)
	}
	if ack, _ := post[sync.Ack](t, server.url+sync.Push.Path, e.Token, body); ack.Acked != 1 || ack.Chain != fact.Chain(fact.Hash{}, raw) {
		t.Errorf("push after a restart: %+v", ack)
	}
	if err := server.stop(); err != nil {
		t.Fatal(err)
	}
	mustCommand(t, "", "rebuild", "--data", dir)

	restored := filepath.Join(t.TempDir(), "restored")
	mustCommand(t, "", "restore", copied, "--data", restored)
	mustCommand(t, "", "verify", "--data", restored)
	if _, err := command(t, "", "restore", copied, "--data", restored); errcode.Of(err) != errcode.Conflict {
		t.Errorf("restore over data: %v", err)
	}
	damage(t, restored, `UPDATE fact SET bytes = CAST(replace(CAST(bytes AS TEXT), '"total":', '"total":1') AS BLOB)
		WHERE pos = (SELECT min(pos) FROM fact WHERE pos >= 40 AND instr(CAST(bytes AS TEXT), '"total":') > 0)`)
	if out, err := command(t, "", "verify", "--data", restored); err == nil || !strings.Contains(out, "does not follow") {
		t.Errorf("verify of a changed fact: %v\n%s", err, out)
	}
}

// opening is a push body with one fact of e's register.
func opening(t *testing.T, e sync.Enrolment) (body string, raw []byte) {
	t.Helper()
	raw, err := fact.Encode(fact.Header{Device: e.Device, Epoch: e.Epoch, Seq: 1, Kind: fact.ShiftOpened, Version: 1,
		At: 1_795_000_000_000, Zone: 180, Store: e.Store.ID, Till: e.Till}, fact.ShiftOpening{Number: e.Shift + 1, By: "7"})
	if err != nil {
		t.Fatal(err)
	}
	head, err := json.Marshal(sync.PushHeader{Proto: 1, Device: e.Device, Epoch: e.Epoch, First: 1, Count: 1})
	if err != nil {
		t.Fatal(err)
	}
	return string(head) + "\n" + string(raw) + "\n", raw
}

func damage(t *testing.T, dir, statement string) {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(dir, journalFile), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestRestoreRefusesDamagedCopy(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	mustCommand(t, "a good password\n", "user", "add", "--login", "boss", "--role", "admin", "--data", dir)
	copied := filepath.Join(t.TempDir(), "copy.zip")
	if _, err := command(t, "", "backup", copied, "--data", dir); err != nil {
		t.Fatal(err)
	}
	if _, err := command(t, "", "backup", copied, "--data", dir); errcode.Of(err) != errcode.Conflict {
		t.Errorf("backup over a file: %v", err)
	}
	whole, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	whole[len(whole)/3] ^= 1
	if err := os.WriteFile(copied, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(t.TempDir(), "restored")
	if _, err := command(t, "", "restore", copied, "--data", target); err == nil {
		t.Error("a damaged copy was restored")
	}
	if _, err := os.Stat(filepath.Join(target, journalFile)); err == nil {
		t.Error("a part was restored")
	}
}

func TestImport(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	server := serve(t, dir, small...)
	offer := codeForm.FindStringSubmatch(server.text)
	e, _ := post[sync.Enrolment](t, server.url+sync.Enrol.Path, "", sync.EnrolRequest{Code: offer[3]})
	exported := filepath.Join(t.TempDir(), "journal.ndjson")
	body, _ := opening(t, e)
	if err := os.WriteFile(exported, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := command(t, "", "import", exported, "--data", dir); errcode.Of(err) != errcode.Conflict {
		t.Errorf("import beside the server: %v", err)
	}
	if err := server.stop(); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1 new facts", "0 new facts"} {
		if out := mustCommand(t, "", "import", exported, "--data", dir); !strings.Contains(out, want) {
			t.Errorf("import: %s, want %q", out, want)
		}
	}
	stranger := strings.ReplaceAll(body, e.Device, "stranger")
	if err := os.WriteFile(exported, []byte(stranger), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, place := range [][]string{nil, {"--store", "1"}, {"--store", "9", "--till", "1"}, {"--store", e.Store.ID, "--till", "99"}} {
		_, err := command(t, "", append([]string{"import", exported, "--data", dir}, place...)...)
		if errcode.Of(err) != errcode.NotFound {
			t.Errorf("import of a stranger from %v: %v", place, err)
		}
	}
	at := []string{"--store", e.Store.ID, "--till", fmt.Sprint(e.Till)}
	if out := mustCommand(t, "", append([]string{"import", exported, "--data", dir}, at...)...); !strings.Contains(out, "1 new facts") {
		t.Errorf("import of one that a person vouches for: %s", out)
	}
	for name, bad := range map[string]string{
		"nothing":         "",
		"garbage":         "hello",
		"a stranger's":    strings.ReplaceAll(body, e.Device, "another"),
		"another history": strings.ReplaceAll(body, `"by":"7"`, `"by":"8"`),
	} {
		if err := os.WriteFile(exported, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := command(t, "", "import", exported, "--data", dir); err == nil {
			t.Errorf("%s was imported", name)
		}
	}
}

func TestCommandLine(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	none := filepath.Join(t.TempDir(), "none")
	tests := map[string]struct {
		input string
		args  []string
		fails bool
		want  string
	}{
		"help":                   {"", []string{"--help"}, false, "serve"},
		"defaults":               {"", []string{"serve", "--help"}, false, ":8080"},
		"variables":              {"", []string{"backup", "--help"}, false, "TILLSIGHT_DATA"},
		"version":                {"", []string{"--version"}, false, "tillsight "},
		"no command":             {"", nil, true, ""},
		"unknown command":        {"", []string{"sell"}, true, ""},
		"half of TLS":            {"", []string{"serve", "--data", dir, "--tls-cert", "main.go"}, true, ""},
		"enrol without data":     {"", []string{"enrol", "--store", "1", "--till", "1", "--data", none}, true, ""},
		"verify without data":    {"", []string{"verify", "--data", none}, true, ""},
		"short password":         {"short\n", []string{"user", "add", "--all", "--login", "x1", "--data", dir}, true, ""},
		"no password":            {"", []string{"user", "add", "--all", "--login", "x1", "--data", dir}, true, ""},
		"manager of nothing":     {"a good password\n", []string{"user", "add", "--login", "x1", "--data", dir}, true, ""},
		"bad login":              {"a good password\n", []string{"user", "add", "--all", "--login", "x y", "--data", dir}, true, ""},
		"bad role":               {"a good password\n", []string{"user", "add", "--all", "--login", "x1", "--role", "god", "--data", dir}, true, ""},
		"password of nobody":     {"a good password\n", []string{"user", "passwd", "--login", "nobody", "--data", dir}, true, ""},
		"last administrator":     {"", []string{"user", "disable", "--login", "boss", "--data", dir}, true, ""},
		"change of nobody":       {"", []string{"user", "change", "--all", "--login", "nobody", "--data", dir}, true, ""},
		"list":                   {"", []string{"user", "list", "--data", dir}, false, "boss                 admin    all stores"},
		"password made up":       {"", []string{"user", "add", "--generate", "--all", "--login", "gen", "--data", dir}, false, "\n"},
		"enrol where no till is": {"", []string{"enrol", "--store", "1", "--till", "1", "--data", dir}, true, ""},
	}
	mustCommand(t, "a good password\n", "user", "add", "--login", "boss", "--role", "admin", "--data", dir)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			out, err := command(t, test.input, test.args...)
			if test.fails != (err != nil) || !strings.Contains(out, test.want) {
				t.Errorf("%v, printed %q; want %q", err, out, test.want)
			}
		})
	}
}

func TestEnrolCommand(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	server := serve(t, dir, small...)
	out := mustCommand(t, "", "enrol", "--store", "2", "--till", "1", "--data", dir)
	e, status := post[sync.Enrolment](t, server.url+sync.Enrol.Path, "", sync.EnrolRequest{Code: strings.TrimSpace(out)})
	if status != http.StatusOK || e.Store.ID != "2" || e.Till != 1 || e.Counter == 0 {
		t.Errorf("enrolment by %q: %d, %+v", out, status, e)
	}
}
