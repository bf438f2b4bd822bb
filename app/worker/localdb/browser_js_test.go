package localdb

import (
	"bytes"
	"testing"

	"tillsight/app/opfs"
	"tillsight/shared/sqlite"
)

func browserDir(t *testing.T, name string) opfs.Dir {
	t.Helper()
	dir, err := opfs.OpenDir(name)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestBrowserProjection(t *testing.T) { projection(t, browserDir(t, "projection-test")) }

func TestBrowserReference(t *testing.T) {
	dir := browserDir(t, "reference-test")
	for _, word := range []string{"one", "two"} {
		b, snap := snapshotOf(t, word)
		if err := InstallReference(dir, snap, bytes.NewReader(b), nil); err != nil {
			t.Fatal(err)
		}
		if got := wordOf(t, word, dir); got != word {
			t.Errorf("%q, want %q", got, word)
		}
	}
	db, err := OpenReference(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Write(func(tx *sqlite.Tx) error { return tx.Exec(`UPDATE word SET word = 'three'`) }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if got := wordOf(t, "change", dir); got != "three" {
		t.Errorf("%q after a change", got)
	}
	names, err := dir.List()
	if err != nil || len(names) != 2 {
		t.Errorf("files %q, %v", names, err)
	}
}
