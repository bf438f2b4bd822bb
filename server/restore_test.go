package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
)

// filled is a directory with a log-in, and a backup of it.
func filled(t *testing.T) (dir, copied string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "data")
	mustCommand(t, "a good password\n", "user", "add", "--login", "boss", "--role", "admin", "--data", dir)
	copied = filepath.Join(t.TempDir(), "copy.zip")
	mustCommand(t, "", "backup", copied, "--data", dir)
	return dir, copied
}

// SQLite would replay what lies beside a restored file over it.
func TestRestoreRefusesLeftovers(t *testing.T) {
	_, copied := filled(t)
	for _, name := range []string{
		"journal.db", "journal.db-wal", "journal.db-shm", "journal.db-journal", "reference.db", "reference.db-wal",
		"office.db", "office.db-wal", "warehouse.db", "warehouse.db-wal", "warehouse.db.rebuild", "segments/x", "snapshots/x",
	} {
		dir := filepath.Join(t.TempDir(), "data")
		left := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(left), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(left, []byte("of before"), 0o600); err != nil {
			t.Fatal(err)
		}
		top, _, _ := strings.Cut(name, "/")
		_, err := command(t, "", "restore", copied, "--data", dir)
		if errcode.Of(err) != errcode.Conflict || !strings.Contains(err.Error(), top) {
			t.Errorf("beside %s: %v", name, err)
		}
		if held, err := os.ReadFile(left); err != nil || string(held) != "of before" {
			t.Errorf("%s is %q now, %v", name, held, err)
		}
		mustCommand(t, "", "restore", "--force", copied, "--data", dir)
		moved, err := filepath.Glob(filepath.Join(dir, movedPrefix+"*", name))
		if err != nil || len(moved) != 1 {
			t.Fatalf("%s was moved to %v, %v", name, moved, err)
		}
		if held, err := os.ReadFile(moved[0]); err != nil || string(held) != "of before" {
			t.Errorf("%s is %q now, %v", moved[0], held, err)
		}
		mustCommand(t, "", "verify", "--data", dir)
	}
}

// A server that was killed leaves its log; a restore beside it must not be what
// the log says.
func TestRestoreBesideLog(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	mustCommand(t, "", "demo", "--data", dir, "--stores", "1", "--months", "1", "--lines", "300", "--skus", "300")
	copied := filepath.Join(t.TempDir(), "copy.zip")
	mustCommand(t, "", "backup", copied, "--data", dir)
	server := startVictim(t, dir)
	for _, name := range []string{"a1", "a2", "a3"} {
		mustCommand(t, "a good password\n", "user", "add", "--login", name, "--role", "admin", "--data", dir)
	}
	server.kill(t)
	if _, err := os.Stat(filepath.Join(dir, journalFile+"-wal")); err != nil {
		t.Fatalf("the log that this is about: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, journalFile)); err != nil {
		t.Fatal(err)
	}
	if _, err := command(t, "", "restore", copied, "--data", dir); errcode.Of(err) != errcode.Conflict {
		t.Errorf("restored beside a log: %v", err)
	}
	mustCommand(t, "", "restore", copied, "--data", dir, "--force")
	mustCommand(t, "", "verify", "--data", dir)
}

func TestFilesAreTheOwners(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "of-before"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	server := serve(t, dir, small...)
	caughtUp(t, server.url)
	if err := server.stop(); err != nil {
		t.Fatal(err)
	}
	files := 0
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		files++
		return err
	})
	if err != nil || files < 6 {
		t.Errorf("%d files, %v", files, err)
	}
}

func TestNewerDataIsRefused(t *testing.T) {
	for _, name := range []string{journalFile, referenceFile, officeFile} {
		dir, _ := filled(t)
		db, err := sqlite.Open(filepath.Join(dir, name), sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Exec(`INSERT INTO migration (name, sha256) VALUES ('migration/0999_later.sql', 'x')`); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		_, err = command(t, "", "serve", "--data", dir, "--addr", "localhost:0")
		if errcode.Of(err) != errcode.Conflict || !strings.Contains(err.Error(), "newer tillsight") || !strings.Contains(err.Error(), name) {
			t.Errorf("%s of a newer program: %v", name, err)
		}
	}
}
