package camera_test

import (
	"slices"
	"testing"
	"time"

	"tillsight/app/camera"
)

// TestView plays pictures, one every 100 ms: what is seen in each, and which of
// it is a scan.
func TestView(t *testing.T) {
	tests := []struct {
		name  string
		seen  []string // per picture; "" is nothing
		scans []string
	}{
		{"held still for long", repeat("a", 40), []string{"a"}},
		{"trembling", []string{"a", "", "a", "", "", "a", "", "", "", "", "a"}, []string{"a"}},
		{"taken away and shown again", join([]string{"a"}, repeat("", 7), []string{"a"}), []string{"a", "a"}},
		{"another one between", []string{"a", "b", "a", "b"}, []string{"a", "b"}},
		{"nothing", repeat("", 5), nil},
	}
	for _, test := range tests {
		var v camera.View
		var got []string
		for i, code := range test.seen {
			var codes []string
			if code != "" {
				codes = []string{code}
			}
			got = append(got, v.Look(codes, time.Duration(i)*100*time.Millisecond)...)
		}
		if !slices.Equal(got, test.scans) {
			t.Errorf("%s: %q, want %q", test.name, got, test.scans)
		}
	}
}

// TestSlowCamera: two pictures a second must not count one package twice because
// of a single blurred picture.
func TestSlowCamera(t *testing.T) {
	var v camera.View
	scans := 0
	for i, codes := range [][]string{{"a"}, nil, {"a"}, nil, nil, {"a"}} {
		scans += len(v.Look(codes, time.Duration(i)*500*time.Millisecond))
	}
	if scans != 1 {
		t.Errorf("%d scans", scans)
	}
	var two camera.View
	if got := two.Look([]string{"a", "b"}, 0); len(got) != 2 {
		t.Errorf("two at once: %q", got)
	}
}

func repeat(code string, n int) []string { return slices.Repeat([]string{code}, n) }

func join(parts ...[]string) []string { return slices.Concat(parts...) }
