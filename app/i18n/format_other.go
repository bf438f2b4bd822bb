//go:build !js

package i18n

import (
	"strings"
	"time"
)

// formatNumber groups digits as Intl does for ru-RU and en-GB.
func formatNumber(l Lang, decimal string, fewest, _ int) string {
	group, point := ",", "."
	if l == RU {
		group, point = nbsp, ","
	}
	negative := strings.HasPrefix(decimal, "-")
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(decimal, "-"), ".")
	for len(fraction) > fewest && strings.HasSuffix(fraction, "0") {
		fraction = fraction[:len(fraction)-1]
	}
	var b strings.Builder
	if negative {
		b.WriteByte('-')
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(digit)
	}
	if fraction != "" {
		b.WriteString(point + fraction)
	}
	return b.String()
}

func formatTime(l Lang, ms int64, zone string, style Style) string {
	at := time.UnixMilli(ms).UTC()
	if place, err := time.LoadLocation(zone); err == nil {
		at = at.In(place)
	}
	day := "02/01/2006"
	if l == RU {
		day = "02.01.2006"
	}
	switch style {
	case Clock:
		return at.Format("15:04")
	case Day:
		return at.Format(day)
	case ShortDay:
		return at.Format("2 Jan")
	}
	return at.Format(day + ", 15:04")
}

// Preferred is empty outside a browser.
func Preferred() []string { return nil }
