// Package kit is what the page of a register is made of, whoever stands before
// it: the calls to the till's worker in their order, the lines of the basket and
// their painter, paper, messages and questions. It knows no register.
package kit

import (
	"slices"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/staff"
)

// Page is what the parts of a register's page have in common. It is touched on
// the UI goroutine only.
type Page struct {
	Ctx     app.Context
	Client  *bridge.Client
	Now     func() time.Time
	Rev     int // rises with every change
	Waiting int // orders not answered yet
	orders  orders

	Words
	Prefs prefs.Preferences
	State bridge.State

	Strip Strip
	Doubt string            // what seems absurd and was said once
	Tell  func(text string) // shows a sentence where the eyes are
}

// Strip is the message beside the input. It stays until the next action.
type Strip struct {
	Tone   ui.Tone
	Text   string
	Code   string
	Offers []Offer
}

// Offer is a button in the strip: what may be done about what it says.
type Offer struct {
	ID    string
	Label *i18n.Message
	Do    func()
}

// May reports whether the cashier has a right.
func (p *Page) May(right staff.Right) bool {
	return p.State.Cashier != nil && slices.Contains(p.State.Cashier.Rights, right)
}

// Say puts a message beside the input.
func (p *Page) Say(tone ui.Tone, m *i18n.Message, pairs ...any) {
	p.Strip = Strip{Tone: tone, Text: p.Lang.T(m, pairs...)}
}

// Fail shows an error beside the input.
func (p *Page) Fail(e *errcode.Error) {
	p.Strip = Strip{Tone: ui.Bad, Text: p.Lang.ErrorIn(e, p.Currency()), Code: string(e.Code)}
}

// Refuse shows an error and is heard.
func (p *Page) Refuse(e *errcode.Error) {
	p.Fail(e)
	p.Sound(false)
}

// Sound confirms or refuses a scan for ears and the corner of the eye.
func (p *Page) Sound(ok bool) {
	tone := ui.Bad
	if ok {
		tone = ui.Good
	}
	ui.Flash(PaneID, tone)
	if p.Prefs.Mute {
		return
	}
	// Seen first: making a tone takes longer than drawing a line.
	p.Later(func() {
		if ok {
			ui.Beep(1760, 60, false)
		} else {
			ui.Beep(196, 260, true)
		}
	})
}

// Press makes a handler of what a button does.
func (p *Page) Press(f func()) ui.Press {
	return func(app.Context) {
		p.Rev++
		f()
	}
}

// Choice is one of several buttons of which one is on.
func (p *Page) Choice(id, label string, on bool, do func()) *ui.Button {
	return &ui.Button{ID: id, Label: label, Class: "choice", Toggle: true, Pressed: on, OnPress: p.Press(do)}
}

// ErrorBox shows an error with its code; nothing for nil.
func (p *Page) ErrorBox(e *errcode.Error) app.UI {
	if e == nil {
		return app.Span().Hidden(true)
	}
	return ui.ErrorBox(p.Lang.ErrorIn(e, p.Currency()), p.Lang.T(i18n.ErrorCode), string(e.Code))
}

// Problem shows a sentence, or else an error, in a place that is always there.
func (p *Page) Problem(note string, fault *errcode.Error) app.UI {
	if fault == nil && note != "" {
		return app.Div().Class("problem").Body(ui.Toast(ui.Warn, note, app.Span().Hidden(true)))
	}
	return app.Div().Class("problem").Body(p.ErrorBox(fault))
}

// DrawStrip draws the message beside the input.
func (p *Page) DrawStrip() app.UI {
	var body []app.UI
	switch s := p.Strip; {
	case s.Text != "":
		var action app.UI = app.Span().Hidden(true)
		if len(s.Offers) > 0 {
			action = p.drawOffers()
		} else if s.Code != "" {
			action = CodeBehind(p.Lang.T(i18n.ErrorCode), s.Code)
		}
		body = append(body, ui.Toast(s.Tone, s.Text, action))
	case p.Waiting > 3:
		body = append(body, ui.Toast(ui.Busy, p.Lang.T(i18n.Queue, "n", p.Waiting), app.Span().Hidden(true)))
	}
	return app.Div().ID("strip").Class("strip").Aria("live", "polite").Body(body...)
}

func (p *Page) drawOffers() app.UI {
	var buttons []app.UI
	for _, o := range p.Strip.Offers {
		buttons = append(buttons, &ui.Button{ID: o.ID, Label: p.Lang.T(o.Label), Kind: ui.Quiet, OnPress: p.Press(o.Do)})
	}
	return app.Span().Class("toast-offers").Body(buttons...)
}

// CodeBehind shows a code for support when it is pressed: to a cashier it says nothing.
func CodeBehind(label, code string) app.UI {
	return app.Details().Class("code-behind").Body(app.Summary().Aria("label", label).Text("?"), app.Code().Class("toast-code").Text(code))
}
