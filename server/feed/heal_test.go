package feed

import (
	"os"
	"testing"

	"tillsight/shared/errcode"
)

// A snapshot of which a byte changed is sent to nobody, and the next question
// after one gets a whole one.
func TestDamagedSnapshotIsMadeAnew(t *testing.T) {
	f := filled(t, t.TempDir(), 5)
	defer closeFeed(t, f)
	for _, suffix := range []string{"", ".br", ".gz"} {
		s := snapshot(t, f, "1")
		path, err := f.File("1", s.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		b[len(b)/2] ^= 4
		if err := os.WriteFile(path+suffix, b, 0o600); err != nil {
			t.Fatal(err)
		}
		found := 0
		if err := f.Verify(func(error) { found++ }); err != nil || found != 1 {
			t.Errorf("plain%s: %d findings, %v", suffix, found, err)
		}
		if _, err := f.File("1", s.SHA256); errcode.Of(err) != errcode.NotFound {
			t.Errorf("plain%s damaged is sent: %v", suffix, err)
		}
		again := snapshot(t, f, "1")
		if _, err := f.File("1", again.SHA256); err != nil {
			t.Errorf("the next one: %v", err)
		}
	}
}
