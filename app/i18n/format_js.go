package i18n

import (
	"strconv"
	"syscall/js"
)

// Intl formatters are dear to make and cheap to use: each is made once.
var (
	numberFormats = map[string]js.Value{}
	timeFormats   = map[string]js.Value{}
)

func locale(l Lang) string {
	if l == RU {
		return "ru-RU"
	}
	return "en-GB"
}

func formatNumber(l Lang, decimal string, fewest, most int) string {
	key := string(l) + strconv.Itoa(fewest) + strconv.Itoa(most)
	format, ok := numberFormats[key]
	if !ok {
		format = js.Global().Get("Intl").Get("NumberFormat").New(locale(l), map[string]any{
			"minimumFractionDigits": fewest,
			"maximumFractionDigits": most,
			"useGrouping":           true,
		})
		numberFormats[key] = format
	}
	return format.Call("format", decimal).String()
}

func formatTime(l Lang, ms int64, zone string, style Style) string {
	key := string(l) + strconv.Itoa(int(style)) + zone
	format, ok := timeFormats[key]
	if !ok {
		format = newTimeFormat(l, zone, style)
		timeFormats[key] = format
	}
	return format.Call("format", float64(ms)).String()
}

func newTimeFormat(l Lang, zone string, style Style) (format js.Value) {
	options := map[string]any{"hourCycle": "h23"}
	switch style {
	case Clock:
		options["hour"], options["minute"] = "2-digit", "2-digit"
	case Day:
		options["day"], options["month"], options["year"] = "2-digit", "2-digit", "numeric"
	case ShortDay:
		options["day"], options["month"] = "numeric", "short"
	case Moment:
		options["day"], options["month"], options["year"] = "2-digit", "2-digit", "numeric"
		options["hour"], options["minute"] = "2-digit", "2-digit"
	}
	constructor := js.Global().Get("Intl").Get("DateTimeFormat")
	if zone == "" {
		return constructor.New(locale(l), options)
	}
	// A zone that this browser does not know is a RangeError; the device's own
	// time is then nearer the truth than nothing.
	defer func() {
		if recover() != nil {
			delete(options, "timeZone")
			format = constructor.New(locale(l), options)
		}
	}()
	options["timeZone"] = zone
	return constructor.New(locale(l), options)
}

// Preferred returns the browser's languages, best first.
func Preferred() []string {
	list := js.Global().Get("navigator").Get("languages")
	if list.Type() != js.TypeObject {
		return nil
	}
	langs := make([]string, list.Length())
	for i := range langs {
		langs[i] = list.Index(i).String()
	}
	return langs
}
