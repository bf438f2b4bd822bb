package ui

import "testing"

func TestRewritingKeepsWhatWasTypedSince(t *testing.T) {
	for _, tt := range []struct{ name, text, was, now, want string }{
		{"the key that leads in is taken out", "/46", "/", "", "46"},
		{"a multiplier is taken out", "3*460", "3*", "", "460"},
		{"a code was sold, the next is begun", "460461", "460", "", "461"},
		{"a key of the pad comes before a later key", "40", "4", "46", "460"},
		{"nothing since", "460", "460", "", ""},
		{"an empty field", "7", "", "12", "127"},
		{"another text than was known", "46", "460", "", ""},
	} {
		if got := Rewritten(tt.text, tt.was, tt.now); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
