package register

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/receipt"
)

// receiptList is the list of this till's receipts with the one that is shown.
type receiptList struct {
	*kit.Page
	r *register

	text  string
	asked int
	rows  []bridge.ReceiptRow
	ready bool
	fault *errcode.Error
	shown *bridge.Paid
}

// receiptsMax is how many receipts the list shows; a number finds older ones.
const receiptsMax = 100

const receiptsFindID = "receipts-find"

func (v *receiptList) open() {
	v.r.screen, v.r.sheet = screenReceipts, nil
	*v = receiptList{Page: v.Page, r: v.r, asked: v.asked}
	v.find("")
	ui.Blur()
}

// put looks for receipts by a text that nobody typed into the field.
func (v *receiptList) put(text string) {
	ui.Rewrite(receiptsFindID, v.text, text)
	v.find(text)
}

func (v *receiptList) find(text string) {
	v.text = text
	v.asked++
	asked := v.asked
	kit.Ask(v.Page, bridge.TillReceipts, bridge.Receipts{Text: text, Limit: receiptsMax}, func(rows []bridge.ReceiptRow, e *errcode.Error) {
		if asked != v.asked {
			return
		}
		v.rows, v.fault, v.ready = rows, e, true
		if v.shown == nil && len(rows) > 0 {
			v.show(rows[0].ID)
		}
	})
}

// arrow shows the receipt so many below the one that is shown.
func (v *receiptList) arrow(step int) {
	rows := v.rows
	if len(rows) == 0 {
		return
	}
	at := -1
	if v.shown != nil {
		at = slices.IndexFunc(rows, func(row bridge.ReceiptRow) bool { return row.ID == v.shown.Receipt.ID })
	}
	at = max(0, min(len(rows)-1, at+step))
	v.show(rows[at].ID)
	v.Later(func() { ui.Reveal(receiptRowID(rows[at].ID)) })
}

func receiptRowID(id string) string { return "receipt-row-" + id }

func (v *receiptList) show(id string) {
	kit.Ask(v.Page, bridge.TillReceipt, bridge.ReceiptRef{ID: id}, func(found bridge.Shown, e *errcode.Error) {
		v.fault = e
		if e == nil {
			v.shown = &bridge.Paid{Receipt: found.Receipt, Cashier: found.CashierName}
		}
	})
}

// draw draws the receipts of this till beside the one that is chosen.
func (v *receiptList) draw() app.UI {
	l := v.Lang
	return app.Section().ID("receipts").Class("receipts").Body(
		app.Div().Class("receipts-list").Body(
			v.r.screenHead(l.T(i18n.ReceiptsTitle)),
			&ui.Field{ID: receiptsFindID, Example: l.T(i18n.ReceiptsFind), Mode: "numeric",
				OnText: func(_ app.Context, text string) { v.Rev++; v.find(text) }},
			v.drawRows(),
		),
		app.Div().Class("receipts-shown").Body(v.drawShown()),
	)
}

func (v *receiptList) drawRows() app.UI {
	l := v.Lang
	switch {
	case v.fault != nil:
		return v.ErrorBox(v.fault)
	case !v.ready:
		return app.Div().Class("rows").Aria("busy", true)
	case len(v.rows) == 0 && v.text != "":
		return ui.EmptyState("▤", l.T(i18n.ReceiptsNoSuch, "text", v.text), l.T(i18n.ReceiptsSuchHow))
	case len(v.rows) == 0:
		return ui.EmptyState("▤", l.T(i18n.ReceiptsNone), l.T(i18n.ReceiptsHow))
	}
	return &receiptRows{R: v.r, Rev: v.Rev}
}

func (v *receiptList) drawShown() app.UI {
	if v.shown == nil {
		return ui.EmptyState("▤", v.Lang.T(i18n.ReceiptPick), "")
	}
	return app.Div().Class("paper-side").Body(
		app.Div().Class("paper-frame").Body(v.r.paper().Receipt(&v.shown.Receipt, v.shown.Cashier, false)),
		&ui.Button{ID: "print", Label: v.Lang.T(i18n.Reprint), Key: "F6", Kind: ui.Primary, Class: "tender", OnPress: v.Press(v.r.printShown)},
	)
}

// receiptRows is the list itself.
type receiptRows struct {
	app.Compo

	R   *register
	Rev int
}

// Render draws the list.
func (v *receiptRows) Render() app.UI {
	return app.Div().Class("rows").ID("receipt-rows").Body(
		app.Range(v.R.receipts.rows).Slice(func(i int) app.UI { return v.row(v.R.receipts.rows[i]) }),
	)
}

func (v *receiptRows) row(row bridge.ReceiptRow) app.UI {
	r := v.R
	class := "receipt-row"
	if r.receipts.shown != nil && r.receipts.shown.Receipt.ID == row.ID {
		class += " chosen"
	}
	state, tone := i18n.StatePaid, ui.Good
	switch {
	case row.State == receipt.Cancelled:
		state, tone = i18n.StateCancel, ui.Bad
		class += " cancelled"
	case row.State == receipt.Open:
		state, tone = i18n.StateOpen, ui.Busy
	case row.Type == receipt.Return:
		state, tone = i18n.TypeReturn, ui.Warn
	}
	return app.Button().Type("button").ID("%s", receiptRowID(row.ID)).Class(class).DataSet("id", row.ID).OnClick(v.click).Body(
		app.Span().Class("row-number").Text(row.Number),
		app.Span().Class("row-sum").Text(r.Sum(row.Total)),
		app.Span().Class("row-time").Text(r.Clock(row.At, i18n.Moment)+" · "+r.Lang.T(i18n.Positions, "n", row.Count)),
		app.Span().Class("row-state").Class(string(tone)).Text(r.Lang.T(state)),
	)
}

func (v *receiptRows) click(ctx app.Context, _ app.Event) {
	v.R.Rev++
	v.R.receipts.show(ctx.JSSrc().Get("dataset").Get("id").String())
}
