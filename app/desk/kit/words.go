package kit

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/app/zone"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
)

// Day writes the date of a moment by the clock of the person's shops.
func (d *Desk) Day(ms int64) string { return d.time(ms, i18n.Day) }

// InShops is a moment by the clock of the person's shops; by the device's own
// when there are none, or nobody knows their zone.
func InShops(d *Desk, at time.Time) time.Time {
	if d.User == nil || d.User.Zone == "" {
		return at
	}
	east, err := zone.Offset(d.User.Zone, at)
	if err != nil {
		return at
	}
	return at.In(time.FixedZone(d.User.Zone, east*60))
}

// Midnight is when a date (2026-11-22) begins by that clock.
func Midnight(d *Desk, date string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return day, errcode.New(errcode.Invalid, "desk.Midnight", err)
	}
	at := InShops(d, day)
	for range 2 { // the zone may have another offset then
		y, m, n := day.Date()
		at = InShops(d, time.Date(y, m, n, 0, 0, 0, 0, at.Location()))
	}
	return at, nil
}

// ShortID is as much of a customer's ID as tells him apart.
func ShortID(id string) string {
	if len(id) > 12 {
		return "…" + id[len(id)-8:]
	}
	return id
}

// Today is the date by the clock of the person's shops, 2026-11-22.
func (d *Desk) Today() string { return InShops(d, d.Now()).Format(time.DateOnly) }

// Freshness says up to when the data goes.
func (d *Desk) Freshness() string {
	if up := d.Insight.Freshness.UpTo; up > 0 {
		return d.Lang.T(i18n.DataUpTo, "time", d.Moment(up))
	}
	return d.Lang.T(i18n.DataNone)
}

// Moment writes a time of today as a clock, of other days with the date.
func (d *Desk) Moment(ms int64) string {
	if now := d.Now().UnixMilli(); d.time(ms, i18n.Day) == d.time(now, i18n.Day) {
		return d.time(ms, i18n.Clock)
	}
	return d.time(ms, i18n.Moment)
}

// time writes a time by the clock of the person's shops.
func (d *Desk) time(ms int64, style i18n.Style) string {
	zone := ""
	if d.User != nil {
		zone = d.User.Zone
	}
	return d.Lang.Time(ms, zone, style)
}

// Date writes a business date.
func (d *Desk) Date(text string) string {
	day, err := cube.ParseDay(text)
	if err != nil {
		return text
	}
	return d.Lang.Time(int64(day)*86_400_000, "UTC", i18n.Day)
}

func (d *Desk) Chosen(keys []string, names []bridge.DimValue) string {
	switch len(keys) {
	case 0:
		return d.Lang.T(i18n.FilterAll)
	case 1:
		return d.DimName(keys[0], names)
	}
	return d.Lang.Int(int64(len(keys)))
}

func (d *Desk) DimName(key string, names []bridge.DimValue) string {
	for _, v := range names {
		if v.Key == key && v.Name.In(string(d.Lang)) != "" {
			return v.Name.In(string(d.Lang))
		}
	}
	return key
}

func (d *Desk) ErrorBox(e *errcode.Error) app.UI {
	if e == nil {
		return app.Span().Hidden(true)
	}
	return ui.ErrorBox(d.Lang.ErrorIn(e, d.Currency()), d.Lang.T(i18n.ErrorCode), string(e.Code))
}
