package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	wire "tillsight/shared/wire/sync"
)

// What is made from the journal stands before nobody: a warehouse that is damaged,
// of another journal, of a newer program or gone is begun anew while tills push.
func TestWarehouseHealsWhileServing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	server := serve(t, dir, small...)
	facts := caughtUp(t, server.url)
	e, _ := post[wire.Enrolment](t, server.url+wire.Enrol.Path, "", wire.EnrolRequest{Code: codeForm.FindStringSubmatch(server.text)[3]})
	if err := server.stop(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, warehouseFile)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := opening(t, e)
	for name, spoil := range map[string]func() error{
		"garbage": func() error { return os.WriteFile(path, bytes.Repeat([]byte("x"), 1<<16), 0o600) },
		"a flipped page": func() error {
			b := bytes.Clone(whole)
			b[len(b)/3] ^= 1
			b[150] ^= 1
			return os.WriteFile(path, b, 0o600)
		},
		"half":          func() error { return os.WriteFile(path, whole[:len(whole)/2], 0o600) },
		"gone":          func() error { return os.Remove(path) },
		"found at work": func() error { return os.WriteFile(path+".damaged", nil, 0o600) },
	} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		server := serve(t, dir, small...)
		if ack, status := post[wire.Ack](t, server.url+wire.Push.Path, e.Token, body); status != http.StatusOK || ack.Acked != 1 {
			t.Errorf("%s: push: %d, %+v", name, status, ack)
		}
		if got := caughtUp(t, server.url); got != facts+1 {
			t.Errorf("%s: %d facts, want %d", name, got, facts+1)
		}
		if err := server.stop(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		mustCommand(t, "", "verify", "--data", dir)
	}
}
