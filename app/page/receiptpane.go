package page

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
)

// Elements that are painted past the framework.
const (
	paneID   = "receipt"
	linesID  = "lines"
	numberID = "receipt-number"
	countID  = "receipt-count"
	taxID    = "tax"
	promptID = "prompt"
	savedID  = "saved"
	promosID = "promos"
	totalID  = "total"
)

// receiptPane is the open receipt: its lines, as far as they are visible, and
// the total.
type receiptPane struct {
	app.Compo

	R   *register
	Rev int
}

// OnMount measures the list and paints it.
func (p *receiptPane) OnMount(ctx app.Context) {
	p.measure(ctx)
	ctx.Defer(func(app.Context) { p.R.show(p.R.basket.Last) })
}

// OnUpdate paints what may be another one now: language, chosen line.
func (p *receiptPane) OnUpdate(ctx app.Context) { p.R.paint() }

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
			p.R.on(func() {
				p.R.scroll.height = height
				if !p.R.scroll.free {
					p.R.show(p.R.basket.Last)
				}
			})
		}
	})
}

// scrolled paints the rows that come into sight, before the framework's tick.
func (p *receiptPane) scrolled(ctx app.Context, _ app.Event) {
	r := p.R
	from, to := r.window()
	r.scroll.top = ctx.JSSrc().Get("scrollTop").Int()
	r.scroll.free = r.scroll.top < len(r.basket.rows)*rowHeight-r.scroll.height-rowHeight
	if newFrom, newTo := r.window(); newFrom != from || newTo != to {
		r.paint()
	}
	ctx.PreventUpdate()
}

// pressed chooses a line, or says why it costs what it costs.
func (p *receiptPane) pressed(_ app.Context, e app.Event) {
	target := e.Get("target")
	line := target.Call("closest", ".line")
	if !line.Truthy() {
		return
	}
	n, err := strconv.Atoi(line.Get("dataset").Get("n").String())
	if err != nil {
		return
	}
	p.R.rev++
	switch why := target.Call("closest", ".line-why"); {
	case why.Truthy():
		p.R.chosen = n
		p.R.askWhy()
	case p.R.chosen == n:
		p.R.chosen = 0
	default:
		p.R.chosen = n
	}
	p.R.paint()
}

// Render draws the frame of the lines.
func (p *receiptPane) Render() app.UI {
	r := p.R
	texts, own := r.receiptTexts(), r.painter.own
	return app.Section().ID(paneID).Class("receipt").Body(
		app.Header().Class("receipt-head").Body(
			app.H1().ID(numberID).Class("receipt-number").Text(own(texts[numberID])),
			r.drawCustomer(),
			app.Span().ID(countID).Class("receipt-count").Text(own(texts[countID])),
		),
		app.Div().ID(linesID).Class("lines").Role("list").Aria("label", r.lang.T(i18n.ReceiptLines)).TabIndex(-1).OnScroll(p.scrolled, app.PassiveEvent()).OnClick(p.pressed).
			Body(r.painter.body(r.listing())...),
		r.drawAge(),
		app.Footer().Class("receipt-foot").Body(
			app.Div().Class("foot-notes").Body(
				app.Span().ID(taxID).Class("foot-tax").Text(own(texts[taxID])),
				app.Span().ID(promptID).Class("foot-prompt").Text(own(texts[promptID])),
				app.Span().ID(savedID).Class("foot-saved").Text(own(texts[savedID])),
			),
			app.Span().ID(promosID).Class("foot-promos").Text(own(texts[promosID])),
			app.Div().Class("total").Body(
				app.Span().Class("total-label").Text(r.lang.T(i18n.Total)),
				app.Output().ID(totalID).Class("total-sum").Text(own(texts[totalID])),
			),
		),
	)
}

// receiptTexts are the texts around the lines, by element.
func (r *register) receiptTexts() map[string]string {
	texts := map[string]string{
		numberID: r.lang.T(i18n.NewReceipt),
		countID:  r.lang.T(i18n.Positions, "n", r.basket.Count),
		taxID:    "",
		promptID: r.prompt(),
		savedID:  "",
		promosID: r.promos(),
		totalID:  r.sum(r.basket.Total),
	}
	if r.basket.open() {
		texts[numberID] = r.lang.T(i18n.ReceiptNo, "number", r.basket.Number)
	}
	if r.basket.vat != 0 {
		texts[taxID] = r.lang.T(i18n.VATIncluded, "sum", r.sum(r.basket.vat))
	}
	if r.basket.Discount != 0 {
		texts[savedID] = r.lang.T(i18n.Saved, "sum", r.sum(r.basket.Discount))
	}
	return texts
}

// promos tells once what the promotions of the whole receipt take off.
func (r *register) promos() string {
	var told []string
	for _, s := range r.basket.wide.saved(r.basket.Saved) {
		told = append(told, shortName(s.Name.In(string(r.lang)))+" "+r.lang.Money(-s.Amount, r.currency()))
	}
	return strings.Join(told, " · ")
}
