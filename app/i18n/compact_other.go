//go:build !js

package i18n

import (
	"strconv"
	"strings"
)

// formatCompact is the form of tests: one decimal and a letter.
func formatCompact(l Lang, n float64) string {
	unit := ""
	for _, next := range []string{"K", "M", "B"} {
		if n < 1000 && n > -1000 {
			break
		}
		n, unit = n/1000, next
	}
	text := strings.TrimSuffix(strconv.FormatFloat(n, 'f', 1, 64), ".0") + unit
	if l == RU {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}
