package kit

import (
	"maps"
	"sort"
	"strings"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
)

// Row is a receipt line as it is drawn. It is comparable, so that a row that
// did not change is not drawn again.
type Row struct {
	N      int
	Name   string
	Detail string // 2 × 89,90
	Note   string // discount
	Sum    string
	Voided bool
	Newest bool
	Chosen bool
}

// Basket is the open receipt as the page knows it.
type Basket struct {
	bridge.Delta // its Lines are those of the last change only

	Chosen int // N of the line that actions work on; 0: the newest

	words *Words
	lines []receipt.Line // by N
	rows  []Row          // the same, drawn
	vat   money.Amount   // of all rates
	wide  wide

	top, height int
	free        bool // a person has scrolled away from the newest line
	painter     painter
}

// NewBasket returns an empty one, told in these words.
func NewBasket(words *Words) Basket { return Basket{words: words, height: 600} }

// wide are the promotions that more than one line has: they are told once for
// the whole receipt and not on every line.
type wide map[string]bool

// wideOf finds them.
func wideOf(lines []receipt.Line) wide {
	on := map[string]int{}
	for i := range lines {
		for _, a := range lines[i].Applied {
			if !lines[i].Voided {
				on[a.Rule]++
			}
		}
	}
	w := wide{}
	for rule, n := range on {
		if n > 1 {
			w[rule] = true
		}
	}
	return w
}

// saved lists what the wide promotions take off, each once.
func (w wide) saved(all []receipt.Saved) []receipt.Saved {
	var list []receipt.Saved
	for _, s := range all {
		if w[s.Rule] {
			list = append(list, s)
		}
	}
	return list
}

// Open reports whether there is a receipt to add to.
func (b *Basket) Open() bool { return b.ID != "" && b.State == receipt.Open }

// Apply takes a change in: lines replace those of the same N, a receipt with
// another ID replaces all.
func (b *Basket) Apply(d bridge.Delta) {
	if d.State != receipt.Open {
		b.Delta, b.lines, b.rows, b.vat, b.wide = bridge.Delta{}, nil, nil, 0, nil
		return
	}
	if d.Full || d.ID != b.ID {
		b.lines, b.rows = nil, nil
	}
	for _, line := range d.Lines {
		at := b.index(line.N)
		if at == len(b.lines) || b.lines[at].N != line.N {
			b.lines = append(b.lines, receipt.Line{})
			copy(b.lines[at+1:], b.lines[at:])
			b.rows = append(b.rows, Row{})
			copy(b.rows[at+1:], b.rows[at:])
		}
		b.lines[at] = line
		b.rows[at] = drawRow(line, &d, b.wide, b.words.Lang, b.words.Currency())
	}
	b.Delta, b.vat = d, 0
	if now := wideOf(b.lines); !maps.Equal(now, b.wide) {
		b.wide = now
		b.Redraw()
	}
	for _, t := range d.Tax {
		b.vat += t.Tax
	}
}

// Redraw writes all rows anew, in another language.
func (b *Basket) Redraw() {
	for i, line := range b.lines {
		b.rows[i] = drawRow(line, &b.Delta, b.wide, b.words.Lang, b.words.Currency())
	}
}

// Line returns line n.
func (b *Basket) Line(n int) (receipt.Line, bool) {
	at := b.index(n)
	if at == len(b.lines) || b.lines[at].N != n {
		return receipt.Line{}, false
	}
	return b.lines[at], true
}

// index returns where line n is, or would be, among the lines.
func (b *Basket) index(n int) int {
	return sort.Search(len(b.lines), func(i int) bool { return b.lines[i].N >= n })
}

// Next returns the N of the line that is step lines below n; the newest when
// there is no n.
func (b *Basket) Next(n, step int) int {
	if len(b.lines) == 0 {
		return 0
	}
	at := b.index(n)
	if n == 0 || at == len(b.lines) {
		at = len(b.lines) - 1
	}
	at = max(0, min(len(b.lines)-1, at+step))
	return b.lines[at].N
}

// drawRow writes a line; d has the names of promotions and price lists, those of
// the whole receipt are left out.
func drawRow(line receipt.Line, d *bridge.Delta, whole wide, lang i18n.Lang, currency money.Currency) Row {
	amount := lang.Quantity(line.Quantity, line.Unit)
	if line.Unit != quantity.Piece {
		amount += "\u00a0" + lang.Unit(line.Unit)
	}
	drawn := Row{
		N:      line.N,
		Name:   line.Name.In(string(lang)),
		Detail: strings.Join(append([]string{priceText(line, amount, lang, currency)}, lineFacts(line, lang)...), " · "),
		Sum:    lang.Money(line.Net, currency),
		Voided: line.Voided,
	}
	if line.Voided {
		drawn.Sum, drawn.Note = lang.Money(line.Gross, currency), voidText(line.Reason, lang)
		return drawn
	}
	drawn.Note = priceSource(line, d.Sources, lang)
	if line.Discount != 0 {
		source := drawn.Note
		drawn.Note = lang.Money(-line.Discount, currency)
		if line.Manual.BP != 0 {
			drawn.Note += " (" + i18n.Minus + lang.Percent(line.Manual.BP) + ")"
		}
		for _, a := range line.Applied {
			if name := promotionName(d.Saved, a.Rule, lang); name != "" && !whole[a.Rule] {
				drawn.Note += " · " + name
			}
		}
		if source != "" {
			drawn.Note += " · " + source
		}
	}
	return drawn
}

// priceText is how much at which price, and what the shelf says when it is another.
func priceText(line receipt.Line, amount string, lang i18n.Lang, currency money.Currency) string {
	text := amount + " × " + lang.Money(line.Price, currency)
	if shelf := insteadOf(line, lang, currency); shelf != "" {
		text += " " + shelf
	}
	return text
}

// promotionName is what a rule is called in short, "" for a discount given by hand.
func promotionName(saved []receipt.Saved, rule string, lang i18n.Lang) string {
	for _, s := range saved {
		if s.Rule == rule {
			return shortName(s.Name.In(string(lang)))
		}
	}
	return ""
}

// shortName is a promotion's name without what explains it behind a colon: its
// terms are on the shelf, and why a price is what it is, one press away.
func shortName(name string) string {
	if short, _, more := strings.Cut(name, ":"); more && strings.TrimSpace(short) != "" {
		return strings.TrimSpace(short)
	}
	return name
}

// RowHeight is the height of a receipt line in CSS pixels; app.css has the same.
const RowHeight = 56

// overscan is how many rows beyond the visible ones are drawn at least, and
// step by how many the first drawn row moves.
const (
	overscan = 6
	step     = 16
)

// place returns how far the list has to be scrolled to show line n, and whether
// that is its end.
func (b *Basket) place(n, height int) (top int, end bool) {
	at := b.index(n)
	if at >= len(b.lines)-1 {
		return len(b.lines) * RowHeight, true
	}
	return max(0, at*RowHeight-height/2), false
}

// window returns which of total rows to draw for a list of this height
// scrolled down by top: [from, to).
func window(total, top, height int) (from, to int) {
	top = max(0, min(top, total*RowHeight-height))
	// From a multiple of step: while lines are added the same rows stay in place.
	from = max(0, top/RowHeight-overscan) / step * step
	to = min(total, (top+height+RowHeight-1)/RowHeight+overscan)
	return from, to
}
