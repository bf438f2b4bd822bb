package register

import (
	"slices"

	"tillsight/app/bridge"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
)

// receiptList is the list of this till's receipts with the one that is shown.
type receiptList struct {
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

func (r *register) openReceipts() {
	r.screen, r.sheet = screenReceipts, ""
	r.receipts = receiptList{asked: r.receipts.asked}
	r.findReceipts("")
	ui.Blur()
}

// putReceipts looks for receipts by a text that nobody typed into the field.
func (r *register) putReceipts(text string) {
	ui.Put(receiptsFindID, text)
	r.findReceipts(text)
}

func (r *register) findReceipts(text string) {
	r.receipts.text = text
	r.receipts.asked++
	asked := r.receipts.asked
	kit.Ask(r.Page, bridge.TillReceipts, bridge.Receipts{Text: text, Limit: receiptsMax}, func(rows []bridge.ReceiptRow, e *errcode.Error) {
		if asked != r.receipts.asked {
			return
		}
		r.receipts.rows, r.receipts.fault, r.receipts.ready = rows, e, true
		if r.receipts.shown == nil && len(rows) > 0 {
			r.showReceipt(rows[0].ID)
		}
	})
}

// arrowReceipts shows the receipt so many below the one that is shown.
func (r *register) arrowReceipts(step int) {
	rows := r.receipts.rows
	if len(rows) == 0 {
		return
	}
	at := -1
	if r.receipts.shown != nil {
		at = slices.IndexFunc(rows, func(row bridge.ReceiptRow) bool { return row.ID == r.receipts.shown.Receipt.ID })
	}
	at = max(0, min(len(rows)-1, at+step))
	r.showReceipt(rows[at].ID)
	r.Later(func() { ui.Reveal(receiptRowID(rows[at].ID)) })
}

func receiptRowID(id string) string { return "receipt-row-" + id }

func (r *register) showReceipt(id string) {
	kit.Ask(r.Page, bridge.TillReceipt, bridge.ReceiptRef{ID: id}, func(found bridge.Shown, e *errcode.Error) {
		r.receipts.fault = e
		if e == nil {
			r.receipts.shown = &bridge.Paid{Receipt: found.Receipt, Cashier: found.CashierName}
		}
	})
}
