package register

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/register/kit"
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
	ctx.Defer(func(app.Context) { p.R.basket.Show(p.R.basket.Last) })
}

// OnUpdate paints what may be another one now: language, chosen line.
func (p *receiptPane) OnUpdate(ctx app.Context) { p.R.basket.Paint() }

// OnResize measures the list.
func (p *receiptPane) OnResize(ctx app.Context) { p.measure(ctx) }

func (p *receiptPane) measure(ctx app.Context) {
	ctx.Defer(func(ctx app.Context) {
		list := app.Window().GetElementByID(kit.LinesID)
		if !list.Truthy() {
			return
		}
		height := list.Get("clientHeight").Int()
		if height > 0 && height != p.R.basket.Height() {
			p.R.On(func() { p.R.basket.Resized(height) })
		}
	})
}

// scrolled paints the rows that come into sight, before the framework's tick.
func (p *receiptPane) scrolled(ctx app.Context, _ app.Event) {
	p.R.basket.Scrolled(ctx.JSSrc().Get("scrollTop").Int())
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
	p.R.Rev++
	switch why := target.Call("closest", ".line-why"); {
	case why.Truthy():
		p.R.basket.Chosen = n
		p.R.basket.askWhy()
	case p.R.basket.Chosen == n:
		p.R.basket.Chosen = 0
	default:
		p.R.basket.Chosen = n
	}
	p.R.basket.Paint()
}

// Render draws the frame of the lines.
func (p *receiptPane) Render() app.UI {
	r := p.R
	texts, own := r.basket.Texts(), r.basket.Own
	return app.Section().ID(kit.PaneID).Class("receipt").Body(
		app.Header().Class("receipt-head").Body(
			app.H1().ID(kit.NumberID).Class("receipt-number").Text(own(texts[kit.NumberID])),
			r.basket.drawCustomer(),
			app.Span().ID(kit.CountID).Class("receipt-count").Text(own(texts[kit.CountID])),
		),
		app.Div().ID(kit.LinesID).Class("lines").Role("list").Aria("label", r.Lang.T(i18n.ReceiptLines)).TabIndex(-1).OnScroll(p.scrolled, app.PassiveEvent()).OnClick(p.pressed).
			Body(r.basket.Draw()...),
		r.basket.drawAge(),
		app.Footer().Class("receipt-foot").Body(
			app.Div().Class("foot-notes").Body(
				app.Span().ID(kit.TaxID).Class("foot-tax").Text(own(texts[kit.TaxID])),
				app.Span().ID(kit.PromptID).Class("foot-prompt").Text(own(texts[kit.PromptID])),
				app.Span().ID(kit.SavedID).Class("foot-saved").Text(own(texts[kit.SavedID])),
			),
			app.Span().ID(kit.PromosID).Class("foot-promos").Text(own(texts[kit.PromosID])),
			app.Div().Class("total").Body(
				app.Span().Class("total-label").Text(r.Lang.T(i18n.Total)),
				app.Output().ID(kit.TotalID).Class("total-sum").Text(own(texts[kit.TotalID])),
			),
		),
	)
}
