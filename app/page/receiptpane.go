package page

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
)

const linesID = "lines"

// receiptPane is the open receipt: its lines, as far as they are visible, and
// the total.
type receiptPane struct {
	app.Compo

	R   *register
	Rev int
}

// OnMount measures the list.
func (p *receiptPane) OnMount(ctx app.Context) {
	p.measure(ctx)
	ctx.Defer(func(app.Context) { scrollTo(len(p.R.basket.rows) * rowHeight) })
}

// OnResize measures the list.
func (p *receiptPane) OnResize(ctx app.Context) { p.measure(ctx) }

func (p *receiptPane) measure(ctx app.Context) {
	ctx.Defer(func(ctx app.Context) {
		list := app.Window().GetElementByID(linesID)
		if !list.Truthy() {
			return
		}
		height := list.Get("clientHeight").Int()
		if height > 0 && height != p.R.scroll.height {
			p.R.on(func() { p.R.scroll.height = height })
		}
	})
}

// scrollTo scrolls the list; beyond the end is its end.
func scrollTo(top int) {
	if list := app.Window().GetElementByID(linesID); list.Truthy() {
		list.Set("scrollTop", top)
	}
}

// window returns which rows to draw now.
func (p *receiptPane) window() (from, to int) {
	total, top := len(p.R.basket.rows), p.R.scroll.top
	if !p.R.scroll.free {
		top = total * rowHeight
	}
	return window(total, top, p.R.scroll.height)
}

func (p *receiptPane) scrolled(ctx app.Context, _ app.Event) {
	from, to := p.window()
	wasFree := p.R.scroll.free
	top := ctx.JSSrc().Get("scrollTop").Int()
	p.R.scroll.top = top
	p.R.scroll.free = top < len(p.R.basket.rows)*rowHeight-p.R.scroll.height-rowHeight
	if newFrom, newTo := p.window(); newFrom == from && newTo == to && wasFree == p.R.scroll.free {
		ctx.PreventUpdate()
		return
	}
	p.R.rev++
}

// Render draws the visible part.
func (p *receiptPane) Render() app.UI {
	r := p.R
	pane := app.Section().ID("receipt").Class("receipt")
	if r.flash.N > 0 {
		// Two names for one animation: a second scan starts it anew.
		pane.Class("flash-" + string(r.flash.Tone) + [2]string{"-a", "-b"}[r.flash.N%2])
	}
	return pane.Body(
		app.Header().Class("receipt-head").Body(
			app.H1().Class("receipt-number").ID("receipt-number").Text(p.title()),
			app.Span().Class("receipt-count").Text(r.lang.T(i18n.Positions, "n", r.basket.Count)),
		),
		app.Div().ID(linesID).Class("lines").TabIndex(-1).OnScroll(p.scrolled, app.PassiveEvent()).Body(p.rows()...),
		r.drawAge(),
		p.foot(),
	)
}

func (p *receiptPane) title() string {
	if !p.R.basket.open() {
		return p.R.lang.T(i18n.NewReceipt)
	}
	return p.R.lang.T(i18n.ReceiptNo, "number", p.R.basket.Number)
}

func (p *receiptPane) rows() []app.UI {
	r := p.R
	if len(r.basket.rows) == 0 {
		return []app.UI{ui.EmptyState("▥", r.lang.T(i18n.EmptyTitle), r.lang.T(i18n.EmptyHow))}
	}
	from, to := p.window()
	body := make([]app.UI, 0, to-from+2)
	body = append(body, spacer(from))
	for _, drawn := range r.basket.rows[from:to] {
		drawn.Newest = drawn.N == r.basket.Last
		drawn.Chosen = drawn.N == r.chosen
		body = append(body, &lineRow{Row: drawn, R: r})
	}
	return append(body, spacer(len(r.basket.rows)-to))
}

// spacer stands for rows that are not drawn. Its height is an attribute, which
// a content security policy allows, unlike inline styles.
func spacer(rows int) app.UI {
	return app.Elem("svg").XMLNS("http://www.w3.org/2000/svg").Class("spacer").
		Attr("width", 1).Attr("height", rows*rowHeight).Aria("hidden", true)
}

func (p *receiptPane) foot() app.UI {
	r := p.R
	saved := ""
	if r.basket.Discount != 0 {
		saved = r.lang.T(i18n.Saved, "sum", r.sum(r.basket.Discount))
	}
	tax := ""
	if r.basket.vat != 0 {
		tax = r.lang.T(i18n.VATIncluded, "sum", r.sum(r.basket.vat))
	}
	return app.Footer().Class("receipt-foot").Body(
		app.Div().Class("foot-notes").Body(
			app.Span().Class("foot-tax").Text(tax),
			app.Span().Class("foot-prompt").ID("prompt").Text(r.prompt()),
			app.Span().Class("foot-saved").ID("saved").Text(saved),
		),
		app.Div().Class("total").Body(
			app.Span().Class("total-label").Text(r.lang.T(i18n.Total)),
			app.Output().ID("total").Class("total-sum").Text(r.sum(r.basket.Total)),
		),
	)
}

// lineRow is one line of the receipt.
type lineRow struct {
	app.Compo

	Row row
	R   *register
}

// Render draws the line.
func (l *lineRow) Render() app.UI {
	line := app.Div().Class("line").DataSet("n", l.Row.N).OnClick(l.click)
	if l.Row.Voided {
		line.Class("voided")
	}
	if l.Row.Newest {
		line.Class("newest")
	}
	if l.Row.Chosen {
		line.Class("chosen")
	}
	return line.Body(
		app.Span().Class("line-n").Text(l.Row.N),
		app.Span().Class("line-name").Text(l.Row.Name),
		app.Span().Class("line-sum").Text(l.Row.Sum),
		app.Span().Class("line-detail").Text(l.Row.Detail),
		l.note(l.Row.Note),
	)
}

// note says what was taken off; pressed, it says why.
func (l *lineRow) note(text string) app.UI {
	if text == "" || l.Row.Voided {
		return app.Span().Class("line-note").Text(text)
	}
	return app.Span().Class("line-note line-why").Title(l.R.lang.T(i18n.ActWhy)).OnClick(l.why).Text(text)
}

func (l *lineRow) why(_ app.Context, e app.Event) {
	e.Call("stopPropagation")
	l.R.chosen = l.Row.N
	l.R.askWhy()
	l.R.rev++
}

func (l *lineRow) click(app.Context, app.Event) {
	if l.R.chosen == l.Row.N {
		l.R.chosen = 0
	} else {
		l.R.chosen = l.Row.N
	}
	l.R.rev++
}
