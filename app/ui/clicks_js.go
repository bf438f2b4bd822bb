package ui

import (
	"syscall/js"
	"time"
)

// committing are the buttons that do what can't be taken back.
const committing = ".primary, .danger, .tender, .note, .menu-action"

// OnClicks calls take with every click before anybody else hears of it, until
// stop: how long ago it was made, and whether it is on a button that commits
// something. When take reports true nothing comes of the click. take runs in
// the browser's callback and must not wait.
func OnClicks(take func(age time.Duration, commits bool) bool) (stop func()) {
	document := js.Global().Get("document")
	clicked := js.FuncOf(func(_ js.Value, args []js.Value) any {
		e := args[0]
		age := js.Global().Get("performance").Call("now").Float() - e.Get("timeStamp").Float()
		commits := false
		if target := e.Get("target"); target.Get("closest").Truthy() {
			button := target.Call("closest", "button")
			commits = button.Truthy() && button.Call("matches", committing).Bool()
		}
		if take(time.Duration(age*float64(time.Millisecond)), commits) {
			e.Call("preventDefault")
			e.Call("stopImmediatePropagation")
		}
		return nil
	})
	document.Call("addEventListener", "click", clicked, true)
	return func() {
		document.Call("removeEventListener", "click", clicked, true)
		clicked.Release()
	}
}
