package register

import (
	"strings"

	"tillsight/app/bridge"
	"tillsight/app/register/kit"
	"tillsight/app/scanner"
	"tillsight/app/ui"
)

// command is what a key stands for on the screen of the moment.
type command string

// Commands that are not actions.
const (
	commandNone   command = ""
	commandKeep   command = "keep" // nothing to do, and nothing for the browser either
	commandClose  command = "close"
	commandPay    command = "pay"
	commandCard   command = "card"
	commandPrint  command = "print"
	commandNext   command = "next"
	commandUp     command = "up"
	commandPageUp command = "page up"
	commandPageDn command = "page down"
	commandFirst  command = "first"
	commandLast   command = "last"
	commandDown   command = "down"
	commandDelete command = "delete"
	commandEnter  command = "enter"
	commandHelp   command = "help"
)

// pressedKey names a key as actions do: with Shift where it is held down.
func pressedKey(k scanner.Key) string {
	if k.Shift {
		return "Shift+" + k.Name
	}
	return k.Name
}

// keyName is a key as it is written on a button.
func keyName(key string) string { return strings.ReplaceAll(key, "Shift+", "⇧") }

// keyCommand returns what k means on a screen, or the action it starts. A modal
// sheet leaves all keys to its fields, but for Esc.
func keyCommand(k scanner.Key, phase bridge.Phase, s screen, sheet string) (command, *action) {
	if k.Ctrl || k.Alt {
		return commandNone, nil
	}
	if k.Name == "Escape" {
		return commandClose, nil
	}
	if phase == bridge.PhaseSignedOut || phase == bridge.PhaseNoShift || phase != bridge.PhaseSelling && s != screenReport {
		return gateCommand(k), nil
	}
	if sheet != "" {
		return functionKey(k), nil
	}
	switch s {
	case screenSell:
		return sellCommand(k)
	case screenPay:
		return payCommand(k), nil
	case screenPaid:
		return paidCommand(k), nil
	case screenReceipts:
		return listCommand(k), nil
	}
	if k.Name == "F6" {
		return commandPrint, nil
	}
	return functionKey(k), nil
}

// functionKey keeps function keys that do nothing here from the browser, which
// would reload the page or open its tools in the middle of a receipt.
func functionKey(k scanner.Key) command {
	switch k.Name {
	case "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F12":
		return commandKeep
	}
	return commandNone
}

func gateCommand(k scanner.Key) command {
	if !k.Field {
		switch k.Name {
		case "Backspace":
			return commandDelete
		case "Enter":
			return commandEnter
		}
	}
	return commandNone
}

func sellCommand(k scanner.Key) (command, *action) {
	key := pressedKey(k)
	for i := range actions {
		if actions[i].key == key {
			return commandNone, &actions[i]
		}
	}
	switch key {
	case "F1":
		return commandHelp, nil
	case "F12":
		return commandPay, nil
	case "ArrowUp":
		return commandUp, nil
	case "ArrowDown":
		return commandDown, nil
	case "PageUp":
		return commandPageUp, nil
	case "PageDown":
		return commandPageDn, nil
	}
	if !k.Field {
		switch key {
		case "Backspace":
			return commandDelete, nil
		case "Home":
			return commandFirst, nil
		case "End":
			return commandLast, nil
		}
	}
	return functionKey(k), nil
}

// listCommand is for the list of receipts.
func listCommand(k scanner.Key) command {
	switch k.Name {
	case "F6":
		return commandPrint
	case "ArrowUp":
		return commandUp
	case "ArrowDown":
		return commandDown
	}
	return functionKey(k)
}

func payCommand(k scanner.Key) command {
	switch k.Name {
	case "F12":
		return commandPay
	case "F11":
		return commandCard
	case "Enter":
		return commandEnter
	case "Backspace":
		return commandDelete
	}
	return functionKey(k)
}

func paidCommand(k scanner.Key) command {
	switch k.Name {
	case "F6":
		return commandPrint
	case "Enter", "F12":
		return commandNext
	}
	return functionKey(k)
}

// key is called by the browser's key event: it decides at once and acts later,
// on the UI goroutine.
func (r *register) key(k scanner.Key) bool {
	command, action := keyCommand(k, r.State.Phase, r.screen, r.sheetID())
	switch {
	case r.withheld(k, command):
	case action != nil:
		r.On(func() { r.act(*action) })
	case command == commandNone:
		return false
	case command == commandClose && r.sheet == nil && k.Field && r.find.text == "":
		r.On(ui.Blur)
	case command != commandKeep:
		r.On(func() { r.command(command) })
	}
	return true
}

func (r *register) command(c command) {
	switch c {
	case commandClose:
		r.escape()
	case commandPay:
		if r.screen == screenPay {
			r.pay.cash()
			return
		}
		r.pay.open()
	case commandCard:
		r.pay.card()
	case commandPrint:
		r.printShown()
	case commandNext:
		r.paid.next()
	case commandHelp:
		r.openSheet(&keysSheet{r.form()})
	case commandUp:
		r.arrow(-1)
	case commandDown:
		r.arrow(1)
	case commandPageUp:
		r.arrow(-r.basket.InSight())
	case commandPageDn:
		r.arrow(r.basket.InSight())
	case commandFirst:
		r.basket.Choose(r.basket.Next(r.basket.Chosen, -r.basket.Len()))
	case commandLast:
		r.basket.Choose(0)
	case commandDelete:
		r.keypad(ui.Backspace)
	case commandEnter:
		r.submit()
	}
}

// escape goes one step back.
func (r *register) escape() {
	switch {
	case r.sheet != nil:
		r.closeSheet()
	case r.State.Phase == bridge.PhaseSignedOut:
		r.gate.text = ""
	case r.screen == screenPay, r.screen == screenReceipts, r.screen == screenReport:
		r.screen, r.report = screenSell, nil
	case r.screen == screenPaid:
		r.paid.next()
	case r.find.text != "":
		r.Strip = kit.Strip{}
		r.find.clear() // but no mode: that takes another press
		ui.Blur()
	default:
		r.Strip, r.basket.Chosen = kit.Strip{}, 0
		r.find.price, r.find.times = false, 0
		r.find.clear()
		ui.Blur()
	}
}

// arrow moves through receipts, through what a search found, or through the
// receipt's lines.
func (r *register) arrow(step int) {
	if r.screen == screenReceipts {
		r.receipts.arrow(step)
		return
	}
	if n := len(r.find.results); n > 0 {
		if r.find.moved || step < 0 {
			r.find.cursor = max(0, min(n-1, r.find.cursor+step))
		}
		r.find.moved = true
		r.Later(func() { ui.Reveal(resultID(r.find.cursor)) })
		return
	}
	r.basket.Choose(r.basket.Next(r.basket.Chosen, step))
}

// submit is Enter outside of any field.
func (r *register) submit() {
	switch {
	case r.State.Phase == bridge.PhaseSignedOut:
		r.gate.signIn()
	case r.State.Phase == bridge.PhaseNoShift:
		r.gate.openShift()
	case r.screen == screenPay && r.pay.text != "":
		r.pay.cash()
	}
}

// keypad takes a key of the pad on the screen.
func (r *register) keypad(key string) {
	switch {
	case r.gate.busy:
	case r.State.Phase == bridge.PhaseSignedOut:
		r.gate.text, r.gate.note = ui.Type(r.gate.text, key, 0, pinMax), ""
		if r.gate.until.IsZero() {
			r.gate.fault = nil
		}
	case r.State.Phase == bridge.PhaseNoShift:
		r.gate.text, r.gate.note = ui.Type(r.gate.text, key, r.Currency().Exponent, 9), ""
		r.gate.rev++
	case r.screen == screenPay:
		r.pay.text, r.pay.fault, r.pay.note = ui.Type(r.pay.text, key, r.Currency().Exponent, 9), nil, ""
	default:
		r.find.write(ui.Type(r.find.text, key, 3, 24))
	}
}

// input is text typed while no field has the focus.
func (r *register) input(text string) {
	selling := r.State.Phase == bridge.PhaseSelling
	switch {
	case selling && r.sheet != nil:
		if _, number := r.sheet.(numeric); number {
			r.sheet.base().put(r.sheet.base().text + text)
		}
		return
	case selling && r.screen == screenSell:
		r.find.input(text)
		return
	case selling && r.screen == screenReceipts:
		r.receipts.put(r.receipts.text + text)
		ui.Focus(receiptsFindID)
		return
	case selling && r.screen != screenPay:
		return
	}
	for _, key := range text {
		r.keypad(string(key))
	}
}
