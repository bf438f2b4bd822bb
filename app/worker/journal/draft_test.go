package journal

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
)

func loaded(d *Draft) []string {
	var changes []string
	for _, change := range d.Load() {
		changes = append(changes, string(change))
	}
	return changes
}

// TestDraftCrash cuts the power at every writing call of a few receipts: each
// confirmed change is there and nothing of a cleared receipt.
func TestDraftCrash(t *testing.T) {
	for seed := range uint64(1 + effort) {
		for cut := 1; cut < 70; cut++ {
			r := rand.New(rand.NewPCG(seed, uint64(cut)))
			dir := opfs.NewMemory()
			d, err := OpenDraft(dir)
			if err != nil {
				t.Fatal(err)
			}
			cutAt(dir, dir.Calls()+cut)
			want, next, cleared := receipts(d, r)
			what := fmt.Sprintf("seed %d cut %d", seed, cut)
			d, err = OpenDraft(dir.Crash(r))
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			got := loaded(d)
			switch {
			case slices.Equal(got, want), slices.Equal(got, append(slices.Clone(want), next)):
			case cleared && len(got) == 0: // the clearing reached the disk unconfirmed
			default:
				t.Fatalf("%s: %q, want %q, then perhaps %q", what, got, want, next)
			}
		}
	}
}

// receipts works until the power is cut; it returns the confirmed changes of
// the open receipt, the one that failed, and whether a Clear failed.
func receipts(d *Draft, r *rand.Rand) (want []string, next string, clearing bool) {
	for n := range 5 {
		d.Begin()
		for line := range 1 + r.IntN(6) {
			next = fmt.Sprintf("receipt %d line %d %s", n, line, make([]byte, r.IntN(600)))
			if d.Append([]byte(next)) != nil {
				return want, next, false
			}
			want = append(want, next)
		}
		if d.Clear() != nil {
			return want, "", true
		}
		want = nil
	}
	return want, "", false
}

func TestDraftDamage(t *testing.T) {
	for _, c := range []struct {
		name string
		off  int64 // of the byte that flips
		kept int
		code errcode.Code
	}{
		{"first change", draftStart + draftHead + 2, 0, errcode.JournalDamaged},
		{"second change", draftStart + 2*draftHead + 4, 1, errcode.JournalDamaged},
		{"last change", draftStart + 4*draftHead + 3*3 + 1, 3, ""},
		{"cleared mark", 5, 4, ""},
	} {
		dir := opfs.NewMemory()
		d, err := OpenDraft(dir)
		if err != nil {
			t.Fatal(err)
		}
		d.Begin()
		for _, change := range []string{"aaa", "bbb", "ccc", "ddd"} {
			if err := d.Append([]byte(change)); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		dir.Flip(draftName, c.off, 0x10)
		d, err = OpenDraft(dir)
		if errcode.Of(err) != c.code || d == nil || len(d.Load()) != c.kept {
			t.Errorf("%s: %v, %q", c.name, err, loaded(d))
			continue
		}
		if err := d.Append([]byte("eee")); err != nil {
			t.Errorf("%s: append: %v", c.name, err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if d, err = OpenDraft(dir); len(d.Load()) < 1 || string(d.Load()[len(d.Load())-1]) != "eee" {
			t.Errorf("%s: after going on: %q, %v", c.name, loaded(d), err)
		}
	}
}
