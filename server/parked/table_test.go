package parked

import "testing"

// Every kind of fact is known here: adding one asks what becomes of it.
func TestNoKindIsMissing(t *testing.T) {
	if missing := kept.Missing(); len(missing) > 0 {
		t.Errorf("missing: %v", missing)
	}
}
