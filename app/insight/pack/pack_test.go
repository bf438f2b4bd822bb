package pack_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"tillsight/app/insight/pack"
	"tillsight/app/opfs"
	"tillsight/shared/errcode"
	"tillsight/shared/segment"
)

// content is the n-th file. The last two are large: without them most of a pack
// is of no use.
func content(n int) (hash string, b []byte) {
	b = bytes.Repeat([]byte(fmt.Sprint(n, " ")), 1+n/11*(1<<20))
	return segment.Hash(b), b
}

// model is what two tabs over one directory should find.
type model struct {
	dir  *opfs.Memory
	tabs [2]*pack.Pack
	kept map[string][]byte
}

func (m *model) check(t *rapid.T, tab int) {
	p := m.tabs[tab]
	if err := p.Hold(); err != nil {
		t.Fatal(err)
	}
	for hash, want := range m.kept {
		got, err := p.Read(hash)
		if err != nil || !bytes.Equal(got, want) {
			t.Fatalf("tab %d: file %.8s: %d bytes of %d, %v", tab, hash, len(got), len(want), err)
		}
	}
	if err := p.Release(); err != nil {
		t.Fatal(err)
	}
}

func TestTwoTabsKeepFiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir := opfs.NewMemory()
		m := &model{dir: dir, tabs: [2]*pack.Pack{pack.New(dir), pack.New(dir)}, kept: map[string][]byte{}}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			tab := rapid.IntRange(0, 1).Draw(t, "tab")
			switch rapid.IntRange(0, 5).Draw(t, "step") {
			case 0, 1, 2:
				hash, b := content(rapid.IntRange(0, 12).Draw(t, "file"))
				if err := m.tabs[tab].Write(hash, b); err != nil {
					t.Fatal(err)
				}
				m.kept[hash] = b
			case 3:
				used := map[string]bool{}
				for n := range 13 {
					if hash, _ := content(n); rapid.Bool().Draw(t, "used") {
						used[hash] = true
					} else {
						delete(m.kept, hash)
					}
				}
				if err := m.tabs[tab].Clear(used); err != nil {
					t.Fatal(err)
				}
			case 4:
				m.tabs[tab] = pack.New(m.dir)
			}
			m.check(t, tab)
		}
	})
}

func TestForgottenIsWrittenAnew(t *testing.T) {
	p := pack.New(opfs.NewMemory())
	hash, b := content(1)
	if err := errors.Join(p.Write(hash, []byte("damaged")), p.Hold()); err != nil {
		t.Fatal(err)
	}
	p.Forget(hash)
	if p.Has(hash) {
		t.Error("forgotten, yet there")
	}
	if _, err := p.Read(hash); errcode.Of(err) != errcode.NotFound {
		t.Errorf("read forgotten: %v", err)
	}
	if err := errors.Join(p.Write(hash, b), p.Release()); err != nil {
		t.Fatal(err)
	}
	if got, err := p.Read(hash); err != nil || !bytes.Equal(got, b) {
		t.Errorf("read %d bytes, %v", len(got), err)
	}
}

// TestPowerCut cuts the power at every call that writes: what Write had
// confirmed and nobody cleared is there afterwards, also when the pack was
// being written anew.
func TestPowerCut(t *testing.T) {
	for at := 1; at <= 60; at++ {
		m := opfs.NewMemory()
		cut := errors.New("power cut")
		m.Before = func(n int, op, name string) error {
			if n >= at {
				return errcode.New(errcode.StorageFault, op+" "+name, cut)
			}
			return nil
		}
		kept := fill(pack.New(m))
		after := pack.New(m.Crash(rand.New(rand.NewPCG(1, uint64(at)))))
		if err := after.Hold(); err != nil {
			t.Fatalf("cut at %d: %v", at, err)
		}
		for hash, want := range kept {
			got, err := after.Read(hash)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("cut at %d: file %.8s: %d bytes of %d, %v", at, hash, len(got), len(want), err)
			}
		}
		hash, b := content(5)
		if err := errors.Join(after.Write(hash, b), after.Release()); err != nil {
			t.Errorf("cut at %d: write afterwards: %v", at, err)
		}
	}
}

// fill writes files and clears most of them, until something fails, and returns
// what has to be there.
func fill(p *pack.Pack) map[string][]byte {
	kept := map[string][]byte{}
	for n := range 13 {
		hash, b := content(n)
		if p.Write(hash, b) != nil {
			return kept
		}
		kept[hash] = b
	}
	used := map[string]bool{}
	for hash := range kept {
		if len(kept[hash]) < 1<<20 {
			used[hash] = true
		} else {
			delete(kept, hash)
		}
	}
	if p.Clear(used) != nil {
		return kept
	}
	for n := range 3 {
		hash, b := content(n)
		if p.Write(hash, b) != nil {
			return kept
		}
		kept[hash] = b
	}
	return kept
}
