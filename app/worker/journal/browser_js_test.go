package journal

import (
	"testing"

	"tillsight/app/opfs"
)

// TestBrowser keeps a journal and a draft on the browser's own files, with
// segments of full size.
func TestBrowser(t *testing.T) {
	dir, err := opfs.OpenDir("journal-test")
	if err != nil {
		t.Fatal(err)
	}
	if err := Create(dir, ada); err != nil {
		t.Fatal(err)
	}
	j, rep, err := Open(dir, ada)
	if err != nil || len(rep.Notices()) > 0 {
		t.Fatalf("open: %v, %+v", err, rep)
	}
	first := j.Last()
	want := mustAppend(t, j, int(first)+1, int(first)+300)
	b, err := j.Since(first, 500, 1<<20)
	if err != nil || len(b.Facts) != 300 {
		t.Fatalf("%d facts to send, %v", len(b.Facts), err)
	}
	if err := j.SetAcked(first+300, b.Chain); err != nil {
		t.Fatal(err)
	}
	if err := j.Maintain(0); err != nil {
		t.Fatal(err)
	}
	closeJournal(t, j)
	j, rep, err = Open(dir, ada)
	if err != nil || len(rep.Notices()) > 0 {
		t.Fatalf("open again: %v, %+v", err, rep)
	}
	defer closeJournal(t, j)
	got := all(t, j)
	for i, raw := range want {
		if got[first+1+uint64(i)] != string(raw) {
			t.Fatalf("fact %d differs", i+1)
		}
	}
	if count, _ := j.Waiting(); count != 0 || j.Last() != first+300 {
		t.Errorf("%d wait, last %d", count, j.Last())
	}
}

func TestBrowserDraft(t *testing.T) {
	dir, err := opfs.OpenDir("draft-test")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		d, err := OpenDraft(dir)
		if err != nil {
			t.Fatal(err)
		}
		d.Begin()
		for _, change := range []string{"one", "two", "three"} {
			if err := d.Append([]byte(change)); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if d, err = OpenDraft(dir); err != nil || len(d.Load()) != 3 || string(d.Load()[2]) != "three" {
			t.Fatalf("draft %q, %v", d.Load(), err)
		}
		if err := d.Clear(); err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if d, err = OpenDraft(dir); err != nil || len(d.Load()) != 0 {
			t.Fatalf("cleared draft %q, %v", d.Load(), err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
