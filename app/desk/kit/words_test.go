package kit_test

import (
	"testing"
	"time"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	wire "tillsight/shared/wire/office"
)

// TestDaysOfShops: days are those of the shops' clock, in the form of the
// language, wherever the device is.
func TestDaysOfShops(t *testing.T) {
	device := time.FixedZone("device", -8*3600)
	for _, tt := range []struct {
		lang     i18n.Lang
		zone     string
		now      time.Time // by UTC
		day      string    // as it is written
		today    string
		midnight string // when that date begins, by UTC
	}{
		{i18n.RU, "Europe/Moscow", time.Date(2026, 11, 22, 20, 59, 0, 0, time.UTC), "22.11.2026", "2026-11-22", "2026-11-21T21:00:00Z"},
		{i18n.RU, "Europe/Moscow", time.Date(2026, 11, 22, 21, 0, 0, 0, time.UTC), "23.11.2026", "2026-11-23", "2026-11-22T21:00:00Z"},
		{i18n.EN, "Asia/Vladivostok", time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC), "23/11/2026", "2026-11-23", "2026-11-22T14:00:00Z"},
		{i18n.EN, "Europe/Berlin", time.Date(2026, 3, 29, 12, 0, 0, 0, time.UTC), "29/03/2026", "2026-03-29", "2026-03-28T23:00:00Z"},
		{i18n.EN, "Europe/Berlin", time.Date(2026, 3, 30, 12, 0, 0, 0, time.UTC), "30/03/2026", "2026-03-30", "2026-03-29T22:00:00Z"},
	} {
		d := kittest.Desk(tt.lang)
		d.User = &wire.User{Zone: tt.zone}
		d.Now = func() time.Time { return tt.now.In(device) }
		d.Filter.Period = kit.Today
		if got := d.Day(tt.now.UnixMilli()); got != tt.day {
			t.Errorf("%s: the day is %s, want %s", tt.zone, got, tt.day)
		}
		if from, to := d.Dates(); d.Today() != tt.today || from != tt.today || to != tt.today {
			t.Errorf("%s: today is %s, the filter's %s to %s, want %s", tt.zone, d.Today(), from, to, tt.today)
		}
		if at, err := kit.Midnight(d, tt.today); err != nil || at.UTC().Format(time.RFC3339) != tt.midnight {
			t.Errorf("%s: %s begins at %s, %v, want %s", tt.zone, tt.today, at.UTC().Format(time.RFC3339), err, tt.midnight)
		}
	}
	if _, err := kit.Midnight(kittest.Desk(i18n.RU), "tomorrow"); err == nil {
		t.Error("a date that is none begins")
	}
}
