package page

import (
	"html"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
)

// The lines of the receipt are painted past the framework, which draws on a
// tick of its own: a scanned line is in the document as soon as its answer is
// here. The framework draws the frame around them and never looks inside. What
// runs outside of a browser gets the same lines as one piece of markup.

// listing is what the list of lines shows: a window of rows out of total.
type listing struct {
	from, total int
	rows        []row
	empty       string // markup in place of no rows
	whyTitle    string
}

// listing returns what there is to see of the receipt.
func (r *register) listing() listing {
	from, to := r.window()
	l := listing{from: from, total: len(r.basket.rows), whyTitle: r.lang.T(i18n.ActWhy)}
	if l.total == 0 {
		l.empty = app.HTMLString(ui.EmptyState("▥", r.lang.T(i18n.EmptyTitle), r.lang.T(i18n.EmptyHow)))
		return l
	}
	l.rows = append(l.rows, r.basket.rows[from:to]...)
	for i := range l.rows {
		l.rows[i].Newest = l.rows[i].N == r.basket.Last
		l.rows[i].Chosen = l.rows[i].N == r.chosen
	}
	return l
}

// window returns which rows to draw now.
func (r *register) window() (from, to int) {
	total, top := len(r.basket.rows), r.scroll.top
	if !r.scroll.free {
		top = total * rowHeight
	}
	return window(total, top, r.scroll.height)
}

// class is the class attribute of a row.
func (w row) class() string {
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
func (w row) markup(whyTitle string) string {
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
	return `<svg class="spacer" aria-hidden="true" width="1" height="` + strconv.Itoa(rows*rowHeight) + `"></svg>`
}

// paint shows the receipt as it is now.
func (r *register) paint() {
	r.painter.paint(r.listing())
	for id, text := range r.receiptTexts() {
		r.painter.text(id, text)
	}
}

// show brings line n into sight, the newest with all that are above it.
func (r *register) show(n int) {
	top, end := r.basket.place(n, r.scroll.height)
	r.scroll.top, r.scroll.free = top, !end
	r.paint()
	r.painter.scroll(top)
}

// reveal brings line n into sight when it is not.
func (r *register) reveal(n int) {
	at := r.basket.index(n) * rowHeight
	top, bottom := r.scroll.top, r.scroll.top+r.scroll.height
	if !r.scroll.free {
		bottom = len(r.basket.rows) * rowHeight
		top = bottom - r.scroll.height
	}
	if at < top || at+rowHeight > bottom {
		r.show(n)
		return
	}
	r.paint()
}
