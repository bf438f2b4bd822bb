package ui

import "syscall/js"

// OnKeys calls take with every key that is pressed anywhere on the page, until
// stop. When take reports true the browser does nothing of its own with it. take
// runs in the browser's callback and must not wait.
func OnKeys(take func(Key) bool) (stop func()) {
	document := js.Global().Get("document")
	pressed := js.FuncOf(func(_ js.Value, args []js.Value) any {
		e := args[0]
		k := Key{Name: e.Get("key").String(), Code: e.Get("code").String(), Command: e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool(), Alt: e.Get("altKey").Bool()}
		if target := e.Get("target"); target.Truthy() && target.Get("matches").Truthy() {
			k.Typing = target.Call("matches", "input, textarea, select, [contenteditable]").Bool()
		}
		if take(k) {
			e.Call("preventDefault")
		}
		return nil
	})
	document.Call("addEventListener", "keydown", pressed)
	return func() {
		document.Call("removeEventListener", "keydown", pressed)
		pressed.Release()
	}
}
