package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/shell"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
)

// basket is the open receipt and what is done to its lines.
type basket struct {
	*kit.Page
	kit.Basket
	r *register
}

// quantity gives the line the number in the input line, or asks for one.
func (b *basket) quantity() {
	line, _ := b.Current()
	if q, err := quantity.Parse(b.r.find.text, line.Unit); err == nil && b.r.find.text != "" {
		if !b.SureQuantity(q, line.Unit, line.Price) {
			return
		}
		b.r.find.clear()
		ui.Blur()
		b.change(line, q)
		return
	}
	b.r.openSheet(&quantitySheet{b.r.form()})
}

// step sells so much more, or less, of the line, but never none of it.
func (b *basket) step(by quantity.Milli) {
	line, ok := b.Current()
	if !ok || line.Voided || !line.Unit.Whole() || line.Quantity+by <= 0 {
		b.Sound(false)
		return
	}
	b.change(line, line.Quantity+by)
}

// change gives the line another quantity and offers the way back.
func (b *basket) change(line receipt.Line, to quantity.Milli) {
	b.Strip = kit.Strip{}
	kit.Order(b.Page, bridge.TillSetQuantity, bridge.SetQuantity{N: line.N, Quantity: to}, func(d bridge.Delta, e *errcode.Error) {
		b.adjusted(d, e)
		if e != nil {
			return
		}
		b.Say(ui.Busy, i18n.QuantityIs, "n", line.N, "now", b.Lang.Quantity(to, line.Unit), "was", b.Lang.Quantity(line.Quantity, line.Unit))
		b.Strip.Offers = []kit.Offer{{ID: "undo-quantity", Label: i18n.Undo, Do: func() {
			b.Strip = kit.Strip{}
			kit.Order(b.Page, bridge.TillSetQuantity, bridge.SetQuantity{N: line.N, Quantity: line.Quantity}, b.adjusted)
		}}}
	})
}

// adjusted takes the answer to a change made without a sheet.
func (b *basket) adjusted(d bridge.Delta, e *errcode.Error) {
	if e != nil {
		b.Fail(e)
		return
	}
	b.changed(d)
}

// void strikes a line through, or brings a voided one back. It needs no
// question: the strip offers the way back.
func (b *basket) void() {
	line, _ := b.Current()
	if line.Voided {
		b.restore(line.N)
		return
	}
	kit.Order(b.Page, bridge.TillVoidLine, bridge.LineRef{N: line.N}, func(d bridge.Delta, e *errcode.Error) {
		b.adjusted(d, e)
		if e == nil {
			b.Say(ui.Busy, i18n.UndoVoid, "n", line.N)
			b.Strip.Offers = []kit.Offer{{ID: "undo", Label: i18n.Undo, Do: func() { b.restore(line.N) }}}
		}
	})
}

func (b *basket) restore(n int) {
	b.Strip = kit.Strip{}
	kit.Order(b.Page, bridge.TillRestoreLine, bridge.LineRef{N: n}, b.adjusted)
}

// changed takes a change of the receipt in.
func (b *basket) changed(d bridge.Delta) {
	was := b.Open()
	b.Take(d)
	if open := b.Open(); open != was {
		shell.Busy(open)
	}
}

func (b *basket) voided() bool {
	line, ok := b.Current()
	return ok && line.Voided
}

// drawNewest says large what was scanned last, while there is nothing else to say.
func (b *basket) drawNewest() app.UI {
	line, ok := b.Line(b.Last)
	if !ok || line.Voided {
		return app.Div().Class("newest-none")
	}
	l := b.Lang
	amount := l.Quantity(line.Quantity, line.Unit)
	if line.Unit != quantity.Piece {
		amount += "\u00a0" + l.Unit(line.Unit)
	}
	return app.Div().ID("newest").Class("newest-line").Aria("live", "polite").Body(
		app.Span().Class("newest-name").Text(line.Name.In(string(l))),
		app.Span().Class("newest-sum").Body(
			app.Span().Class("newest-amount").Text(amount+" ×"),
			app.Span().Text(l.Money(line.Price, b.Currency())),
		),
	)
}

// askWhy asks why the line of the moment costs what it costs.
func (b *basket) askWhy() {
	line, ok := b.Current()
	if !ok {
		return
	}
	kit.Order(b.Page, bridge.TillExplain, bridge.LineRef{N: line.N}, func(why bridge.Why, e *errcode.Error) {
		if e != nil {
			b.Fail(e)
			return
		}
		b.r.openSheet(&whySheet{b.r.form(), &why})
	})
}
