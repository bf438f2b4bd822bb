package segment_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tillsight/server/segment"
)

// flip changes one bit of a file.
func flip(t *testing.T, path string, random *rand.Rand) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := random.IntN(len(b))
	b[at] ^= 1 << random.IntN(8)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s, byte %d", filepath.Base(path), at)
}

// A file of which a bit was flipped is found, is not sent, and is made anew.
func TestFlippedBitsHeal(t *testing.T) {
	c := newChain(t)
	for _, till := range c.tills {
		till.Day(30)
	}
	c.refresh()
	m := c.manifest()
	dir := filepath.Join(c.dir, "segments")
	random := rand.New(rand.NewPCG(1, 2))
	for _, ref := range append(m.Dims, m.Segments...) {
		for _, suffix := range []string{"", ".br", ".gz"} {
			where := flip(t, filepath.Join(dir, ref.Hash+suffix), random)
			found := 0
			if err := segment.Verify(t.Context(), dir, func(error) { found++ }); err != nil || found != 1 {
				t.Errorf("%s: %d findings, %v", where, found, err)
			}
			c.read(ref, nil, true) // fails when the bytes are not those of the name
			if err := segment.Verify(t.Context(), dir, func(err error) { t.Errorf("%s: not healed: %v", where, err) }); err != nil {
				t.Error(err)
			}
		}
	}
	for range 20 {
		where := flip(t, filepath.Join(dir, "made.json"), random)
		found := 0
		if err := segment.Verify(t.Context(), dir, func(error) { found++ }); err != nil || found == 0 {
			t.Errorf("%s: %d findings, %v", where, found, err)
		}
		c.open()
		c.refresh()
		if got := c.manifest(); got.Hash != m.Hash {
			t.Errorf("%s: another manifest", where)
		}
	}
	if err := os.Remove(filepath.Join(dir, m.Segments[0].Hash)); err != nil {
		t.Fatal(err)
	}
	found := 0
	if err := segment.Verify(t.Context(), dir, func(error) { found++ }); err != nil || found == 0 {
		t.Errorf("a missing file: %d findings, %v", found, err)
	}
}

// TestFilesAfterAFault: what could not be written is written when it can be,
// without a sale that would wake it.
func TestFilesAfterAFault(t *testing.T) {
	c := newChain(t)
	c.tills[0].Sell("", "")
	if err := errors.Join(c.w.Refer(c.ref), c.w.LoadAll(t.Context(), c.tape, nil)); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(c.dir, "segments")
	if err := errors.Join(os.RemoveAll(dir), os.WriteFile(dir, nil, 0o600)); err != nil { // nothing can be made in it
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	changed, cancel := c.files.Subscribe()
	defer cancel()
	faults := make(chan error, 100)
	go c.files.Run(ctx, func(err error) { faults <- err })
	<-faults
	if err := errors.Join(os.Remove(dir), os.Mkdir(dir, 0o700)); err != nil {
		t.Fatal(err)
	}
	select {
	case <-changed:
	case <-time.After(time.Minute):
		t.Fatal("not tried again")
	}
	if m := c.manifest(); len(m.Segments) == 0 {
		t.Errorf("manifest %+v", m)
	}
}
