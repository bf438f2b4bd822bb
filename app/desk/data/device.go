package data

import (
	"fmt"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/prefs"
)

// Sizes and months that a device can be told to keep.
var (
	deviceSizes  = []int64{64 << 20, 256 << 20, 1 << 30, 4 << 30}
	deviceMonths = []int{1, 3, 6, 13, 25, 0}
)

func setBudget(d *kit.Desk, b bridge.Budget) {
	d.Menu = ""
	prefs.Store(d.Ctx, kit.BudgetKey, b)
	kit.ApplyBudget(d, b)
}

// drawDevice says what this device keeps and lets that be changed.
func drawDevice(d *kit.Desk) app.UI {
	l, s := d.Lang, d.Insight
	b := kit.DeviceBudget(d)
	text := l.T(deviceNothing)
	if s.Lines > 0 {
		text = l.T(deviceKeeps, "size", l.Bytes(s.Bytes), "from", l.Date(s.From), "to", l.Date(s.To), "n", s.Lines)
	}
	rest := ""
	switch {
	case s.Elsewhere != "":
		rest = l.T(deviceElsewhere, "month", s.Elsewhere)
	case s.Lines > 0 && s.Missing == 0:
		rest = l.T(deviceAll)
	}
	return app.Section().Class("form-card").ID("device").Body(
		app.H2().Class("field-head").Text(l.T(exportsDevice)),
		app.P().ID("device-keeps").Text(text),
		app.P().ID("device-rest").Class("muted").Text(rest),
		app.Div().Class("office-form").Body(
			d.FilterMenu("device-size", l.T(deviceRoom), l.Bytes(b.Bytes), func() app.UI { return sizeOptions(d, b) }),
			d.FilterMenu("device-months", l.T(deviceMonthsTitle), monthsText(b.Months, l), func() app.UI { return monthOptions(d, b) }),
		),
	)
}

// sizeOptions offers how much the device may keep.
func sizeOptions(d *kit.Desk, b bridge.Budget) app.UI {
	var options []app.UI
	for _, size := range deviceSizes {
		options = append(options, d.Option(fmt.Sprintf("device-size-%d", size>>20), d.Lang.Bytes(size), b.Bytes == size,
			func() { setBudget(d, bridge.Budget{Bytes: size, Months: b.Months}) }))
	}
	return app.Div().Class("options").Body(options...)
}

// monthOptions offers how many months the device keeps.
func monthOptions(d *kit.Desk, b bridge.Budget) app.UI {
	var options []app.UI
	for _, n := range deviceMonths {
		options = append(options, d.Option(fmt.Sprintf("device-months-%d", n), monthsText(n, d.Lang), b.Months == n,
			func() { setBudget(d, bridge.Budget{Bytes: b.Bytes, Months: n}) }))
	}
	return app.Div().Class("options").Body(options...)
}

func monthsText(n int, l i18n.Lang) string {
	if n == 0 {
		return l.T(deviceEverything)
	}
	return l.Int(int64(n))
}
