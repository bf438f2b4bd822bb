package register

import (
	"context"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/register/kit"
	"tillsight/app/scale"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
)

// balance is the scale at this till, as far as the page knows.
type balance struct {
	stop    context.CancelFunc // nil: nobody is asking a scale
	reading scale.Reading
	heard   bool // there is a reading
	fault   *errcode.Error
	// sold is the weight that was sold last: the goods are still there until it
	// changes.
	sold quantity.Milli
}

// still is how little a weight may change to be that of the same goods.
const still = 20

// ready reports whether the goods on the scale can be sold.
func (b *balance) ready() bool { return b.heard && b.fault == nil && b.reading.Good() && b.sold == 0 }

// take notes a reading.
func (b *balance) take(r scale.Reading) {
	b.reading, b.heard, b.fault = r, true, nil
	if moved := r.Weight - b.sold; moved > still || moved < -still {
		b.sold = 0
	}
}

// useScale starts to listen to a scale. choose lets the cashier choose the port,
// otherwise it is the one chosen before.
func (r *register) useScale(id string, choose bool) {
	r.leaveScale()
	r.Prefs.Scale = id
	prefs.Save(r.Ctx, r.Prefs)
	protocol, known := scale.ProtocolOf(id)
	if !known {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	r.balance.stop = stop
	r.Ctx.Async(func() {
		open := scale.Reopen
		if choose {
			open = scale.Choose
		}
		port, err := open(protocol)
		if err == nil {
			err = scale.Watch(ctx, port, protocol, time.Sleep, changes(func(reading scale.Reading, err error) {
				r.On(func() { r.weighed(ctx, reading, err) })
			}))
			if closing := port.Close(); err == nil {
				err = closing
			}
		}
		r.On(func() { r.weighed(ctx, scale.Reading{}, err) })
	})
}

// changes passes on only what differs from the reading before: a scale at rest
// does not have the page drawn.
func changes(seen func(scale.Reading, error)) func(scale.Reading, error) {
	type answer struct {
		reading scale.Reading
		code    errcode.Code
	}
	var last *answer
	return func(r scale.Reading, err error) {
		if now := (answer{r, errcode.Of(err)}); last == nil || *last != now {
			last = &now
			seen(r, err)
		}
	}
}

// leaveScale stops listening.
func (r *register) leaveScale() {
	if r.balance.stop != nil {
		r.balance.stop()
	}
	r.balance = balance{}
}

// weighed takes what a scale said. Goods that wait for their weight are sold as
// soon as it has come to rest.
func (r *register) weighed(ctx context.Context, reading scale.Reading, err error) {
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		r.balance.fault = errcode.As(err)
		return
	}
	r.balance.take(reading)
	if r.sheet == sheetWeight && r.form.weigh.Unit == quantity.Kilogram && r.form.text == "" && r.balance.ready() {
		r.sheet = ""
		r.sellWeighed(r.form.weigh.SKU)
	}
}

// sellWeighed sells what lies on the scale.
func (r *register) sellWeighed(sku catalogue.SKU) {
	r.balance.sold = r.balance.reading.Weight
	r.clearFind()
	kit.Order(r.Page, bridge.TillAdd, bridge.Add{SKU: sku, Quantity: r.balance.reading.Weight, Weighed: true, Grouping: r.Prefs.Grouping}, r.sold)
}

// wantWeight sells goods by weight: from the scale when they lie on it, else it
// asks.
func (r *register) wantWeight(p bridge.Product) {
	if p.Unit == quantity.Kilogram && r.balance.ready() {
		r.sellWeighed(p.SKU)
		return
	}
	r.openSheet(sheetWeight)
	r.form.weigh = p
}

// drawBalance shows on the sheet for a weight what the scale says.
func (r *register) drawBalance() app.UI {
	if r.sheet != sheetWeight || r.balance.stop == nil || r.form.weigh.Unit != quantity.Kilogram {
		return app.Span().Hidden(true)
	}
	tone := ui.Busy
	if r.balance.fault != nil {
		tone = ui.Warn
	}
	return app.P().ID("balance").Class("balance").Class(string(tone)).Aria("live", "polite").Text(r.balanceText())
}

func (r *register) balanceText() string {
	b, l := &r.balance, r.Lang
	weight := l.Quantity(b.reading.Weight, quantity.Kilogram)
	switch {
	case b.fault != nil:
		return l.Error(b.fault)
	case !b.heard:
		return l.T(i18n.ScaleWaiting)
	case b.reading.Over:
		return l.T(i18n.ScaleOver)
	case b.sold != 0:
		return l.T(i18n.ScaleSame)
	case b.reading.Weight <= 0:
		return l.T(i18n.ScaleEmpty)
	case !b.reading.Stable:
		return l.T(i18n.ScaleMoving, "weight", weight)
	}
	return l.T(i18n.ScaleReady, "weight", weight)
}

// drawScaleChoice is the scale among the till's settings.
func (r *register) drawScaleChoice() app.UI {
	l := r.Lang
	if !scale.Supported() {
		return group(l.T(i18n.Scale), app.Span().Class("choices-note").Text(l.T(i18n.ScaleNone)))
	}
	choices := []app.UI{r.Choice("scale-none", l.T(i18n.ScaleOff), r.Prefs.Scale == "", func() { r.useScale("", false) })}
	for _, p := range scale.Protocols {
		choices = append(choices, r.Choice("scale-"+p.ID, p.Name, r.Prefs.Scale == p.ID, func() { r.useScale(p.ID, true) }))
	}
	if r.Prefs.Scale != "" {
		choices = append(choices, app.Span().ID("scale-state").Class("choices-note").Text(r.balanceText()))
	}
	return group(l.T(i18n.Scale), choices...)
}
