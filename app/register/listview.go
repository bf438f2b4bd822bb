package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/receipt"
)

// drawReceipts draws the receipts of this till beside the one that is chosen.
func (r *register) drawReceipts() app.UI {
	l := r.Lang
	return app.Section().ID("receipts").Class("receipts").Body(
		app.Div().Class("receipts-list").Body(
			r.screenHead(l.T(i18n.ReceiptsTitle)),
			&ui.Field{ID: receiptsFindID, Example: l.T(i18n.ReceiptsFind), Mode: "numeric",
				OnText: func(_ app.Context, text string) { r.Rev++; r.findReceipts(text) }},
			r.receiptRows(),
		),
		app.Div().Class("receipts-shown").Body(r.shownReceipt()),
	)
}

// screenHead is the title of a screen with the way back.
func (r *register) screenHead(title string) app.UI {
	return app.Header().Class("screen-head").Body(
		app.H1().Class("screen-title").Text(title),
		&ui.Button{ID: "screen-back", Label: r.Lang.T(i18n.Back), Key: "Esc", Kind: ui.Quiet, OnPress: r.Press(r.escape)},
	)
}

func (r *register) receiptRows() app.UI {
	l := r.Lang
	switch {
	case r.receipts.fault != nil:
		return r.ErrorBox(r.receipts.fault)
	case !r.receipts.ready:
		return app.Div().Class("rows").Aria("busy", true)
	case len(r.receipts.rows) == 0 && r.receipts.text != "":
		return ui.EmptyState("▤", l.T(i18n.ReceiptsNoSuch, "text", r.receipts.text), l.T(i18n.ReceiptsSuchHow))
	case len(r.receipts.rows) == 0:
		return ui.EmptyState("▤", l.T(i18n.ReceiptsNone), l.T(i18n.ReceiptsHow))
	}
	return &receiptRows{R: r, Rev: r.Rev}
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
	v.R.showReceipt(ctx.JSSrc().Get("dataset").Get("id").String())
}

func (r *register) shownReceipt() app.UI {
	if r.receipts.shown == nil {
		return ui.EmptyState("▤", r.Lang.T(i18n.ReceiptPick), "")
	}
	return app.Div().Class("paper-side").Body(
		app.Div().Class("paper-frame").Body(r.paper().Receipt(&r.receipts.shown.Receipt, r.receipts.shown.Cashier, false)),
		&ui.Button{ID: "print", Label: r.Lang.T(i18n.Reprint), Key: "F6", Kind: ui.Primary, Class: "tender", OnPress: r.Press(r.printShown)},
	)
}

// drawReport draws an X or Z report.
func (r *register) drawReport() app.UI {
	l := r.Lang
	title := l.T(i18n.ReportX)
	if r.report.Z {
		title = l.T(i18n.ReportZ) + " · " + l.T(i18n.ShiftOver)
	}
	return app.Section().ID("report").Class("report").Body(
		r.screenHead(title),
		app.Div().Class("paper-frame").Body(r.paper().Report(r.report)),
		&ui.Button{ID: "print", Label: l.T(i18n.Print), Key: "F6", Kind: ui.Primary, Class: "tender", OnPress: r.Press(r.printShown)},
	)
}
