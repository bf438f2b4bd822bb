package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"tillsight/server/packed"
	"tillsight/server/segment"
	"tillsight/shared/sqlite"
)

// contentsOf is what a database says, table by table.
func contentsOf(t *testing.T, path string) string {
	t.Helper()
	db, err := sqlite.Open(path, sqlite.Options{ReadOnly: true})
	if err != nil {
		return err.Error()
	}
	defer db.Close()
	var tables []string
	text := ""
	err = db.Query(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`, func(r sqlite.Row) error {
		tables = append(tables, r.Text(0))
		return nil
	})
	for _, table := range tables {
		if err != nil {
			break
		}
		columns := 0
		err = db.Query(`SELECT count(*) FROM pragma_table_info(?)`, func(r sqlite.Row) error {
			columns = r.Int(0)
			return nil
		}, table)
		if err == nil {
			err = db.Query(`SELECT * FROM `+table, func(r sqlite.Row) error {
				for i := range columns {
					text += fmt.Sprintf("%q,", r.Text(i))
				}
				return nil
			})
		}
	}
	return text + fmt.Sprint(err)
}

// meaning is what a file says, however it is written; "" when every byte counts.
func meaning(t *testing.T, path string) string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var plain io.Reader
	switch filepath.Ext(path) {
	case ".db":
		return contentsOf(t, path)
	case ".br":
		plain = brotli.NewReader(file)
	case ".gz":
		if plain, err = gzip.NewReader(file); err != nil {
			return err.Error()
		}
	default:
		return ""
	}
	b, err := io.ReadAll(plain)
	return string(b) + fmt.Sprint(err)
}

// segmentsMade waits until the server wrote the files of its reports.
func segmentsMade(t *testing.T, dir string) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range 1500 {
		if list, err := filepath.Glob(filepath.Join(dir, segmentsDir, "made.json")); err != nil || len(list) > 0 {
			return
		}
		<-tick.C
	}
	t.Fatal("no segments are made")
}

// findingsOf is what verify says of one file.
func findingsOf(t *testing.T, dir, path string) (list []string) {
	t.Helper()
	found := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	var err error
	switch filepath.Base(filepath.Dir(path)) {
	case segmentsDir:
		err = segment.Verify(t.Context(), filepath.Dir(path), func(err error) { found("%v", err) })
	case snapshotsDir:
		plain, _, _ := strings.Cut(filepath.Base(path), ".")
		if err := new(packed.Checker).Check(filepath.Join(filepath.Dir(path), plain)); err != nil {
			found("%v", err)
		}
	default:
		err = (&verifyCommand{dataDir{Data: dir}}).verifyPages(found, filepath.Base(path))
	}
	if err != nil {
		found("%v", err)
	}
	return list
}

// TestVerifyFindsFlippedBits flips bits in every file of a directory, one at a
// time. Each is found, or stands where nothing is: what the file says is the same.
func TestVerifyFindsFlippedBits(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	server := serve(t, dir, small...)
	caughtUp(t, server.url)
	segmentsMade(t, dir)
	if err := server.stop(); err != nil {
		t.Fatal(err)
	}
	mustCommand(t, "", "verify", "--data", dir)
	var files []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && entry.Name() != lockName && entry.Name() != loginsFile {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(20, 26))
	looked := map[string]bool{}
	for _, path := range files {
		kind := filepath.Base(filepath.Dir(path)) + filepath.Ext(path)
		flips := 20
		if looked[kind] && !strings.HasSuffix(path, ".db") {
			flips = 1 // of the many of a kind
		}
		looked[kind] = true
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		said := meaning(t, path)
		found := 0
		for range flips {
			at, bit := random.IntN(len(whole)), random.IntN(8)
			spoilt := bytes.Clone(whole)
			spoilt[at] ^= 1 << bit
			if err := os.WriteFile(path, spoilt, 0o600); err != nil {
				t.Fatal(err)
			}
			findings := findingsOf(t, dir, path)
			switch {
			case len(findings) > 0:
				if found++; found == 1 && filepath.Ext(path) == ".db" {
					if out, err := command(t, "", "verify", "--data", dir); err == nil || strings.Contains(out, "everything agrees") {
						t.Errorf("%s: the command says %v, %s", path, err, out)
					}
				}
			case said == "" || meaning(t, path) != said:
				t.Errorf("%s: bit %d of byte %d: nothing was found", path, bit, at)
			}
			if err := os.WriteFile(path, whole, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if flips > 1 {
			t.Logf("%s: %d of %d flips found, the others harmless", filepath.Base(path), found, flips)
		}
	}
	mustCommand(t, "", "verify", "--data", dir)
}
