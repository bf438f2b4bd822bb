package localdb

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

var errCut = errors.New("power cut")

// cutAfter makes all writing calls but the next n fail.
func cutAfter(m *opfs.Memory, n int) {
	from := m.Calls() + n
	m.Before = func(n int, op, name string) error {
		if n > from {
			return errcode.New(errcode.StorageFault, op+" "+name, errCut)
		}
		return nil
	}
}

// TestCrash cuts the power while selling at random calls, again and again on
// the same disk. No confirmed sale is lost or doubled, no number is used twice,
// the database is sound or made anew, and its totals are those of the facts.
func TestCrash(t *testing.T) {
	for seed := range uint64(1 + effort/3) {
		r := rand.New(rand.NewPCG(seed, 0))
		dir := opfs.NewMemory()
		s := mustTill(t, dir)
		s.day(t, 1, 2)
		confirmed, n := 3, 3 // facts told to the cashier; next receipt
		for round := range 25 {
			cutAfter(dir, r.IntN(120))
			for range 40 {
				f, raw, err := s.j.Append(fact.Header{Kind: fact.SaleRegistered, Version: 1, At: int64(n)}, saleOf(n, 7, 1+r.IntN(40)))
				if err != nil {
					break
				}
				if int(f.Seq) != confirmed+1 {
					t.Fatalf("seed %d round %d: number %d after %d", seed, round, f.Seq, confirmed)
				}
				confirmed++
				n++
				if err := s.db.Apply(f, raw); err != nil {
					break
				}
			}
			dir = dir.Crash(r)
			var err error
			if s, err = openTill(dir); err != nil {
				t.Fatalf("seed %d round %d: %v", seed, round, err)
			}
			confirmed, n = verify(t, fmt.Sprintf("seed %d round %d", seed, round), s, confirmed, n)
		}
	}
}

// verify checks an opened till and returns what it holds.
func verify(t *testing.T, what string, s *till, confirmed, n int) (facts, next int) {
	t.Helper()
	if len(s.report.Damages) > 0 || len(s.notices) > 0 {
		t.Fatalf("%s: %+v, %v", what, s.report, s.notices)
	}
	if err := s.db.Check(); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	last := int(s.j.Last())
	if last != confirmed && last != confirmed+1 {
		t.Fatalf("%s: %d facts, confirmed %d", what, last, confirmed)
	}
	n += last - confirmed
	rows, err := s.db.Receipts("", 500)
	if err != nil {
		t.Fatal(err)
	}
	if want := min(n-1, 500); len(rows) != want {
		t.Fatalf("%s: %d receipts, want %d", what, len(rows), want)
	}
	sh, _, err := s.db.Shift()
	if err != nil || sh.Sales.Receipts != n-1 || sh.Verify() != nil {
		t.Fatalf("%s: shift of %d receipts, want %d: %v, %v", what, sh.Sales.Receipts, n-1, sh.Verify(), err)
	}
	return last, n
}

// TestFailingCalls makes single calls fail while selling: the sale is refused
// or told, and opening again finds exactly what was told.
func TestFailingCalls(t *testing.T) {
	for nth := 1; nth < 90; nth += 1 + 20/effort {
		dir := opfs.NewMemory()
		s := mustTill(t, dir)
		s.day(t, 1, 1)
		at := dir.Calls() + nth
		dir.Before = func(n int, op, name string) error {
			if n == at {
				return errcode.New(errcode.StorageFault, op+" "+name, errCut)
			}
			return nil
		}
		confirmed, n := 2, 2
		for range 30 {
			f, raw, err := s.j.Append(fact.Header{Kind: fact.SaleRegistered, Version: 1}, saleOf(n, 7, 9))
			if err != nil {
				continue
			}
			confirmed++
			n++
			if err := s.db.Apply(f, raw); err == nil {
				continue
			}
			// What the session does: catch up from the journal.
			if err := s.db.replay(s.j); err != nil {
				t.Logf("call %d: catch up later: %v", nth, err)
			}
		}
		dir.Before = nil
		s, err := openTill(dir.Reopen())
		if err != nil {
			t.Fatalf("call %d: %v", nth, err)
		}
		verify(t, fmt.Sprintf("call %d", nth), s, confirmed, n)
	}
}

// snapshotOf returns the bytes of a small reference database that says word.
func snapshotOf(t *testing.T, word string) ([]byte, wire.Snapshot) {
	t.Helper()
	dir := opfs.NewMemory()
	db, err := sqlite.Open("made.db", sqlite.Options{VFS: vfsName(dir), Pragmas: tuning(1000)})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Script(`CREATE TABLE word (word TEXT) STRICT; INSERT INTO word VALUES ('` + word + `');
		CREATE TABLE filler (b BLOB) STRICT; INSERT INTO filler VALUES (zeroblob(300000)); PRAGMA journal_mode=DELETE`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b := dir.Bytes("made.db")
	sum := sha256.Sum256(b)
	return b, wire.Snapshot{Size: int64(len(b)), SHA256: hex.EncodeToString(sum[:])}
}

// wordOf opens the reference database and returns its word, "" when none is there.
func wordOf(t *testing.T, what string, dir opfs.Dir) string {
	t.Helper()
	db, err := OpenReference(dir)
	if errcode.Of(err) == errcode.NotFound {
		return ""
	}
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	word := ""
	if err := db.Query(`SELECT word FROM word`, func(r sqlite.Row) error {
		word += r.Text(0)
		return nil
	}); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if err := db.Close(); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	return word
}

// TestInstallCrash cuts the power at every call of replacing a snapshot.
func TestInstallCrash(t *testing.T) {
	one, first := snapshotOf(t, "one")
	two, second := snapshotOf(t, "two")
	seen := map[string]int{}
	for seed := range uint64(1 + effort/3) {
		for cut := 0; ; cut++ {
			r := rand.New(rand.NewPCG(seed, uint64(cut)))
			what := fmt.Sprintf("seed %d cut %d", seed, cut)
			dir := opfs.NewMemory()
			if err := InstallReference(dir, first, bytes.NewReader(one), nil); err != nil {
				t.Fatal(err)
			}
			if got := wordOf(t, what, dir); got != "one" {
				t.Fatalf("%s: %q", what, got)
			}
			start := dir.Calls()
			cutAfter(dir, cut)
			installed := InstallReference(dir, second, bytes.NewReader(two), nil) == nil
			if installed {
				if db, err := OpenReference(dir); err == nil {
					if err := db.Close(); err != nil && cut > 30 {
						t.Log(err)
					}
				}
			}
			finished := dir.Calls() < start+cut
			dir = dir.Crash(r)
			got := wordOf(t, what, dir)
			if got != "one" && got != "two" || installed && got != "two" {
				t.Fatalf("%s: %q, installed %v", what, got, installed)
			}
			seen[got]++
			if err := InstallReference(dir, first, bytes.NewReader(one), nil); err != nil {
				t.Fatal(err)
			}
			if got := wordOf(t, what, dir); got != "one" {
				t.Fatalf("%s: again %q", what, got)
			}
			if finished {
				break
			}
		}
	}
	if seen["one"] == 0 || seen["two"] == 0 {
		t.Errorf("saw %v", seen)
	}
}

func TestInstallRefused(t *testing.T) {
	one, first := snapshotOf(t, "one")
	two, second := snapshotOf(t, "two")
	dir := opfs.NewMemory()
	if got := wordOf(t, "empty", dir); got != "" {
		t.Errorf("%q", got)
	}
	if err := InstallReference(dir, first, bytes.NewReader(one), nil); err != nil {
		t.Fatal(err)
	}
	var told []int64
	progress := func(done int64) { told = append(told, done) }
	two[777] ^= 1
	if err := InstallReference(dir, second, bytes.NewReader(two), progress); errcode.Of(err) != errcode.BadAnswer {
		t.Errorf("a flipped byte: %v", err)
	}
	if n := len(told); n == 0 || told[n-1] != second.Size {
		t.Errorf("progress %v", told)
	}
	two[777] ^= 1
	if err := InstallReference(dir, second, bytes.NewReader(two[:1000]), nil); errcode.Of(err) != errcode.BadAnswer {
		t.Errorf("a short answer: %v", err)
	}
	dir.SetQuota(int64(len(one)) + 1000)
	if err := InstallReference(dir, second, bytes.NewReader(two), nil); errcode.Of(err) != errcode.StorageFull {
		t.Errorf("no room: %v", err)
	}
	dir.SetQuota(0)
	names, err := dir.List()
	if err != nil || strings.Join(names, " ") != "installed-1.db reference-1.db" {
		t.Errorf("files %q, %v", names, err)
	}
	if got := wordOf(t, "after refusals", dir); got != "one" {
		t.Errorf("%q", got)
	}
	dir.Flip("reference-1.db", 20, 0xff)
	scribble(dir, "reference-1.db", 100)
	if _, err := OpenReference(dir); errcode.Of(err) != errcode.DBDamaged {
		t.Errorf("damaged snapshot: %v", err)
	}
}

// TestVFSKeepsNothingBack asserts what the storage must not promise SQLite.
func TestVFSKeepsNothingBack(t *testing.T) {
	dir := opfs.NewMemory()
	s := mustTill(t, dir)
	defer s.close(t)
	if got := dir.Bytes("local-1.db"); !bytes.HasPrefix(got, []byte("SQLite format 3\x00")) {
		t.Errorf("database file begins %q", got[:min(16, len(got))])
	}
	var modes []string
	for _, pragma := range []string{"journal_mode", "locking_mode", "synchronous", "page_size"} {
		if err := s.db.sql.Query("PRAGMA "+pragma, func(r sqlite.Row) error {
			modes = append(modes, r.Text(0))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := strings.Join(modes, " "), fmt.Sprintf("wal exclusive 1 %d", pageSize); got != want {
		t.Errorf("modes %s, want %s", got, want)
	}
	if got := (&vfsFile{}).DeviceCharacteristics(); got != 1<<11 {
		t.Errorf("device characteristics %#x", got)
	}
}
