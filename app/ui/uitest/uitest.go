// Package uitest looks at what components draw, in tests. It compares text
// nodes: app.Match does not look at an element's children.
package uitest

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	spaces = regexp.MustCompile(`[\s\x{00a0}]+`)
)

// Text returns the words that u draws, parted by single spaces.
func Text(u app.UI) string {
	plain := html.UnescapeString(tags.ReplaceAllString(app.HTMLString(u), " "))
	return strings.TrimSpace(spaces.ReplaceAllString(plain, " "))
}

// Shows fails the test unless u draws all the texts, in this order.
func Shows(t *testing.T, u app.UI, texts ...string) {
	t.Helper()
	all := Text(u)
	rest := all
	for _, text := range texts {
		at := strings.Index(rest, text)
		if at < 0 {
			t.Fatalf("%q is not shown (in this order) in:\n%s", text, all)
		}
		rest = rest[at+len(text):]
	}
}

// Hides fails the test if u draws the text.
func Hides(t *testing.T, u app.UI, text string) {
	t.Helper()
	if all := Text(u); strings.Contains(all, text) {
		t.Fatalf("%q is shown in:\n%s", text, all)
	}
}

// Load puts c into an engine and lets everything settle.
func Load(t *testing.T, c app.Composer) app.TestEngine {
	t.Helper()
	engine := app.NewTestEngine()
	if err := engine.Load(c); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	return engine
}
