package register

import (
	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/staff"
)

// action is something that a button or a key does on the selling screen. To add
// one: a line in actions, its words in app/i18n, and what it does in a file of its
// own. Everything else (button, key, menu, list of keys, right) follows.
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
	{id: "discount", label: i18n.ActDiscount, key: "F6", right: staff.Discount, line: true, do: open(newDiscount)},
	{id: "cancel", label: i18n.ActCancel, key: "F9", right: staff.CancelReceipt, line: true, do: open(newCancel)},
	{id: "park", label: i18n.ActPark, key: "Shift+F1", do: (*register).park},
	{id: "recall", label: i18n.ActRecall, key: "Shift+F2", do: (*register).recall},
	{id: "receipts", label: i18n.ActReceipts, key: "F7", do: func(r *register) { r.receipts.open() }},
	{id: "cash", label: i18n.ActCash, key: "Shift+F6", right: staff.CashMove, do: open(newCash)},
	{id: "lock", label: i18n.ActLock, key: "F10", do: (*register).lock},
	{id: "code", label: i18n.ActCode, key: "Shift+F11", place: inMenu, do: (*register).askCode},
	{id: "camera", label: i18n.ActCamera, key: "Shift+F12", place: inMenu, do: func(r *register) { r.camera.toggle() }},
	{id: "why", label: i18n.ActWhy, key: "F5", place: inMenu, line: true, do: func(r *register) { r.basket.askWhy() }},
	{id: "age-yes", label: i18n.ActAgeYes, key: "Shift+F3", place: inMenu, do: func(r *register) { r.basket.oldEnough() }},
	{id: "age-no", label: i18n.ActAgeNo, key: "Shift+F4", place: inMenu, do: func(r *register) { r.basket.tooYoung() }},
	{id: "x", label: i18n.ActX, key: "Shift+F7", place: inMenu, do: (*register).xReport},
	{id: "close", label: i18n.ActClose, key: "Shift+F9", place: inMenu, right: staff.CloseShift, do: (*register).askClose},
}

// open makes an action of a sheet.
func open(s func(*register) sheet) func(*register) {
	return func(r *register) { r.openSheet(s(r)) }
}

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

func (r *register) lock() {
	kit.Order(r.Page, bridge.TillLock, bridge.Nothing{}, func(s bridge.State, e *errcode.Error) {
		if e != nil {
			r.Fail(e)
			return
		}
		r.take(s)
	})
}
