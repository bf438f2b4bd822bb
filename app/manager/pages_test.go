package main

import (
	"slices"
	"testing"

	"tillsight/app/desk/frame"
)

func TestEveryPageHasItsPlace(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range pages() {
		if seen[p.Path] || p.Name == nil || p.Make == nil {
			t.Errorf("%s: seen %v, name %v", p.Path, seen[p.Path], p.Name)
		}
		seen[p.Path] = true
		if !slices.Contains(frame.Areas(), p.Area) {
			t.Errorf("%s is in no area: %s", p.Path, p.Area)
		}
	}
	if pages()[0].Path != "/manager" {
		t.Error("an address that is no page's leads elsewhere than to the overview")
	}
}
