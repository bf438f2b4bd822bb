package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSetupCommand: a dry run says what would be written and writes nothing, a
// problem is told with its line, and the chain is written back as it was given.
func TestSetupCommand(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	const file = "../testdata/chain/two-stores.yaml"
	setup := func(args ...string) (string, error) {
		t.Helper()
		return command(t, "", append([]string{"setup", "--data", data}, args...)...)
	}
	for _, step := range []struct{ args, says string }{
		{"--file " + file + " --dry-run", "16 to be written, 0 as they were"},
		{"--file " + file, "16 written, 0 as they were"},
		{"--file " + file, "0 written, 16 as they were"},
	} {
		if out, err := setup(strings.Fields(step.args)...); err != nil || !strings.HasSuffix(out, step.says+"\n") {
			t.Errorf("%s: %s, %v", step.args, out, err)
		}
	}
	text, err := setup("--print")
	if err != nil || strings.Contains(text, "pin") {
		t.Fatalf("%s, %v", text, err)
	}
	back := filepath.Join(t.TempDir(), "back.yaml")
	if err := os.WriteFile(back, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := setup("--file", back); err != nil || out != "0 written, 16 as they were\n" {
		t.Errorf("written back: %s, %v", out, err)
	}
	if err := os.WriteFile(back, []byte("stores:\n  - id: 1\n    name: A\n    zone: Mars/Base\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := setup("--file", back); err == nil || !strings.Contains(out, `back.yaml:4: stores[0].zone: "Mars/Base" is not known`) {
		t.Errorf("a problem: %s, %v", out, err)
	}
	if err := os.WriteFile(back, []byte("stores: *none"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := setup("--file", back); err == nil || !strings.Contains(err.Error(), "back.yaml, line 1:") {
		t.Errorf("no document: %v", err)
	}
	if out, err := setup(); err == nil {
		t.Errorf("nothing was asked: %s", out)
	}
}
