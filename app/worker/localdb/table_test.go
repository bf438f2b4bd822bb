package localdb

import "testing"

// Every kind of fact is known to every reader: adding one asks them what they do.
func TestNoKindIsMissing(t *testing.T) {
	for name, missing := range map[string]int{
		"projected": len(projected.Missing()), "needed at once": len(neededAtOnce.Missing()), "looked up": len(lookedUp.Missing()),
	} {
		if missing != 0 {
			t.Errorf("%s: %d kinds are missing: %v, %v, %v", name, missing, projected.Missing(), neededAtOnce.Missing(), lookedUp.Missing())
		}
	}
}
