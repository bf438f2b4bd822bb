package kit

import (
	"strconv"
	"syscall/js"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// painter changes the document by hand, no more of it than is another one now.
type painter struct {
	list     js.Value // that was painted
	empty    string   // what it shows in place of rows
	drawn    []Row
	elements []js.Value // of drawn

	above, below js.Value // spacers
	hidden       [2]int   // rows that they stand for
}

var document = js.Global().Get("document")

// own is the text of an element that is painted, as the framework is told: it
// never changes, so that the framework never writes it.
func (p *painter) own(string) string { return "" }

// body returns nothing: the list's content is painted.
func (p *painter) body(Listing) []app.UI { return nil }

// paint makes the list show l.
func (p *painter) paint(l Listing) {
	list := document.Call("getElementById", LinesID)
	if !list.Truthy() {
		return
	}
	fresh := !list.Equal(p.list)
	if l.total == 0 {
		if fresh || p.empty != l.empty {
			list.Set("innerHTML", l.empty)
			*p = painter{list: list, empty: l.empty}
		}
		return
	}
	if fresh || p.empty != "" {
		list.Set("innerHTML", spacer(0)+spacer(0))
		*p = painter{list: list, above: list.Get("firstElementChild"), below: list.Get("lastElementChild")}
	}
	p.merge(l)
	p.heighten(p.above, &p.hidden[0], l.from)
	p.heighten(p.below, &p.hidden[1], l.total-l.from-len(l.rows))
}

// heighten makes a spacer stand for so many rows.
func (p *painter) heighten(spacer js.Value, was *int, rows int) {
	if *was != rows {
		*was = rows
		spacer.Call("setAttribute", "height", strconv.Itoa(rows*RowHeight))
	}
}

// merge makes the drawn rows those of l. Both are in the order of N.
func (p *painter) merge(l Listing) {
	drawn, elements := p.drawn, p.elements
	p.drawn, p.elements = make([]Row, 0, len(l.rows)), make([]js.Value, 0, len(l.rows))
	keep := func(row Row, element js.Value) {
		p.drawn, p.elements = append(p.drawn, row), append(p.elements, element)
	}
	insert := func(row Row, before js.Value) {
		before.Call("insertAdjacentHTML", "beforebegin", row.markup(l.whyTitle))
		keep(row, before.Get("previousElementSibling"))
	}
	drop := func() {
		elements[0].Call("remove")
		drawn, elements = drawn[1:], elements[1:]
	}
	for _, row := range l.rows {
		for len(drawn) > 0 && drawn[0].N < row.N {
			drop()
		}
		if len(drawn) == 0 || drawn[0].N != row.N {
			before := p.below
			if len(elements) > 0 {
				before = elements[0]
			}
			insert(row, before)
			continue
		}
		if drawn[0].content() != row.content() {
			insert(row, elements[0])
			drop()
			continue
		}
		if drawn[0] != row {
			elements[0].Set("className", row.class())
		}
		keep(row, elements[0])
		drawn, elements = drawn[1:], elements[1:]
	}
	for len(drawn) > 0 {
		drop()
	}
}

// content is the row without what only its class says.
func (w Row) content() Row {
	w.Newest, w.Chosen = false, false
	return w
}

// scroll moves the list; beyond the end is its end.
func (p *painter) scroll(top int) {
	if p.list.Truthy() {
		p.list.Set("scrollTop", top)
	}
}

// text shows a text in the element id, in the text node that the framework made.
func (p *painter) text(id, text string) {
	element := document.Call("getElementById", id)
	if !element.Truthy() {
		return
	}
	if node := element.Get("firstChild"); node.Truthy() && node.Get("nodeValue").String() != text {
		node.Set("nodeValue", text)
	}
}
