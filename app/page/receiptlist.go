package page

import (
	"tillsight/app/bridge"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/receipt"
)

// receiptList is the list of this till's receipts with the one that is shown.
type receiptList struct {
	text  string
	asked int
	rows  []bridge.ReceiptRow
	ready bool
	fault *errcode.Error
	shown *receipt.Receipt
}

// receiptsMax is how many receipts the list shows; a number finds older ones.
const receiptsMax = 100

func (r *register) openReceipts() {
	r.screen, r.sheet = screenReceipts, ""
	r.receipts = receiptList{asked: r.receipts.asked}
	r.findReceipts("")
	ui.Blur()
}

func (r *register) findReceipts(text string) {
	r.receipts.text = text
	r.receipts.asked++
	asked := r.receipts.asked
	ask(r, bridge.TillReceipts, bridge.Receipts{Text: text, Limit: receiptsMax}, func(rows []bridge.ReceiptRow, e *errcode.Error) {
		if asked != r.receipts.asked {
			return
		}
		r.receipts.rows, r.receipts.fault, r.receipts.ready = rows, e, true
		if r.receipts.shown == nil && len(rows) > 0 {
			r.showReceipt(rows[0].ID)
		}
	})
}

func (r *register) showReceipt(id string) {
	ask(r, bridge.TillReceipt, bridge.ReceiptRef{ID: id}, func(found receipt.Receipt, e *errcode.Error) {
		r.receipts.fault = e
		if e == nil {
			r.receipts.shown = &found
		}
	})
}
