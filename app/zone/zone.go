// Package zone is how far time zones are from UTC at a moment.
package zone

import (
	"fmt"
	"strconv"
	"strings"
)

// offsetOf reads what browsers call the "longOffset" of a zone: "GMT",
// "GMT+03:00", "GMT-09:30".
func offsetOf(text string) (minutes int, err error) {
	rest, ok := strings.CutPrefix(text, "GMT")
	if !ok {
		return 0, fmt.Errorf("offset %q", text)
	}
	if rest == "" {
		return 0, nil
	}
	h, m, ok := strings.Cut(rest[1:], ":")
	hours, e1 := strconv.ParseUint(h, 10, 6)
	mins, e2 := strconv.ParseUint(m, 10, 6)
	if !ok || e1 != nil || e2 != nil || rest[0] != '+' && rest[0] != '-' {
		return 0, fmt.Errorf("offset %q", text)
	}
	minutes = int(hours)*60 + int(mins)
	if rest[0] == '-' {
		minutes = -minutes
	}
	return minutes, nil
}
