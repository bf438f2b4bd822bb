//go:build !js

package journal

import (
	"testing"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
)

// FuzzOpen opens whatever bytes lie in the segment files.
func FuzzOpen(f *testing.F) {
	dir := opfs.NewMemory()
	if err := create(dir, ada, small); err != nil {
		f.Fatal(err)
	}
	j, _, err := open(dir, ada, small)
	if err != nil {
		f.Fatal(err)
	}
	for n := range 20 {
		if _, _, err := appendSale(j, n); err != nil {
			f.Fatal(err)
		}
	}
	f.Add(dir.Bytes(fileName(1)), dir.Bytes(fileName(2)), dir.Bytes(ackedName))
	f.Add([]byte{}, []byte{1}, []byte{2})
	f.Fuzz(func(t *testing.T, one, two, ack []byte) {
		dir := opfs.NewMemory()
		for name, b := range map[string][]byte{fileName(1): one, fileName(2): two, ackedName: ack} {
			if err := saveCopy(dir, name, b); err != nil {
				t.Fatal(err)
			}
		}
		j, _, err := open(dir, ada, small)
		if err != nil {
			if code := errcode.Of(err); code != errcode.JournalDamaged {
				t.Fatalf("open: %v", err)
			}
			return
		}
		last := j.Last()
		before := all(t, j)
		if f, _, err := appendSale(j, 7); err != nil || f.Seq != last+1 {
			t.Fatalf("fact %d after %d: %v", f.Seq, last, err)
		}
		closeJournal(t, j)
		j, _ = mustOpen(t, dir, ada)
		for seq, raw := range before {
			if got := all(t, j)[seq]; got != raw {
				t.Fatalf("fact %d changed from %q to %q", seq, raw, got)
			}
		}
	})
}
