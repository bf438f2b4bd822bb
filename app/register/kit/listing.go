package kit

import (
	"html"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/receipt"
)

// The lines of the receipt are painted past the framework, which draws on a
// tick of its own: a scanned line is in the document as soon as its answer is
// here. The framework draws the frame around them and never looks inside. What
// runs outside of a browser gets the same lines as one piece of markup.

// Listing is what the list of lines shows: a window of rows out of total.
type Listing struct {
	from, total int
	rows        []Row
	empty       string // markup in place of no rows
	whyTitle    string
}

// class is the class attribute of a row.
func (w Row) class() string {
	class := "line"
	if w.Voided {
		class += " voided"
	}
	if w.Newest {
		class += " newest"
	}
	if w.Chosen {
		class += " chosen"
	}
	return class
}

// markup writes a row. Its note says what was taken off; pressed, it says why.
func (w Row) markup(whyTitle string) string {
	var b strings.Builder
	span := func(class, text string) {
		b.WriteString(`<span class="` + class + `">` + html.EscapeString(text) + `</span>`)
	}
	b.WriteString(`<div class="` + w.class() + `" role="listitem" data-n="` + strconv.Itoa(w.N) + `">`)
	span("line-n", strconv.Itoa(w.N))
	span("line-name", w.Name)
	span("line-sum", w.Sum)
	b.WriteString(`<span class="line-more">`)
	span("line-detail", w.Detail)
	if w.Note == "" || w.Voided {
		span("line-note", w.Note)
	} else {
		span(`line-note line-why" title="`+html.EscapeString(whyTitle), w.Note)
	}
	b.WriteString(`</span></div>`)
	return b.String()
}

// spacer stands for rows that are not drawn. Its height is an attribute, which
// a content security policy allows, unlike inline styles.
func spacer(rows int) string {
	return `<svg class="spacer" aria-hidden="true" width="1" height="` + strconv.Itoa(rows*RowHeight) + `"></svg>`
}

// Listing returns what there is to see of the receipt.
func (b *Basket) Listing() Listing {
	from, to := b.window()
	l := Listing{from: from, total: len(b.rows), whyTitle: b.words.Lang.T(i18n.ActWhy)}
	if l.total == 0 {
		l.empty = app.HTMLString(ui.EmptyState("▥", b.words.Lang.T(i18n.EmptyTitle), b.words.Lang.T(i18n.EmptyHow)))
		return l
	}
	l.rows = append(l.rows, b.rows[from:to]...)
	for i := range l.rows {
		l.rows[i].Newest = l.rows[i].N == b.Last
		l.rows[i].Chosen = l.rows[i].N == b.Chosen
	}
	return l
}

// window returns which rows to draw now.
func (b *Basket) window() (from, to int) {
	total, top := len(b.rows), b.top
	if !b.free {
		top = total * RowHeight
	}
	return window(total, top, b.height)
}

// Draw returns the content of the list for the framework: nothing where it is painted.
func (b *Basket) Draw() []app.UI { return b.painter.body(b.Listing()) }

// Own is the text of an element that Paint writes, for the framework.
func (b *Basket) Own(text string) string { return b.painter.own(text) }

// Paint shows the receipt as it is now.
func (b *Basket) Paint() {
	b.painter.paint(b.Listing())
	for id, text := range b.Texts() {
		b.painter.text(id, text)
	}
}

// Show brings line n into sight, the newest with all that are above it.
func (b *Basket) Show(n int) {
	top, end := b.place(n, b.height)
	b.top, b.free = top, !end
	b.Paint()
	b.painter.scroll(top)
}

// Reveal brings line n into sight when it is not.
func (b *Basket) Reveal(n int) {
	at := b.index(n) * RowHeight
	top, bottom := b.top, b.top+b.height
	if !b.free {
		bottom = len(b.rows) * RowHeight
		top = bottom - b.height
	}
	if at < top || at+RowHeight > bottom {
		b.Show(n)
		return
	}
	b.Paint()
}

// Choose makes line n the one that actions work on, in sight; 0 the newest.
func (b *Basket) Choose(n int) {
	b.Chosen = n
	if n == 0 {
		b.Show(b.Next(0, 0))
		return
	}
	b.Reveal(n)
}

// Current returns the line that actions work on: the chosen one or the newest.
func (b *Basket) Current() (receipt.Line, bool) {
	n := b.Chosen
	if n == 0 {
		n = b.Last
	}
	if line, ok := b.Line(n); ok {
		return line, true
	}
	return b.Line(b.Next(0, 0))
}

// Take takes a change in and shows it.
func (b *Basket) Take(d bridge.Delta) {
	b.Apply(d)
	if _, ok := b.Line(b.Chosen); !ok || len(d.Lines) > 0 && d.Last != b.Chosen {
		b.Chosen = 0
	}
	if len(d.Lines) > 0 {
		b.Show(d.Last)
	} else {
		b.Paint()
	}
}

// InSight is how many lines are seen at a time.
func (b *Basket) InSight() int { return max(1, b.height/RowHeight-1) }

// Scrolled paints the rows that came into sight at top.
func (b *Basket) Scrolled(top int) {
	from, to := b.window()
	b.top = top
	b.free = top < len(b.rows)*RowHeight-b.height-RowHeight
	if newFrom, newTo := b.window(); newFrom != from || newTo != to {
		b.Paint()
	}
}

// Resized takes the height of the list.
func (b *Basket) Resized(height int) {
	b.height = height
	if !b.free {
		b.Show(b.Last)
	}
}

// Height is the height of the list.
func (b *Basket) Height() int { return b.height }

// Len is how many lines there are, voided ones too.
func (b *Basket) Len() int { return len(b.lines) }
