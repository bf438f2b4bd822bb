package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/money"
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

func (p *paidScreen) keep(paid *receipt.Receipt) {
	p.last = lastSale{Number: paid.Number, Change: paid.Change}
	prefs.Store(p.Ctx, lastKey, p.last)
}

func (p *paidScreen) load() {
	if err := p.Ctx.LocalStorage().Get(lastKey, &p.last); err != nil {
		p.last = lastSale{} // another form of another version: as good as none
	}
}

// forget is for the next shift: its cashier gave no change yet.
func (p *paidScreen) forget() {
	p.last = lastSale{}
	prefs.Store(p.Ctx, lastKey, p.last)
}

// lastText tells the change of the sale before, "" when there was none.
func (p *paidScreen) lastText() string {
	if p.last.Number == "" || p.last.Change == 0 || p.r.screen == screenPaid {
		return ""
	}
	return p.Lang.T(i18n.LastChange, "sum", p.Sum(p.last.Change))
}

// paidScreen is the sale that was paid just now, and what is told of it until the
// next.
type paidScreen struct {
	*kit.Page
	r *register

	sale   *bridge.Paid
	nearly []bridge.Prompt // what it lacked little of
	last   lastSale
}

// next leaves the paid receipt. Scanning does the same.
func (p *paidScreen) next() {
	p.r.screen, p.sale, p.nearly = screenSell, nil, nil
}

func (p *paidScreen) draw() app.UI {
	l, sold := p.Lang, &p.sale.Receipt
	return app.Section().ID("paid").Class("paid").Body(
		app.Div().Class("paper-frame").Body(p.paper()),
		app.Div().Class("paid-side").Body(
			app.Div().Class("paid-mark").Body(
				ui.StatusLight(ui.Good, l.T(i18n.Paid)+" · "+l.T(i18n.PaidStored)),
				app.Span().Class("paid-number").Text(l.T(i18n.ReceiptNo, "number", sold.Number)+" · "+p.Sum(sold.Total)),
			),
			app.Div().Class("change").Body(
				app.Span().Class("change-label").Text(p.changeLabel()),
				app.Output().ID("change").Class("change-sum").Text(p.Sum(sold.Change)),
			),
			app.P().Class("paid-how").Text(l.T(i18n.PaidHow)),
			app.Div().Class("paid-actions").Body(
				&ui.Button{ID: "print", Label: l.T(i18n.Print), Key: "F6", Class: "tender", OnPress: p.Press(p.r.printShown)},
				&ui.Button{ID: "next-sale", Label: l.T(i18n.NextSale), Key: "Enter", Kind: ui.Primary, Class: "tender", OnPress: p.Press(p.next)},
			),
		),
	)
}

func (p *paidScreen) changeLabel() string {
	if p.sale.Receipt.Change == 0 {
		return p.Lang.T(i18n.NoChange)
	}
	return p.Lang.T(i18n.Change)
}

// paper is the receipt that was paid just now, with what it lacked little of.
func (p *paidScreen) paper() app.UI {
	paper := p.r.paper()
	if len(p.nearly) > 0 {
		paper.Offer = p.OfferText(p.nearly[0])
	}
	return paper.Receipt(&p.sale.Receipt, p.sale.Cashier, false)
}
