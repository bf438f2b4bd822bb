package marketing

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/money"
	wire "tillsight/shared/wire/office"
)

// alarmReason says why a receipt should have come to something else.
var alarmReason = map[string]*i18n.Message{
	wire.AlarmRule: alarmRule, wire.AlarmPrice: alarmPrice, wire.AlarmCoupon: alarmCoupon, wire.AlarmLimit: alarmLimit,
	wire.AlarmRecall: alarmRecall, wire.AlarmRules: alarmRules, wire.AlarmGiver: alarmGiver, wire.AlarmManual: alarmManual,
	wire.AlarmLabel: alarmLabel, wire.AlarmTime: alarmTime, wire.AlarmReturn: alarmReturn,
}

// alarmsShown is how many receipts are listed.
const alarmsShown = 20

// drawAlarms lists receipts that should have come to something else.
func (p *promotions) drawAlarms() app.UI {
	d, l := p.d, p.d.Lang
	return p.alarms.Draw(d, func(list *[]wire.Alarm) app.UI {
		if len(*list) == 0 {
			return app.Span().Hidden(true)
		}
		lines := []app.UI{app.H2().Class("field-head").Text(l.T(alarmsTitle))}
		for _, a := range kit.Cut(*list, alarmsShown) {
			name := alarmReason[a.Reason]
			if name == nil {
				name = alarmRule
			}
			lines = append(lines, app.P().Class("promo-alarm").Body(
				app.Span().Text(d.Moment(a.At)), app.Span().Class("promo-reason").Text(l.T(name)), app.Span().Text(alarmText(a, l, d.Currency()))))
		}
		return app.Section().Class("promo-alarms").Body(lines...)
	})
}

// alarmText says what was found on a receipt and what should stand there.
func alarmText(a wire.Alarm, l i18n.Lang, c money.Currency) string {
	price := func(amount int64) string {
		if amount < 0 {
			return "—" // there was none
		}
		return l.Sum(money.Amount(amount), c)
	}
	switch a.Reason {
	case wire.AlarmLimit:
		return l.T(alarmLimitLine, "number", a.Number, "name", a.Name, "found", int(a.Found), "expected", int(a.Expected))
	case wire.AlarmRecall:
		return l.T(alarmRecallLine, "number", a.Number, "name", a.Name, "before", int(a.Expected))
	case wire.AlarmRules:
		return a.Number
	}
	return l.T(alarmLine, "number", a.Number, "name", a.Name, "found", price(a.Found), "expected", price(a.Expected))
}
