package zone

import (
	"fmt"
	"syscall/js"
	"time"
)

// formats are made once: to make one takes longer than to use it.
var formats = map[string]js.Value{}

// Offset returns how many minutes east of UTC an IANA zone is at a moment. The
// browser knows the zones: Go's own table would be half a megabyte.
func Offset(zone string, at time.Time) (minutes int, err error) {
	defer func() {
		if r := recover(); r != nil { // RangeError: no such zone
			err = fmt.Errorf("zone %q: %v", zone, r)
		}
	}()
	format, ok := formats[zone]
	if !ok {
		options := map[string]any{"timeZone": zone, "timeZoneName": "longOffset"}
		format = js.Global().Get("Intl").Get("DateTimeFormat").New("en-US", options)
		formats[zone] = format
	}
	parts := format.Call("formatToParts", js.Global().Get("Date").New(at.UnixMilli()))
	for i := range parts.Length() {
		if part := parts.Index(i); part.Get("type").String() == "timeZoneName" {
			return offsetOf(part.Get("value").String())
		}
	}
	return 0, fmt.Errorf("zone %q: no offset", zone)
}
