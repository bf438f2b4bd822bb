package opfs_test

import (
	"math/rand/v2"
	"testing"

	"tillsight/app/opfs"
	"tillsight/app/opfs/opfstest"
	"tillsight/shared/errcode"
)

func TestMemory(t *testing.T) {
	dirs := map[string]opfs.Dir{}
	opfstest.Run(t, func(t *testing.T, name string) opfs.Dir {
		if dirs[name] == nil {
			dirs[name] = opfs.NewMemory()
		}
		return dirs[name]
	})
}

// TestCrash checks that the twin is as bad as it says: what was flushed stays,
// what was not is sometimes kept, sometimes lost, sometimes torn.
func TestCrash(t *testing.T) {
	old, later := make([]byte, 2048), make([]byte, 2048)
	for i := range old {
		old[i], later[i] = 'o', 'n'
	}
	seen := map[string]int{}
	for seed := range uint64(300) {
		m := opfs.NewMemory()
		file, err := m.Open("f", true)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.WriteAt(old, 0); err != nil {
			t.Fatal(err)
		}
		if err := file.Flush(); err != nil {
			t.Fatal(err)
		}
		if _, err := file.WriteAt(later, 1024); err != nil {
			t.Fatal(err)
		}
		after := m.Crash(rand.New(rand.NewPCG(seed, 0))).Bytes("f")
		for i := range 1024 {
			if after[i] != 'o' {
				t.Fatalf("seed %d: flushed byte %d is %q", seed, i, after[i])
			}
		}
		news, zeros := 0, 0
		for _, c := range after[1024:] {
			switch c {
			case 'n':
				news++
			case 0:
				zeros++
			}
		}
		switch {
		case news == 0 && len(after) == 2048:
			seen["lost"]++
		case news == 2048:
			seen["kept"]++
		default:
			seen["torn"]++
		}
		if zeros > 0 {
			seen["hole"]++
		}
	}
	for _, kind := range []string{"lost", "kept", "torn", "hole"} {
		if seen[kind] == 0 {
			t.Errorf("never %s: %v", kind, seen)
		}
	}
}

func TestQuota(t *testing.T) {
	m := opfs.NewMemory()
	m.SetQuota(100)
	file, err := m.Open("f", true)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteAt(make([]byte, 100), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteAt([]byte{1}, 100); errcode.Of(err) != errcode.StorageFull {
		t.Errorf("beyond the quota: %v", err)
	}
	if _, err := file.WriteAt([]byte{1}, 99); err != nil {
		t.Errorf("inside the quota: %v", err)
	}
}
