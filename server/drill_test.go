package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	wire "tillsight/shared/wire/sync"
)

// TestDrill loses a server after its backup: one register sold meanwhile, another
// was enrolled and sold. After the restore all sales are there, each once.
func TestDrill(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	mustCommand(t, "", "demo", "--data", dir, "--stores", "1", "--months", "1", "--lines", "500", "--skus", "300")
	enrol := func(server *victim, till string, former *wire.Former) *seller {
		t.Helper()
		code := strings.TrimSpace(mustCommand(t, "", "enrol", "--store", "1", "--till", till, "--data", dir))
		e, status := post[wire.Enrolment](t, server.url+wire.Enrol.Path, "", wire.EnrolRequest{Code: code, Former: former})
		if status != http.StatusOK {
			t.Fatalf("enrolment: %d", status)
		}
		return &seller{Enrolment: e}
	}
	deliver := func(server *victim, s *seller) {
		t.Helper()
		for tries := 0; s.acked < len(s.facts) && tries < 100; tries++ {
			s.push(t.Context(), server.url)
		}
		if s.acked != len(s.facts) {
			t.Fatalf("%d of %d facts acknowledged", s.acked, len(s.facts))
		}
	}
	server := startVictim(t, dir)
	before := enrol(server, "1", nil)
	before.sell(t, 50)
	deliver(server, before)
	copied := filepath.Join(t.TempDir(), "copy.zip")
	mustCommand(t, "", "backup", copied, "--data", dir)
	before.sell(t, 30)
	deliver(server, before)
	after := enrol(server, "2", nil)
	after.sell(t, 40)
	deliver(server, after)
	server.kill(t)
	if err := os.Remove(filepath.Join(dir, journalFile)); err != nil {
		t.Fatal(err)
	}
	mustCommand(t, "", "restore", "--force", copied, "--data", dir)
	server = startVictim(t, dir)

	before.sell(t, 1)
	before.push(t.Context(), server.url) // the answer says from where on it is wanted
	before.acked = 50
	deliver(server, before)
	after.acked = 0
	after.push(t.Context(), server.url)
	if after.acked != 0 {
		t.Error("a register that the server does not know was answered")
	}
	again := enrol(server, "2", &wire.Former{Device: after.Device, Epoch: after.Epoch, Token: after.Token, Store: "1", Till: 2, Counter: 40, Shift: 1})
	if again.Counter < 40 {
		t.Errorf("numbers go on after %d: they were given", again.Counter)
	}
	deliver(server, after)
	again.sell(t, 5)
	deliver(server, again)
	server.kill(t)

	held := heldBy(t, dir)
	for _, s := range []*seller{before, after, again} {
		if got := held[s.Device]; !bytes.Equal(bytes.Join(got, nil), bytes.Join(s.facts, nil)) {
			t.Errorf("%d facts of %s held, %d sold", len(got), s.Device, len(s.facts))
		}
	}
}
