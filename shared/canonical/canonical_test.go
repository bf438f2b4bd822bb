package canonical_test

import (
	"encoding/json"
	"testing"

	"tillsight/shared/canonical"
)

func FuzzStringEqualsEncodingJSON(f *testing.F) {
	for _, s := range []string{"", "plain", "Молоко 3,2 %", `"\/`, "<b", "b>", "a&b", "\u2028", "\xff", "\x00\x1f\x7f", "—", "\xe2\x80", "a\nb"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := canonical.String(nil, s); string(got) != string(want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
