package kit

import (
	"strings"
	"testing"
)

// TestQRHasItsPatterns looks for what every QR code has, at its three corners
// and around it (ISO/IEC 18004): whether scanners read it is for the stories.
func TestQRHasItsPatterns(t *testing.T) {
	path, side, err := qrPath(strings.Repeat("TSP1ABCDEFGH", 70))
	if err != nil {
		t.Fatal(err)
	}
	if side != 2*quiet+89 && side != 2*quiet+93 && side != 2*quiet+85 { // 840 characters: versions 17 to 19 at level M
		t.Errorf("%d modules", side)
	}
	if !strings.HasPrefix(path, "M4 4h7v1h-7z") {
		t.Errorf("no finder pattern at %.40s", path)
	}
	if _, _, err := qrPath(strings.Repeat("é", 4000)); err == nil {
		t.Error("4000 letters fit into one code")
	}
}
