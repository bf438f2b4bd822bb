package settings

import (
	"testing"
	"time"

	"tillsight/app/i18n"
)

func TestAgo(t *testing.T) {
	for d, want := range map[time.Duration]string{
		30 * time.Second: "только что", 61 * time.Second: "1 минуту назад", 5 * time.Hour: "5 часов назад", 72 * time.Hour: "3 дня назад",
	} {
		if got := ago(d, i18n.RU); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}
