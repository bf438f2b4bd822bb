//go:build !js

package kit

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// painter paints nothing: there is no document.
type painter struct{}

func (*painter) paint(Listing)       {}
func (*painter) scroll(int)          {}
func (*painter) text(string, string) {}

// own is the text of an element, which the framework writes.
func (*painter) own(text string) string { return text }

// body draws the list's content.
func (*painter) body(l Listing) []app.UI {
	if l.total == 0 {
		return []app.UI{app.Raw(l.empty)}
	}
	var b strings.Builder
	b.WriteString(spacer(l.from))
	for _, row := range l.rows {
		b.WriteString(row.markup(l.whyTitle))
	}
	b.WriteString(spacer(l.total - l.from - len(l.rows)))
	return []app.UI{app.Raw("<div>" + b.String() + "</div>")}
}
