package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
)

// lastKey is where this browser keeps the last sale's change: it stays in sight
// until the next payment, over a reload too.
const lastKey = "till.last"

// lastSale is what is told of the sale before.
type lastSale struct {
	Number string       `json:"number"`
	Change money.Amount `json:"change"`
}

func (r *register) keepLast(paid *receipt.Receipt) {
	r.last = lastSale{Number: paid.Number, Change: paid.Change}
	prefs.Store(r.Ctx, lastKey, r.last)
}

func (r *register) loadLast() {
	if err := r.Ctx.LocalStorage().Get(lastKey, &r.last); err != nil {
		r.last = lastSale{} // another form of another version: as good as none
	}
}

// forgetLast is for the next shift: its cashier gave no change yet.
func (r *register) forgetLast() {
	r.last = lastSale{}
	prefs.Store(r.Ctx, lastKey, r.last)
}

// lastText tells the change of the sale before, "" when there was none.
func (r *register) lastText() string {
	if r.last.Number == "" || r.last.Change == 0 || r.screen == screenPaid {
		return ""
	}
	return r.Lang.T(i18n.LastChange, "sum", r.Sum(r.last.Change))
}

// drawNewest says large what was scanned last, while there is nothing else to say.
func (r *register) drawNewest() app.UI {
	line, ok := r.basket.Line(r.basket.Last)
	if !ok || line.Voided {
		return app.Div().Class("newest-none")
	}
	l := r.Lang
	amount := l.Quantity(line.Quantity, line.Unit)
	if line.Unit != quantity.Piece {
		amount += "\u00a0" + l.Unit(line.Unit)
	}
	return app.Div().ID("newest").Class("newest-line").Aria("live", "polite").Body(
		app.Span().Class("newest-name").Text(line.Name.In(string(l))),
		app.Span().Class("newest-sum").Body(
			app.Span().Class("newest-amount").Text(amount+" ×"),
			app.Span().Text(l.Money(line.Price, r.Currency())),
		),
	)
}
