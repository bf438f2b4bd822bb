package ui

import (
	"fmt"
	"syscall/js"
)

// SetTheme shows the page "light", "dark" or, for "", as the device does.
func SetTheme(theme string) {
	root := js.Global().Get("document").Get("documentElement")
	if theme == "" {
		root.Call("removeAttribute", "data-theme")
		return
	}
	root.Call("setAttribute", "data-theme", theme)
}

// OnDeviceTheme calls f when the device changes between light and dark, until stop.
func OnDeviceTheme(f func()) (stop func()) {
	query := js.Global().Call("matchMedia", "(prefers-color-scheme: dark)")
	changed := js.FuncOf(func(js.Value, []js.Value) any {
		f()
		return nil
	})
	query.Call("addEventListener", "change", changed)
	return func() {
		query.Call("removeEventListener", "change", changed)
		changed.Release()
	}
}

// flashTime is how long a flash is seen, in milliseconds.
const flashTime = 150

var (
	flashing js.Value // timer that ends the flash
	unflash  js.Func
)

// Flash gives the element id the attribute data-flash for a moment.
func Flash(id string, tone Tone) {
	element := js.Global().Get("document").Call("getElementById", id)
	if !element.Truthy() {
		return
	}
	js.Global().Call("clearTimeout", flashing)
	unflash.Release()
	unflash = js.FuncOf(func(js.Value, []js.Value) any {
		element.Call("removeAttribute", "data-flash")
		return nil
	})
	element.Call("setAttribute", "data-flash", string(tone))
	flashing = js.Global().Call("setTimeout", unflash, flashTime)
}

// SetLang tells the browser and screen readers the page's language.
func SetLang(lang string) {
	js.Global().Get("document").Get("documentElement").Set("lang", lang)
}

// Print opens the browser's print dialog for what print styles leave visible,
// on paper as wide as width millimetres and as long as the element that selector
// finds: a roll has no pages.
func Print(selector string, width int) {
	paper := js.Global().Get("document").Call("querySelector", selector)
	if paper.Truthy() {
		const perMillimetre = 96 / 25.4
		height := paper.Call("getBoundingClientRect").Get("height").Float()/perMillimetre + 4
		setPage(fmt.Sprintf("@page { size: %dmm %.0fmm; margin: 0; }", width, max(height, float64(width))))
	}
	js.Global().Call("print")
}

// pageRule is the style sheet that holds the size of the paper.
var pageRule js.Value

func setPage(rule string) {
	document := js.Global().Get("document")
	if pageRule.IsUndefined() {
		pageRule = js.Global().Get("CSSStyleSheet").New()
		document.Get("adoptedStyleSheets").Call("push", pageRule)
	}
	pageRule.Call("replaceSync", rule)
}

// Download offers data to the person as a file.
func Download(name string, data []byte) {
	array := js.Global().Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(array, data)
	blob := js.Global().Get("Blob").New([]any{array})
	url := js.Global().Get("URL").Call("createObjectURL", blob)
	link := js.Global().Get("document").Call("createElement", "a")
	link.Set("href", url)
	link.Set("download", name)
	link.Call("click")
	js.Global().Get("URL").Call("revokeObjectURL", url)
}

// PrintPage opens the browser's print dialog for the page as its print styles
// show it.
func PrintPage() { js.Global().Call("print") }

// Copy puts text on the clipboard.
func Copy(text string) {
	if clipboard := js.Global().Get("navigator").Get("clipboard"); clipboard.Truthy() {
		clipboard.Call("writeText", text)
	}
}

// Back goes to the page before, as the browser's button does.
func Back() { js.Global().Get("history").Call("back") }
