package i18n

import "syscall/js"

var compactFormats = map[Lang]js.Value{}

func formatCompact(l Lang, n float64) string {
	format, ok := compactFormats[l]
	if !ok {
		format = js.Global().Get("Intl").Get("NumberFormat").New(locale(l), map[string]any{
			"notation":              "compact",
			"maximumFractionDigits": 1,
		})
		compactFormats[l] = format
	}
	return format.Call("format", n).String()
}
