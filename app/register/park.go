package register

import (
	"fmt"
	"strings"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/parking"
)

// park sets the open receipt aside at once; what stands in the input line is its
// note. The strip offers the way back.
func (r *register) park() {
	if !r.basket.Open() || r.basket.Count == 0 {
		r.Say(ui.Warn, i18n.ParkNothing)
		return
	}
	note := strings.TrimSpace(r.find.text)
	r.find.clear()
	kit.Order(r.Page, bridge.TillPark, bridge.Park{ID: r.basket.ID, Note: note}, func(p bridge.Parked, e *errcode.Error) {
		if e != nil {
			r.Fail(e)
			r.Sound(false)
			return
		}
		r.basket.changed(p.Delta)
		r.State.Parked = p.Count
		r.Say(ui.Good, i18n.ParkDone, "number", p.Row.Number)
		r.Strip.Offers = []kit.Offer{
			{ID: "unpark", Label: i18n.Undo, Do: func() { r.recallOne(p.Row.ID) }},
			{ID: "show-slip", Label: i18n.ParkedSlip, Do: func() { r.openSheet(&slipSheet{r.form(), &p.Slip}) }},
		}
		if r.Prefs.Print {
			r.print(&slip{parked: &p.Slip})
		}
	})
}

// recall brings the only parked receipt back, or lists them.
func (r *register) recall() {
	switch {
	case r.basket.Open() && r.basket.Count > 0:
		r.openParked()
	case r.State.Parked == 1:
		r.recallOne("")
	default:
		r.openParked()
	}
}

func (r *register) openParked() {
	s := &parkedSheet{form: r.form()}
	r.openSheet(s)
	kit.Ask(r.Page, bridge.TillParked, bridge.Nothing{}, func(list bridge.ParkedList, e *errcode.Error) {
		s.list, s.fault, s.ready = list, e, true
	})
}

// recallOne brings a parked receipt back; "" is the only one.
func (r *register) recallOne(id string) {
	r.recalling(true)
	kit.Order(r.Page, bridge.TillRecall, bridge.Recall{ID: id}, func(back bridge.Recalled, e *errcode.Error) {
		r.recalling(false)
		if e != nil && e.Code == errcode.SeveralParked {
			r.openParked()
			return
		}
		r.recalled(back, e)
	})
}

// scanSlip takes one code of a parking slip.
func (r *register) scanSlip(code string) {
	r.find.clear()
	kit.Order(r.Page, bridge.TillRecallSlip, bridge.SlipScan{Text: code}, func(back bridge.Recalled, e *errcode.Error) {
		if e == nil && back.Parts > 0 {
			r.sheet = nil
			r.Sound(true)
			r.Say(ui.Busy, i18n.SlipPart, "part", back.Part, "parts", back.Parts, "missing", list(back.Missing))
			return
		}
		r.recalled(back, e)
	})
}

// list writes numbers one after the other.
func list(numbers []int) string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(numbers), "[]"), " ", ", ")
}

// recalled shows a receipt that goes on, and what became of its prices.
func (r *register) recalled(back bridge.Recalled, e *errcode.Error) {
	if e != nil {
		if _, open := r.sheet.(*parkedSheet); open {
			r.openParked() // what it showed has changed
		}
		r.Fail(e)
		r.Sound(false)
		if r.sheet != nil {
			r.sheet.base().fault = e
		}
		return
	}
	r.sheet = nil
	if r.screen != screenSell {
		r.screen, r.paid.sale, r.report = screenSell, nil, nil
	}
	r.basket.changed(back.Delta)
	r.State.Parked = max(0, r.State.Parked-1)
	r.Sound(true)
	l := r.Lang
	text := l.T(i18n.RecallDone, "number", back.Delta.Number)
	if back.How != parking.Own {
		text = l.T(i18n.RecallAs, "number", back.Row.Number, "till", back.Row.Till)
	}
	tone := ui.Good
	switch {
	case back.Repriced && (back.Changed > 0 || back.Dropped > 0 || back.Delta.Total != back.Before):
		tone = ui.Warn
		text += " " + l.T(i18n.RecallRepriced, "n", back.Changed, "before", r.Sum(back.Before))
	case back.Repriced:
		text += " " + l.T(i18n.RecallSame)
	case back.Newer > 0:
		text += " " + l.T(i18n.RecallNewer, "n", back.Newer)
	}
	if back.Dropped > 0 {
		text += " " + l.T(i18n.RecallDropped, "n", back.Dropped)
	}
	r.Strip = kit.Strip{Tone: tone, Text: text, Offers: []kit.Offer{{ID: "put-back", Label: i18n.RecallBack, Do: r.park}}}
}

// recalling keeps the list of parked receipts from being pressed twice.
func (r *register) recalling(busy bool) {
	if s, open := r.sheet.(*parkedSheet); open {
		s.busy = busy
	}
}
