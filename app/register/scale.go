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
	*kit.Page
	r *register

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

// use starts to listen to a scale. choose lets the cashier choose the port,
// otherwise it is the one chosen before.
func (b *balance) use(id string, choose bool) {
	b.leave()
	b.Prefs.Scale = id
	prefs.Save(b.Ctx, b.Prefs)
	protocol, known := scale.ProtocolOf(id)
	if !known {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	b.stop = stop
	b.Ctx.Async(func() {
		open := scale.Reopen
		if choose {
			open = scale.Choose
		}
		port, err := open(protocol)
		if err == nil {
			err = scale.Watch(ctx, port, protocol, time.Sleep, changes(func(reading scale.Reading, err error) {
				b.On(func() { b.weighed(ctx, reading, err) })
			}))
			if closing := port.Close(); err == nil {
				err = closing
			}
		}
		b.On(func() { b.weighed(ctx, scale.Reading{}, err) })
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

// leave stops listening.
func (b *balance) leave() {
	if b.stop != nil {
		b.stop()
	}
	*b = balance{Page: b.Page, r: b.r}
}

// weighed takes what a scale said. Goods that wait for their weight are sold as
// soon as it has come to rest.
func (b *balance) weighed(ctx context.Context, reading scale.Reading, err error) {
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		b.fault = errcode.As(err)
		return
	}
	b.take(reading)
	if s, open := b.r.sheet.(*weightSheet); open && s.goods.Unit == quantity.Kilogram && s.text == "" && b.ready() {
		b.r.sheet = nil
		b.sell(s.goods.SKU)
	}
}

// sell sells what lies on the scale.
func (b *balance) sell(sku catalogue.SKU) {
	b.sold = b.reading.Weight
	b.r.find.clear()
	kit.Order(b.Page, bridge.TillAdd, bridge.Add{SKU: sku, Quantity: b.reading.Weight, Weighed: true, Grouping: b.Prefs.Grouping}, b.r.find.sold)
}

// want sells goods by weight: from the scale when they lie on it, else it
// asks.
func (b *balance) want(p bridge.Product) {
	if p.Unit == quantity.Kilogram && b.ready() {
		b.sell(p.SKU)
		return
	}
	b.r.openSheet(&weightSheet{form: b.r.form(), goods: p})
}

// draw shows on the sheet for a weight what the scale says.
func (b *balance) draw() app.UI {
	if b.stop == nil {
		return app.Span().Hidden(true)
	}
	tone := ui.Busy
	if b.fault != nil {
		tone = ui.Warn
	}
	return app.P().ID("balance").Class("balance").Class(string(tone)).Aria("live", "polite").Text(b.words())
}

func (b *balance) words() string {
	l := b.Lang
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

// drawChoice is the scale among the till's settings.
func (b *balance) drawChoice() app.UI {
	l := b.Lang
	if !scale.Supported() {
		return group(l.T(i18n.Scale), app.Span().Class("choices-note").Text(l.T(i18n.ScaleNone)))
	}
	choices := []app.UI{b.Choice("scale-none", l.T(i18n.ScaleOff), b.Prefs.Scale == "", func() { b.use("", false) })}
	for _, p := range scale.Protocols {
		choices = append(choices, b.Choice("scale-"+p.ID, p.Name, b.Prefs.Scale == p.ID, func() { b.use(p.ID, true) }))
	}
	if b.Prefs.Scale != "" {
		choices = append(choices, app.Span().ID("scale-state").Class("choices-note").Text(b.words()))
	}
	return group(l.T(i18n.Scale), choices...)
}
