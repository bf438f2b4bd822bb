package register

import (
	"strconv"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/staff"
)

// action is something that a button or a key does on the selling screen. To add
// one: a line in actions, its words in app/i18n, a method of register in a file
// of its own. Everything else (button, key, menu, list of keys, right) follows.
type action struct {
	id    string // its button is #act-<id>
	label *i18n.Message
	key   string // that starts it, as pressedKey names it: "F2", "Shift+F2"
	place place
	right staff.Right
	line  bool // needs a line
	do    func(*register)
}

// place is where an action has its button. The menu has them all.
type place int

const (
	besideKeypad place = iota
	inMenu
)

// actions of the selling screen, in the order of their buttons. F8 is left to
// scanners, which type it for a group separator; F11 pays by card, F12 pays.
var actions = []action{
	{id: "price", label: i18n.ActPrice, key: "F2", do: func(r *register) { r.find.priceCheck() }},
	{id: "quantity", label: i18n.ActQuantity, key: "F3", line: true, do: func(r *register) { r.basket.quantity() }},
	{id: "void", label: i18n.ActVoid, key: "F4", right: staff.VoidLine, line: true, do: func(r *register) { r.basket.void() }},
	{id: "discount", label: i18n.ActDiscount, key: "F6", right: staff.Discount, line: true, do: sheetAction(sheetDiscount)},
	{id: "cancel", label: i18n.ActCancel, key: "F9", right: staff.CancelReceipt, line: true, do: sheetAction(sheetCancel)},
	{id: "park", label: i18n.ActPark, key: "Shift+F1", do: (*register).park},
	{id: "recall", label: i18n.ActRecall, key: "Shift+F2", do: (*register).recall},
	{id: "receipts", label: i18n.ActReceipts, key: "F7", do: func(r *register) { r.receipts.open() }},
	{id: "cash", label: i18n.ActCash, key: "Shift+F6", right: staff.CashMove, do: sheetAction(sheetCash)},
	{id: "lock", label: i18n.ActLock, key: "F10", do: (*register).lock},
	{id: "code", label: i18n.ActCode, key: "Shift+F11", place: inMenu, do: (*register).askCode},
	{id: "camera", label: i18n.ActCamera, key: "Shift+F12", place: inMenu, do: func(r *register) { r.camera.toggle() }},
	{id: "why", label: i18n.ActWhy, key: "F5", place: inMenu, line: true, do: func(r *register) { r.basket.askWhy() }},
	{id: "age-yes", label: i18n.ActAgeYes, key: "Shift+F3", place: inMenu, do: func(r *register) { r.basket.oldEnough() }},
	{id: "age-no", label: i18n.ActAgeNo, key: "Shift+F4", place: inMenu, do: func(r *register) { r.basket.tooYoung() }},
	{id: "x", label: i18n.ActX, key: "Shift+F7", place: inMenu, do: (*register).xReport},
	{id: "close", label: i18n.ActClose, key: "Shift+F9", place: inMenu, right: staff.CloseShift, do: (*register).askClose},
}

func sheetAction(s sheet) func(*register) { return func(r *register) { r.openSheet(s) } }

// act does an action, or says why it can't be done.
func (r *register) act(a action) {
	r.Strip = kit.Strip{}
	if a.right != "" && !r.May(a.right) {
		r.Say(ui.Warn, i18n.NoRight)
		return
	}
	if _, ok := r.basket.Current(); a.line && !ok {
		r.Say(ui.Warn, i18n.NoLineYet)
		return
	}
	a.do(r)
}

func (r *register) openSheet(s sheet) {
	r.sheet = s
	r.form = form{rev: r.form.rev + 1}
	r.Later(func() { ui.ShowModal(string(s)) })
}

func (r *register) closeSheet() { r.sheet = "" }

// done closes the sheet after its answer, or shows the answer's error in it. When
// the sheet is gone, since a scan went on, the error is said beside the input.
func (r *register) done(asked sheet, e *errcode.Error) bool {
	if r.sheet != asked {
		if e != nil {
			r.Fail(e)
			r.Sound(false)
		}
		return e == nil
	}
	r.form.busy = false
	r.form.fault = e
	if e != nil {
		return false
	}
	r.sheet = ""
	return true
}

// setQuantity takes the number of the quantity or weight sheet.
func (r *register) setQuantity() { r.takeNumber() }

// takeNumber reports whether the sheet's number could be taken.
func (r *register) takeNumber() bool {
	unit := r.form.weigh.Unit
	line, ok := r.basket.Current()
	if r.sheet == sheetQuantity {
		unit = line.Unit
	}
	q, err := quantity.Parse(r.form.text, unit)
	if err != nil {
		r.form.fault = errcode.As(err)
		return false
	}
	if r.sheet == sheetWeight {
		if !r.SureQuantity(q, unit, r.form.weigh.Amount) {
			return false
		}
		r.sheet = ""
		r.find.add(r.form.weigh.SKU, q)
		return true
	}
	if !ok || !r.SureQuantity(q, unit, line.Price) {
		return false
	}
	r.form.busy = true
	kit.Order(r.Page, bridge.TillSetQuantity, bridge.SetQuantity{N: line.N, Quantity: q}, r.formed())
	return true
}

// formed takes the answer to a sheet that changed the receipt.
func (r *register) formed() func(bridge.Delta, *errcode.Error) {
	asked := r.sheet
	return func(d bridge.Delta, e *errcode.Error) {
		if r.done(asked, e) {
			r.basket.changed(d)
		}
	}
}

// discount gives what the discount sheet says; empty takes a discount back.
func (r *register) discount(clear bool) { r.takeDiscount(clear) }

// takeDiscount reports whether the sheet's discount could be taken.
func (r *register) takeDiscount(clear bool) bool {
	line, _ := r.basket.Current()
	d := bridge.Discount{N: line.N, Reason: r.form.reason}
	if r.form.whole {
		d.N = 0
	}
	if !clear && !r.readDiscount(&d) {
		return false
	}
	r.form.busy = true
	kit.Order(r.Page, bridge.TillDiscount, d, r.formed())
	return true
}

// readDiscount reads the sheet's percentage or sum.
func (r *register) readDiscount(d *bridge.Discount) bool {
	if r.form.money {
		amount, ok := r.readSum()
		d.Amount = amount
		return ok
	}
	bp, err := money.Decimal(r.form.text, 2)
	switch {
	case err != nil:
		r.form.fault = errcode.As(err)
		return false
	case bp <= 0 || bp > 100_00:
		r.Tell(r.Lang.T(i18n.PercentRange))
		return false
	}
	d.BP = bp
	return true
}

// readSum reads the sheet's sum, which is more than nothing.
func (r *register) readSum() (money.Amount, bool) {
	amount, err := money.Parse(r.form.text, r.Currency())
	switch {
	case err != nil:
		r.form.fault = errcode.As(err)
		return 0, false
	case amount <= 0:
		r.Tell(r.Lang.T(i18n.MoreThanNothing))
		return 0, false
	}
	return amount, true
}

func (r *register) cancelReceipt() {
	r.form.busy = true
	kit.Order(r.Page, bridge.TillCancelReceipt, bridge.Reason{Reason: r.form.reason}, r.formed())
}

func (r *register) moveCash() {
	amount, ok := r.readSum()
	switch {
	case !ok:
		return
	case !r.SureSum(amount):
		return
	}
	said := amount
	if r.form.out {
		amount = -amount
	}
	r.form.busy = true
	kit.Order(r.Page, bridge.TillMoveCash, bridge.CashMove{Amount: amount, Reason: r.form.reason}, func(s bridge.State, e *errcode.Error) {
		if holds, ok := drawerHolds(e); ok && r.sheet == sheetCash && r.form.out {
			r.form.busy = false
			r.Tell(r.Lang.T(i18n.CashHolds, "sum", r.Sum(holds)))
			return
		}
		if r.done(sheetCash, e) {
			r.take(s)
			r.Say(ui.Good, i18n.CashDone, "sum", r.Sum(said))
		}
	})
}

// drawerHolds reads from the refusal of a sum how much may be taken out.
func drawerHolds(e *errcode.Error) (money.Amount, bool) {
	if e == nil || e.Code != errcode.BadAmount {
		return 0, false
	}
	least, err := strconv.ParseInt(e.Data["min"], 10, 64)
	return money.Amount(-least), err == nil && least <= 0
}

func (r *register) xReport() {
	kit.Order(r.Page, bridge.TillXReport, bridge.Nothing{}, func(report bridge.ShiftReport, e *errcode.Error) {
		if e != nil {
			r.Fail(e)
			return
		}
		r.report, r.screen = &report, screenReport
	})
}

func (r *register) askClose() {
	if r.basket.Open() && r.basket.Count > 0 { // an empty one ends by itself
		r.Fail(errcode.New(errcode.ReceiptIsOpen, "register.askClose", nil))
		return
	}
	kit.Order(r.Page, bridge.TillXReport, bridge.Nothing{}, func(report bridge.ShiftReport, e *errcode.Error) {
		if e != nil {
			r.Fail(e)
			return
		}
		r.State.Shift, r.waiting = &report.Shift, report
		r.openSheet(sheetClose)
	})
}

func (r *register) closeShift() {
	var request bridge.CloseShift
	if r.form.text != "" {
		counted, err := money.Parse(r.form.text, r.Currency())
		if err != nil {
			r.form.fault = errcode.As(err)
			return
		}
		if r.State.Shift != nil && !r.SureCount(counted, r.State.Shift.Cash) {
			return
		}
		request.Counted = &counted
	}
	r.form.busy = true
	kit.Order(r.Page, bridge.TillCloseShift, request, func(report bridge.ShiftReport, e *errcode.Error) {
		if !r.done(sheetClose, e) {
			return
		}
		r.report, r.screen = &report, screenReport
		r.paid.forget()
		r.print(&slip{report: &report})
		r.refresh()
	})
}

func (r *register) lock() {
	kit.Order(r.Page, bridge.TillLock, bridge.Nothing{}, func(s bridge.State, e *errcode.Error) {
		if e != nil {
			r.Fail(e)
			return
		}
		r.take(s)
	})
}

func (r *register) syncNow() {
	kit.Ask(r.Page, bridge.TillSyncNow, bridge.Nothing{}, func(s bridge.State, e *errcode.Error) {
		r.form.fault = e
		if e == nil {
			r.heard(s)
		}
	})
}

// lost reports whether the server may have forgotten what it once confirmed: then
// all that is kept here is handed over.
func lost(e *errcode.Error) bool {
	return e != nil && (e.Code == errcode.RegisterLost || e.Code == errcode.JournalPruned || e.Code == errcode.Fork)
}

func (r *register) export() {
	kit.Ask(r.Page, bridge.TillExport, bridge.ExportFacts{All: lost(r.State.Sync.Fault)}, func(x bridge.Export, e *errcode.Error) {
		r.sheet = ""
		if e != nil {
			r.Fail(e)
			return
		}
		ui.Download(x.Name, x.Data)
		r.Say(ui.Good, i18n.Exported, "n", x.Facts, "file", x.Name)
	})
}
