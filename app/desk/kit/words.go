package kit

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
)

func Day(ms int64) string { return time.UnixMilli(ms).Format("02.01.2006") }

// ShortID is as much of a customer's ID as tells him apart.
func ShortID(id string) string {
	if len(id) > 12 {
		return "…" + id[len(id)-8:]
	}
	return id
}

// Today is the date of the device, 2026-11-22.
func (d *Desk) Today() string { return d.Now().Format(time.DateOnly) }

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
