package ui

import "syscall/js"

// SetTheme shows the page "light", "dark" or, for "", as the device does.
func SetTheme(theme string) {
	root := js.Global().Get("document").Get("documentElement")
	if theme == "" {
		root.Call("removeAttribute", "data-theme")
		return
	}
	root.Call("setAttribute", "data-theme", theme)
}

// SetLang tells the browser and screen readers the page's language.
func SetLang(lang string) {
	js.Global().Get("document").Get("documentElement").Set("lang", lang)
}

// Print opens the browser's print dialog for what print styles leave visible.
func Print() { js.Global().Call("print") }

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
